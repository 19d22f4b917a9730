"""Worlds: other numbers for each learner, by law."""

import json
import zipfile
from base64 import b64decode
from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import nbformat
import pytest

from analysis import world_files
from analysis.codebook import codebook
from analysis.figures import Figures, load_figures
from analysis.identities import identities
from analysis.lesson_notebooks import learner_notebook, learner_text
from analysis.lesson_tables import figures_csv
from analysis.lesson_texts import in_language, pieces
from analysis.lessons import lessons
from analysis.notebook_texts import notebook_text
from analysis.parameters import Parameters
from analysis.roster import BadRoster, roster
from analysis.rounding import printed_place
from analysis.self_check import self_check
from analysis.teaching import held
from analysis.teaching_files import build_class
from analysis.teaching_leaks import SolutionLeft, left, marks, written
from analysis.worlds import world

PLACE = ("330200", 2021)
SEEDS = [f"0 s{number}" for number in range(12)]


def rows(figures) -> list:
    return [each for each in figures if (each.region, each.reference_year) == PLACE]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_world_keeps_how_numbers_are_printed(seed):
    """The same rows with the same power of ten, place, unit, qualifier; only the digits differ, in most of them."""
    old, new = rows(load_figures()), rows(world(load_figures(), *PLACE, seed))
    form = lambda each: (each.series, each.source, each.multiplier, each.unit, each.qualifier,  # noqa: E731
                         printed_place(each.value, each.multiplier))  # fmt: skip

    assert sorted(map(form, old)) == sorted(map(form, new))
    assert sum(a.value != b.value for a, b in zip(old, new, strict=True)) > len(old) * 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_a_world_is_lawful(seed):
    """No part exceeds its whole, nothing is negative that was not, and a total differs from its parts as it did."""
    figures, made = load_figures(), world(load_figures(), *PLACE, seed)
    for series in made.series_of(*PLACE):
        part, whole = made.chosen(*PLACE, series), made.chosen(*PLACE, codebook()[series].part_of)
        if (
            whole
            and figures.chosen(*PLACE, series).rounded.printed < figures.chosen(*PLACE, whole.series).rounded.printed
        ):
            assert part.rounded.printed <= whole.rounded.printed
        assert (part.rounded.printed > 0) == (figures.chosen(*PLACE, series).rounded.printed > 0)
    gis = next(each for each in identities().sum if each.whole == "geographical_indications")
    whole, first, second = (made.chosen(*PLACE, each).rounded.printed for each in (gis.whole, *gis.parts))

    assert -1 == whole - first - second  # 58 against 40 + 19


def test_worlds_differ_and_come_again():
    """Two learners have other numbers; the same learner has the same."""
    one, two, again = (world(load_figures(), *PLACE, seed) for seed in ("0 a", "0 b", "0 a"))

    assert rows(one) != rows(two)
    assert rows(one) == rows(again)


@pytest.mark.parametrize("name", lessons())
def test_every_world_has_the_same_exercises(name):
    """What is asked does not depend on the learner; what is answered does."""
    parameters, lesson = Parameters(*PLACE, "en"), lessons()[name]
    made = [held(lesson, world(load_figures(), *PLACE, seed), parameters) for seed in SEEDS[:4]]
    named = [
        [(name, [each.series for each in choice.values()]) for name, choice in one.choices.items()] for one in made
    ]

    assert named == [named[0]] * 4
    assert len({str(one.answers) for one in made}) == 4


@pytest.mark.parametrize("name", lessons())
def test_a_key_has_no_language(name):
    """What is right in English is right in Chinese: the key is computed once, and stands for both."""
    own = world(load_figures(), *PLACE, SEEDS[0])
    english, chinese = (held(lessons()[name], own, Parameters(*PLACE, language)) for language in ("en", "zh"))
    other = in_language(english, "zh")

    assert english.answers == chinese.answers
    assert pieces(chinese) == pieces(other)
    assert learner_notebook(chinese, varied=True) == learner_notebook(other, varied=True)
    assert learner_notebook(english) != learner_notebook(other)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_notebooks_of_worlds_are_written_as_nbformat_does(language):
    """Cells that are the same for every learner are written once; not a byte differs, and the notebook is valid."""
    for name, seed in ((name, seed) for name in lessons() for seed in SEEDS[:2]):
        own = world(load_figures(), *PLACE, seed)
        notebook = learner_notebook(held(lessons()[name], own, Parameters(*PLACE, language)), varied=True)
        nbformat.validate(notebook)

        assert nbformat.writes(notebook) == notebook_text(notebook)


