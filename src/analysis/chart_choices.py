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
    for series, years in _years(figures, region, year).items():
        found = _drawable(figures, region, series, years[-2:])
        if len(found) == 2 and found[0].rounded.printed != found[1].rounded.printed:
            yield {"earlier": found[0], "later": found[1]}


def years_missing(figures: Figures, region: str, year: int) -> Iterator[Years]:
    """A series in the reference year and the two latest years before it that have a figure, with a year left out."""
    for series, known in _years(figures, region, year).items():
        years = known[-3:]
        found = _drawable(figures, region, series, years) if len(years) == 3 and years[-1] - years[0] > 2 else []
        if found and found[0].rounded.printed != found[2].rounded.printed:
            yield dict(zip(("first", "middle", "last"), found, strict=True))


def _years(figures: Figures, region: str, year: int) -> dict[str, list[int]]:
    """For each series of the reference year, the years up to it with any figure, oldest first."""
    found: dict[str, list[int]] = {series: [] for series in figures.series_of(region, year)}
    for each, series in figures.published(region):
        if series in found and each <= year:
            found[series].append(each)
    return found


def _drawable(figures: Figures, region: str, series: str, years: list[int]) -> list[Figure]:
    """The figures of these years, or none where one of them cannot stand in a picture with the others."""
    if codebook(figures.data)[series].unit not in DRAWN:
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
