"""What every number card must say: from the files beside a page, and for comparisons from the edition itself.

The proof in ``same_numbers`` holds each page against it.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from analysis import paths, selection
from analysis.comparison_wording import without_sign
from analysis.comparisons import RankRange
from analysis.edition import Edition
from analysis.indicators import indicators
from analysis.page_numbers import Shown
from analysis.printed_numbers import Printed
from analysis.rounding import Rounded, exactly, unround
from analysis.wording import qualifier_of

SIX_DECIMALS = Fraction(1, 10**6)
"""What ``indicators.csv`` leaves open of a value or an end."""

UNITS = {"percent": "percent", "percentage_points": "points", "CNY": "CNY", "rank": "rank"}
"""How the units of the tables are read back; anything else is counted, or has no unit."""


@dataclass(frozen=True, slots=True)
class Known:
    """A number that a card stands for. ``whole`` if it is printed with all its digits; ``open`` is what is unknown.

    ``signless`` if it is the size of a fall, which a sentence tells without a sign: it fell by 3.6%.
    """

    value: Rounded
    unit: str
    qualifier: str
    whole: bool = False
    open: Fraction = Fraction(0)
    rank: tuple[Fraction, ...] = ()
    signless: bool = False

    def allows(self, shown: Shown) -> bool:
        """Whether a page may show this number so: rounded by half a unit of its last digit, or outward if a bound."""
        number, span = self._as_money(shown.number), shown.span
        if number.qualifier != self.qualifier or number.unit not in (self.unit, ""):
            return False
        if self.signless and "+" in shown.text:
            return False
        if self.rank:
            return number.values == self.rank
        if not self._near(number):
            return False
        return span is None or (self._below(span[0], self.value.lower) and self._above(span[1], self.value.upper))

    def _as_money(self, number: Printed) -> Printed:
        """Zeros at the end of an amount may only fill, also where its unit stands apart, as on the first screen."""
        if (self.unit, number.unit) != ("CNY", "") or number.place != 1 or not number.values[0]:
            return number
        place = 1
        while number.values[0] % (10 * place) == 0:
            place *= 10
        return replace(number, place=Fraction(place))

    def _near(self, number: Printed) -> bool:
        if self.whole:
            return number.values == (self.value.printed,)
        if self.value.bound == "lower":
            return self._below(number, self.value.lower)
        if self.value.bound == "upper":
            return self._above(number, self.value.upper)
        return abs(number.values[0] - self.value.printed) <= number.place / 2 + self.open

    def _below(self, number: Printed, end: Fraction) -> bool:
        return -self.open <= end - number.values[0] < number.place + self.open

    def _above(self, number: Printed, end: Fraction) -> bool:
        return -self.open <= number.values[0] - end < number.place + self.open


def recorded(folder: Path, region: str, year: int, data: Path = paths.DATA) -> dict[str, list[Known]]:
    """The cards of figures and of the year's indicators by ``figures.csv`` and ``indicators.csv`` in a folder.

    A figure that several publications print has one number for each.
    """
    found: dict[str, list[Known]] = defaultdict(list)
    for row in _rows(folder / "figures.csv"):
        place = (row["region"], int(row["reference_year"]))
        where = f"-{place[0]}-{place[1]}" if place[0] != region else "" if place[1] == year else f"-{place[1]}"
        value = unround(row["value"], int(row["multiplier"]), row["qualifier"], unit=row["unit"])
        unit = UNITS.get(row["unit"], "counted")
        found[row["series"] + where].append(Known(value, unit, row["qualifier"], whole=True))
    units = {name: UNITS.get(each.unit, "") for name, each in indicators(data).items()}
    for row in _rows(folder / "indicators.csv"):
        if row["value"]:
            lower, upper = (Fraction(row[end]) if row[end] else None for end in ("lower", "upper"))
            value = Rounded(Fraction(row["value"]), lower, upper)
            known = Known(value, units[row["indicator"]], row["qualifier"], open=SIX_DECIMALS)
            found[row["indicator"]].append(known)
    return found


def compared(edition: Edition) -> dict[str, list[Known]]:
    """The cards that no file lists: changes, contributions, shares, places among peers, indicators of other years."""
    found: dict[str, list[Known]] = defaultdict(list)
    contributed = selection.contributed(edition)
    for change in [*selection.changes(edition), *(each.whole for each in contributed)]:
        for size in (change.size, change.yearly):
            if size is not None:
                unit = "points" if change.in_points else "percent"
                found[change.id].append(_computed(size, unit))
                if size.printed < 0:
                    found[change.id].append(replace(_computed(without_sign(size), unit), signless=True))
    for each in contributed:
        found[each.id].append(_computed(each.points, "points"))
    for portion in selection.contained(edition):
        found[portion.id].append(_computed(portion.value, "percent"))
    for standing in [*selection.placed(edition), *(rate for _, rate in selection.divided(edition))]:
        found[standing.id].append(_placed(standing.rank))
        if standing.denominator:
            # The rates of all regions have this one card.
            rates = [*standing.values.values(), *standing.references.values()]
            found[standing.id] += [_placed(standing.rank_by_count), *(_computed(rate, "") for rate in rates)]
    for result in selection.results_shown(edition):
        unit = UNITS.get(result.indicator.unit, "")
        found[edition.result_card(result)].append(_computed(result.value, unit))
    return found


def _computed(value: Rounded, unit: str) -> Known:
    return Known(value, unit, qualifier_of(value))


def _placed(rank: RankRange) -> Known:
    values = tuple(Fraction(number) for number in (rank.best, rank.worst, rank.among))
    shared = rank.best == rank.worst and rank.tied
    return Known(exactly(rank.best), "rank", "shared" if shared else "exact", rank=values)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
