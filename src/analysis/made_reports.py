"""Reading a report that was made before: its figures, its indicators and what its chapters show."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from analysis.cells import unguarded
from analysis.codebook import LANGUAGES
from analysis.errors import AnalysisError, listed
from analysis.report_records import FIGURE_COLUMNS, INDICATOR_COLUMNS
from analysis.rounding import Rounded, printed_place, unround
from analysis.shown import MOST_BYTES, Shown, shown

PROBLEMS = ("zero", "part", "open", "other")
"""Why a complete formula has no value; anything else in the column ``missing`` is a list of series."""

Key = tuple[str, int, str]
"""Region, reference year, series."""


class NoReport(AnalysisError):
    """A folder that is no report, or one that is damaged, unfinished or too old to be compared."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A figure as ``figures.csv`` of a report records it; see ``report_records.FIGURE_COLUMNS``."""

    key: Key
    place: str
    name: str
    used: bool
    value: str
    multiplier: int
    unit: str
    qualifier: str
    kind: str
    printed: str
    source: str
    publisher: str
    published_on: str
    phrase: str
    definition: str
    comparability: str

    @property
    def rounded(self) -> Rounded:
        """The number with its rounding interval."""
        return unround(self.value, self.multiplier, self.qualifier, unit=self.unit)

    @property
    def number(self) -> tuple:
        """What makes it the number it is: its size, the place of its last digit, qualifier, unit."""
        return self.rounded.printed, printed_place(self.value, self.multiplier), self.qualifier, self.unit


@dataclass(frozen=True, slots=True)
class Computed:
    """An indicator as ``indicators.csv`` of a report records it; without a value, ``missing`` says why.

    ``inputs`` are the series of its formula, as far as the file names them.
    """

    id: str
    name: str
    value: Rounded | None
    unit: str
    printed: str
    inputs: tuple[str, ...]
    missing: str


@dataclass(frozen=True)
class MadeReport:
    """A report in one language, as it stands in its folder. ``figures`` has the figure that speaks first."""

    folder: Path
    region: str
    year: int
    language: str
    figures: dict[Key, list[Recorded]]
    indicators: dict[str, Computed]
    shown: Shown

    @property
    def place(self) -> str:
        """The name of the region, in the report's language."""
        return next(rows[0].place for key, rows in self.figures.items() if key[:2] == (self.region, self.year))

    def own(self, series: str) -> Recorded | None:
        """The figure of the report's own region and year that speaks, if there is one."""
        return next(iter(self.figures.get((self.region, self.year, series), [])), None)


def made_reports(folder: Path) -> dict[str, MadeReport]:
    """The report in a folder by language: that of one language, or the folder above with one for each.

    Raises NoReport if there is none, or if one is damaged, unfinished or was made before reports kept their figures.
    """
    folders = [folder] if (folder / "indicators.csv").is_file() else [folder / language for language in LANGUAGES]
    found = [made_report(each) for each in folders if (each / "indicators.csv").is_file()]
    if not found:
        what = "has no report" if folder.is_dir() else "is no folder"
        raise NoReport(
            f"{folder} {what}: expected a folder that `ipreport build` made, such as reports/REGION-YEAR or "
            "reports/REGION-YEAR/LANGUAGE, with indicators.csv and chapters/"
        )
    places = {(report.region, report.year) for report in found}
    if len(places) > 1:
        raise NoReport(f"{folder} holds reports on different regions or years: {sorted(places)}")
    return {report.language: report for report in found}


def made_report(folder: Path) -> MadeReport:
    """The report in one folder. Raises NoReport or AnalysisError."""
    indicators = {row["indicator"]: _computed(place, row) for place, row in _rows(folder, INDICATOR_COLUMNS)}
    if not (folder / "chapters").is_dir():
        raise NoReport(
            f"{folder} has no chapters, which a comparison reads; an edition in traditional characters never has: give "
            f"the folder of the Chinese one beside it, or {folder.parent} for all languages"
        )
    seen = shown(folder / "chapters", {each.name: each.id for each in indicators.values()})
    region, year, language = (seen.parameters[name] for name in ("region", "reference_year", "language"))
    if not (folder / "figures.csv").is_file():
        raise NoReport(
            f"{folder} has no figures.csv: it was made before reports kept their figures. Build it again: "
            f"`ipreport build --region {region} --year {year} --language {language}`"
        )
    figures: dict[Key, list[Recorded]] = {}
    for place, row in _rows(folder, FIGURE_COLUMNS):
        figure = _recorded(place, row)
        figures.setdefault(figure.key, []).append(figure)
    for rows in figures.values():
        rows.sort(key=lambda each: not each.used)
    inputs = {series for each in indicators.values() if each.value for series in each.inputs}
    if lacking := sorted(series for series in inputs if (region, year, series) not in figures):
        raise NoReport(
            f"{folder}: the indicators of {region} in {year} are worked out from {listed(lacking)}, which figures.csv "
            "does not have; build the report again"
        )
    if not any(key[:2] == (region, year) for key in figures):
        raise NoReport(f"{folder}: the chapters are of {region} in {year}, and figures.csv has no figure of these")
    return MadeReport(folder, region, year, language, figures, indicators, seen)


def _rows(folder: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of ``figures.csv`` or ``indicators.csv`` unguarded, each with its file and line."""
    path = folder / ("figures.csv" if columns is FIGURE_COLUMNS else "indicators.csv")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NoReport(f"{path} has more than {MOST_BYTES} bytes; that is no table of a report")
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if lacking := [column for column in columns if column not in (reader.fieldnames or ())]:
                raise NoReport(f"{path}: the columns {', '.join(lacking)} are missing; build the report again")
            for row in reader:
                place = f"{path}, line {reader.line_num}"
                if None in row or None in row.values():
                    raise NoReport(f"{place}: found another number of cells than of columns; build the report again")
                yield place, {column: unguarded(cell) for column, cell in row.items()}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NoReport(f"{path} cannot be read: {error}; build the report again") from error


def _recorded(place: str, row: dict[str, str]) -> Recorded:
    try:
        key = (row["region"], int(row["reference_year"]), row["series"])
        same = {name: row[name] for name in Recorded.__slots__ if name in row}
        found = Recorded(**(same | {"key": key, "used": row["used"] == "yes", "multiplier": int(row["multiplier"])}))
        _ = found.rounded
    except (ValueError, AnalysisError) as error:
        raise NoReport(f"{place}: {error}; build the report again") from error
    return found


def _computed(place: str, row: dict[str, str]) -> Computed:
    inputs = [each.partition("=")[0] for each in row["inputs"].split("; ") if each]
    if row["missing"] not in PROBLEMS:
        inputs += [each for each in row["missing"].split("; ") if each]
    try:
        value = _rounded(row) if row["value"] else None
    except (ValueError, ZeroDivisionError) as error:
        raise NoReport(f"{place}: {error}; build the report again") from error
    return Computed(
        row["indicator"], row["name"], value, row["unit"], row["printed"], tuple(dict.fromkeys(inputs)), row["missing"]
    )


def _rounded(row: dict[str, str]) -> Rounded:
    lower, upper = (Fraction(row[end]) if row[end] else None for end in ("lower", "upper"))
    qualifier = row["qualifier"]
    about, above, below = qualifier == "about", qualifier == "more_than", qualifier == "less_than"
    return Rounded(Fraction(row["value"]), lower, upper, about, above, below)
