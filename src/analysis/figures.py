"""Published figures, one row each as printed (``data/figures/<reference_year>.csv``), and which one speaks.

Where several publications print a figure for one region, year and series, all rows stay, and one is chosen:

1. a figure given outright before one given as a bound or as approximate;
2. the more reliable publication: official, then press, then secondary;
3. the one printed to the finer place, so that a rounded repeat never displaces what it was rounded from;
4. the later publication, as far as its date is known;
5. the order of the source ids, so that the choice never depends on the order of rows.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.codebook import KINDS, codebook, region_named, regions
from analysis.errors import BadNumber, BadRow, UnknownName, listed
from analysis.reads import loaded, note
from analysis.records import Record, one_of, records, required
from analysis.rounding import QUALIFIERS, SIGNED, Rounded, printed_place, unround
from analysis.sources import RELIABILITIES, sources

COLUMNS = ("region", "series", "value", "multiplier", "unit", "qualifier", "kind", "source", "phrase", "note")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number. ``value`` is the text as printed; ``multiplier`` a power of ten (亿 = 8)."""

    region: str
    reference_year: int
    series: str
    value: str
    multiplier: int
    unit: str
    qualifier: str
    kind: str
    source: str
    phrase: str
    note: str

    @property
    def rounded(self) -> Rounded:
        """The number with its rounding interval, in whole units (patents, yuan, persons, per cent)."""
        return unround(self.value, self.multiplier, self.qualifier, unit=self.unit)


class Figures:
    """All figures of a data folder, by region, reference year and series."""

    def __init__(self, rows: list[Figure], data: Path):
        self.data = data
        self._years: dict[str | None, list[int]] = {}
        self._rows: dict[tuple[str, int], dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        for figure in rows:
            self._rows[figure.region, figure.reference_year][figure.series].append(figure)
        for by_series in self._rows.values():
            for same in by_series.values():
                if len(same) > 1:  # hardly ever, and the order is not to be had for nothing
                    same.sort(key=self._preference)

    def replaced(self, new: dict[Figure, Figure]) -> "Figures":
        """These with some replaced by others of the same region, year and series; the rest is not sorted again."""
        made = Figures([], self.data)
        made._rows |= self._rows
        for place in {(figure.region, figure.reference_year) for figure in new}:
            made._rows[place] = {
                series: sorted((new.get(row, row) for row in rows), key=self._preference) if len(rows) > 1
                else [new.get(row, row) for row in rows]
                for series, rows in self._rows[place].items()
            }  # fmt: skip
        return made

    def __iter__(self):
        """Every figure: by region, then year, then series, the chosen one first."""
        places = [self._rows[place] for place in sorted(self._rows)]
        rows = [row for by_series in places for series in sorted(by_series) for row in by_series[series]]
        note(rows, "all figures")
        return iter(rows)

    def every(self, region: str, year: int, series: str) -> list[Figure]:
        """All rows for one number, the chosen one first; empty if none is published."""
        found = list(self._rows.get((region, year), {}).get(series, []))
        note(found, "figures", region, year, series)
        return found

    def chosen(self, region: str, year: int, series: str) -> Figure | None:
        """The row that speaks by the written rule, or None if no figure is published."""
        found = self.every(region, year, series)
        return found[0] if found else None

    def series_of(self, region: str, year: int) -> list[str]:
        """The series with a figure, in the codebook's order."""
        present = self._rows.get((region, year), {})
        found = [series for series in codebook(self.data) if series in present]
        note(found, "series_of", region, year)
        return found

    def published(self, region: str) -> list[tuple[int, str]]:
        """The years and series with a figure of a region, oldest first."""
        found = sorted((year, series) for (code, year), rows in self._rows.items() if code == region for series in rows)
        note(found, "published", region)
        return found

    def regions(self) -> list[str]:
        """The regions with any figure, by code."""
        found = sorted({region for region, _ in self._rows})
        note(found, "regions")
        return found

    def years(self, region: str | None = None) -> list[int]:
        """The reference years with any figure (of one region), oldest first."""
        if region not in self._years:
            self._years[region] = sorted({year for code, year in self._rows if region in (None, code)})
        found = list(self._years[region])
        note(found, "years", region)
        return found

    def require(self, region: str, year: int) -> None:
        """Refuse a region or year without figures, saying which exist. Raises UnknownName."""
        name = region_named(region, self.data).name_en
        years = self.years(region)
        if not years:
            raise UnknownName(f"no figures for {name} ({region}); there are figures for {listed(self.regions())}")
        if year not in years:
            raise UnknownName(
                f"no figures for {name} ({region}) in {year}; there are figures for {listed(years, 30)}. "
                "To add a year, see README.md, 'Add a year'."
            )

    def _preference(self, figure: Figure) -> tuple:
        source = sources(self.data)[figure.source]
        date = [int(part) for part in source.published_on.split("-") if part]
        newest_first = [-part for part in date] + [0] * (3 - len(date))
        return (
            figure.qualifier != "exact",
            RELIABILITIES.index(source.reliability),
            printed_place(figure.value, figure.multiplier),
            newest_first,
            figure.source,
        )


@loaded()
def load_figures(data: Path = paths.DATA) -> Figures:
    """Every published figure in ``data/figures``, checked. Raises BadRow with file, line and what was expected."""
    rows: list[Figure] = []
    seen: dict[tuple[str, int, str, str], str] = {}
    for path in sorted((data / "figures").glob("*.csv")):
        year = _year(path)
        for place, row in records(path, COLUMNS):
            figure = _figure(place, row, year, data)
            key = (figure.region, year, figure.series, figure.source)
            if key in seen:
                raise BadRow(
                    f"{place}: {figure.series} of {figure.region} from {figure.source} stands already in {seen[key]}; "
                    "one row per figure and source"
                )
            seen[key] = place
            rows.append(figure)
    return Figures(rows, data)


def _year(path: Path) -> int:
    if not (path.stem.isascii() and path.stem.isdigit() and len(path.stem) == 4):
        raise BadRow(f"figures/{path.name}: the file's name must be a reference year of four digits and .csv")
    return int(path.stem)


def _figure(place: str, row: Record, year: int, data: Path) -> Figure:
    required(place, row, "region", "series", "value", "multiplier", "unit", "source", "phrase")
    one_of(place, row, "qualifier", QUALIFIERS)
    one_of(place, row, "kind", KINDS)
    known = codebook(data)
    if row["series"] not in known:
        raise BadRow(f"{place}: the series {row['series']!r} is not in data/series.csv; define it there first")
    if row["region"] not in regions(data):
        raise BadRow(f"{place}: the region {row['region']!r} is not in data/regions.csv; add it there first")
    if row["source"] not in sources(data):
        raise BadRow(f"{place}: the source {row['source']!r} is not in data/sources.csv; add it there first")
    one_of(place, row, "unit", [known[row["series"]].unit])
    one_of(place, row, "kind", [known[row["series"]].kind])
    if not row["multiplier"].isascii() or not row["multiplier"].isdigit() or int(row["multiplier"]) > 15:
        raise BadRow(
            f"{place}: found multiplier {row['multiplier']!r}, expected a power of ten from 0 to 15 (万 = 4, 亿 = 8)"
        )
    figure = Figure(reference_year=year, **(row | {"multiplier": int(row["multiplier"])}))
    try:
        negative = figure.rounded.printed < 0
    except BadNumber as error:
        raise BadRow(f"{place}: {error}") from error
    if negative and figure.unit not in SIGNED:
        raise BadRow(f"{place}: found {figure.value} for {figure.series}; a {figure.unit} cannot be negative")
    return figure
