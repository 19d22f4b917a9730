"""A project of one short chapter, and the command run in it, for the tests of batches."""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import paths
from analysis.manifest import manifest_in
from analysis.verifying import wrong_files

COMMAND = "from analysis.command import main; main()"
PLACES = ("330600", "330400", "330300")
"""Places of which little is known, so that their reports are quickly made."""


class Project:
    """A copy of the data with one chapter, into which a test may plant some lines of code."""

    def __init__(self, folder: Path):
        self.root, self.folder = folder / "root", folder
        self.root.mkdir(parents=True)
        shutil.copytree(paths.DATA, self.root / "data")
        shutil.copy(paths.ROOT / "requirements.lock", self.root)
        self.chapter()

    def chapter(self, planted: str = "") -> None:
        """Write the chapter; ``planted`` runs in its third cell of code, and knows ``region``."""
        parameters = 'region: str = "330600"\nreference_year: int = 2021\nlanguage: str = "en"'
        loaded = "from analysis.report import load_report\nreport = load_report(region, reference_year, language)"
        cells = [
            new_markdown_cell("# One\n\nIs it there?", metadata={"tags": ["lang-en"]}),
            new_markdown_cell("# 一\n\n有吗？", metadata={"tags": ["lang-zh"]}),
            new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            new_code_cell(loaded, metadata={"tags": ["imports"]}),
            *([new_code_cell(planted)] if planted else []),
            new_code_cell('report.figure_table("creation")'),
            new_code_cell("report.complete()", metadata={"tags": ["echo"]}),
        ]
        for number, cell in enumerate(cells):
            cell.id = f"cell-{number}"  # else it is another chapter each time
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
        (self.root / "notebooks").mkdir(exist_ok=True)
        nbformat.write(new_notebook(cells=cells, metadata=kernel), self.root / "notebooks" / "01_only.ipynb")

    def runs(self, *places: str, name: str = "runs.csv", language: str = "en") -> Path:
        """A run table with one row for each place."""
        rows = [f"{place},2021,{language},html" for place in places]
        (self.folder / name).write_text("\n".join(["region,year,language,formats", *rows]) + "\n", encoding="utf-8")
        return self.folder / name

    def started(self, *arguments: object, program: str = COMMAND) -> subprocess.Popen:
        """The command, or another program, begun."""
        return subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            cwd=self.folder,
            env=os.environ | {"IPREPORT_ROOT": str(self.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: object, code: int = 0, program: str = COMMAND) -> str:
        """Everything that the command said; it must end with this exit code."""
        running = self.started(*arguments, program=program)
        said = "\n".join(running.communicate(timeout=300))
        assert code == running.returncode, said
        return said


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative name, and every folder as nothing."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


def ancestors(pid: int) -> list[int]:
    """The processes that started a process, from its parent on."""
    found = []
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[1])
        found.append(pid)
    return found


def waited(condition: Callable, seconds: float = 240):
    """What a condition says as soon as it says something."""
    until = monotonic() + seconds
    while not (found := condition()):
        assert monotonic() < until, "waited in vain"
        sleep(0.05)
    return found


def at_work_in(folder: Path) -> list[int]:
    """The processes whose environment names a folder as that of the project."""
    mark = f"IPREPORT_ROOT={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(each.startswith(mark) for each in (process / "environ").read_bytes().split(b"\0")):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def killed_at_random(project: Project, rounds: int, seed: int, longest: float = 6) -> Counter:
    """Batches into ``made``, each killed with -9 after some time; what was found after each of them.

    Whenever one has come to its end, the chapter is another one, so that the next makes every report again. What stands
    is always whole, nothing that stood is gone, and soon nobody is at work any more.
    """
    chance, made, found = random.Random(seed), project.folder / "made", Counter()
    batch = ["batch", "--runs", project.runs(*PLACES), "--workers", 2, "--output", made]
    stood: set[str] = set()
    for turn in range(rounds):
        running = project.started(*batch)
        try:
            said = running.communicate(timeout=chance.uniform(1, longest))
            found["came to its end"] += 1
            assert 0 == running.returncode, said
            project.chapter(f"turn = {turn}")
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()
            found["killed"] += 1
        standing = {folder.name for folder in made.glob("[0-9]*")}
        wrong = [each for name in standing for each in wrong_files(made / name, manifest_in(made / name))]
        assert stood <= standing, f"gone: {stood - standing}"
        assert [] == wrong
        found["reports that stood, whole"] += len(standing)
        stood = standing
        waited(lambda: not at_work_in(made))
    return found
