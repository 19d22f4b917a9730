"""A report's numbers as SDMX-CSV, held to the rules of its field guide, on the invented place."""

import csv
import re
from fractions import Fraction

import pytest
from report_folders import CITY

from analysis.codebook import codebook
from analysis.observations import ATTRIBUTES, COLUMNS, DIMENSIONS, STATUSES, write_observations
from analysis.report import load_report

GROWTH = "990100,patents_granted_yoy_percent,25.0,0,percent,exact,flow,T01,增长25.0%,\n"
PEOPLE = "990100,population_resident,40.0,4,persons,exact,stock,T01,40.0万人,\n"
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)


@pytest.fixture
def observed(tiny, tmp_path):
    """The rows of Testville in 2021 by (indicator, year)."""

    def made(language="en", **more):
        path = tmp_path / "observations.csv"
        write_observations(load_report(CITY, 2021, language, tiny), path, **more)
        with path.open(encoding="utf-8", newline="") as file:
            return {(row["INDICATOR"], row["TIME_PERIOD"]): row for row in csv.DictReader(file)}

    return made


def test_columns_are_those_of_the_field_guide(observed):
    """First the structure's type, its id and the action, then dimensions, measure and attributes (SDMX-CSV 2.0)."""
    rows = observed().values()

    assert ["STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES] == list(COLUMNS)
    assert all(list(COLUMNS) == list(row) for row in rows)
    assert {("dataflow", "I", "A")} == {(row["STRUCTURE"], row["ACTION"], row["FREQ"]) for row in rows}
    assert all(re.fullmatch(r"[A-Z]+:[A-Z_]+\([0-9]+\.[0-9]+\.[0-9]+\)", row["STRUCTURE_ID"]) for row in rows)


def test_one_row_for_each_number_of_the_real_report(tmp_path):
    """Frequency, place, indicator and year name a row, once; numbers are plain decimals between their ends."""
    write_observations(load_report("330200", 2021, "zh"), tmp_path / "observations.csv")
    with (tmp_path / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [tuple(row[name] for name in DIMENSIONS) for row in rows]

    assert len(keys) == len(set(keys)) > 300
    for row in rows:
        numbers = [row[name] for name in ("LOWER", "OBS_VALUE", "UPPER")]
        known = [Fraction(number) for number in numbers if number]
        assert all(DECIMAL.fullmatch(number) for number in numbers if number)
        assert known == sorted(known)
        assert bool(row["OBS_VALUE"]) == bool(row["OBS_QUALIFIER"]) == (row["OBS_STATUS"] not in "OM")
        assert row["OBS_STATUS"] in STATUSES


def test_value_is_as_printed_in_its_power_of_ten(observed):
    """40.0 万 is 40.0 at 10^4, from 39.95 to 40.05; 25.0% from 24.95 to 25.05."""
    rows = observed()
    names = ("OBS_VALUE", "LOWER", "UPPER", "UNIT_MULT", "UNIT_MEASURE")

    assert ["40.0", "39.95", "40.05", "4", "persons"] == [rows["population_resident", "2021"][name] for name in names]
    assert ["25.0", "24.95", "25.05", "0", "percent"] == [
        rows["patents_granted_yoy_percent", "2021"][name] for name in names
    ]


def test_decrease_has_its_ends_in_order(observed, spoil):
    """-4.3% lies between -4.35 and -4.25, not the other way round."""
    spoil("figures/2021.csv", "25.0,0,percent,exact,flow,T01,增长25.0%", "-4.3,0,percent,exact,flow,T01,下降4.3%")
    row = observed()["patents_granted_yoy_percent", "2021"]

    assert ("-4.3", "-4.35", "-4.25") == (row["OBS_VALUE"], row["LOWER"], row["UPPER"])


@pytest.mark.fault(43)
def test_bound_has_one_end_and_is_no_estimate(observed):
    """More than 3 亿: the lower end alone, and normal; "more than" stands in the qualifier."""
    row = observed()["pledge_financing_amount", "2021"]

    assert ("3", "3", "", "8", "more_than", "A") == tuple(
        row[name] for name in ("OBS_VALUE", "LOWER", "UPPER", "UNIT_MULT", "OBS_QUALIFIER", "OBS_STATUS")
    )


@pytest.mark.fault(45)
def test_number_that_several_print_has_one_row_and_a_comment(observed):
    """1,000 by the office speaks, and 1,001 by the newspaper is told beside it."""
    row = observed()["patents_granted", "2021"]

    assert ("1000", "T01", "Also printed: 1,001 patents (T02).") == (
        row["OBS_VALUE"], row["SOURCE"], row["COMMENT_OBS"]
    )  # fmt: skip


def test_indicator_names_its_sources(observed):
    """Financing per resident is made from a newspaper's number and the office's."""
    assert "T02 T01" == observed()["financing_per_resident", "2021"]["SOURCE"]


def test_definition_that_differs_has_a_status_also_in_what_is_made_from_it(observed):
    """patents_granted is marked in the codebook, the inventions are not."""
    rows = observed()

    assert ["D", "A", "D"] == [
        rows[name, "2021"]["OBS_STATUS"] for name in ("patents_granted", "invention_patents_granted", "invention_share")
    ]


def test_approximate_number_is_estimated(observed, spoil):
    """About 40.0 万 people: an estimate of the publisher's, and so is what is made from it and is not marked."""
    spoil("figures/2021.csv", "40.0,4,persons,exact", "40.0,4,persons,about")
    rows = observed()

    assert ["E", "E", "D"] == [
        rows[name, "2021"]["OBS_STATUS"]
        for name in ("population_resident", "financing_per_resident", "grants_per_10000_residents")
    ]


def test_input_that_is_not_published_is_missing_with_the_reason(observed, spoil):
    """Without the growth rate, the level of the year before is empty: O, and why."""
    spoil("figures/2021.csv", GROWTH, "")
    row = observed()["implied_previous_patents_granted", "2021"]

    assert ["", "", "", "O", ""] == [
        row[name] for name in ("OBS_VALUE", "LOWER", "UPPER", "OBS_STATUS", "OBS_QUALIFIER")
    ]
    assert "not computed: no figure is published here for Growth" == row["COMMENT_OBS"]


@pytest.mark.fault(47)
def test_value_that_cannot_exist_has_the_other_code(observed, spoil):
    """No residents leave nothing to divide by: M, not O."""
    spoil("figures/2021.csv", "40.0,4,persons", "0,4,persons")
    row = observed()["grants_per_10000_residents", "2021"]

    assert ("", "M") == (row["OBS_VALUE"], row["OBS_STATUS"])
    assert "denominator is zero" in row["COMMENT_OBS"]


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (2020, 2021, "BD"),  # between the two rows of the series: the later one begins anew
        (2019, 2020, "DB"),  # before the first row, just where it stands
        (2016, 2018, "DD"),  # long before
        (2021, 2022, "DD"),  # after
    ],
)
def test_break_is_given_to_the_first_row_after_it(observed, tiny, earlier, later, expected):
    """The later of the two rows between which a break lies; the first row of all, if it follows on the break."""
    with (tiny / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write(f"patents_granted,,{earlier},{later},counting,Counted anew.,重新统计。,T01\n")
    rows = observed()

    assert expected == rows["patents_granted", "2021"]["OBS_STATUS"] + rows["patents_granted", "2020"]["OBS_STATUS"]


def test_break_of_an_input_breaks_the_indicator_and_is_told(observed, tiny):
    """The comment says between which years, of what kind, and why."""
    with (tiny / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("population_resident,,2020,2021,population_base,A census.,普查。,T01\n")
    row = observed()["grants_per_10000_residents", "2021"]

    assert ("B", "Break: census base between 2020 and 2021. A census.") == (row["OBS_STATUS"], row["COMMENT_OBS"])


def test_texts_of_the_report_are_passed_on_and_notes_are_not(observed):
    """``say`` changes reasons and comments of ours; a note of the data stays, and so do codes."""
    rows = observed("zh", say=lambda text: f"«{text}»")

    assert "«另有来源印作：1,001 件（T02）。»" == rows["patents_granted", "2021"]["COMMENT_OBS"]
    assert {row["INDICATOR"] for row in rows.values()} > {"patents_granted", "invention_share"}


def test_comment_that_a_spreadsheet_would_run_is_guarded(observed, tiny, spoil):
    """A note that begins with an equals sign gets an apostrophe, as in every CSV file of a report."""
    spoil("figures/2021.csv", PEOPLE, PEOPLE.replace("40.0万人,", "40.0万人,=1+1"))

    assert "'=1+1" == observed()["population_resident", "2021"]["COMMENT_OBS"]
    assert "population_resident" in codebook(tiny)
