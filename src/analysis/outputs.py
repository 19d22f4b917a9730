"""What a cell may show: the forms that a report has a place for, named one by one, and no more than a page can hold.

Jupyter's outputs come in many forms at once, and a viewer picks one. A report picks from its own few, whose text it
writes itself. What comes only in other forms is refused before anything is printed: dropped, it would be missing on
the page, and nobody would know.
"""

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from analysis.errors import RenderingError, listed, quoted
from analysis.layout import CHART_MIME, HEADLINES_MIME, SVG_MIME, TABLE_MIME
from analysis.markup import tree, walk

OWN = (TABLE_MIME, CHART_MIME, HEADLINES_MIME, "text/markdown")
"""What a page shows, best first."""
BESIDE = ("text/plain", "text/html", "text/latex", SVG_MIME)
"""What may come with it. Plain text is shown where there is nothing better; HTML and LaTeX never are."""
MOST_LETTERS, MOST_ROWS = 200_000, 1000
_PICTURE = "image/"
_OBJECT = re.compile(r"<[^<>\n]+>")
_HEADING = re.compile(r"^#{1,6}\s+(.+)$", re.MULTILINE)


def check_outputs(book: NotebookNode) -> None:
    """Refuse a notebook that shows what a report has no place for. Raises RenderingError with the place and the form.

    Pictures without a description and what else has a place but is not whole are left to `layout`.
    """
    where = "before the first heading"
    for cell in book.cells:
        for problem in _problems(cell):
            raise RenderingError(f"{where}: {problem}")
        if cell.cell_type == "markdown" and (found := _HEADING.findall(cell.source)):
            where = f"after the heading {quoted(found[-1])}"


def _problems(cell: NotebookNode) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield from _of_prose(cell.source)
    elif cell.cell_type != "code":
        if cell.source.strip():
            yield f"a {cell.cell_type} cell, which only some formats would show; make it Markdown"
    else:
        for output in cell.outputs:
            yield from _of_output(output.get("data", {}))


def _of_prose(markdown: str | list[str]) -> Iterator[str]:
    text = "".join(markdown)
    if len(text) > MOST_LETTERS:
        yield f"a text of {len(text)} characters, where a report has at most {MOST_LETTERS}"
    elif "![" in text:
        for token in walk(tree(text)):
            if token["type"] == "image":
                yield (
                    f"the picture {quoted(token['attrs']['url'])}, and a report reads no file; "
                    "let a cell return a chart of analysis.charts"
                )


def _of_output(data: dict) -> Iterator[str]:
    others = sorted(kind for kind in data if kind not in OWN + BESIDE and not kind.startswith(_PICTURE))
    if others:
        yield f"an output as {listed(others)}, which a report does not show; it shows {listed((*OWN, 'text/plain'))}"
    shown = next((kind for kind in OWN if kind in data), None)
    if shown == "text/markdown":
        yield from _of_prose(data[shown])
    elif shown == TABLE_MIME and len(rows := data[shown]["rows"]) > MOST_ROWS:
        yield f"table {quoted(data[shown]['id'])} has {len(rows)} rows, where a report shows at most {MOST_ROWS}"
    elif shown is None and {"text/html", "text/latex"} & set(data):
        text = "".join(data.get("text/plain", "")).strip()
        if not text or _OBJECT.fullmatch(text):
            only = sorted(set(data) - {"text/plain"})
            yield f"an output whose words are in {listed(only)} alone; let the cell return Markdown, text or a table"
