"""What of the data was read, and what it said, so that work is done again exactly when that has changed.

Where data are handed out, each question and a fingerprint of its answer are noted: the rows of one series in one
region and year, the row of one publication, a whole table of definitions. A chapter's notes are left in a file, if its
environment names one. A file of data that a chapter opens by itself is a question too; whatever else it does that
no question can describe (another file, another process, a network) is noted as such, and the chapter is not kept.
What a process of ours reads meanwhile for the pages is ``recorded`` in the same way.
"""

import json
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

from analysis import paths

KEPT = "IPREPORT_READS"
"""The name of the file for the notes, in the environment of whoever is to leave them."""
OUTSIDE = "outside"
"""How a question begins that nobody can ask again."""
UNTOLD = ("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.spawn",
          "socket.connect", "socket.getaddrinfo", "subprocess.Popen")  # fmt: skip
LISTED = ("os.listdir", "os.scandir")

Row = TypeVar("Row")

_notes: dict[tuple, str] = {}
_loading = threading.local()
_loaders: list = []
_remembered: list = []
_recording = _watching = False


def fingerprint(answer: object) -> str:
    """A short text that differs when an answer does."""
    packed = answer if isinstance(answer, bytes) else repr(answer).encode("utf-8", "surrogatepass")
    return sha256(packed).hexdigest()[:32]


def note(answer: object, *question: str | int | None) -> None:
    """Note what was asked and what the answer is, if somebody wants to know."""
    if _is_wanted() and question not in _notes:
        _notes[question] = fingerprint(answer)


def loaded(*tables: str) -> Callable:
    """Have a function that reads a data folder do so once for each; of ``tables`` the whole content is noted.

    What it opens and asks meanwhile is not noted: it only checks, and what it makes of it says itself what is read.
    """

    def decorated(load: Callable) -> Callable:
        @cache
        def once(data: Path):
            with loading():
                return load(data)

        @wraps(load)
        def handed_out(data: Path = paths.DATA):
            if _is_wanted():
                for table in tables:
                    note(content(data, table), "table", table)
                if data != paths.DATA:
                    note("", OUTSIDE, "data")
            return once(data)

        handed_out.cache_clear = once.cache_clear
        _loaders.append(once)
        return handed_out

    return decorated


@cache
def content(data: Path, table: str) -> str:
    """The fingerprint of a whole file of the data."""
    return fingerprint((data / table).read_bytes() if (data / table).is_file() else b"")


@contextmanager
def loading() -> Iterator[None]:
    """Meanwhile, nothing is noted of what this thread does."""
    before = _is_loading()
    _loading.now = True
    try:
        yield
    finally:
        _loading.now = before


def remembered(most: int) -> Callable:
    """Like `lru_cache`, for a function that asks the data: whoever records asks anew."""

    def decorated(ask: Callable):
        found = lru_cache(most)(ask)
        _remembered.append(found)
        return found

    return decorated


def load_all(data: Path = paths.DATA) -> None:
    """Have every table read that anything imported here may ask for. Raises what the tables are refused with."""
    for each in _loaders:
        each(data)


def forget() -> None:
    """Have every table read again when it is asked for next."""
    for each in (*_loaders, *_remembered, content):
        each.cache_clear()


@contextmanager
def recorded() -> Iterator[dict[tuple, str]]:
    """Meanwhile, what all threads of this process ask of the data is noted, and which files of it they open.

    Only one at a time may record; what they do besides is not the data's affair.
    """
    global _recording, _watching
    for each in _remembered:
        each.cache_clear()
    _notes.clear()
    if not _watching:
        sys.addaudithook(_seen)
    _recording = _watching = True
    try:
        yield _notes
    finally:
        _recording = False


class Table(Mapping[str, Row], Generic[Row]):
    """The rows of a table by id, each of which is noted when it is read."""

    def __init__(self, name: str, rows: dict[str, Row]):
        self.name, self._rows = name, rows

    def __getitem__(self, key: str) -> Row:
        note(self._rows.get(key), "row", self.name, key)
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        note(list(self._rows), "keys", self.name)
        return iter(self._rows)

    def __len__(self) -> int:
        note(list(self._rows), "keys", self.name)
        return len(self._rows)

    def __repr__(self) -> str:
        return repr(dict(self))


def include(notes: Iterable[tuple[Iterable, str]]) -> None:
    """Have what somebody else asked and noted count as asked here, if this process records."""
    if _recording:
        _notes.update((tuple(question), answer) for question, answer in notes)


def watch() -> None:
    """From now on, note also what this process opens and starts by itself. It cannot be undone."""
    global _watching
    if KEPT in os.environ and not _watching:
        sys.addaudithook(_seen)
        _watching = True


def leave() -> None:
    """Write the notes into the file that the environment names."""
    if name := os.environ.get(KEPT):
        with loading():
            Path(name).write_text(json.dumps(list(_notes.items())), encoding="utf-8")


def _seen(event: str, arguments: tuple) -> None:
    """What Python tells of each thing done."""
    if not (_recording or KEPT in os.environ) or _is_loading():
        return
    if event == "open" and isinstance(arguments[0], str | bytes):
        _opened(os.fsdecode(arguments[0]))
        return
    listed = event in LISTED and isinstance(arguments[0], str) and _is_data(arguments[0])
    if listed or (event in UNTOLD and not _recording):
        _notes[OUTSIDE, event] = ""


def _opened(name: str) -> None:
    path = os.path.realpath(name)
    if _is_data(path):
        table = Path(path).relative_to(paths.DATA).as_posix()
        with loading():
            now = content(paths.DATA, table)
        note(now, "table", table)
    elif not _recording and not path.startswith(_harmless()):
        _notes[OUTSIDE, "open"] = path


def _is_wanted() -> bool:
    return not _is_loading() and (_recording or KEPT in os.environ)


def _is_loading() -> bool:
    return getattr(_loading, "now", False)


def _is_data(path: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(paths.DATA, ""))


@cache
def _harmless() -> tuple[str, ...]:
    """Where files lie that are the same as long as code, libraries and fonts are, and where a chapter's own lie."""
    libraries = [sys.prefix, sys.base_prefix, str(paths.PACKAGE), os.environ.get("HOME", os.devnull)]
    return (*(os.path.join(os.path.realpath(each), "") for each in libraries), "/dev/", "/proc/", "/sys/")
