"""Which automatic check of the project notices a planted fault: found by running the checks, and never typed.

Two kinds are run. Checks of a page read the sheet as they read an executed chapter, against the data and against the
sheet without the fault. Checks of the data read the figures as they would stand if the fault were in the data: what
they find beyond what they find in the published figures.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from analysis.call_coherence import call_problems
from analysis.chart_coherence import chart_text_problems, picture_problems
from analysis.charts import CHART_MIME
from analysis.coherence import problems
from analysis.consistency import RULES, Finding, findings_for
from analysis.differences import differences
from analysis.drawn import picture_of
from analysis.edition import Edition
from analysis.facts import bundle_of, facts
from analysis.fault_sheet import NAME, Sheet
from analysis.figures import Figures
from analysis.form_coherence import form_problems, language_problems
from analysis.gate import reasons
from analysis.number_coherence import text_problems
from analysis.parameters import Parameters
from analysis.planted_faults import Fault
from analysis.table_coherence import sentence_problems
from analysis.tables import TABLE_MIME

Check = Callable[[Edition, NotebookNode, NotebookNode], Iterator[object]]
"""Given the edition, the chapter and the same one without a fault, says what it finds."""


@dataclass(frozen=True, slots=True)
class Caught:
    """What one check says first of a fault. ``of`` is page or data."""

    of: str
    check: str
    said: str


def _bundles(chapter: NotebookNode) -> Iterator[tuple[NotebookNode, dict]]:
    for cell in chapter.cells:
        for output in cell.outputs:
            if output.output_type == "execute_result":
                yield cell, bundle_of(output)


def _lines(chapter: NotebookNode) -> Iterator[str]:
    for _, bundle in _bundles(chapter):
        if not {TABLE_MIME, CHART_MIME} & set(bundle):
            yield from bundle["text/markdown"].splitlines()


def _gate(edition: Edition, chapter: NotebookNode, sound: NotebookNode) -> Iterator[object]:
    yield from reasons(chapter, _asked(edition))


def _forms(edition: Edition, chapter: NotebookNode, sound: NotebookNode) -> Iterator[object]:
    for _, bundle in _bundles(chapter):
        yield from form_problems(bundle)
    for line in _lines(chapter):
        yield from language_problems(line, edition.language)


def _calls(edition: Edition, chapter: NotebookNode, sound: NotebookNode) -> Iterator[object]:
    for cell, bundle in _bundles(chapter):
        yield from call_problems(edition, cell, bundle)


def _numbers(edition: Edition, chapter: NotebookNode, sound: NotebookNode) -> Iterator[object]:
    for line in _lines(chapter):
        yield from text_problems(edition, line, told=("indicator", "growth"))


def _sentences(edition: Edition, chapter: NotebookNode, sound: NotebookNode) -> Iterator[object]:
    yield from sentence_problems(edition, "\n".join(_lines(chapter)))


def _pictures(edition: Edition, chapter: NotebookNode, sound: NotebookNode) -> Iterator[object]:
    for _, bundle in _bundles(chapter):
        if chart := bundle.get(CHART_MIME):
            picture = picture_of(bundle["image/svg+xml"])
            yield from picture_problems(chart, picture)
            yield from chart_text_problems(edition, chart, picture)


def _accepted(edition: Edition, chapter: NotebookNode, sound: NotebookNode) -> Iterator[object]:
    yield from differences(NAME, facts(sound), facts(chapter))


PAGE_CHECKS: dict[str, Check] = {
    "differences": _accepted,
    "gate": _gate,
    "form_coherence": _forms,
    "call_coherence": _calls,
    "number_coherence": _numbers,
    "table_coherence": _sentences,
    "chart_coherence": _pictures,
}
"""By the module that does it."""


def caught(sheet: Sheet, fault: Fault) -> list[Caught]:
    """Every check that notices one fault, planted alone, with what it says first."""
    chapter, sound = sheet.chapter(frozenset({fault.kind})), sheet.chapter(frozenset())
    found = [
        Caught("page", name, str(said[0]))
        for name, check in PAGE_CHECKS.items()
        if (said := list(check(sheet.edition, chapter, sound)))
    ]
    return found + [
        Caught("data", f"consistency ({each.rule})", each.statement(sheet.edition.language))
        for each in data_findings(sheet.edition, fault)
    ]


def data_findings(edition: Edition, fault: Fault) -> list[Finding]:
    """What the rules of consistency find only if the altered figure stands in the data; nothing without one."""
    if fault.became is None:
        return []
    rows = [each for each in edition.figures if not _replaced(each, fault)]
    altered = Figures([*rows, fault.became], edition.data)
    place = (edition.region_code, edition.reference_year)
    before = {_key(each) for each in findings_for(edition.figures, *place)}
    found: dict[str, Finding] = {}
    for each in findings_for(altered, *place):
        if _key(each) not in before:
            found.setdefault(each.rule, each)
    return [found[rule] for rule in RULES if rule in found]


def whole_problems(sheet: Sheet, only: frozenset[str]) -> list[str]:
    """What the checks of a chapter without an accepted run say of the sheet, all together, as for a new year."""
    return [str(each) for each in problems(NAME, sheet.chapter(only), _asked(sheet.edition), sheet.edition.data)]


def _replaced(row, fault: Fault) -> bool:
    became = fault.became
    same = (became.region, became.reference_year, became.series)
    return (row.region, row.reference_year, row.series) == same


def _key(finding: Finding) -> tuple:
    return (finding.rule, finding.kind, finding.series)


def _asked(edition: Edition) -> Parameters:
    return Parameters(edition.region_code, edition.reference_year, edition.language)
