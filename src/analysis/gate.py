"""The gate: a run is accepted only if nothing at all speaks against it, and every reason is told.

Every code cell ran once and in order, without an error or a word on stderr (a glyph that no font has is one), within
its time, with the outputs it should show and not too many of them; and the last cell tells the parameters asked for.
"""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis.errors import ChapterFailed, quoted
from analysis.parameters import ECHO, Parameters

MOST_BYTES_OF_A_FILE = 20_000_000
DEEPEST = 60
STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
BRACKETS = re.compile(rb"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a cell and a whole report may take, in seconds, and how many bytes the outputs of a cell may have."""

    cell_seconds: float = 120
    report_seconds: float = 600
    cell_bytes: int = 2_000_000


def read(path: Path) -> NotebookNode:
    """A notebook from a file. Raises ChapterFailed if it is too large, too deep, no JSON, or no notebook."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES_OF_A_FILE + 1)
    except OSError as error:
        raise ChapterFailed(f"{path.name} cannot be read: {error.strerror}") from error
    if len(content) > MOST_BYTES_OF_A_FILE:
        raise ChapterFailed(f"{path.name} has more than {MOST_BYTES_OF_A_FILE} bytes; that is no chapter")
    if _depth(content) > DEEPEST:
        raise ChapterFailed(f"{path.name} is nested more than {DEEPEST} deep; that is no chapter")
    try:
        notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
        nbformat.validate(notebook)
    except (ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        said = quoted(str(error).partition("\n")[0])
        raise ChapterFailed(
            f"{path.name} is no whole notebook ({said}); it was cut short, or is something else"
        ) from error
    return notebook


def check_complete(notebook: NotebookNode, parameters: Parameters, name: str, limits: Limits | None = None) -> None:
    """Refuse a run that anything speaks against. Raises ChapterFailed with every reason."""
    if found := reasons(notebook, parameters, limits):
        raise ChapterFailed(f"notebooks/{name}: " + "; ".join(found))


def reasons(notebook: NotebookNode, parameters: Parameters, limits: Limits | None = None) -> list[str]:
    """Everything that speaks against a run, in the order of its cells; nothing if it may be published."""
    limits = limits or Limits()
    code = [(at, cell) for at, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    if not code:
        return ["there is no cell of code"]
    found = []
    counts = [cell.execution_count for _, cell in code]
    if counts != list(range(1, len(code) + 1)):
        odd = next(at for count, (at, cell) in enumerate(code, 1) if cell.execution_count != count)
        found.append(f"not every cell ran once and in order: cell {odd} is the first that did not")
    for at, cell in code:
        found += [f"cell {at} {said}" for said in _against(cell, limits)]
    return found + _against_echo(code[-1][1], parameters)


def _against(cell: NotebookNode, limits: Limits) -> list[str]:
    """What speaks against one cell."""
    found = []
    for output in cell.outputs:
        if output.output_type == "error":
            found.append(f"raised {output.ename}: {quoted(output.evalue)}")
        elif output.output_type == "stream" and output.name == "stderr":
            found.append(f"wrote to stderr: {quoted(output.text.strip())}")
    seconds = cell.metadata.get("papermill", {}).get("duration") or 0
    if seconds > limits.cell_seconds:
        found.append(f"took {seconds:.0f} seconds, more than {limits.cell_seconds}")
    size = sum(bytes_of(output) for output in cell.outputs)
    if size > limits.cell_bytes:
        found.append(f"has {size} bytes of output, more than {limits.cell_bytes}")
    if shows(cell.source) and not any(_visible(output) for output in cell.outputs):
        found.append("ends in a call and shows nothing")
    return found


def _against_echo(cell: NotebookNode, parameters: Parameters) -> list[str]:
    """What is wrong with the last line, which tells the parameters really used, in value and type."""
    said = "".join(each.text for each in cell.outputs if each.output_type == "stream" and each.name == "stdout")
    if said.strip() == parameters.echo():
        return []
    return [
        f"asked for {parameters.echo().removeprefix(ECHO)}, but the last cell says {quoted(said.strip() or 'nothing')}"
    ]


def shows(source: str) -> bool:
    """Whether a cell ends in a call or a name, whose value Jupyter shows."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # such as a magic of IPython
        return False
    return bool(body) and isinstance(body[-1], ast.Expr) and not source.rstrip().endswith(";")


def bytes_of(output: NotebookNode) -> int:
    """About how much an output adds to the file."""
    return len(json.dumps(output, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _visible(output: NotebookNode) -> bool:
    if output.output_type == "stream":
        return bool(output.text.strip())
    return any(output.get("data", {}).values())


def _depth(content: bytes) -> int:
    """How deep brackets are nested outside of strings."""
    depth = deepest = 0
    for bracket in BRACKETS.findall(STRING.sub(b"", content)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest
