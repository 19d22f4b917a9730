"""The figures that a report was made from, written beside it, so that two reports can be compared without the data."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from analysis import selection, wording
from analysis.edition import Edition
from analysis.figures import Figure

FIGURE_COLUMNS = (
    "region", "place", "reference_year", "series", "name", "used", "value", "multiplier", "unit", "qualifier", "kind",
    "printed", "source", "publisher", "published_on", "reliability", "phrase", "note", "definition", "comparability",
)  # fmt: skip
WORDED = ("place", "name", "printed", "definition")
"""``used`` is yes for the figure that speaks where several publications print one, else no; ``printed`` is the figure
as the report shows it; those of ``WORDED`` are in the report's language."""


def write_figures(edition: Edition, path: Path, say: Callable[[str], str] = str) -> None:
    """Write every figure that a report uses as CSV (``FIGURE_COLUMNS``), the words of the report as ``say`` puts them.

    First every row of the report's own region: those of its reference year, then those of the other years, which the
    chapter on change draws from; in the codebook's order, the chosen one first. Then the figures of other regions that
    the chapters show.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIGURE_COLUMNS)
        for figure, used in rows_recorded(edition):
            cells = zip(FIGURE_COLUMNS, _cells(edition, figure, used), strict=True)
            writer.writerow([say(cell) if column in WORDED else cell for column, cell in cells])


def rows_recorded(edition: Edition) -> Iterator[tuple[Figure, bool]]:
    """Every figure that a report uses, in the order of ``write_figures``, with whether it is the one that speaks."""
    figures, region = edition.figures, edition.region_code
    for year in sorted(figures.years(region), key=lambda year: (year != edition.reference_year, year)):
        for series in figures.series_of(region, year):
            for position, figure in enumerate(figures.every(region, year, series)):
                yield figure, position == 0
    for figure in selection.figures_shown(edition):
        if figure.region != region:
            yield figure, True


def _cells(edition: Edition, figure: Figure, used: bool) -> list[object]:
    series, source = edition.series(figure.series), edition.source(figure)
    return [
        figure.region, edition.region_name(figure.region), figure.reference_year, figure.series,
        series.text("name", edition.language), "yes" if used else "no", figure.value, figure.multiplier, figure.unit,
        figure.qualifier, figure.kind, wording.figure_text(figure, series, edition.language), figure.source,
        source.publisher, source.published_on, source.reliability, figure.phrase, figure.note,
        series.text("definition", edition.language), series.comparability,
    ]  # fmt: skip
