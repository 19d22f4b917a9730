"""The rows of a CSV table in ``data/``, each with the line it stands on; anything but a clean table is refused."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.errors import BadRow

Record = dict[str, str]


def records(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, Record]]:
    """Yield ``(place, row)`` for each row: the file and line for messages, and the texts by column.

    The file is UTF-8 (a byte order mark is passed over) with exactly ``columns`` as its header.
    Raises BadRow for another header, a row of another length, or bytes that are not UTF-8.
    """
    if not path.is_file():
        raise BadRow(f"{_short(path)}: no such file; it should be a table with the columns {', '.join(columns)}")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if header != list(columns):
                raise BadRow(f"{_short(path)}, line 1: found the columns {header}, expected {list(columns)}")
            for cells in reader:
                place = f"{_short(path)}, line {reader.line_num}"
                if len(cells) != len(columns):
                    raise BadRow(f"{place}: found {len(cells)} cells, expected {len(columns)}: {', '.join(columns)}")
                yield place, dict(zip(columns, cells, strict=True))
    except UnicodeDecodeError as error:
        raise BadRow(f"{_short(path)}: not UTF-8 text ({error.reason}); save the table as UTF-8") from error
    except csv.Error as error:
        raise BadRow(f"{_short(path)}, line {reader.line_num}: not a CSV row ({error})") from error


def required(place: str, row: Record, *columns: str) -> None:
    """Refuse a row in which one of ``columns`` is empty."""
    for column in columns:
        if not row[column].strip():
            raise BadRow(f"{place}: the column {column} is empty; it must hold a value")


def one_of(place: str, row: Record, column: str, allowed: Sequence[str]) -> None:
    """Refuse a row whose ``column`` holds something not ``allowed``."""
    if row[column] not in allowed:
        raise BadRow(f"{place}: found {column} {row[column]!r}, expected one of {', '.join(allowed)}")


def _short(path: Path) -> str:
    return "/".join(path.parts[-2:]) if path.parent.name != "figures" else "/".join(path.parts[-3:])
