"""`pytest --chapters` as a user runs it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import paths
from analysis.execution import chapter_named

CHAPTER = "06_services"


def ran(folder: Path, *options: str) -> subprocess.CompletedProcess:
    """pytest in a folder of its own, without this project's settings."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={folder}", *options]
    return subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False, cwd=folder)


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """A folder with one chapter."""
    path = tmp_path / f"{CHAPTER}.ipynb"
    path.write_text(chapter_named(CHAPTER).read_text(encoding="utf-8"), encoding="utf-8")
    return path


def test_a_chapter_that_says_the_same_passes(committed):
    """Also if its form is another: the HTML of its tables here."""
    text = committed.read_text(encoding="utf-8")
    committed.write_text(re.sub(r"text-align: left", "text-align: start", text), encoding="utf-8")
    done = ran(committed.parent, "--chapters")

    assert (0, "1 passed") == (done.returncode, re.search(r"1 passed", done.stdout)[0])


@pytest.mark.fault(68)
def test_a_chapter_that_says_otherwise_fails_with_one_line_for_each_difference(committed):
    """The records per category are another number in the committed chapter; the run says what it says."""
    text = committed.read_text(encoding="utf-8")
    number = re.search(r"\[([^]]+)\]\(#records_per_category\)", text)[1]
    committed.write_text(text.replace(f"[{number}]", "[9.99 million]"), encoding="utf-8")
    done = ran(committed.parent, "--chapters")
    lines = [line for line in done.stdout.splitlines() if line.startswith(f"{CHAPTER}, ")]

    assert 1 == done.returncode
    assert lines
    assert all("was" in line and "9.99 million" in line and number in line for line in lines)
    assert "Traceback" not in done.stdout


def test_without_the_option_no_chapter_is_collected(committed):
    """The plugin is there for everybody who has the package, and must not get into the way."""
    assert "no tests ran" in ran(committed.parent).stdout


def test_make_test_runs_both_comparisons_and_nothing_lax():
    """nbval letter by letter, and ours by meaning."""
    text = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"(?m)^test:.*\n((?:\t.*\n)+)", text)[1]

    assert "pytest --nbval " in recipe
    assert "pytest --chapters " in recipe


def lax(text: str) -> bool:
    """Whether a text asks for nbval's comparison that compares nothing by itself."""
    return "nbval-lax" in text


@pytest.mark.fault(71)
def test_nothing_in_the_project_runs_nbval_lax():
    """A changed value passes `--nbval-lax`; so it stands in no recipe, workflow or setting."""
    names = ["Makefile", "pyproject.toml", *(str(each) for each in paths.ROOT.glob("*.ini"))]
    files = [paths.ROOT / name for name in names]
    files += [each for each in (paths.ROOT / ".github").rglob("*") if each.is_file()]
    cells = [each for each in paths.NOTEBOOKS.glob("*.ipynb") if "NBVAL_" in each.read_text(encoding="utf-8")]

    assert [] == [each.name for each in files if lax(each.read_text(encoding="utf-8"))]
    assert [] == cells
    assert lax("pytest --nbval-lax notebooks")