def test_a_world_stands_in_the_same_order():
    """Which publication speaks for a number is decided anew, and every other region and year is left as it was."""
    figures = load_figures()
    made = world(figures, *PLACE, SEEDS[0])

    assert [str(each) for each in Figures(list(made), figures.data)] == [str(each) for each in made]
    varied = (PLACE, (PLACE[0], PLACE[1] - 1))
    kept = lambda rows: [each for each in rows if (each.region, each.reference_year) not in varied]  # noqa: E731
    assert kept(figures) == kept(made)
    assert rows(figures) != rows(made)


@pytest.mark.fault(85)
def test_a_call_that_learners_may_see_is_no_leak():
    """An answer that happens to have the digits of the call that check.py tries gives nothing away; the call does."""
    made = held(lessons()["90_reading_a_bulletin"], load_figures(), Parameters(*PLACE, "en"))
    seen = Fraction(made.answers["number"].sample[0])
    made.answers["in_english"] = replace(made.answers["in_english"], value=seen, mistakes={})
    files = {"check.py": self_check(made).encode()}

    assert str(made.answers["number"].sample[0]) in self_check(made)
    assert [] == left(made, files)
    assert [] != left(made, {"check.py": repr(made.answers["number"].calls[0][0]).encode()})


@pytest.mark.parametrize("name", lessons())
def test_what_has_no_figure_in_it_is_computed_once_for_all(name):
    """A learner whose lesson is like the class's has the key that their own figures give when all is computed anew."""
    lesson, own, parameters = lessons()[name], world(load_figures(), *PLACE, SEEDS[1]), Parameters(*PLACE, "en")
    model = held(lesson, load_figures(), parameters)
    like, anew = held(lesson, own, parameters, 0, model), held(lesson, own, parameters)
    alike = [exercise for exercise, choice in like.choices.items() if choice == anew.choices[exercise]]

    assert len(alike) > len(lesson.exercises) / 2
    assert {each: anew.answers[each] for each in alike} == {each: like.answers[each] for each in alike}


@pytest.mark.fault(85)
@pytest.mark.parametrize("name", lessons())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_leak_to_a_later_learner_is_found(name, language):
    """That the files of others were clean hides nothing: not an answer, nor a solution, nor a word of the key.

    Put into a line that all have in common, into one of the learner's own, and into a new one.
    """
    lesson, model = lessons()[name], held(lessons()[name], load_figures(), Parameters(*PLACE, "en"))
    one, other = (
        in_language(held(lesson, world(load_figures(), *PLACE, seed), model.parameters, 0, model), language)
        for seed in SEEDS[:2]
    )
    clean = {f"{number}": [learner_text(each).encode(), self_check(each).encode(), figures_csv(each).encode()]
             for number, each in enumerate((one, other))}  # fmt: skip
    files = dict(zip("abc", clean["1"], strict=True))
    common = next(line for line in clean["0"][1].splitlines() if line in clean["1"][1] and b"def " in line)
    private = next(line for line in clean["1"][0].splitlines() if line not in clean["0"][0])
    planted = [mark for mark in dict.fromkeys(marks(other)) if "\n" not in mark]

    assert [] == left(one, dict(zip("abc", clean["0"], strict=True))) == left(other, files)
    for at, mark in enumerate(planted):
        form = sorted(written(mark))[-1]
        spoilt = [files | {"b": files["b"].replace(common, common + form)},
                  files | {"a": files["a"].replace(private, private + form)},
                  files | {"c": files["c"] + form}][at % 3]  # fmt: skip
        assert any(repr(mark) in each for each in left(other, spoilt)), mark


@pytest.mark.fault(85)
@pytest.mark.parametrize("name", lessons())
def test_a_line_that_was_harmless_to_one_learner_is_searched_for_the_key_of_the_next(name):
    """Both have it; to the first it says nothing, and to the second it says an answer."""
    lesson, model = lessons()[name], held(lessons()[name], load_figures(), Parameters(*PLACE, "en"))
    one, other = (held(lesson, world(load_figures(), *PLACE, seed), model.parameters, 0, model) for seed in SEEDS[:2])
    said = set(marks(one))
    theirs = [mark for mark in marks(other) if mark not in said and mark[-1].isdigit()]
    lines = [f"about {mark}".encode() for mark in theirs]
    harmless = [line for line in lines if not any(form in line for mark in said for form in written(mark))]

    assert len(harmless) > 10
    assert [] == left(one, {"a": b"\n".join(harmless)})
    assert all(left(other, {"a": line}) for line in harmless)


