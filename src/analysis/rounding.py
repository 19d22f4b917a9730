"""A figure as printed, and all the values that would have been printed so.

A published number is known only to its last printed digit.
``40.11`` in units of ten thousand means: somewhere from 401,050 to 401,150.
This module turns printed text into such an interval, once, and carries it exactly (as fractions) through
sums, products and quotients, taking the ends that oppose each other, so that no result looks surer than it is.
Standard library only.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from analysis.errors import BadNumber, NotComputable

Qualifier = Literal["exact", "about", "more_than", "at_least", "nearly"]
QUALIFIERS: tuple[Qualifier, ...] = ("exact", "about", "more_than", "at_least", "nearly")

COUNTED = frozenset({"count", "persons", "rank", "days"})
SIGNED = frozenset({"percent", "percentage_points"})
UNITS = COUNTED | SIGNED | {"CNY", "rate"}

PRINTED = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number as printed, and the interval of values that would have been printed so.

    ``lower`` or ``upper`` is None where nothing is known on that side ("more than 1,200" has no upper end).
    ``strict_lower`` and ``strict_upper`` say that the end itself is excluded ("more than", not "at least").
    ``about`` marks a number that its publisher called approximate, and everything computed from one.
    """

    printed: Fraction
    lower: Fraction | None
    upper: Fraction | None
    about: bool = False
    strict_lower: bool = False
    strict_upper: bool = False

    def __add__(self, other: "Rounded") -> "Rounded":
        return Rounded(
            self.printed + other.printed,
            None if self.lower is None or other.lower is None else self.lower + other.lower,
            None if self.upper is None or other.upper is None else self.upper + other.upper,
            self.about or other.about,
            self.strict_lower or other.strict_lower,
            self.strict_upper or other.strict_upper,
        )

    def __mul__(self, other: "Rounded") -> "Rounded":
        """The product of two quantities that are not negative."""
        _refuse_negative(self, other)
        return Rounded(
            self.printed * other.printed,
            None if self.lower is None or other.lower is None else self.lower * other.lower,
            None if self.upper is None or other.upper is None else self.upper * other.upper,
            self.about or other.about,
            self.strict_lower or other.strict_lower,
            self.strict_upper or other.strict_upper,
        )

    def __truediv__(self, other: "Rounded") -> "Rounded":
        """The quotient of two independent quantities that are not negative: each end takes the opposing ends.

        Raises NotComputable where the divisor is zero or may be zero.
        """
        _refuse_negative(self, other)
        if other.printed == 0 or (other.lower is not None and other.lower <= 0):
            raise NotComputable("the denominator is zero, or may be zero within its rounding", "zero")
        return Rounded(
            self.printed / other.printed,
            None if self.lower is None or other.upper is None else self.lower / other.upper,
            None if self.upper is None or other.lower is None else self.upper / other.lower,
            self.about or other.about,
            self.strict_lower or other.strict_upper,
            self.strict_upper or other.strict_lower,
        )

    @property
    def exact(self) -> bool:
        """Whether rounding leaves nothing open."""
        return self.lower == self.upper and self.lower is not None

    @property
    def bound(self) -> Literal["lower", "upper"] | None:
        """Which side alone is known, if the number is only a bound."""
        if (self.lower is None) == (self.upper is None):
            return None
        return "upper" if self.lower is None else "lower"


def exactly(number: Fraction | int) -> Rounded:
    """A number with nothing left open: a whole count, or a constant of a definition."""
    return Rounded(Fraction(number), Fraction(number), Fraction(number))


