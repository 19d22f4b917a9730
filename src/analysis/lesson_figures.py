"""Figures and judgement items as the texts of a lesson name them, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.breaks import breaks_between
from analysis.codebook import codebook, region_named
from analysis.figures import Figure
from analysis.judgements import Judged, Side
from analysis.sources import sources
from analysis.wording import QUALIFIER_WORDS, escaped, figure_text, words

MAGNITUDES = {4: "万", 6: "百万", 8: "亿", 9: "十亿", 12: "万亿"}


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
        return f"{word}{each.value}{MAGNITUDES.get(each.multiplier, '')}{counted}"

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
        """The publication: its kind, publisher and day."""
        each = sources()[self.figure.source]
        known = words(f"lesson_reliability_{each.reliability}", self.language)
        day = each.published_on or words("lesson_no_date", self.language)
        return words("lesson_source", self.language, kind=known, publisher=escaped(each.publisher), day=day)


def item_text(item: Judged, language: str) -> str:
    """The two sides of an item in a line; for two printings of one number also by whom."""
    printings = item.first.region == item.second.region and item.first.year == item.second.year
    printings = printings and item.first.series == item.second.series
    sides = [_side(each, language, printings) for each in (item.first, item.second)]
    return words("judged_pair", language, first=sides[0], second=sides[1])


def _side(side: Side, language: str, with_source: bool) -> str:
    shown = [Shown(each, "", language) for each in side.figures]
    about = {"place": shown[0].place, "year": side.year}
    if side.indicator:
        above, below = (each.printed for each in shown)
        name = side.indicator.text("name", language)
        return words("judged_quotient", language, name=name, above=above, below=below, **about)
    told = words("judged_number", language, name=shown[0].name, printed=shown[0].printed, **about)
    return words("judged_printing", language, told=told, source=shown[0].source) if with_source else told


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
    """What the codebook says of every series of some items, one a line."""
    known = codebook()
    series = list(dict.fromkeys(figure.series for item in items for figure in item.figures))
    return "\n".join(
        words(
            "judged_definition",
            language,
            name=known[each].text("name", language),
            kind=words(f"lesson_kind_{known[each].kind}", language),
            definition=known[each].text("definition", language),
            trap=known[each].text("scope_trap", language),
        ).strip()
        for each in series
    )
