"""Two reports on one region, number by number: what changed, and what kind of change it is.

Every changed number is of exactly one class:

1. redefinition: a break lies between, or the definition, the unit or the comparability is another;
2. correction: the same publication, another number: the table was wrong;
3. revision: for the same year another or a later publication prints another number, beyond rounding;
4. new observation: another reference year, or a figure that was not there before;
5. rounding only: the same number, printed to fewer digits.

A number that is worked out from others has the first class in this order that any of its changed figures has; if none
of them changed, the definition did, and it is a redefinition.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

from analysis import comparisons, paths
from analysis.breaks import Break, breaks_between
from analysis.made_reports import Key, MadeReport, Recorded
from analysis.rounding import Rounded, about_place, printed_place

CLASSES = ("redefinition", "correction", "revision", "new_observation", "rounding")

Sides = tuple[MadeReport, MadeReport]
"""The earlier report and the later one, as the user gave them."""


@dataclass(frozen=True, slots=True)
class Why:
    """The class of a change and the reason: a key of ``words/`` without its prefix, and what to put in.

    ``at`` is the break that parts the two numbers, if there is one.
    """

    kind: str
    reason: str
    at: Break | None = None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A published number that differs between two reports; one of the two may be missing.

    ``own`` says that it is of the reports' own region and years, not one that a chapter shows beside them.
    """

    before: Recorded | None
    after: Recorded | None
    own: bool
    why: Why

    @property
    def either(self) -> Recorded:
        """The later one, or the only one."""
        return self.after or self.before

    @property
    def verdict(self) -> str | None:
        """Rose, fell, unchanged or open; None where nothing may be compared."""
        if self.before is None or self.after is None or self.why.kind == "redefinition":
            return None
        return comparisons.verdict(self.before.rounded, self.after.rounded)


def figure_changes(before: MadeReport, after: MadeReport, data: Path = paths.DATA) -> list[FigureChange]:
    """Every published number that differs: the reports' own in the order of the later one, then those beside them.

    The reports hold every figure of their own region. Of other regions they hold what their chapters show, so that one
    that only one report shows is no change.
    """
    pairs = [(before.own(series), after.own(series), True) for series in _own_series(before, after)]
    for key in sorted({*before.figures, *after.figures}):
        one, other = (next(iter(report.figures.get(key, [])), None) for report in (before, after))
        if not _told(key, one, before, after) and ((one and other) or key[0] == before.region):
            pairs.append((one, other, False))
    sides = (before, after)
    return [
        FigureChange(one, other, own, _why(one, other, own, sides, data))
        for one, other, own in pairs
        if (one and one.number) != (other and other.number)
    ]


def leading(kinds: Iterable[str]) -> str | None:
    """The class that speaks for a number whose figures changed in these ways."""
    return min(kinds, key=CLASSES.index, default=None)


def same_to_fewer_digits(one: Recorded, other: Recorded) -> bool:
    """Whether one is the other printed to fewer digits: its interval holds the other, and its last place is larger.

    A bound is the other number cut off to the digits of the bound ("more than 60 thousand" for 60,230).
    """
    coarse, fine = sorted((one, other), key=_place, reverse=True)
    if one.unit != other.unit or fine.qualifier not in ("exact", "about") or _place(coarse) == _place(fine):
        return False
    number, place, loose = fine.rounded.printed, _place(coarse), coarse.rounded
    cut = {"more_than": floor, "at_least": floor, "nearly": ceil}.get(coarse.qualifier)
    return contains(loose, number) and (cut is None or cut(number / place) * place == loose.printed)


def contains(interval: Rounded, number: Fraction) -> bool:
    """Whether a number is one of those that an interval leaves open."""
    over = interval.lower is None or interval.lower < number or (interval.lower == number and not interval.strict_lower)
    under = (
        interval.upper is None or number < interval.upper or (number == interval.upper and not interval.strict_upper)
    )
    return over and under


def _place(figure: Recorded) -> Fraction:
    """The size of the last digit that was printed; of a bound or an approximate number, the last that says more."""
    place = printed_place if figure.qualifier == "exact" else about_place
    return place(figure.value, figure.multiplier)


def _told(key: Key, one: Recorded | None, before: MadeReport, after: MadeReport) -> bool:
    """Whether a number was set beside one of the reports' own already: both of one year, or new with the later year."""
    own = key[0] == before.region and key[1] == after.year
    return own and (before.year == after.year or one is None)


def _why(one: Recorded | None, other: Recorded | None, own: bool, sides: Sides, data: Path) -> Why:
    if one is None or other is None:
        return _only_one(one, other, own, sides, data)
    if one.key[1] != other.key[1] and (at := _break_between(other.key[2], sides, data)):
        return Why("redefinition", "break", at)
    if one.unit != other.unit or one.kind != other.kind:
        return Why("redefinition", "unit")
    if one.definition != other.definition:
        return Why("redefinition", "definition")
    if one.comparability != other.comparability:
        return Why("redefinition", "comparability")
    if one.key[1] != other.key[1]:
        return Why("new_observation", "other_year")
    if same_to_fewer_digits(one, other):
        return Why("rounding", "digits")
    if one.source != other.source:
        return Why("revision", "other_source")
    if other.published_on > one.published_on:
        return Why("revision", "later_publication")
    return Why("correction", "same_source")


def _only_one(one: Recorded | None, other: Recorded | None, own: bool, sides: Sides, data: Path) -> Why:
    """A number that only one report has. Moved to another series, it was redefined; for one year, it was withdrawn."""
    figure, before, after = one or other, *sides
    if own and before.year != after.year:
        if at := _break_between(figure.key[2], sides, data):
            return Why("redefinition", "break", at)
        return Why("new_observation", "gone_year" if other is None else "new_year")
    if _filed_elsewhere(figure, after if other is None else before):
        return Why("redefinition", "moved")
    if other is None:
        return Why("correction", "withdrawn")
    sources = {row.source for rows in before.figures.values() for row in rows}
    return Why("new_observation", "overlooked" if figure.source in sources else "first_published")


def _filed_elsewhere(figure: Recorded, report: MadeReport) -> bool:
    """Whether a report has the same printed words of the same publication under another series."""
    return any(
        (row.source, row.phrase, row.number) == (figure.source, figure.phrase, figure.number)
        for key, rows in report.figures.items()
        if key[:2] == figure.key[:2] and key[2] != figure.key[2]
        for row in rows
    )


def _break_between(series: str, sides: Sides, data: Path) -> Break | None:
    first, last = sorted(side.year for side in sides)
    return next(iter(breaks_between((series,), sides[0].region, first, last, data)), None)


def _own_series(before: MadeReport, after: MadeReport) -> list[str]:
    """The series of either report's own figures, each once."""
    found = [key[2] for report in (after, before) for key in report.figures if key[:2] == (report.region, report.year)]
    return list(dict.fromkeys(found))
