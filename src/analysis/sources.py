"""The publications that figures come from (``data/sources.csv``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.errors import BadRow
from analysis.reads import Table, loaded
from analysis.records import one_of, records, required

RELIABILITIES = ("official", "press", "secondary")
"""Best first: the office that counts, a newspaper that reports it, anybody who repeats it."""

DATE = re.compile(r"([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?")


@dataclass(frozen=True, slots=True)
class Source:
    """One row of ``data/sources.csv``. ``published_on`` is an ISO date, a year and month, a year, or empty."""

    source: str
    publisher: str
    title: str
    url: str
    published_on: str
    reliability: str
    note: str


@loaded()
def sources(data: Path = paths.DATA) -> Mapping[str, Source]:
    """All publications by id. Raises BadRow."""
    found: dict[str, Source] = {}
    for place, row in records(data / "sources.csv", list(Source.__dataclass_fields__)):
        required(place, row, "source", "publisher", "title")
        one_of(place, row, "reliability", RELIABILITIES)
        if not DATE.fullmatch(row["published_on"]):
            raise BadRow(
                f"{place}: found published_on {row['published_on']!r}, expected YYYY-MM-DD, YYYY-MM or YYYY, or "
                "nothing where the date is unknown"
            )
        if row["source"] in found:
            raise BadRow(f"{place}: the source {row['source']} stands in an earlier line already")
        found[row["source"]] = Source(**row)
    return Table("sources", found)
