"""What learners hand in: a folder with a file, a folder or an archive for each, read without trusting any of it.

Nothing is unpacked on disk and no link is followed. Whatever cannot be read is told in words, and has its row.
"""

import json
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from analysis.cells import visible
from analysis.errors import AnalysisError
from analysis.lesson_notebooks import LESSON

MOST_BYTES = 10_000_000
MOST_FILES = 50
MOST_RATIO = 200
PASSED_OVER = ("__MACOSX",)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One file of a learner: its lesson and code cells and notes, or the phrase (``handed_...``) of what is wrong."""

    file: str
    lesson: str = ""
    cells: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    problem: str = ""


class Unreadable(Exception):
    """A file cannot be read; its word names the phrase that says why."""


def submissions(folder: Path, lessons: list[str]) -> dict[str, list[HandedIn]]:
    """What each learner handed in, by student. ``lessons`` are the names of those in the key."""
    if not folder.is_dir():
        raise AnalysisError(f"{folder} is no folder; expected one with a file, a folder or a .zip for each learner")
    found: dict[str, list[HandedIn]] = {}
    for entry in sorted(folder.iterdir(), key=lambda each: _name(each.name)):
        if not _hidden(entry.name):
            student = _name(entry.stem if entry.is_symlink() or not entry.is_dir() else entry.name)
            found.setdefault(student, []).extend(_read(entry, lessons))
    return found


def _name(text: str) -> str:
    """A name as it is compared and shown: in one form of Unicode, with nothing hidden in it."""
    return visible(unicodedata.normalize("NFC", text))


def _hidden(name: str) -> bool:
    return name.startswith(".") or name in PASSED_OVER


def _read(entry: Path, lessons: list[str]) -> list[HandedIn]:
    """The notebooks of one entry, each read or with its problem; at least one row."""
    try:
        contents = list(_contents(entry))
    except Unreadable as error:
        return [HandedIn(_name(entry.name), problem=str(error))]
    except OSError:
        return [HandedIn(_name(entry.name), problem="unreadable")]
    return [_notebook(name, content, lessons) for name, content in contents] or [
        HandedIn(_name(entry.name), problem="empty")
    ]


def _contents(entry: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the notebooks in an entry."""
    if entry.is_symlink():
        raise Unreadable("link")
    if entry.is_dir():
        files = [
            each for each in sorted(entry.rglob("*.ipynb")) if not any(map(_hidden, each.relative_to(entry).parts))
        ]
        if any(each.is_symlink() for each in entry.rglob("*")):
            raise Unreadable("link")
        if len(files) > MOST_FILES:
            raise Unreadable("many")
        yield from ((_name(str(each.relative_to(entry))), _bytes(each)) for each in files)
    elif entry.suffix.lower() == ".zip":
        yield from _unpacked(_bytes(entry))
    elif entry.suffix.lower() == ".ipynb":
        yield _name(entry.name), _bytes(entry)
    else:
        raise Unreadable("kind")


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise Unreadable("kind")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unreadable("large")
    return content


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The notebooks of an archive, in memory; an archive that reaches outside of itself or swells is refused whole."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        members = archive.infolist()
        for each in members:
            path = PurePosixPath(each.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in each.filename:
                raise Unreadable("outside")
        wanted = [each for each in members if each.filename.lower().endswith(".ipynb")
                  and not any(map(_hidden, PurePosixPath(each.filename).parts))]  # fmt: skip
        if len(wanted) > MOST_FILES:
            raise Unreadable("many")
        for each in wanted:
            if each.file_size > MOST_BYTES or each.file_size > MOST_RATIO * max(each.compress_size, 1000):
                raise Unreadable("large")
            with archive.open(each) as file:
                yield _name(each.filename), file.read(MOST_BYTES)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise Unreadable("unreadable") from error


def _notebook(name: str, content: bytes, lessons: list[str]) -> HandedIn:
    """One notebook: its code and its notes, and which lesson it is."""
    if not content.strip():
        return HandedIn(name, problem="empty")
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        cells = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
        code = tuple(_code(_text(cell)) for cell in cells if cell.get("cell_type") == "code")
        about = notebook.get("metadata", {})
        lesson = about.get(LESSON) if isinstance(about, dict) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return HandedIn(name, problem="unreadable")
    notes = {
        cell["metadata"]["discussion"]: _text(cell)
        for cell in cells
        if cell.get("cell_type") == "markdown" and isinstance(cell.get("metadata"), dict)
        and isinstance(cell["metadata"].get("discussion"), str)
    }  # fmt: skip
    if lesson not in lessons:
        lesson = next((each for each in lessons if each in name), lessons[0] if len(lessons) == 1 else "")
    return HandedIn(name, lesson, code, notes, "" if lesson else "lesson")


def _text(cell: dict) -> str:
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def _code(source: str) -> str:
    """Code without the lines that only Jupyter understands."""
    return "\n".join("" if line.lstrip()[:1] in ("%", "!") else line for line in source.splitlines())
