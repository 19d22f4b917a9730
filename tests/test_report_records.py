"""The figures and indicators that a report leaves beside it: all of its own region, and those of others it shows."""

import csv
from fractions import Fraction
from math import ceil, floor

import pytest
from report_folders import CITY

from analysis.report import load_report
from analysis.report_records import FIGURE_COLUMNS, INDICATOR_COLUMNS, decimal, newest, write_figures, write_indicators


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


def test_indicators_have_a_value_with_its_ends_or_a_reason(tiny, spoil, tmp_path):
    """1,000 / 40.0 万 is 25 for each 10,000, from 1000 / 40.05 to 1000 / 39.95, outward; without growth, no level."""
    spoil("figures/2021.csv", "990100,patents_granted_yoy_percent,25.0,0,percent,exact,flow,T01,增长25.0%,\n", "")
    write_indicators(load_report(CITY, 2021, "en", tiny), tmp_path / "indicators.csv")
    rows = {row["indicator"]: row for row in rows_of(tmp_path / "indicators.csv")}
    rate, previous = rows["grants_per_10000_residents"], rows["implied_previous_patents_granted"]

    assert list(INDICATOR_COLUMNS) == list(rate)
    assert ("25", "24.968789", "25.03129", "exact", "") == tuple(
        rate[name] for name in ("value", "lower", "upper", "qualifier", "missing")
    )
    assert ("", "patents_granted_yoy_percent") == (previous["value"], previous["missing"])


@pytest.mark.parametrize(
    ("number", "rounding", "text"),
    [
        (Fraction(-87, 20), None, "-4.35"),
        (Fraction(-1, 3), floor, "-0.333334"),
        (Fraction(-1, 3), ceil, "-0.333333"),
        (Fraction(2, 3), None, "0.666667"),
        (Fraction(10**11), ceil, "100000000000"),
        (None, floor, ""),
    ],
)
def test_decimals_are_plain_and_rounded_as_asked(number, rounding, text):
    """No exponent, no separator, no zeros at the end; a negative number keeps its size."""
    assert text == decimal(number, rounding)


def test_newest_publication_is_that_of_the_figures_used(tiny):
    """The newspaper of April 2022, not the blog without a date, which no figure comes from."""
    assert "2022-04-26" == newest(load_report(CITY, 2021, "en", tiny))


def test_texts_that_would_compute_are_guarded_and_numbers_are_not(tiny, spoil, tmp_path):
    """A phrase that begins with an equals sign gets an apostrophe; a decrease stays a number."""
    spoil("figures/2021.csv", "25.0,0,percent,exact,flow,T01,增长25.0%", "-4.3,0,percent,exact,flow,T01,=下降4.3%")
    write_figures(load_report(CITY, 2021, "en", tiny), tmp_path / "figures.csv")
    row = next(row for row in rows_of(tmp_path / "figures.csv") if row["series"] == "patents_granted_yoy_percent")

    assert ("-4.3", "'=下降4.3%") == (row["value"], row["phrase"])


def test_the_same_report_leaves_the_same_bytes(tiny, tmp_path):
    """Nothing in the record depends on when or where it was written."""
    for name in ("one", "other"):
        write_figures(load_report(CITY, 2021, "en", tiny), tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
