"""Faults planted into a report: each makes a wrong number, has its key, and is caught by what the key says."""

import json
import re
import zlib

import nbformat
import pytest
from click.testing import CliRunner

from analysis import fault_files
from analysis.command import main
from analysis.edition import Edition
from analysis.fault_checks import PAGE_CHECKS, data_findings, whole_problems
from analysis.fault_files import require_clean, write_faults
from analysis.fault_pages import handout, learner_notebook, told, where
from analysis.fault_sheet import Sheet, unlinked
from analysis.figures import load_figures
from analysis.planted_faults import KINDS, NoSuchFault, candidates, plan
from analysis.render import html
from analysis.teaching_leaks import SolutionLeft

PLACE = ("330200", 2021)


def edition(language: str = "en", place: tuple[str, int] = PLACE) -> Edition:
    return Edition(*place, language, load_figures())


def the_sheet(language: str = "en", seed: int = 0, count: int = 6, place: tuple[str, int] = PLACE) -> Sheet:
    known = edition(language, place)
    return Sheet(known, plan(known, seed, count), seed)


@pytest.fixture(scope="module")
def six() -> Sheet:
    """The sheet with a fault of each kind."""
    return the_sheet()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The same as files."""
    return write_faults(*PLACE, tmp_path_factory.mktemp("faults"), count=6)


def test_a_plan_has_a_fault_of_each_kind_in_a_place_of_its_own(six):
    """Six kinds, six places, in the order of the kinds."""
    assert list(KINDS) == [fault.kind for fault in six.faults]
    assert 6 == len({fault.item for fault in six.faults})


@pytest.mark.parametrize("seed", range(6))
def test_a_planted_number_differs_by_more_than_rounding(seed):
    """It lies outside of the interval of the right one, and is printed otherwise; or there is no right one."""
    known = edition()
    for fault in plan(known, seed, 6):
        if fault.kind == "truncated_axis":
            assert (
                fault.times == 10
            )  # it begins at 90 % of the smallest number, so a difference looks ten times as large
        elif fault.kind == "missing_as_zero":
            assert fault.right.value is None
            assert 0 == fault.wrong.value.printed
        else:
            right, wrong = fault.right.value, fault.wrong.value.printed
            assert not right.lower <= wrong <= right.upper
            assert known.value(fault.right) != known.value(fault.wrong)


def one(kind: str, item: str, **more: str):
    """The fault of a kind in a place, worked out by hand below."""
    return next(
        each
        for each in candidates(edition(), kind)
        if each.item == item and all(getattr(each, name) == value for name, value in more.items())
    )


def test_what_a_fault_makes_is_what_one_works_out_by_hand():
    """7,819 of 72,390 patents are 10.80 %; 119亿 over 291 firms are 40.89 million yuan each."""
    known = edition()
    of_firms = one("unit_slip", "financing_per_firm")
    to_the_rest = one("wrong_denominator", "invention_share", instead="")
    in_steps = one("rounding_in_steps", "invention_share")
    stock = one("switched_definition", "invention_share", instead="valid_invention_patents")

    assert ("40.89 million yuan", "4,089 yuan") == (known.value(of_firms.right), known.value(of_firms.wrong))
    assert "12.11%" == known.value(to_the_rest.wrong)  # 7,819 / (72,390 - 7,819)
    assert "10.83%" == known.value(in_steps.wrong)  # 7,800 / 72,000
    assert "52.89%" == known.value(stock.wrong)  # 38,289 / 72,390


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", [PLACE, ("330200", 2022), ("350200", 2020), ("370100", 2022)])
def test_a_page_without_a_fault_is_caught_by_none(language, place):
    """Neither by each check nor by all together, so that whatever is caught below is the fault."""
    sheet = the_sheet(language, count=1, place=place)
    sound = sheet.chapter(frozenset())

    assert [] == whole_problems(sheet, frozenset())
    assert {} == {
        name: found for name, check in PAGE_CHECKS.items() if (found := list(check(sheet.edition, sound, sound)))
    }


CATCHES = dict.fromkeys(KINDS, "number_coherence") | {"truncated_axis": "chart_coherence"}
"""The check that must see a fault of a kind without an accepted run."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_names_the_checks_that_catch_a_fault_and_no_others(six, made, kind):
    """Each check of a page is run here again on the page with this fault alone: the key lists those that speak.

    Every fault is caught at least against the accepted run and by the checks that need none.
    """
    fault = next(each for each in six.faults if each.kind == kind)
    entry = next(each["en"] for each in json.loads((made / "instructor/key.json").read_text())["faults"]
                 if each["en"]["kind"] == kind)  # fmt: skip
    page, sound = six.chapter(frozenset({kind})), six.chapter(frozenset())
    speaking = [name for name, check in PAGE_CHECKS.items() if list(check(six.edition, page, sound))]
    in_data = [f"consistency ({each.rule})" for each in data_findings(six.edition, fault)]

    assert speaking + in_data == [each["check"] for each in entry["caught_by"]]
    assert {"differences", CATCHES[kind]} <= {*speaking}
    assert whole_problems(six, frozenset({kind}))
    assert entry["where"] == where(six, fault)
    assert entry["off"]


