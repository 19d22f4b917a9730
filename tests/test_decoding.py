"""The encoding of a bulletin is found out or asked for; it is never guessed without a word."""

from pathlib import Path

import pytest

from analysis import decoding
from analysis.decoding import LARGEST, BadText, decoded, text_of

SIMPLE = "全市专利授权量72390件,其中发明专利授权量7819件,知识产权保护工作取得新进展。"
TRADITIONAL = "全市專利授權量72390件,其中發明專利授權量7819件,智慧財產權保護工作有新的進展。"


@pytest.mark.fault(35)
@pytest.mark.fault(38)
@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (SIMPLE, "utf-8", "utf-8"),
        (SIMPLE, "utf-8-sig", "utf-8-sig"),
        (SIMPLE, "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (SIMPLE, "utf-16", "utf-16"),
        ("Patents granted: 72390", "ascii", "utf-8"),
    ],
)
def test_encodings_are_told(text, encoding, named):
    """Each way of writing a bulletin is read back, without a byte order mark."""
    found = decoded(text.encode(encoding))

    assert (text, named) == (found.text, found.encoding)


@pytest.mark.fault(37)
def test_older_encodings_are_said():
    """What is not UTF-8 carries a note, so that nobody takes it for certain."""
    assert "" == decoded(SIMPLE.encode()).note
    assert "gb18030" in decoded(SIMPLE.encode("gb18030")).note
    assert "2 bytes were broken" in decoded((SIMPLE * 4).encode()[:-4] + b"\xff" + SIMPLE.encode()).note


@pytest.mark.fault(35)
@pytest.mark.fault(37)
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "zero bytes"),
        (b"abc\x01\x02\x03\x04", "control characters"),
        (bytes(range(128, 256)), "neither UTF-8"),
        ("鍐呭".encode("gb18030"), "name the encoding with --encoding"),
        (b"\xef\xbb\xbf\xff\xfe\xfd", "broken further on"),
        (b"1" * (LARGEST + 1), "at most"),
    ],
)
def test_what_is_no_text_is_refused(data, said):
    """Empty, binary, broken, ambiguous and huge files get one message that says which."""
    with pytest.raises(BadText, match=said):
        decoded(data)


@pytest.mark.fault(37)
def test_given_encoding_is_held_to():
    """--encoding is taken at its word, and refused where the bytes are not that."""
    assert SIMPLE == decoded(SIMPLE.encode("utf-16-le"), "utf-16-le").text
    with pytest.raises(BadText, match="is not utf-8"):
        decoded(SIMPLE.encode("gb18030"), "utf-8")


@pytest.mark.fault(30)
def test_huge_file_is_refused_unread(tmp_path, monkeypatch):
    """Fifty megabytes are refused by their size, and what does not tell its size by what was read so far."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    with pytest.raises(BadText, match=r"has 2,000,001 bytes|holds zero bytes"):
        text_of(Path("/dev/zero"))
    monkeypatch.setattr(decoding, "decoded", None)
    with pytest.raises(BadText, match="50,000,000 bytes"):
        text_of(path)
    with pytest.raises(BadText, match="cannot be read"):
        text_of(tmp_path / "none.txt")
