"""Which series have a figure in which year."""

from analysis.coverage import coverage_table, stretches
from analysis.report import load_report


def test_neighbouring_years_are_joined():
    """2010, 2011 and 2012 are one stretch, two neighbours also; a year alone stands alone."""
    assert stretches([2008, 2010, 2011, 2012, 2014, 2015]) == ["2008", "2010–2012", "2014–2015"]


def test_no_year_gives_no_stretch():
    """A series without a figure has nothing to show."""
    assert stretches([]) == []


def test_every_series_of_the_region_is_listed_with_its_years(tiny):
    """Testville has six figures in 2021 and one in 2020, of patents granted; growth rates have no row."""
    rows = coverage_table(load_report("990100", 2021, "en", tiny)).data.to_numpy().tolist()

    assert ["Patents granted", "creation", "2020–2021"] in rows
    assert len(rows) == len({name for name, _, _ in rows}) == EXPECTED


def test_a_region_without_figures_of_levels_has_no_table(tiny):
    """Nothing to list is no table, so that the report can say so in words."""
    report = load_report("990100", 2021, "en", tiny)
    report.figures.series_of = lambda region, year: ["patents_granted_yoy_percent"]

    assert coverage_table(report) is None
