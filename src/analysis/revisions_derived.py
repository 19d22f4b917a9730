"""The numbers that two reports work out from figures: which changed, and of which class that makes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import comparisons, paths
from analysis.codebook import codebook
from analysis.made_reports import Computed, MadeReport
from analysis.revisions import FigureChange, Why, leading

CARD = re.compile(
    r"(growth|contribution|rank|portion|indicator)-([a-z][a-z0-9_]*)(?:-per-(\w+))?(?:-(\d{6}))?((?:-\d{4})+)"
)
"""The name of a card: what it is, a series or an indicator, what that is divided by, a region, years."""


@dataclass(frozen=True, slots=True)
class DerivedChange:
    """A computed number that differs between two reports; without a side, that report does not have it.

    ``id`` is an indicator, or the card of a growth, a rank and the like; then ``card`` holds its parts and there are
    texts but no values. ``causes`` are the changed figures that it is worked out from.
    """

    id: str
    name: str
    before: str
    after: str
    why: Why
    causes: tuple[FigureChange, ...] = ()
    values: tuple[Computed | None, Computed | None] = (None, None)
    card: tuple[str, str] = ("", "")

    @property
    def verdict(self) -> str | None:
        """Rose, fell, unchanged or open; None where nothing may be compared."""
        one, other = (each and each.value for each in self.values)
        if one is None or other is None or self.why.kind == "redefinition":
            return None
        return comparisons.verdict(one, other)


def indicator_changes(before: MadeReport, after: MadeReport, figures: list[FigureChange]) -> list[DerivedChange]:
    """Every indicator whose value differs, in the order of the later report; those without a value in both are none."""
    found = []
    own = {change.either.key[2]: change for change in figures if change.own}
    for name in dict.fromkeys((*after.indicators, *before.indicators)):
        sides = (before.indicators.get(name), after.indicators.get(name))
        one, other = ((each.value, each.printed) if each and each.value else None for each in sides)
        if one == other:
            continue
        inputs = {series for each in sides if each for series in each.inputs}
        causes = tuple(own[series] for series in own if series in inputs)
        shown = next(each.name for each in reversed(sides) if each)
        texts = (each[1] if each else "" for each in (one, other))
        found.append(DerivedChange(name, shown, *texts, _why(sides, causes), causes, sides))
    return found


def _why(sides: tuple[Computed | None, Computed | None], causes: tuple[FigureChange, ...]) -> Why:
    one, other = sides
    if one is None or other is None:
        return Why("redefinition", "defined")
    if set(one.inputs) != set(other.inputs) or one.unit != other.unit:
        return Why("redefinition", "formula")
    if one.value == other.value:
        return Why("rounding", "shown_digits")
    return follows(causes)


def follows(causes: tuple[FigureChange, ...]) -> Why:
    """The class of a number that is worked out from changed figures, or from none."""
    kind = leading(change.why.kind for change in causes)
    return Why(kind, "follows") if kind else Why("redefinition", "computed")


def card_changes(
    before: MadeReport, after: MadeReport, figures: list[FigureChange], data: Path = paths.DATA
) -> list[DerivedChange]:
    """Every growth, contribution, rank, share in a larger region, and indicator of another year that both show.

    The years stand in the name of a card, so the same name is the same number in reports of different years.
    """
    found = []
    for card in sorted(before.shown.numbers.keys() & after.shown.numbers.keys()):
        one, other = before.shown.numbers[card], after.shown.numbers[card]
        if one == other or not (parts := CARD.fullmatch(card)):
            continue
        kind, name, per, _, years = parts.groups()
        within = {int(year) for year in years.strip("-").split("-")}
        series = set(_series(kind, name, per or "", after, data))
        causes = tuple(change for change in figures if _touches(change, series, within))
        why = follows(causes)
        if not causes and _newcomers(before, after, series, within):
            why = Why("new_observation", "peers")
        texts = ("; ".join(sorted(texts)) for texts in (one - other, other - one))
        found.append(DerivedChange(card, _name(name, after), *texts, why, causes, card=(kind, years.strip("-"))))
    return found


def _series(kind: str, name: str, per: str, report: MadeReport, data: Path) -> Iterator[str]:
    """The series that the number of a card is worked out from."""
    if computed := report.indicators.get(name):
        yield from computed.inputs
        return
    yield from filter(None, (name, per))
    if kind == "contribution" and (known := codebook(data).get(name)) and known.part_of:
        yield known.part_of


def _touches(change: FigureChange, series: set[str], years: set[int]) -> bool:
    """Whether a change is of one of these series in one of these years, and not a step from one year to another."""
    keys = {each.key for each in (change.before, change.after) if each}
    return len({key[1] for key in keys}) == 1 and all(key[2] in series and key[1] in years for key in keys)


def _newcomers(before: MadeReport, after: MadeReport, series: set[str], years: set[int]) -> bool:
    """Whether a figure of another region that it may be compared with stands in one report only."""
    only = before.figures.keys() ^ after.figures.keys()
    return any(key[0] != before.region and key[1] in years and key[2] in series for key in only)


def _name(name: str, report: MadeReport) -> str:
    if computed := report.indicators.get(name):
        return computed.name
    return next((rows[0].name for key, rows in report.figures.items() if key[2] == name), name)
