"""Which figures an exercise on sources that disagree is about: several printings of one number, totals and their parts.

How two printings stand to each other is decided as in the report (``agreement``). What is looked for is taken from the
year itself or, failing that, from the nearest year before it. Rules are explained in ``figure_choices``, which holds
all of them. Standard library only.
"""

from collections.abc import Callable, Iterator

from analysis.agreement import VERDICTS, Agreement
from analysis.codebook import codebook
from analysis.consistency import agreements
from analysis.figures import Figure, Figures
from analysis.identities import identities
from analysis.sources import sources
from analysis.standings import ancestors

MOST_DIGITS = 3


def printed_twice(figures: Figures, region: str, year: int) -> list[Agreement]:
    """The numbers that several publications print, up to a year: the newest first, then the gravest difference."""
    found = []
    for each in reversed(figures.years(region)):
        if each <= year:
            found += sorted(agreements(figures, region, each), key=lambda one: -VERDICTS.index(one.verdict))
    return found


def _two_printings(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """Two printings of one number in different digits, in the order of their publications' ids."""
    for agreement in printed_twice(figures, region, year):
        first = agreement.figures[0]
        other = next((each for each in agreement.figures[1:] if _printed(each) != _printed(first)), None)
        if other:
            yield dict(zip(("a", "b"), sorted((first, other), key=lambda each: each.source), strict=True))


def _printed(figure: Figure) -> tuple:
    return figure.value, figure.multiplier, figure.qualifier


def _two_vintages(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """Two numbers for one year that do not agree, the one published before the other."""
    known = sources(figures.data)
    for agreement in printed_twice(figures, region, year):
        if agreement.verdict != "conflict":
            continue
        rows = [each for each in agreement.figures if each.qualifier == "exact" and known[each.source].published_on]
        rows.sort(key=lambda each: known[each.source].published_on)
        differ = len(rows) > 1 and rows[0].rounded.printed != rows[-1].rounded.printed
        if differ and known[rows[0].source].published_on != known[rows[-1].source].published_on:
            yield {"earlier": rows[0], "later": rows[-1]}


def _sum(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A total and its two parts, all of them printed; first those that do not add up."""
    found = []
    for each in identities(figures.data).sum:
        rows = [figures.chosen(region, year, series) for series in (each.whole, *each.parts)]
        if len(rows) == 3 and all(row and row.qualifier == "exact" for row in rows):
            found.append(dict(zip(("whole", "first", "second"), rows, strict=True)))
    yield from sorted(found, key=adds_up)


def _two_of_three(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A total and the first two of its three parts, where all four are printed to the unit.

    Of the region, the newest year first, or else of the regions that contain it.
    """
    for codes in ([region], ancestors(region, figures)):
        found = []
        for code in codes:
            for before in (each for each in figures.years(code) if each <= year):
                for each in identities(figures.data).sum:
                    rows = [figures.chosen(code, before, series) for series in (each.whole, *each.parts)]
                    if len(rows) == 4 and all(row and row.rounded.exact for row in rows):
                        found.append(dict(zip(("whole", "first", "second"), rows[:3], strict=True)))
        if found:
            yield from sorted(found, key=lambda choice: -choice["whole"].reference_year)
            return


def adds_up(choice: dict[str, Figure]) -> bool:
    """Whether a printed total is the sum of its printed parts."""
    whole, *parts = (each.rounded.printed for each in choice.values())
    return whole == sum(parts)


def _rise(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A level and the rate, printed for it, by which it grew."""
    for level, rate in _rates(figures, region, year):
        if rate.rounded.printed > 0:
            yield {"level": level, "rate": rate}


def _rate_and_levels(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A printed growth rate and the two levels from which it should follow."""
    for later, rate in _rates(figures, region, year):
        earlier = figures.chosen(region, year - 1, later.series)
        if earlier and earlier.qualifier == "exact" and earlier.rounded.printed > 0:
            yield {"rate": rate, "later": later, "earlier": earlier}


def _rates(figures: Figures, region: str, year: int) -> Iterator[tuple[Figure, Figure]]:
    for name, series in codebook(figures.data).items():
        if not series.growth_of or series.growth_of == "gdp":  # its growth is at constant prices, its level is not
            continue
        level, rate = (figures.chosen(region, year, each) for each in (series.growth_of, name))
        if not level or not rate or rate.unit != "percent":
            continue
        if "exact" == level.qualifier == rate.qualifier and level.rounded.printed > 0:
            yield level, rate


def _many_digits(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A number printed with more digits than another source would repeat."""
    for series in figures.series_of(region, year):
        figure = figures.chosen(region, year, series)
        digits = figure.value.replace(".", "").strip("0")
        if figure.qualifier == "exact" and figure.unit in ("count", "persons", "CNY") and len(digits) > MOST_DIGITS:
            yield {"x": figure}


SOURCE_RULES: dict[str, Callable[[Figures, str, int], Iterator[dict[str, Figure]]]] = {
    "two_printings": _two_printings,
    "two_vintages": _two_vintages,
    "total_and_parts": _sum,
    "two_of_three_parts": _two_of_three,
    "rise": _rise,
    "rate_and_levels": _rate_and_levels,
    "many_digits": _many_digits,
}
