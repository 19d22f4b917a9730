"""Where reports go: a folder of this machine, or an address that fsspec knows, such as ``s3://bucket/reports``."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import fsspec

from analysis.errors import OutputError
from analysis.manifest import MANIFEST, contents

HERE = ("file", "local")


class Destination:
    """A folder of this machine."""

    def __init__(self, folder: Path):
        self.folder = folder

    @contextmanager
    def open(self) -> Iterator[Path]:
        """The folder in which reports are put together."""
        yield self.folder

    def place(self, name: str) -> Path:
        """Where the report of this name stands, or will."""
        return self.folder / name

    def fetched(self, name: str) -> Path:
        """The same, with the report as it stands now."""
        return self.place(name)

    def send(self, name: str) -> None:
        """Bring the report to where it belongs: it is there."""


class Elsewhere(Destination):
    """An address that fsspec knows. Reports are put together in a folder that is gone afterwards.

    There, nothing can be exchanged at one stroke. The manifest is taken away first and comes last: a report without
    one is not whole, for readers and for whoever goes on after a kill.
    """

    def __init__(self, address: str):
        self.address = address
        try:
            self._system, self._root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError, OSError) as error:
            raise OutputError(f"cannot write to {address}: {error}") from error

    @contextmanager
    def open(self) -> Iterator[Path]:
        """A folder of this machine that mirrors the reports asked for."""
        with tempfile.TemporaryDirectory(prefix="ipreport-") as folder:
            self.folder = Path(folder)
            yield self.folder

    def fetched(self, name: str) -> Path:
        """Bring the report here as it stands there, if it is whole. Raises OutputError."""
        there, here = f"{self._root}/{name}", self.place(name)
        with self._told():
            if self._system.exists(f"{there}/{MANIFEST}"):
                for path in self._system.find(there):
                    target = here / path.removeprefix(self._system._strip_protocol(there)).strip("/")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    self._system.get_file(path, str(target))
        return here

    def send(self, name: str) -> None:
        """Put the report there, and take away what does not belong to it. Raises OutputError."""
        there, here = f"{self._root}/{name}", self.place(name)
        with self._told():
            if self._system.exists(there):
                self._system.rm(f"{there}/{MANIFEST}") if self._system.exists(f"{there}/{MANIFEST}") else None
                self._system.rm(there, recursive=True)
            names = [found for found, kind in contents(here) if kind == "file" and found != MANIFEST]
            for each in [*names, MANIFEST]:
                self._system.makedirs(f"{there}/{each}".rpartition("/")[0], exist_ok=True)
                self._system.put_file(str(here / each), f"{there}/{each}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(f"cannot write to {self.address}: {error}") from error


def destination(output: str | Path) -> Destination:
    """A destination by its path or address. Raises OutputError for an address that nothing here can write to."""
    parts = urlsplit(str(output))
    if "://" not in str(output):
        return Destination(Path(output))
    return Destination(Path(unquote(parts.path))) if parts.scheme in HERE else Elsewhere(str(output))
