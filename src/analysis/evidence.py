"""What the consistency rules share: a finding, the readings that printing leaves open, and the words for numbers.

A rule asks whether some combination of values, each allowed by what was printed, makes an equation true. If the
chosen figures leave none, other published values of the same figures are tried; if those do not help either, it is
asked whether a number could have been cut off instead of rounded. What is still left is a finding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor
from pathlib import Path

from analysis.codebook import codebook, regions
from analysis.figures import Figure, Figures
from analysis.identities import Identity, identities
from analysis.rounding import COUNTED, Rounded, about_place, printed_place, unround
from analysis.wording import QUALIFIER_WORDS, close_spaces, figure_number, figure_text, number, words

KINDS = ("contradiction", "truncation", "conflict", "definition", "magnitude")
"""contradiction: no value that the digits allow makes it true. truncation: only if a number was cut off instead of
rounded. conflict: publications print different values of one figure. definition: a difference in what is counted is
known. magnitude: a number stands out by a power of ten."""

MOST_READINGS = 256
ROUND_TO, COARSEST, LARGE = 1000, 10_000, 100_000


@dataclass(frozen=True, slots=True)
class Finding:
    """Published numbers that do not go together.

    ``rule`` is one of ``consistency.RULES`` and ``kind`` one of ``KINDS``; ``region`` and ``reference_year`` are those
    it is about, ``series`` and ``figures`` all that are involved. The texts are plain, not Markdown.
    """

    rule: str
    kind: str
    region: str
    reference_year: int
    series: tuple[str, ...]
    figures: tuple[Figure, ...]
    statement_en: str
    statement_zh: str
    explanations_en: tuple[str, ...]
    explanations_zh: tuple[str, ...]

    def statement(self, language: str) -> str:
        """The arithmetic in words."""
        return self.statement_en if language == "en" else self.statement_zh

    def explanations(self, language: str) -> tuple[str, ...]:
        """Possible explanations; none of them is claimed to be the right one."""
        return self.explanations_en if language == "en" else self.explanations_zh


class Evidence:
    """The published figures of a data folder with what is known about them, as the rules need it."""

    def __init__(self, figures: Figures, data: Path):
        self.figures = figures
        self.series = codebook(data)
        self.regions = regions(data)
        self.identities = identities(data)
        self._quotients = {quotient.series for quotient in self.identities.quotient}
        self._rounded: dict[tuple, Rounded] = {}
        self._years: dict[str, list[int]] = {}

    def rounded(self, figure: Figure) -> Rounded:
        """The values that would have been printed so.

        Two things are read more widely here than elsewhere, because a gap that rounding explains is no finding: a rate
        that shows no point is still open by half a unit, and a large count that ends in three zeros or more (382,000)
        may have been rounded to thousands or 万.
        """
        key = (figure.value, figure.multiplier, figure.qualifier, figure.unit, figure.series in self._quotients)
        if key not in self._rounded:
            unit = "measure" if key[-1] else figure.unit
            rounded = unround(figure.value, figure.multiplier, figure.qualifier, unit=unit)
            place = min(about_place(figure.value, figure.multiplier), COARSEST)
            if rounded.exact and rounded.printed >= LARGE and unit in COUNTED and place >= ROUND_TO:
                rounded = Rounded(rounded.printed, rounded.printed - place / 2, rounded.printed + place / 2)
            self._rounded[key] = rounded
        return self._rounded[key]

    def cut(self, figure: Figure) -> Rounded:
        """The values that would have been printed so by rounding or by cutting off digits."""
        rounded = self.rounded(figure)
        if rounded.exact or figure.qualifier != "exact":
            return rounded
        unit = 2 * (rounded.upper - rounded.printed)
        if rounded.printed < 0:
            return Rounded(rounded.printed, rounded.printed - unit, rounded.upper, strict_lower=True)
        return Rounded(rounded.printed, rounded.lower, rounded.printed + unit, strict_upper=True)

    def years(self, region: str) -> list[int]:
        """The reference years of a region, oldest first."""
        if region not in self._years:
            self._years[region] = self.figures.years(region)
        return self._years[region]

    def whole(self, figure: Figure) -> bool:
        """Whether the figure counts things, so that its true value is a whole number."""
        return figure.unit in COUNTED and figure.series not in self._quotients

    def readings(self, region: str, year: int, series: str) -> list[Figure]:
        """The chosen figure, then those that disagree with it; a rounded repeat of it is no other reading."""
        rows = self.figures.every(region, year, series)
        return [row for row in rows if row is rows[0] or apart(self.rounded(row), self.rounded(rows[0]))]

    def judged(self, slots: Sequence[list[Figure]], fits: Callable[[list[Rounded]], bool]) -> str:
        """Empty if some reading of the slots fits, else "truncation" or "contradiction"; slots hold readings."""
        for row in islice(product(*slots), MOST_READINGS):
            if fits([self.rounded(figure) for figure in row]):
                return ""
        return "truncation" if fits([self.cut(slot[0]) for slot in slots]) else "contradiction"

    def finding(
        self,
        rule: str,
        kind: str,
        figures: Sequence[Figure],
        statement: Callable[[str], str],
        reasons: Sequence[str] = (),
        identity: Identity | None = None,
        **values: object,
    ) -> Finding:
        """A finding about the region and year of the first figure.

        ``statement`` writes the sentence in a language; ``reasons`` are keys of ``words/``, into which ``values``
        are put. What the identity and known differences of definition say comes first, and a known difference makes
        the finding one of definition, unless cutting off digits explains it already.
        """
        series = tuple(dict.fromkeys(figure.series for figure in figures))
        known = self.identities.known_for(rule, *series)
        first = [*known] + ([identity] if identity else [])

        def explained(language: str) -> tuple[str, ...]:
            own = [text for source in first for text in source.explanations(language)]
            return (*own, *(words(key, language, **values) for key in reasons))

        if known and kind != "truncation":
            kind = "definition"
        return Finding(
            rule, kind, figures[0].region, figures[0].reference_year, series, tuple(figures),
            statement("en"), close_spaces(statement("zh")), explained("en"), explained("zh"),
        )  # fmt: skip

    def told(self, figure: Figure, language: str, *, region: bool = False, year: bool = False) -> str:
        """A figure in a sentence: its name, where asked its place and year, and its number as printed."""
        name = self.series[figure.series].text("name", language)
        places = [self.regions[figure.region].name(language)] if region else []
        places += [str(figure.reference_year)] if year else []
        brackets = words("consistency_brackets", language, inside=", ".join(places)) if places else ""
        value = figure_text(figure, self.series[figure.series], language) if figure.unit == "CNY" else None
        return words(
            "consistency_told", language, name=name + brackets, number=value or figure_number(figure, language)
        )

    def place(self, figure: Figure, language: str) -> dict[str, str]:
        """The region and year that a statement begins with."""
        return {"region": self.regions[figure.region].name(language), "year": str(figure.reference_year)}


def apart(one: Rounded, other: Rounded) -> bool:
    """Whether no value lies in both intervals."""
    return above(one, other) or above(other, one)


def above(one: Rounded, other: Rounded) -> bool:
    """Whether every value of the one is greater than every value of the other."""
    if one.lower is None or other.upper is None:
        return False
    return one.lower > other.upper or (one.lower == other.upper and (one.strict_lower or other.strict_upper))


def last_place(figures: Sequence[Figure]) -> int:
    """The power of ten of the finest place printed."""
    return min(_exponent(printed_place(figure.value, figure.multiplier)) for figure in figures)


def finest(figures: Sequence[Figure]) -> int:
    """The place to which intervals of these figures are written: one finer than printed, to show half units."""
    place = last_place(figures)
    return 0 if place == 0 and all(figure.unit in COUNTED for figure in figures) else place - 1


def written(value: Fraction, place: int, language: str, rounding=None) -> str:
    """A number of either sign to the place 10^``place``; ``rounding`` (floor or ceil) rounds outward."""
    if value < 0:
        return "−" + number(-value, place, language, rounding={floor: ceil, ceil: floor}.get(rounding))
    return number(value, place, language, rounding=rounding)


def span(value: Rounded, place: int, language: str, unit: str = "count") -> str:
    """What an interval leaves open: one number, "… to …", "more than …"; the ends are rounded outward."""
    if value.exact:
        return _with(written(value.lower, place, language), unit, language)
    if value.upper is None or value.lower is None:
        end, rounding = (value.lower, floor) if value.upper is None else (value.upper, ceil)
        word = ("more_than" if value.strict_lower else "at_least") if value.upper is None else "at_most"
        return QUALIFIER_WORDS[language][word] + _with(written(end, place, language, rounding), unit, language)
    ends = (written(value.lower, place, language, floor), written(value.upper, place, language, ceil))
    lower, upper = (_with(end, unit, language) for end in ends)
    return words("consistency_span", language, lower=lower, upper=upper)


def joined(texts: Sequence[str], language: str) -> str:
    """A list in a sentence."""
    return words("list_separator", language).join(texts)


def _with(text: str, unit: str, language: str) -> str:
    word = {"percent": "%", "percentage_points": "%", "CNY": "元" if language == "zh" else " yuan"}.get(unit, "")
    return text + word


def _exponent(place: Fraction) -> int:
    return len(str(place.numerator)) - len(str(place.denominator))
