"""Whether a report is still as it was made, and whether what stands here is what it was made from."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.edition import Edition
from analysis.errors import AnalysisError, UnknownName, listed, quoted
from analysis.figures import load_figures
from analysis.inputs import inputs, libraries, rows_printed, unlike_lock
from analysis.manifest import MANIFEST, SIGNATURE, Making, Manifest, contents, file_of, manifest_in

OTHER = {
    "data": "from other data",
    "notebooks": "from other chapters",
    "code": "by other code",
    "words": "with other words",
    "templates": "with other templates",
    "fonts": "with other fonts",
    "lock": "under another lock file",
}
"""How a report was made if an input of this kind is not as it was."""
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a report's manifest says against what stands in its folder, and against what stands here.

    ``wrong`` names every file that is altered, missing or extra; ``elsewhere`` everything that the report was made
    from that is otherwise here.
    """

    folder: Path
    manifest: Manifest
    wrong: tuple[str, ...]
    elsewhere: tuple[str, ...]


def folder_named(report: str, output: Path = paths.REPORTS) -> Path:
    """The folder of a report by its path, or by its name in ``output``, such as ``REGION-YEAR``. Raises UnknownName."""
    folder = next((each for each in (Path(report), output / report) if each.is_dir()), None)
    if folder is None:
        raise UnknownName(f"there is no folder {report}, here or in {output}; give that of a report, as REGION-YEAR")
    above = folder.resolve().parent
    if not (folder / MANIFEST).exists() and (above / MANIFEST).exists():
        raise UnknownName(f"{folder} is one language of a report; give the whole: {above}")
    return folder


def verdict(folder: Path, root: Path = paths.ROOT, package: Path = paths.PACKAGE) -> Verdict:
    """What is wrong with the report in a folder. Raises BadManifest where there is nothing to hold it against."""
    manifest = manifest_in(folder)
    now = inputs(root, package)
    elsewhere = [said for making in manifest.makings for said in _elsewhere(manifest, making, now, root)]
    elsewhere += [f"{each}: nobody knows what it was made from; make it again" for each in manifest.unknown]
    return Verdict(folder, manifest, tuple(wrong_files(folder, manifest)), tuple(dict.fromkeys(elsewhere)))


def wrong_files(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Each file that is not as the manifest has it, and in what. Raises AnalysisError for what cannot be read."""
    try:
        found = dict(contents(folder))
    except OSError as error:
        raise AnalysisError(f"cannot look through {folder}: {error}") from error
    for name, file in manifest.files.items():
        kind = found.pop(name, None)
        if kind is None:
            yield f"missing: {name}"
        elif kind != "file":
            yield f"altered: {name} is {'a link' if kind == 'link' else 'no file'}"
        elif (size := (folder / name).lstat().st_size) != file.bytes:
            yield f"altered: {name} has {size} bytes, and had {file.bytes}"
        elif (now := file_of(folder / name)) != file:
            yield f"altered: {name} has the sha256 {now.sha256[:12]}…, and had {file.sha256[:12]}…"
    for name, kind in sorted(found.items()):
        if name not in (MANIFEST, SIGNATURE):
            yield f"extra: {quoted(name, 200)}" + (", a link" if kind == "link" else "")


def _elsewhere(manifest: Manifest, making: Making, now: dict[str, dict[str, str]], root: Path) -> Iterator[str]:
    """Everything that a run had to work with and that is otherwise here."""
    who = "" if len(manifest.makings) == 1 else f"{', '.join(making.editions)}: "
    for kind, how in OTHER.items():
        before, here = making.inputs.get(kind, {}), now[kind]
        told = [
            *(f"{name} differs" for name in before if name in here and before[name] != here[name]),
            *(f"{name} is not here" for name in before if name not in here),
            *(f"{name} is new here" for name in here if name not in before),
        ]
        if told:
            rows = f"; {_rows(manifest, making, root)}" if kind == "data" else ""
            yield f"{who}made {how}: {listed(told, MOST_NAMED)}{rows}"
    python = ".".join(map(str, sys.version_info[:2]))
    if making.python != python:
        yield f"{who}made in Python {making.python}; this is {python}"
    installed = libraries()
    other = [
        f"{name} {version}, here {installed.get(name, 'none')}"
        for name, version in making.libraries.items()
        if installed.get(name) != version
    ]
    if other:
        yield f"{who}made with other libraries: {listed(other, MOST_NAMED)}"
    if making.unlike_lock != unlike_lock(root):
        strange = [f"{name} {version}" for name, version in making.unlike_lock.items()]
        yield f"{who}made with {listed(strange, MOST_NAMED) or 'none'} unlike the lock file, which is not so here"


def _rows(manifest: Manifest, making: Making, root: Path) -> str:
    """Whether the rows that the report prints are among what differs."""
    try:
        figures = load_figures(root / "data")
        figures.require(manifest.region, manifest.year)
        here = rows_printed(Edition(manifest.region, manifest.year, "en", figures, root / "data"))
    except AnalysisError as error:
        return f"it cannot be made from them ({error})"
    before = {table: rows.model_dump() for table, rows in making.rows.items()}
    other = [table for table in sorted(before.keys() | here.keys()) if before.get(table) != here.get(table)]
    return f"the rows that it prints differ in {listed(other)}" if other else "the rows that it prints are the same"
