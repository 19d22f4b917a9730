"""Running a learner's code apart from everything: without network, rights, files or time of ours.

What it can do is decided by the system, not by looking at the code: see ``jail`` for the room it runs in. Where the
system does not give such a room, nothing is run unless whoever asks says that the code is trusted.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from time import monotonic

from analysis import hermetic
from analysis.hermetic import FIXED, NotIsolated
from analysis.jail import LIBRARIES

HERE = Path(__file__).parent
NAMESPACES = ["--net", "--pid", "--ipc", "--uts", "--mount", "--fork", "--kill-child"]
USERS = 1 << 20
"""Numbers of users from here on belong to nobody; each run takes one, so that limits count its processes only."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a learner's code may take: seconds for a cell and in all, bytes of memory and of output, processes."""

    cell_seconds: float = 5
    seconds: float = 20
    memory: int = 512_000_000
    processes: int = 16
    output: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """What came out of a run: what the learner's code tells, or why nothing did (``said``, in words)."""

    answers: dict | None
    said: str = ""


def told_by(
    cells: list[str], values: list[str], calls: dict[str, list], bounds: Bounds, way: list[str], number: int = 0
) -> Told:
    """Run cells, and have them tell ``values`` by name and the results of ``calls``.

    ``way`` is what ``way_in`` found, or nothing for code that is trusted. ``number`` tells runs at one time apart.
    """
    asked = {"cells": cells, "values": values, "calls": calls, "seconds": bounds.cell_seconds}
    with tempfile.TemporaryDirectory(prefix="ipreport-room-") as folder, tempfile.TemporaryFile() as request:
        request.write(json.dumps(asked).encode("utf-8", "replace"))
        request.seek(0)
        command, environment = _command(Path(folder), bounds, way, number)
        with _started(command, environment, request, folder, bounds, trusted=not way) as process:
            content, said = _read(process, bounds)
    return Told(None, said) if said else _understood(content)


def way_in() -> list[str]:
    """How code is put into namespaces of its own here. Raises NotIsolated, with what the system said."""
    said = "the command `unshare` of Linux was not found"
    found = shutil.which("unshare")
    ways = [[]] if os.geteuid() == 0 else []
    for more in [*ways, ["--map-root-user"]] if found else []:
        way = [found, *more, *NAMESPACES]
        told = told_by(["x = 1"], ["x"], {}, Bounds(), way)
        if told.answers == {"values": {"x": ["value", 1]}, "calls": {}, "errors": []}:
            return way
        said = _refused(way) or told.said
    raise NotIsolated(
        f"cannot run learners' code apart from this machine here ({said}). Nothing was run. Grade as root or where a "
        "user may make namespaces (docs/teaching.md says how), or, if you trust every learner with your files, your "
        "network and the key, say --trusted"
    )


def _refused(way: list[str]) -> str:
    """What the system says when it is asked for nothing but the namespaces."""
    try:
        return subprocess.run([*way, "true"], capture_output=True, text=True, timeout=10).stderr.strip()[:200]
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)


def libraries() -> list[str]:
    """What of this machine is in the room: Python and the libraries it needs, read-only."""
    prefix = str(Path(sys.base_prefix).resolve())
    wanted = [each for each in LIBRARIES if Path(each).exists()]
    return wanted if prefix.startswith("/usr") else [*wanted, prefix]


def _command(folder: Path, bounds: Bounds, way: list[str], number: int) -> tuple[list[str], dict[str, str]]:
    """The command that starts a run, and its environment, which holds nothing of ours."""
    code = (HERE / "learner_run.py").read_text(encoding="utf-8")
    python = str(Path(sys.base_prefix).resolve() / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}")
    environment = FIXED | {"HOME": "/work" if way else str(folder), "PATH": "/usr/bin:/bin"}
    if not way:
        return [python, "-I", "-S", "-c", code], environment
    mapped = "--map-root-user" in way
    asked = {
        "room": str(folder),
        "libraries": libraries(),
        "user": 0 if mapped else _nobody(number),
        "python": python,
        "code": code,
        "environment": environment,
        "seconds": bounds.seconds,
        "memory": bounds.memory,
        "processes": bounds.processes,
    }
    return [*way, "--", python, "-I", "-S", str(HERE / "jail.py"), json.dumps(asked)], environment


def _nobody(number: int) -> int:
    """The number of a user that no other run has at the same time."""
    return USERS + os.getpid() % 10_000 * 100 + number % 100


@contextmanager
def _started(
    command: list[str], environment: dict[str, str], request, folder: str, bounds: Bounds, trusted: bool
) -> Iterator:
    """The process of a run; whatever is left of it is killed at the end."""

    def limited() -> None:
        for name, value in (("CPU", int(bounds.seconds) + 1), ("AS", bounds.memory), ("FSIZE", bounds.output * 20)):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))

    process = subprocess.Popen(
        command, stdin=request, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, env=environment,
        start_new_session=True, close_fds=True, preexec_fn=limited if trusted else None,
    )  # fmt: skip
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if trusted:
            hermetic.sweep(Path(folder))
        process.stdout.close()
        process.wait()


def _read(process: subprocess.Popen, bounds: Bounds) -> tuple[bytes, str]:
    """What a run writes, up to its limits, and why it was ended, if it was."""
    until, content = monotonic() + bounds.seconds, b""
    with DefaultSelector() as selector:
        selector.register(process.stdout, EVENT_READ)
        while (left := until - monotonic()) > 0:
            if not selector.select(left):
                continue
            piece = os.read(process.stdout.fileno(), 65536)
            if not piece:
                return content, "" if content else "ended"
            content += piece
            if len(content) > bounds.output:
                return b"", "output"
    return b"", "time"


def _understood(content: bytes) -> Told:
    """What a run told, if it is what was asked for."""
    try:
        answers = json.loads(content, parse_constant=lambda name: None)
    except (ValueError, RecursionError):
        return Told(None, "garbled")
    if isinstance(answers, dict) and set(answers) == {"jail"}:
        return Told(None, str(answers["jail"])[:300])
    return Told(answers) if _has_the_form(answers) else Told(None, "garbled")


def _has_the_form(answers: object) -> bool:
    """Whether what came has the form of what ``learner_run`` tells; it may have been written by a learner's code."""
    if not isinstance(answers, dict) or set(answers) != {"values", "calls", "errors"}:
        return False
    kinds = {"values": dict, "calls": dict, "errors": list}
    if not all(isinstance(answers[name], kind) for name, kind in kinds.items()):
        return False
    return all(isinstance(each, list) and len(each) == 2 and type(each[0]) is int for each in answers["errors"])
