"""Running a chapter: the only home of papermill."""

import json
import tempfile
from ast import literal_eval
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from analysis import engine, gate, hermetic, paths, warm_engine
from analysis.engine import Stopwatch
from analysis.errors import AnalysisError, BadParameter, ChapterFailed, UnknownName, did_you_mean, listed
from analysis.gate import Limits
from analysis.parameters import Parameters, check_declared
from analysis.paths import chapters
from analysis.reuse import Chapters, Notes
from analysis.warm import NotWarm, warmed

NOTES = "reads.json"
ENGINES = (engine.NAME, warm_engine.NAME)
"""An ordinary kernel for each chapter, and one forked from a warm process."""


def chapter_named(name: str, folder: Path = paths.NOTEBOOKS) -> Path:
    """One chapter. Raises UnknownName."""
    known = chapters(folder)
    if name not in known:
        raise UnknownName(f"no chapter {name!r}; there are {listed(known)}.{did_you_mean(name, known)}")
    return known[name]


def executed(
    chapter: Path,
    parameters: Parameters,
    limits: Limits | None = None,
    deadline: float | None = None,
    network: bool = True,
    by: str = "",
    kept: Chapters | None = None,
) -> NotebookNode:
    """The chapter run from top to bottom in a kernel of its own, without the times and paths that papermill notes.

    ``deadline`` is the moment of `time.monotonic` by which the report must be done. Without ``network``, a cell
    reaches no other machine, nor this one. ``by`` is one of ``ENGINES``, whose results are the same: by default the
    kernel is forked from a warm process where that can be (see ``coldness``), and started anew elsewhere.

    If the chapter was ``kept`` and would come out the same, it is not run.

    Raises ChapterFailed with the cell and the message or every reason of the gate, BadParameter if the chapter
    declares other parameters, NotIsolated if the network cannot be taken away.
    """
    values = parameters.as_dict()
    source = gate.read(chapter)
    check_declared(set(values), set(_declared(chapter, source)), chapter.stem)
    key = kept.world.chapter(chapter, parameters, network) if kept else ""
    if kept and (found := kept.found(key)):
        return found
    watch = Stopwatch(limits or Limits(), deadline)
    notebook, notes = _accepted(chapter.name, source, values, parameters, watch, network, by or _quickest(network))
    if kept:
        kept.keep(key, notebook, notes)
    return notebook


def refreshed(chapter: Path) -> NotebookNode:
    """The chapter run as it stands, with the defaults of its own parameters cell; for committing with its outputs."""
    source = gate.read(chapter)
    defaults = {name: literal_eval(each["default"]) for name, each in _declared(chapter, source).items()}
    return _accepted(chapter.name, source, {}, Parameters(**defaults), Stopwatch(Limits()), True, _quickest(True))[0]


def coldness(network: bool = True) -> str:
    """Why every kernel has to be started anew here; nothing if they are forked. Raises NotIsolated."""
    try:
        warmed(hermetic.common(), network)
    except NotWarm as error:
        return str(error)
    return ""


def _quickest(network: bool) -> str:
    return engine.NAME if coldness(network) else warm_engine.NAME


def _declared(chapter: Path, source: NotebookNode) -> dict[str, dict]:
    """The parameters that a chapter declares, as papermill finds them."""
    if not any("parameters" in cell.metadata.get("tags", []) for cell in source.cells):
        raise BadParameter(
            f"notebooks/{chapter.name} has no cell tagged `parameters`, and would ignore what it is given"
        )
    return papermill.inspect_notebook(source)


def _accepted(
    name: str,
    source: NotebookNode,
    values: dict[str, object],
    parameters: Parameters,
    watch: Stopwatch,
    network: bool,
    by: str,
) -> tuple[NotebookNode, Notes | None]:
    """A run that has passed the gate, and its notes of what it read."""
    with tempfile.TemporaryDirectory(prefix="ipreport-") as folder:
        scratch = Path(folder)
        environment = hermetic.environment(scratch, parameters, scratch / NOTES)
        ours = {"watch": watch, "network": network, "environment": environment, "folder": scratch}
        try:
            notebook = _run(source, values, by, **ours)
        except AnalysisError:
            raise
        except PapermillExecutionError as error:
            where = f"notebooks/{name}, cell {error.cell_index}"
            raise ChapterFailed(f"{where}: {error.ename}: {error.evalue}") from error
        except Exception as error:  # a dead kernel or a time-out has an exception of nbclient's own
            said = watch.stopped or f"{type(error).__name__}: {error}"
            raise ChapterFailed(f"notebooks/{name}: {said}") from error
        finally:
            hermetic.sweep(scratch)
        notes = json.loads((scratch / NOTES).read_text()) if (scratch / NOTES).is_file() else None
    if watch.stopped:
        raise ChapterFailed(f"notebooks/{name}: {watch.stopped}")
    gate.check_complete(notebook, parameters, name, watch.limits)
    return settled(notebook), notes


def _run(source: NotebookNode, values: dict[str, object], by: str, **ours: object) -> NotebookNode:
    """papermill with an engine of ours, which is given what is ``ours``."""
    return papermill.execute_notebook(
        source,
        None,
        parameters=values,
        engine_name=by,
        kernel_name="python3",
        progress_bar=False,
        **ours,
    )


def settled(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what differs from run to run: papermill's notes, cell times, random ids, Python's patch."""
    settled = nbformat.from_dict(json.loads(json.dumps(notebook)))
    settled.metadata.pop("papermill", None)
    settled.metadata.language_info = {"name": "python"}
    for position, cell in enumerate(settled.cells):
        cell.id = f"cell-{position}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    return settled


if __name__ == "__main__":
    for each in sorted(paths.NOTEBOOKS.glob("*.ipynb")):  # lessons too
        nbformat.write(refreshed(each), each)
        print(f"notebooks/{each.name}")
