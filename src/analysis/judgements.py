"""Judgement items: two numbers of which a learner says whether they may be compared, marked against the data.

No verdict is typed. Whether two numbers may be compared follows from what the codebook says of their series, from the
breaks between their years, and for two printings of one number from how the report weighs them (``agreement``). Which
numbers are asked about is found in the data, so that the verdicts differ as far as the figures allow. Standard library
only.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

from analysis import paths
from analysis.agreement import relation
from analysis.breaks import breaks_between
from analysis.codebook import Series, codebook
from analysis.evidence import Evidence
from analysis.figures import Figure, Figures
from analysis.identities import identities
from analysis.indicators import Indicator, indicators
from analysis.source_choices import printed_twice
from analysis.standings import NOT_RANKED, peer_group

MOST_ITEMS, FEWEST_ITEMS = 4, 3
RELATIONS = {"same": "s", "rounding": "r", "truncation": "r", "bound": "b", "conflict": "c"}
LETTERS = {"years": "ybd", "places": "yrdt", "quotients": "yrdt", "printings": "srbc"}
"""What an answer says of an item, by rule. y: yes; r of places and quotients: with a reservation; d: no, another
definition; b: no, a break lies between; t: no, another time. Of printings: same, rounding, bound, conflict."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a figure, or the two figures that ``indicator`` divides."""

    figures: tuple[Figure, ...]
    indicator: Indicator | None = None

    @property
    def region(self) -> str:
        """The region that it describes."""
        return self.figures[0].region

    @property
    def year(self) -> int:
        """The year that it describes."""
        return self.figures[0].reference_year

    @property
    def series(self) -> tuple[str, ...]:
        """The series behind it."""
        return tuple(each.series for each in self.figures)


@dataclass(frozen=True, slots=True)
class Judged:
    """An item: two sides, the letter that is right, and the reason as a key of ``words/`` without its prefix.

    ``blamed`` are the series by whose entry in the codebook it is so.
    """

    first: Side
    second: Side
    letter: str
    reason: str
    blamed: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the item."""
        return (*self.first.figures, *self.second.figures)


def judged(first: Side, second: Side, data: Path = paths.DATA) -> Judged:
    """Whether two numbers may be compared: first by what is counted, then by the years, then by what is reserved."""
    known = codebook(data)
    if first.series != second.series:
        kinds = {known[each].kind for each in (first.series[0], second.series[0])}
        return Judged(first, second, "d", "stock_and_flow" if len(kinds) > 1 else "other_series")
    if first.region == second.region:
        broken = breaks_between(first.series, first.region, *sorted((first.year, second.year)), data)
        return Judged(first, second, "b" if broken else "y", "break" if broken else "no_break")
    if refused := _rated(first.series, "refused", known):
        return Judged(first, second, "d", "refused", refused)
    if first.year != second.year:
        return Judged(first, second, "t", "other_year")
    if marked := _rated(first.series, "marked", known):
        return Judged(first, second, "r", "marked", marked)
    loose = any(each.qualifier != "exact" for each in (*first.figures, *second.figures))
    return Judged(first, second, *(("r", "loose") if loose else ("y", "direct")))


def judged_printings(one: Figure, other: Figure, data: Path = paths.DATA) -> Judged:
    """How two printings of one number stand to each other, as the report weighs them."""
    found = relation(Evidence(Figures([], data), data), one, other)
    return Judged(Side((one,)), Side((other,)), RELATIONS[found], found)


def rejudged(item: Judged, change: Callable[[Figure], Figure]) -> Judged:
    """An item with other figures of the same series, regions and years, judged anew."""
    sides = [Side(tuple(map(change, each.figures)), each.indicator) for each in (item.first, item.second)]
    if item.reason in RELATIONS:
        return judged_printings(sides[0].figures[0], sides[1].figures[0])
    return judged(*sides)


def items(rule: str, figures: Figures, region: str, year: int, chance: Random | None) -> list[Judged]:
    """The items of a rule for a region and year: one of each verdict first, then more; empty where there are too few.

    ``chance`` draws them, and their order; without it those are taken that the rule finds first.
    """
    found = list(RULES[rule](figures, region, year))
    if chance:
        chance.shuffle(found)
    taken: list[Judged] = []
    for letter in LETTERS[rule]:
        those = [each for each in found if each.letter == letter]
        taken += ([each for each in those if _new(each, taken)] or those)[:1]
    for each in found:
        if len(taken) < MOST_ITEMS and _new(each, taken):
            taken.append(each)
    if len(taken) < FEWEST_ITEMS or len({each.letter for each in taken}) < 2:
        return []
    return taken


def _new(item: Judged, taken: list[Judged]) -> bool:
    """Whether an item is about another series than those taken already."""
    return item.first.series not in {each.first.series for each in taken}


def _rated(series: Sequence[str], comparability: str, known: dict[str, Series]) -> tuple[str, ...]:
    return tuple(each for each in series if known[each].comparability == comparability)


def _numbers(figures: Figures, region: str, year: int) -> list[Figure]:
    found = [figures.chosen(region, year, series) for series in figures.series_of(region, year)]
    return [each for each in found if each.unit not in NOT_RANKED and each.unit != "percent"]


def _years(figures: Figures, region: str, year: int) -> Iterator[Judged]:
    """A number beside the same of an earlier year, the nearest first, and a stock beside the flow that adds to it."""
    for later in _numbers(figures, region, year):
        for before in reversed([each for each in figures.years(region) if each < year]):
            earlier = figures.chosen(region, before, later.series)
            if earlier and "exact" == earlier.qualifier == later.qualifier:
                yield judged(Side((earlier,)), Side((later,)), figures.data)
    for pair in identities(figures.data).stock_flow:
        flow, stock = (figures.chosen(region, year, each) for each in (pair.flow, pair.stock))
        if flow and stock:
            yield judged(Side((flow,)), Side((stock,)), figures.data)


def _places(figures: Figures, region: str, year: int) -> Iterator[Judged]:
    """A number beside that of a peer of the same year and of one of another year, and a flow beside a peer's stock."""
    group = _others(figures, region)
    for at, own in enumerate(_numbers(figures, region, year)):
        yield from _beside(Side((own,)), figures, _turned(group, at))
    for pair in identities(figures.data).stock_flow:
        if own := figures.chosen(region, year, pair.flow):
            found = (figures.chosen(code, year, pair.stock) for code in group)
            yield from (judged(Side((own,)), Side((other,)), figures.data) for other in filter(None, found))


