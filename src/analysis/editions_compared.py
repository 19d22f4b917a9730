"""Two made reports on one region set side by side: two years, or two vintages of one year."""

from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.errors import AnalysisError
from analysis.made_reports import MadeReport, made_reports
from analysis.revisions import CLASSES, FigureChange, figure_changes
from analysis.revisions_derived import DerivedChange, card_changes, indicator_changes
from analysis.revisions_shown import ChartChange, SentenceChange, chart_changes, sentence_changes


class NotComparable(AnalysisError):
    """Two reports that cannot be set side by side."""


@dataclass(frozen=True)
class Comparison:
    """What differs between two reports in one language; see the parts for how each is found and classed."""

    before: MadeReport
    after: MadeReport
    figures: list[FigureChange]
    derived: list[DerivedChange]
    sentences: list[SentenceChange]
    charts: list[ChartChange]

    @property
    def same_year(self) -> bool:
        """Whether these are two vintages of one year."""
        return self.before.year == self.after.year

    @property
    def numbers(self) -> list[FigureChange | DerivedChange]:
        """Every changed number: the published ones, then the computed ones."""
        return [*self.figures, *self.derived]

    def counts(self) -> dict[str, int]:
        """How many numbers changed in each way, by class."""
        kinds = [change.why.kind for change in self.numbers]
        return {kind: kinds.count(kind) for kind in CLASSES}


def compared(before: MadeReport, after: MadeReport, data: Path = paths.DATA) -> Comparison:
    """Two reports in one language side by side. The breaks are those of ``data``.

    Raises NotComparable for reports on different regions or in different languages.
    """
    if before.region != after.region:
        raise NotComparable(
            f"{before.folder} is on {before.place} ({before.region}) and {after.folder} on {after.place} "
            f"({after.region}). Two reports are compared over time, so both must be on one region; places are compared "
            "with each other in the report's chapter on peers."
        )
    if before.language != after.language:
        raise NotComparable(
            f"{before.folder} is in {before.language} and {after.folder} in {after.language}; name two reports in one "
            "language, or the folders above them"
        )
    figures = figure_changes(before, after, data)
    derived = [*indicator_changes(before, after, figures), *card_changes(before, after, figures, data)]
    redefined = frozenset(change.id for change in derived if change.why.kind == "redefinition")
    sentences = sentence_changes(before, after, redefined)
    return Comparison(before, after, figures, derived, sentences, chart_changes(before, after))


def all_compared(before: Path, after: Path, data: Path = paths.DATA) -> dict[str, Comparison]:
    """The reports in two folders side by side, in each language that both have.

    Raises NotComparable, or NoReport if a folder holds no whole report.
    """
    one, other = made_reports(before), made_reports(after)
    languages = [language for language in one if language in other]
    if not languages:
        raise NotComparable(
            f"{before} is in {', '.join(one)} and {after} in {', '.join(other)}; name two reports that share a language"
        )
    return {language: compared(one[language], other[language], data) for language in languages}
