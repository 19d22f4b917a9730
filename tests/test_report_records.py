"""The figures that a report leaves beside it: all of its own region, and those of others that it shows."""

import csv

import pytest
from report_folders import CITY

from analysis.report import load_report
from analysis.report_records import FIGURE_COLUMNS, write_figures


@pytest.fixture
def tiny(tiny):
    """The invented place, with a table of identities even if it is empty."""
    (tiny / "identities.toml").touch()
    return tiny


def rows_of(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_the_region_is_recorded_and_the_chosen_one_marked(tiny, tmp_path):
    """Testville has six rows of 2021, two of them for one number, and one of 2020; its own year comes first."""
    write_figures(load_report(CITY, 2021, "en", tiny), tmp_path / "figures.csv")
    rows = rows_of(tmp_path / "figures.csv")

    assert list(FIGURE_COLUMNS) == list(rows[0])
    assert ["2021"] * 6 + ["2020"] == [row["reference_year"] for row in rows]
    assert [("1000", "yes", "T01"), ("1001", "no", "T02")] == [
        (row["value"], row["used"], row["source"])
        for row in rows
        if row["series"] == "patents_granted" and row["reference_year"] == "2021"
    ]
    assert ("more than 300 million yuan", "2022-04-26") == next(
        (row["printed"], row["published_on"]) for row in rows if row["series"] == "pledge_financing_amount"
    )


def test_figures_of_other_regions_are_those_that_the_chapters_show(published, tmp_path):
    """A city's report shows its peers, its province and the nation, and every figure of its own region."""
    report = load_report("330200", 2021, "zh")
    write_figures(report, tmp_path / "figures.csv")
    rows = rows_of(tmp_path / "figures.csv")
    own = [row for row in rows if row["region"] == "330200"]

    assert len([figure for figure in published if figure.region == "330200"]) == len(own)
    assert {"330000", "000000", "440300"} < {row["region"] for row in rows}
    assert all(row["used"] == "yes" for row in rows if row["region"] != "330200")
    assert "宁波" == own[0]["place"]


def test_the_same_report_leaves_the_same_bytes(tiny, tmp_path):
    """Nothing in the record depends on when or where it was written."""
    for name in ("one", "other"):
        write_figures(load_report(CITY, 2021, "en", tiny), tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
