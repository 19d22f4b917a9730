"""The sheets of a report's workbook: what it works out, what was published, where, and what is meant by it.

Texts in the report's own language go through ``say``; phrases, publishers, titles and notes stay as they are.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

from analysis import wording
from analysis.cards import formula
from analysis.codebook import Series
from analysis.edition import Edition
from analysis.figures import Figure
from analysis.indicators import Result
from analysis.report_records import (
    LICENCE,
    Say,
    as_it_is,
    decimal,
    figures_used,
    newest,
    publications,
    why_missing,
)
from analysis.rounding import Rounded
from analysis.sources import Source
from analysis.workbook import Column, Content, Link, Number, Sheet

INDICATORS = {
    "indicator": 38, "aspect": 14, "value": 16, "lower": 16, "upper": 16, "unit": 22, "qualifier": 12, "printed": 24,
    "status": 30, "formula": 40, "inputs": 44, "definition": 54, "caveat": 54, "id": 46,
}  # fmt: skip
FIGURES = {
    "series": 38, "region": 12, "year": 10, "as_printed": 12, "power": 9, "number": 18, "lower": 18, "upper": 18,
    "unit": 14, "qualifier": 12, "printed": 24, "used": 8, "kind": 14, "publisher": 34, "published_on": 12,
    "phrase": 36, "note": 30, "address": 40, "source": 14, "series_id": 46,
}  # fmt: skip
PUBLICATIONS = {
    "publisher": 44, "title": 54, "published_on": 12, "reliability": 16, "address": 54, "times": 10, "note": 44,
    "source": 14,
}  # fmt: skip
DEFINITIONS = {
    "series": 38, "unit": 16, "kind": 14, "aspect": 14, "comparability": 18, "definition": 64, "trap": 64,
    "part_of": 30, "series_id": 46,
}  # fmt: skip
"""The columns of each sheet with their widths; heads and meanings stand in ``words/`` (head_, means_)."""

SHEETS = {"indicators": INDICATORS, "figures": FIGURES, "publications": PUBLICATIONS, "definitions": DEFINITIONS}


def sheets(edition: Edition, say: Say = as_it_is) -> list[Sheet]:
    """The sheets of the workbook, the one on how to read the others first."""
    told = Teller(edition, say)
    used = list(figures_used(edition))
    named = dict.fromkeys(figure.series for figure, _ in used)
    named |= dict.fromkeys(series for result in edition.results.values() for series in result.indicator.inputs)
    times = Counter(figure.source for figure, _ in used)
    rows = {
        "indicators": [told.indicator(result) for result in edition.results.values()],
        "figures": [told.figure(figure, speaks) for figure, speaks in used],
        "publications": [told.publication(source, times[source.source]) for source in publications(edition)],
        "definitions": [told.definition(edition.series(series)) for series in named],
    }
    return [told.about(), *(told.sheet(name, columns, rows[name]) for name, columns in SHEETS.items())]


class Teller:
    """The rows of the sheets in the language of a report."""

    def __init__(self, edition: Edition, say: Say):
        self.edition, self.language, self.say = edition, edition.language, say

    def words(self, key: str, **values: object) -> str:
        """A fixed phrase."""
        return self.say(self.edition.words(key, **values))

    def sheet(self, name: str, columns: dict[str, int], rows: Sequence[Sequence[Content]], **more) -> Sheet:
        """A sheet with its heads."""
        heads = [Column(self.words(f"head_{column}"), width) for column, width in columns.items()]
        return Sheet(name.capitalize(), self.words(f"sheet_{name}"), heads, rows, **more)

    def about(self) -> Sheet:
        """How to read the others, and what each of their columns means."""
        edition = self.edition
        region = self.words("about_region_text", code=edition.region_code)
        texts = [
            ("region", region),
            ("year", str(edition.reference_year)),
            ("language", self.words("about_language_text")),
            ("newest", newest(edition)),
        ]
        paragraphs = ("sheets", "interval", "qualifier", "missing", "texts", "licence")
        texts += [(name, self.words(f"about_{name}_text")) for name in paragraphs]
        above = [(self.words("report_title"),), (self.words("report_subtitle"),)]
        above += [(self.words(f"about_{label}"), None, text) for label, text in texts]
        above += [(None, None, Link(LICENCE))]
        meanings = [
            (self.words(f"sheet_{sheet}"), self.words(f"head_{column}"), self.words(f"means_{column}"))
            for sheet, columns in SHEETS.items()
            for column in columns
        ]
        return self.sheet("about", {"sheet": 18, "column": 26, "meaning": 110}, meanings, above=above)

    def indicator(self, result: Result) -> list[Content]:
        """A row of INDICATORS."""
        indicator, value = result.indicator, result.value
        name, unit, definition, caveat = (
            self.say(indicator.text(text, self.language)) for text in ("name", "unit", "definition", "caveat")
        )
        if value is None:
            numbers, qualifier, printed = [None] * 3, "", ""
            status = self.say(why_missing(self.edition, result))
        else:
            place = wording.place_of(value, indicator.digits, indicator.unit)
            numbers, qualifier = _numbers(value, place), self._qualifier(wording.qualifier_of(value))
            printed, status = self.say(self.edition.value(result)), self.words("status_computed")
        return [
            name, self.words(indicator.aspect), *numbers, unit, qualifier, printed, status,
            self.say(formula(self.edition, indicator)), self._inputs(result), definition, caveat, indicator.id,
        ]  # fmt: skip

    def figure(self, figure: Figure, used: bool) -> list[Content]:
        """A row of FIGURES."""
        series, source = self.edition.series(figure.series), self.edition.source(figure)
        name, unit = (self.say(series.text(text, self.language)) for text in ("name", "counted"))
        return [
            name, self.say(self.edition.region_name(figure.region)), figure.reference_year, figure.value,
            figure.multiplier, *_numbers(figure.rounded, wording.figure_place(figure)), unit,
            self._qualifier(figure.qualifier), self._printed(figure), self.words("yes" if used else "no"),
            self.words(figure.kind), source.publisher, day(source.published_on), figure.phrase, figure.note,
            Link(source.url), figure.source, figure.series,
        ]  # fmt: skip

    def publication(self, source: Source, times: int) -> list[Content]:
        """A row of PUBLICATIONS."""
        return [
            source.publisher, source.title, day(source.published_on), self.words(source.reliability),
            Link(source.url), times, source.note, source.source,
        ]  # fmt: skip

    def definition(self, series: Series) -> list[Content]:
        """A row of DEFINITIONS."""
        name, unit, definition, trap = (
            self.say(series.text(text, self.language)) for text in ("name", "counted", "definition", "scope_trap")
        )
        whole = self.say(self.edition.series_name(series.part_of)) if series.part_of else ""
        return [
            name, unit, self.words(series.kind), self.words(series.aspect),
            self.words(f"comparability_{series.comparability}"), definition, trap, whole, series.series,
        ]  # fmt: skip

    def _inputs(self, result: Result) -> str:
        figures = ((self.edition.series_name(series), figure) for series, figure in result.figures.items())
        return "\n".join(
            self.words("status_input", name=self.say(name), figure=self._printed(figure)) for name, figure in figures
        )

    def _printed(self, figure: Figure) -> str:
        return self.say(wording.figure_text(figure, self.edition.series(figure.series), self.language))

    def _qualifier(self, qualifier: str) -> str:
        word = wording.QUALIFIER_WORDS[self.language][qualifier].strip()
        return self.say(word) if word else self.words("qualifier_none")


def day(published_on: str) -> date | str:
    """A date as such if its day is known, else as it stands."""
    return date.fromisoformat(published_on) if len(published_on) == len("YYYY-MM-DD") else published_on


def _numbers(value: Rounded, place: int) -> list[Number | None]:
    """A value and the ends of its interval, with so many decimals that the two ends look as different as they are."""
    if not value.exact and value.lower is not None and value.upper is not None:
        place = min(place, floor(log10(value.upper - value.lower)) - 1)
    ends = ((value.printed, None), (value.lower, floor), (value.upper, ceil))
    return [None if end is None else Number(decimal(end, way), min(6, max(0, -place))) for end, way in ends]
