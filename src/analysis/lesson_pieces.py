"""What the texts of a lesson are made of: pieces, the fixed phrases around them, and the figures that it is about."""

from dataclasses import dataclass
from typing import Literal

from analysis.figures import Figure
from analysis.teaching import Class
from analysis.wording import words

Kind = Literal["front", "text", "slide", "exercise", "solution", "discussion", "end", "notes",
               "memo", "picture"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a lesson: Markdown, or the code of a solution; ``name`` is that of the exercise it belongs to.

    Of the kind ``notes`` is what only whoever teaches may see; a ``picture`` is found by its name (``Class.pictures``).
    """

    kind: Kind
    text: str
    name: str = ""


def say(held: Class, key: str, **values: object) -> str:
    """A fixed phrase in the language of the class."""
    return words(f"lesson_{key}", held.parameters.language, **values)


def used(held: Class) -> list[Figure]:
    """The figures that the lesson is about, each once."""
    every = (figure for choice in held.choices.values() for figure in choice.values())
    return held.once("used", lambda: list(dict.fromkeys(every)))


def rows(held: Class) -> list[tuple[str, dict[str, object]]]:
    """What a learner is given: each figure by its name, with its printed digits, power of ten and thing counted."""
    return held.once("rows", lambda: [(held.id_of(figure), held.row(figure)) for figure in used(held)])


def place_values(held: Class) -> dict[str, object]:
    """The place and the year, for a text."""
    return {"place": held.place.name(held.parameters.language), "year": held.parameters.reference_year}
