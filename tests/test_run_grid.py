"""Regions times years: only what has figures is made, and what has none is said."""

import pytest

from analysis.errors import BadParameter, UnknownName
from analysis.figures import load_figures
from analysis.run_grid import runs_over


def grid(tiny, regions: str, years: str):
    """The runs over the invented places, in English as HTML."""
    return runs_over(regions, years, "en", "html", load_figures(tiny))


def test_combinations_with_figures_are_runs_and_others_are_told(tiny_to_read, spoil):
    """Testville has figures in 2020 and 2021, Testshire (given one for this) in 2021 only."""
    data = spoil("figures/2021.csv", "990100,population_resident,", "990000,population_resident,")
    found = grid(data, "all", "2020-2021")

    assert [("990000", 2021), ("990100", 2020), ("990100", 2021)] == [(each.region, each.year) for each in found.runs]
    assert {("en",)} == {each.language for each in found.runs}
    assert {2020: ("990000",)} == found.without


def test_every_year_means_those_with_figures(tiny_to_read):
    """`all` is what there is; a range may reach beyond it, and the years without figures are told."""
    assert [2020, 2021] == [each.year for each in grid(tiny_to_read, "990100", "all").runs]
    wide = grid(tiny_to_read, "990100", "2019,2021-2022")

    assert [2021] == [each.year for each in wide.runs]
    assert {2019: ("990100",), 2022: ("990100",)} == wide.without


@pytest.mark.parametrize(
    ("regions", "years", "error", "said"),
    [
        ("990100", "2018-2019", BadParameter, "no figures for any region and year asked for; .* 2020, 2021"),
        ("990200", "all", UnknownName, r"no figures for Emptyville \(990200\)"),
        ("990100,990100", "all", BadParameter, "--regions names '990100', '990100'; expected each of them once"),
        ("990100", "2020,2019-2021", BadParameter, "--years names"),
        ("990100", "2021-2020", BadParameter, "'2021-2020'; expected a year, or the first and the last"),
        ("990100", "2020-2021-2022", BadParameter, "expected a year, or the first and the last"),
        ("990100", "20x1", BadParameter, "is not a reference year"),
        ("990300", "2021", UnknownName, "no region '990300'"),
        (",", "2021", BadParameter, "--regions names nothing"),
        ("990100", " ", BadParameter, "--years names nothing"),
    ],
)
def test_what_cannot_be_is_refused(tiny_to_read, regions, years, error, said):
    """A region without any figures, a name that stands twice or does not exist, a range that runs backwards."""
    with pytest.raises(error, match=said):
        grid(tiny_to_read, regions, years)
