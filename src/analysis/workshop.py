"""What a worker of a batch has: the inputs in a folder of its own, and processes that make reports from them.

The inputs come as bytes and the reports go as bytes, so that a worker needs no disk in common with anybody. A report is
made by a process that the worker starts (``run_process``) and not by the worker: it may be killed with all that it
started, and a worker that is a daemonic process of ``multiprocessing`` may start programs, but not fork.
"""

import asyncio
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic

from distributed import Worker, WorkerPlugin, get_worker

from analysis.basis import Basis
from analysis.gate import Limits
from analysis.parcels import packed_folder, unpack
from analysis.run_process import NOTES

START_SECONDS = 120.0
RENDERING_SECONDS = 300.0
"""How long a report may take besides its chapters, which have limits of their own."""
Outcome = dict[str, object]
"""``made`` with the bytes of a report and perhaps ``reads``, what it asked of the data; ``failed`` with what a reader
should know; or ``refused``: nothing was tried.
"""


class Stopped(Exception):
    """A process did not answer: it was killed, by somebody or because its time was over."""


class Maker:
    """A process that makes reports from the inputs in a folder. Raises Stopped."""

    def __init__(self, root: Path):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "analysis.run_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"IPREPORT_ROOT": str(root), "PYTHONUTF8": "1"},
            cwd=root,
            start_new_session=True,
        )
        self.basis = Basis(**self._heard(START_SECONDS))

    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, asked: dict[str, object], seconds: float) -> dict[str, str]:
        """Have a report made; see ``run_process``. Raises Stopped after so many seconds, or if the process is gone."""
        try:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise Stopped("the process that was to make it is gone") from error
        return self._heard(seconds)

    def close(self) -> None:
        """Kill it, with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def _heard(self, seconds: float) -> dict:
        """The next line that it says."""
        until, line = monotonic() + seconds, b""
        file = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(file, select.POLLIN)
        while not line.endswith(b"\n"):
            if not poll.poll(max(0.0, until - monotonic()) * 1000):
                self.close()
                raise Stopped(f"it took more than {seconds:.0f} seconds, and was killed with all its processes")
            piece = os.read(file, 1 << 16)
            if not piece:
                self.close()
                raise Stopped(f"the process that made it ended with the code {self._process.returncode}")
            line += piece
        return json.loads(line)


class Workshop(WorkerPlugin):
    """The inputs and the processes of one worker; comes to each worker of a cluster, also to those that come later."""

    def __init__(
        self,
        name: str,
        parcel: bytes,
        basis: Basis,
        seconds: float | None = None,
        threads: dict[str, int] | None = None,
        cache: bool = False,
    ):
        """``threads`` are how many reports may be made at a time on each machine, by all workers there together."""
        self.name, self.parcel, self.basis = name, parcel, basis
        self.threads, self.cache = threads or {}, cache
        self.seconds = seconds or Limits().report_seconds + RENDERING_SECONDS

    def setup(self, worker) -> None:
        """Make a folder; everything else waits until the first report is asked for."""
        self.folder = Path(tempfile.mkdtemp(prefix="ipreport-", dir=worker.local_directory))
        reports = max(self.threads.get(worker.ip, 1), worker.state.nthreads)
        self.at_once = max(1, (os.cpu_count() or 1) // reports)
        self._idle: list[Maker] = []
        self._busy: set[Maker] = set()
        self._lock = threading.Lock()

    def teardown(self, worker) -> None:
        """End every process, and leave nothing behind."""
        with self._lock:
            for each in (*self._idle, *self._busy):
                each.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def against(self) -> str:
        """In what this worker differs from whoever asks; nothing if it may make reports. Raises Stopped."""
        maker = self._taken()
        self._given_back(maker)
        return "; ".join(list(self.basis.differences(maker.basis))[:5])

    def make(self, asked: dict[str, object]) -> Outcome:
        """The bytes of a report, or why there is none."""
        try:
            maker = self._taken()
        except Stopped as error:
            return {"failed": f"no process could be started for it: {error}"}
        if found := "; ".join(list(self.basis.differences(maker.basis))[:5]):
            self._given_back(maker)
            return {"refused": found}
        output = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            given = {"output": str(output), "at_once": self.at_once, "cache": self.cache}
            answer = maker.ask(asked | given, self.seconds)
            if "made" in answer:
                notes = output / NOTES
                asked_for = {"reads": notes.read_bytes()} if notes.is_file() else {}
                return {"made": packed_folder(output / answer["made"])} | asked_for
            return {"failed": answer["failed"]}
        except Stopped as error:
            return {"failed": str(error)}
        except OSError as error:
            return {"failed": f"the worker cannot read what it made: {error}"}
        finally:
            self._given_back(maker)
            shutil.rmtree(output, ignore_errors=True)

    def _taken(self) -> Maker:
        """A process that is idle, or a new one."""
        with self._lock:
            if not (root := self.folder / "inputs").exists():
                unpack(self.parcel, root)
            while self._idle:
                if (maker := self._idle.pop()).is_alive():
                    break
                maker.close()
            else:
                maker = Maker(root)
            self._busy.add(maker)
        return maker

    def _given_back(self, maker: Maker) -> None:
        with self._lock:
            self._busy.discard(maker)
            if maker.is_alive():
                self._idle.append(maker)


def made_by_worker(workshop: str, asked: dict[str, object]) -> Outcome:
    """What a cluster is given to do for each report."""
    return get_worker().plugins[workshop].make(asked)


async def against_worker(workshop: str, dask_worker: Worker) -> str:
    """What is asked of each worker before the first report; it can answer others meanwhile."""
    try:
        return await asyncio.to_thread(dask_worker.plugins[workshop].against)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
