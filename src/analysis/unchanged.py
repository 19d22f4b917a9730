"""Whole reports that need not be made again: kept under all that a report can be made from, data too.

With a report its record for the manifest is kept, so that nothing is computed again. Few things are imported here, for
a report that has not changed is there in less time than the imports take.
"""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

from analysis.contract import Request
from analysis.manifest import Making
from analysis.placing import put_in_place, staging
from analysis.reuse import World
from analysis.sealing import seal
from analysis.shelf import ENOUGH
from analysis.store import Store

SAID = ".said.json"
"""The name, in what is kept, of what was concluded of a report and of the record of its making."""


class Reports:
    """The reports that were kept, with what was concluded of each. ``world`` is the state of everything now."""

    def __init__(self, store: Store, world: World):
        self.store, self.world = store, world

    def placed(
        self,
        asked: Request,
        place: Path,
        then: Callable[[Path], None] = lambda folder: None,
    ) -> list[str] | None:
        """Put a report that was kept in its ``place`` (OUTPUT/REGION-YEAR); returns what was concluded of it.

        ``then`` is called with its folder when it is whole. None, and nothing happens, if there is none that was made
        from the same. Raises OutputError.
        """
        content = self.store.get(self._name(asked))
        if content is None:
            return None
        with staging(place.parent, ENOUGH) as aside:
            whole = aside / place.name
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                archive.extractall(whole, filter="data")
            said = json.loads((whole / SAID).read_text(encoding="utf-8"))
            (whole / SAID).unlink()
            made = Making.model_validate_json(said["made"])
            put_in_place(whole, place, keep=True, seal=seal(asked, made, place, then))
        return said["concluded"]

    def keep(self, asked: Request, whole: Path, concluded: list[str], made: Making) -> None:
        """Keep all files of a finished report, with what was concluded of it and the record of its making."""
        if not self.world.stands():
            return
        content = io.BytesIO()
        said = json.dumps({"concluded": concluded, "made": made.model_dump_json()}).encode()
        with tarfile.open(fileobj=content, mode="w") as archive:
            for path in sorted(whole.rglob("*")):
                archive.add(path, path.relative_to(whole).as_posix(), recursive=False)
            about = tarfile.TarInfo(SAID)
            about.size = len(said)
            archive.addfile(about, io.BytesIO(said))
        self.store.put(self._name(asked), content.getvalue())

    def _name(self, asked: Request) -> str:
        return f"reports/{self.world.report(f'{asked.region}-{asked.year}', asked.language, asked.formats)}"
