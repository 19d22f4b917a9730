"""Known faults for a report, planted by rule into the computing of it: which there can be, and which a seed draws.

A fault is of one kind and stands in one place: the sentence on an indicator, or the chart. What it makes wrong differs
from what is right by more than rounding leaves open, and is printed otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from random import Random

from analysis import selection
from analysis.codebook import codebook
from analysis.edition import Edition
from analysis.errors import AnalysisError, listed
from analysis.figures import Figure, Figures
from analysis.identities import identities
from analysis.indicators import Indicator, Result, evaluate
from analysis.rounding import Rounded

KINDS = (
    "unit_slip", "wrong_denominator", "rounding_in_steps", "missing_as_zero", "truncated_axis", "switched_definition",
)  # fmt: skip
CUT = Fraction(9, 10)
"""A cut axis begins at this part of the smallest number."""
DIGITS = 2
"""To so many digits numbers are rounded too early."""
NEAR = Fraction(8)
"""A wrong denominator is at most so many times too large or too small, or anybody would see it."""
MOST_LINES, LEAST_RATIO = 2, Fraction(3, 10)
"""A chart has so many series at most; a cut axis is planted where the smallest number is at least this part of the
largest."""


class NoSuchFault(AnalysisError):
    """So many faults cannot be planted into the report of a region and year; the message says which can."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault. ``item`` is an indicator or a chart; ``right`` and ``wrong`` are what its sentence tells.

    ``was`` and ``became`` are the published figure that was altered and what it was altered to, where one was.
    ``instead`` is the series that was taken for another. ``times`` is by how much the number, or the difference that
    is shown, is too large; None where there is no right number.
    """

    kind: str
    item: str
    right: Result | None = None
    wrong: Result | None = None
    was: Figure | None = None
    became: Figure | None = None
    of: str = ""
    instead: str = ""
    times: Fraction | None = None


def plan(edition: Edition, seed: int, count: int) -> list[Fault]:
    """So many faults of as many kinds, each in a place of its own, in the order of KINDS. Raises NoSuchFault."""
    chance = Random(f"{seed} {edition.region_code} {edition.reference_year}")
    possible = {kind: list(candidates(edition, kind)) for kind in KINDS}
    kinds = [kind for kind in chance.sample(KINDS, len(KINDS)) if possible[kind]]
    taken: dict[str, Fault] = {}
    # A kind with few places chooses first among the kinds that are drawn; the others follow if there is no place left.
    for kind in [*sorted(kinds[:count], key=lambda each: len(possible[each])), *kinds[count:]]:
        used = {fault.item for fault in taken.values()}
        free = [fault for fault in possible[kind] if fault.item not in used]
        if free and len(taken) < count:
            taken[kind] = chance.choice(free)
    if len(taken) < count:
        place = f"{edition.region.name_en} in {edition.reference_year}"
        raise NoSuchFault(
            f"{count} faults are wanted, but the report of {place} has places for {len(taken)} of different kinds"
            + (f": {listed(sorted(kinds, key=KINDS.index))}" if kinds else "")
            + ". Ask for fewer with --count, or take a place and year with more figures: `ipreport list years`"
        )
    return [taken[kind] for kind in KINDS if kind in taken]


def candidates(edition: Edition, kind: str) -> Iterator[Fault]:
    """Every way to plant a fault of a kind, in the order of the definitions."""
    if kind == "truncated_axis":
        yield from _axes(edition)
        return
    rule = {
        "unit_slip": _unit_slips,
        "wrong_denominator": _denominators,
        "rounding_in_steps": _steps,
        "missing_as_zero": _zeros,
        "switched_definition": _definitions,
    }[kind]
    for result in edition.results.values():
        if result.indicator.kind != "previous":
            yield from (each for each in rule(edition, result) if _tells(edition, each))


def charted(edition: Edition) -> tuple[str, list]:
    """The name and the series of the chart of a sheet: at most two, those that a cut axis would distort come first."""
    for name in selection.PANELS:
        histories = sorted(selection.charted(edition, name), key=lambda each: _spread(each) < LEAST_RATIO)
        if histories:
            return name, histories[:MOST_LINES]
    return "", []


def _spread(history) -> Fraction:
    values = [point.value.printed for point in history.points]
    return Fraction(min(values), max(values)) if min(values) > 0 else Fraction(0)


def _axes(edition: Edition) -> Iterator[Fault]:
    """The axes of the chart begin just below the smallest numbers."""
    name, histories = charted(edition)
    if not histories or not LEAST_RATIO <= _spread(histories[0]) < 1:
        return
    values = [point.value.printed for point in histories[0].points]
    shown = (max(values) - CUT * min(values)) / (min(values) - CUT * min(values)) - 1
    yield Fault("truncated_axis", name, of=histories[0].name, times=shown / (max(values) / min(values) - 1))


def _tells(edition: Edition, fault: Fault) -> bool:
    """Whether a fault makes a number that is printed otherwise, and that rounding does not explain."""
    right, wrong = fault.right, fault.wrong
    if wrong.value is None:
        return False
    if right.value is None:
        return True
    if right.value.bound or right.value.about or right.value.lower <= wrong.value.printed <= right.value.upper:
        return False
    return edition.value(right) != edition.value(wrong)


def _again(edition: Edition, indicator: Indicator, became: Figure) -> Result:
    """An indicator with one figure put in place of what is published of its series."""
    region, year = edition.region_code, edition.reference_year
    rows = [each for each in edition.published.values() if each.series != became.series]
    return evaluate(indicator, Figures([*rows, became], edition.data), region, year)


def _fault(kind: str, right: Result, wrong: Result, **more: object) -> Fault:
    times = None
    if right.value and wrong.value and right.value.printed:
        times = wrong.value.printed / right.value.printed
    return Fault(kind, right.indicator.id, right, wrong, times=times, **more)


def _unit_slips(edition: Edition, result: Result) -> Iterator[Fault]:
    """万 read as 亿, or 亿 as 万."""
    for figure in result.figures.values() if result.value else ():
        if figure.multiplier in (4, 8) and figure.qualifier == "exact":
            became = replace(figure, multiplier=12 - figure.multiplier)
            yield _fault("unit_slip", result, _again(edition, result.indicator, became), was=figure, became=became)


def _denominators(edition: Edition, result: Result) -> Iterator[Fault]:
    """Divided by another number of the same unit, or a part by the rest instead of by the whole."""
    below = result.indicator.terms.get("denominator", ())
    if not result.value or len(below) != 1:
        return
    own, known = result.figures[below[0]], codebook(edition.data)
    for series, figure in edition.published.items():
        alike = known[series].counted_en == known[own.series].counted_en and figure.qualifier == "exact"
        if alike and series not in result.indicator.inputs and figure.rounded.printed > 0:
            other = _again(edition, result.indicator, replace(figure, series=own.series))
            fault = _fault(
                "wrong_denominator", result, replace(result, value=other.value), of=own.series, instead=series
            )
            if fault.times and 1 / NEAR <= fault.times <= NEAR:
                yield fault
    if result.indicator.kind == "share" and 0 < result.value.printed < result.indicator.per:
        factor = result.indicator.per / (result.indicator.per - result.value.printed)
        yield _fault("wrong_denominator", result, replace(result, value=_times(result.value, factor)), of=own.series)


def _steps(edition: Edition, result: Result) -> Iterator[Fault]:
    """The numbers were rounded to two digits first, and divided then."""
    above, below = (result.indicator.terms.get(role, ()) for role in ("numerator", "denominator"))
    if not result.value or len(above) != 1 or len(below) != 1 or result.value.bound:
        return
    numbers = [result.figures[series].rounded.printed for series in (above[0], below[0])]
    if all(numbers):
        early = [_early(number) for number in numbers]
        factor = (early[0] / early[1]) / (numbers[0] / numbers[1])
        yield _fault("rounding_in_steps", result, replace(result, value=_times(result.value, factor)))


def _zeros(edition: Edition, result: Result) -> Iterator[Fault]:
    """A number that is not published is taken for zero."""
    above, below = (result.indicator.terms.get(role, ()) for role in ("numerator", "denominator"))
    if result.value or len(above) != 1 or result.missing != above or not below or below[0] not in result.figures:
        return
    series, like = codebook(edition.data)[above[0]], result.figures[below[0]]
    if series.unit in ("count", "CNY", "persons") and like.qualifier == "exact":  # nothing is fewer than none
        zero = replace(like, series=series.series, value="0", multiplier=0, unit=series.unit, kind=series.kind)
        zero = replace(zero, qualifier="exact", phrase="", note="")
        yield _fault("missing_as_zero", result, _again(edition, result.indicator, zero), became=zero, of=series.series)


def _definitions(edition: Edition, result: Result) -> Iterator[Fault]:
    """A series is taken for a related one: the stock for the flow, the world's for the own, a whole for a part."""
    for of, instead in _related(edition):
        known = edition.published[instead].qualifier == "exact" and result.value
        if known and of in result.figures and instead not in result.indicator.inputs:
            figure = result.figures[of]
            became = replace(edition.published[instead], series=of)
            wrong = _again(edition, result.indicator, became)
            yield _fault(
                "switched_definition", result, wrong, was=figure, became=became, of=of, instead=instead
            )  # fmt: skip


def _related(edition: Edition) -> Iterator[tuple[str, str]]:
    """Pairs of published series of one unit of which one could be taken for the other."""
    known, found = codebook(edition.data), identities(edition.data)
    pairs = [(each.flow, each.stock) for each in found.stock_flow]
    pairs += [(each.lesser, each.greater) for each in found.at_most]
    pairs += [(name, series.part_of) for name, series in known.items() if series.part_of]
    for one, other in dict.fromkeys([*pairs, *((b, a) for a, b in pairs)]):
        both = one in edition.published and other in edition.published
        if both and known[one].unit == known[other].unit in ("count", "CNY", "persons"):
            yield one, other


def _times(value: Rounded, factor: Fraction) -> Rounded:
    """A number and its interval made larger or smaller as a whole."""
    ends = (None if end is None else end * factor for end in (value.lower, value.upper))
    return Rounded(value.printed * factor, *ends, value.about, value.strict_lower, value.strict_upper)


def _early(number: Fraction) -> Fraction:
    """A number rounded to two digits."""
    place = Fraction(1)
    while number / place >= 10**DIGITS:
        place *= 10
    while number / place < 10 ** (DIGITS - 1):
        place /= 10
    return floor(number / place + Fraction(1, 2)) * place
