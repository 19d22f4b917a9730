"""What became of one series or indicator of one region over the years: its points, its breaks, its changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from analysis import comparisons
from analysis.breaks import Break, breaks_between
from analysis.codebook import codebook
from analysis.comparisons import Verdict
from analysis.errors import NotComputable
from analysis.figures import Figure, Figures
from analysis.indicators import Indicator, Result, evaluate, indicators
from analysis.rounding import SIGNED, Rounded

COMPARED_UNITS = SIGNED | {"count", "CNY", "persons", "rate", "number"}
"""Units in which a size of change means something; a rank or a number of days only rises or falls."""


@dataclass(frozen=True, slots=True)
class Point:
    """A number of one year, and the figure or the result that it comes from."""

    year: int
    value: Rounded
    origin: Figure | Result

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The published figures behind it."""
        return (self.origin,) if isinstance(self.origin, Figure) else tuple(self.origin.figures.values())


@dataclass(frozen=True, slots=True)
class Change:
    """From one point of a history to a later one. Across a break it has no size and no direction."""

    history: "History"
    earlier: Point
    later: Point

    @property
    def id(self) -> str:
        """The name of its card."""
        return f"growth-{self.history.name}-{self.earlier.year}-{self.later.year}"

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks that may lie between the two years."""
        return self.history.breaks_between(self.earlier.year, self.later.year)

    @property
    def verdict(self) -> Verdict | None:
        """Rose, fell, unchanged or open; None across a break."""
        return None if self.breaks else comparisons.verdict(self.earlier.value, self.later.value)

    @property
    def in_points(self) -> bool:
        """Whether its size is a difference in percentage points, not a growth in per cent."""
        return self.history.unit in SIGNED

    @property
    def size(self) -> Rounded | None:
        """Growth in per cent, or the difference of two per cents in points; None across a break or from zero."""
        if self.breaks or self.history.unit not in COMPARED_UNITS:
            return None
        if self.in_points:
            return comparisons.difference(self.earlier.value, self.later.value)
        try:
            return comparisons.growth(self.earlier.value, self.later.value)
        except NotComputable:
            return None

    @property
    def yearly(self) -> Rounded | None:
        """Compound growth a year in per cent; None within one year, for differences, or where there is no growth."""
        years = self.later.year - self.earlier.year
        if self.size is None or self.in_points or years < 2:
            return None
        return comparisons.compound_growth(self.earlier.value, self.later.value, years)


@dataclass(frozen=True, slots=True)
class History:
    """The points of one series or indicator in one region, oldest first, with the figures' series that can break."""

    name: str
    unit: str
    region: str
    points: tuple[Point, ...]
    series: tuple[str, ...]
    figures: Figures

    def breaks_between(self, earlier: int, later: int) -> tuple[Break, ...]:
        """The breaks that may lie between two years."""
        return breaks_between(self.series, self.region, earlier, later, self.figures.data)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks between its first and its last point."""
        return self.breaks_between(self.points[0].year, self.points[-1].year)

    def runs(self, *, closed: bool = False) -> list[tuple[Point, ...]]:
        """Its points in stretches without a break; ``closed`` also parts them where a year is missing."""
        found: list[list[Point]] = [[self.points[0]]]
        for earlier, later in pairwise(self.points):
            gap = closed and later.year - earlier.year > 1
            if gap or self.breaks_between(earlier.year, later.year):
                found.append([])
            found[-1].append(later)
        return [tuple(run) for run in found]

    def long_changes(self) -> list[Change]:
        """From the first to the last point of every stretch of two points or more."""
        return [Change(self, run[0], run[-1]) for run in self.runs() if len(run) > 1]

    def step_to(self, year: int) -> Change | None:
        """The change to a year from the point before it; None if either is not there."""
        for earlier, later in pairwise(self.points):
            if later.year == year:
                return Change(self, earlier, later)
        return None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a part added to the growth of the whole that contains it."""

    part: Change
    whole: Change
    points: Rounded

    @property
    def id(self) -> str:
        """The name of its card."""
        return f"contribution-{self.part.history.name}-{self.part.earlier.year}-{self.part.later.year}"


def series_histories(figures: Figures, region: str) -> list[History]:
    """Every series of a region with figures of two years or more, in the codebook's order."""
    found = [series_history(figures, region, series) for series in codebook(figures.data)]
    return [history for history in found if len(history.points) > 1]


def series_history(figures: Figures, region: str, series: str) -> History:
    """The chosen figures of one series in one region."""
    chosen = [figures.chosen(region, year, series) for year in figures.years(region)]
    points = tuple(Point(each.reference_year, each.rounded, each) for each in chosen if each is not None)
    unit = codebook(figures.data)[series].unit
    return History(series, unit, region, points, (series,), figures)


def indicator_histories(figures: Figures, region: str) -> list[History]:
    """Every indicator of a region with values in two years or more; implied levels of a year before are left out."""
    found = [
        _indicator_history(figures, region, each)
        for each in indicators(figures.data).values()
        if each.kind != "previous"
    ]
    return [history for history in found if len(history.points) > 1]


def contributions(figures: Figures, region: str, year: int) -> Iterator[Contribution]:
    """What each part added to its whole: the last two years up to ``year`` that have both, if no break lies between."""
    histories = {each.name: each for each in series_histories(figures, region)}
    for name, series in codebook(figures.data).items():
        part, whole = histories.get(name), histories.get(series.part_of)
        if part is None or whole is None:
            continue
        wholes = {point.year: point for point in whole.points}
        both = [point for point in part.points if point.year in wholes and point.year <= year][-2:]
        if len(both) < 2:
            continue
        of_part = Change(part, *both)
        of_whole = Change(whole, *(wholes[point.year] for point in both))
        if of_part.breaks or of_whole.size is None:
            continue
        points = comparisons.contribution(both[0].value, both[1].value, of_whole.earlier.value)
        yield Contribution(of_part, of_whole, points)


def _indicator_history(figures: Figures, region: str, indicator: Indicator) -> History:
    results = [evaluate(indicator, figures, region, year) for year in figures.years(region)]
    points = tuple(Point(each.reference_year, each.value, each) for each in results if each.value is not None)
    return History(indicator.id, indicator.unit, region, points, indicator.inputs, figures)
