"""Whether a cell shows what it asks for: the right kind of thing, the right series, a line for each indicator."""

import ast
from collections.abc import Iterator

from nbformat import NotebookNode

from analysis.charts import CHART_MIME
from analysis.edition import Edition
from analysis.facts import bundle_of, plain
from analysis.form_coherence import place_problems
from analysis.headlines import HEADLINES_MIME
from analysis.indicators import Result
from analysis.number_coherence import linked
from analysis.tables import TABLE_MIME

KINDS = {"_table": TABLE_MIME, "_chart": CHART_MIME}
"""What a call shows by the end of its name; where there is nothing to show, a sentence says so."""


def call_of(cell: NotebookNode) -> tuple[str, tuple[str, ...]]:
    """The method that a cell calls last and the texts that it gives it; nothing for a cell that does otherwise."""
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:
        return "", ()
    if not body or not isinstance(body[-1], ast.Expr) or not isinstance(body[-1].value, ast.Call):
        return "", ()
    call = body[-1].value
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return name, tuple(each.value for each in call.args if isinstance(each, ast.Constant))


def call_problems(edition: Edition, cell: NotebookNode, bundle: dict) -> Iterator[str]:
    """Where an output is not what the call of its cell asks for."""
    name, given = call_of(cell)
    wanted = next((mime for end, mime in KINDS.items() if name.endswith(end)), None)
    data = bundle.get(TABLE_MIME) or bundle.get(CHART_MIME)
    if data and wanted not in bundle:
        yield f"{name} does not show what was asked for, but {data['id']}"
    elif data and not all(each in data["id"] for each in given):
        yield f"{', '.join(given)} was asked for, but {data['id']} is shown"
    lines = [line for line in bundle.get("text/markdown", "").splitlines() if line.strip()]
    if wanted and lines:
        yield from _nothing(edition, name, given, lines)
    if HEADLINES_MIME in bundle:
        return
    if name in ("sentence", "sentences"):
        yield from _lines(edition, [edition.results[each] for each in given if each in edition.results], lines)
    elif name == "unavailable" and given:
        within = [each for each in edition.results.values() if each.indicator.aspect == given[0]]
        lacking = [each for each in within if each.value is None and each.indicator.kind != "previous"]
        if lacking:
            yield from _lines(edition, lacking, lines)


def _nothing(edition: Edition, name: str, given: tuple[str, ...], lines: list[str]) -> Iterator[str]:
    """A sentence in place of a table or chart: it says, in a line, that there is nothing to show."""
    cards = [each.card for each in linked(lines[0])]
    if len(lines) > 1 or (cards and not any(each in card for each in given for card in cards)):
        yield f"{name} shows sentences on something else"
    if not cards:
        yield from place_problems(edition, lines[0], set(), set())
    if name == "figure_table" and any(edition.series(each).aspect in given for each in edition.published):
        yield f"there are figures on {given[0]}, but no table of them"


def _lines(edition: Edition, results: list[Result], lines: list[str]) -> Iterator[str]:
    """A line for each indicator: with a link to its card, or with its name and all that it lacks."""
    if len(lines) != len(results):
        yield f"there are {len(lines)} sentences on {len(results)} indicators"
    for result in results:
        name = plain(result.indicator.text("name", edition.language))
        if result.value is not None:
            if not any(each.card == result.indicator.id for line in lines for each in linked(line)):
                yield f"no sentence leads to {result.indicator.id}"
            continue
        told = [edition.series_name(series) for series in result.missing]
        if result.missing:
            told += [edition.region_name(edition.region_code), str(edition.reference_year)]
        if not any(all(plain(each) in plain(line) for each in (name, *told)) for line in lines):
            yield f"no sentence says of {name} what it lacks, where and when"


def repeated(cells: list[NotebookNode]) -> Iterator[tuple[NotebookNode, str]]:
    """Cells that show a table, chart or linked sentences that another cell has shown before."""
    seen: dict[str, NotebookNode] = {}
    for cell in cells:
        for output in cell.get("outputs", []):
            bundle = bundle_of(output)
            data = bundle.get(TABLE_MIME) or bundle.get(CHART_MIME) or bundle.get(HEADLINES_MIME)
            shown = data["id"] if data else bundle.get("text/markdown", "")
            if not data and not linked(shown):
                continue
            if shown in seen:
                yield cell, f"it shows what {' '.join(seen[shown].source.split())[:60]} has shown"
            seen.setdefault(shown, cell)
