"""Candidate figures written into ``data/figures``: all of them or none, and no other value silently replaced."""

import csv
import io
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from analysis import paths
from analysis.codebook import region_named
from analysis.errors import AnalysisError, OutputError, listed
from analysis.figures import COLUMNS
from analysis.reading import GRADES, Candidate
from analysis.records import Record, records
from analysis.sources import DATE, Source, sources

LISTED = re.compile(r'^(?P<before> *)"figures/(?P<year>[0-9]{4})\.csv"(?P<comma>,?)$', re.M)


class NotAccepted(AnalysisError):
    """Candidates that cannot be written: no known source, or another value stands there already."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What writing did: rows that are new, rows that stood there already, rows replaced; and the files written."""

    added: int
    same: int
    replaced: int
    files: tuple[Path, ...]


def accept(
    candidates: list[Candidate], source: str | None, reason: str | None, least: str = "likely", data: Path = paths.DATA
) -> Accepted:
    """Write the candidates of grade ``least`` or better as rows of ``source``.

    A row of the same region, year, series and source with another value is replaced only with a ``reason``, which is
    put into the note behind the old value. Raises NotAccepted, UnknownName, BadRow, OutputError; nothing is written
    then.
    """
    if source not in sources(data):
        raise NotAccepted(
            f"found source {source!r}; figures are accepted only from a source that stands in data/sources.csv "
            f"({listed(sources(data), 4)}). Add the bulletin there first."
        )
    chosen = [one for one in candidates if GRADES.index(one.grade) <= GRADES.index(least)]
    tables: dict[int, dict[tuple[str, str, str], Record]] = {}
    counts = {"added": 0, "same": 0, "replaced": 0}
    refused = []
    for one in chosen:
        region_named(one.region, data)
        table = tables.setdefault(one.reference_year, _table(one.reference_year, data))
        key = (one.region, one.series, source)
        old = table.get(key)
        what = _comparison(old, one)
        if what == "replaced" and not reason:
            refused.append(
                f"{one.series} {one.reference_year}: {old['value']} stands there, the bulletin has {one.value}"
            )
            continue
        counts[what] += 1
        if what != "same":
            table[key] = _row(one, source, old, reason)
    if refused:
        raise NotAccepted(f"{listed(refused, 6)}. Nothing was written; give a --reason to replace them.")
    files = [_written(year, table, data) for year, table in sorted(tables.items())]
    return Accepted(**counts, files=tuple(files + _declared(sorted(tables), data)))


def register(source: Source, data: Path = paths.DATA) -> Path:
    """Add a publication to ``data/sources.csv``; one that stands there as it is stays.

    Raises NotAccepted if the id is taken by another publication, or if publisher, title or id is missing.
    """
    known, row = sources(data), asdict(source)
    for name in ("source", "publisher", "title"):
        if not row[name].strip():
            raise NotAccepted(f"a new source needs its {name}: --{name}")
    if not DATE.fullmatch(source.published_on):
        raise NotAccepted(f"found the date {source.published_on!r} of the source, expected YYYY-MM-DD, YYYY-MM or YYYY")
    old = known.get(source.source)
    if old is not None and (old.publisher, old.title) != (source.publisher, source.title):
        raise NotAccepted(f"the source {source.source} is already {old.publisher}, {old.title}; choose another id")
    rows = {name: asdict(each) for name, each in known.items()} | ({} if old else {source.source: row})
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows[name] for name in sorted(rows))
    path = _put(data / "sources.csv", text.getvalue())
    sources.cache_clear()
    return path


def _table(year: int, data: Path) -> dict[tuple[str, str, str], Record]:
    path = data / "figures" / f"{year}.csv"
    rows = (row for _, row in records(path, COLUMNS)) if path.exists() else ()
    return {(row["region"], row["series"], row["source"]): row for row in rows}


def _comparison(old: Record | None, new: Candidate) -> str:
    if old is None:
        return "added"
    same = (old["value"], old["multiplier"], old["qualifier"]) == (new.value, str(new.multiplier), new.qualifier)
    return "same" if same else "replaced"


def _row(new: Candidate, source: str, old: Record | None, reason: str | None) -> Record:
    notes = [] if old is None else [old["note"], f"was {old['value']} ({old['qualifier']}), replaced: {reason}"]
    return {
        "region": new.region,
        "series": new.series,
        "value": new.value,
        "multiplier": str(new.multiplier),
        "unit": new.unit,
        "qualifier": new.qualifier,
        "kind": new.kind,
        "source": source,
        "phrase": new.phrase,
        "note": "; ".join(note for note in (*notes, new.note) if note),
    }


def _written(year: int, table: dict[tuple[str, str, str], Record], data: Path) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table[key] for key in sorted(table))
    return _put(data / "figures" / f"{year}.csv", text.getvalue())


def _declared(years: list[int], data: Path) -> list[Path]:
    """``datapackage.json`` with the file of a new year in its list, at its place; nothing where it is there."""
    path = data / "datapackage.json"
    if not path.exists():
        return []
    old = text = path.read_text(encoding="utf-8")
    for year in years:
        lines = list(LISTED.finditer(text))
        if not lines or any(int(line["year"]) == year for line in lines):
            continue
        earlier = [line for line in lines if int(line["year"]) < year]
        name = f'{lines[0]["before"]}"figures/{year}.csv"'
        if not earlier:
            text = f"{text[: lines[0].start()]}{name},\n{text[lines[0].start() :]}"
        else:
            last = earlier[-1]
            line = last[0] if last["comma"] else f"{last[0]},"
            text = f"{text[: last.start()]}{line}\n{name}{last['comma']}{text[last.end() :]}"
    return [_put(path, text)] if text != old else []


def _put(path: Path, text: str) -> Path:
    """Write beside the file and move into place, so that a file is never half written."""
    aside = path.with_name(f".{path.name}.making")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(text, encoding="utf-8", newline="")
        os.replace(aside, path)
    except OSError as error:
        raise OutputError(f"{path.name} cannot be written: {error.strerror}") from error
    return path
