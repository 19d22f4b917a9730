"""Text in a wrong encoding is told from text in the right one (analysis.misreading)."""

import gzip

import pytest

from analysis import paths
from analysis.misreading import misread, seems

SIMPLE = "全市专利授权量72390件,其中发明专利授权量7819件,知识产权保护工作取得新进展。"
TRADITIONAL = "全市專利授權量72390件,其中發明專利授權量7819件,智慧財產權保護工作有新的進展。"
READ = [
    (SIMPLE, "gb18030", "latin-1"), (SIMPLE, "gb18030", "cp1252"), (SIMPLE, "utf-8", "latin-1"),
    (SIMPLE, "utf-8", "cp1252"), (SIMPLE, "utf-8", "gb18030"), (SIMPLE, "gb18030", "shift_jis"),
    (SIMPLE, "gb18030", "cp949"), (TRADITIONAL, "big5", "gb18030"), (TRADITIONAL, "big5", "latin-1"),
    (TRADITIONAL, "utf-8", "cp1252"), (TRADITIONAL, "utf-8", "big5"), (TRADITIONAL, "gb18030", "latin-1"),
    (SIMPLE, "gb18030", "utf-8"), (TRADITIONAL, "utf-8", "gb18030"), (TRADITIONAL, "big5", "shift_jis"),
]  # fmt: skip


@pytest.mark.fault(36)
@pytest.mark.parametrize(("text", "right", "wrong"), READ)
def test_what_was_misread_is_told_with_its_place(text, right, wrong):
    """One cell among good ones, as it looks after it was read in another encoding and saved as UTF-8."""
    before = "region,phrase\n330200,授权72390件\n330200,"
    broken = text.encode(right).decode(wrong, "replace")
    found = misread(f"{before}{broken}\n")

    assert found
    assert len(before) <= found[0] < len(before) + len(broken)


@pytest.mark.fault(36)
def test_what_it_was_is_named():
    """The message says what the text is, in which encoding, and as what it was read."""
    _, said = misread("a,Äþ²¨ÊÐÖªÊ¶²úÈ¨¾Ö")

    assert "'Äþ²¨ÊÐÖªÊ¶²úÈ¨¾Ö', which is '宁波市知识产权局' in gb18030 read as cp1252" == said


@pytest.mark.fault(36)
@pytest.mark.parametrize(
    "text",
    [
        SIMPLE,
        TRADITIONAL,
        "日本の特許庁と",
        "한국특허청",
        "Müller, Gößl & Châtelâin",
        "été à Liège",
        "αβγ",
        "“—…”",
        "①②³",
    ],
)
def test_good_text_is_left_alone(text):
    """Chinese, Japanese and Korean, names with accents, signs: no alarm."""
    assert misread(text) is None


def test_nothing_of_the_project_is_called_misread():
    """All its tables, definitions, phrases and chapters."""
    files = [path for pattern in ("data/**/*.csv", "data/*.toml", "src/analysis/words/*.toml", "notebooks/*.ipynb")
             for path in paths.ROOT.glob(pattern)]  # fmt: skip

    assert len(files) > 30
    assert {} == {path.name: found for path in files if (found := misread(path.read_text(encoding="utf-8")))}


@pytest.mark.fault(30)
@pytest.mark.fault(35)
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SIMPLE.encode("gb18030"), "GB18030"),
        (TRADITIONAL.encode("big5"), "Big5"),
        (SIMPLE.encode("utf-16"), "UTF-16"),
        (SIMPLE.encode("utf-16-be"), "UTF-16 without its mark, or no text"),
        (gzip.compress(b"1" * 1000), "compressed (gzip)"),
        (b"PK\x03\x04", "a workbook or another archive (zip)"),
        (b"\xff\xff", ""),
    ],
)
def test_bytes_that_are_not_utf_8_are_called_by_what_they_seem(data, said):
    """For a message; nothing is decoded by it."""
    assert said == seems(data)
