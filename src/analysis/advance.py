"""From one reference year to another: what the new one has, lacks, renames or redefines, and what to look for.

Nothing here fills a gap. A series that the old year has and the new one lacks is named with the words to search for;
a series that means something else in the new year is set apart from those that simply changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from analysis import comparisons
from analysis.breaks import Break, breaks, breaks_between
from analysis.claim_checks import Verdict, claim_verdicts
from analysis.codebook import Series, codebook
from analysis.errors import BadParameter
from analysis.figures import Figure, Figures
from analysis.indicators import Indicator, Result, evaluate, indicators
from analysis.statements import Claim, claims


@dataclass(frozen=True, slots=True)
class Pair:
    """The chosen figures of one series in the old and in the new year; one of the two may be missing."""

    series: Series
    old: Figure | None
    new: Figure | None
    breaks: tuple[Break, ...]

    @property
    def verdict(self) -> str | None:
        """Rose, fell, unchanged or open; None across a break, or with one figure only."""
        if self.breaks or self.old is None or self.new is None:
            return None
        return comparisons.verdict(self.old.rounded, self.new.rounded)


@dataclass(frozen=True, slots=True)
class Renaming:
    """A series that the publications of the two years call by other words, with the words found in their phrases."""

    pair: Pair
    old_words: tuple[str, ...]
    new_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redefinition:
    """A break that may lie between the two years, with the figures that stand on either side of it."""

    at: Break
    old: tuple[Figure, ...]
    new: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An indicator in the old and in the new year, with the breaks of its figures between them."""

    indicator: Indicator
    old: Result
    new: Result
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure of the old year that the new one lacks: the words to search for, and the indicators that wait for it.

    ``instead`` are figures of the new year that a break sets in its place; they do not continue it.
    """

    figure: Figure
    series: Series
    wordings: tuple[str, ...]
    waiting: tuple[Indicator, ...]
    instead: tuple[Figure, ...]


@dataclass(frozen=True)
class Advance:
    """The step of one region from an old to a new reference year, which may have no figure yet."""

    figures: Figures
    region: str
    old_year: int
    new_year: int

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every series with a figure in either year, in the codebook's order."""
        found = []
        for name, series in codebook(self.figures.data).items():
            old, new = (self.figures.chosen(self.region, year, name) for year in (self.old_year, self.new_year))
            if old is not None or new is not None:
                found.append(Pair(series, old, new, self._breaks(name)))
        return tuple(found)

    @property
    def kept(self) -> list[Pair]:
        """The series with a figure in both years."""
        return [pair for pair in self.pairs if pair.old and pair.new]

    @property
    def lacking(self) -> list[Pair]:
        """The series with a figure in the old year only."""
        return [pair for pair in self.pairs if pair.new is None]

    @property
    def gained(self) -> list[Pair]:
        """The series with a figure in the new year only."""
        return [pair for pair in self.pairs if pair.old is None]

    @property
    def renamed(self) -> list[Renaming]:
        """The series whose publications use other words of the codebook than those of the old year did."""
        found = []
        for pair in self.kept:
            old, new = (self._words(pair.series, year) for year in (self.old_year, self.new_year))
            if old and new and not any(_alike(one, other) for one in old for other in new):
                found.append(Renaming(pair, old, new))
        return found

    @property
    def redefined(self) -> list[Redefinition]:
        """The breaks that may lie between the two years and have a figure on either side, in the file's order."""
        found = []
        for at in breaks(self.figures.data):
            inside = [pair for pair in self.pairs if at in pair.breaks]
            old = tuple(pair.old for pair in inside if pair.old)
            new = tuple(pair.new for pair in inside if pair.new)
            if old or new:
                found.append(Redefinition(at, old, new))
        return found

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every indicator in both years, in the order of the definitions."""
        found = []
        for each in indicators(self.figures.data).values():
            old, new = (evaluate(each, self.figures, self.region, year) for year in (self.old_year, self.new_year))
            found.append(Move(each, old, new, self._breaks(*each.inputs)))
        return tuple(found)

    def moved(self, *, before: bool, after: bool) -> list[Move]:
        """The indicators that have a value, or have none, in the old and in the new year."""
        return [
            move
            for move in self.moves
            if ((move.old.value is not None), (move.new.value is not None)) == (before, after)
        ]

    @property
    def old_claims(self) -> list[tuple[Claim, list[Pair]]]:
        """What was claimed in words in the old year, each with the series it speaks of in both years."""
        by_name = {pair.series.series: pair for pair in self.pairs}
        return [
            (claim, [by_name[name] for name in claim.series.split("|") if name in by_name])
            for claim in claims(self.figures.data)
            if (claim.region, claim.reference_year) == (self.region, self.old_year)
        ]

    @property
    def new_claims(self) -> list[Verdict]:
        """What is claimed in words in the new year, each with what the published figures say of it."""
        return claim_verdicts(self.figures, self.region, self.new_year)

    @property
    def wanted(self) -> list[Wanted]:
        """What to look for: the figures that the new year lacks, those that most indicators wait for first."""
        found = [self._wanted(pair) for pair in self.lacking]
        return sorted(found, key=lambda each: -len(each.waiting))

    def _wanted(self, pair: Pair) -> Wanted:
        name = pair.series.series
        lost = self.moved(before=True, after=False)
        waiting = tuple(move.indicator for move in lost if name in move.indicator.inputs)
        instead = tuple(dict.fromkeys(new for each in self.redefined if pair.old in each.old for new in each.new))
        return Wanted(pair.old, pair.series, tuple(_wordings(pair.series)), waiting, instead)

    def _breaks(self, *series: str) -> tuple[Break, ...]:
        first, last = sorted((self.old_year, self.new_year))
        return breaks_between(series, self.region, first, last, self.figures.data)

    def _words(self, series: Series, year: int) -> tuple[str, ...]:
        """The most specific wording of the codebook in the phrase of each publication."""
        phrases = [figure.phrase for figure in self.figures.every(self.region, year, series.series)]
        found = (next((each for each in _wordings(series) if each in phrase), "") for phrase in phrases)
        return tuple(dict.fromkeys(filter(None, found)))


def advance(figures: Figures, region: str, old_year: int, new_year: int) -> Advance:
    """The step of a region from one reference year to another.

    The new year may have no figure yet: then everything is still to be looked for. Raises UnknownName for a region or
    an old year without figures, BadParameter where the two years are one.
    """
    figures.require(region, old_year)
    if old_year == new_year:
        raise BadParameter(f"--from and --to are both {new_year}; a step needs two different years")
    return Advance(figures, region, old_year, new_year)


def _wordings(series: Series) -> Iterator[str]:
    return filter(None, series.wordings.split("|"))


def _alike(one: str, other: str) -> bool:
    """Whether two wordings are one, or one only says more than the other."""
    return one in other or other in one
