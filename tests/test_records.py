"""Tables are read as they stand, or refused with the file, the line and what was expected."""

import re

import pytest

from analysis.errors import BadRow
from analysis.records import one_of, records, required


@pytest.fixture
def table(tmp_path):
    """Write bytes as a table with the columns a and b, and read it."""

    def read(written: bytes) -> list:
        path = tmp_path / "data" / "small.csv"
        path.parent.mkdir()
        path.write_bytes(written)
        return list(records(path, ["a", "b"]))

    return read


def test_rows_come_as_text_with_their_place(table):
    """The header is line 1; cells stay text, with their zeros."""
    found = table(b"a,b\n1.0,x\n007,y\n")

    assert found == [
        ("data/small.csv, line 2", {"a": "1.0", "b": "x"}),
        ("data/small.csv, line 3", {"a": "007", "b": "y"}),
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_passed_over(table):
    """A spreadsheet puts both in, and neither changes what is said."""
    assert [row for _, row in table(b"\xef\xbb\xbfa,b\r\n1,2\r\n")] == [{"a": "1", "b": "2"}]


def test_a_cell_over_two_lines_is_one_cell(table):
    """A quoted line break belongs to its cell, and the row after it is still counted by lines."""
    found = table(b'a,b\n"1\n2",x\n3,y\n')

    assert found[0][1]["a"] == "1\n2"
    assert found[1][0].endswith("line 4")


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
        ("a,b\n1,2\n".encode("utf-16"), "not UTF-8 text"),
    ],
    ids=["empty", "order", "semicolons", "short", "long", "blank line", "open quote", "stray quote", "gbk", "utf-16"],
)
def test_anything_but_a_clean_table_is_refused(table, written, said):
    """Wrong header, wrong number of cells, bad quotes, another encoding: the message says where and what."""
    with pytest.raises(BadRow, match=re.escape(said)) as caught:
        table(written)

    assert "data/small.csv" in str(caught.value)


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
