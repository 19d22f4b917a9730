"""The rows of a CSV table in ``data/``, each with the line it stands on; anything but a clean table is refused."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.errors import BadRow
from analysis.misreading import misread, seems

Record = dict[str, str]
MOST_BYTES, MOST_ROWS = 20_000_000, 200_000
"""Of one table: about a hundred times what the largest has."""


def records(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, Record]]:
    """Yield ``(place, row)`` for each row: the file and line for messages, and the texts by column.

    The file is UTF-8 (a byte order mark is passed over) with exactly ``columns`` as its header.
    Raises BadRow for another header, a row of another length, bytes that are not UTF-8, and more than can be meant.
    """
    if not path.is_file():
        raise BadRow(f"{_short(path)}: no such file; it should be a table with the columns {', '.join(columns)}")
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if header != list(columns):
            raise BadRow(f"{_short(path)}, line 1: found the columns {header}, expected {list(columns)}")
        for number, cells in enumerate(reader):
            place = f"{_short(path)}, line {reader.line_num}"
            if number == MOST_ROWS:
                raise BadRow(f"{place}: more than {MOST_ROWS} rows; a table of published figures has fewer")
            if len(cells) != len(columns):
                raise BadRow(f"{place}: found {len(cells)} cells, expected {len(columns)}: {', '.join(columns)}")
            yield place, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        raise BadRow(f"{_short(path)}, line {reader.line_num}: not a CSV row ({error})") from error


def _text(path: Path) -> str:
    """The text of a table. Raises BadRow if it is not there, too large, not UTF-8, or was misread once."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadRow(f"{_short(path)} cannot be read: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise BadRow(f"{_short(path)} has more than {MOST_BYTES} bytes; that is no table of published figures")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = seems(content) or error.reason
        line = content.count(b"\n", 0, error.start) + 1
        raise BadRow(f"{_short(path)}: not UTF-8 text ({found}, line {line}); save the table as UTF-8") from error
    if wrong := misread(text):
        line = text.count("\n", 0, wrong[0]) + 1
        raise BadRow(f"{_short(path)}, line {line}: {wrong[1]}; write what was published")
    return text


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
