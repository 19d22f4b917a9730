"""What changed, in a few lines: counts, the fastest rise and fall that are certain, breaks, other prints."""

import pytest

from analysis.report import load_report
from analysis.tables import plain_text

HEADER = "region,series,value,multiplier,unit,qualifier,kind,source,phrase,note\n"


def row(series: str, value: int, qualifier: str = "exact") -> str:
    return f"990100,{series},{value},0,count,{qualifier},flow,T01,{value}件,\n"


def told(data, year: int = 2021, language: str = "en") -> list[str]:
    """The lines about Testville, without links."""
    text = plain_text(load_report("990100", year, language, data).what_changed().markdown)
    return [line.removeprefix("- ") for line in text.split("\n")]


def test_one_series_that_rose(tiny):
    """Grants went from 800 to 1,000; two publications print 1,000 and 1,001."""
    assert [
        "1 series has a figure of 2021 and an earlier one: 1 rose.",
        "Patents granted rose by 25.0% from 2020 to 2021, the only rise.",
        "Publications differ by more than rounding explains on 1 number of all years; of 2021: 1.",
    ] == told(tiny)
    assert "专利授权量 2020 至 2021 年上升 25.0%，是唯一的上升。" == told(tiny, language="zh")[1]


def test_fastest_is_counted_by_the_year(tiny):
    """From 100 to 250 in four years is 25.7% a year (1.257 to the fourth is 2.5), more than 25.0% in one year."""
    (tiny / "figures" / "2017.csv").write_text(HEADER + row("invention_patents_granted", 100), encoding="utf-8")
    counts, fastest, *_ = told(tiny)

    assert "2 series have a figure of 2021 and an earlier one: 2 rose." == counts
    assert "Inventions rose by 25.7% a year from 2017 to 2021, the fastest rise that is certain." == fastest


def test_fastest_is_what_rounding_leaves(tiny):
    """From about 90 (80 to 100) to 120 is 33% as printed, but only 20% for certain: less than 25% of the grants."""
    for year, grants, inventions, qualifier in ((2020, 800, 90, "about"), (2021, 1000, 120, "exact")):
        lines = row("invention_patents_granted", inventions, qualifier) + row("patents_granted", grants)
        (tiny / "figures" / f"{year}.csv").write_text(HEADER + lines, encoding="utf-8")

    assert "Patents granted rose by 25.0% from 2020 to 2021, the fastest rise that is certain." == told(tiny)[1]


def test_a_break_is_named_with_its_kind(tiny):
    """Where the count breaks there is no rise, and the reader learns of which kind the break is."""
    with (tiny / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("patents_granted,,2020,2021,counting,Counted anew.,重新计数。,\n")

    assert [
        "1 series has a figure of 2021 and an earlier one: 1 not compared because of a break.",
        "Not compared because of a break: Patents granted (counted anew).",
    ] == told(tiny)[:2]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "No series of Testville has both a figure of 2020 and an earlier one, so nothing can be said of change.",
        ),
        ("zh", "试验市没有既有 2020 年数据又有更早数据的统计项目，"),
    ],
)
def test_the_first_year_has_no_change(tiny, language, expected):
    """A sentence instead of a blank."""
    assert told(tiny, 2020, language)[0].startswith(expected)


def test_changes_of_the_default_report():
    """7,819 inventions after 5,075 two years before are 24.1% a year; 157 cities after 159 are 1.3% fewer."""
    lines = plain_text(load_report("330200", 2021, "en").what_changed().markdown).split("\n")

    assert (
        "- Invention patents granted rose by 24.1% a year from 2019 to 2021, the fastest rise that is certain."
        == lines[1]
    )
    assert lines[2].endswith(" fell by 1.3% from 2020 to 2021, the only fall.")
