"""The sub-command read: text in, candidates out, and nothing written unasked."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis import paths
from analysis.command import Guarded
from analysis.read_command import read

BULLETINS = paths.ROOT / "tests" / "bulletins"


def run(*arguments: str):
    """The command as the group ``ipreport`` runs it."""
    group = Guarded("ipreport", commands={"read": read})
    return CliRunner().invoke(group, ["read", *arguments])


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    path = tmp_path / "bulletin.txt"
    path.write_text("宁波专利授权量72390件,其中发明7819件。举办培训12场。", encoding="utf-8")
    return path


def test_candidates_as_a_table(bulletin):
    """Without options the candidates are printed as CSV with grade and raw offsets."""
    done = run(str(bulletin), "--region", "330200", "--year", "2021", "--source", "X01")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))

    assert 0 == done.exit_code
    assert [
        ("patents_granted", "72390", "certain", "X01", "7"),
        ("invention_patents_granted", "7819", "likely", "X01", "18"),
    ] == [(row["series"], row["value"], row["grade"], row["source"], row["start"]) for row in rows]


def test_report_shows_the_fate_of_each_number(bulletin, tmp_path):
    """--report prints the text with what each number is; --output puts the table into a file."""
    output = tmp_path / "candidates.csv"
    done = run(str(bulletin), "--region", "330200", "--year", "2021", "--report", "--output", str(output))

    assert (
        "72390件[patents_granted 2021, certain],其中发明7819件[invention_patents_granted 2021, likely]" in done.stdout
    )
    assert "12场[no series]" in done.stdout
    assert 3 == len(output.read_text(encoding="utf-8").splitlines())
    assert "3 numbers, 2 figures of 330200" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x89PNG\0", "zero bytes"),
        ("杭州,杭州专利授权1件".encode(), "is it a bulletin of 杭州"),
        ("宁".encode() * 700_000, "bytes; a bulletin has at most"),
    ],
)
def test_bad_input_is_one_message(tmp_path, content, said):
    """An empty, binary, foreign or huge file exits with 1 and one message."""
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    done = run(str(path), "--region", "330200", "--year", "2021")

    assert 1 == done.exit_code
    assert said in done.stderr
    assert 1 == len(done.stderr.strip().splitlines())


def test_wrong_region_and_missing_file(tmp_path):
    """A region that is no code, and a file that is not there, are said so."""
    missing = str(tmp_path / "none.txt")

    assert "six digits" in run(str(BULLETINS / "08-xiamen-2021.txt"), "--region", "Ningbo", "--year", "2021").stderr
    assert "cannot be read" in run(missing, "--region", "330200", "--year", "2021").stderr
    assert "four digits" in run(str(BULLETINS / "08-xiamen-2021.txt"), "--region", "350200", "--year", "21").stderr


def test_nothing_found_is_said(tmp_path):
    """A text without numbers is no error."""
    path = tmp_path / "plain.txt"
    path.write_text("Nothing to see here.", encoding="utf-8")
    done = run(str(path), "--region", "330200", "--year", "2021")

    assert 0 == done.exit_code
    assert "nothing found" in done.stderr


def test_accepting_needs_a_source(bulletin):
    """--accept without a publication of data/sources.csv is refused, and nothing is written."""
    done = run(str(bulletin), "--region", "330200", "--year", "2021", "--accept")

    assert 1 == done.exit_code
    assert "data/sources.csv" in done.stderr
