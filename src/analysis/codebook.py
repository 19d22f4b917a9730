"""The codebook: what each series counts, and which regions there are (``data/series.csv``, ``data/regions.csv``)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from analysis import paths
from analysis.errors import BadRow, UnknownName, did_you_mean, listed, quoted
from analysis.reads import Table, loaded
from analysis.records import one_of, records, required
from analysis.rounding import UNITS

LANGUAGES = ("en", "zh")
"""What the data and the chapters are written in."""
TRADITIONAL = "zh-Hant"
EDITIONS = (*LANGUAGES, TRADITIONAL)
"""What a report is published in: that in traditional characters is made from the Chinese one."""

CODES = {"zh": "zh-Hans"}
"""The BCP 47 code of an edition where it is not its name."""

AUTONYMS = {"en": "English", "zh": "简体中文", "zh-Hant": "繁體中文"}
"""What an edition calls its language."""
ASPECTS = ("planning", "creation", "protection", "value", "services", "context")
KINDS = ("flow", "stock")
LEVELS = ("nation", "province", "city")
COMPARABILITIES = ("direct", "marked", "refused")
"""From a series that is one thing everywhere to one that must not be set beside that of another region."""


def written_in(edition: str) -> str:
    """The language whose texts an edition is made from."""
    return "zh" if edition == TRADITIONAL else edition


@dataclass(frozen=True, slots=True)
class Series:
    """One row of ``data/series.csv``: something counted, over years."""

    series: str
    name_en: str
    name_zh: str
    unit: str
    counted_en: str
    counted_zh: str
    kind: str
    aspect: str
    part_of: str
    growth_of: str
    comparability: str
    definition_en: str
    definition_zh: str
    scope_trap_en: str
    scope_trap_zh: str
    wordings: str

    def text(self, field: str, language: str) -> str:
        """A field that exists in both languages: name, counted, definition or scope_trap."""
        return getattr(self, f"{field}_{language}")


@dataclass(frozen=True, slots=True)
class Region:
    """One row of ``data/regions.csv``: a place with a GB/T 2260 code."""

    region: str
    name_en: str
    name_zh: str
    level: str
    group: str
    parent: str

    def name(self, language: str) -> str:
        """The name in one language."""
        return getattr(self, f"name_{language}")


@loaded("series.csv")
def codebook(data: Path = paths.DATA) -> dict[str, Series]:
    """All series by id, in the codebook's order. Raises BadRow."""
    found: dict[str, Series] = {}
    for place, row in records(data / "series.csv", list(Series.__dataclass_fields__)):
        required(
            place, row, "series", "name_en", "name_zh", "counted_en", "counted_zh", "definition_en", "definition_zh"
        )
        one_of(place, row, "unit", sorted(UNITS))
        one_of(place, row, "kind", KINDS)
        one_of(place, row, "aspect", ASPECTS)
        one_of(place, row, "comparability", COMPARABILITIES)
        if row["comparability"] != "direct":
            required(place, row, "scope_trap_en", "scope_trap_zh")
        if row["series"] in found:
            raise BadRow(f"{place}: the series {row['series']} stands in an earlier line already")
        found[row["series"]] = Series(**row)
    for series in found.values():
        for field in ("part_of", "growth_of"):
            if (other := getattr(series, field)) and other not in found:
                raise BadRow(f"data/series.csv: {field} of {series.series} names {other}, which is no series")
    return found


@loaded()
def regions(data: Path = paths.DATA) -> Mapping[str, Region]:
    """All regions by code. Raises BadRow."""
    found: dict[str, Region] = {}
    for place, row in records(data / "regions.csv", list(Region.__dataclass_fields__)):
        required(place, row, "region", "name_en", "name_zh")
        one_of(place, row, "level", LEVELS)
        if row["region"] in found:
            raise BadRow(f"{place}: the region {row['region']} stands in an earlier line already")
        found[row["region"]] = Region(**row)
    for region in found.values():
        if region.parent and region.parent not in found:
            raise BadRow(f"data/regions.csv: the parent of {region.region} is {region.parent}, which is no region")
    return Table("regions", found)


def series_named(series: str, data: Path = paths.DATA) -> Series:
    """One series. Raises UnknownName."""
    if series not in (known := codebook(data)):
        raise UnknownName(
            f"no series {series!r} in data/series.csv; there are {len(known)}: `ipreport list series`."
            + did_you_mean(series, known)
        )
    return known[series]


def region_named(region: str, data: Path = paths.DATA) -> Region:
    """One region. Raises UnknownName, with the regions that exist."""
    known = regions(data)
    if region not in known:
        meant = region_meant(region, data)
        hint = f" Did you mean {meant}?" if meant else did_you_mean(region, known)
        raise UnknownName(
            f"no region {quoted(region)} in data/regions.csv; expected a GB/T 2260 code, one of {listed(known, 6)}: "
            f"`ipreport list regions`.{hint}"
        )
    return known[region]


def region_meant(text: str, data: Path = paths.DATA) -> str | None:
    """The code of the region that a text names, whatever its width, case, spaces or characters that nobody sees."""
    names = {
        _letters(name): code for code, place in regions(data).items() for name in (place.name_en, place.name_zh, code)
    }
    found = _letters(text[:200])
    without = re.sub(r"(?<=.)(city|province|shi|市|省)$", "", found)
    near = get_close_matches(without, list(names), n=1, cutoff=0.8)
    return names.get(found) or names.get(without) or (names[near[0]] if near else None)


def _letters(text: str) -> str:
    """A text reduced to its letters and digits, in one width and one case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
