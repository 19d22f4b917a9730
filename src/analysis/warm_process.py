"""The warm process: it has imported and read what chapters need, and forks itself for each of them.

It is started by ``warm`` with one end of a socket, and runs nothing of a chapter itself. For each chapter it forks a
keeper, and the keeper forks the shell (``warm_shell``) that runs the cells. The keeper ends everything that the shell
started, also what left its process group, as soon as the shell ends or whoever asked for it goes away, however that
happens: it is told by the kernel of the system, not by a message. Nobody is left over after a `kill -9` of any one of
these processes.
"""

import ctypes
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PRELOADED = (
    "ipykernel.kernelapp", "ipykernel.debugger", "analysis.warm_shell", "analysis.report", "pandas",
    "pandas.io.formats.style", "matplotlib.backends.backend_svg", "IPython.core.completerlib",
    "IPython.extensions.storemagic", "tornado.platform.asyncio",
)  # fmt: skip
"""In the order in which a kernel would import them, for each may filter warnings before the others."""
DRAWN_INLINE = "module://matplotlib_inline.backend_inline"
"""Where a kernel lets matplotlib draw; it must be known before matplotlib is imported."""
SET_BY_IMPORTS: dict[str, str] = {}
"""What the imports put into the environment; a chapter that imported them itself would find it."""
READY = b"ready"
ADOPT, DIE_WITH_PARENT = 36, 1
"""PR_SET_CHILD_SUBREAPER and PR_SET_PDEATHSIG of Linux."""
GONE = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)
MOST_BYTES = 1 << 18


def main() -> None:
    """Import, say so, and fork for whoever asks until nobody can ask any more."""
    control = socket.socket(fileno=int(sys.argv[1]))
    del sys.path[0]  # as a kernel's launcher does; "" is put in again for each chapter
    try:
        os.close(os.pidfd_open(os.getpid()))
        adopt()
        told = imported()
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
    control.send(told.encode() or READY)
    if not told:
        gc.collect()
        gc.freeze()  # so that a fork does not copy pages only to count what is in them
        serve(control)
    end_all_below()


def imported() -> str:
    """Import and read everything; returns what somebody would have been warned of, for a fork could not tell it."""
    before = set(os.environ)
    os.environ.setdefault("MPLBACKEND", DRAWN_INLINE)
    told: list[str] = []
    shown = warnings.showwarning
    warnings.showwarning = lambda message, *place, **more: told.append(str(message))
    for name in PRELOADED:
        importlib.import_module(name)
    warnings.showwarning = shown
    SET_BY_IMPORTS.update({name: value for name, value in os.environ.items() if name not in before})
    read()
    threads = threading.active_count()
    return "; ".join(told) or ("" if threads == 1 else f"{threads} threads after the imports")


def read() -> None:
    """Read what every chapter reads, so that none has to: the tables and the phrases. What is wrong there, they say."""
    from analysis import reads, wording
    from analysis.errors import AnalysisError

    with suppress(AnalysisError):
        reads.load_all()
    wording.phrases()


def serve(control: socket.socket) -> None:
    """Fork once for each request: environment and folder, with a socket, three pipes and who asks."""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    keepers: set[int] = set()
    while True:
        while poll.poll(1000) == []:
            reap(keepers)
        request, files, _, _ = socket.recv_fds(control, MOST_BYTES, 8)
        if not request:
            return
        if (keeper := os.fork()) == 0:
            control.close()
            become(keep, request, files)
        keepers.add(keeper)
        for file in files:
            os.close(file)
        reap(keepers)


def keep(request: bytes, files: list[int]) -> None:
    """Fork the shell, wait until it ends or nobody listens any more, and end all that is left of it."""
    adopt()
    keeper = os.pidfd_open(os.getpid())
    shell = os.fork()
    if shell == 0:
        become(run, request, files, keeper)
    for file in files[1:4]:
        os.close(file)
    ended, asker = os.pidfd_open(shell), files[4]
    poll = select.poll()
    for end in (ended, asker):
        poll.register(end, select.POLLIN)
    poll.register(files[0], GONE & ~select.POLLIN)
    poll.poll()
    with suppress(ProcessLookupError):
        os.killpg(shell, signal.SIGKILL)
    end_all_below()
    wanted = json.loads(request)
    if wanted["scratch"] and select.select([asker], [], [], 0)[0]:  # it was killed, and cannot remove it any more
        shutil.rmtree(wanted["folder"], ignore_errors=True)


def run(request: bytes, files: list[int], keeper: int) -> None:
    """What the shell's process does: with its keeper's death it dies too; it never comes back from here."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    os.setsid()
    from analysis import warm_shell

    asks = socket.socket(fileno=files[0])
    here = os.pidfd_open(os.getpid())
    socket.send_fds(asks, [str(os.getpid()).encode()], [here, keeper])
    os.dup2(files[2], 1)
    os.dup2(files[3], 2)
    for file in (here, keeper, *files[2:]):
        os.close(file)
    wanted = json.loads(request)
    warm_shell.settle(SET_BY_IMPORTS | wanted["environment"], wanted["folder"], wanted["arguments"])
    if wanted["arguments"]:
        warm_shell.run_kernel(wanted["arguments"])
    else:
        warm_shell.run(asks, files[1])


def become(something: Callable, *arguments: object) -> None:
    """Do it, and end without what Python would do at its end, which is the warm process's affair."""
    try:
        something(*arguments)
    except BaseException as error:
        with suppress(OSError):
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(0)


def adopt() -> None:
    """Have whatever is orphaned below become a child of this process."""
    ctypes.CDLL(None).prctl(ADOPT, 1)


def reap(keepers: set[int]) -> None:
    """Let go of children that have ended, and end what a keeper left behind that was killed itself."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            keepers.discard(ended)
    for child in set(children()) - keepers:
        with suppress(OSError):
            os.kill(child, signal.SIGKILL)


def end_all_below() -> None:
    """Kill every child until there is none: those of a child become our own when it dies."""
    while True:
        for child in children():
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def children() -> list[int]:
    """The processes whose parent is this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            state = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if int(state[1]) == os.getpid():
                found.append(int(folder.name))
    return found


if __name__ == "__main__":
    main()
