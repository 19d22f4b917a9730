"""The export for nbgrader: what its metadata ask for, and tests that give the points of our own grader.

Whether nbgrader itself takes it is shown by `make test-nbgrader`, which needs an environment of its own.
"""

import contextlib
import io
import sys
import types

import nbformat
import pytest
from click.testing import CliRunner

from analysis.figures import load_figures
from analysis.lesson_notebooks import solution_text
from analysis.lesson_texts import pieces
from analysis.lessons import lessons
from analysis.nbgrader_course import BEGIN_TESTS, NoExport, source_notebook
from analysis.parameters import Parameters
from analysis.teach_commands import teach
from analysis.teaching import LacksFigures, held
from analysis.teaching_files import build_class
from analysis.teaching_leaks import contents, left

PLACE = ("330200", 2021)


def the_class(name="90_reading_a_bulletin", language="en", place=PLACE):
    return held(lessons()[name], load_figures(), Parameters(*place, language))


def points(made, answers: dict[str, str]) -> dict[str, int]:
    """The points of each exercise when its cells are run as nbgrader runs them, with ``answers`` in place of ours."""
    names, found = {}, {}
    sys.modules["check"] = types.ModuleType("check")
    sys.modules["check"].check = lambda answers: None
    try:
        for cell in source_notebook(made).cells:
            about = cell.metadata.get("nbgrader", {})
            if cell.cell_type != "code":
                continue
            source = answers.get(about["grade_id"], cell.source) if about.get("solution") else cell.source
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(source, names)
                passed = True
            except Exception:
                passed = False
            if about.get("grade"):
                found[about["grade_id"].removesuffix("-points")] = about["points"] if passed else 0
    finally:
        del sys.modules["check"]
    return found


@pytest.mark.parametrize("name", lessons())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_cells_have_the_metadata_that_nbgrader_asks_for(name, language):
    """Of version 3, each with an id of its own; points where something is graded; prose that is graded is answered."""
    made = the_class(name, language)
    notebook = source_notebook(made)
    nbformat.validate(notebook)
    marked = [(cell, cell.metadata["nbgrader"]) for cell in notebook.cells if "nbgrader" in cell.metadata]
    ids = [about["grade_id"] for _, about in marked]

    assert {3} == {about["schema_version"] for _, about in marked}
    assert len(ids) == len(set(ids))
    assert all(("points" in about) == about["grade"] for _, about in marked)
    assert all(about["grade"] == about["solution"] for cell, about in marked if cell.cell_type == "markdown")
    assert all(about["locked"] for cell, about in marked if BEGIN_TESTS in cell.source)
    graded = {
        about["grade_id"]: about["points"] for cell, about in marked if cell.cell_type == "code" and about["grade"]
    }
    assert {f"{each.name}-points": each.grade for each in made.exercises} == graded
    assert len(made.lesson.contract.discussions) == sum("discussion-" in each for each in ids)


def some_classes(name: str, most: int = 3) -> list:
    """A lesson in the first places and years that can hold it."""
    figures, found = load_figures(), []
    for place in ((code, year) for code in figures.regions() for year in figures.years(code)):
        with contextlib.suppress(LacksFigures):
            found.append(the_class(name, place=place))
        if len(found) == most:
            break
    return found


@pytest.mark.fault(86)
@pytest.mark.parametrize("name", lessons())
def test_hidden_tests_are_of_the_class(name):
    """For any place and year the model solution has every point, and the untouched notebook none."""
    classes = some_classes(name)
    for made in classes:
        full = {each.name: each.grade for each in made.exercises}
        stubs = {each.name: each.stub or f"{each.name} = None" for each in made.exercises}

        assert full == points(made, {})
        assert dict.fromkeys(full, 0) == points(made, stubs)
    assert 3 == len(classes)


def test_the_key_of_one_year_is_not_that_of_another():
    """Answers of another year have no point where the figures differ: 119亿 is the amount of one year only."""
    made, other = the_class(), the_class(place=("330200", 2020))
    solved = {piece.name: solution_text(other, piece) for piece in pieces(other) if piece.kind == "solution"}
    given = {"in_full": f"in_full = {float(other.answers['in_full'].value)}"}

    assert "amount" in solved["in_full"]
    assert 0 == points(made, given)["in_full"]


@pytest.mark.fault(83)
def test_slips_and_lies_have_no_point():
    """亿 read as 万, ends the wrong way round, another word, subclasses, what is no number: only exact values count."""
    lying = "class Lies(float):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0.0\n"
    answers = {
        "sentence_kinds": "sentence_kinds = 'TCF'",
        "in_full": "in_full = 1190000",
        "one_unit": f"{lying}one_unit = Lies(100)",
        "ends": "ends = [401150, 401050]",
        "in_english": "in_english = float('nan')",
        "number": "def number(printed, power): return [1]",
    }
    got = points(the_class(), answers)

    assert dict.fromkeys(answers, 0) == {name: got[name] for name in answers}
    assert (2, 1, 3) == (got["what_is_known"], got["stock_or_flow"], got["reach"])


def test_the_course_lies_with_whoever_teaches(tmp_path):
    """In instructor/ only; it holds the key, which the search finds; what learners get is the same as without it."""
    place, _ = build_class(*PLACE, tmp_path / "with", wanted=("90",), export="nbgrader")
    plain, _ = build_class(*PLACE, tmp_path / "without", wanted=("90",))
    course = place / "instructor/nbgrader/en"
    given = lambda folder: {  # noqa: E731
        path.relative_to(folder): path.read_bytes() for path in (folder / "students").rglob("*") if path.is_file()
    }

    assert given(place) == given(plain)
    assert not (plain / "instructor/nbgrader").exists()
    names = {str(path.relative_to(course)) for path in course.rglob("*") if path.is_file()}
    folder = "source/90_reading_a_bulletin"
    assert {"nbgrader_config.py", f"{folder}/90_reading_a_bulletin.ipynb", f"{folder}/check.py"} == names
    assert len(left(the_class(), contents(course))) > 20


def test_one_source_for_all_and_a_world_for_each_do_not_go_together(tmp_path):
    """The message says why, and nothing is written."""
    with pytest.raises(NoExport, match="--students do not go together"):
        build_class(*PLACE, tmp_path / "x", students={"anna": ""}, export="nbgrader")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("asked", [[], ["--export", "nbgrader"]], ids=["without", "with"])
def test_the_command_exports_when_it_is_asked(tmp_path, asked):
    """Only with --export; what is told names the class."""
    command = ["build", "--region", PLACE[0], "--year", str(PLACE[1]), "--lesson", "90", "--output", str(tmp_path)]
    run = CliRunner().invoke(teach, [*command, *asked])

    assert 0 == run.exit_code, run.output
    assert "The class is ready" in run.output
    assert bool(asked) == (tmp_path / "330200-2021/instructor/nbgrader/zh/source").exists()
