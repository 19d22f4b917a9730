"""The indicators and figures of a report as CSV, so that two reports can be compared without the data.

Every cell is visible text that no spreadsheet takes for a formula (``cells``); a number is a plain decimal.
"""

import csv
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import wording
from analysis.cells import guarded
from analysis.figures import Figure
from analysis.indicators import Result
from analysis.reads import remembered
from analysis.sources import Source, sources

if TYPE_CHECKING:
    from analysis.edition import Edition

Say = Callable[[str], str]
"""What is done to every text in the report's own language; quotations and titles of publications are not passed."""

CREATOR = "The ipreport authors"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MEDIA_TYPES = {
    "report.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "indicators.csv": "text/csv",
    "figures.csv": "text/csv",
    "observations.csv": "application/vnd.sdmx.data+csv;version=2.0.0",
    "structure.json": "application/vnd.sdmx.structure+json;version=2.0.0",
}
"""Of the files beside a report that can be taken away."""

FIGURE_COLUMNS = (
    "region", "place", "reference_year", "series", "name", "used", "value", "multiplier", "unit", "qualifier", "kind",
    "printed", "source", "publisher", "published_on", "reliability", "phrase", "note", "definition", "comparability",
)  # fmt: skip
"""``used`` is yes for the figure that speaks where several publications print one, else no; ``printed`` is the figure
as the report shows it; those of ``WORDED`` are in the report's language."""

WORDED = ("place", "name", "printed", "definition")

INDICATOR_COLUMNS = (
    "indicator", "name", "value", "lower", "upper", "qualifier", "unit", "printed", "inputs", "missing",
)  # fmt: skip


def as_it_is(text: str) -> str:
    """What is done to a text unless a converter is given: nothing."""
    return text


def write_indicators(edition: "Edition", path: Path, say: Say = as_it_is) -> None:
    """Write every indicator of a report as CSV (``INDICATOR_COLUMNS``): value and interval as decimals, ends outward.

    Without a value, ``missing`` names the series that have no figure, or the problem (zero, part, open or other).
    """
    write_csv(path, INDICATOR_COLUMNS, (_indicator_cells(edition, each, say) for each in edition.results.values()))


def write_figures(edition: "Edition", path: Path, say: Say = as_it_is) -> None:
    """Write every figure that a report uses as CSV (``FIGURE_COLUMNS``).

    First every row of the report's own region: those of its reference year, then those of the other years, which the
    chapter on change draws from; in the codebook's order, the chosen one first. Then the figures of other regions that
    the chapters show.
    """
    cells = (_figure_cells(edition, figure, used, say) for figure, used in figures_used(edition))
    write_csv(path, FIGURE_COLUMNS, cells)


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Write a table whose cells no spreadsheet takes for formulas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([guarded(str(cell)) for cell in row] for row in rows)


@remembered(2)
def figures_used(edition: "Edition") -> tuple[tuple[Figure, bool], ...]:
    """Every figure of ``write_figures`` in its order, with whether it speaks for its region, year and series."""
    from analysis import selection  # which a report that has not changed does without

    figures, region = edition.figures, edition.region_code
    years = sorted(figures.years(region), key=lambda year: (year != edition.reference_year, year))
    own = [
        (figure, position == 0)
        for year in years
        for series in figures.series_of(region, year)
        for position, figure in enumerate(figures.every(region, year, series))
    ]
    return (*own, *((figure, True) for figure in selection.figures_shown(edition) if figure.region != region))


def publications(edition: "Edition") -> list[Source]:
    """The publications that the report's figures come from, by id."""
    known = sources(edition.data)
    return [known[name] for name in sorted({figure.source for figure, _ in figures_used(edition)})]


def newest(edition: "Edition") -> str:
    """The date of the newest publication, as far as it is known: a day, a month, a year or nothing."""
    return max((source.published_on for source in publications(edition)), default="")


def newest_day(edition: "Edition") -> date:
    """The first day that ``newest`` may mean, for what must have a whole date; without any date, the epoch."""
    if known := newest(edition):
        return date(*map(int, [*known.split("-"), "1", "1"][:3]))
    return datetime.fromtimestamp(0, UTC).date()


def decimal(number: Fraction | None, rounding: Callable[[Fraction], int] | None = None) -> str:
    """A number with at most six decimals, as a program reads it: rounded half up, or by ``floor`` or ``ceil``."""
    if number is None:
        return ""
    scaled = number * 10**6
    whole = floor(scaled + Fraction(1, 2)) if rounding is None else rounding(scaled)
    integer, fraction = divmod(abs(whole), 10**6)
    return "-" * (whole < 0) + f"{integer}.{fraction:06d}".rstrip("0").rstrip(".")


def why_missing(edition: "Edition", result: Result) -> str:
    """Why an indicator has no value, in words."""
    if result.missing:
        names = edition.listed([edition.series_name(series) for series in result.missing])
        return edition.words("status_missing", series=names)
    return edition.words("status_problem", problem=edition.words(f"problem_{result.problem}"))


def _indicator_cells(edition: "Edition", result: Result, say: Say) -> list[object]:
    indicator, value = result.indicator, result.value
    ends = ("", "", "", "") if value is None else (
        decimal(value.printed), decimal(value.lower, floor), decimal(value.upper, ceil), wording.qualifier_of(value)
    )  # fmt: skip
    inputs = "; ".join(f"{series}={figure.value}e{figure.multiplier}" for series, figure in result.figures.items())
    printed = "" if value is None else say(edition.value(result))
    name, unit = (say(indicator.text(text, edition.language)) for text in ("name", "unit"))
    return [indicator.id, name, *ends, unit, printed, inputs, "; ".join(result.missing) or result.problem]


def _figure_cells(edition: "Edition", figure: Figure, used: bool, say: Say) -> list[object]:
    series, source = edition.series(figure.series), edition.source(figure)
    name, definition = (say(series.text(text, edition.language)) for text in ("name", "definition"))
    printed = say(wording.figure_text(figure, series, edition.language))
    return [
        figure.region, say(edition.region_name(figure.region)), figure.reference_year, figure.series, name,
        "yes" if used else "no", figure.value, figure.multiplier, figure.unit, figure.qualifier, figure.kind, printed,
        figure.source, source.publisher, source.published_on, source.reliability, figure.phrase, figure.note,
        definition, series.comparability,
    ]  # fmt: skip
