"""Changes and ranks in words: signed per cents and points with their intervals, ordinals, rank ranges."""

from fractions import Fraction
from math import ceil, floor

from analysis.comparisons import RankRange, difference
from analysis.rounding import Rounded, exactly
from analysis.wording import QUALIFIER_WORDS, number, place_of, qualifier_of, words

DIGITS = 3
FINEST = -1
"""Growth is printed to a tenth of a per cent at most, unless it is smaller than that."""
MINUS, PLUS = "−", "+"


def change_text(value: Rounded, language: str, *, points: bool = False) -> str:
    """A change as printed: ``+54.0%``, ``−2.3 percentage points``, ``more than +365%``."""
    shown, outward = {"lower": (value.lower, floor), "upper": (value.upper, ceil)}.get(
        value.bound, (value.printed, None)
    )
    text = signed(shown, _place(value), language, outward)
    return QUALIFIER_WORDS[language][qualifier_of(value)] + _unit(text, language, points)


def change_interval(value: Rounded, language: str, *, points: bool = False) -> str:
    """The two ends of a change, outward, one digit finer; empty where there are not two, or they print alike."""
    if value.lower is None or value.upper is None or value.exact:
        return ""
    place = _place(value)
    if not _apart(value, place):
        return ""
    lower = signed(value.lower, place - 1, language, floor)
    upper = signed(value.upper, place - 1, language, ceil)
    return words("change_span", language, lower=lower if points else f"{lower}%", upper=_unit(upper, language, points))


def without_sign(value: Rounded) -> Rounded:
    """A change as a size: a fall of less than −2.4% is one by more than 2.4%."""
    return difference(value, exactly(0)) if value.printed < 0 else value


def signed(value: Fraction, place: int, language: str, rounding=None) -> str:
    """A number with its sign, rounded to 10^place (half away from zero, or outward by floor or ceil)."""
    if value < 0 and rounding is not None:
        rounding = ceil if rounding is floor else floor
    text = number(abs(value), min(place, 0), language, rounding=rounding, least=6)
    if not text.strip("0.,"):
        return text
    return (MINUS if value < 0 else PLUS) + text


def rank_text(rank: RankRange, language: str) -> str:
    """The places a number may take: ``2nd to 4th of 12``, ``第 2 至第 4 位（共 12 个）``."""
    places = dict.fromkeys((rank.best, rank.worst))
    ends = [ordinal(place, language) for place in places]
    key = "rank_range" if len(ends) > 1 else "rank_shared" if rank.tied else "rank_single"
    return words(key, language, best=ends[0], worst=ends[-1], among=rank.among)


def ordinal(place: int, language: str) -> str:
    """``1st``, ``2nd``, ``11th``; in Chinese the bare number, which its phrase completes."""
    if language == "zh":
        return str(place)
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def _place(value: Rounded) -> int:
    """The last place printed: a tenth, or finer where the number is small or its interval narrower than a tenth.

    An interval narrower than the last place could otherwise lie beside the number that is printed for it.
    """
    place = place_of(value, DIGITS, "percent")
    if abs(value.printed) >= Fraction(10) ** FINEST:
        place = max(place, FINEST)
    if value.lower is None or value.upper is None:
        return place
    while 0 < value.upper - value.lower < Fraction(10) ** place and _apart(value, place):
        place -= 1
    return place


def _apart(value: Rounded, place: int) -> bool:
    return signed(value.lower, place, "en") != signed(value.upper, place, "en")


def _unit(text: str, language: str, points: bool) -> str:
    return words("change_points", language, number=text) if points else f"{text}%"
