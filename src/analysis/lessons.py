"""Lessons for a class, each one source notebook (``notebooks/90_...`` on), and the contract that each must keep.

The contract stands in the metadata of cells, so that a teacher can edit a lesson in Jupyter. The first cell says what
the lesson is for; the English cell of each exercise says what is asked, with which figures and which mistakes are
common. What every cell of an exercise has is its name, which is also the name of the answer in a learner's notebook.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

import nbformat
from nbformat import NotebookNode
from pydantic import BaseModel, Field, ValidationError, model_validator

from analysis import paths
from analysis.errors import AnalysisError, UnknownName, did_you_mean, listed
from analysis.figure_choices import RULES
from analysis.judgements import LETTERS
from analysis.lesson_cells import Computing, computing
from analysis.lesson_memos import Memo, Part, Text, Words

PATTERN = "9[0-9]_*.ipynb"
GRADES = (1, 2, 3)
FEWEST_EXERCISES = 6
LICENCE = "CC-BY-4.0"
SHORTEST, LONGEST = 45, 90
"""Minutes of a lesson."""


class BadLesson(AnalysisError):
    """A lesson breaks the contract of lessons; the message names the cell and what was expected."""


class Objective(Words):
    """What a learner can do afterwards: a verb that can be seen, and its level after Bloom."""

    level: Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]


class Section(Words):
    """A part of the lesson with its minutes."""

    kind: Literal["teaching", "exercise", "discussion", "memo"]
    minutes: Annotated[int, Field(ge=3, le=60)]


class Discussion(Part):
    """A question without one answer, and what a good answer mentions (for whoever teaches only)."""

    question: Words
    mentions: Annotated[tuple[Words, ...], Field(min_length=2)]


class Term(Part):
    """A line of the glossary."""

    zh_hant: Text
    zh_hans: Text
    pinyin: Text
    en: Text


class Contract(Part):
    """What a lesson says of itself; ``checks``: whoever teaches is told what the report's own checks find."""

    title: Words
    question: Words
    audience: Words
    prerequisites: Words
    objectives: Annotated[tuple[Objective, ...], Field(min_length=3, max_length=5)]
    sections: Annotated[tuple[Section, ...], Field(min_length=3)]
    discussions: Annotated[tuple[Discussion, ...], Field(min_length=3)]
    key_points: Annotated[tuple[Words, ...], Field(min_length=3)]
    glossary: Annotated[tuple[Term, ...], Field(min_length=5)]
    checks: bool = False
    memo: Memo | None = None
    licence: Literal["CC-BY-4.0"]

    @property
    def minutes(self) -> int:
        """How long the lesson takes."""
        return sum(section.minutes for section in self.sections)

    @model_validator(mode="after")
    def _fits_a_lesson(self) -> "Contract":
        if not SHORTEST <= self.minutes <= LONGEST:
            raise ValueError(f"the sections take {self.minutes} minutes; a lesson takes {SHORTEST} to {LONGEST}")
        kinds = {section.kind for section in self.sections}
        if kinds - {"memo"} != {"teaching", "exercise", "discussion"}:
            raise ValueError("the sections must hold teaching, exercise and discussion")
        if ("memo" in kinds) != (self.memo is not None):
            raise ValueError("a memo has a section with its minutes and a task with its rubric, or neither is there")
        return self


class Exercise(Part):
    """What is asked under one name.

    kind: a number, an interval (lower end, upper end), a word out of ``words``, or a function that the grader calls.
    choose: the rule by which its figures are found (see ``figure_choices``), or nothing for one without figures;
    prefer: series that are taken before others. unit: of the answer. within: how far off a number may be, relatively.
    mistakes: by name, what was done; the number that each gives is computed. stub: what a learner finds of a function.
    items: sentences that are shown in an order drawn from the seed; judge: the rule by which items are found in the
    data instead (see ``judgements``), of which the answer has one letter each.
    """

    name: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    grade: Literal[1, 2, 3]
    minutes: Annotated[int, Field(ge=1, le=30)]
    kind: Literal["number", "interval", "word", "function"]
    title: Words
    unit: Words | None = None
    words: tuple[str, ...] = ()
    choose: str = ""
    prefer: tuple[str, ...] = ()
    items: tuple[Words, ...] = ()
    judge: str = ""
    within: Annotated[float, Field(gt=0, lt=0.1)] = 0.001
    mistakes: Annotated[dict[str, Words], Field(default_factory=dict)]
    stub: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> "Exercise":
        if self.choose and self.choose not in RULES:
            raise ValueError(f"no rule {self.choose!r} for choosing figures; there are {listed(RULES)}")
        if self.judge and self.words != tuple(LETTERS.get(self.judge, "")):
            raise ValueError(f"the words of an exercise that judges are letters; {LETTERS} are known")
        if (self.kind == "function") != bool(self.stub):
            raise ValueError("a function has a stub, and nothing else has one")
        if (self.kind == "word") != bool(self.words):
            raise ValueError("a word has the words to choose from, and nothing else has them")
        if (self.kind in ("number", "interval")) != (self.unit is not None):
            raise ValueError("a number has a unit, and nothing else has one")
        return self