def _quotients(figures: Figures, region: str, year: int) -> Iterator[Judged]:
    """A share, rate or ratio beside that of a peer; and two of one thing that are divided by different ones."""
    sides, group = [], _others(figures, region)
    for indicator in indicators(figures.data).values():
        if indicator.kind in ("share", "rate", "ratio") and len(indicator.inputs) == 2:
            found = tuple(figures.chosen(region, year, each) for each in indicator.inputs)
            sides += [Side(found, indicator)] if all(found) else []
    for at, own in enumerate(sides):
        yield from _beside(own, figures, _turned(group, at))
    for own, wanted in combinations(sides, 2):
        if own.series[0] == wanted.series[0] and own.indicator.unit == wanted.indicator.unit:
            others = (_same(wanted, figures, code, year) for code in group)
            if other := next(filter(None, others), None):
                yield judged(own, other, figures.data)


def _beside(own: Side, figures: Figures, group: list[str]) -> Iterator[Judged]:
    """A side beside the first peer that prints the same for that year, and the first that does so for another only."""
    same_year = other_year = None
    for code in group:
        if found := _same(own, figures, code, own.year):
            same_year = same_year or found
        elif other_year is None:
            years = sorted(figures.years(code), key=lambda each: (abs(each - own.year), each))
            other_year = next(filter(None, (_same(own, figures, code, each) for each in years)), None)
        if same_year and other_year:
            break
    yield from (judged(own, each, figures.data) for each in (same_year, other_year) if each)


def _same(side: Side, figures: Figures, region: str, year: int) -> Side | None:
    """The same number of another region and year, if it is published."""
    found = tuple(figures.chosen(region, year, each) for each in side.series)
    return Side(found, side.indicator) if all(found) else None


def _turned(group: list[str], steps: int) -> list[str]:
    """A list that begins elsewhere, so that not always the same peer comes first."""
    at = steps % len(group) if group else 0
    return group[at:] + group[:at]


def _printings(figures: Figures, region: str, year: int) -> Iterator[Judged]:
    """Two printings of one number, of the newest year first."""
    for agreement in printed_twice(figures, region, year):
        first, *others = agreement.figures
        yield from (judged_printings(first, other, figures.data) for other in others[:1])


def _others(figures: Figures, region: str) -> list[str]:
    return [code for code in peer_group(region, figures) if code != region]


RULES: dict[str, Callable[[Figures, str, int], Iterator[Judged]]] = {
    "years": _years,
    "places": _places,
    "quotients": _quotients,
    "printings": _printings,
}
