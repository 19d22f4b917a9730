"""Writing the manifest of a report when it is whole, just before it goes into place."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.codebook import EDITIONS
from analysis.contract import Request
from analysis.crate import crate_text
from analysis.errors import OutputError, listed, quoted
from analysis.inputs import inputs, libraries, rows_printed, unlike_lock
from analysis.manifest import (
    CRATE,
    FORMAT,
    MANIFEST,
    BadManifest,
    File,
    Making,
    Manifest,
    file_of,
    files_of,
    is_name,
    manifest_in,
)
from analysis.report_records import newest

if TYPE_CHECKING:
    from analysis.edition import Edition

Seal = Callable[[Path], None]


class Run:
    """One run that makes editions of a report, and what it had to work with when it began.

    Raises OutputError, before anything is made, for an input whose name no manifest can hold.
    """

    def __init__(self, asked: Request):
        self.asked = asked
        self.inputs = inputs()
        if strange := [name for files in self.inputs.values() for name in files if not is_name(name)]:
            raise OutputError(
                f"{listed(map(quoted, strange), 3)} would be read for a report, and its manifest could not name it; "
                "rename it, or take it away"
            )

    def making(self, edition: "Edition") -> Making:
        """The record of this run, now that all is made; ``edition`` is one of the report's.

        Raises OutputError if an input was changed meanwhile: nobody could say what the report was made from.
        """
        now = inputs()
        if changed := sorted({name for kind in now for name, _ in now[kind].items() ^ self.inputs[kind].items()}):
            raise OutputError(
                f"{listed(changed, 3)} changed while the report was being made; what stood there before stays as it "
                "was. Make the report again"
            )
        return Making(
            editions=self.asked.language,
            language=self.asked.language,
            formats=self.asked.formats,
            date=newest(edition),
            inputs=now,
            rows=rows_printed(edition),
            python=".".join(map(str, sys.version_info[:2])),
            libraries=libraries(),
            unlike_lock=unlike_lock(),
        )


def seal(asked: Request, made: Making, place: Path, then: Seal = lambda folder: None) -> Seal:
    """What writes the manifest into the finished folder of a report, which will stand at ``place``; then ``then``."""

    def written(folder: Path) -> None:
        write_manifest(folder, place, asked, made)
        then(folder)

    return written


def write_manifest(folder: Path, place: Path, asked: Request, made: Making) -> None:
    """Write the manifest, and the same as RO-Crate, into a folder that will take the place of ``place``.

    Editions that were taken over from there keep the record that they had. Of one without a record, or one that was
    altered since, it is said that nobody knows what it was made from. Which was made first makes no difference.
    """
    files = files_of(folder)
    kept = [each for each in EDITIONS if _of(each, files) and each not in made.editions]
    earlier = _earlier(place, asked, kept, files)
    known = [edition for each in earlier for edition in each.editions]
    manifest = Manifest(
        format=FORMAT,
        region=asked.region,
        year=asked.year,
        makings=tuple(sorted((*earlier, made), key=lambda each: EDITIONS.index(each.editions[0]))),
        unknown=tuple(each for each in kept if each not in known),
        files=files,
    )
    _write(folder / CRATE, crate_text(manifest))
    whole = manifest.model_copy(update={"files": files | {CRATE: file_of(folder / CRATE)}})
    _write(folder / MANIFEST, whole.as_text())


def _earlier(place: Path, asked: Request, kept: list[str], files: dict[str, File]) -> list[Making]:
    """The runs that the editions taken over come from, as far as these are still what was recorded."""
    try:
        before = manifest_in(place)
    except BadManifest:
        return []
    if (before.region, before.year) != (asked.region, asked.year):
        return []
    intact = [each for each in kept if _of(each, before.files) == _of(each, files)]
    left = [(each, tuple(name for name in each.editions if name in intact)) for each in before.makings]
    return [each.model_copy(update={"editions": editions}) for each, editions in left if editions]


def _of(edition: str, files: dict[str, File]) -> dict[str, File]:
    return {name: file for name, file in files.items() if name.startswith(f"{edition}/")}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
