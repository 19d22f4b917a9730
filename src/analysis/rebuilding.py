"""Making a report again in a place of its own, and comparing it byte for byte with the one that stands."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.building import build, steps
from analysis.errors import quoted
from analysis.manifest import Manifest, files_of

AROUND = 30
"""How many characters are shown on either side of where two lines part."""
TEXTS = {".html", ".csv", ".json", ".svg", ".ipynb", ".bib", ".cff", ".txt"}


def rebuilding_steps(manifest: Manifest) -> int:
    """How many times ``differences`` will call ``tell``."""
    return sum(steps(each.language, each.formats) for each in manifest.makings)


def differences(folder: Path, manifest: Manifest, tell: Callable[[str], None] = lambda step: None) -> list[str]:
    """What is otherwise when each run that a manifest tells of is done again, with the data and the code that are here.

    Compares every file of the editions that stand; the manifest itself says what it was made from, and is not
    compared. Of a text, the first line that differs is named. Raises AnalysisError if the report cannot be made.
    """
    found = [f"cannot be made again: {each}, for nobody knows how it was made" for each in manifest.unknown]
    for making in manifest.makings:
        with tempfile.TemporaryDirectory(prefix="ipreport-") as aside:
            place = manifest.region, manifest.year
            build(*place, making.language, making.formats, Path(aside), tell)
            again = Path(aside) / f"{manifest.region}-{manifest.year}"
            found += _compared(folder, again, making.editions)
    return found


def _compared(folder: Path, again: Path, editions: tuple[str, ...]) -> Iterator[str]:
    """What differs in some editions of two folders."""
    old, new = (
        {name: file for name, file in files_of(each).items() if name.partition("/")[0] in editions}
        for each in (folder, again)
    )
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield f"not made again: {name}"
        elif name not in old:
            yield f"made again, but not there: {name}"
        elif old[name] != new[name]:
            where = parting(*((each / name).read_bytes() for each in (folder, again)), name)
            yield f"made again otherwise: {name}, {where}"


def parting(old: bytes, new: bytes, name: str) -> str:
    """Where two files part: the first line that differs, or the byte in what is no text."""
    if Path(name).suffix in TEXTS:
        before, after = (each.decode("utf-8", "replace").splitlines(keepends=True) for each in (old, new))
        longest = max(len(before), len(after))
        for number in range(longest):
            one, other = (each[number] if number < len(each) else "" for each in (before, after))
            if one != other:
                at = _first(one, other)
                ends = [quoted(each[max(0, at - AROUND) : at + AROUND]) if each else "the end" for each in (one, other)]
                return f"line {number + 1}, character {at + 1}: {ends[0]} became {ends[1]}"
    return f"byte {_first(old, new) + 1} of {len(old)}"


def _first(one: str | bytes, other: str | bytes) -> int:
    """The first position at which two texts differ."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
