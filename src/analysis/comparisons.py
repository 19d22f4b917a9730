"""Comparing numbers of which each is known only to its last printed digit: changes, growth, contributions, ranks.

A claim must survive rounding: a number rose only if every value that the later print allows lies above every value
that the earlier one allows. Standard library only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Literal

from analysis.errors import NotComputable
from analysis.rounding import Rounded, exactly

Verdict = Literal["rose", "fell", "unchanged", "open"]

ROOT_DIGITS = 12
"""Decimals to which a root is taken; its ends are rounded outward there."""


@dataclass(frozen=True, slots=True)
class RankRange:
    """The places that one number may take among others, largest first.

    ``best`` and ``worst`` differ where intervals overlap; ``among`` counts the numbers compared, itself included;
    ``tied`` the others that are exactly equal; ``missing`` those that should be there and have no figure.
    """

    best: int
    worst: int
    among: int
    tied: int = 0
    missing: int = 0


def verdict(earlier: Rounded, later: Rounded) -> Verdict:
    """Whether a number rose or fell for certain, stayed exactly the same, or cannot be told apart (``open``)."""
    if surely_above(later, earlier):
        return "rose"
    if surely_above(earlier, later):
        return "fell"
    return "unchanged" if earlier.exact and later.exact else "open"


def surely_above(one: Rounded, other: Rounded) -> bool:
    """Whether every value of ``one`` is larger than every value of ``other``."""
    if one.lower is None or other.upper is None:
        return False
    return one.lower > other.upper or (one.lower == other.upper and (one.strict_lower or other.strict_upper))


def apart(one: Rounded, other: Rounded) -> bool:
    """Whether no value would have been printed as both."""
    if None not in (one.lower, other.upper) and one.lower > other.upper:
        return True
    return None not in (one.upper, other.lower) and one.upper < other.lower


def growth(earlier: Rounded, later: Rounded) -> Rounded:
    """The growth from an earlier to a later number in per cent of the earlier: (later / earlier - 1) x 100.

    Raises NotComputable where the earlier number is zero or may be, or where either is negative.
    """
    return later / earlier * exactly(100) + exactly(-100)


def difference(earlier: Rounded, later: Rounded) -> Rounded:
    """The later number less the earlier, each end from opposing ends; for shares, in percentage points."""
    return Rounded(
        later.printed - earlier.printed,
        None if later.lower is None or earlier.upper is None else later.lower - earlier.upper,
        None if later.upper is None or earlier.lower is None else later.upper - earlier.lower,
        later.about or earlier.about,
        later.strict_lower or earlier.strict_upper,
        later.strict_upper or earlier.strict_lower,
    )


def compound_growth(earlier: Rounded, later: Rounded, years: int) -> Rounded:
    """The growth a year, in per cent, that leads from one number to the other in so many years.

    Nothing is said of the years between. Raises NotComputable as ``growth`` does, and for less than one year.
    """
    if years < 1:
        raise NotComputable("growth a year needs two different years")
    times = later / earlier
    lower = None if times.lower is None else root(times.lower, years)
    upper = None if times.upper is None else root(times.upper, years, up=True)
    yearly = Rounded(root(times.printed, years), lower, upper, times.about, times.strict_lower, times.strict_upper)
    return yearly * exactly(100) + exactly(-100)


def contribution(part_earlier: Rounded, part_later: Rounded, whole_earlier: Rounded) -> Rounded:
    """What a part adds to the growth of its whole, in percentage points: its own rise by the whole of the earlier year.

    The contributions of all parts add up to the growth of the whole. Raises NotComputable where the whole may be zero.
    """
    rise = difference(part_earlier, part_later)
    if whole_earlier.printed == 0 or (whole_earlier.lower is not None and whole_earlier.lower <= 0):
        raise NotComputable("the denominator is zero, or may be zero within its rounding", "zero")

    def end(change: Fraction | None, *, low: bool) -> Fraction | None:
        # A fall divided by a smaller whole is a larger fall, so the sign decides which end opposes.
        divisor = whole_earlier.upper if change is not None and (change >= 0) == low else whole_earlier.lower
        return None if change is None or divisor is None else change / divisor

    points = Rounded(
        rise.printed / whole_earlier.printed * 100,
        None if (lower := end(rise.lower, low=True)) is None else lower * 100,
        None if (upper := end(rise.upper, low=False)) is None else upper * 100,
        rise.about or whole_earlier.about,
        rise.strict_lower,
        rise.strict_upper,
    )
    return points


def rank_range(own: Rounded, others: Sequence[Rounded], missing: int = 0) -> RankRange:
    """The places that ``own`` may take among ``others``, largest first. Exactly equal numbers share a place."""
    above = sum(surely_above(other, own) for other in others)
    below = sum(surely_above(own, other) for other in others)
    tied = sum(own.exact and other.exact and own.lower == other.lower for other in others)
    return RankRange(1 + above, 1 + len(others) - below - tied, 1 + len(others), tied, missing)


def root(value: Fraction, degree: int, *, up: bool = False) -> Fraction:
    """The root of a number that is not negative, to ``ROOT_DIGITS`` decimals, downward or upward."""
    if value < 0:
        raise NotComputable("a root is defined here only for quantities that are not negative")
    scale = 10**ROOT_DIGITS
    whole, rest = divmod(value.numerator * scale**degree, value.denominator)
    found = _whole_root(whole, degree)
    exact = rest == 0 and found**degree == whole
    return Fraction(found + (up and not exact), scale)


def _whole_root(number: int, degree: int) -> int:
    """The largest whole number whose power does not exceed ``number``."""
    if degree == 2:
        return isqrt(number)
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low
