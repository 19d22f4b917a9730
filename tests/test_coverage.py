"""Which series have a figure in which year."""

from analysis.coverage import coverage_table, stretches
from analysis.report import load_report


def test_neighbouring_years_are_joined():
    """2010, 2011 and 2012 are one stretch, two neighbours also; a year alone stands alone."""
    assert stretches([2008, 2010, 2011, 2012, 2014, 2015]) == ["2008", "2010–2012", "2014–2015"]


def test_no_year_gives_no_stretch():
    """A series without a figure has nothing to show."""
    assert stretches([]) == []


def test_series_with_a_figure_in_the_same_years_share_a_row(tiny):
    """Testville: grants in 2020 and 2021, three more series in 2021 only, and a growth rate, which has no row."""
    rows = coverage_table(load_report("990100", 2021, "en", tiny)).frame.to_numpy().tolist()

    assert [
        ["2020–2021", "Patents granted"],
        ["2021", "Inventions; Pledge financing; Residents"],
    ] == rows


def test_a_region_without_figures_of_levels_has_no_table(tiny):
    """Nothing to list is no table, so that the report can say so in words."""
    report = load_report("990100", 2021, "en", tiny)
    report.figures.series_of = lambda region, year: ["patents_granted_yoy_percent"]

    assert coverage_table(report) is None
