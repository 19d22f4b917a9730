"""Tables as a workbook: texts stay texts, numbers are numbers, and the bytes are the same each time."""

import io
from datetime import date, datetime
from zipfile import ZipFile

import openpyxl
import pytest
from hostile import FORMULAS, PAYLOADS

from analysis.cells import visible
from analysis.workbook import Column, Link, Number, Sheet, workbook

ABOUT = {"title": "A title", "creator": "Authors", "language": "en", "dated": date(2022, 4, 27)}


def sheet(*rows, above=()) -> Sheet:
    return Sheet("Things", "All things", [Column("Name", 20), Column("Value", 12)], rows, above)


def reopened(*rows, above=()):
    """The sheet as somebody finds it who opens the file."""
    return openpyxl.load_workbook(io.BytesIO(workbook([sheet(*rows, above=above)], **ABOUT)))["All things"]


@pytest.mark.fault(29)
@pytest.mark.parametrize("text", [*FORMULAS, *PAYLOADS.values(), "#N/A", "#REF!", "TRUE", "12"])
def test_text_is_never_a_formula_an_error_or_a_number(text):
    """The cell has the type of a string and holds the text as it is, without an apostrophe."""
    cell = reopened([text, Number("1")])["A2"]

    assert ("s", visible(text)) == (cell.data_type, cell.value)


@pytest.mark.fault(29)
@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_would_compute_stays_text_when_it_is_edited(text):
    """The cell is marked as quoted, so that Enter does not make a formula of it."""
    assert reopened([text, None])["A2"].quotePrefix
    assert not reopened(["宁波", None])["A2"].quotePrefix


def test_characters_that_a_workbook_cannot_hold_do_not_stop_it():
    """NUL, bell, a half surrogate and U+FFFF are shown by their numbers; what looks like an escape stays text."""
    assert "a‹U+0000›‹U+0007›‹U+D83D›‹U+FFFF›" == reopened(["a\x00\x07\ud83d\uffff", None])["A2"].value
    # By the standard, _x005F_ is an underscore; without it, a spreadsheet would show "=".
    assert "_x005F_x003D_1+1" == reopened(["_x003D_1+1", None])["A2"].value


def test_numbers_and_dates_have_their_types_and_formats():
    """119.50 billion is a number with thousands separators; a day is a date."""
    page = reopened(["a", Number("119500000000.25", 1)], ["b", date(2022, 4, 26)], ["c", Number("-4")], ["d", 8])
    cells = [page[f"B{row}"] for row in range(2, 6)]

    assert [119500000000.25, datetime(2022, 4, 26), -4, 8] == [cell.value for cell in cells]
    assert ["#,##0.0", "yyyy-mm-dd", "#,##0", "General"] == [cell.number_format for cell in cells]
    assert ["n", "d", "n", "n"] == [cell.data_type for cell in cells]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("http://example.org/新闻 1", "http://example.org/%E6%96%B0%E9%97%BB%201"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        (" https://example.org", None),
        ("(no address)", None),
        ("https://example.org/" + "a" * 2000, None),
    ],
)
def test_only_addresses_of_the_web_are_links(address, target):
    """Anything else, and what is longer than a spreadsheet takes, stays text."""
    cell = reopened(["a", Link(address)])["B2"]

    assert address == cell.value
    assert target == (cell.hyperlink.target if cell.hyperlink else None)


def test_head_stays_and_the_table_filters():
    """The head and the first column are frozen; the table covers every row, and repeats its head on paper."""
    page = reopened(["a", Number("1")], ["b", Number("2")])
    table = page.tables["Things"]

    assert ("B2", "A1:B3", "A1:B3", "$1:$1") == (
        page.freeze_panes, table.ref, table.autoFilter.ref, page.print_title_rows
    )  # fmt: skip
    assert [20, 12] == [page.column_dimensions[column].width for column in "AB"]
    assert page["A2"].alignment.wrap_text
    assert page["A1"].font.bold


def test_rows_above_a_table_come_first():
    """A title and labelled rows, an empty row, then the head of the table."""
    page = reopened(["a", None], above=[("Title",), ("Region", "Ningbo")])

    assert ["Title", "Region", None, "Name", "a"] == [page[f"A{row}"].value for row in range(1, 6)]
    assert "A4:B5" == page.tables["Things"].ref


def test_table_without_rows_is_a_head_alone():
    """A spreadsheet would call a table without a row damaged."""
    page = reopened()

    assert "Name" == page["A1"].value
    assert {} == dict(page.tables)


def test_same_sheets_same_bytes(monkeypatch):
    """No time of day stands in the file: neither in its properties nor at its parts; the parts are in order."""
    made = workbook([sheet(["a", None])], **ABOUT)
    monkeypatch.setattr("zipfile.time.localtime", lambda *_: (2044, 1, 2, 3, 4, 5, 0, 0, 0))
    parts = ZipFile(io.BytesIO(made)).infolist()

    assert made == workbook([sheet(["a", None])], **ABOUT)
    assert {(1980, 1, 1, 0, 0, 0)} == {part.date_time for part in parts}
    assert sorted(part.filename for part in parts) == [part.filename for part in parts]
    about = openpyxl.load_workbook(io.BytesIO(made)).properties
    assert {datetime(2022, 4, 27)} == {about.created, about.modified}
    assert ("A title", "Authors", "en") == (about.title, about.creator, about.language)
