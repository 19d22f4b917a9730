"""Where a series changes its meaning (``data/breaks.csv``): no growth is worked out across a break, no line drawn."""

from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.codebook import codebook, regions
from analysis.errors import BadRow, did_you_mean
from analysis.reads import loaded
from analysis.records import Record, one_of, records, required
from analysis.sources import sources

BREAK_KINDS = (
    "counting", "population_base", "revision", "vintage", "policy", "scope", "wording", "date", "publisher"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """One row of ``data/breaks.csv``: the figures of ``series`` up to one year and from a later one are of two kinds.

    ``region`` is empty where the break is everywhere. Several series break together, and none continues another.
    """

    series: tuple[str, ...]
    region: str
    earlier_year: int
    later_year: int
    kind: str
    why_en: str
    why_zh: str
    source: str

    def why(self, language: str) -> str:
        """The reason in one language."""
        return getattr(self, f"why_{language}")

    def touches(self, series: str, region: str) -> bool:
        """Whether it is about a series of a region."""
        return series in self.series and self.region in ("", region)

    def parts(self, earlier: int, later: int) -> bool:
        """Whether it may lie between two years; a year inside the break belongs to neither side."""
        return earlier < self.later_year and later > self.earlier_year


@loaded("breaks.csv")
def breaks(data: Path = paths.DATA) -> tuple[Break, ...]:
    """All breaks, in the file's order. Raises BadRow for years that do not run forward, or a name that is not known."""
    return tuple(_break(place, row, data) for place, row in records(data / "breaks.csv", list(Break.__slots__)))


def breaks_between(
    series: tuple[str, ...], region: str, earlier: int, later: int, data: Path = paths.DATA
) -> tuple[Break, ...]:
    """The breaks of any of ``series`` in a region that may lie between two years."""
    return tuple(
        each
        for each in breaks(data)
        if each.parts(earlier, later) and any(each.touches(name, region) for name in series)
    )


def _break(place: str, row: Record, data: Path) -> Break:
    required(place, row, "series", "earlier_year", "later_year", "why_en", "why_zh")
    one_of(place, row, "kind", BREAK_KINDS)
    names = tuple(row["series"].split("|"))
    known = codebook(data)
    for series in names:
        if series not in known:
            hint = did_you_mean(series, known)
            raise BadRow(f"{place}: the break names the series {series!r}, which is not in data/series.csv.{hint}")
    for column, listed in (("region", regions(data)), ("source", sources(data))):
        if row[column] and row[column] not in listed:
            raise BadRow(
                f"{place}: the {column} {row[column]!r} is not in data/{column}s.csv; leave it empty or add it"
            )
    years = [_year(place, row, column) for column in ("earlier_year", "later_year")]
    if years[0] >= years[1]:
        raise BadRow(f"{place}: the break lies between {years[0]} and {years[1]}; the later year must come after")
    return Break(**(row | {"series": names, "earlier_year": years[0], "later_year": years[1]}))


def _year(place: str, row: Record, column: str) -> int:
    text = row[column]
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BadRow(f"{place}: found {column} {text!r}, expected four digits")
    return int(text)
