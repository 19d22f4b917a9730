"""Many reports side by side: what is ranked, and what the codebook does not let be ranked."""

from dataclasses import replace
from fractions import Fraction

import pytest

from analysis.codebook import Region
from analysis.made_reports import Computed
from analysis.rounding import Rounded, exactly
from analysis.site_comparison import compared
from analysis.site_reports import SiteReport, Told

FINANCING = ("pledge_financing_amount", "population_resident")
SHARE = ("invention_patents_granted", "patents_granted")


def report(code, value, *, year=2021, name="financing_per_resident", inputs=FINANCING, level="city", group=""):
    """A report with one indicator."""
    number = Computed(name, name, value, "yuan", "", inputs, "")
    region = Region(code, f"City {code}", "市", level, group, "")
    return SiteReport(region, year, {}, {"en": Told({name: number}, (), (), (), None)})


def between(lower, upper):
    return Rounded(Fraction(lower + upper, 2), Fraction(lower), Fraction(upper))


@pytest.fixture
def five():
    """Five cities: 9 to 11 and 10 to 12 overlap; 20 is above both, 5 and 5 are below and the same."""
    values = [between(9, 11), between(10, 12), exactly(20), exactly(5), exactly(5)]
    return [report(f"99010{number}", value) for number, value in enumerate(values)]


def places(reports, data, name="financing_per_resident"):
    (found,) = [each for each in compared(reports, data) if each.indicator.id == name]
    return [(row.report.region.region, row.place and (row.place.best, row.place.worst)) for row in found.rows]


def test_places_are_ranges_where_intervals_overlap(five, tiny):
    """20 is 1st; 10 to 12 and 9 to 11 share 2nd to 3rd; two fives are both 4th."""
    expected = [("990102", (1, 1)), ("990101", (2, 3)), ("990100", (2, 3)), ("990103", (4, 4)), ("990104", (4, 4))]

    assert expected == places(five, tiny)


def test_fewer_than_five_have_no_places(five, tiny):
    """Four of a kind stay in the order of their codes, which says nothing of their size."""
    assert [("990100", None), ("990101", None), ("990102", None), ("990103", None)] == places(five[:4], tiny)


@pytest.mark.parametrize("other", [{"year": 2020}, {"level": "province"}, {"group": "sub-provincial"}])
def test_only_the_same_kind_and_year_are_ranked_together(five, tiny, other):
    """A fifth of another year, level or group does not make five."""
    region = replace(five[4].region, **{name: value for name, value in other.items() if name != "year"})
    reports = [*five[:4], replace(five[4], region=region, year=other.get("year", 2021))]

    assert {None} == {place for _, place in places(reports, tiny)}


@pytest.mark.parametrize("rule", ["marked", "refused"])
def test_what_may_not_be_compared_is_not_ranked(five, spoil, rule):
    """Residents counted in another way somewhere: the indicator says so, names the trap, and has no places."""
    data = spoil(
        "series.csv",
        "stock,context,,,direct,At the end of the year.,年末。,,,",
        f"stock,context,,,{rule},At,年末。,A trap.,坑。,",
    )
    (found,) = compared(five, data)

    assert rule == found.rule
    assert ["population_resident"] == [series.series for series in found.traps]
    assert {None} == {row.place for row in found.rows}
    assert [f"99010{number}" for number in range(5)] == [row.report.region.region for row in found.rows]


def test_strictest_series_rules(tiny):
    """The share is of inventions (direct) in all patents (marked): it is marked."""
    (found,) = compared([report("990100", exactly(25), name="invention_share", inputs=SHARE)], tiny)

    assert "marked" == found.rule


def test_number_made_from_days_is_not_ranked(five, spoil):
    """Whether more days are better is not for a table to say."""
    data = spoil("series.csv", "常住人口,persons,people", "常住人口,days,people")

    assert "unranked" == compared(five, data)[0].rule
    assert {None} == {place for _, place in places(five, data)}


def test_value_of_another_formula_is_left_out(five, tiny):
    """A report made before the definition changed would set one thing beside another."""
    old = report("990109", exactly(7), inputs=("pledge_financing_amount", "patents_granted"))
    (found,) = compared([*five, old], tiny)

    assert 1 == found.left_out
    assert "990109" not in [row.report.region.region for row in found.rows]


def test_unknown_indicator_and_implied_level_are_left_out(tiny):
    """What is no longer defined has no rule; a level implied for the year before is of another year than its row."""
    gone = report("990100", exactly(7), name="gone")
    implied = report("990100", exactly(7), name="implied_previous_patents_granted")

    assert [] == compared([gone, implied], tiny)


def test_breaks_between_the_years_shown_are_named(five, spoil):
    """Residents were counted anew between 2020 and 2021: shown where a region has both years, not where it has one."""
    head = "series,region,earlier_year,later_year,kind,why_en,why_zh,source\n"
    data = spoil("breaks.csv", head, f"{head}population_resident,,2020,2021,counting,Anew.,重新统计。,\n")
    (alone,) = compared(five, data)
    (both,) = compared([*five, report("990100", exactly(8), year=2020)], data)

    assert () == alone.breaks
    assert ["Anew."] == [each.why_en for each in both.breaks]
