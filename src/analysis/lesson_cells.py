"""The code of a lesson that computes the key, and which of it is the same for every learner.

A cell that asks the lesson for no figure, and shares no name with a cell that may, gives the same key in every world:
the calls by which a function is tried, and an order that is drawn from the seed. Standard library only.
"""

import ast
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FREE_OF_FIGURES = frozenset({"calls", "in_order", "key"})
"""What of a lesson has no figure in it."""
HIDING = frozenset({"eval", "exec", "getattr", "globals", "locals", "vars"})
"""By what a cell may ask for something without naming it."""
KEPT_BY = frozenset({"calls", "key"})


@dataclass(frozen=True, slots=True)
class Computing:
    """A cell of code: the exercise that it belongs to (nothing: it only imports), and its text.

    ``common``: it gives the same key for every class that asks the same.
    """

    exercise: str
    source: str
    common: bool = False


def computing(cells: Sequence[tuple[str, str]]) -> list[Computing]:
    """The cells of a lesson, each given with its exercise, with what is common among them found out."""
    read, given = [], []
    for _, source in cells:
        table = symtable.symtable(source, "lesson", "exec")
        read.append({name for name, symbol in _globals(table) if symbol.is_referenced()})
        given.append({name for name, symbol in _globals(table) if symbol.is_assigned() or symbol.is_imported()})
    found = []
    for at, (name, source) in enumerate(cells):
        others = [other for other, (of, _) in enumerate(cells) if of and other != at]
        apart = not (read[at] & HIDING or any(given[at] & read[other] or read[at] & given[other] for other in others))
        found.append(Computing(name, source, bool(name) and apart and _without_figures(name, ast.parse(source))))
    return found


def _globals(table: symtable.SymbolTable) -> Iterator[tuple[str, symtable.Symbol]]:
    """Every name of a cell that other cells share."""
    for symbol in table.get_symbols():
        if table.get_type() == "module" or symbol.is_global():
            yield symbol.get_name(), symbol
    for inner in table.get_children():
        yield from _globals(inner)


def _without_figures(name: str, tree: ast.Module) -> bool:
    """Whether a cell keeps the key of its own exercise, and asks the lesson for no figure."""
    asked = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_lesson(node.value)]
    every = [node for node in ast.walk(tree) if _is_lesson(node)]
    kept = [
        node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in KEPT_BY
    ]
    return len(asked) == len(every) and {*asked} <= FREE_OF_FIGURES and kept == [name]


def _is_lesson(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "lesson"
