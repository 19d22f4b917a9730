"""How papermill runs a chapter in a fork of a warm process: an engine of its kind, by nbclient's own client.

To nbclient the fork is a kernel like any other: its messages are those of a kernel, so that every rule on outputs,
errors and time is nbclient's own; only the way that they take is another.
"""

import asyncio
import json
import os
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty

from jupyter_client.jsonutil import extract_dates
from jupyter_client.session import Session, json_packer
from papermill.engines import papermill_engines
from traitlets import Bool

from analysis import hermetic
from analysis.engine import LimitedClient, LimitedEngine, Stopwatch
from analysis.gate import Limits
from analysis.warm import Fork, NotWarm, forget, warmed

NAME = "ipreport-warm"
LENGTH = 4
PIECE = 1 << 16
SLACK = 1 << 20
"""How much longer a message may be than a cell's outputs."""


class Channel(asyncio.Queue):
    """What has come, of one kind."""

    async def get_msg(self, timeout: float | None = None) -> dict:
        """The next message. Raises Empty after ``timeout`` seconds."""
        try:
            return await asyncio.wait_for(self.get(), timeout)
        except TimeoutError:
            raise Empty from None


class ForkClient:
    """Speaks with a fork as a client of Jupyter does with a kernel. ``flooded`` is called for a message too long."""

    def __init__(self, fork: Fork, most: int, flooded: Callable[[], None]):
        self.fork, self.most, self.flooded = fork, most, flooded
        self.session = Session()
        self.shell_channel, self.iopub_channel = Channel(), Channel()
        self._unread = bytearray()
        self._header: dict = {}
        decoder = getincrementaldecoder("utf-8")
        self._streams = {
            name: (file, decoder("replace")) for name, file in (("stdout", fork.stdout), ("stderr", fork.stderr))
        }

    async def start_channels(self) -> None:
        """Listen, as long as the loop runs."""
        loop = asyncio.get_running_loop()
        self._hear = {self.fork.tells: self._hear_messages} | {
            file: self._hear_streams for file, _ in self._streams.values()
        }
        for file, heard in self._hear.items():
            os.set_blocking(file, False)
            loop.add_reader(file, heard)

    async def stop_channels(self) -> None:
        """Listen no more; wait until nothing is left of the fork."""
        for file in self._hear:
            asyncio.get_running_loop().remove_reader(file)
        self.fork.close()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Nothing to wait for: what is asked first is answered when the shell is there."""

    async def is_alive(self) -> bool:
        """Whether the fork runs."""
        return self.fork.is_alive()

    def execute(self, source: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Have a cell run; returns the id of the request."""
        asked = {"code": source, "silent": False, "store_history": store_history, "user_expressions": {}}
        return self._ask("execute_request", asked | {"allow_stdin": False, "stop_on_error": stop_on_error})

    def kernel_info(self) -> str:
        """Ask the kernel what it is; returns the id of the request."""
        return self._ask("kernel_info_request", {})

    def _ask(self, kind: str, content: dict) -> str:
        message = self.session.msg(kind, content)
        self._header = message["header"]
        packed = json_packer(message)
        with suppress(OSError):  # it is dead, which nbclient finds out by itself
            self.fork.asks.sendall(len(packed).to_bytes(LENGTH) + packed)
        return self._header["msg_id"]

    def _hear_messages(self) -> None:
        """Take what was told."""
        self._unread += self._piece(self.fork.tells)
        while len(self._unread) >= LENGTH:
            end = LENGTH + int.from_bytes(self._unread[:LENGTH])
            if end > self.most:
                return self.flooded()
            if len(self._unread) < end:
                return None
            packed = bytes(self._unread[LENGTH:end])
            del self._unread[:end]
            try:
                self._take(json.loads(packed))
            except (ValueError, KeyError, TypeError, AttributeError):  # somebody wrote between, who should not
                return self.fork.kill()
        return None

    def _take(self, told: dict) -> None:
        message = told["message"] | {"header": extract_dates(told["message"]["header"])}
        if told["channel"] == "shell":
            return self.shell_channel.put_nowait(message)
        if message["msg_type"] == "status":  # what other processes of the cell printed comes before its end
            self._hear_streams()
        return self.iopub_channel.put_nowait(message)

    def _hear_streams(self) -> None:
        """Take what was written to the files of the process, and not by Python's own print."""
        for name, (file, decoder) in self._streams.items():
            while piece := self._piece(file):
                content = {"name": name, "text": decoder.decode(piece)}
                message = self.session.msg("stream", content, parent={"header": self._header})
                self.iopub_channel.put_nowait(message)
                if len(piece) < PIECE:
                    break

    def _piece(self, file: int) -> bytes:
        """What there is to read now; nobody listens any more to a file that has ended."""
        try:
            piece = os.read(file, PIECE)
        except BlockingIOError:
            return b""
        if not piece:
            asyncio.get_running_loop().remove_reader(file)
        return piece


class ForkManager:
    """What nbclient takes for the manager of a kernel: it has one fork made, and ends it."""

    def __init__(self, network: bool, client: Callable[[Fork], ForkClient]):
        self.network, self._client = network, client
        self._fork: Fork | None = None

    @property
    def has_kernel(self) -> bool:
        return self._fork is not None

    async def start_kernel(self, *, env: dict[str, str] | None, cwd: str, extra_arguments: object = ()) -> None:
        """Have a shell forked in an environment, that of this process by default. Raises NotWarm, NotIsolated."""
        lasting = hermetic.common() if env else dict(os.environ)
        asked = (env or lasting, Path(cwd), env is not None)
        process = warmed(lasting, self.network)
        try:
            self._fork = process.fork(*asked)
        except NotWarm:  # somebody killed it; once more, with a new one
            forget(process)
            self._fork = warmed(lasting, self.network).fork(*asked)

    def client(self) -> ForkClient:
        """Whoever speaks with the fork."""
        return self._client(self._fork)

    async def is_alive(self) -> bool:
        """Whether the fork runs."""
        return self._fork is not None and self._fork.is_alive()

    def kill(self) -> None:
        """End the shell, from any thread."""
        if self._fork:
            self._fork.kill()

    async def shutdown_kernel(self, now: bool = False) -> None:
        """End the shell."""
        self.kill()

    async def cleanup_resources(self) -> None:
        """Nothing to do: whoever speaks with the fork waits for its end."""


class WarmClient(LimitedClient):
    """The client with limits, of a fork instead of a kernel."""

    network = Bool(True)

    def create_kernel_manager(self) -> ForkManager:
        """A manager of one fork."""
        most = 4 * self.watch.limits.cell_bytes + SLACK
        self.km = ForkManager(self.network, lambda fork: ForkClient(fork, most, self.flooded))
        self._printed = (-1, 0)
        return self.km

    def flooded(self) -> None:
        """A message is longer than all that a cell may say."""
        self.stop(f"cell {max(self._printed[0], 0)} has more than {self.watch.limits.cell_bytes} bytes of output")

    def kill(self) -> None:
        """Kill the shell."""
        self.km.kill()


class WarmEngine(LimitedEngine):
    """papermill's engine with the client above.

    By ``papermill --engine`` alone, a notebook runs with the limits of a chapter, in this folder and as things are.
    """

    client = WarmClient

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **given):
        """Run the notebook in a fork of a warm process. Raises NotWarm where there is none."""
        watch = Stopwatch(Limits())
        here = {"watch": watch, "network": True, "environment": None, "folder": Path.cwd()}
        return super().execute_managed_notebook(nb_man, kernel_name, **(here | given))


papermill_engines.register(NAME, WarmEngine)
