"""A class as a course of nbgrader: each lesson an assignment, with points, hidden tests and a model solution.

For whoever teaches only: the hidden tests hold the key, as it was computed for the class. nbgrader takes solutions and
hidden tests out of what learners get (`generate_assignment`), and marks what they hand in (`autograde`), with the same
points as ours. It runs learners' code with the rights of whoever grades, among all their files.
"""

from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis import paths
from analysis.errors import AnalysisError
from analysis.lesson_keys import written
from analysis.lesson_notebooks import BEGIN, END, code_cell, learner_notebook, marked_text
from analysis.lesson_pieces import say
from analysis.lesson_texts import pieces
from analysis.lessons import Exercise
from analysis.marking import CALLS_WITHIN
from analysis.self_check import self_check
from analysis.teaching import Class
from analysis.wording import phrase

SCHEMA = 3
"""The version of nbgrader's metadata."""
BEGIN_TESTS, END_TESTS = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
SECONDS = 20
"""How long a cell of a learner may run; nbgrader then goes on with the next."""
SEEN = {
    "number": "type({name}) in (int, float)",
    "interval": "type({name}) in (list, tuple) and len({name}) == 2",
    "word": "type({name}) is str",
    "function": "callable({name})",
}
"""What learners may see of how an answer is looked at, by kind of exercise."""


class NoExport(AnalysisError):
    """A class cannot be given to nbgrader as it was asked for."""


def require_common(students: dict[str, str]) -> None:
    """Refuse an export for learners with figures of their own: nbgrader has one source for all. Raises NoExport."""
    if students:
        raise NoExport(
            "--export nbgrader and --students do not go together: nbgrader has one notebook for all learners, and "
            "--students gives each their own. Leave one of them out; `ipreport teach grade` marks worlds"
        )


def write_course(classes: list[Class], place: Path) -> None:
    """Write a course of nbgrader in one language into an empty folder: its configuration and ``source/``."""
    place.mkdir(parents=True)
    (place / "nbgrader_config.py").write_text(configuration(classes[0]), encoding="utf-8")
    for each in classes:
        folder = place / "source" / each.lesson.name
        folder.mkdir(parents=True)
        nbformat.write(source_notebook(each), folder / f"{each.lesson.name}.ipynb")
        (folder / "check.py").write_text(self_check(each), encoding="utf-8")


def configuration(held: Class) -> str:
    """What nbgrader is told of the course; without it, its own words stand where learners write."""
    about = held.parameters
    settings = {
        "CourseDirectory.course_id": f"{about.region}-{about.reference_year}-{about.language}",
        "ClearSolutions.code_stub": {"python": f"# {say(held, 'your_code')}"},
        "ClearSolutions.text_stub": "",
        "Execute.timeout": SECONDS,
    }
    lines = [f"c.{name} = {value!r}" for name, value in settings.items()]
    return "\n".join(["c = get_config()  # noqa: F821", *lines, ""])


def source_notebook(held: Class) -> NotebookNode:
    """The lesson as nbgrader's source: solutions and hidden tests marked, and a grade_id for whatever has points."""
    notebook = learner_notebook(held)
    solved = {piece.name: marked_text(held, piece) for piece in pieces(held) if piece.kind == "solution"}
    mentions = {f"discussion_{at}": each.mentions for at, each in enumerate(held.lesson.contract.discussions, 1)}
    if memo := held.lesson.contract.memo:
        mentions["memo"] = memo.mentions
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        if name := cell.metadata.get("exercise"):
            cell.source = solved[name]
            _mark(cell, name, solution=True)
            cells.append(_tested(held, held.lesson.exercises[name]))
        elif name := cell.metadata.get("discussion"):
            told = [f"- {each.text(held.parameters.language)}" for each in mentions[name]]
            cell.source = "\n".join([cell.source, "", BEGIN, *told, END])
            _mark(cell, name.replace("_", "-"), grade=True, solution=True, points=len(told))
        elif cell.source.startswith("figures = "):
            _mark(cell, "the-figures", locked=True)
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    notebook.cells = cells
    return notebook


def _mark(cell: NotebookNode, grade_id: str, points: int = 0, **kinds: bool) -> None:
    """Tell nbgrader what a cell is. No name of an exercise has a hyphen, so that other ids are never one."""
    about = {"grade": False, "solution": False, "locked": False, "task": False, **kinds}
    about |= {"grade_id": grade_id, "schema_version": SCHEMA, "cell_type": cell.cell_type}
    cell.metadata["nbgrader"] = about | ({"points": points} if about["grade"] else {})


def _tested(held: Class, exercise: Exercise) -> NotebookNode:
    """The cell that has the points of an exercise: learners see that the type is looked at, and no more."""
    name, language = exercise.name, held.parameters.language
    said = phrase(f"check_{'letters' if exercise.judge else exercise.kind}", language)
    kind = said.format(words=", ".join(exercise.words), letters=len(held.items.get(name, [])))
    seen = SEEN[exercise.kind].format(name=name)
    lines = [f"# {say(held, 'points', name=name, points=exercise.grade)}", f"assert {seen}, {kind!r}"]
    template = (paths.TEMPLATES / "teaching" / "hidden_test.py").read_text(encoding="utf-8").strip()
    cell = code_cell("\n".join([*lines, BEGIN_TESTS, template, "", *_calls(held, exercise), END_TESTS]))
    _mark(cell, f"{name}-points", grade=True, locked=True, points=exercise.grade)
    return cell


def _calls(held: Class, exercise: Exercise) -> Iterator[str]:
    """The lines that hold an answer against the key; what is said of a mistake is said to whoever made it."""
    answer, language = held.answers[exercise.name], held.parameters.language
    wrong = phrase("mark_wrong", language)
    for arguments, value in answer.calls:
        called = f"{exercise.name}(*{arguments!r})"
        yield f"_looked_at({called}, {_told(value)!r}, {CALLS_WITHIN}, [], {f'{arguments!r}: {wrong}'!r})"
    if not answer.calls:
        told = {name: words.text(language) for name, words in exercise.mistakes.items()}
        mistakes = [(written(value), told[name]) for name, value in answer.mistakes.items()]
        yield f"_looked_at({exercise.name}, {written(answer.value)!r}, {exercise.within}, {mistakes!r}, {wrong!r})"


def _told(value: object) -> object:
    """What a function should return, with words as the key writes them."""
    if isinstance(value, (list, tuple)):
        return [_told(each) for each in value]
    return f":{value}" if isinstance(value, str) else value
