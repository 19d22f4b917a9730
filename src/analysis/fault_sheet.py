"""The sheet with planted faults: sentences, a table of the published figures, and a chart, of one region and year.

It is made twice of the same parts. As a chapter (``chapter``) it is what the checks of executed chapters read. As a
lesson (``sheet``) it is what learners get: without links to number cards, which would give the right numbers away.
"""

import json
from random import Random

import nbformat
from nbformat import NotebookNode

from analysis import wording
from analysis.charts import Chart
from analysis.edition import Edition
from analysis.exhibits import publication, table_of
from analysis.facts import LINK
from analysis.parameters import Parameters
from analysis.planted_faults import CUT, Fault, charted
from analysis.prose import Prose
from analysis.tables import Table
from analysis.trend_charts import lines_chart

FEWEST, MOST = 5, 9
"""Sentences of a sheet, as far as there are so many."""
NAME = "fault_sheet"


class Sheet:
    """A report of a page or two. ``faults`` are those of the plan; ``only`` plants some of them, by their kinds."""

    def __init__(self, edition: Edition, faults: list[Fault], seed: int):
        self.edition, self.faults, self.seed = edition, faults, seed
        self.items = _items(edition, faults, seed)

    def sentence(self, item: str, planted: bool) -> str:
        """The sentence on an indicator, with its fault if it has one and that is wanted."""
        fault = next((each for each in self.faults if each.item == item), None)
        result = fault.wrong if fault and planted else self.edition.results[item]
        return self.edition.result_sentence(result)

    def chart(self, planted: bool) -> Chart | None:
        """Small lines over the years, from zero, or from a cut if that fault is planted."""
        name, histories = charted(self.edition)
        if not histories:
            return None
        cut = CUT if planted and any(each.item == name for each in self.faults) else 0
        return lines_chart(self.edition, name, histories, cut)

    def publications(self) -> list[str]:
        """Where the numbers of the chart were published, each once."""
        _, histories = charted(self.edition)
        figures = [figure for each in histories for point in each.points for figure in point.figures]
        return list(dict.fromkeys(wording.escaped(publication(self.edition, figure)) for figure in figures))

    def table(self) -> Table | None:
        """The published figures that the sentences are made from, each with the publication; nothing planted."""
        results = [self.edition.results[item] for item in self.items]
        used = {series for result in results for series in result.figures}
        used |= {each.instead for each in self.faults if each.instead}
        rows = [
            [
                wording.escaped(self.edition.series_name(series)),
                self.edition.figure_link(figure),
                self.edition.words(figure.kind),
                wording.escaped(publication(self.edition, figure)),
            ]
            for series, figure in self.edition.published.items()
            if series in used
        ]
        heads = ("series", "figure", "kind", "source")
        return table_of(
            self.edition, "figures-used", "table_figures_used", heads, rows, ("figure",), "note_figures_used"
        )

    def chapter(self, only: frozenset[str]) -> NotebookNode:
        """The sheet as an executed chapter with the faults of some kinds, or none."""
        by_item = {fault.item: fault.kind for fault in self.faults}
        lines = "\n".join(f"- {self.sentence(item, by_item.get(item) in only)}" for item in self.items)
        names = ", ".join(f'"{item}"' for item in self.items)
        shown = [("report.used_table()", self.table()), (f"report.sentences({names})", Prose(lines))]
        name, _ = charted(self.edition)
        shown.append((f'report.trend_chart("{name}")', self.chart(by_item.get(name) in only)))
        cells = [_ran(code, each, at) for at, (code, each) in enumerate((s for s in shown if s[1] is not None), 1)]
        asked = Parameters(self.edition.region_code, self.edition.reference_year, self.edition.language)
        told = nbformat.v4.new_output("stream", name="stdout", text=f"{asked.echo()}\n")
        count = len(cells) + 1
        cells.append(nbformat.v4.new_code_cell("report.complete()", outputs=[told], execution_count=count))
        return nbformat.v4.new_notebook(cells=cells)


def _items(edition: Edition, faults: list[Fault], seed: int) -> list[str]:
    """The indicators of the sheet: those with a fault among sound ones, the ones without a value last."""
    chance = Random(f"sheet {seed} {edition.region_code} {edition.reference_year}")
    planted = [fault.item for fault in faults if fault.right is not None]
    wanted = min(MOST, max(FEWEST, 2 * len(planted) - 1))
    known = [each for each in edition.results.values() if each.indicator.kind != "previous"]
    sound = [each.indicator.id for each in known if each.value is not None and each.indicator.id not in planted]
    lacking = [
        each.indicator.id
        for each in known
        if each.value is None and len(each.missing) == 1 and each.figures and each.indicator.id not in planted
    ]
    chosen = planted + chance.sample(sound, min(len(sound), max(0, wanted - len(planted))))
    chosen += chance.sample(lacking, min(1, len(lacking)))
    order = [each.indicator.id for each in known]
    return sorted(chosen, key=lambda item: (edition.results[item].value is None, order.index(item)))


def _ran(code: str, shown: object, count: int) -> NotebookNode:
    """A cell of code that showed something, as a kernel would leave it."""
    data = json.loads(json.dumps(shown._repr_mimebundle_()))
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=count)
    return nbformat.v4.new_code_cell(code, outputs=[output], execution_count=count)


def unlinked(markdown: str) -> str:
    """Markdown without its links; what they were shown as stays."""
    return LINK.sub(lambda found: found[0][1 : found[0].rindex("](")], markdown)
