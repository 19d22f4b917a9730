"""Running a chapter: the only home of papermill."""

import json
import os
import tempfile
from ast import literal_eval
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from analysis import paths
from analysis.errors import AnalysisError, UnknownName, did_you_mean, listed
from analysis.parameters import ECHO, Parameters, check_declared

SECONDS_PER_CELL = 120


class ChapterFailed(AnalysisError):
    """A chapter raised an error, ran out of time, or did not run to its end with the parameters asked for."""


def chapters(folder: Path = paths.NOTEBOOKS) -> dict[str, Path]:
    """The chapters of the report by name (``03_creation``), in order. Notebooks from 90 on are for teaching."""
    found = sorted(folder.glob("[0-8][0-9]_*.ipynb"))
    return {path.stem: path for path in found}


def chapter_named(name: str, folder: Path = paths.NOTEBOOKS) -> Path:
    """One chapter. Raises UnknownName."""
    known = chapters(folder)
    if name not in known:
        raise UnknownName(f"no chapter {name!r}; there are {listed(known)}.{did_you_mean(name, known)}")
    return known[name]


def executed(chapter: Path, parameters: Parameters) -> NotebookNode:
    """The chapter run from top to bottom in a kernel of its own, without the times and paths that papermill notes.

    Raises ChapterFailed with the cell and the message, BadParameter if the chapter declares other parameters.
    """
    values = parameters.as_dict()
    check_declared(set(values), set(papermill.inspect_notebook(str(chapter))), chapter.stem)
    notebook = _run(chapter, values)
    check_complete(notebook, parameters, chapter.name)
    return settled(notebook)


def refreshed(chapter: Path) -> NotebookNode:
    """The chapter run as it stands, with the defaults of its own parameters cell; for committing with its outputs."""
    declared = papermill.inspect_notebook(str(chapter))
    defaults = Parameters(**{name: literal_eval(each["default"]) for name, each in declared.items()})
    notebook = _run(chapter, {})
    check_complete(notebook, defaults, chapter.name)
    return settled(notebook)


def _run(chapter: Path, values: dict[str, object]) -> NotebookNode:
    with tempfile.TemporaryDirectory(prefix="ipreport-") as scratch, _hermetic(Path(scratch)):
        try:
            return papermill.execute_notebook(
                str(chapter),
                None,
                parameters=values,
                kernel_name="python3",
                progress_bar=False,
                execution_timeout=SECONDS_PER_CELL,
                cwd=scratch,
                # Sockets in the scratch folder instead of ports: nobody else on the machine can listen or speak.
                config=Config({"KernelManager": {"transport": "ipc"}}),
                shutdown_kernel="immediate",
            )
        except PapermillExecutionError as error:
            where = f"notebooks/{chapter.name}, cell {error.cell_index}"
            raise ChapterFailed(f"{where}: {error.ename}: {error.evalue}") from error
        except Exception as error:  # a dead kernel or a time-out has an exception of nbclient's own
            raise ChapterFailed(f"notebooks/{chapter.name}: {type(error).__name__}: {error}") from error


def check_complete(notebook: NotebookNode, parameters: Parameters, name: str) -> None:
    """Refuse a run that did not reach its end in order, or that used other parameters. Raises ChapterFailed."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        raise ChapterFailed(f"notebooks/{name}: not every cell ran once and in order")
    text = "".join(
        output.text for output in code[-1].outputs if output.output_type == "stream" and output.name == "stdout"
    )
    if text.strip() != parameters.echo():
        raise ChapterFailed(
            f"notebooks/{name}: asked for {parameters.echo().removeprefix(ECHO)}, "
            f"but the last cell says {text.strip() or 'nothing'!r}"
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


@contextmanager
def _hermetic(scratch: Path) -> Iterator[None]:
    """An environment in which a kernel reads nothing of the user's, and nothing depends on place or hash seed."""
    changed = {
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "IPREPORT_ROOT": str(paths.ROOT),
    }
    dropped = {"JUPYTER_PATH", "PYTHONSTARTUP", "PYTHONPATH"}
    before = dict(os.environ)
    os.environ.update(changed)
    for name in dropped:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


if __name__ == "__main__":
    for each in chapters().values():
        nbformat.write(refreshed(each), each)
        print(f"notebooks/{each.name}")
