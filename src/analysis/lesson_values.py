"""The values of a key: a number, an interval or a word; exact, and as a reader sees them."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from analysis.rounding import Rounded
from analysis.wording import number, place_of

Value = Fraction | tuple[Fraction, Fraction] | str


@dataclass(frozen=True, slots=True)
class Answer:
    """The key of one exercise: the value and what each common mistake gives, or the calls of a function.

    ``sample`` are arguments of a call that is not among them, which learners may see.
    """

    value: Value | None
    mistakes: dict[str, Value] = field(default_factory=dict)
    calls: tuple[tuple[tuple, object], ...] = ()
    sample: tuple = ()


@lru_cache(10_000)
def value_shown(value: Value) -> str:
    """A value of the key for a reader: six digits at least, so that two mistakes can be told apart."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return f"{value_shown(value[0])} – {value_shown(value[1])}"
    sign, size = ("−" if value < 0 else ""), abs(value)
    place = place_of(Rounded(size, size, size), 6, "number") if size < 10**6 else 0
    whole, point, decimals = number(size, place, "en", least=99).partition(".")
    return sign + (whole + point + decimals.rstrip("0")).rstrip(".")


def plain_value(value: Rounded | Value | int) -> Value:
    """A value without its rounding interval."""
    if isinstance(value, Rounded):
        return value.printed
    if isinstance(value, tuple):
        return (Fraction(value[0]), Fraction(value[1]))
    return value if isinstance(value, str) else Fraction(value)


def told_value(value: object) -> object:
    """What a function should return, as plain types."""
    if isinstance(value, (list, tuple)):
        return [told_value(each) for each in value]
    return value if isinstance(value, (str, bool, int)) else float(value)
