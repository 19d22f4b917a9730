"""The sheets of a report's workbook, on the invented place."""

from datetime import date

import pytest
from report_folders import CITY

from analysis.codebook import LANGUAGES
from analysis.report import load_report
from analysis.report_sheets import SHEETS, day, sheets
from analysis.workbook import Link, Number


@pytest.fixture
def found(tiny):
    """The sheets of Testville in 2021 by name, each as rows by column head."""

    def made(language="en", **more):
        return {sheet.name: sheet for sheet in sheets(load_report(CITY, 2021, language, tiny), **more)}

    return made


def rows(sheet) -> list[dict]:
    heads = [column.head for column in sheet.columns]
    return [dict(zip(heads, row, strict=True)) for row in sheet.rows]


def test_indicators_have_numbers_with_their_ends(found):
    """1,000 patents / 40.0 万 residents: 25 for each 10,000, from 1000 / 40.05 to 1000 / 39.95."""
    row = next(row for row in rows(found()["Indicators"]) if row["Id"] == "grants_per_10000_residents")

    assert (Number("25", 3), Number("24.968789", 3), Number("25.03129", 3)) == (
        row["Value"], row["Lower"], row["Upper"]
    )  # fmt: skip
    assert ("none", "25.0", "computed") == (row["Qualifier"], row["In words"], row["Status"])
    assert "Patents granted ÷ Residents × 10,000" == row["Formula"]
    assert "Patents granted: 1,000 patents\nResidents: 400 thousand people" == row["Published figures used"]


def test_bound_has_an_open_end(found):
    """More than 3 亿 yuan: a number, a lower end, no upper end, and the word before it."""
    row = next(row for row in rows(found()["Figures"]) if row["Series id"] == "pledge_financing_amount")

    assert (Number("300000000"), Number("300000000"), None) == (row["Number"], row["Lower"], row["Upper"])
    assert ("3", 8, "more than") == (row["As printed"], row["Power of ten"], row["Qualifier"])
    assert "more than 300 million yuan" == row["In words"]


def test_printed_digits_stay_text_and_every_row_is_there(found):
    """40.0 keeps its zero; the row that is not used says so."""
    figures = rows(found()["Figures"])

    assert "40.0" == next(row["As printed"] for row in figures if row["Series id"] == "population_resident")
    assert [("1000", "yes"), ("1001", "no")] == [
        (row["As printed"], row["Used"])
        for row in figures
        if row["Series id"] == "patents_granted" and row["Reference year"] == 2021
    ]


def test_missing_indicator_says_why_in_words(found, spoil):
    """Without the growth rate, the level of the year before has no value, and names what is missing."""
    spoil("figures/2021.csv", "990100,patents_granted_yoy_percent,25.0,0,percent,exact,flow,T01,增长25.0%,\n", "")
    row = next(row for row in rows(found()["Indicators"]) if row["Id"] == "implied_previous_patents_granted")

    assert (None, None, None, "") == (row["Value"], row["Lower"], row["Upper"], row["In words"])
    assert "not computed: no figure is published here for Growth" == row["Status"]


def test_publications_are_those_of_the_figures_with_address_and_count(found):
    """T01 gives five rows, T02 two, T03 none."""
    assert [("T01", 5, date(2022, 3, 1)), ("T02", 2, date(2022, 4, 26))] == [
        (row["Publication id"], row["Figures"], row["Published"]) for row in rows(found()["Publications"])
    ]
    assert Link("https://example.org/yearbook") == rows(found()["Publications"])[0]["Address"]


def test_definitions_hold_the_trap(found):
    """What each series counts and what misleads, with what it is a part of."""
    definitions = {row["Series id"]: row for row in rows(found()["Definitions"])}

    assert ("All kinds.", "A trap.", "shown with a mark") == tuple(
        definitions["patents_granted"][head] for head in ("Definition", "What misleads", "Between regions")
    )
    assert "Patents granted" == definitions["invention_patents_granted"]["Part of"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_sheet_explains_every_column(found, language):
    """Each column of each sheet has a head of its own and a meaning; the first sheet lists them in order."""
    made = found(language)
    about = made.pop("About")
    heads = [(sheet.title, column.head) for sheet in made.values() for column in sheet.columns]

    assert [name.capitalize() for name in SHEETS] == list(made)
    assert heads == [(sheet, column) for sheet, column, _ in about.rows]
    assert len(heads) == len(set(heads))
    assert all(meaning for *_, meaning in about.rows)


def test_first_sheet_says_what_the_workbook_is_about(found):
    """Title, place, year, the newest source, how to read an interval, and the licence with its address."""
    above = found()["About"].above
    told = {row[0]: row[2] for row in above if len(row) == 3}

    assert ("Intellectual property in Testville, 2021",) == above[0]
    assert ("Testville (GB/T 2260 code 990100)", "2021", "2022-04-26") == (
        told["Region"], told["Reference year"], told["Newest source"]
    )  # fmt: skip
    assert "rounded outward" in told["Rounding interval"]
    assert "CC BY 4.0" in told["Licence"]
    assert Link("https://creativecommons.org/licenses/by/4.0/") == above[-1][2]


def test_own_texts_are_passed_on_and_quotations_are_not(found):
    """``say`` changes names, units and fixed phrases, and leaves publishers, titles, phrases and notes alone."""
    made = found("zh", say=lambda text: f"«{text}»")
    figure = made["Figures"].rows[0]
    quoted = {"Patent Office", "授权1000件", "T01", "patents_granted"}

    assert "«专利授权量»" == figure[0]
    assert "«1,000 件»" in figure
    assert quoted < {cell for cell in figure if isinstance(cell, str)}
    assert "Yearbook" in made["Publications"].rows[0]
    assert "«地区»" == made["About"].above[2][0]


@pytest.mark.parametrize(("text", "value"), [("2022-04-26", date(2022, 4, 26)), ("2022-04", "2022-04"), ("", "")])
def test_date_is_one_only_if_its_day_is_known(text, value):
    """A month alone is no date, and is not made one."""
    assert value == day(text)
