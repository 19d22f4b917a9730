"""The committed chapters, to plant faults into: each call gives a fresh copy."""

from functools import cache

import nbformat
from nbformat import NotebookNode

from analysis import gate
from analysis.charts import CHART_MIME
from analysis.edition import Edition
from analysis.execution import chapter_named
from analysis.facts import echoed
from analysis.figures import load_figures

SVG = "image/svg+xml"


@cache
def _written(name: str) -> str:
    return nbformat.writes(gate.read(chapter_named(name)))


def chapter(name: str) -> NotebookNode:
    """A committed chapter."""
    return nbformat.reads(_written(name), as_version=4)


def cell(notebook: NotebookNode, call: str) -> NotebookNode:
    """The one cell of code that holds a text."""
    found = [each for each in notebook.cells if each.cell_type == "code" and call in each.source]
    assert len(found) == 1, f"{call!r} stands in {len(found)} cells"
    return found[0]


def data(notebook: NotebookNode, call: str) -> NotebookNode:
    """The forms of what a cell shows."""
    return cell(notebook, call).outputs[0].data


def put(text: str, old: str, new: str) -> str:
    """A text with ``new`` for ``old``, which must stand in it."""
    assert old in text, f"{old!r} is not in {text[:300]!r}"
    return text.replace(old, new)


def chart(notebook: NotebookNode, call: str) -> tuple[dict, str]:
    """A chart and its picture."""
    shown = data(notebook, call)
    return shown[CHART_MIME], shown[SVG]


@cache
def edition() -> Edition:
    """The edition that the committed chapters are of."""
    given = echoed(chapter("01_summary"))
    return Edition(given["region"], given["reference_year"], given["language"], load_figures())
