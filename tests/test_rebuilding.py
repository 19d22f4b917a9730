"""A report made again: what differs is named, of a text the line."""

import shutil

import pytest
from sealed import PAGES, sealed

from analysis import rebuilding
from analysis.manifest import manifest_in
from analysis.rebuilding import differences, parting, rebuilding_steps


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A report in two languages; making it again gives the files of ``again``."""
    made = sealed(tmp_path / "330200-2021")
    shutil.copytree(made, tmp_path / "again")
    asked = []

    def build(region, year, languages, formats, output, tell):
        asked.append((region, year, languages, formats))
        shutil.copytree(tmp_path / "again", output / f"{region}-{year}")

    monkeypatch.setattr(rebuilding, "build", build)
    yield made
    assert [("330200", 2021, ("en", "zh"), ("html",))] == asked


def test_same_bytes_are_no_difference(folder):
    """Everything comes out as it is."""
    assert [] == differences(folder, manifest_in(folder))


def test_files_that_differ_are_named_with_the_line(folder):
    """In the second line of the English page, in the eighth place, a 9 was put for a 1."""
    altered = PAGES["en/index.html"].replace("10.80", "90.80")
    (folder / "en/index.html").write_text(altered, encoding="utf-8")

    assert [
        "made again otherwise: en/index.html, line 2, character 4: '<p>90.80%</p>\\n' became '<p>10.80%</p>\\n'"
    ] == differences(folder, manifest_in(folder))


@pytest.mark.fault(79)
def test_files_that_come_or_go_are_named(folder):
    """One was added to the report, another taken away."""
    (folder / "en/more.csv").write_text("x", encoding="utf-8")
    (folder / "en/charts/cases.csv").unlink()

    assert [
        "made again, but not there: en/charts/cases.csv",
        "not made again: en/more.csv",
    ] == differences(folder, manifest_in(folder))


def test_edition_of_unknown_origin_cannot_be_made_again(folder, tmp_path):
    """It is said; the others are made again."""
    made = manifest_in(folder)
    [run] = made.makings
    half = made.model_copy(
        update={"makings": (run.model_copy(update={"editions": ("zh",)}),), "unknown": ("en",)},
    )

    assert ["cannot be made again: en, for nobody knows how it was made"] == differences(folder, half)


def test_steps_are_those_of_all_runs(folder):
    """Nine chapters in each of two languages, and a page of each."""
    differences(folder, manifest_in(folder))

    assert 2 * 9 + 2 == rebuilding_steps(manifest_in(folder))


@pytest.mark.parametrize(
    ("old", "new", "name", "said"),
    [
        (b"a\nb\n", b"a\nc\n", "x.csv", "line 2, character 1: 'b\\n' became 'c\\n'"),
        (b"a\n", b"a\nb\n", "x.csv", "line 2, character 1: the end became 'b\\n'"),
        (b"a\nb", b"a\nb\n", "x.txt", "line 2, character 2: 'b' became 'b\\n'"),
        (b"a\r\n", b"a\n", "x.csv", "line 1, character 2: 'a\\r\\n' became 'a\\n'"),
        (b"%PDF-1", b"%PDF-2", "x.pdf", "byte 6 of 6"),
        (b"%PDF", b"%PDF-2", "x.pdf", "byte 5 of 4"),
        (b"\xff", b"\xfe", "x.txt", "byte 1 of 1"),
    ],
)
def test_parting_is_the_first_difference(old, new, name, said):
    """The line and the character of a text, the byte of anything else; also at the end of the shorter one."""
    assert said == parting(old, new, name)


def test_parting_shows_only_what_is_around():
    """A page may be one long line: thirty characters on either side are shown."""
    old, new = (("x" * 99 + word + "y" * 99).encode() for word in ("专利", "商标"))

    assert f"line 1, character 100: '{'x' * 30}专利{'y' * 28}' became '{'x' * 30}商标{'y' * 28}'" == parting(
        old, new, "index.html"
    )
