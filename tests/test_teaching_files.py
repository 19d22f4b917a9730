"""A class as files: every edition is there, and nothing of the key is in what learners get."""

import csv
import json
import re
import sys

import nbformat
import pytest

from analysis import teaching_files
from analysis.errors import OutputError
from analysis.figures import load_figures
from analysis.lessons import lessons
from analysis.parameters import Parameters
from analysis.teaching import held
from analysis.teaching_files import build_class
from analysis.teaching_leaks import SolutionLeft, contents, left, require_clean

FIRST = next(iter(lessons()))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The class of the default report, all lessons."""
    return build_class("330200", 2021, tmp_path_factory.mktemp("classes"))[0]


def the_class(language="en"):
    return held(lessons()[FIRST], load_figures(), Parameters("330200", 2021, language))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", lessons())
def test_every_edition_of_a_lesson_is_there(made, name, language):
    """For learners notebook, handout, slides, check and figures; for whoever teaches notebook and key."""
    learners = {path.name for path in (made / "students" / language / name).iterdir()}
    teachers = {path.name for path in (made / "instructor" / language / name).iterdir()}

    assert {f"{name}.ipynb", "handout.html", "handout.pdf", "slides.html", "check.py", "figures.csv"} == learners
    assert {f"{name}.ipynb", "key.html", "key.pdf"} == teachers
    nbformat.validate(nbformat.read(made / "students" / language / name / f"{name}.ipynb", as_version=4))


@pytest.mark.fault(85)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_of_the_key_is_in_what_learners_get(made, language):
    """Neither solutions nor answers nor words for teachers; and the search finds these in the teacher's files."""
    each = the_class(language)

    assert [] == left(each, contents(made / "students" / language / FIRST))
    assert len(left(each, contents(made / "instructor" / language / FIRST))) > 20


@pytest.mark.fault(85)
@pytest.mark.parametrize(
    "mark",
    ["### BEGIN SOLUTION", "401,050", "401050", "401050.00", 'in_full = 11900000000', "sentence_kinds = 'tcf'",
     "A table of all places from one publication.", "return float(printed) * 10**power",
     "\\u4e07 and \\u4ebf mixed up"],
)  # fmt: skip
@pytest.mark.parametrize("where", ["metadata", "alt", "csv"])
def test_one_mark_left_in_is_found(mark, where):
    """In a cell's metadata, in an alternative text, in a table: the folder is refused."""
    each = the_class()
    mark = mark.encode().decode("unicode_escape") if "\\u" in mark else mark
    text = {
        "metadata": json.dumps({"cells": [{"metadata": {"note": mark}}]}),
        "alt": f"<img alt='{mark}'>",
        "csv": f"a,b\n1,{mark}\n",
    }

    with pytest.raises(SolutionLeft, match="holds something of the key"):
        require_clean(each, {"file": text[where].encode()})


def test_a_class_with_a_leak_is_not_put_in_place(monkeypatch, tmp_path):
    """If a handout held a solution, nothing would be written, and what stood there would stay."""
    place, _ = build_class("330200", 2021, tmp_path, wanted=(FIRST,))
    before = (place / "instructor/key.json").read_bytes()
    monkeypatch.setattr(teaching_files, "slides", lambda each: "401,050")

    with pytest.raises(SolutionLeft):
        build_class("330200", 2021, tmp_path, wanted=(FIRST,))

    assert before == (place / "instructor/key.json").read_bytes()
    assert [place] == list(tmp_path.iterdir())


def test_learners_need_the_standard_library_only(made):
    """Whatever a learner's files import comes with Python, or lies beside them."""
    for path in (made / "students/en").rglob("*"):
        if path.suffix == ".ipynb":
            source = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code")
        elif path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
        else:
            continue
        imported = set(re.findall(r"(?m)^\s*(?:from|import) (\w+)", source))
        assert imported <= set(sys.stdlib_module_names) | {"check"}


def test_check_is_small_and_knows_no_answer(made, capsys):
    """Under 10 KB; 亿 read as 万 is told; an answer that can be right is called so."""
    for path in (made / "students").rglob("check.py"):
        assert path.stat().st_size < 10_000
    names = {}
    exec((made / f"students/en/{FIRST}/check.py").read_text(encoding="utf-8"), names)
    names["check"]({"in_full": 1_190_000, "ends": [401_150, 401_050], "stock_or_flow": "stok", "number": float,
                    "one_unit": 100, "reach": lambda printed, power: 1})  # fmt: skip
    said = {line.split()[1].rstrip(":"): line for line in capsys.readouterr().out.splitlines()[:-1]}

    assert "10,000 times too small: was 亿 read as 万" in said["in_full"]
    assert "smaller than the upper end" in said["ends"]
    assert "one of the words stock, flow" in said["stock_or_flow"]
    assert "raised TypeError" in said["number"]
    assert said["one_unit"].startswith("+")
    assert said["reach"].startswith("+")
    assert "not answered yet" in said["in_english"]


@pytest.mark.fault(88)
def test_slides_ask_for_nothing_and_run_nothing(made):
    """One page with no script, no address of another file, and a policy that allows none."""
    for path in (made / "students").rglob("slides.html"):
        page = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in page
        assert not re.search(r"<script|<link|<img|src=|url\(|@import", page)
        assert page.count("<section>") > 10


def test_a_class_is_made_twice_to_the_same_bytes(made, tmp_path):
    """No time, path or order of the machine is in it."""
    again = build_class("330200", 2021, tmp_path)[0]
    files = {path.relative_to(made): path.read_bytes() for path in made.rglob("*") if path.is_file()}

    assert files == {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}


def test_the_codebook_tells_what_a_figure_is(made):
    """Name, unit, flow or stock, definition and trap of each series that the lessons use."""
    with (made / "students/en/codebook.csv").open(encoding="utf-8") as file:
        rows = {row["series"]: row for row in csv.DictReader(file)}

    assert "stock" == rows["valid_invention_patents"]["kind"]
    assert "CNY" == rows["pledge_financing_amount"]["unit"]


def test_a_class_is_never_written_among_its_sources():
    """Not into notebooks/ or data/."""
    from analysis import paths

    with pytest.raises(OutputError):
        build_class("330200", 2021, paths.DATA / "classes")
