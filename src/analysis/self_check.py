"""``check.py`` for learners: it knows of every answer the type, the unit and the size, and no answer."""

from fractions import Fraction
from functools import cache, lru_cache
from random import Random

from analysis import paths
from analysis.lesson_texts import unit_of
from analysis.lessons import Exercise
from analysis.literals import literal
from analysis.teaching import Class
from analysis.wording import leading, phrase

DECADES = 3
"""How many powers of ten the size of an answer is told to; a slip of 10,000 times never stays within."""
SAID = ("none", "type", "number", "interval", "word", "letters", "function", "order", "small_wan", "large_wan", "small",
        "large", "raised", "fine", "summary")  # fmt: skip


def self_check(held: Class) -> str:
    """The file for one lesson, in its language."""
    wanted = {each.name: _wanted(held, each) for each in held.exercises}
    return _put_in(_in_language(held.parameters.language), "WANTED", wanted)


@cache
def _in_language(language: str) -> str:
    """The file without what differs from lesson to lesson."""
    text = (paths.TEMPLATES / "teaching" / "check.py").read_text(encoding="utf-8")
    return _put_in(text, "SAYS", {key: phrase(f"check_{key}", language) for key in SAID})


def _put_in(text: str, name: str, value: object) -> str:
    return text.replace(f"{name} = {{}}", f"{name} = {literal(value)}", 1)


def _wanted(held: Class, exercise: Exercise) -> dict[str, object]:
    answer = held.answers[exercise.name]
    value = answer.value
    if isinstance(value, tuple):
        value = (value[0] + value[1]) / 2
    return {
        "kind": exercise.kind,
        "unit": unit_of(held, exercise),
        "words": list(exercise.words),
        "letters": len(held.items.get(exercise.name, [])),
        "sample": list(answer.sample),
        "size": _window(value, f"{held.seed} {exercise.name} {held.parameters}")
        if isinstance(value, Fraction)
        else [0, 0],
    }


@lru_cache(1000)
def _below(seed: str) -> int:
    """How many powers of ten a window begins below a number; of one exercise, the same for every learner."""
    return Random(seed).randrange(DECADES)


def _window(value: Fraction, seed: str) -> list[float]:
    """Powers of ten around a number, in which it may lie anywhere."""
    if not value:
        return [0, 0]
    low = leading(abs(value)) - _below(seed)
    return [float(f"1e{low}"), float(f"1e{low + DECADES}")]
