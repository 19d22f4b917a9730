"""What papermill put into a chapter when it is used alone: it warns of a name that it does not know, and goes on.

papermill writes the parameters given into a cell of their own, below the one tagged `parameters`. A kernel remembers
what it ran, so that `load_report`, which every chapter calls next, can refuse a name that no chapter declares.
A name that is code has run by then, which only ``contract`` prevents; the report is refused all the same.
"""

import ast
import sys
from dataclasses import fields
from difflib import get_close_matches

from analysis.errors import MOST_QUOTED, BadParameter, listed, quoted
from analysis.parameters import Parameters

MARK = "# Parameters\n"
"""How papermill begins the cell that it puts in."""


def check_injected(cells: list[str] | None = None) -> None:
    """Refuse what papermill put in under a name that no chapter declares. Raises BadParameter.

    ``cells`` are the cells run so far: by default, those of the kernel that this runs in, if it runs in one.
    """
    declared = [field.name for field in fields(Parameters)]
    words = {word: name for name in declared for word in (name, *name.split("_"))}
    for cell in _cells_run() if cells is None else cells:
        for name in _names(cell) if cell.startswith(MARK) else []:
            if name not in declared:
                near = get_close_matches(name[:MOST_QUOTED], list(words), n=1)
                hint = f" Did you mean {words[near[0]]}?" if near else ""
                raise BadParameter(f"no parameter {quoted(name)}; a chapter declares {listed(declared)}.{hint}")


def _cells_run() -> list[str]:
    """The cells that the kernel has run, or none outside a kernel."""
    if "IPython" not in sys.modules:
        return []
    shell = sys.modules["IPython"].get_ipython()
    return list(shell.user_ns.get("In", [])) if shell else []


def _names(cell: str) -> list[str]:
    """What each statement of a cell assigns to; a statement that assigns to no single name stands for itself."""
    found = []
    for statement in ast.parse(cell).body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement
        found.append(ast.unparse(target))
    return found
