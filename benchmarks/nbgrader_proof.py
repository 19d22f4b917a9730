"""Is the exported course one that nbgrader itself can use? (`make test-nbgrader`)

Builds a class, lets nbgrader release it, hands in a model solution, one with slips, one that is empty and one that
never ends, lets nbgrader mark them, and compares every point with those that our own grader gives for the same files.
Prints the figures; exits with 1 if anything is otherwise than it should be. nbgrader lies in an environment of its own.
"""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

import nbformat

from analysis import paths
from analysis.figures import load_figures
from analysis.grading import grades
from analysis.isolation import Bounds, way_in
from analysis.lesson_keys import read_key
from analysis.lesson_notebooks import solution_text
from analysis.lesson_texts import pieces
from analysis.lessons import lessons
from analysis.parameters import Parameters
from analysis.teaching import Class, held
from analysis.teaching_files import build_class
from analysis.teaching_leaks import contents, left

NBGRADER = paths.ROOT / ".venv/nbgrader/bin"
LEARNERS = ("model", "slips", "empty", "endless")


def main() -> int:
    """How many things are otherwise than they should be."""
    figures, wrong = load_figures(), 0
    places = [(code, each) for code in figures.regions() for each in figures.years(code)]
    region, year = max(places, key=lambda place: len(figures.series_of(*place)))
    with tempfile.TemporaryDirectory() as folder:
        place, _ = build_class(region, year, Path(folder), export="nbgrader")
        made = names(place / "instructor/nbgrader/en")
        for language, chosen in (("en", made), ("zh", made[:1])):
            course = place / "instructor/nbgrader" / language
            classes = [held(lessons()[each], figures, Parameters(region, year, language)) for each in chosen]
            wrong += proved(course, classes, place)
    print(f"{wrong} to look at")
    return wrong


def names(course: Path) -> list[str]:
    """The assignments of a course."""
    return sorted(path.name for path in (course / "source").iterdir())


def proved(course: Path, classes: list[Class], place: Path) -> int:
    """What is wrong with a course in one language."""
    wrong = 0
    for each in classes:
        begun = monotonic()
        run(course, "generate_assignment", each.lesson.name, "--create")
        released = contents(course / "release" / each.lesson.name)
        found = left(each, released)
        wrong += said(f"{course.name} {each.lesson.name} released: something of the key in it", len(found), 0)
        hand_in(course, each, LEARNERS if each is classes[0] else LEARNERS[:-1])
        run(course, "autograde", each.lesson.name)
        print(f"  released and marked in {monotonic() - begun:.1f} s")
    run(course, "export", "--to", str(course / "grades.csv"))
    theirs = points(course / "grades.csv")
    key = read_key(place / "instructor/key.json")
    made = grades(course / "submitted", key, way_in(), bounds=Bounds(cell_seconds=2, seconds=20))
    for row in made:
        if row.file:
            worth = [mark.most for mark in row.marks]
            due = {"model": sum(worth), "slips": sum(worth[::2]), "empty": 0, "endless": sum(worth[1:])}[row.student]
            got = (theirs.get((row.student, row.lesson)), row.points)
            what = f"{course.name} {row.lesson} {row.student}: points of {row.most} by nbgrader and by us"
            wrong += said(what, got, (due, due))
    return wrong


def run(course: Path, *command: str) -> None:
    """Run nbgrader in a course."""
    more = {"PATH": f"{NBGRADER}{os.pathsep}{os.environ['PATH']}", "JUPYTER_CONFIG_DIR": str(course / ".config")}
    done = subprocess.run(
        [NBGRADER / "nbgrader", *command], cwd=course, env=os.environ | more, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"nbgrader {' '.join(command)} ended with {done.returncode}:\n{done.stderr[-3000:]}")


def hand_in(course: Path, each: Class, learners: tuple[str, ...]) -> None:
    """Fill in what was released, as each learner would: the second slips in every other exercise."""
    solved = {piece.name: solution_text(each, piece) for piece in pieces(each) if piece.kind == "solution"}
    for student in learners:
        name = each.lesson.name
        notebook = nbformat.read(course / "release" / name / f"{name}.ipynb", as_version=4)
        answered = [cell for cell in notebook.cells if cell.metadata.get("exercise")]
        for at, cell in enumerate(answered):
            if student != "empty":
                cell.source = solved[cell.metadata["exercise"]]
            if student == "slips" and at % 2:
                cell.source = slip(each, cell.metadata["exercise"], cell.source)
            if student == "endless" and not at:
                cell.source = "while True:\n    pass"
        for cell in notebook.cells:
            if cell.metadata.get("discussion") and student != "empty":
                cell.source = "Because of the denominator <img src=x onerror=alert(1)>."
        place = course / "submitted" / student / name
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{name}.ipynb")


def slip(each: Class, name: str, source: str) -> str:
    """A solution with a slip that the kind of exercise invites."""
    kind = each.lesson.exercises[name].kind
    more = {
        "number": f"{name} = {name} / 10**4",
        "interval": f"{name} = {name}[::-1]",
        "word": f"{name} = {name}.upper()",
        "function": f"_right = {name}\ndef {name}(*given):\n    return [_right(*given)]",
    }
    return f"{source}\n{more[kind]}"


def points(path: Path) -> dict[tuple[str, str], float]:
    """What nbgrader exports, by student and assignment."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["student_id"], row["assignment"]): float(row["score"] or 0) for row in csv.DictReader(file)}


def said(what: str, found: object, expected: object) -> int:
    """Print what was found; 1 if it is not what was expected."""
    print(f"{'ok ' if found == expected else 'NOT'} {what}: {found}, expected {expected}", flush=True)
    return found != expected


if __name__ == "__main__":
    sys.exit(main() > 0)
