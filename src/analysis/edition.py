"""One region and one reference year in one language: its figures, its indicators, and how they are named and linked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from string import Formatter
from typing import ParamSpec, TypeVar

from analysis import paths, wording
from analysis.codebook import Region, Series, codebook, regions
from analysis.figures import Figure, Figures
from analysis.indicators import Indicator, Result, evaluate, indicators
from analysis.quotations import quoted
from analysis.sources import Source, sources

Asked, Found = ParamSpec("Asked"), TypeVar("Found")


def once(found: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """Have what a function finds for an edition kept with it, for exhibits, cards and proofs all ask for the same.

    What it returns is shared by all who ask, and none may change it.
    """

    @wraps(found)
    def kept(edition: "Edition", *rest: object) -> Found:
        known = edition.__dict__.setdefault("_kept", {})
        if (found, rest) not in known:
            known[found, rest] = found(edition, *rest)
        return known[found, rest]

    return kept


@dataclass(frozen=True)
class Edition:
    """What all chapters of one report share."""

    region_code: str
    reference_year: int
    language: str
    figures: Figures
    data: Path = paths.DATA

    @property
    def region(self) -> Region:
        return regions(self.data)[self.region_code]

    @cached_property
    def results(self) -> dict[str, Result]:
        """Every indicator evaluated, by id, in the order of the definitions."""
        found = indicators(self.data)
        return {
            name: evaluate(each, self.figures, self.region_code, self.reference_year) for name, each in found.items()
        }

    @cached_property
    def published(self) -> dict[str, Figure]:
        """The chosen figure of every series that has one, in the codebook's order."""
        present = self.figures.series_of(self.region_code, self.reference_year)
        return {series: self.figures.chosen(self.region_code, self.reference_year, series) for series in present}

    def words(self, key: str, **values: object) -> str:
        """A fixed phrase, with the region's name and the year at hand."""
        place = {"region": self.region.name(self.language), "year": self.reference_year}
        return wording.words(key, self.language, **(place | values))

    def count(self, what: str, number: int) -> str:
        """So many things, in words: ``1 published figure``, ``53 published figures``."""
        return self.words(f"count_{what}" + ("_one" if number == 1 else ""), number=number)

    def series(self, series: str) -> Series:
        return codebook(self.data)[series]

    def series_name(self, series: str) -> str:
        return self.series(series).text("name", self.language)

    def region_name(self, region: str) -> str:
        return regions(self.data)[region].name(self.language)

    def source(self, figure: Figure) -> Source:
        return sources(self.data)[figure.source]

    def published_in(self, source: Source) -> str:
        """The publisher and the date of a publication; what a bracket adds, such as who carried it, is on the cards."""
        publisher = source.publisher.partition(" (")[0]
        return f"{self.quoted(publisher)}, {source.published_on or self.words('undated')}"

    def quoted(self, text: str) -> str:
        """Words that a source printed, for a text of the report; see ``quotations``."""
        return quoted(text, self.language)

    def listed(self, texts: list[str]) -> str:
        """Texts joined as the language joins them."""
        return self.words("list_separator").join(texts)

    def every(self, series: str) -> list[Figure]:
        """All rows published for one series, the chosen one first."""
        return self.figures.every(self.region_code, self.reference_year, series)

    def value(self, result: Result) -> str:
        """An indicator's value as printed, without a link."""
        indicator = result.indicator
        return wording.value_text(result.value, indicator.unit, indicator.digits, self.language)

    def interval(self, result: Result) -> str:
        """The ends of the rounding interval as printed, or empty where the value is exact or one-sided."""
        indicator = result.indicator
        return wording.interval_text(result.value, indicator.unit, indicator.digits, self.language)

    def value_link(self, result: Result) -> str:
        """The value as a link to the indicator's card."""
        return wording.linked(self.value(result), self.result_card(result))

    def told_value(self, result: Result) -> str:
        """The value as a link, with its rounding interval where rounding touches the digits shown."""
        value, indicator = self.value_link(result), result.indicator
        settled = wording.settled(result.value, indicator.unit, indicator.digits)
        if settled or not (interval := self.interval(result)):
            return value
        return self.words("interval", value=value, interval=interval)

    def figure_link(self, figure: Figure, *, counted: bool = True) -> str:
        """A published figure, with or without the thing counted, as a link to its card."""
        if counted:
            text = wording.figure_text(figure, self.series(figure.series), self.language)
        else:
            text = wording.figure_number(figure, self.language)
        return wording.linked(text, self.figure_card(figure))

    def figure_card(self, figure: Figure) -> str:
        """The name of a figure's card: of another region or year, it says which."""
        return figure.series + self._elsewhere(figure.region, figure.reference_year)

    def result_card(self, result: Result) -> str:
        """The name of an indicator's card: of another region or year, it says which."""
        return result.indicator.id + self._elsewhere(result.region, result.reference_year)

    def _elsewhere(self, region: str, year: int) -> str:
        if region != self.region_code:
            return f"-{region}-{year}"
        return "" if year == self.reference_year else f"-{year}"

    def result_sentence(self, result: Result) -> str:
        """One sentence: the indicator's own with the computed number, or the reason why there is none."""
        indicator = result.indicator
        if result.value is None:
            return self._reason(indicator, result)
        value = self.told_value(result)
        sentence = indicator.text("sentence", self.language)
        fields = {name for _, name, _, _ in Formatter().parse(sentence) if name and name != "value"}
        figures = {name: self.figure_link(result.figures[name]) for name in fields}
        told = sentence.format(value=value, **figures)
        return wording.close_spaces(told) if self.language == "zh" else told

    def _reason(self, indicator: Indicator, result: Result) -> str:
        name = indicator.text("name", self.language)
        if result.missing:
            return self.words("missing", name=name, series=self.listed([self.series_name(s) for s in result.missing]))
        return self.words("problem", name=name, problem=self.words(f"problem_{result.problem}"))
