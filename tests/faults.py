"""docs/faults.md: each row of the list of faults with our result and the tests that hold it (`make faults`).

The rows and their words are in faults.toml; the tests are those marked ``@pytest.mark.fault(number)``.
"""

import ast
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "faults.md"
INTRODUCTION = """\
# Faults, and what happens here

What can go wrong between a publication and the eyes of a reader, row by row: what this project does about it, and the tests that hold it.
A row without a test says why.
`make bench-defences` takes the defences away one by one, and sees that a test notices.

`make faults` writes this page from `tests/faults.toml` and from the tests marked with a row; a test compares.
"""  # noqa: E501


def rows() -> dict[str, dict[int, dict[str, str]]]:
    """The rows of each part of the list by their numbers."""
    read = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))
    return {part: {int(number): row for number, row in named.items()} for part, named in read.items()}


def marked(folder: Path = HERE) -> dict[int, list[str]]:
    """The tests marked with each row, as pytest calls them without their parameters: ``tests/test_a.py::test_b``."""
    found: dict[int, list[str]] = {}
    for path in sorted(folder.glob("test_*.py")):
        for test in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                for number in _numbers(test):
                    found.setdefault(number, []).append(f"tests/{path.name}::{test.name}")
    return found


def _numbers(test: ast.FunctionDef) -> set[int]:
    """The rows that the decorators of a test name, also those on single parameters."""
    calls = (call for each in test.decorator_list for call in ast.walk(each) if isinstance(call, ast.Call))
    return {call.args[0].value for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "fault"}


def page() -> str:
    """The text of docs/faults.md."""
    tests, lines = marked(), [INTRODUCTION]
    for part, named in rows().items():
        lines += [f"## {part[0].upper()}{part[1:]}\n", "| row | fault | here | tests |", "|--:|---|---|---|"]
        for number, row in named.items():
            held = tests.get(number, [])
            said = row["result"] if held else row.get("without") or row.get("until", "")
            lines.append(f"| {number} | {row['fault']} | {said} | {'<br>'.join(map(_short, held))} |")
        lines.append("")
    return "\n".join(lines)


def _short(test: str) -> str:
    name = test.removeprefix("tests/")
    return f"`{name}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"docs/{PAGE.name}\n")
