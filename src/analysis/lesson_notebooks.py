"""A lesson as notebooks: one for learners, which needs Python's standard library only, and one with the key."""

import re
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache

import nbformat
from nbformat import NotebookNode

from analysis.lesson_findings import found_by_checks
from analysis.lesson_pieces import Piece, rows, say
from analysis.lesson_texts import pieces
from analysis.lessons import Exercise
from analysis.literals import literal
from analysis.notebook_texts import notebook_text
from analysis.teaching import Class

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
_SOLUTION = re.compile(rf"{BEGIN}\n(.*?)\n{END}", re.DOTALL)
_GIVEN = re.compile(r"^\(?(.+?),?\)? = lesson\.given\(.*\)", re.MULTILINE)
_LOOKED_UP = re.compile(r"lesson\.answer\(.*?\)")
Plain = dict[str, object]
"""A notebook or a cell before nbformat sees it: hundreds are made for a class."""
LESSON = "ipreport_lesson"
"""Under this name the metadata of a notebook say which lesson it is."""
CHECK = "from check import check\n\ncheck(globals())"


def learner_notebook(held: Class, varied: bool = False) -> NotebookNode:
    """The lesson without anything that only whoever teaches may see. ``varied``: its figures are invented."""
    notebook = nbformat.from_dict(_for_learners(held, varied))
    nbformat.validate(notebook)
    return notebook


def learner_text(held: Class) -> str:
    """The same with invented figures, as the text of a file; what it has in common with others is written once."""
    return notebook_text(_for_learners(held, varied=True))


def _for_learners(held: Class, varied: bool) -> Plain:
    cells = []
    for piece in pieces(held, notes=False):
        match piece.kind:
            case "front" | "text" | "exercise" | "end":
                cells.append(_markdown(piece.text))
            case "picture":
                cells.append(_picture(held, piece))
            case "discussion" | "memo":
                cells += _noted(held, piece)
            case "solution":
                cells.append(_code(_stub(held, piece), piece.name))
    if varied:
        cells.insert(1, _markdown(f"> {say(held, 'invented')}"))
    return _notebook(held, _with_figures(held, cells))


def solved_notebook(held: Class) -> NotebookNode:
    """A learner's notebook in which every exercise is solved as the lesson solves it; for tests and for the key."""
    notebook = learner_notebook(held)
    solved = {piece.name: solution_text(held, piece) for piece in pieces(held) if piece.kind == "solution"}
    for cell in notebook.cells:
        if cell.cell_type == "code" and (name := cell.metadata.get("exercise")):
            cell.source = solved[name]
    return notebook


def teacher_notebook(held: Class) -> NotebookNode:
    """The lesson with the solutions, the key, the common mistakes, and what a good answer mentions."""
    cells = []
    for piece in pieces(held):
        if piece.kind == "solution":
            cells.append(_code(solution_text(held, piece)))
        elif piece.kind == "notes":
            title = "" if piece.text.startswith("#") else f"*{say(held, 'notes')}*\n\n"
            cells.append(_markdown(title + piece.text))
        elif piece.kind == "picture":
            cells.append(_picture(held, piece))
        elif piece.kind != "slide":
            cells.append(_markdown(piece.text))
    if found := found_by_checks(held):
        cells.append(_markdown(found))
    notebook = nbformat.from_dict(_notebook(held, _with_figures(held, cells)))
    nbformat.validate(notebook)
    return notebook


def figures_cell(held: Class) -> str:
    """The figures of a lesson as code: what was printed, by the name of the series."""
    return held.once("figures", lambda: f"figures = {literal(dict(rows(held)))}")


def _with_figures(held: Class, cells: list[Plain]) -> list[Plain]:
    """The cells with the figures in front of the first exercise, and the check at the end."""
    code = [at for at, cell in enumerate(cells) if cell["cell_type"] == "code"]
    told = _markdown(say(held, "figures"))
    check = [_markdown(say(held, "check")), _code(CHECK)]
    at = code[-1] + 1
    while at < len(cells) and cells[at]["cell_type"] == "markdown" and not cells[at]["source"].startswith("## "):
        at += 1
    before = code[0] - 2  # the heading of the exercises, and the text of the first
    given = [told, _code(figures_cell(held))]
    return cells[:before] + given + cells[before:at] + check + cells[at:]


def code_cell(source: str, name: str = "") -> NotebookNode:
    """A cell of code; ``name`` is that of the exercise that is answered in it."""
    return nbformat.from_dict(_code(source, name))


def _code(source: str, name: str = "") -> Plain:
    about = {"exercise": name} if name else {}
    return {"cell_type": "code", "metadata": about, "source": source, "outputs": [], "execution_count": None}


def _markdown(source: str, metadata: dict[str, str] | None = None) -> Plain:
    return {"cell_type": "markdown", "metadata": metadata or {}, "source": source}


def _noted(held: Class, piece: Piece) -> list[Plain]:
    """A text with a place to write behind it; what is written there is shown in feedback, and not marked."""
    place = say(held, "your_memo" if piece.kind == "memo" else "your_notes")
    return [_markdown(piece.text), _markdown(place, metadata={"discussion": piece.name})]


def _picture(held: Class, piece: Piece) -> Plain:
    """A picture in the notebook itself, with its words beside it, so that no other file is needed."""
    chart = held.pictures[piece.name]
    cell = _markdown(f"**{chart.title}**\n\n![{chart.description}](attachment:{chart.id}.svg)\n\n{chart.source}")
    attached = {f"{chart.id}.svg": {"image/svg+xml": b64encode(chart.svg.encode()).decode()}}
    return {**cell, "attachments": attached}


def _given(held: Class, piece: Piece) -> str:
    """The code of a solution with the figures of the class in place of the call that asks for them."""
    return _with_names(piece.text, tuple(each.id for each in held.shown(piece.name).values()))


@lru_cache(1000)
def _with_names(text: str, ids: tuple[str, ...]) -> str:
    """The code of a solution with figures by their names; the same for every learner."""

    def lines(found: re.Match) -> str:
        roles = [role.strip() for role in found[1].split(",")]
        return "\n".join(f'{role} = figures["{id_}"]' for role, id_ in zip(roles, ids, strict=True))

    return _GIVEN.sub(lines, text)


def _empty(exercise: Exercise) -> str:
    return exercise.stub or f"{exercise.name} = None"


def _stub(held: Class, piece: Piece) -> str:
    return _without(_given(held, piece), _empty(held.lesson.exercises[piece.name]))


@lru_cache(1000)
def _without(text: str, empty: str) -> str:
    return _SOLUTION.sub(lambda _: empty, text).strip()


def solution_text(held: Class, piece: Piece) -> str:
    """The code that solves an exercise, with the figures of the class."""
    return _solved(held, piece, lambda found: found[1])


def marked_text(held: Class, piece: Piece) -> str:
    """What a learner finds, and after it the code that solves the exercise, between its marks."""
    empty = _empty(held.lesson.exercises[piece.name])
    return _solved(held, piece, lambda found: f"{empty}\n{found[0]}")


def _solved(held: Class, piece: Piece, solution: Callable[[re.Match], str]) -> str:
    text = _SOLUTION.sub(solution, _given(held, piece))
    return _LOOKED_UP.sub(lambda _: repr(held.answers[piece.name].value), text).strip()


def _notebook(held: Class, cells: list[Plain]) -> Plain:
    cells = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}, LESSON: held.lesson.name}
    return {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
