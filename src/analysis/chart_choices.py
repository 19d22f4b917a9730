"""Rules that find one series over several years, for exercises about pictures; see ``figure_choices``.

Only years between which the series keeps its meaning (``data/breaks.csv``) are put together. Standard library only.
"""

from collections.abc import Callable, Iterator

from analysis.breaks import breaks_between
from analysis.codebook import codebook
from analysis.figures import Figure, Figures

Years = dict[str, Figure]
"""Figures of one series by role, the latest year last."""

DRAWN = ("count", "CNY", "persons")
"""Units of levels that a picture can show from zero."""


def earlier_year(figures: Figures, region: str, year: int) -> Iterator[Years]:
    """A series in the reference year and in the latest year before it that has a figure, however long ago."""
    for series in figures.series_of(region, year):
        years = _years(figures, region, series, year)[-2:]
        found = _drawable(figures, region, series, years)
        if len(found) == 2 and found[0].rounded.printed != found[1].rounded.printed:
            yield {"earlier": found[0], "later": found[1]}


def years_missing(figures: Figures, region: str, year: int) -> Iterator[Years]:
    """A series in the reference year and the two latest years before it that have a figure, with a year left out."""
    for series in figures.series_of(region, year):
        years = _years(figures, region, series, year)[-3:]
        found = _drawable(figures, region, series, years)
        if len(found) == 3 and years[-1] - years[0] > 2 and found[0].rounded.printed != found[2].rounded.printed:
            yield dict(zip(("first", "middle", "last"), found, strict=True))


def _years(figures: Figures, region: str, series: str, year: int) -> list[int]:
    """The years up to ``year`` with any figure of a series, oldest first."""
    return [each for each, name in figures.published(region) if name == series and each <= year]


def _drawable(figures: Figures, region: str, series: str, years: list[int]) -> list[Figure]:
    """The figures of these years, or none where one of them cannot stand in a picture with the others."""
    if codebook(figures.data)[series].unit not in DRAWN or not years:
        return []
    if breaks_between((series,), region, years[0], years[-1], figures.data):
        return []
    found = [figures.chosen(region, each, series) for each in years]
    sound = all(each.qualifier == "exact" and each.rounded.printed > 0 for each in found)
    return found if sound else []


CHART_RULES: dict[str, Callable[[Figures, str, int], Iterator[Years]]] = {
    "earlier_year": earlier_year,
    "years_missing": years_missing,
}
