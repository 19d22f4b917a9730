"""Whole reports that need not be made again: kept under all that a report can be made from, data too.

Few things are imported here, for a report that has not changed is there in less time than the imports take.
"""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

from analysis.placing import put_in_place, staging
from analysis.reuse import World
from analysis.shelf import ENOUGH
from analysis.store import Store

CONCLUDED = ".concluded.json"


class Reports:
    """The reports that were kept, with what was concluded of each. ``world`` is the state of everything now."""

    def __init__(self, store: Store, world: World):
        self.store, self.world = store, world

    def placed(
        self,
        place: Path,
        editions: tuple[str, ...],
        formats: tuple[str, ...],
        seal: Callable[[Path], None] = lambda folder: None,
    ) -> list[str] | None:
        """Put a report that was kept in its ``place`` (OUTPUT/REGION-YEAR); returns what was concluded of it.

        None, and nothing happens, if there is none that was made from the same. Raises OutputError.
        """
        content = self.store.get(self._name(place.name, editions, formats))
        if content is None:
            return None
        with staging(place.parent, ENOUGH) as aside:
            whole = aside / place.name
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                archive.extractall(whole, filter="data")
            said = whole / CONCLUDED
            concluded = json.loads(said.read_text(encoding="utf-8"))
            said.unlink()
            put_in_place(whole, place, keep=True, seal=seal)
        return concluded

    def keep(self, whole: Path, editions: tuple[str, ...], formats: tuple[str, ...], concluded: list[str]) -> None:
        """Keep all files of a finished report, whose folder is named REGION-YEAR."""
        if not self.world.stands():
            return
        content, said = io.BytesIO(), json.dumps(concluded).encode()
        with tarfile.open(fileobj=content, mode="w") as archive:
            for path in sorted(whole.rglob("*")):
                archive.add(path, path.relative_to(whole).as_posix(), recursive=False)
            about = tarfile.TarInfo(CONCLUDED)
            about.size = len(said)
            archive.addfile(about, io.BytesIO(said))
        self.store.put(self._name(whole.name, editions, formats), content.getvalue())

    def _name(self, name: str, editions: tuple[str, ...], formats: tuple[str, ...]) -> str:
        return f"reports/{self.world.report(name, editions, formats)}"
