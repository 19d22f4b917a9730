"""What a report was accepted to say: the chain of entries, and what breaks it."""

import re
from pathlib import Path

import pytest

from analysis.accepted import FOLDER, LEDGER, NotToAccept, accept, accepted, changes, digest, ledger
from analysis.errors import BadRow, UnknownName

REPORT = "990100-2021/en"
FACTS = {
    "01_first": {("report.f()", "text, “Of …”", "text"): "Of 1000 patents", ("", "chapter", "cells"): "report.f()"},
    "02_second": {("report.g()", "table", "note"): "=1+1 \u202ehidden"},
}
REASON = "The first edition, read through by two people"


def said(**changed: str) -> dict:
    """The facts of the report, with other words in its first fact."""
    first = FACTS["01_first"] | {("report.f()", "text, “Of …”", "text"): changed.get("text", "Of 1000 patents")}
    return FACTS | {"01_first": first}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of reports with one acceptance."""
    accept(REPORT, said(), REASON, "2022-04-27", tmp_path)
    return tmp_path


def test_what_was_accepted_comes_back(reports):
    """Also a text that looks like a formula; a hidden character comes back by its number."""
    back = accepted(REPORT, reports)

    assert FACTS["01_first"] == back["01_first"]
    assert ["=1+1 ‹U+202E›hidden"] == list(back["02_second"].values())
    assert {} == accepted("990100-2020/en", reports)


def test_an_entry_tells_what_changed_why_and_of_when(reports):
    """Two chapters at first; then one fact, in an entry that begins where the first ended."""
    accept(REPORT, said(text="Of 1001 patents"), "Corrected by the office in its yearbook", "2023-01-05", reports)
    first, _, row = ledger(reports)

    assert ("1", "01_first", "chapter", "", "2 facts", "") == tuple(
        first[name] for name in ("entry", "chapter", "what", "was", "now", "before")
    )
    assert ("2", REPORT, "2023-01-05", "Corrected by the office in its yearbook", "text", "Of 1000 patents",
            "Of 1001 patents", first["after"]) == tuple(
        row[name] for name in ("entry", "report", "as_of", "reason", "what", "was", "now", "before")
    )  # fmt: skip
    assert row["after"] == digest(accepted(REPORT, reports))


def test_only_the_chapters_that_are_named_are_accepted(reports):
    """The other stays as it was accepted before."""
    new = said(text="Of 1001 patents") | {"02_second": {("report.g()", "table", "note"): "another"}}
    accept(REPORT, new, "The number was corrected", "2023", reports, ["01_first"])
    (left,) = changes(accepted(REPORT, reports), new)

    assert ("02_second", "another") == (left.chapter, left.now)


@pytest.mark.parametrize("reason", ["", "  ", "ok", "......", "改"])
def test_an_empty_reason_is_refused(tmp_path, reason):
    """What tells a later reader nothing is no reason, and nothing is written."""
    with pytest.raises(NotToAccept, match="a reason is needed"):
        accept(REPORT, said(), reason, "2022", tmp_path)
    assert not (tmp_path / FOLDER).exists()


def test_an_unknown_chapter_and_an_acceptance_of_nothing_are_refused(reports):
    """With a hint; and what says the same needs no entry."""
    with pytest.raises(UnknownName, match=r"no chapter '01_frist'.*Did you mean 01_first\?"):
        accept(REPORT, said(text="x"), REASON, "2022", reports, ["01_frist"])
    with pytest.raises(NotToAccept, match="there is nothing to accept"):
        accept(REPORT, said(), REASON, "2022", reports)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (REASON, "", "the column reason is empty"),
        ("2022-04-27", "yesterday", "as_of is 'yesterday', which no acceptance writes"),
        ("1,990100-2021/en", "7,990100-2021/en", "entry '7' follows entry 0"),
        ("990100-2021/en", "Testville", "report is 'Testville'"),
        (r"\n2,(?s:.*)", "\n", "is not what the last entry"),
        (r"(?m)^(2,.*),[0-9a-f]{16},([0-9a-f]{16})$", r"\1,0123456789abcdef,\2", "does not begin with what"),
        (r"(?m)^2,.*$", "2,nonsense", "found 2 cells, expected 12"),
    ],
)
def test_a_ledger_that_was_edited_is_refused(reports, old, new, told):
    """A reason taken out, another date, another number, an entry left out, a chain that is broken."""
    accept(REPORT, said(text="Of 1001 patents"), "The number was corrected", "2023", reports)
    path = reports / FOLDER / LEDGER
    text = path.read_text(encoding="utf-8")
    edited = re.sub(old, new, text)
    assert edited != text
    path.write_text(edited, encoding="utf-8")

    with pytest.raises(BadRow, match=re.escape(told)):
        accepted(REPORT, reports)


def test_an_accepted_file_that_was_edited_is_refused(reports):
    """One word put in, or the file taken away."""
    path = reports / FOLDER / f"{REPORT}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Of 1000", "Of 1001"), encoding="utf-8")
    with pytest.raises(BadRow, match="one of them was edited"):
        accepted(REPORT, reports)
    path.unlink()
    with pytest.raises(BadRow, match="one of them was edited"):
        accepted(REPORT, reports)


def test_the_same_acceptances_write_the_same_bytes(tmp_path):
    """No clock, no name of who it was."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        accept(REPORT, said(), REASON, "2022-04-27", tmp_path / name)
    one, other = ((tmp_path / name / FOLDER / LEDGER).read_bytes() for name in ("one", "other"))

    assert one == other
