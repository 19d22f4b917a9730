"""What a cell may show (analysis.outputs); tests/test_payloads.py has every form that is refused."""

from contextlib import suppress
from time import monotonic

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import paths
from analysis.errors import RenderingError
from analysis.gate import read
from analysis.layout import CHART_MIME, HEADLINES_MIME, SVG_MIME, TABLE_MIME
from analysis.markup import inline_tree, tree
from analysis.outputs import MOST_LETTERS, MOST_ROWS, check_outputs

FRAME = "  name  value\n0  a         1"


def shows(data):
    """A notebook with one output."""
    return new_notebook(cells=[new_code_cell("1", outputs=[new_output("display_data", data=data)])])


@pytest.mark.parametrize(
    "data",
    [
        {"text/plain": "<Axes: >"},
        {"text/plain": FRAME, "text/html": "<table></table>"},
        {"text/plain": "x**2", "text/latex": "$x^2$"},
        {"text/plain": "<object>", "text/markdown": "**a**"},
        {"text/plain": "<object>", "text/html": "<table></table>", TABLE_MIME: {"id": "t", "rows": []}},
        {"text/plain": "x", CHART_MIME: {}, SVG_MIME: "<svg/>"},
        {"text/plain": "x", HEADLINES_MIME: {}, "text/markdown": "a"},
    ],
)
def test_forms_that_a_report_shows_pass(data):
    """Our own, Markdown, and plain text where it says what the richer form says."""
    check_outputs(shows(data))


def test_chapters_use_only_what_is_named():
    """The list of forms is not longer than what the chapters need: each of our own is used."""
    chapters = [read(path) for path in sorted((paths.ROOT / "notebooks").glob("0*.ipynb"))]
    used = {kind for each in chapters for cell in each.cells for output in cell.get("outputs", ())
            for kind in output.get("data", ())}  # fmt: skip
    for each in chapters:
        check_outputs(each)

    assert {TABLE_MIME, CHART_MIME, HEADLINES_MIME, SVG_MIME, "text/markdown", "text/plain", "text/html"} == used


@pytest.mark.parametrize("plain", ["<IPython.core.display.HTML object>", "<Styler at 0x7f>\n", "", None])
def test_name_of_an_object_does_not_stand_for_its_words(plain):
    """A page would say `<IPython.core.display.HTML object>` where the notebook says something."""
    data = {"text/html": "<b>words</b>"} | ({} if plain is None else {"text/plain": plain})
    with pytest.raises(RenderingError, match=r"before the first heading: .*text/html alone; let the cell return"):
        check_outputs(shows(data))


@pytest.mark.fault(32)
def test_a_table_is_as_long_as_can_be_read():
    """Two hundred thousand rows are a file, not a table; the message says how many there are and may be."""
    rows = [["a", "1"]] * MOST_ROWS
    check_outputs(shows({TABLE_MIME: {"id": "long", "rows": rows}}))
    with pytest.raises(RenderingError, match=r"table 'long' has 200000 rows, where a report shows at most 1000"):
        check_outputs(shows({TABLE_MIME: {"id": "long", "rows": rows * 200}}))


@pytest.mark.fault(34)
@pytest.mark.parametrize("cell", [new_markdown_cell, lambda text: shows({"text/markdown": text}).cells[0]])
def test_prose_is_as_long_as_can_be_read(cell):
    """Twice the longest prose is refused by its length, before Markdown is read."""
    with pytest.raises(RenderingError, match="a text of 400000 characters"):
        check_outputs(new_notebook(cells=[cell("[" * 2 * MOST_LETTERS)]))


@pytest.mark.fault(34)
@pytest.mark.parametrize("sign", ["[", "![", "*a **b", "> ", "<", "_", "[a](", "`", "|", "&amp;", "[a]: <"])
def test_prose_below_that_is_read_at_once(sign):
    """Twenty thousand brackets, stars or quotation marks, nested or not: in far less than a second."""
    start = monotonic()
    with suppress(RenderingError):
        inline_tree(sign * (20_000 // len(sign)))
        tree(sign * (20_000 // len(sign)))

    assert monotonic() - start < 1


def test_a_message_names_the_heading_before():
    """The last heading in sight, also where one cell has two; and a code block is no heading of a picture."""
    cells = [new_markdown_cell("# One\n\n## Two\n\n`![not](a picture)`"), new_markdown_cell("![x](a.png)")]
    with pytest.raises(
        RenderingError, match=r"after the heading 'Two': the picture 'a.png', and a report reads no file"
    ):
        check_outputs(new_notebook(cells=cells))