def test_a_world_that_gives_something_away_stops_the_class(tmp_path, monkeypatch):
    """What stood there stays, and nothing of the rest is left lying about."""
    place, _ = build_class(*PLACE, tmp_path, wanted=("90",), students={"anna": ""})
    before = (place / "students/anna.zip").read_bytes()
    monkeypatch.setattr(world_files, "self_check", lambda each: "### BEGIN SOLUTION")

    with pytest.raises(SolutionLeft, match="BEGIN SOLUTION"):
        build_class(*PLACE, tmp_path, wanted=("90",), students={"anna": "", "bo": ""})

    assert before == (place / "students/anna.zip").read_bytes()
    assert [place] == list(tmp_path.iterdir())


def test_each_learner_has_an_archive_and_a_key(tmp_path):
    """Named by the roster, 張三 too; the notebook calls its numbers invented; the key has each learner's own."""
    place, _ = build_class(*PLACE, tmp_path, students={"anna": "Anna", "張三": "張三"})
    key = json.loads((place / "instructor/key.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(place / "students/張三.zip") as archive:
        names = archive.namelist()
        notebook = nbformat.read(BytesIO(archive.read("en/90_reading_a_bulletin/90_reading_a_bulletin.ipynb")), 4)

    assert {"anna", "張三"} == set(key["students"])
    assert key["students"]["anna"] != key["students"]["張三"]
    assert 2 * 3 * len(lessons()) == len(names)
    assert "invented: do not quote" in notebook.cells[1].source
    assert not list((place / "students").rglob("9*.ipynb"))


@pytest.mark.parametrize(
    ("text", "said"),
    [("name\nx\n", "no column `student`"), ("student\na\na\n", "twice"), ("student\n../x\n", "cannot name a folder"),
     ("student\n\xa0\n", "cannot name a folder"), ("", "no line")],
)  # fmt: skip
def test_a_roster_that_cannot_be_used_is_refused(tmp_path, text, said):
    """The message names the line."""
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")

    with pytest.raises(BadRoster, match=said):
        roster(tmp_path / "roster.csv")


def test_a_roster_of_a_spreadsheet_is_read(tmp_path):
    """With a byte order mark, with names, with letters of any writing."""
    (tmp_path / "roster.csv").write_text("student,name\ns-1,Anna B.\n張三,\n", encoding="utf-8-sig")

    assert {"s-1": "Anna B.", "張三": ""} == roster(tmp_path / "roster.csv")


def test_pictures_of_a_world_draw_its_own_numbers_in_both_languages(tmp_path):
    """The picture in a learner's notebook is of the varied numbers, and its words are of the notebook's language."""
    place, _ = build_class(*PLACE, tmp_path, wanted=("96",), students={"anna": "", "bo": ""})
    pictures = {}
    for student in ("anna", "bo"):
        with zipfile.ZipFile(place / f"students/{student}.zip") as archive:
            for language in ("en", "zh"):
                name = next(each for each in archive.namelist() if each.startswith(language) and each.endswith("ipynb"))
                notebook = nbformat.read(BytesIO(archive.read(name)), 4)
                nbformat.validate(notebook)
                attached = [cell.attachments for cell in notebook.cells if "attachments" in cell]
                pictures[student, language] = b64decode(attached[0]["cut-axis.svg"]["image/svg+xml"]).decode()
                assert 3 == len(attached)

    assert 4 == len({*pictures.values()})
    assert "axis from zero" in pictures["anna", "en"]
    assert "纵轴从零开始" in pictures["anna", "zh"]
    assert ">7,819<" not in pictures["anna", "en"]


@pytest.mark.parametrize("name", lessons())
def test_a_learner_is_asked_what_the_class_is_asked(name):
    """What the published figures gave is not looked for again: each figure is the same row, with the learner's number.

    So what is judged has the same letters, and the key is computed from the learner's own numbers.
    """
    lesson, parameters = lessons()[name], Parameters(*PLACE, "en")
    model = held(lesson, load_figures(), parameters)
    mine = held(lesson, own := world(load_figures(), *PLACE, SEEDS[0]), parameters, 0, model)
    rows = lambda made: [(each.region, each.reference_year, each.series, each.source)  # noqa: E731
                         for choice in made.choices.values() for each in choice.values()]  # fmt: skip

    assert rows(model) == rows(mine)
    assert all(each in own.every(*row[:3]) for choice in mine.choices.values()
               for each in choice.values() for row in [(each.region, each.reference_year, each.series)])  # fmt: skip
    assert {key: [each.letter for each in items] for key, items in model.items.items()} == {
        key: [each.letter for each in items] for key, items in mine.items.items()
    }
    assert model.answers != mine.answers
