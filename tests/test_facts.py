"""What a chapter says, apart from its form: small notebooks made by hand, and the committed chapters."""

import json

import nbformat
import pytest
from planted import SVG, cell, chapter, data, put

from analysis.charts import CHART_MIME
from analysis.facts import echoed, facts, plain, targets
from analysis.tables import TABLE_MIME


def small(**forms) -> dict:
    """The facts of a chapter with one cell that shows something."""
    output = nbformat.v4.new_output("execute_result", forms, execution_count=1)
    code = nbformat.v4.new_code_cell("report.f( 'x' )", outputs=[output], execution_count=1)
    return facts(nbformat.v4.new_notebook(cells=[code]))


TABLE = {
    "id": "t", "caption": "A caption", "note": "",
    "columns": [{"name": "Series", "align": "left"}, {"name": "Value", "align": "right"}],
    "rows": [["A", "[1,000 patents](#a)"], ["A", "2"]],
}  # fmt: skip


def test_a_sentence_is_its_words_and_where_its_links_lead():
    """Separators of thousands and links are form; the card that a link leads to is not."""
    found = small(**{"text/markdown": "Of [72,390 patents](#a) granted\\.", "text/plain": "Of 72,390 patents granted."})
    place = ("report.f('x')", "text, “Of … patents granted.”")

    assert "Of 72390 patents granted." == found[(*place, "text")]
    assert "#a" == found[(*place, "leads to")]


def test_a_table_is_its_cells_by_row_and_column():
    """Rows of one name are numbered, and the order of rows and columns is a fact."""
    found = small(**{TABLE_MIME: TABLE, "text/html": "<table></table>", "text/plain": "A"})
    name = "report.f('x')"

    assert "A\nA #2" == found[name, "table", "rows"]
    assert "1000 patents" == found[name, "table, row A, column Value", "text"]
    assert "#a" == found[name, "table, row A, column Value", "leads to"]
    assert "2" == found[name, "table, row A #2, column Value", "text"]


@pytest.mark.fault(70)
def test_that_a_cell_shows_something_is_a_fact():
    """Outputs that were wiped are told: how many there are, and whether the cell ran."""
    whole, wiped = chapter("03_creation"), chapter("03_creation")
    empty = cell(wiped, "composition_chart")
    empty.outputs, empty.execution_count = [], None
    name = "report.composition_chart()"

    assert ("1", "yes") == tuple(facts(whole)[name, "cell", what] for what in ("outputs", "ran"))
    assert ("0", "no") == tuple(facts(wiped)[name, "cell", what] for what in ("outputs", "ran"))


def test_form_makes_no_fact():
    """Another HTML, another layout of plain text, other ids and another order of attributes say the same."""
    other = chapter("03_creation")
    table = data(other, 'figure_table("creation")')
    table["text/html"] = "<table>by another pandas</table>"
    table["text/plain"] = "  ".join(table["text/plain"].split())
    picture = data(other, "composition_chart")
    picture[SVG] = put(picture[SVG], "<path", '<path id="x7" ').replace("><", ">\n  <")
    other.cells[0].id = "another"
    prose = cell(other, "composition_chart")
    prose.source = "\nreport . composition_chart( )"

    assert facts(chapter("03_creation")) == facts(other)


def test_prose_in_the_other_language_is_left_out():
    """An English chapter does not say what its Chinese cells say, which no reader of it sees."""
    said = "\n".join(value for (name, _, _), value in facts(chapter("05_value")).items() if name.startswith("prose"))

    assert "# Value" in said
    assert "价值" not in said


def test_an_output_that_is_damaged_is_a_fact_and_no_crash():
    """A chart without its table says that it cannot be read."""
    damaged = chapter("03_creation")
    del data(damaged, "composition_chart")[CHART_MIME]["table"]

    assert "KeyError: 'table'" == facts(damaged)["report.composition_chart()", "output", "cannot be read"]


def test_the_parameters_are_those_that_the_chapter_says():
    """From its last line; none where there is no such line, or one that is cut off."""
    whole, cut = chapter("05_value"), chapter("05_value")
    cut.cells[-1].outputs[0].text = cut.cells[-1].outputs[0].text[:30]

    assert {"language": "en", "reference_year": 2021, "region": "330200"} == echoed(whole)
    assert {} == echoed(cut)


def test_plain_text_and_targets():
    """What is escaped is shown, and what a link is called stays; the separators of thousands go."""
    assert "R&D, 1234567.5 (a b)" == plain("R\\&D, 1,234,567.5 ([a](#x)\u00a0b)")
    assert ["#x", "https://example.org/a(b)"] == targets("[a](#x) and [b](<https://example.org/a(b)>)")


def test_facts_do_not_depend_on_how_json_is_written():
    """Keys in another order and texts as lists of lines are one notebook."""
    text = json.dumps(json.loads(nbformat.writes(chapter("05_value"))), sort_keys=True, indent=None)

    assert facts(chapter("05_value")) == facts(nbformat.reads(text, as_version=4))