def share(part: Rounded, rest: Rounded) -> Rounded:
    """A part of a whole, from the part and the disjoint rest: part / (part + rest).

    The part stands above and below the line, so dividing by the sum as if the two were independent would make the
    interval too wide. The share grows with the part and falls with the rest, so each end takes opposing ends.
    """
    _refuse_negative(part, rest)
    if (whole := part.printed + rest.printed) == 0 or part.lower == 0 == rest.lower:
        raise NotComputable("the whole is zero, or may be zero within its rounding", "zero")
    lower = None if part.lower is None or rest.upper is None else part.lower / (part.lower + rest.upper)
    upper = None if part.upper is None or rest.lower is None else part.upper / (part.upper + rest.lower)
    return Rounded(
        part.printed / whole,
        lower,
        upper,
        part.about or rest.about,
        part.strict_lower or rest.strict_upper,
        part.strict_upper or rest.strict_lower,
    )


def before_growth(level: Rounded, percent: Rounded) -> Rounded:
    """The level one period earlier that a growth rate in per cent implies: level / (1 + percent / 100)."""
    hundredth = Fraction(1, 100)
    factor = Rounded(
        1 + percent.printed * hundredth,
        None if percent.lower is None else 1 + percent.lower * hundredth,
        None if percent.upper is None else 1 + percent.upper * hundredth,
        percent.about,
        percent.strict_lower,
        percent.strict_upper,
    )
    return level / factor


@cache
def printed_place(text: str, multiplier: int) -> Fraction:
    """The size of one unit in the last printed digit: ``40.11`` at 10^4 has 100."""
    _check(text)
    decimals = len(text.partition(".")[2])
    return _power(multiplier - decimals)


def about_place(text: str, multiplier: int) -> Fraction:
    """The size of one unit in the last digit that says something of an approximate number: ``5400`` has 100.

    A whole number called "about" ends in zeros because it was rounded to them.
    """
    _check(text)
    zeros = 0 if "." in text else len(text) - len(text.rstrip("0"))
    return _power(zeros) * printed_place(text, multiplier)


@cache
def unround(text: str, multiplier: int = 0, qualifier: Qualifier = "exact", *, unit: str = "measure") -> Rounded:
    """The values that would have been printed as ``text`` at a power of ten.

    A thing counted in whole units (``COUNTED``: patents, persons, ranks, days) and printed to the unit is exact.
    Anything else is open by half a unit of its last digit, either way and ends included, because the publisher's rule
    for halves is unknown; a number called "about" by a whole unit of its last digit that is not a zero at the end.
    A bound keeps its open side.
    Only differences and growth rates (``SIGNED``) may lie below zero.
    Raises BadNumber if ``text`` is not plain digits with at most one point.
    """
    place = printed_place(text, multiplier)
    printed = int(text.replace(".", "")) * place
    if qualifier not in QUALIFIERS:
        raise BadNumber(f"unknown qualifier {qualifier!r}; there are {', '.join(QUALIFIERS)}")
    match qualifier:
        case "more_than":
            return Rounded(printed, printed, None, strict_lower=True)
        case "at_least":
            return Rounded(printed, printed, None)
        case "nearly":
            return Rounded(printed, None, printed, strict_upper=True)
    if qualifier == "exact" and unit in COUNTED and place == 1:
        return exactly(printed)
    reach = about_place(text, multiplier) if qualifier == "about" else place / 2
    lower = printed - reach
    if unit not in SIGNED:
        lower = max(lower, min(printed, Fraction(0)))
    return Rounded(printed, lower, printed + reach, about=qualifier == "about")


@cache
def _power(exponent: int) -> Fraction:
    """A power of ten; the few that there are stand in every figure."""
    return Fraction(10) ** exponent


def _check(text: str) -> None:
    if not PRINTED.fullmatch(text):
        raise BadNumber(
            f"{text!r} is not a printed number; expected digits 0-9 with at most one point, as in 72390 or 40.11, "
            "without separators, exponents, spaces or full-width digits"
        )


def _refuse_negative(*numbers: Rounded) -> None:
    for number in numbers:
        # by their numerators, for two fractions are compared by way of four tests of their types
        if number.printed.numerator < 0 or (number.lower is not None and number.lower.numerator < 0):
            raise NotComputable("a quotient or product is defined here only for quantities that are not negative")
