"""What the tables and charts of the chapters show of a small place, line by line."""

import pytest

from analysis import diagrams, exhibits
from analysis.report import load_report
from analysis.tables import plain_text


@pytest.fixture
def report(tiny):
    """The report of Testville, 2021."""
    return lambda language="en", year=2021: load_report("990100", year, language, tiny)


def rows(table) -> list[list[str]]:
    """The cells of a table without their links and escapes."""
    return [[plain_text(cell) for cell in row] for row in table.as_json()["rows"]]


def test_the_indicators_of_an_aspect(report):
    """Implied levels of the year before have a table of their own."""
    table = exhibits.indicator_table(report(), "creation")

    assert table.id == "creation-indicators"
    assert rows(table) == [
        ["name of invention_share in en", "25.00%", "exact", "unit of invention_share in en"],
        [
            "name of grants_per_10000_residents in en",
            "25.0",
            "24.96 to 25.04",
            "unit of grants_per_10000_residents in en",
        ],
    ]
    assert rows(exhibits.indicator_table(report("zh"), "value")) == [
        ["name of financing_per_resident in zh", "超过 749 元", "上限未知", "unit of financing_per_resident in zh"]
    ]


def test_the_figures_of_an_aspect(report):
    """Each with its kind and the publication that it was taken from."""
    assert rows(exhibits.figure_table(report(), "creation")) == [
        ["Patents granted", "1,000 patents", "over the year", "Patent Office, 2022-03-01"],
        ["Inventions", "250 patents", "over the year", "Patent Office, 2022-03-01"],
        ["Growth", "25.0%", "over the year", "Patent Office, 2022-03-01"],
    ]
    assert rows(exhibits.figure_table(report("zh"), "context")) == [
        ["常住人口", "40.0 万人", "时点", "Patent Office, 2022-03-01"]
    ]


def test_growth_and_the_year_before(report):
    """1,000 after 25.0 % were 800, as rounding leaves it open."""
    assert rows(exhibits.previous_table(report())) == [
        ["Patents granted", "1,000", "25.0%", "800.0 (799.68 to 800.33)"]
    ]


def test_policies(report):
    """What was planned, and the words."""
    assert rows(exhibits.policy_table(report("zh"))) == [["规划", "规划", "已通过。", "通过规划"]]


def test_the_publications_most_used_first(report):
    """Four of the five chosen figures come from the office, one from the newspaper."""
    table = exhibits.source_table(report())

    assert rows(table) == [
        ["Patent Office", "Yearbook", "2022-03-01", "official", "4"],
        ["Evening News", "Report of a press conference", "2022-04-26", "press", "1"],
    ]
    assert "[Yearbook](<https://example.org/yearbook>)" in table.as_json()["rows"][0][1]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", ""])
def test_only_an_address_of_the_web_becomes_a_link(spoil, report, url):
    """Anything else is left out."""
    spoil("sources.csv", "https://example.org/yearbook", url)

    assert exhibits.source_table(report()).as_json()["rows"][0][1] == "Yearbook"


def test_where_there_is_nothing_there_is_no_table(report):
    """In 2020 only the grants are published."""
    found = report(year=2020)

    assert exhibits.indicator_table(found, "creation") is None
    assert exhibits.figure_table(found, "value") is None
    assert exhibits.previous_table(found) is None
    assert exhibits.policy_table(found) is None
    assert diagrams.composition_chart(found) is None
    assert diagrams.protection_chart(found) is None
    assert diagrams.finance_chart(found) is None


def test_the_composition_has_what_is_not_told_as_other_kinds(report):
    """250 inventions of 1,000; the other 750 are not told apart."""
    chart = diagrams.composition_chart(report())

    assert chart.title == "25.00% of the patents granted were inventions"
    assert rows(chart.table) == [["Inventions", "250 patents"], ["Other kinds", "750"]]
    assert chart.description == "Stacked horizontal bar with 2 marks. Inventions: 250; Other kinds: 750."
    assert chart.source == r"Source: Patent Office, 2022\-03\-01."


def test_every_mark_is_in_the_description_and_in_the_table():
    """For those who cannot see the picture of Ningbo's protection and finance."""
    found = load_report("330200", 2021, "en")
    for chart in (diagrams.composition_chart(found), diagrams.protection_chart(found), diagrams.finance_chart(found)):
        table = rows(chart.table)

        assert len(table) >= 2
        assert f"{len(table)} marks" in chart.description
        for label, _ in table:
            assert label in chart.description
            assert label.split()[0] in chart.svg


def test_the_counts_of_protection_are_largest_first_and_no_part_stands_beside_its_whole():
    """The offline cases are part of the patent cases, so they are not drawn beside them."""
    table = rows(diagrams.protection_chart(load_report("330200", 2021, "en")).table)
    counts = [int(text.split()[0].replace(",", "")) for _, text in table]

    assert counts == sorted(counts, reverse=True)
    assert 1844 in counts
    assert 106 not in counts