@dataclass(frozen=True)
class Lesson:
    """A source notebook that keeps the contract. ``name`` is that of its file, ``90_reading_a_bulletin``."""

    name: str
    contract: Contract
    exercises: dict[str, Exercise]
    notebook: NotebookNode

    def cells(self, tag: str, exercise: str) -> list[NotebookNode]:
        """The cells of an exercise that have a tag: lang-en, lang-zh, solution, key, picture."""
        return self._cells.get((tag, exercise), [])

    @cached_property
    def computing(self) -> list[Computing]:
        """The code that computes the key and draws, in order."""
        return computing(
            [
                ("" if "imports" in tags(cell) else named(cell), cell.source)
                for cell in self.notebook.cells
                if {"imports", "key", "picture"} & {*tags(cell)}
            ]
        )

    @cached_property
    def told(self) -> list[tuple[list[str], str, str]]:
        """Every cell after the two of the title: its tags, its exercise or nothing, and its source."""
        return [(tags(cell), named(cell), cell.source) for cell in self.notebook.cells[2:]]

    @cached_property
    def _cells(self) -> dict[tuple[str, str], list[NotebookNode]]:
        found: dict[tuple[str, str], list[NotebookNode]] = {}
        for cell in self.notebook.cells:
            for tag in tags(cell):
                found.setdefault((tag, named(cell)), []).append(cell)
        return found


def tags(cell: NotebookNode) -> list[str]:
    """The tags of a cell."""
    return cell.metadata.get("tags", [])


def named(cell: NotebookNode) -> str:
    """The exercise that a cell belongs to, or nothing."""
    return cell.metadata.get("lesson", {}).get("name", "")


@cache
def lessons(folder: Path = paths.NOTEBOOKS) -> dict[str, Lesson]:
    """All lessons by name, in order. Raises BadLesson."""
    return {path.stem: read_lesson(path) for path in sorted(folder.glob(PATTERN))}


def lesson_named(name: str, folder: Path = paths.NOTEBOOKS) -> Lesson:
    """One lesson, also by its number or the rest of its name. Raises UnknownName."""
    known = lessons(folder)
    for full in known:
        if name in (full, *full.split("_", 1)):
            return known[full]
    raise UnknownName(f"no lesson {name!r}; there are {listed(known)}.{did_you_mean(name, known)}")


def read_lesson(path: Path) -> Lesson:
    """One lesson from its notebook. Raises BadLesson, naming the cell."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:
        raise BadLesson(f"notebooks/{path.name} cannot be read: {str(error).partition(chr(10))[0]}") from error
    contract, exercises = None, {}
    for at, cell in enumerate(notebook.cells):
        about = cell.metadata.get("lesson", {})
        where = f"notebooks/{path.name}, cell {at}"
        if "contract" in about:
            contract = _checked(Contract, about["contract"], where)
        elif len(about) > 1:
            exercise = _checked(Exercise, about, where)
            exercises[exercise.name] = exercise
    if contract is None:
        raise BadLesson(f"notebooks/{path.name}: no cell has the contract of the lesson in its metadata")
    lesson = Lesson(path.stem, contract, exercises, notebook)
    if said := "; ".join(_against(lesson)):
        raise BadLesson(f"notebooks/{path.name}: {said}")
    return lesson


def _checked(kind: type[BaseModel], value: dict, where: str) -> BaseModel:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(each) for each in first["loc"]) or kind.__name__.lower()
        raise BadLesson(f"{where}: {place}: {first['msg']}") from error


def _against(lesson: Lesson) -> list[str]:
    """What speaks against a lesson as a whole."""
    found = []
    if len(lesson.exercises) < FEWEST_EXERCISES:
        found.append(f"{len(lesson.exercises)} exercises, expected at least {FEWEST_EXERCISES}")
    if lacking := sorted(set(GRADES) - {each.grade for each in lesson.exercises.values()}):
        found.append(f"no exercise of grade {listed(lacking)}")
    if sum(len(each.mistakes) for each in lesson.exercises.values()) < 3:
        found.append("fewer than 3 common mistakes")
    for name in lesson.exercises:
        for tag in ("lang-en", "lang-zh", "solution", "key"):
            if len(lesson.cells(tag, name)) != 1:
                found.append(f"{name} has {len(lesson.cells(tag, name))} cells tagged {tag}, expected 1")
    stray = {named(cell) for cell in lesson.notebook.cells} - {"", *lesson.exercises}
    return found + [f"cells of {name}, which is no exercise" for name in sorted(stray)]
