"""What a chapter calls: one report, its sentences, tables and charts.

Everything here returns something that Jupyter shows; a chapter only asks, calls and tells.
"""

from dataclasses import dataclass
from pathlib import Path

from analysis import diagrams, exhibits, paths
from analysis.charts import Chart
from analysis.codebook import ASPECTS
from analysis.edition import Edition
from analysis.errors import UnknownName, did_you_mean
from analysis.figures import load_figures
from analysis.indicators import indicator_named
from analysis.parameters import Parameters
from analysis.tables import Table, plain_text


@dataclass(frozen=True)
class Prose:
    """Markdown that Jupyter shows as such, and as plain text to nbval and in a terminal."""

    markdown: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/plain": plain_text(self.markdown), "text/markdown": self.markdown}


@dataclass(frozen=True)
class Report(Edition):
    """An edition with what the chapters show of it."""

    def headline(self) -> Prose:
        """How much was published, and how much of what this report defines follows from it."""
        used = self.published.values()
        computed = exhibits.computed(self)
        return self._prose(
            self.words(
                "headline",
                figures=len(used),
                sources=len({figure.source for figure in used}),
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
        return Edition.sentence(self, self._result(indicator))

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
        reasons = [f"- {Edition.sentence(self, result)}" for result in lacking]
        return self._prose("\n".join(reasons) or self.words("all_computed"))

    def growth_table(self) -> Table | Prose:
        """Growth rates as published, and the levels of the year before that they imply."""
        return exhibits.previous_table(self) or self._prose(self.words("no_growth"))

    def policy_table(self) -> Table | Prose:
        """The plans, rules and institutions recorded."""
        return exhibits.policy_table(self) or self._prose(self.words("no_policies"))

    def claim_table(self) -> Table | Prose:
        """The claims made in words, and what would test each."""
        return exhibits.claim_table(self) or self._prose(self.words("no_claims"))

    def source_table(self) -> Table | Prose:
        """The publications used."""
        return exhibits.source_table(self) or self._prose(self.words("no_sources"))

    def conflict_table(self) -> Table | Prose:
        """Numbers that publications print differently, and which one is used."""
        return exhibits.conflict_table(self) or self._prose(self.words("no_conflicts"))

    def composition_chart(self) -> Chart | Prose:
        """The year's grants by kind of patent."""
        return diagrams.composition_chart(self) or self._prose(self.words("no_composition"))

    def protection_chart(self) -> Chart | Prose:
        """The cases and seizures of the year, by body and stage."""
        return diagrams.protection_chart(self) or self._prose(self.words("no_chart"))

    def finance_chart(self) -> Chart | Prose:
        """The amounts of money of the year."""
        return diagrams.finance_chart(self) or self._prose(self.words("no_chart"))

    def complete(self) -> None:
        """Say that the chapter ran to its end, and with which parameters. A report without this line is refused."""
        parameters = Parameters(self.region_code, self.reference_year, self.language)
        print(parameters.echo())

    def _result(self, indicator: str):
        return self.results[indicator_named(indicator, self.data).id]

    def _aspect(self, aspect: str) -> str:
        if aspect not in ASPECTS:
            raise UnknownName(f"no aspect {aspect!r}; there are {', '.join(ASPECTS)}.{did_you_mean(aspect, ASPECTS)}")
        return aspect

    def _nothing(self, aspect: str) -> Prose:
        return self._prose(self.words("nothing", aspect=self.words(aspect)))

    def _prose(self, markdown: str) -> Prose:
        return Prose(markdown)


def load_report(region: str, reference_year: int, language: str, data: Path = paths.DATA) -> Report:
    """The report of one region and reference year in one language.

    Raises UnknownName for a region, year or language that does not exist, BadParameter for one of the wrong type, and
    BadRow or BadDefinition if the data are not clean.
    """
    figures = load_figures(data)
    Parameters(region, reference_year, language).require(figures)
    return Report(region, reference_year, language, figures, data)
