"""Grading a class: every learner of the list and everybody who handed something in has a row, whatever it was."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.isolation import Bounds, libraries, told_by
from analysis.marking import Mark, marks
from analysis.submissions import HandedIn, submissions
from analysis.wording import words

ENDINGS = ("time", "output", "ended", "garbled")
"""How a run may end without answers; each has a phrase."""


@dataclass(frozen=True, slots=True)
class Job:
    """One row to be made: a learner, a lesson, what was handed in for it, and remarks on that."""

    student: str
    lesson: str
    handed: HandedIn | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What is the same for all rows."""

    key: dict
    way: list[str]
    language: str
    bounds: Bounds
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Grade:
    """One learner and lesson: the marks, the notes on the discussion, and what to say of the file as a whole."""

    student: str
    name: str
    lesson: str
    file: str
    said: str
    marks: tuple[Mark, ...]
    notes: dict[str, str]

    @property
    def points(self) -> int:
        """Points reached."""
        return sum(mark.points for mark in self.marks)

    @property
    def most(self) -> int:
        """Points that could be reached."""
        return sum(mark.most for mark in self.marks)


def grades(
    folder: Path,
    key: dict,
    way: list[str],
    *,
    names: dict[str, str] | None = None,
    language: str = "en",
    bounds: Bounds | None = None,
    tell: Callable[[str], None] = lambda student: None,
) -> list[Grade]:
    """The grades of a class, by student and lesson.

    ``way`` is how code is kept apart (see ``isolation.way_in``), or empty for code that is trusted. ``names`` are the
    learners who should have handed something in.
    """
    lessons = list(key["lessons"])
    found = submissions(folder, lessons)
    expected = list(names or {}) or list(key["students"])
    jobs = []
    for student in [*expected, *(each for each in found if each not in expected)]:
        known = student in expected or not expected
        jobs += _jobs(student, found.get(student, []), lessons, known)
    run = Run(key, way, language, bounds or Bounds(), names or {})

    def graded(numbered: tuple[int, Job]) -> Grade:
        made = _grade(numbered[1], run, numbered[0])
        tell(made.student)
        return made

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(graded, enumerate(jobs)))


def require_key_apart(key: Path) -> None:
    """Refuse a key that lies in what the room of learners' code holds of this machine. Raises AnalysisError."""
    for each in libraries():
        if key.resolve().is_relative_to(Path(each).resolve()):
            raise AnalysisError(f"{key} lies in {each}, which learners' code can read; move the key elsewhere")


def _jobs(student: str, handed: list[HandedIn], lessons: list[str], known: bool) -> list[Job]:
    """What is to be graded of one learner: a row for each lesson of the key, and one for each file that is of none."""
    remarks = () if known else ("unlisted",)
    jobs = []
    for lesson in lessons:
        mine = [each for each in handed if each.lesson == lesson]
        more = ("twice",) if len(mine) > 1 else ()
        jobs.append(Job(student, lesson, mine[0] if mine else None, remarks + more))
    odd = [each for each in handed if each.problem]
    if odd and len(lessons) == 1 and jobs[0].handed is None:
        return [Job(student, lessons[0], odd[0], remarks)]
    return jobs + [Job(student, "", each, remarks) for each in odd]


def _grade(job: Job, run: Run, number: int) -> Grade:
    """The grade of one job."""
    say, handed = (lambda phrase, **values: words(phrase, run.language, **values)), job.handed
    said = [say(f"handed_{each}") for each in job.remarks]
    lessons = run.key["students"].get(job.student, run.key["lessons"])
    exercises = lessons.get(job.lesson, {"exercises": []})["exercises"]
    about = (job.student, run.names.get(job.student, ""), job.lesson)
    if handed is None or handed.problem:
        why = say(f"handed_{handed.problem if handed else 'nothing'}")
        empty = tuple(marks(exercises, None, run.language, why))
        return Grade(*about, handed.file if handed else "", "; ".join([why, *said]), empty, {})
    calls = {each["name"]: [call[0] for call in each["calls"]] for each in exercises if each["calls"]}
    values = [each["name"] for each in exercises if not each["calls"]]
    told = told_by(list(handed.cells), values, calls, run.bounds, run.way, number)
    why = ""
    if told.answers is None:
        why = say(f"run_{told.said}") if told.said in ENDINGS else say("run_not", said=told.said)
    elif told.answers["errors"]:
        cell, error = told.answers["errors"][0]
        why = say("run_error", cell=cell + 1, error=str(error)[:200])
    made = tuple(marks(exercises, told.answers, run.language, why))
    return Grade(*about, handed.file, "; ".join(each for each in [why, *said] if each), made, handed.notes)
