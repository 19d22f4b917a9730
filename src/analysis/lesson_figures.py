"""Figures and judgement items as the texts of a lesson name them, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.breaks import breaks, breaks_between
from analysis.codebook import codebook, region_named
from analysis.figures import Figure
from analysis.judgements import Judged, Side
from analysis.sources import sources
from analysis.wording import QUALIFIER_WORDS, escaped, figure_text, words

MAGNITUDES = {4: "万", 8: "亿", 12: "万亿"}
WESTERN = {6: ("百万", 2, "万"), 9: ("十亿", 1, "亿")}
"""Powers of ten that only English groups by: the word, and by how many digits the next Chinese one is finer."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as the texts of a lesson name it: ``{x.name}``, ``{x.printed}``, ``{x.text}``, ``{x.counted}``, ..."""

    figure: Figure
    id: str
    language: str

    @property
    def name(self) -> str:
        """What it counts."""
        return codebook()[self.figure.series].text("name", self.language)

    @property
    def counted(self) -> str:
        """The things counted."""
        return codebook()[self.figure.series].text("counted", self.language)

    @property
    def printed(self) -> str:
        """As a Chinese publication prints it: ``119亿元``, ``超过1200件``."""
        each = self.figure
        word = QUALIFIER_WORDS["zh"][each.qualifier].strip()
        counted = "%" if each.unit == "percent" else codebook()[each.series].counted_zh
        return f"{word}{_digits(each)}{counted}"

    @property
    def text(self) -> str:
        """In the language of the lesson."""
        return figure_text(self.figure, codebook()[self.figure.series], self.language)

    @property
    def year(self) -> int:
        """The year that it describes."""
        return self.figure.reference_year

    @property
    def place(self) -> str:
        """The region that it describes."""
        return region_named(self.figure.region).name(self.language)

    @property
    def source(self) -> str:
        """The publication: its kind, day and publisher."""
        publisher = escaped(sources()[self.figure.source].publisher)
        return words("lesson_source", self.language, published=self.published, publisher=publisher)

    @property
    def published(self) -> str:
        """The kind of the publication, and its day."""
        each = sources()[self.figure.source]
        known = words(f"lesson_reliability_{each.reliability}", self.language)
        day = each.published_on or words("lesson_no_date", self.language)
        return words("lesson_published", self.language, kind=known, day=day)


def _digits(figure: Figure) -> str:
    """The printed digits with 万 or 亿: 11.464 billion is 114.64 亿, with as many digits as there were."""
    if figure.multiplier not in WESTERN:
        return figure.value + MAGNITUDES.get(figure.multiplier, "")
    magnitude, steps, finer = WESTERN[figure.multiplier]
    whole, _, decimals = figure.value.partition(".")
    if len(decimals) < steps:
        return figure.value + magnitude
    rest = decimals[steps:]
    return (whole + decimals[:steps]).lstrip("0") + (f".{rest}" if rest else "") + finer


def item_text(item: Judged, language: str) -> str:
    """The two sides of an item in a line: what is the same on both is said once, and of two printings by whom."""
    first, second = item.first, item.second
    if (first.region, first.year, first.series) == (second.region, second.year, second.series):
        shown = [Shown(each, "", language) for each in item.figures]
        told = [words("judged_printing", language, printed=each.printed, by=each.published) for each in shown]
        of = words("judged_of", language, name=shown[0].name, place=shown[0].place, year=first.year)
        return words("judged_same", language, name=of, first=told[0], second=told[1])
    names, sides = zip(*(_side(each, language) for each in (first, second)), strict=True)
    if names[0] == names[1]:
        return words("judged_same", language, name=names[0], first=sides[0], second=sides[1])
    return words(
        "judged_other", language, name=names[0], first=sides[0], other_name=names[1], second=sides[1],
    )  # fmt: skip


def _side(side: Side, language: str) -> tuple[str, str]:
    """What a side is called, and where, when and how much it is."""
    shown = [Shown(each, "", language) for each in side.figures]
    printed = " ÷ ".join(each.printed for each in shown)
    name = side.indicator.text("name", language) if side.indicator else shown[0].name
    return name, words("judged_side", language, place=shown[0].place, year=side.year, printed=printed)


def reason_text(item: Judged, language: str) -> str:
    """Why an item is judged as it is, in the words of the codebook or of the table of breaks."""
    known = codebook()
    reason = words(f"judged_because_{item.reason}", language)
    told = [known[each].text("scope_trap", language) for each in item.blamed]
    if item.reason == "break":
        years = sorted((item.first.year, item.second.year))
        told = [each.why(language) for each in breaks_between(item.first.series, item.first.region, *years)]
    return words("judged_reason", language, reason=reason, told=" ".join(told)).strip()


def definitions(items: Sequence[Judged], language: str) -> str:
    """What the codebook says of every series of some items, one a line; of several places, also how it rates these."""
    known, lines = codebook(), []
    places = {figure.region for item in items for figure in item.figures}
    for each in _series(items):
        series = known[each]
        rating = words(f"judged_rating_{series.comparability}", language) if len(places) > 1 else ""
        told = {field: series.text(field, language) for field in ("name", "definition", "scope_trap")}
        kind = words(f"lesson_kind_{series.kind}", language)
        lines.append(words("judged_definition", language, kind=kind, rating=rating, **told).strip())
    return "\n".join(lines)


def known_breaks(items: Sequence[Judged], language: str) -> str:
    """Every break that is known of the series of some items, in whatever years, one a line."""
    known, lines = codebook(), []
    region = items[0].first.region if items else ""
    for each in breaks():
        if touched := [name for name in _series(items) if each.touches(name, region)]:
            names = words("list_separator", language).join(known[name].text("name", language) for name in touched)
            years = {"earlier": each.earlier_year, "later": each.later_year}
            lines.append(words("judged_break", language, name=names, why=each.why(language), **years))
    return "\n".join(lines) or words("judged_no_breaks", language)


def _series(items: Sequence[Judged]) -> list[str]:
    return list(dict.fromkeys(figure.series for item in items for figure in item.figures))
