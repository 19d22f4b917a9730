"""Tables are read as they stand, or refused with the file, the line and what was expected."""

import gzip
import re

import pytest

from analysis.errors import BadRow
from analysis.records import MOST_BYTES, MOST_ROWS, one_of, records, required


@pytest.fixture
def table(tmp_path):
    """Write bytes as a table with the columns a and b, and read it."""

    def read(written: bytes) -> list:
        path = tmp_path / "data" / "small.csv"
        path.parent.mkdir()
        path.write_bytes(written)
        return list(records(path, ["a", "b"]))

    return read


@pytest.mark.fault(49)
def test_rows_come_as_text_with_their_place(table):
    """The header is line 1; cells stay text, with their zeros."""
    found = table(b"a,b\n1.0,x\n007,y\n")

    assert found == [
        ("data/small.csv, line 2", {"a": "1.0", "b": "x"}),
        ("data/small.csv, line 3", {"a": "007", "b": "y"}),
    ]


@pytest.mark.fault(38)
def test_a_byte_order_mark_and_windows_line_ends_are_passed_over(table):
    """A spreadsheet puts both in, and neither changes what is said."""
    assert [row for _, row in table(b"\xef\xbb\xbfa,b\r\n1,2\r\n")] == [{"a": "1", "b": "2"}]


def test_a_cell_over_two_lines_is_one_cell(table):
    """A quoted line break belongs to its cell, and the row after it is still counted by lines."""
    found = table(b'a,b\n"1\n2",x\n3,y\n')

    assert found[0][1]["a"] == "1\n2"
    assert found[1][0].endswith("line 4")


@pytest.mark.fault(35)
@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "line 1: found the columns [], expected ['a', 'b']"),
        (b"b,a\n", "line 1: found the columns ['b', 'a'], expected ['a', 'b']"),
        (b"a;b\n1;2\n", "line 1: found the columns ['a;b']"),
        (b"a,b\n1\n", "line 2: found 1 cells, expected 2: a, b"),
        (b"a,b\n1,2\n1,2,3\n", "line 3: found 3 cells"),
        (b"a,b\n\n1,2\n", "line 2: found 0 cells"),
        (b'a,b\n1,"2\n', "not a CSV row"),
        (b'a,b\n1,"2"3\n', "line 2: not a CSV row"),
        ("a,b\n1,试验\n".encode("gbk"), "not UTF-8 text"),
        ("a,b\n1,2\n".encode("utf-16"), "not UTF-8 text (UTF-16, line 1); save the table as UTF-8"),
        ("a,b\n1,专利授权量\n".encode("gb18030"), "not UTF-8 text (GB18030, line 2); save the table as UTF-8"),
        ("a,b\n1,專利授權量\n".encode("big5"), "not UTF-8 text (Big5, line 2)"),
        (gzip.compress(b"a,b\n1,2\n"), "not UTF-8 text (compressed (gzip), line 1)"),
    ],
    ids=[
        "empty",
        "order",
        "semicolons",
        "short",
        "long",
        "blank line",
        "open quote",
        "stray quote",
        "gbk",
        "utf-16",
        "gb18030",
        "big5",
        "gzip",
    ],
)
def test_anything_but_a_clean_table_is_refused(table, written, said):
    """Wrong header, wrong number of cells, bad quotes, another encoding: the message says where and what."""
    with pytest.raises(BadRow, match=re.escape(said)) as caught:
        table(written)

    assert "data/small.csv" in str(caught.value)


@pytest.mark.fault(30)
def test_a_table_is_as_large_as_one_can_be(table, tmp_path):
    """Twenty megabytes, or two hundred thousand rows, are refused with how many there may be; no more is read."""
    with pytest.raises(BadRow, match=f"more than {MOST_ROWS} rows"):
        table(b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1))
    with (tmp_path / "data" / "small.csv").open("wb") as file:
        file.truncate(MOST_BYTES * 50)
    with pytest.raises(BadRow, match=f"data/small.csv has more than {MOST_BYTES} bytes"):
        list(records(tmp_path / "data" / "small.csv", ["a", "b"]))


@pytest.mark.fault(36)
@pytest.mark.parametrize("wrong", ["latin-1", "cp1252", "gb18030"])
def test_a_table_that_was_misread_is_refused_with_its_line(table, wrong):
    """A cell that was read as something else and saved as UTF-8: valid for every program, and no words."""
    broken = "宁波市知识产权局工作".encode("utf-8" if wrong == "gb18030" else "gb18030").decode(wrong)
    with pytest.raises(BadRow, match=r"data/small.csv, line 3: .*; write what was published"):
        table(f"a,b\n1,专利\n2,{broken}\n".encode())


@pytest.mark.fault(49)
def test_no_text_stands_for_nothing(table):
    """NA, null and None are names, 0574 is no number, and an empty cell is empty."""
    written = ["NA", "null", "None", "nan", "0574", "1e3", "TRUE", "-", ""]
    found = [row["a"] for _, row in table(("a,b\n" + "".join(f"{each},x\n" for each in written)).encode())]

    assert written == found


def test_a_table_that_is_not_there_is_named_with_its_columns(tmp_path):
    """A lost file is an error of its own, not a traceback."""
    with pytest.raises(BadRow, match=r"data/lost\.csv: no such file.*a, b"):
        list(records(tmp_path / "data" / "lost.csv", ["a", "b"]))


def test_a_required_cell_holds_more_than_spaces():
    """A space is not a value."""
    required("here", {"a": "1", "b": " "}, "a")

    with pytest.raises(BadRow, match="here: the column b is empty"):
        required("here", {"a": "1", "b": " "}, "a", "b")


def test_a_choice_is_one_of_those_allowed():
    """The message shows what stands there and what may."""
    one_of("here", {"a": "x"}, "a", ["x", "y"])

    with pytest.raises(BadRow, match="here: found a 'z', expected one of x, y"):
        one_of("here", {"a": "z"}, "a", ["x", "y"])
