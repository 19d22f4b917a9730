"""The key of a class as a file (``key.json``): what the grader holds, and no learner sees."""

import json
from fractions import Fraction
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.lesson_values import Value
from analysis.teaching import Class

FORMAT = "ipreport key 1"


class BadKey(AnalysisError):
    """A file that should be the key of a class is not."""


def key_of(held: Class) -> dict[str, object]:
    """The key of one lesson: for each exercise its kind, value, mistakes and calls. Values are exact, as fractions."""
    return {
        "title": held.lesson.contract.title.model_dump(),
        "exercises": [_entry(held, each.name) for each in held.exercises],
    }


def _entry(held: Class, name: str) -> dict[str, object]:
    exercise, answer = held.lesson.exercises[name], held.answers[name]
    mistakes = [
        {"value": written(value), "words": exercise.mistakes[each].model_dump()}
        for each, value in answer.mistakes.items()
    ]
    return {
        "name": name,
        "title": exercise.title.model_dump(),
        "kind": exercise.kind,
        "grade": exercise.grade,
        "within": exercise.within,
        "value": written(answer.value),
        "mistakes": mistakes,
        "calls": [[list(arguments), value] for arguments, value in answer.calls],
    }


def written(value: Value | None) -> object:
    """A value for JSON: a fraction as ``a/b``, an interval as two, a word with a colon in front."""
    if isinstance(value, tuple):
        return [str(each) for each in value]
    if isinstance(value, str):
        return f":{value}"
    return None if value is None else str(value)


def read_value(text: object) -> Value | None:
    """What ``written`` wrote."""
    if isinstance(text, list):
        return (Fraction(text[0]), Fraction(text[1]))
    if text is None:
        return None
    return text[1:] if text.startswith(":") else Fraction(text)


def key_text(keys: object) -> str:
    """Keys as JSON."""
    return json.dumps(keys, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write_key(path: Path, about: dict[str, object], everyone: str, each: dict[str, str]) -> None:
    """Write the key: ``everyone`` has the lessons of the class, ``each`` those of learners with worlds of their own.

    Both come as ``key_text`` makes them, because the keys of hundreds of learners are made at once.
    """
    whole = key_text({"format": FORMAT, **about, "lessons": None, "students": None})
    students = ",".join(f"{key_text(student)}:{text}" for student, text in each.items())
    before = whole.removesuffix('null,"students":null}')
    path.write_text(f'{before}{everyone},"students":{{{students}}}}}\n', encoding="utf-8")
    path.chmod(0o600)


def read_key(path: Path) -> dict:
    """The key of a class. Raises BadKey."""
    try:
        key = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadKey(f"{path} cannot be read as a key: {error}") from error
    if not isinstance(key, dict) or key.get("format") != FORMAT:
        raise BadKey(f"{path} is no key of a class; it is written by `ipreport teach build`, as instructor/key.json")
    return key
