"""Warm processes, seen from whoever asks them for a fork: started when first needed, gone with this process."""

import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from analysis import hermetic, paths, reads
from analysis.hermetic import NotIsolated

PATIENCE = 60.0
"""Seconds that a warm process may take for its imports; a slow disk and a busy machine need several."""
READY = b"ready"
MODULE = "analysis.warm_process"


class NotWarm(Exception):
    """No warm process can be had here; the message says why."""


class Fork:
    """A shell in a process of its own: ``asks`` is written to; ``tells``, ``stdout`` and ``stderr`` are read.

    With ``outputs``, the last two go to these files instead. It lives as long as this is open. Raises NotWarm.
    """

    def __init__(self, request: bytes, control: socket.socket, outputs: tuple[int, int] | None = None):
        self.asks, asked = socket.socketpair()
        pipes = [os.pipe() for _ in range(3)]
        self.tells, self.stdout, self.stderr = (reader for reader, _ in pipes)
        writers = [writer for _, writer in pipes]
        self._files = [self.tells, self.stdout, self.stderr]
        try:
            here = os.pidfd_open(os.getpid())
            writers.append(here)
            socket.send_fds(control, [request], [asked.fileno(), writers[0], *(outputs or writers[1:3]), here])
            asked.close()
            self.asks.settimeout(PATIENCE)
            pid, [self._process, self._keeper], _, _ = socket.recv_fds(self.asks, 20, 2)
            self.pid = int(pid)
        except (OSError, ValueError) as error:
            self._release()
            raise NotWarm(f"the warm process does not answer: {error}") from error
        finally:
            asked.close()
            for writer in writers:
                os.close(writer)
        self._files += [self._process, self._keeper]

    def is_alive(self) -> bool:
        """Whether the shell's process runs."""
        return not _ended(self._process, 0)

    def send_signal(self, number: int) -> None:
        """Send the shell's process a signal, if it still runs."""
        with suppress(OSError):
            signal.pidfd_send_signal(self._process, number)

    def kill(self) -> None:
        """Kill the shell; its keeper then ends all that it started."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Kill the shell with all that it started, and wait until nothing is left of it."""
        if self._files:
            self.kill()
            self.asks.close()
            _ended(self._keeper, PATIENCE)
            self._release()

    def _release(self) -> None:
        self.asks.close()
        for file in self._files:
            os.close(file)
        self._files = []


class Warm:
    """A process that imports what chapters need, in the environment given, and then forks for each chapter.

    ``command`` is put in front of Python, such as what takes the network away. Nothing can be asked of it before it is
    ``ready``. Raises NotWarm.
    """

    def __init__(self, environment: dict[str, str], command: Iterable[str] = ()):
        if not sys.platform.startswith("linux"):
            raise NotWarm(f"kernels are forked on Linux only, and this is {sys.platform}")
        self.code = code_now()
        self.home = tempfile.mkdtemp(prefix="ipreport-warm-")
        self._said, self._waiting = b"", threading.Lock()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        with theirs:
            self._process = subprocess.Popen(
                [*command, sys.executable, "-m", MODULE, str(theirs.fileno())],
                env={"HOME": self.home, "TMPDIR": self.home} | environment,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        ours.settimeout(PATIENCE)

    def ready(self) -> "Warm":
        """This, when it has imported everything. Raises NotWarm."""
        with self._waiting:
            if not self._said:
                try:
                    self._said = self._control.recv(1 << 16) or b"it ended while importing"
                except OSError as error:
                    self._said = str(error).encode()
                shutil.rmtree(self.home, ignore_errors=True)
                if self._said != READY:
                    self.close()
        if self._said != READY:
            raise NotWarm(f"no warm process: {self._said.decode(errors='replace')}")
        return self

    def fork(self, environment: dict[str, str], folder: Path, scratch: bool) -> Fork:
        """A shell with this environment, in this folder, which is gone with it if it is only ``scratch``.

        Raises NotWarm if the process is gone.
        """
        request = {"environment": environment, "folder": str(folder), "scratch": scratch, "arguments": []}
        return Fork(json.dumps(request).encode(), self._control)

    def fork_kernel(
        self, environment: dict[str, str], folder: Path, arguments: list[str], outputs: tuple[int, int]
    ) -> Fork:
        """A whole kernel, with the sockets that its command line names. Raises NotWarm if the process is gone."""
        request = {"environment": environment, "folder": str(folder), "scratch": False, "arguments": arguments}
        return Fork(json.dumps(request).encode(), self._control, outputs)

    def close(self) -> None:
        """End the process, with all that it forked."""
        if not self._said:  # it has forked nothing yet, and would not listen before its imports are done
            self._process.kill()
            shutil.rmtree(self.home, ignore_errors=True)
        self._control.close()
        self._process.wait()


_found: dict[tuple, Warm | NotWarm] = {}
_lock = threading.Lock()


def warm(environment: dict[str, str], command: Iterable[str] = ()) -> Warm:
    """The warm process of this environment, started if there is none or if the code has changed since. Raises NotWarm.

    What a fork can still be given (folders, a date) need not be the same, and is left out by the caller. Where there
    was no warm process to be had, none is tried again.
    """
    key, found = _begun(environment, command)
    try:
        return found.ready()
    except NotWarm as error:
        with _lock:
            if _found.get(key) is found:  # else it was ended by us meanwhile, and the next who asks has another
                _found[key] = error
        raise


def warmed(environment: dict[str, str], network: bool) -> Warm:
    """The warm process of an environment, with or without a network. Raises NotWarm, NotIsolated."""
    return warm(environment, _in_front(network))


def begin(network: bool) -> None:
    """Have the process that chapters are forked from import what they need, while whoever asks does other things.

    Whatever goes wrong is told to who needs it.
    """
    with suppress(NotWarm, NotIsolated):
        _begun(hermetic.common(), _in_front(network))


def _in_front(network: bool) -> Iterable[str]:
    """What is put in front of Python. Raises NotIsolated."""
    return () if network else hermetic.without_network()


def _begun(environment: dict[str, str], command: Iterable[str]) -> tuple[tuple, Warm]:
    """The warm process of an environment and the key that it is found by; it need not be ready. Raises NotWarm."""
    key = (os.getpid(), tuple(command), tuple(sorted(environment.items())))
    with _lock:
        found = _found.get(key)
        if isinstance(found, Warm) and found.code != code_now():
            found.close()
            found = None
        if found is None:
            try:
                found = Warm(environment, command)
            except NotWarm as error:
                found = error
            _found[key] = found
    if isinstance(found, NotWarm):
        raise found
    return key, found


def forget(gone: Warm) -> None:
    """Have the next who asks start another."""
    with _lock:
        for key in [key for key, each in _found.items() if each is gone]:
            del _found[key]
    gone.close()


@atexit.register
def close_all() -> None:
    """End every warm process of this one, with all that they forked."""
    with _lock:
        for (owner, *_), each in _found.items():
            if owner == os.getpid() and isinstance(each, Warm):
                each.close()
        _found.clear()


def code_now() -> tuple:
    """What tells whether code or data have changed: a warm process keeps what it has imported and read."""
    with reads.loading():  # it looks at the data and reads nothing of them
        return tuple(paths.stamps(paths.PACKAGE, paths.DATA))


def _ended(process: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(process, select.POLLIN)
    return bool(poll.poll(seconds * 1000))