def test_a_check_of_the_data_sees_a_slip_that_stands_in_the_data():
    """An amount ten thousand times too small stands out among the years or places, and is found by its magnitude."""
    rules = {
        finding.rule for fault in candidates(edition(), "unit_slip") for finding in data_findings(edition(), fault)
    }

    assert "magnitude" in rules


def test_a_wrong_quotient_is_none_that_a_check_of_the_data_could_see(six):
    """The figures are right where only the dividing or the drawing is wrong."""
    unseen = {"wrong_denominator", "rounding_in_steps", "truncated_axis"}

    assert [] == [each for fault in six.faults if fault.kind in unseen for each in data_findings(six.edition, fault)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_learners_read_the_wrong_sentences_and_no_word_of_the_key(made, language):
    """The page and the notebook hold every planted sentence, no link to a card, no kind, no right sentence."""
    sheet = the_sheet(language)
    page = (made / "students" / language / "fault_sheet.html").read_text(encoding="utf-8")
    notebook = nbformat.read(made / "students" / language / "fault_sheet.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells)

    nbformat.validate(notebook)
    assert not re.search(r'href="#(?!main|top|contents)', page)
    for fault in sheet.faults:
        if fault.right is not None:
            assert unlinked(sheet.sentence(fault.item, True)) in text
            assert unlinked(sheet.sentence(fault.item, False)) not in text
        assert fault.kind not in page + text


@pytest.mark.fault(85)
@pytest.mark.parametrize("left", ["right", "done", "off", "kind"])
def test_a_word_of_the_key_that_is_left_is_found(six, left):
    """What was done, what is right, by how much, and the name of the kind: any of them in a page is refused."""
    fault = six.faults[1]
    mark = fault.kind if left == "kind" else told(six, fault)[left]

    require_clean(
        six, {"page": html(handout(six)).encode(), "notebook": nbformat.writes(learner_notebook(six)).encode()}
    )
    with pytest.raises(SolutionLeft, match="holds something of its key"):
        require_clean(six, {"page": f"<p data-note='{mark}'>".encode()})


def test_nothing_is_put_in_place_where_the_key_leaks(tmp_path, monkeypatch):
    """If the page showed the right sentence, no file would be written."""
    fault = the_sheet(count=1).faults[0]
    monkeypatch.setattr(fault_files, "learner_notebook", lambda sheet: nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(fault.kind, id="x")]))  # fmt: skip

    with pytest.raises(SolutionLeft):
        write_faults(*PLACE, tmp_path, count=1)

    assert [] == list(tmp_path.iterdir())


def test_the_same_seed_makes_the_same_bytes_and_another_seed_other_faults(made, tmp_path):
    """No time and no path is in the files; what the seed draws is the same in both languages."""
    again = write_faults(*PLACE, tmp_path, count=6)
    files = {path.relative_to(made): zlib.crc32(path.read_bytes()) for path in made.rglob("*") if path.is_file()}
    plans = {seed: [(fault.kind, fault.item) for fault in plan(edition(), seed, 3)] for seed in range(8)}

    assert files == {p.relative_to(again): zlib.crc32(p.read_bytes()) for p in again.rglob("*") if p.is_file()}
    assert len({str(each) for each in plans.values()}) == 8
    assert plans[3] == [(fault.kind, fault.item) for fault in plan(edition("zh"), 3, 3)]


def test_too_many_faults_for_a_place_are_refused():
    """The message says how many there is a place for, of which kinds, and what to do."""
    known = edition(place=("350000", 2013))

    with pytest.raises(NoSuchFault, match=r"6 faults are wanted, but the report of Fujian in 2013 has places for \d"):
        plan(known, 0, 6)


def test_the_command_makes_the_page_and_says_where(tmp_path):
    """Exit 0 with both folders named; a place without figures is refused with one message."""
    done = CliRunner().invoke(main, ["teach", "faults", "--region", "330200", "--year", "2021", "--count", "1",
                                     "--output", str(tmp_path)])  # fmt: skip
    refused = CliRunner().invoke(main, ["teach", "faults", "--region", "330200", "--year", "1999"])

    assert 0 == done.exit_code
    assert "(with the key)" in done.output
    assert (tmp_path / "330200-2021-faults-0/students/zh/fault_sheet.pdf").is_file()
    assert 1 == refused.exit_code
