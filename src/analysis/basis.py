"""What reports are made from here and now, and whether a report that stands was made from just that."""

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from analysis import paths
from analysis.contract import Request
from analysis.inputs import inputs, libraries, unlike_lock
from analysis.manifest import BadManifest, Making, manifest_in
from analysis.verifying import wrong_files


@dataclass(frozen=True, slots=True)
class Basis:
    """The sha256 of every input by kind and name, and the versions of what works on them; see ``manifest.Making``."""

    inputs: dict[str, dict[str, str]]
    python: str
    libraries: dict[str, str]
    unlike_lock: dict[str, str]

    def as_dict(self) -> dict[str, object]:
        """For sending it elsewhere as JSON."""
        return asdict(self)

    def differences(self, other: "Basis") -> Iterator[str]:
        """In what another place differs from this one, each difference with its name."""
        if self.python != other.python:
            yield f"Python {other.python} instead of {self.python}"
        for name, version, found in _unequal(self.libraries, other.libraries):
            yield f"{name} {found or 'missing'} instead of {version or 'none'}"
        for name, _, found in _unequal(self.unlike_lock, other.unlike_lock):
            yield f"{name} {found}, which is not the locked version" if found else f"{name} as locked, not as here"
        for kind in self.inputs:
            for name, _, found in _unequal(self.inputs[kind], other.inputs[kind]):
                yield f"{name} is {'another' if found else 'missing'}"

    def made(self, making: Making) -> bool:
        """Whether a run had the same to work with."""
        return self == Basis(making.inputs, making.python, making.libraries, making.unlike_lock)


def basis_here() -> Basis:
    """What stands in this repository, and what is installed here."""
    return Basis(inputs(), ".".join(map(str, sys.version_info[:2])), libraries(), unlike_lock())


def stands(folder: Path, asked: Request, basis: Basis) -> bool:
    """Whether a folder holds what is asked for, made from just this and unaltered since."""
    try:
        manifest = manifest_in(folder)
    except BadManifest:
        return False
    if (manifest.region, manifest.year) != (asked.region, asked.year):
        return False
    wanted = asked.language, asked.language, asked.formats
    runs = [each for each in manifest.makings if (each.editions, each.language, each.formats) == wanted]
    return any(basis.made(each) for each in runs) and not any(wrong_files(folder, manifest))


def input_files(basis: Basis) -> dict[str, Path]:
    """The inputs that are no part of the installed package, by name: what a worker elsewhere has to be given."""
    return {name: paths.ROOT / name for kind in ("data", "notebooks", "lock") for name in basis.inputs[kind]}


def _unequal(here: dict[str, str], there: dict[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    for name in sorted(here.keys() | there.keys()):
        if here.get(name) != there.get(name):
            yield name, here.get(name), there.get(name)
