"""Workers elsewhere: a scheduler and two workers, of which one is killed; and all that may be wrong with them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from batches import PLACES, Project, ancestors, at_work_in, files, waited

from analysis import paths

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
DASK = [sys.executable, "-m", "dask"]


@contextmanager
def running(*arguments: str, **environment: str):
    """A program of Dask as long as it is needed, with whatever it started."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    process = subprocess.Popen([*DASK, *arguments], env=os.environ | environment, **quiet)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def scheduler():
    """The address of a scheduler without workers."""
    port = free_port()
    with running("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"):
        waited(lambda: answers(port))
        yield f"tcp://127.0.0.1:{port}"


@contextmanager
def worker(scheduler: str, folder, **environment: str):
    """A worker as README starts it, with a folder of its own."""
    options = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    with running("worker", scheduler, *options, **environment) as process:
        yield process


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.mark.fault(52)
def test_worker_killed_in_the_middle(project, scheduler, tmp_path):
    """A scheduler and two workers as processes of their own, in other folders and without the project's.

    The chapter of the first place writes down its process and waits, the first time only. The worker that runs it is
    killed with -9; the other makes that report too, and every file is as if made alone.
    """
    note = tmp_path / "note"
    project.chapter(
        f"import os, pathlib, time\nnote = pathlib.Path({str(note)!r})\n"
        f"if region == {PLACES[0]!r} and not note.exists():\n"
        "    note.with_suffix('.new').write_text(str(os.getpid()))\n"
        "    note.with_suffix('.new').rename(note)\n"
        "    time.sleep(1000)"
    )
    table = project.runs(*PLACES)
    elsewhere = {"IPREPORT_ROOT": str(tmp_path / "nowhere")}
    with worker(scheduler, tmp_path / "a", **elsewhere) as one, worker(scheduler, tmp_path / "b", **elsewhere) as two:
        batch = project.started("batch", "--runs", table, "--scheduler", scheduler, "--output", "made")
        waited(lambda: note.exists() or batch.poll() is not None)
        above = ancestors(int(note.read_text()))
        [killed] = [each for each in (one, two) if each.pid in above]
        os.killpg(killed.pid, signal.SIGKILL)
        said = "\n".join(batch.communicate(timeout=300))
    project.run("build", "--parameters", table, "--output", "alone")

    assert 0 == batch.returncode, said
    assert "3 made." in said
    assert files(project.folder / "alone") == files(project.folder / "made")


def test_scheduler_that_does_not_answer(project):
    """One message within seconds, with what to do; nothing is made."""
    before = monotonic()
    address = f"tcp://127.0.0.1:{free_port()}"
    said = project.run("batch", "--runs", project.runs(PLACES[0]), "--scheduler", address, "--output", "made", code=1)

    assert f"no scheduler answers at {address}" in said
    assert "start one with `dask scheduler`, or leave --scheduler out" in said
    assert 60 > monotonic() - before
    assert [] == list((project.folder / "made").iterdir())


def test_scheduler_without_workers(project, scheduler):
    """It is said how to start some."""
    said = project.run("batch", "--runs", project.runs(PLACES[0]), "--scheduler", scheduler, "--output", "made", code=1)

    assert f"has no workers; start some with `dask worker {scheduler} --nthreads 1`" in said


@pytest.mark.fault(68)
def test_worker_of_another_version_is_refused(project, scheduler, tmp_path):
    """A worker with one other line of code is named with the module that differs, before any report is begun."""
    other = tmp_path / "other" / "analysis"
    shutil.copytree(paths.PACKAGE, other, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "wording.py").open("a", encoding="utf-8") as module:
        module.write("# another\n")
    batch = ["batch", "--runs", project.runs(PLACES[0]), "--scheduler", scheduler, "--output", "made"]
    with worker(scheduler, tmp_path / "a", PYTHONPATH=str(other.parent)):
        said = project.run(*batch, code=1)

    assert re.search(
        r"not as this machine: tcp://\S+: src/analysis/wording.py is another; install the same there", said
    )
    assert [] == list((project.folder / "made").iterdir())


def held(project: Project, first: str, note) -> None:
    """Have the chapter wait, in every report but the first, until it is killed; a note says that it does."""
    project.chapter(
        f"import pathlib, time\nnote = pathlib.Path({str(note)!r})\n"
        f"if region != {first!r} and not note.with_suffix('.over').exists():\n    note.touch()\n    time.sleep(1000)"
    )


@pytest.mark.fault(52)
@needs_proc
def test_scheduler_dies_in_the_middle(project, tmp_path):
    """The batch ends with one message and exit code 1; what was finished stays whole, and a second batch goes on.

    Nobody is left at work: the worker ends its processes when there is nobody to work for.
    """
    port, note = free_port(), tmp_path / "note"
    held(project, PLACES[0], note)
    address, table = f"tcp://127.0.0.1:{port}", project.runs(*PLACES)
    made = project.folder / "made"
    with running("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard") as scheduler:
        waited(lambda: answers(port))
        with worker(address, tmp_path / "a"):
            batch = project.started("batch", "--runs", table, "--scheduler", address, "--output", "made")
            waited(lambda: (note.exists() and (made / f"{PLACES[0]}-2021").exists()) or batch.poll() is not None)
            before = files(made / f"{PLACES[0]}-2021")
            assert at_work_in(tmp_path / "a")
            scheduler.kill()
            said = "\n".join(batch.communicate(timeout=120))
            waited(lambda: not at_work_in(tmp_path / "a"))
    note.with_suffix(".over").touch()
    again = project.run("batch", "--runs", table, "--workers", 1, "--output", "made")

    assert 1 == batch.returncode, said
    assert f"the scheduler at {address} is gone; what is finished stays. Run this again" in said
    assert "Traceback" not in said
    assert before == files(made / f"{PLACES[0]}-2021")
    assert "1 already there, 2 made." in again
