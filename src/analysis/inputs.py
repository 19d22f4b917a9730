"""What a report is made from: every file that can change a byte of it, the rows that it prints, and the libraries.

Files are taken whole, and of the code all of it: which module or which row of another city can reach a page is not to
be argued about file by file. The rows that a report prints are recorded besides, so that a change elsewhere in the same
table can be told from one in what it prints.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import file_digest, sha256
from importlib.metadata import distributions, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import paths
from analysis.pins import BadLock, pins, plain
from analysis.reads import loading
from analysis.report_records import figures_used, publications

if TYPE_CHECKING:
    from analysis.edition import Edition

PROJECT = "ipreport"
LOCK = "requirements.lock"
CODE = "src/analysis"
FILES = {
    "data": ("data", ("*.csv", "*.toml", "figures/*.csv")),
    "notebooks": ("notebooks", (paths.CHAPTERS,)),
    "code": (CODE, ("*.py",)),
    "words": (CODE, ("*.toml", "words/*.toml")),
    "templates": (CODE, ("templates/**/*",)),
    "fonts": (CODE, ("fonts/*.ttf",)),
    "lock": ("", (LOCK,)),
}
"""Every kind of input: the folder it stands in, and which files there are read when a report is made."""


def digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def inputs(root: Path = paths.ROOT, package: Path = paths.PACKAGE) -> dict[str, dict[str, str]]:
    """The sha256 of every file that a report is made from, by kind and by name as seen from the repository."""
    with loading():  # which makes nothing of what it reads
        return {kind: _digests(place, root, package) for kind, place in FILES.items()}


def _digests(where: tuple[str, tuple[str, ...]], root: Path, package: Path) -> dict[str, str]:
    folder, patterns = where
    place = package if folder == CODE else root / folder
    files = sorted({path for pattern in patterns for path in place.glob(pattern) if path.is_file()})
    names = {path: "/".join(filter(None, (folder, path.relative_to(place).as_posix()))) for path in files}
    return {names[path]: digest(path) for path in files}


def rows_printed(edition: "Edition") -> dict[str, dict[str, int | str]]:
    """How many rows of each table a report prints, and the sha256 of these rows, in whichever order they stand."""
    rows: dict[str, list[str]] = defaultdict(list)
    for figure, _ in figures_used(edition):
        rows[f"data/figures/{figure.reference_year}.csv"].append(_line(asdict(figure)))
    rows["data/sources.csv"] = [_line(asdict(source)) for source in publications(edition)]
    return {table: {"rows": len(lines), "sha256": _together(lines)} for table, lines in sorted(rows.items())}


def libraries() -> dict[str, str]:
    """The versions of this project and of every library that it asks for itself; the lock file has all others."""
    asked = [each for each in requires(PROJECT) or [] if "extra ==" not in each]
    names = sorted({plain(re.match(r"[\w.-]+", each)[0]) for each in asked})
    return {name: version(name) for name in (PROJECT, *names)}


def unlike_lock(root: Path = paths.ROOT) -> dict[str, str]:
    """The installed version of each package that the lock file pins to another one; empty without a lock file."""
    try:
        locked = pins(root / LOCK)
    except BadLock:
        return {}
    pinned = defaultdict(set)
    for pin in locked:
        pinned[pin.name].add(pin.version)
    installed = {plain(each.name): each.version for each in reversed(list(distributions())) if each.name}
    return {name: found for name, found in sorted(installed.items()) if name in pinned and found not in pinned[name]}


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _together(lines: Iterable[str]) -> str:
    return sha256("".join(f"{line}\n" for line in sorted(lines)).encode()).hexdigest()
