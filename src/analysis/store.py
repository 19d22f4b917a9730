"""A folder of results that can be made again: each under a name of its own, safe to delete, and never too large.

Whoever puts something there writes it aside and moves it into place; whoever gets something checks that it is whole.
Several may do so at once. What was not used for longest goes first when the folder is full.
"""

import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

MOST_BYTES = 500_000_000
ASIDE = "."
"""What the name of a file begins with while it is written."""
LONGEST_WRITE = 3600
"""Seconds; what has been aside for longer was left by a writer that died."""
DIGEST = 64
"""Characters of the check sum that a file begins with."""


class Store:
    """Results in ``folder``, which is made when the first is put there."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES):
        self.folder, self.most_bytes = folder, most_bytes

    def get(self, name: str) -> bytes | None:
        """What was put under a name; None if nothing was, or if it is not whole any more."""
        path = self.folder / name
        try:
            whole = path.read_bytes()
        except OSError:
            return None
        check, content = whole[:DIGEST], whole[DIGEST:]
        if check != _check(content):
            self._remove(path)
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, name: str, content: bytes) -> None:
        """Keep something under a name. On a disk that is full, or where nothing may be written, it is not kept."""
        path = self.folder / name
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=ASIDE)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_check(content) + content)
                os.replace(aside, path)
            except OSError:
                self._remove(Path(aside))
        self._trim()

    def holds(self, folder: str) -> bool:
        """Whether anything was ever put into a part of the store."""
        return (self.folder / folder).is_dir()

    def names(self, folder: str) -> list[str]:
        """What is kept in a part of the store, the newest first."""
        found = [path for path in (self.folder / folder).glob("*") if path.is_file() and not _is_aside(path)]
        return [f"{folder}/{path.name}" for path in sorted(found, key=_time, reverse=True)]

    def _trim(self) -> None:
        """Remove what was not used for longest, until the rest is small enough.

        What others are writing does not count: it may take the place of something that does.
        """
        files = sorted((path for path in self.folder.rglob("*") if path.is_file()), key=_time, reverse=True)
        size = 0
        for path in files:
            if _is_aside(path):
                if _time(path) < _time(files[0]) - LONGEST_WRITE:
                    self._remove(path)
                continue
            with suppress(OSError):
                size += path.stat().st_size
            if size > self.most_bytes:
                self._remove(path)

    @staticmethod
    def _remove(path: Path) -> None:
        with suppress(OSError):
            path.unlink()


def default_folder() -> Path:
    """Where results are kept by default: the user's own folder for what can be made again."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "ipreport"


def _is_aside(path: Path) -> bool:
    return path.name.startswith(ASIDE)


def _time(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _check(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()
