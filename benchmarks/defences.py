"""Is there a test for every defence? Each is taken away in a copy of the project, and some test must then fail.

    make bench-defences
    .venv/bin/python benchmarks/defences.py 17 23     only those of these rows of docs/faults.md

The defences stand in defences.toml. Exits with 1 if one goes unnoticed, if one is no longer where it was, or if a row
of docs/faults.md that has tests has no defence here.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
LEFT_OUT = {".git", ".venv", "reports", "docs", "__pycache__", ".pytest_cache", ".ruff_cache", "build"}
MORE = {
    74: "that no kernel and no start-up file of the machine is looked for stands in many places",
    76: "that nothing of the machine is written down is no line of ours, but the lack of one",
    80: "that the same bytes come out stands in many places",
}
"""Rows whose defence is not a line that can be taken away, and why."""

sys.path.insert(0, str(ROOT / "tests"))


def main(asked: set[int]) -> int:
    """How many defences went unnoticed, were not found, or are missing."""
    from faults import marked

    defences = tomllib.loads((HERE / "defences.toml").read_text(encoding="utf-8"))["defence"]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(ROOT, Path(folder) / "copy", ignore=lambda _, names: LEFT_OUT & set(names))
        chosen = [each for each in defences if not asked or asked & set(each["rows"])]
        tests = sorted({test for each in chosen for test in each["tests"].split()})
        if (run := tested(copy, tests)).returncode:
            sys.exit(f"with every defence in its place, pytest says:\n{run.stdout[-2000:]}")
        for each in chosen:
            said = noticed(copy, each)
            wrong += not said.startswith("noticed")
            print(f"{', '.join(map(str, each['rows'])):<12} {each['what']:<60} {said}", flush=True)
    if not asked:
        rows = {row for each in defences for row in each["rows"]} | MORE.keys()
        for row in sorted(marked().keys() - rows):
            print(f"{row:<12} has tests, and no defence to take away")
            wrong += 1
        print(f"{len(defences)} defences taken away, of {len(rows)} rows; {wrong} to look at")
    return wrong


def noticed(copy: Path, defence: dict) -> str:
    """What happened without a defence: ``noticed`` with the first test that failed, or what is wrong."""
    path = copy / defence["file"]
    text = path.read_text(encoding="utf-8")
    if text.count(defence["was"]) < 1:
        return f"NOT FOUND in {defence['file']}"
    path.write_text(text.replace(defence["was"], defence["instead"]), encoding="utf-8")
    try:
        run = tested(copy, defence["tests"].split())
    finally:
        path.write_text(text, encoding="utf-8")
    failed = [line.split(" - ")[0] for line in run.stdout.splitlines() if line.startswith("FAILED")]
    if run.returncode != 1 or not failed:
        return f"UNNOTICED (pytest says {run.returncode}) by {defence['tests']}"
    return f"noticed by {failed[0].removeprefix('FAILED tests/')}"


def tested(copy: Path, tests: list[str]) -> subprocess.CompletedProcess:
    """Run tests of the copy, until the first that fails."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "--no-header", "-p", "no:cacheprovider"]
    command += [f"--basetemp={copy.parent / 'tmp'}"]
    surroundings = os.environ | {"PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(
            [*command, *tests], cwd=copy, env=surroundings, capture_output=True, text=True, timeout=900
        )
    finally:
        clear(copy.parent)


def clear(folder: Path) -> None:
    """End what a test left running because the defence against that was taken away: its command names the folder."""
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended
            if int(line.parent.name) != os.getpid() and os.fsencode(folder) in line.read_bytes():
                os.kill(int(line.parent.name), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main({int(each) for each in sys.argv[1:]}) > 0)
