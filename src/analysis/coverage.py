"""Which series have a figure in which year."""

from collections.abc import Iterable

from analysis import wording
from analysis.codebook import codebook
from analysis.edition import Edition
from analysis.exhibits import table_of
from analysis.tables import Table


def coverage_table(edition: Edition) -> Table | None:
    """The series with a figure in the same years, most years first; None where there is none. Growth rates left out."""
    held = {
        year: set(edition.figures.series_of(edition.region_code, year))
        for year in edition.figures.years(edition.region_code)
    }
    alike: dict[tuple[int, ...], list[str]] = {}
    for name in codebook(edition.data):
        years = tuple(year for year, there in held.items() if name in there)
        if years and not name.endswith("_yoy_percent"):
            alike.setdefault(years, []).append(edition.series_name(name))
    rows = [
        [edition.listed(stretches(years)), wording.escaped(edition.words("semicolon").join(names))]
        for years, names in sorted(alike.items(), key=lambda row: (-len(row[0]), row[0]))
    ]
    return table_of(edition, "coverage", "ledger_coverage", ("ledger_years", "series"), rows)


def stretches(years: Iterable[int]) -> list[str]:
    """Years, oldest first, with neighbours joined: ``[1, 3, 4, 5]`` is ``["1", "3–5"]``."""
    joined: list[list[int]] = []
    for year in years:
        if joined and year == joined[-1][-1] + 1:
            joined[-1] = [joined[-1][0], year]
        else:
            joined.append([year])
    return ["–".join(map(str, stretch)) for stretch in joined]
