"""What a chapter calls: one report, its sentences, tables and charts.

Everything here returns something that Jupyter shows; a chapter only asks, calls and tells.
"""

from dataclasses import dataclass
from pathlib import Path

from analysis import coverage, diagrams, exhibits, ledger, paths, peers, reads, selection, trend_charts, trends
from analysis.assurance import how_sure
from analysis.charts import Chart
from analysis.codebook import ASPECTS, series_named
from analysis.edition import Edition
from analysis.errors import UnknownName, did_you_mean, listed
from analysis.figures import load_figures
from analysis.headlines import Headlines, headline_numbers
from analysis.indicators import indicator_named
from analysis.injected import check_injected
from analysis.lead import point
from analysis.parameters import Parameters
from analysis.prose import Prose
from analysis.tables import Table
from analysis.turns import what_changed


@dataclass(frozen=True)
class Report(Edition):
    """An edition with what the chapters show of it."""

    def point(self) -> Prose:
        """The point of the report in three sentences: what was created, what became of it, where that stands."""
        return self._prose(point(self))

    def headline_numbers(self, *names: str | tuple[str, ...]) -> Headlines:
        """Four to six numbers, each with its interval and its change; see ``headlines``. Raises UnknownName."""
        return headline_numbers(self, names)

    def what_changed(self) -> Prose:
        """How many series went which way since they were last published, the steepest, and what breaks or differs."""
        return self._prose(what_changed(self))

    def how_sure(self) -> Prose:
        """How sure: sources, rounding, numbers that do not go together, claims that cannot be tested."""
        return self._prose(how_sure(self))

    def headline(self) -> Prose:
        """How much was published, and how much of what this report defines follows from it."""
        used = self.published.values()
        computed = exhibits.computed(self)
        return self._prose(
            self.words(
                "headline",
                figures=self.count("figures", len(used)),
                sources=self.count("publications", len({figure.source for figure in used})),
                computed=len(computed),
                defined=len(self.results),
            )
        )

    def sentence(self, indicator: str) -> Prose:
        """One indicator in a sentence, or the reason why it has no value. Raises UnknownName."""
        return self._prose(self.sentence_of(indicator))

    def sentences(self, *names: str) -> Prose:
        """Several indicators as a list. Those without a value come last, with the reason. Raises UnknownName."""
        ordered = sorted(names, key=lambda name: self._result(name).value is None)
        return self._prose("\n".join(f"- {self.sentence_of(name)}" for name in ordered))

    def sentence_of(self, indicator: str) -> str:
        """The Markdown of one indicator's sentence."""
        return self.result_sentence(self._result(indicator))

    def indicator_table(self, aspect: str) -> Table | Prose:
        """The computed indicators of an aspect."""
        return exhibits.indicator_table(self, self._aspect(aspect)) or self._nothing(aspect)

    def figure_table(self, aspect: str) -> Table | Prose:
        """The published figures of an aspect, each with its source."""
        return exhibits.figure_table(self, self._aspect(aspect)) or self._nothing(aspect)

    def unavailable(self, aspect: str) -> Prose:
        """The indicators of an aspect that cannot be computed, each with the series that is missing.

        Implied levels of the year before are left out: where no growth rate is published, none is to be expected.
        """
        within = [result for result in self.results.values() if result.indicator.aspect == self._aspect(aspect)]
        lacking = [result for result in within if result.value is None and result.indicator.kind != "previous"]
        reasons = [f"- {self.result_sentence(result)}" for result in lacking]
        return self._prose("\n".join(reasons) or self.words("all_computed"))

    def growth_table(self) -> Table | Prose:
        """Growth rates as published, and the levels of the year before that they imply."""
        return exhibits.previous_table(self) or self._prose(self.words("no_growth"))

    def policy_table(self) -> Table | Prose:
        """The plans, rules and institutions recorded."""
        return exhibits.policy_table(self) or self._prose(self.words("no_policies"))

    def source_table(self) -> Table | Prose:
        """The publications used."""
        return exhibits.source_table(self) or self._prose(self.words("no_sources"))

    def composition_chart(self) -> Chart | Prose:
        """The year's grants by kind of patent."""
        return diagrams.composition_chart(self) or self._prose(self.words("no_composition"))

    def protection_chart(self) -> Chart | Prose:
        """The cases and seizures of the year, by body and stage."""
        return diagrams.protection_chart(self) or self._prose(self.words("no_chart"))

    def finance_chart(self) -> Chart | Prose:
        """The amounts of money of the year."""
        return diagrams.finance_chart(self) or self._prose(self.words("no_chart"))

    def change_headline(self) -> Prose:
        """Which way the series went up to the reference year; a sentence where there is only one year."""
        one_year = len(self.figures.years(self.region_code)) == 1
        return self._prose(
            trends.change_headline(self) or self.words("trends_one_year" if one_year else "trends_no_steps")
        )

    def step_table(self) -> Table | Prose:
        """What changed from the figure before to that of the reference year."""
        return trends.step_table(self) or self._prose(self.words("trends_no_steps"))

    def trend_chart(self, name: str) -> Chart | Prose:
        """Lines over the years: creation_flow, creation_stock or other. Raises UnknownName."""
        if name not in (known := selection.PANELS):
            raise UnknownName(f"no chart {name!r}; there are {listed(known)}.{did_you_mean(name, known)}")
        return trend_charts.trend_chart(self, name) or self._prose(self.words("trends_no_chart"))

    def long_table(self) -> Table | Prose:
        """The series over their longest stretches without a break."""
        return trends.long_table(self) or self._prose(self.words("trends_no_stretches"))

    def indicator_change_table(self) -> Table | Prose:
        """The indicators over their longest stretches without a break."""
        return trends.indicator_change_table(self) or self._prose(self.words("trends_no_indicators"))

    def growth_rate_table(self) -> Table | Prose:
        """The growth rates that were published, year by year."""
        return trends.growth_rate_table(self) or self._prose(self.words("trends_no_growth_rates"))

    def contribution_table(self) -> Table | Prose:
        """What parts added to the growth of their wholes."""
        return trends.contribution_table(self) or self._prose(self.words("trends_no_contributions"))

    def break_table(self) -> Table | Prose:
        """Where the series break, and why."""
        return trends.break_table(self) or self._prose(self.words("trends_no_breaks"))

    def revision_table(self) -> Table | Prose:
        """Numbers printed in two ways that rounding does not explain, and which was used."""
        return trends.revision_table(self) or self._prose(self.words("trends_no_revisions"))

    def peer_headline(self) -> Prose:
        """Who the peers are, and how much can be compared."""
        return self._prose(peers.peer_headline(self))

    def standing_table(self) -> Table | Prose:
        """The place among the peers in every series that allows one."""
        return peers.standing_table(self) or self._no_peers("peers_no_standing")

    def peer_chart(self, series: str, denominator: str = "") -> Chart | Prose:
        """The peers in one series, or in one series divided by another. Raises UnknownName."""
        name = series_named(series, self.data).text("name", self.language)
        if chart := peers.peer_chart(self, series, denominator):
            return chart
        old = "" if denominator else peers.old_place(self, series)
        return self._prose(old) if old else self._no_peers("peers_no_chart", series=name)

    def denominator_headline(self) -> Prose:
        """How often the choice of denominator changes the place."""
        told = peers.denominator_headline(self)
        return self._prose(told) if told else self._no_peers("peers_no_denominators")

    def denominator_table(self) -> Table | Prose:
        """The place by count and by rate among the same regions."""
        return peers.denominator_table(self) or self._no_peers("peers_no_rates")

    def portion_table(self) -> Table | Prose:
        """How much of its province and of the nation the region is."""
        return peers.portion_table(self) or self._no_peers("peers_no_portions")

    def limits_table(self) -> Table | Prose:
        """What is compared with a mark, and what is not compared, and why."""
        return peers.limits_table(self) or self._no_peers("peers_no_limits")

    def finding_headline(self) -> Prose:
        """How many published numbers do not go together."""
        return self._prose(ledger.finding_headline(self))

    def finding_list(self) -> Prose:
        """Published numbers that do not go together: the arithmetic and the possible explanations."""
        return self._prose(ledger.finding_list(self) or self.words("ledger_nothing_found"))

    def agreement_headline(self) -> Prose:
        """How many numbers several publications print, and how many of them alike."""
        return self._prose(ledger.agreement_headline(self))

    def agreement_table(self) -> Table | Prose:
        """Numbers that publications print in different ways, and how these stand to each other."""
        return ledger.agreement_table(self) or self._prose(self.words("ledger_all_agree"))

    def claim_list(self) -> Prose:
        """The claims made in words, with a verdict on each."""
        return self._prose(ledger.claim_list(self) or self.words("no_claims"))

    def coverage_table(self) -> Table | Prose:
        """The years in which each series has a figure."""
        return coverage.coverage_table(self) or self._prose(self.words("ledger_no_coverage"))

    def complete(self) -> None:
        """Say that the chapter ran to its end, and with which parameters. A report without this line is refused."""
        parameters = Parameters(self.region_code, self.reference_year, self.language)
        reads.leave()
        print(parameters.echo())

    def _result(self, indicator: str):
        return self.results[indicator_named(indicator, self.data).id]

    def _aspect(self, aspect: str) -> str:
        if aspect not in ASPECTS:
            raise UnknownName(f"no aspect {aspect!r}; there are {', '.join(ASPECTS)}.{did_you_mean(aspect, ASPECTS)}")
        return aspect

    def _nothing(self, aspect: str) -> Prose:
        return self._prose(self.words("nothing", aspect=self.words(aspect)))

    def _no_peers(self, key: str, **values: str) -> Prose:
        """Why an exhibit on peers is missing; where there are no peers at all, that is said once and not explained."""
        return self._prose(self.words(key if peers.has_peers(self) else "peers_nothing", **values))

    def _prose(self, markdown: str) -> Prose:
        return Prose(markdown)


def load_report(region: str, reference_year: int, language: str, data: Path = paths.DATA) -> Report:
    """The report of one region and reference year in one language.

    Raises UnknownName for a region, year or language that does not exist, BadParameter for one of the wrong type or
    if papermill put in a name that no chapter declares, and BadRow or BadDefinition if the data are not clean.
    """
    check_injected()
    figures = load_figures(data)
    Parameters(region, reference_year, language).require(figures)
    return Report(region, reference_year, language, figures, data)
