"""The figures of a lesson, and what they count, as tables (CSV) for learners."""

import csv
import io
from functools import lru_cache

from analysis.cells import guarded
from analysis.codebook import codebook
from analysis.lesson_pieces import rows, used
from analysis.teaching import Class

ROWS = ("place", "name", "printed", "power", "counted", "qualifier", "year")
_guarded = lru_cache(10_000)(guarded)  # most cells are the same for every learner


def figures_csv(each: Class) -> str:
    """The figures of a lesson, one a line, as printed."""
    return _csv([["series", *ROWS], *([series, *(str(row[name]) for name in ROWS)] for series, row in rows(each))])


def codebook_csv(classes: list[Class], language: str) -> str:
    """What each series of the lessons counts: name, unit, flow or stock, definition, and where its trap is."""
    known = codebook()
    wanted = sorted({figure.series for each in classes for figure in used(each)})
    head = ["series", "name", "unit", "kind", "definition", "scope_trap"]
    texts = ("definition", "scope_trap")
    told = [
        [name, known[name].text("name", language), known[name].unit, known[name].kind]
        + [known[name].text(text, language) for text in texts]
        for name in wanted
    ]
    return _csv([head, *told])


def _csv(lines: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(_guarded, row) for row in lines)
    return text.getvalue()
