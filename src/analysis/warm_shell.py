"""The shell that runs one chapter's cells in a fork of the warm process.

It is IPython's own kernel with its own shell, display hooks and messages; only the sockets of ZMQ are replaced, by a
pipe for what it says and a socket for what it is asked. What a fork would inherit and an ordinary kernel would not
(seeds, folders, environment, settings that were read once) is put right first.
"""

import asyncio
import atexit
import io
import json
import os
import random
import sys
import tempfile
import threading
import time
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from socket import socket

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from jupyter_client.session import Session, extract_header, json_packer
from tornado.ioloop import IOLoop
from traitlets import Any

from analysis.hermetic import OPTIONS

SHELL = "shell"
"""Where a kernel sends replies; everything else goes to all who listen."""
LENGTH = 4
MOST_UNSAID = 1 << 16


def settle(environment: dict[str, str], folder: str, arguments: list[str]) -> None:
    """Be in the place, the environment and the state of a process that was started now."""
    sys.argv[:] = [find_spec("ipykernel_launcher").origin, *arguments]
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    tempfile.tempdir = None
    random.seed()
    sys.modules["numpy"].random.seed()
    matplotlib = sys.modules["matplotlib"]
    for name in ("get_configdir", "get_cachedir"):  # which it takes from the environment once
        setattr(matplotlib, name, cache(getattr(matplotlib, name).__wrapped__))


def run(asks: socket, tells: int) -> None:
    """Run what is asked for until nobody asks any more."""
    app = WireApp.instance(says=Wire(tells))
    app.initialize(list(OPTIONS))
    asyncio.get_event_loop_policy().get_event_loop().run_until_complete(answer(app.kernel, asks))


def run_kernel(arguments: list[str]) -> None:
    """Be a kernel with sockets, as if started with these arguments."""
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)
    try:
        app.start()
    finally:
        atexit._run_exitfuncs()  # it removes its files and lets the last messages out


async def answer(kernel: Kernel, asks: socket) -> None:
    """Handle one message after the other, as a kernel does with those of its shell channel."""
    reader, _ = await asyncio.open_unix_connection(sock=asks)
    kernel.io_loop = IOLoop.current()
    while True:
        try:
            length = int.from_bytes(await reader.readexactly(LENGTH))
            message = json.loads(await reader.readexactly(length))
        except asyncio.IncompleteReadError:
            return
        kernel.set_parent([], message, channel=SHELL)
        kernel._publish_status("busy", SHELL)
        kernel.pre_handler_hook()
        try:
            await kernel.shell_handlers[message["header"]["msg_type"]](SHELL, [], message)
        finally:
            kernel.post_handler_hook()
        kernel._aborting = False
        sys.stdout.flush()
        sys.stderr.flush()
        kernel._publish_status("idle", SHELL)


class Wire:
    """The pipe on which everything is told, one whole message after the other, whichever thread speaks."""

    def __init__(self, file: int):
        self.file = file
        self.lock = threading.Lock()

    def tell(self, channel: str, message: dict) -> None:
        """Write a message, waiting for whoever reads too slowly."""
        packed = json_packer({"channel": channel, "message": message})
        with self.lock:
            left = memoryview(len(packed).to_bytes(LENGTH) + packed)
            while left:
                left = left[os.write(self.file, left) :]


class WireSession(Session):
    """The messages of Jupyter, on the wire."""

    says = Any()

    def send(self, stream, msg_or_type, content=None, parent=None, ident=None, buffers=None, track=False,
             header=None, metadata=None):  # fmt: skip
        """Tell a message. One that a forked process of the chapter's own wants to send is dropped, as by a kernel."""
        message = msg_or_type
        if not isinstance(message, dict):
            message = self.msg(msg_or_type, content=content, parent=parent, header=header, metadata=metadata)
        if not (self.check_pid and os.getpid() != self.pid):
            self.says.tell(SHELL if stream == SHELL else "iopub", message)
        return message


class Stream(io.TextIOBase):
    """What a chapter prints, told in larger pieces and before anything else that is shown."""

    encoding, errors = "UTF-8", None

    def __init__(self, session: Session, thread, name: str, echo=None):
        self.session, self.name = session, name
        self._parent: ContextVar[dict] = ContextVar("parent_header")
        self._last: dict = {}
        self._unsaid: list[str] = []
        self._size = 0
        self._owner = os.getpid()
        self._lock = threading.RLock()

    @property
    def parent_header(self) -> dict:
        """The request that what is written now belongs to."""
        return self._parent.get(self._last)

    def set_parent(self, parent: dict) -> None:
        """Everything from now on belongs to this request."""
        self.flush()
        self._last = extract_header(parent)
        self._parent.set(self._last)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return {"stdout": 1, "stderr": 2}[self.name]

    def write(self, text: str) -> int:
        """Keep a text until there is enough of it."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        with self._lock:
            self._unsaid.append(text)
            self._size += len(text)
            if self._size > MOST_UNSAID:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Tell what was kept; a forked process of the chapter's own writes to its file instead."""
        with self._lock:
            text, self._unsaid, self._size = "".join(self._unsaid), [], 0
        if not text:
            return
        if os.getpid() != self._owner:
            os.write(self.fileno(), text.encode("utf-8", "replace"))
        else:
            self.session.send(None, "stream", {"name": self.name, "text": text}, parent=self.parent_header)


class WireApp(IPKernelApp):
    """IPython's kernel without sockets and their threads."""

    says = Any()
    outstream_class = "analysis.warm_shell.Stream"

    def init_connection_file(self) -> None:
        self.session = WireSession(parent=self, says=self.says)

    def init_sockets(self) -> None:
        self.iopub_socket = "iopub"
        self.configure_tornado_logger()

    def init_poller(self) -> None:
        return

    def init_heartbeat(self) -> None:
        return

    def write_connection_file(self, **kwargs) -> None:
        return

    def log_connection_info(self) -> None:
        return

    def init_kernel(self) -> None:
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=self.session,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count
