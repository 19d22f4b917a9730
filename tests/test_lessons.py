"""The contract of lessons, and the lessons that are there."""

import json

import nbformat
import pytest

from analysis.lessons import FEWEST_EXERCISES, BadLesson, lesson_named, lessons, read_lesson

NAMES = list(lessons())


def changed(tmp_path, change) -> None:
    """The first lesson with its notebook changed, read again."""
    notebook = nbformat.from_dict(json.loads(json.dumps(lessons()[NAMES[0]].notebook)))
    change(notebook)
    path = tmp_path / f"{NAMES[0]}.ipynb"
    nbformat.write(notebook, path)
    read_lesson(path)


def exercise_cell(notebook, name: str):
    return next(cell for cell in notebook.cells if cell.metadata.get("lesson", {}).get("name") == name)


@pytest.mark.parametrize("name", NAMES)
def test_every_lesson_keeps_the_contract(name):
    """Three to five objectives, 45 to 90 minutes, six exercises of three grades, three discussions, two languages."""
    lesson = lessons()[name]
    texts = [cell for cell in lesson.notebook.cells if cell.cell_type == "markdown"]
    tags = [tag for cell in texts for tag in cell.metadata.tags if tag.startswith("lang-")]

    assert len(lesson.exercises) >= FEWEST_EXERCISES
    assert 45 <= lesson.contract.minutes <= 90
    assert tags == ["lang-en", "lang-zh"] * (len(texts) // 2)


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ("objectives", lambda nb: nb.cells[0].metadata.lesson.contract.update(objectives=[])),
        ("licence", lambda nb: nb.cells[0].metadata.lesson.contract.update(licence="all rights reserved")),
        ("20 minutes; a lesson takes 45 to 90", lambda nb: nb.cells[0].metadata.lesson.contract.update(sections=[
            {"kind": kind, "en": "x", "zh": "x", "minutes": minutes}
            for kind, minutes in (("teaching", 10), ("exercise", 5), ("discussion", 5))])),
        ("no cell has the contract", lambda nb: nb.cells[0].metadata.pop("lesson")),
        ("no rule 'largest'", lambda nb: exercise_cell(nb, "in_full").metadata.lesson.update(choose="largest")),
        ("a number has a unit", lambda nb: exercise_cell(nb, "in_full").metadata.lesson.update(unit=None)),
        ("grade", lambda nb: exercise_cell(nb, "in_full").metadata.lesson.update(grade=4)),
        ("0 cells tagged key", lambda nb: nb.cells.remove(next(c for c in nb.cells if "key" in c.metadata.tags))),
        ("expected at least 6", lambda nb: nb.update(cells=[
            cell for cell in nb.cells
            if cell.metadata.get("lesson", {}).get("name", "ends") in ("in_full", "ends", "number", "reach")])),
    ],
)  # fmt: skip
def test_a_lesson_that_breaks_the_contract_is_refused(tmp_path, said, change):
    """The message names the notebook and what is wrong."""
    with pytest.raises(BadLesson, match=rf"notebooks/{NAMES[0]}\.ipynb") as caught:
        changed(tmp_path, change)

    assert said in str(caught.value)


def test_a_lesson_is_found_by_its_number_and_by_its_name():
    """90, reading_a_bulletin and the whole name mean the same lesson."""
    assert lesson_named("90") is lesson_named("reading_a_bulletin") is lesson_named("90_reading_a_bulletin")
