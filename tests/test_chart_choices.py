"""Series over several years, found for exercises about pictures."""

from analysis.chart_choices import earlier_year, years_missing
from analysis.figures import load_figures


def found(rule, region: str, year: int) -> dict[str, list[int]]:
    """The years that a rule takes, by series."""
    return {
        next(iter(each.values())).series: [figure.reference_year for figure in each.values()]
        for each in rule(load_figures(), region, year)
    }


def test_the_year_before_is_the_latest_with_a_figure():
    """Inventions granted in Ningbo stand in 2019 and 2021 and not in between; the two are put together."""
    assert [2019, 2021] == found(earlier_year, "330200", 2021)["invention_patents_granted"]


def test_three_years_have_a_gap_between_them():
    """2017, 2019, 2021: two years are missing. Years without a gap are not taken."""
    taken = found(years_missing, "330200", 2021)

    assert [2017, 2019, 2021] == taken["invention_patents_granted"]
    assert all(years[2] - years[0] > 2 for years in taken.values())


def test_no_years_are_put_together_across_a_break():
    """In Fujian applications were counted anew between 2016 and 2017, so 2017 has no year before it in a picture."""
    assert "invention_patents_applied" in found(earlier_year, "350000", 2016)
    assert "invention_patents_applied" not in found(earlier_year, "350000", 2017)
    assert "patents_granted" in found(earlier_year, "350000", 2017)
