"""Which figures an exercise on change over time is about: rules that find them in any region and year.

No pair is taken across a break, because no growth is worked out across one. Rules are explained in ``figure_choices``,
which holds all of them. Standard library only.
"""

from collections.abc import Callable, Iterator

from analysis.breaks import breaks_between
from analysis.codebook import codebook
from analysis.figures import Figure, Figures

MEASURED = ("count", "persons", "CNY")
"""Units of which a growth in per cent means something."""


def earlier_figures(figures: Figures, later: Figure) -> list[Figure]:
    """The figures of the same series and region in earlier years to which no break lies between, the nearest first."""
    found = []
    for year in reversed(figures.years(later.region)):
        if year < later.reference_year and (each := figures.chosen(later.region, year, later.series)):
            if breaks_between((later.series,), later.region, year, later.reference_year, figures.data):
                break
            found.append(each)
    return found


def outright(figure: Figure | None) -> bool:
    """Whether there is a figure, given as it is and not as a bound, and more than nothing."""
    return figure is not None and figure.qualifier == "exact" and figure.rounded.printed > 0


def present(figures: Figures, region: str, year: int) -> list[Figure]:
    """The outright figures of a region and year of which a quotient means something, in the codebook's order."""
    found = [figures.chosen(region, year, series) for series in figures.series_of(region, year)]
    return [each for each in found if each.unit in MEASURED and outright(each)]


def _grown(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A number and the nearest earlier one that it may be compared with."""
    for later in present(figures, region, year):
        if earlier := next(filter(outright, earlier_figures(figures, later)), None):
            yield {"later": later, "earlier": earlier}


def _grown_open(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """Such a pair of which rounding leaves one open at least."""
    for choice in _grown(figures, region, year):
        if not all(each.rounded.exact for each in choice.values()):
            yield choice


def _grown_long(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A number and the oldest one that it may be compared with, two years apart or more."""
    for later in present(figures, region, year):
        before = [each for each in earlier_figures(figures, later) if outright(each)]
        if before and later.reference_year - before[-1].reference_year >= 2:
            yield {"later": later, "earlier": before[-1]}


def _share_years(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A part and its whole, counted to the unit, in two years without a break between."""
    for name, series in codebook(figures.data).items():
        pair = _counted(figures, region, year, name, series.part_of)
        if not pair:
            continue
        comparable = {each.reference_year for each in earlier_figures(figures, pair[0])}
        for earlier in earlier_figures(figures, pair[1]):
            before = _counted(figures, region, earlier.reference_year, name, series.part_of)
            if before and earlier.reference_year in comparable:
                yield dict(zip(("part_later", "whole_later", "part_earlier", "whole_earlier"), pair + before,
                               strict=True))  # fmt: skip
                break


def _counted(figures: Figures, region: str, year: int, part: str, whole: str) -> tuple[Figure, ...]:
    """The two figures of a part and its whole, where both are exact and the part is the smaller; else nothing."""
    found = tuple(figures.chosen(region, year, each) for each in (part, whole) if each)
    if len(found) != 2 or not all(outright(each) and each.rounded.exact for each in found):
        return ()
    return found if found[0].rounded.printed < found[1].rounded.printed else ()


YEAR_RULES: dict[str, Callable[[Figures, str, int], Iterator[dict[str, Figure]]]] = {
    "grown": _grown,
    "grown_open": _grown_open,
    "grown_long": _grown_long,
    "share_years": _share_years,
}
