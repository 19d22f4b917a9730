"""`ipreport check REPORT` and `ipreport accept REPORT` on the default report."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis import accept_command
from analysis.command import main


@pytest.fixture
def report(reports: Path, tmp_path: Path, monkeypatch) -> Path:
    """A copy of the English report, beside which acceptances are kept."""
    shutil.copytree(reports / "en", tmp_path / reports.name / "en")
    monkeypatch.setattr(accept_command.check_report, "__defaults__", (tmp_path,))
    return tmp_path / reports.name


def ran(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output


def accept(report: Path, *more: str) -> tuple[int, str]:
    return ran("accept", report, "--reason", "The first edition, read through", "--ledger", report.parent, *more)


def altered(report: Path, chapter: str, old: str, new: str) -> None:
    path = report / "en" / "chapters" / f"{chapter}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_report_is_checked_accepted_and_checked_again(report):
    """Before it was accepted the report is held against itself; then against what was accepted."""
    code, said = ran("check", report)
    assert (0, True) == (code, "agrees with itself and the data; nothing was accepted yet" in said)
    code, said = accept(report)
    assert (0, True) == (code, "entry 1 with 9 changes" in said)
    code, said = ran("check", report)
    assert (0, True) == (code, "facts in 9 chapters: all as accepted" in said)


def test_what_changed_is_told_line_by_line_and_can_be_accepted(report):
    """A sentence of a chapter that was written anew."""
    accept(report)
    altered(report, "03_creation", "The bar shows the same numbers as lengths.", "The bar shows them as lengths.")
    code, said = ran("check", report)
    assert 1 == code
    assert (
        "03_creation, prose #3, paragraph 1: was The bar shows the same numbers as lengths., "
        "is The bar shows them as lengths." in said
    )
    assert (0, True) == ((done := accept(report))[0], "entry 2 with 1 changes" in done[1])
    assert 0 == ran("check", report)[0]


@pytest.mark.fault(51)
def test_a_wrong_number_is_told_and_not_accepted_for_any_reason(report):
    """10.81% where the data give 10.80%."""
    altered(report, "03_creation", "10.80%", "10.81%")
    code, said = ran("check", report)
    assert (1, True) == (code, "10.81% is not what the data give for invention_share" in said)
    code, said = accept(report)

    assert (1, True) == (code, "which no reason mends" in said)
    assert not (report.parent / "accepted").exists()


def test_an_empty_reason_an_unknown_chapter_and_no_report_are_refused(report, tmp_path):
    """One message each, and nothing written."""
    assert "a reason is needed" in ran("accept", report, "--reason", " ", "--ledger", tmp_path)[1]
    assert "no chapter '03_creatoin'" in accept(report, "--chapter", "03_creatoin")[1]
    assert "expected a folder that `ipreport build` made" in ran("check", tmp_path / "nothing")[1]
    assert not (tmp_path / "accepted").exists()
