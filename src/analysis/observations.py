"""A report's numbers as SDMX-CSV 2.0, one row for each figure and each indicator; ``sdmx_structure`` says what is what.

A row is known by frequency, region, series or indicator, and year, so it can hold one number only: of a figure that
several publications print, the one that speaks; the others stand in its comment and in ``figures.csv``. A value is
written as it was printed, to be multiplied by ten to the power of UNIT_MULT, and so are the ends of its interval; an
end that is not known is empty, as is the value of an indicator that cannot be computed.

OBS_STATUS has one code, the first that applies in the order of the SDMX guideline for one status per value:

- ``B`` a break (``data/breaks.csv``) lies between this row and the one before it of the same region and series, or,
  without one, between this year and the year before; for an indicator, a break of any of its inputs;
- ``O`` an input of the indicator is not published here; ``M`` the published figures leave it without a value. Only a
  value can begin a series anew, so ``B`` is not given to these two;
- ``D`` the codebook says that the series, or an input, is not the same thing everywhere (marked or refused);
- ``E`` the publisher calls the figure, or an input, approximate;
- ``A`` none of these.

A bound ("more than") is not an estimate: what it leaves open is said by OBS_QUALIFIER, LOWER and UPPER.
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

from analysis import wording
from analysis.breaks import Break, breaks_between
from analysis.edition import Edition
from analysis.figures import Figure
from analysis.report_records import Say, as_it_is, decimal, figures_used, why_missing, write_csv
from analysis.rounding import Rounded

DATAFLOW = "IPREPORT:IP_WORK(1.0.0)"
DIMENSIONS = ("FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD")
MEASURE = "OBS_VALUE"
ATTRIBUTES = (
    "LOWER", "UPPER", "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "OBS_QUALIFIER", "SOURCE", "COMMENT_OBS",
)  # fmt: skip
COLUMNS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, MEASURE, *ATTRIBUTES)
STATUSES = ("B", "O", "M", "D", "E", "A")
"""The codes of CL_OBS_STATUS that occur, the first that applies first."""


def write_observations(edition: Edition, path: Path, say: Say = as_it_is) -> None:
    """Write ``COLUMNS``: the figures in the order of ``figures.csv``, then the indicators."""
    write_csv(path, COLUMNS, [*_figures(edition, say), *_indicators(edition, say)])


def _figures(edition: Edition, say: Say) -> Iterator[list[object]]:
    used = [figure for figure, speaks in figures_used(edition) if speaks]
    years: dict[tuple[str, str], list[int]] = defaultdict(list)
    for figure in used:
        years[figure.region, figure.series].append(figure.reference_year)
    for figure in used:
        year = figure.reference_year
        before = max((each for each in years[figure.region, figure.series] if each < year), default=year - 1)
        found = breaks_between((figure.series,), figure.region, before, year, edition.data)
        differs = edition.series(figure.series).comparability != "direct"
        yield [
            *_key(figure.region, figure.series, year), figure.value,
            *_ends(figure.rounded, Fraction(10) ** figure.multiplier), figure.unit, figure.multiplier,
            _status(found, differs, figure.rounded.about), figure.qualifier, figure.source,
            _joined(figure.note, _also(edition, figure, say), *_told(edition, found, say)),
        ]  # fmt: skip


def _indicators(edition: Edition, say: Say) -> Iterator[list[object]]:
    for result in edition.results.values():
        indicator, value, year = result.indicator, result.value, result.reference_year
        key = _key(result.region, indicator.id, year)
        sources = " ".join(dict.fromkeys(figure.source for figure in result.figures.values()))
        if value is None:
            status = "O" if result.missing else "M"
            yield [*key, "", "", "", indicator.unit, 0, status, "", sources, say(why_missing(edition, result))]
            continue
        found = breaks_between(indicator.inputs, result.region, year - 1, year, edition.data)
        differs = any(edition.series(series).comparability != "direct" for series in indicator.inputs)
        yield [
            *key, decimal(value.printed), *_ends(value), indicator.unit, 0, _status(found, differs, value.about),
            wording.qualifier_of(value), sources, _joined(*_told(edition, found, say)),
        ]  # fmt: skip


def _key(region: str, series: str, year: int) -> list[object]:
    return ["dataflow", DATAFLOW, "I", "A", region, series, year]


def _ends(value: Rounded, scale: Fraction = Fraction(1)) -> tuple[str, str]:
    ends = ((value.lower, floor), (value.upper, ceil))
    lower, upper = (decimal(None if end is None else end / scale, outward) for end, outward in ends)
    return lower, upper


def _status(found: tuple[Break, ...], differs: bool, about: bool) -> str:
    """The code of a number that exists."""
    return "B" if found else "D" if differs else "E" if about else "A"


def _also(edition: Edition, figure: Figure, say: Say) -> str:
    """The same number as other publications print it."""
    others = edition.figures.every(figure.region, figure.reference_year, figure.series)[1:]
    series = edition.series(figure.series)
    told = [
        edition.words("sdmx_also_item", figure=wording.figure_text(each, series, edition.language), source=each.source)
        for each in others
    ]
    return say(edition.words("sdmx_also", figures=edition.listed(told))) if told else ""


def _told(edition: Edition, found: tuple[Break, ...], say: Say) -> Iterator[str]:
    """The breaks in words."""
    for each in found:
        kind = edition.words(f"break_{each.kind}")
        told = edition.words("break_told", kind=kind, earlier=each.earlier_year, later=each.later_year)
        yield say(edition.words("sdmx_break", kind=told, why=each.why(edition.language)))


def _joined(*texts: str) -> str:
    return " | ".join(text for text in texts if text)
