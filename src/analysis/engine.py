"""How papermill runs our chapters: an engine of its kind, with limits on time and output and a kernel shut in."""

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets import Bool, Instance

from analysis.gate import Limits, bytes_of
from analysis.hermetic import KERNEL, kernel_folder

NAME = "ipreport"
OUTPUTS = {"stream", "display_data", "update_display_data", "execute_result", "error"}


class Stopwatch:
    """Why a run was stopped from outside, if it was."""

    def __init__(self, limits: Limits, deadline: float | None = None):
        self.limits = limits
        self.seconds = limits.report_seconds if deadline is None else deadline - monotonic()
        self.stopped = ""


class LimitedClient(PapermillNotebookClient):
    """A client that stops the kernel when a cell prints too much or the report has no time left."""

    watch = Instance(Stopwatch)
    network = Bool(True)
    scratch = Instance(Path)

    def create_kernel_manager(self) -> AsyncKernelManager:
        """The kernel of this Python and no other, spoken to through files that only this user can open."""
        kernels = kernel_folder(self.scratch, self.network)
        found = KernelSpecManager(kernel_dirs=[str(kernels)], ensure_native_kernel=False)
        self.km = AsyncKernelManager(
            kernel_name=KERNEL,
            kernel_spec_manager=found,
            transport="ipc",
            connection_file=str(self.scratch / "k.json"),
        )
        self._printed = (-1, 0)
        return self.km

    def process_message(self, msg: dict, cell, cell_index: int):
        """Take a message of the kernel, unless its cell has said too much already."""
        if msg["msg_type"] in OUTPUTS:
            before = self._printed[1] if self._printed[0] == cell_index else 0
            self._printed = (cell_index, before + bytes_of(msg["content"]))
            if self._printed[1] > (most := self.watch.limits.cell_bytes):
                self.stop(f"cell {cell_index} has more than {most} bytes of output")
                return None
        return super().process_message(msg, cell, cell_index)

    def stop(self, reason: str) -> None:
        """Kill the kernel and all its group, which ends the run; the first reason is kept."""
        self.watch.stopped = self.watch.stopped or reason
        with suppress(OSError, AttributeError):  # it has ended already, or not begun
            self.kill()

    def kill(self) -> None:
        """Kill the kernel and all its group."""
        os.killpg(self.km.provisioner.pid, signal.SIGKILL)


class LimitedEngine(NBClientEngine):
    """papermill's engine with the client above. ``watch``, ``network``, ``environment`` and ``folder`` are ours."""

    client = LimitedClient

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, *, watch, network, environment, folder, **kwargs):
        """Run the notebook; whatever happens, its kernel is gone afterwards."""
        client = cls.client(
            nb_man,
            watch=watch,
            network=network,
            scratch=folder,
            kernel_name=KERNEL,
            timeout=watch.limits.cell_seconds,
            startup_timeout=60,
            shutdown_kernel="immediate",
        )
        over = f"the report took more than {watch.limits.report_seconds} seconds"
        timer = threading.Timer(max(watch.seconds, 0), client.stop, [over])
        timer.daemon = True
        timer.start()
        try:
            return client.execute(env=environment, cwd=str(folder))
        finally:
            timer.cancel()


papermill_engines.register(NAME, LimitedEngine)
