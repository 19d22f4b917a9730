"""A plugin of pytest: ``pytest --chapters notebooks`` runs each chapter again and compares what it says.

A chapter passes if its run says what is committed with it, fact by fact (``facts``), and agrees with itself and with
the data (``coherence``). Each difference is a line. What a chapter looks like may change, and pandas or matplotlib with
it. It goes together with ``--nbval``, which compares the outputs of each cell to the letter.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

PATTERN = "[0-8][0-9]_*.ipynb"
"""What is a chapter, by the name of its file; see ``paths.chapters``."""

MOST_TOLD = 25


class SaysOtherwise(Exception):
    """A chapter that says something else than is committed; each argument is a line."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option ``--chapters``."""
    group = parser.getgroup("chapters", "chapters of the report")
    group.addoption(
        "--chapters", action="store_true", help="run each chapter again and compare what it says with what is committed"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ChapterFile | None":
    """The chapters among the files that are collected."""
    if parent.config.option.chapters and file_path.match(PATTERN):
        return ChapterFile.from_parent(parent, path=file_path)
    return None


class ChapterFile(pytest.File):
    """A chapter as a file of tests."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its one test."""
        yield ChapterItem.from_parent(self, name="says the same")


class ChapterItem(pytest.Item):
    """A chapter run again, against itself as it is committed."""

    def runtest(self) -> None:
        """Run the chapter and compare. Raises SaysOtherwise, or ChapterFailed if it does not run."""
        from analysis import execution, gate
        from analysis.coherence import problems
        from analysis.differences import differences
        from analysis.facts import facts

        committed, again = gate.read(self.path), execution.refreshed(self.path)
        found = [*differences(self.path.stem, facts(committed), facts(again)), *problems(self.path.stem, again)]
        if found:
            raise SaysOtherwise(*(str(each) for each in found))

    def repr_failure(self, excinfo: pytest.ExceptionInfo, style: str | None = None):
        """The differences, one a line; of an error that helps its message alone."""
        from analysis.errors import AnalysisError

        if isinstance(excinfo.value, SaysOtherwise):
            lines = excinfo.value.args
            more = [f"and {len(lines) - MOST_TOLD} more"] if len(lines) > MOST_TOLD else []
            told = "is meant, run `make chapters`, look at the difference, and commit it"
            return "\n".join([*lines[:MOST_TOLD], *more, f"If this {told}."])
        if isinstance(excinfo.value, AnalysisError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """How the test is called."""
        return self.path, None, f"{self.path.name}: {self.name}"
