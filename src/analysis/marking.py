"""Marking: what a learner's code told, held against the key."""

from dataclasses import dataclass
from fractions import Fraction

from analysis.lesson_keys import read_value
from analysis.lesson_values import Value
from analysis.wording import words

WAN = 10_000
CALLS_WITHIN = 1e-6


@dataclass(frozen=True, slots=True)
class Mark:
    """Points for one exercise, out of how many, what was answered (as text), and what to say of it."""

    name: str
    points: int
    most: int
    answered: str
    said: str


def marks(exercises: list[dict], told: dict | None, language: str, why: str = "") -> list[Mark]:
    """A mark for each exercise of a lesson. ``told`` is what ``isolation`` brought, or None with the reason ``why``."""
    if told is None:
        return [Mark(each["name"], 0, each["grade"], "", why) for each in exercises]
    return [_mark(each, told, language) for each in exercises]


def _mark(exercise: dict, told: dict, language: str) -> Mark:
    name, most = exercise["name"], exercise["grade"]
    if exercise["kind"] == "function":
        right, said = _calls(exercise, told["calls"].get(name), language)
        return Mark(name, most if right else 0, most, "", said)
    claim = told["values"].get(name)
    answered, problem = _claimed(claim, language)
    if problem:
        return Mark(name, 0, most, "", problem)
    key = read_value(exercise["value"])
    if fits(answered, key, exercise["within"]):
        return Mark(name, most, most, _shown(answered), words("mark_right", language))
    return Mark(name, 0, most, _shown(answered), _hint(answered, key, exercise, language))


def _claimed(claim: object, language: str) -> tuple[object, str]:
    """The value that was told, or what is wrong with it."""
    if not (isinstance(claim, list) and len(claim) == 2) or claim[0] == "none":
        return None, words("mark_none", language)
    if claim[0] == "value":
        return claim[1], ""
    return None, words("mark_raised" if claim[0] == "raised" else "mark_type", language, found=str(claim[1])[:200])


def fits(answered: object, key: Value | bool | list, within: float) -> bool:
    """Whether an answer is the key, for numbers within a part of it. Only exact types count."""
    if isinstance(key, (tuple, list)):
        same = type(answered) is list and len(answered) == len(key)
        return same and all(fits(*pair, within) for pair in zip(answered, key, strict=True))
    if isinstance(key, (str, bool)):
        return type(answered) is type(key) and answered == key
    if type(answered) not in (int, float):
        return False
    return abs(Fraction(answered) - Fraction(key)) <= Fraction(within) * max(abs(Fraction(key)), Fraction(1, 10**9))


def _calls(exercise: dict, told: object, language: str) -> tuple[bool, str]:
    """Whether a function gave the right answer at every call, and what to say."""
    wanted = exercise["calls"]
    if not isinstance(told, list) or len(told) != len(wanted):
        return False, words("mark_none", language)
    right, first = 0, ""
    for (arguments, key), claim in zip(wanted, told, strict=True):
        answered, problem = _claimed(claim, language)
        if not problem and fits(answered, key, CALLS_WITHIN):
            right += 1
        elif not first:
            first = problem or words("mark_call", language, arguments=repr(arguments)[1:-1], found=_shown(answered))
    if right == len(wanted):
        return True, words("mark_right", language)
    return False, words("mark_calls", language, right=right, all=len(wanted), first=first)


def _hint(answered: object, key: Value, exercise: dict, language: str) -> str:
    """What was probably done, if the answer is that of a common mistake or off by a telling factor."""
    for mistake in exercise["mistakes"]:
        if fits(answered, read_value(mistake["value"]), exercise["within"]):
            return words("mark_mistake", language, what=mistake["words"][language])
    if type(answered) in (int, float) and isinstance(key, Fraction) and key:
        for factor, said in ((WAN, "large_wan"), (Fraction(1, WAN), "small_wan"), (100, "large_100"),
                             (Fraction(1, 100), "small_100"), (-1, "sign")):  # fmt: skip
            if fits(answered, key * factor, exercise["within"]):
                return words(f"mark_{said}", language)
    return words("mark_wrong", language)


def _shown(answered: object) -> str:
    """An answer for a table."""
    return repr(answered)[:100]
