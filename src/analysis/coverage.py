"""Which series have a figure in which year."""

from collections.abc import Iterable

from analysis import wording
from analysis.codebook import codebook
from analysis.edition import Edition
from analysis.exhibits import table_of
from analysis.tables import Table


def coverage_table(edition: Edition) -> Table | None:
    """The years in which each series has a figure, in the order of the codebook; None where none has. Without growth."""
    held = {
        year: set(edition.figures.series_of(edition.region_code, year))
        for year in edition.figures.years(edition.region_code)
    }
    rows = []
    for name, series in codebook(edition.data).items():
        years = [year for year, there in held.items() if name in there]
        if years and not name.endswith("_yoy_percent"):
            shown = edition.listed(stretches(years))
            rows.append([wording.escaped(edition.series_name(name)), edition.words(series.aspect), shown])
    return table_of(edition, "coverage", "ledger_coverage", ("series", "aspect", "ledger_years"), rows)


def stretches(years: Iterable[int]) -> list[str]:
    """Years, oldest first, with neighbours joined: ``[2008, 2010, 2011, 2012]`` is ``["2008", "2010–2012"]``."""
    joined: list[list[int]] = []
    for year in years:
        if joined and year == joined[-1][-1] + 1:
            joined[-1] = [joined[-1][0], year]
        else:
            joined.append([year])
    return ["–".join(map(str, stretch)) for stretch in joined]
