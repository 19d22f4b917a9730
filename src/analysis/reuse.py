"""Chapters that need not be run again, because nothing that they read has changed.

A chapter is kept under everything that is known before it runs (its notebook, parameters, code, libraries, fonts,
words), together with each question that it asked of the data and a fingerprint of the answer; it is used again if every
answer is still the same. For whole reports see ``unchanged``.
"""

import ast
import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import hermetic, paths, reads
from analysis.codebook import regions
from analysis.figures import load_figures
from analysis.parameters import Parameters
from analysis.sources import sources
from analysis.store import Store

if TYPE_CHECKING:
    from nbformat import NotebookNode

ROOTS = ("execution", "report", "warm_process", "warm_shell")
"""The modules that run a chapter and that it calls; what a chapter imports itself is found in its code."""
NOT_FOR_CHAPTERS = "templates"
Notes = list[tuple[list, str]]
"""Questions, each with the fingerprint of its answer."""
KEPT = "chapters"
MOST_KEPT = 8
"""How many versions of one chapter are looked through, each for another state of the data."""


class World:
    """All that reports are made from, as it is now; tables that were read before the data changed are forgotten."""

    _last: dict[str, str] | None = None

    def __init__(self):
        with reads.loading():  # which makes nothing of what it reads
            self._stamps = paths.stamps(*_folders())
            self.data = _files(paths.DATA, "**/*")
            self.notebooks = _files(paths.NOTEBOOKS, "*.ipynb")
            self.package = _files(paths.PACKAGE, "**/*")
        if self.data != World._last:
            reads.forget()
            World._last = self.data

    @cached_property
    def libraries(self) -> str:
        """The versions of Python, of the libraries here and of those that are wanted."""
        here = sorted(each for place in sys.path if os.path.isdir(place) for each in os.listdir(place))
        installed = [each for each in here if each.endswith((".dist-info", ".egg-info"))]
        lock = paths.ROOT / "requirements.lock"
        wanted = lock.read_bytes() if lock.is_file() else b""
        return reads.fingerprint((sys.version, platform.machine(), sys.platform, installed, reads.fingerprint(wanted)))

    def stands(self) -> bool:
        """Whether nobody has written into any of it since; what was made meanwhile may be of either state."""
        with reads.loading():  # it looks at the data and reads nothing of them
            return self._stamps == paths.stamps(*_folders())

    def chapter(self, path: Path, parameters: Parameters, network: bool) -> str:
        """What tells one run of a chapter from another, but for the data."""
        notebook = path.read_bytes()
        code = {name: self.package[name] for name in self._needed(notebook)}
        surroundings = hermetic.unplaced(hermetic.environment(Path("scratch"), parameters))
        known = (parameters.echo(), path.name, reads.fingerprint(notebook), code, self.libraries, surroundings, network)
        return sha256(repr(known).encode()).hexdigest()

    def report(self, name: str, editions: tuple[str, ...], formats: tuple[str, ...]) -> str:
        """What tells one whole report (REGION-YEAR) from another."""
        known = (name, editions, formats, self.data, self.notebooks, self.package, self.libraries, hermetic.FIXED)
        return sha256(repr(known).encode()).hexdigest()

    def _needed(self, notebook: bytes) -> list[str]:
        """The files of the package that a chapter's outputs can depend on, in order."""
        named = re.findall(r"analysis\.(\w+)|from analysis import (\w+)", notebook.decode("utf-8", "replace"))
        modules = closure({*ROOTS, *(name for pair in named for name in pair if name)}, self.package)
        others = (name for name in self.package if not name.endswith(".py") and not name.startswith(NOT_FOR_CHAPTERS))
        return sorted({*modules, *others, "__init__.py"})


def closure(modules: Iterable[str], package: dict[str, str]) -> set[str]:
    """The files of some modules of the package and of all that these import, wherever they do."""
    found: set[str] = set()
    left = [f"{module}.py" for module in modules]
    while left:
        name = left.pop()
        if name in package and name not in found:
            found.add(name)
            left += [f"{module}.py" for module in _imported(name, package[name])]
    return found


