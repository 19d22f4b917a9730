"""The memo: a text to write, its rubric for everybody, and what a good one mentions for whoever teaches."""

import json

import nbformat
import pytest

from analysis.figures import load_figures
from analysis.grade_files import feedback
from analysis.grading import grades
from analysis.isolation import way_in
from analysis.lesson_keys import key_of
from analysis.lesson_notebooks import learner_notebook, solved_notebook, teacher_notebook
from analysis.lesson_texts import pieces
from analysis.lessons import BadLesson, lesson_named, read_lesson
from analysis.parameters import Parameters
from analysis.tables import plain_text
from analysis.teaching import held


def the_class(region: str = "330200", year: int = 2021, language: str = "en"):
    return held(lesson_named("97"), load_figures(), Parameters(region, year, language))


def prose(notebook) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_learners_see_the_rubric_and_not_what_a_good_memo_mentions(language):
    """Task, alternatives, criteria and four rows of three levels are for everybody; the mentions are not."""
    made = the_class(language=language)
    memo = made.lesson.contract.memo
    learners, teachers = prose(learner_notebook(made)), prose(teacher_notebook(made))

    assert [3] * 4 == [len(row.levels) for row in memo.rubric]
    for words in (*memo.alternatives, *memo.criteria, *(level for row in memo.rubric for level in row.levels)):
        assert words.text(language) in learners
    for words in memo.mentions:
        assert words.text(language) not in learners
        assert words.text(language) in teachers


def test_the_evidence_of_the_key_is_what_the_report_computes():
    """11.9 billion over 291 firms is 40.89 million each; a credit line of more than 400 million stays a bound."""
    told = plain_text("\n".join(piece.text for piece in pieces(the_class()) if piece.kind == "notes"))

    assert "| 40.89 million yuan | 40.721 to 41.066 million yuan |" in told
    assert "| more than 9.79 | no upper end known |" in told
    assert "40.89 million" not in prose(learner_notebook(the_class()))


def test_a_place_without_pledge_financing_is_told_so():
    """Where none of the indicators can be computed, whoever teaches reads that, and the lesson is held all the same."""
    told = "\n".join(piece.text for piece in pieces(the_class("350000", 2013)) if piece.kind == "notes")

    assert "None of the indicators that this lesson names can be computed for Fujian in 2013" in told


@pytest.mark.skipif(not way_in(), reason="learners' code cannot be kept apart on this system")
def test_a_memo_is_shown_in_feedback_and_not_marked(tmp_path):
    """What was written stands there escaped; the points are those of the exercises."""
    made = the_class()
    notebook = solved_notebook(made)
    place = next(cell for cell in notebook.cells if cell.metadata.get("discussion") == "memo")
    place.source = "We advise <script>alert(1)</script> a pilot."
    nbformat.write(notebook, tmp_path / "anna.ipynb")
    key = {"lessons": {made.lesson.name: key_of(made)}, "students": {}}
    (grade,) = grades(tmp_path, key, way_in())
    page = feedback([grade], key, "en")

    assert grade.points == grade.most == sum(each.grade for each in made.exercises)
    assert "Your memo (not marked)" in page
    assert "We advise &lt;script&gt;alert(1)&lt;/script&gt; a pilot." in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ("a memo has a section", lambda contract: contract.pop("memo")),
        ("rubric", lambda contract: contract["memo"]["rubric"].pop()),
        ("levels", lambda contract: contract["memo"]["rubric"][0]["levels"].pop()),
        ("no indicator 'loans_per_bank'", lambda contract: contract["memo"]["evidence"].append("loans_per_bank")),
    ],
)
def test_a_memo_without_its_parts_is_refused(tmp_path, said, change):
    """A section without a task, three rows of a rubric, two levels, an indicator that does not exist."""
    notebook = nbformat.from_dict(json.loads(json.dumps(lesson_named("97").notebook)))
    change(notebook.cells[0].metadata.lesson.contract)
    path = tmp_path / "97_the_policy_memo.ipynb"
    nbformat.write(notebook, path)

    with pytest.raises(BadLesson, match=said):
        read_lesson(path)
