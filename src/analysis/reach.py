"""Whether a change of the data reaches a report that stands: what it asked when it was made, asked again.

A report whose every question still has the answer that it had would come out the same. It is not made again; only its
manifest, which names the data that it is made from, is written anew.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from analysis import reads
from analysis.basis import Basis
from analysis.contract import Request
from analysis.manifest import BadManifest, Making, Manifest, manifest_in
from analysis.placing import put_in_place
from analysis.reuse import Answers
from analysis.sealing import seal
from analysis.store import Store
from analysis.verifying import wrong_files

DATA = "data"


def packed_notes(notes: Iterable[tuple[tuple, str]]) -> bytes:
    """Questions with their answers, as they are sent and kept: there are thousands."""
    return zlib.compress(json.dumps([*notes]).encode(), 1)


class Readings:
    """What reports asked of the data when they were made, kept in ``store``. ``basis`` is what there is now."""

    def __init__(self, store: Store, basis: Basis):
        self._store, self._basis = store, basis
        self._answers = Answers(_by_name(basis.inputs))
        reads.forget()  # what was read before the data changed

    def keep(self, asked: Request, made: Manifest, notes: bytes) -> None:
        """Keep what a report asked that was made just now; nothing if it did what nobody can ask again."""
        try:
            questions = json.loads(zlib.decompress(notes))
        except (ValueError, zlib.error):  # damaged on its way, which costs no more than time
            return
        data = _by_name(self._basis.inputs)
        if any(kind == reads.OUTSIDE or (kind == "table" and rest[0] not in data) for [kind, *rest], _ in questions):
            return
        about = json.dumps({"files": _files(asked, made), "data": data}).encode()
        self._store.put(self._name(asked), len(about).to_bytes(4) + about + notes)

    def renewed(self, place: Path, asked: Request, aside: Path) -> bool:
        """Whether a report that stands would come out the same from the data as they are now.

        If so, its manifest says so from now on. Raises OutputError.
        """
        try:
            manifest = manifest_in(place)
        except BadManifest:
            return False
        if (manifest.region, manifest.year) != (asked.region, asked.year):
            return False
        making = next((each for each in manifest.makings if self._is_alike(each, asked)), None)
        if making is None or not self._holds(asked, manifest) or any(wrong_files(place, manifest)):
            return False
        whole = Path(mkdtemp(dir=aside)) / place.name
        whole.mkdir()
        now = making.model_copy(update={"inputs": self._basis.inputs})
        put_in_place(whole, place, keep=True, seal=seal(asked, now, place))
        return True

    def _is_alike(self, making: Making, asked: Request) -> bool:
        """Whether a run made what is asked for from all that there is now but for the data."""
        if (making.editions, making.language, making.formats) != (asked.language, asked.language, asked.formats):
            return False
        given = making.inputs | {DATA: self._basis.inputs[DATA]}
        return replace(self._basis, inputs=given).made(making.model_copy(update={"inputs": self._basis.inputs}))

    def _holds(self, asked: Request, manifest: Manifest) -> bool:
        """Whether the report that stands is the one that was kept, and everything that it asked is as it was."""
        if not (kept := self._store.get(self._name(asked))):
            return False
        end = 4 + int.from_bytes(kept[:4])
        about = json.loads(kept[4:end])
        if about["files"] != _files(asked, manifest):
            return False
        return self._answers.hold(json.loads(zlib.decompress(kept[end:])), about["data"])

    def _name(self, asked: Request) -> str:
        others = {kind: files for kind, files in self._basis.inputs.items() if kind != DATA}
        known = (asked.model_dump(), replace(self._basis, inputs=others).as_dict())
        return f"reads/{sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()}"


def _by_name(inputs: dict[str, dict[str, str]]) -> dict[str, str]:
    """The data by their names in the data folder."""
    return {name.removeprefix(f"{DATA}/"): digest for name, digest in inputs[DATA].items()}


def _files(asked: Request, manifest: Manifest) -> str:
    """A fingerprint of all files of the editions asked for."""
    files = {name: each.sha256 for name, each in manifest.files.items() if name.partition("/")[0] in asked.language}
    return reads.fingerprint(sorted(files.items()))