@cache
def _imported(name: str, version: str) -> tuple[str, ...]:
    """The modules of the package that a version of a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((paths.PACKAGE / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.removeprefix("analysis.") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "analysis":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").removeprefix("analysis."))
    return tuple(sorted(found))


class Answers:
    """What the data say now: ``data`` has a fingerprint of each of their files."""

    def __init__(self, data: dict[str, str]):
        self._data = data
        self._known: dict[tuple, str] = {}

    def hold(self, notes: Notes, data: dict[str, str]) -> bool:
        """Whether every question has the answer that it had in another state of the data."""
        now = self._data
        changed = {name for name in now.keys() | data.keys() if now.get(name) != data.get(name)}
        return not changed or all(
            self._now(tuple(question)) == answer for question, answer in notes if may_differ(changed, *question)
        )

    def _now(self, question: tuple) -> str:
        if question not in self._known:
            with reads.loading():
                self._known[question] = reads.fingerprint(answered(*question))
        return self._known[question]


class Chapters:
    """The chapters that were kept. ``world`` is the state of everything now."""

    def __init__(self, store: Store, world: World):
        self.store, self.world = store, world
        self._answers = Answers(world.data)

    def found(self, key: str) -> "NotebookNode | None":
        """A chapter that would come out the same now."""
        for name in self.store.names(f"{KEPT}/{key}")[:MOST_KEPT]:
            kept = json.loads(self.store.get(name) or b"null")
            if kept and self._answers.hold(kept["reads"], kept["data"]):
                import nbformat

                reads.include(kept["reads"])
                return nbformat.from_dict(kept["notebook"])
        return None

    def are_all_found(self, jobs: Iterable[tuple[Path, Parameters]], network: bool) -> bool:
        """Whether each chapter would come out, with its parameters, as one that was kept."""
        if not self.store.holds(KEPT):  # the first time, when to say what would be looked for takes longest
            return False
        return all(self.found(self.world.chapter(*job, network)) for job in jobs)

    def keep(self, key: str, notebook: "NotebookNode", notes: Notes | None) -> None:
        """Keep a chapter with what it read; one that did what nobody can ask again is not kept."""
        reads.include([([reads.OUTSIDE, "unknown"], "")] if notes is None else notes)
        if notes is None or any(question[0] == reads.OUTSIDE for question, _ in notes) or not self.world.stands():
            return
        content = json.dumps({"data": self.world.data, "reads": notes, "notebook": notebook})
        self.store.put(f"{KEPT}/{key}/{sha256(repr(notes).encode()).hexdigest()}", content.encode())


def may_differ(changed: set[str], kind: str, *asked) -> bool:
    """Whether the answer to a question can be another one if these files of the data have changed."""
    if kind in ("figures", "series_of"):  # rows in the order of their sources, series in that of the codebook
        return not changed.isdisjoint({f"figures/{asked[1]}.csv", "sources.csv", "series.csv"})
    if kind in ("row", "keys"):
        return f"{asked[0]}.csv" in changed
    return kind != "table" or asked[0] in changed


def answered(kind: str, *asked) -> object:
    """What the data say to a question that was noted."""
    figures = load_figures(paths.DATA)
    tables = {"regions": regions, "sources": sources}
    if kind == "table":
        return reads.content(paths.DATA, asked[0])
    if kind == "row":
        return tables[asked[0]](paths.DATA).get(asked[1])
    if kind == "keys":
        return list(tables[asked[0]](paths.DATA))
    ask = {
        "figures": figures.every,
        "series_of": figures.series_of,
        "published": figures.published,
        "regions": figures.regions,
        "years": figures.years,
        "all figures": lambda: list(figures),
    }
    return ask[kind](*asked)


def _folders() -> tuple[Path, ...]:
    """Where everything stands that reports are made from."""
    return paths.DATA, paths.NOTEBOOKS, paths.PACKAGE


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def _files(folder: Path, pattern: str) -> dict[str, str]:
    """The files of a folder by relative name, with a fingerprint of each; what Python compiled is left out."""
    return dict(_printed(folder, pattern))


def _printed(folder: Path, pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob(pattern)):
        if _counts(path):
            yield path.relative_to(folder).as_posix(), reads.fingerprint(path.read_bytes())
