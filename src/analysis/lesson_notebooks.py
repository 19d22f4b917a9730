"""A lesson as notebooks: one for learners, which needs Python's standard library only, and one with the key."""

import re
from pprint import pformat

import nbformat
from nbformat import NotebookNode

from analysis.lesson_findings import found_by_checks
from analysis.lesson_texts import Piece, pieces, say, used
from analysis.lessons import Exercise
from analysis.teaching import Class

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
_SOLUTION = re.compile(rf"{BEGIN}\n(.*?)\n{END}", re.DOTALL)
_GIVEN = re.compile(r"\(?(.+?),?\)? = lesson\.given\(.*\)")
_LOOKED_UP = re.compile(r"lesson\.answer\(.*?\)")
LESSON = "ipreport_lesson"
"""Under this name the metadata of a notebook say which lesson it is."""
CHECK = "from check import check\n\ncheck(globals())"


def learner_notebook(held: Class, varied: bool = False) -> NotebookNode:
    """The lesson without anything that only whoever teaches may see. ``varied``: its figures are invented."""
    cells = []
    for piece in pieces(held):
        match piece.kind:
            case "front" | "text" | "exercise" | "end":
                cells.append(_markdown(piece.text))
            case "discussion":
                cells += _discussion(held, piece)
            case "solution":
                cells.append(_code(_stub(held, piece)))
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
        elif piece.kind != "slide":
            cells.append(_markdown(piece.text))
    if found := found_by_checks(held):
        cells.append(_markdown(found))
    return _notebook(held, _with_figures(held, cells))


def figures_cell(held: Class) -> str:
    """The figures of a lesson as code: what was printed, by the name of the series."""
    rows = {held.id_of(figure): held.row(figure) for figure in used(held)}
    return f"figures = {pformat(rows, sort_dicts=False, width=110)}"


def _with_figures(held: Class, cells: list[NotebookNode]) -> list[NotebookNode]:
    """The cells with the figures in front of the first exercise, and the check at the end."""
    first = next(at for at, cell in enumerate(cells) if cell.cell_type == "code")
    told = _markdown(say(held, "figures"))
    check = [_markdown(say(held, "check")), _code(CHECK)]
    at = max(at for at, cell in enumerate(cells) if cell.cell_type == "code") + 1
    while at < len(cells) and cells[at].cell_type == "markdown" and not cells[at].source.startswith("## "):
        at += 1
    before = first - 2  # the heading of the exercises, and the text of the first
    given = [told, _code(figures_cell(held))]
    return cells[:before] + given + cells[before:at] + check + cells[at:]


def _code(source_and_name: tuple[str, str] | str) -> NotebookNode:
    source, name = source_and_name if isinstance(source_and_name, tuple) else (source_and_name, "")
    about = {"exercise": name} if name else {}
    return nbformat.from_dict(
        {"cell_type": "code", "metadata": about, "source": source, "outputs": [], "execution_count": None}
    )


def _markdown(source: str, metadata: dict[str, str] | None = None) -> NotebookNode:
    """A cell as nbformat makes it, but checked with its notebook and not before: hundreds are made for a class."""
    return nbformat.from_dict({"cell_type": "markdown", "metadata": metadata or {}, "source": source})


def _discussion(held: Class, piece: Piece) -> list[NotebookNode]:
    answer = _markdown(say(held, "your_notes"), metadata={"discussion": piece.name})
    return [_markdown(piece.text), answer]


def _given(held: Class, piece: Piece) -> str:
    """The code of a solution with the figures of the class in place of the call that asks for them."""
    ids = [held.id_of(figure) for figure in held.choices[piece.name].values()]

    def lines(found: re.Match) -> str:
        roles = [role.strip() for role in found[1].split(",")]
        return "\n".join(f'{role} = figures["{id_}"]' for role, id_ in zip(roles, ids, strict=True))

    return _GIVEN.sub(lines, piece.text)


def _stub(held: Class, piece: Piece) -> tuple[str, str]:
    exercise: Exercise = held.lesson.exercises[piece.name]
    empty = exercise.stub or f"{exercise.name} = None"
    return _SOLUTION.sub(lambda _: empty, _given(held, piece)).strip(), piece.name


def solution_text(held: Class, piece: Piece) -> str:
    """The code that solves an exercise, with the figures of the class."""
    text = _SOLUTION.sub(lambda found: found[1], _given(held, piece))
    return _LOOKED_UP.sub(lambda _: repr(held.answers[piece.name].value), text).strip()


def _notebook(held: Class, cells: list[NotebookNode]) -> NotebookNode:
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}, LESSON: held.lesson.name}
    return nbformat.v4.new_notebook(cells=cells, metadata=about)
