"""The manifest of a report: what stands in its folder, and what each of its editions was made from.

Reading one trusts nothing: it may come from anybody. Size, depth, types, names and what belongs together are held to
before anything else is looked at, and no name leads out of the folder.
"""

import json
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from analysis.codebook import EDITIONS
from analysis.contract import FORMATS
from analysis.errors import AnalysisError, quoted
from analysis.inputs import FILES, digest

MANIFEST, SIGNATURE, CRATE = "manifest.json", "manifest.json.sig", "ro-crate-metadata.json"
FORMAT = "ipreport manifest 1"
MOST_BYTES, DEEPEST = 4_000_000, 8

MOST_LETTERS, _PART = 200, r"\w[\w .()+@-]*"
NAME = f"{_PART}(/{_PART})*"
Name = Annotated[str, StringConstraints(pattern=f"^{NAME}$", max_length=MOST_LETTERS)]
"""Where a file stands, from the folder on: never above it, never from the root, and nothing in it is hidden."""
Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
Version = Annotated[str, StringConstraints(pattern=r"^[\w.+!-]+$", max_length=80)]
Count = Annotated[int, Field(ge=0, lt=2**53)]
Kind = Literal[tuple(FILES)]
Edition = Literal[EDITIONS]


class BadManifest(AnalysisError):
    """There is no manifest, or what stands there is none; nothing in the folder was trusted."""


class _Record(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class File(_Record):
    """A file of the report."""

    bytes: Count
    sha256: Digest


class Rows(_Record):
    """The rows of one table that the report prints; see ``rows_printed``."""

    rows: Count
    sha256: Digest


class Making(_Record):
    """One run that made editions: what was asked of it, and what it had to work with.

    ``editions`` are those of it that still stand, of the ``language`` asked for; ``date`` is that of the newest
    publication used; ``unlike_lock`` has the libraries whose installed version is not the locked one.
    """

    editions: Annotated[tuple[Edition, ...], Field(min_length=1)]
    language: Annotated[tuple[Edition, ...], Field(min_length=1)]
    formats: Annotated[tuple[Literal[FORMATS], ...], Field(min_length=1)]
    date: Annotated[str, StringConstraints(pattern="^([0-9]{4}(-[0-9]{2}){0,2})?$")]
    inputs: dict[Kind, dict[Name, Digest]]
    rows: dict[Name, Rows]
    python: Version
    libraries: dict[Name, Version]
    unlike_lock: dict[Name, Version]


class Manifest(_Record):
    """Everything in the folder of a report but the manifest itself and its signature.

    ``unknown`` are editions that stand there of which nobody can say what they were made from.
    """

    format: Literal[FORMAT]
    region: Annotated[str, StringConstraints(pattern="^[0-9]{6}$")]
    year: Annotated[int, Field(ge=1000, lt=10000)]
    makings: tuple[Making, ...]
    unknown: tuple[Edition, ...]
    files: dict[Name, File]

    @model_validator(mode="after")
    def _belongs_together(self) -> "Manifest":
        told = [edition for making in self.makings for edition in making.editions] + list(self.unknown)
        found = {name.partition("/")[0] for name in self.files if name != CRATE}
        if len(told) != len(set(told)) or set(told) != found:
            raise ValueError(f"its files are of {sorted(found)}, but it tells of {told}")
        if any(set(making.editions) - set(making.language) for making in self.makings):
            raise ValueError("a run made an edition that it was not asked for")
        return self

    def as_text(self) -> str:
        """The manifest as it is written: the same for the same report."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything below a folder but folders, without following a link: the name, and "file", "link" or "neither".

    A folder without a file is nothing: no archive has to keep it. Raises OSError for what cannot be read.
    """

    def refuse(error: OSError) -> None:
        raise error

    for place, folders, files in os.walk(folder, onerror=refuse):
        for each in sorted([*folders, *files]):
            path = Path(place, each)
            mode = path.lstat().st_mode
            if not stat.S_ISDIR(mode):
                kind = "file" if stat.S_ISREG(mode) else "link" if stat.S_ISLNK(mode) else "neither"
                yield path.relative_to(folder).as_posix(), kind


def files_of(folder: Path) -> dict[str, File]:
    """The record of every plain file of a report's editions; what bears another name was not made by us."""
    found = (name for name, kind in contents(folder) if kind == "file" and name.partition("/")[0] in EDITIONS)
    return {name: file_of(folder / name) for name in sorted(found) if is_name(name)}


def is_name(name: str) -> bool:
    """Whether a file can be recorded under its name."""
    return len(name) <= MOST_LETTERS and re.fullmatch(NAME, name) is not None


def file_of(path: Path) -> File:
    """The record of one file."""
    return File(bytes=path.lstat().st_size, sha256=digest(path))


def manifest_in(folder: Path) -> Manifest:
    """The manifest of the report in a folder. Raises BadManifest for anything that is none."""
    path = folder / MANIFEST
    try:
        text = _read(path)
        _require_shallow(text)
        json.loads(text, object_pairs_hook=_distinct, parse_constant=_no_number)
        return Manifest.model_validate_json(text)
    except FileNotFoundError as error:
        raise BadManifest(
            f"{folder} has no {MANIFEST}; expected the folder of a report with all its languages, such as "
            "reports/REGION-YEAR, made by `ipreport build`"
        ) from error
    except ValidationError as error:
        told = [f"{_where(each['loc'])}: {each['msg']}" for each in error.errors(include_url=False)[:3]]
        raise BadManifest(f"{path} is refused: {'; '.join(told)[:1000]}") from error
    except (OSError, ValueError) as error:  # also half a character, too many digits
        raise BadManifest(f"{path} is refused: {str(error)[:300]}") from error


def _read(path: Path) -> str:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("it is no plain file")
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES} bytes")
    return content.decode("utf-8")


def _require_shallow(text: str) -> None:
    """Refuse what is nested deeply, before anything is built from it."""
    depth = 0
    for sign in re.findall(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', text, re.DOTALL):
        depth += (sign in "[{") - (sign in "]}")
        if depth > DEEPEST:
            raise ValueError(f"it is nested more than {DEEPEST} deep")


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the name {quoted(twice)} stands twice")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"found {text}, which is no number")


def _where(parts: tuple) -> str:
    return ".".join(quoted(part) if isinstance(part, str) else str(part) for part in parts) or "the whole"
