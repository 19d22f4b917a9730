"""A correction reaches the reports that read what was corrected, and no others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from batches import Project, files
from corrections import COMPARED, ROUNDS, corrected, numbered

PLACES = ("330600", "330400", "820000")
"""Two cities of one group, which are compared, and a region far away."""


def test_only_the_reports_that_read_a_corrected_figure_are_made(tmp_path):
    """The product of one city is corrected: it and its peer are made again, the region far away is not.

    That one gets a manifest that names the data as they are now: every file is as if all were made anew.
    """
    project = Project(tmp_path)
    batch = ["batch", "--runs", project.runs(*PLACES), "--output", "made"]
    project.run(*batch)
    page = tmp_path / "made" / "820000-2021" / "en" / "index.html"
    stood = page.stat().st_ino
    table = project.root / "data" / "figures" / "2021.csv"
    corrected(table, next(at for at, row in numbered(table) if row[:2] == ["330400", "gdp"]))
    said = project.run(*batch)
    project.run("build", "--parameters", tmp_path / "runs.csv", "--no-cache", "--output", "alone")

    assert "2 made, 1 not affected." in said
    assert "820000  2021  en        html     not affected" in said
    assert files(tmp_path / "alone") == files(tmp_path / "made")
    assert stood == page.stat().st_ino
    assert "3 already there." in project.run(*batch)


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict:
    """What became of one report after one change or another; see ``corrections``."""
    folder = tmp_path_factory.mktemp("corrections")
    project = Project(folder)
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("corrections.py"), folder],
        env=os.environ | {"IPREPORT_ROOT": str(project.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def test_random_corrections(found):
    """Of thirty figures corrected one by one, whatever was asked for has the report made anew, and nothing else has.

    Twice, a report that was not made anew is compared with one that was: every byte is the same, the manifest too.
    """
    assert [] == found["chance"]["wrong"]
    assert ROUNDS / 2 == found["chance"]["untouched"]
    assert [True] * COMPARED == found["chance"]["same"]


def test_what_is_not_as_it_was_is_made_anew(found):
    """A figure of its own, a publication that it cites, a definition; a page that was altered; what nobody can ask
    again, and an answer that is another. Where nothing of that kind has changed, it stays.
    """
    stays = {name for name, stayed in found["hand"].items() if stayed}

    assert {"nothing"} == stays
    assert 8 == len(found["hand"])


def test_report_asks_as_much_the_second_time(found):
    """Neither what its process found out before nor a chapter that was kept hides a question."""
    same, kinds = found["asked"]

    assert same
    assert {"figures", "row", "series_of", "table", "years"} <= set(kinds)
