"""Kernels for nbval and for people in JupyterLab, forked from a warm process: a provisioner of ``jupyter_client``.

The kernel is IPython's own, with its sockets and threads; only its process is forked instead of started. Where that
cannot be, an ordinary one is started, and the log says why.
"""

import os
import signal
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from analysis.warm import Fork, NotWarm, warm

NOT_THE_FORKS = {"JPY_PARENT_PID", "JPY_SESSION_NAME", "PYTEST_CURRENT_TEST"}
"""What differs from kernel to kernel and need not be known when the imports are made."""
KILLED = -signal.SIGKILL


class ForkProcess:
    """What the provisioner takes for the process of a kernel."""

    stdin = stdout = stderr = None

    def __init__(self, fork: Fork):
        self.fork, self.pid = fork, fork.pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """None as long as it runs. How it ended is not known."""
        if self.returncode is None and not self.fork.is_alive():
            self.wait()
        return self.returncode

    def wait(self) -> int:
        """Wait until nothing is left of it, which has ended or is killed."""
        if self.returncode is None:
            self.fork.close()
            self.returncode = KILLED
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        self.fork.send_signal(number)

    def kill(self) -> None:
        """Kill it, with all that it started."""
        self.fork.kill()


class WarmProvisioner(LocalProvisioner):
    """A local kernel whose process is forked from a warm one."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel for the connection file that the command names."""
        environment = kwargs.get("env") or dict(os.environ)
        folder = kwargs.get("cwd") or os.getcwd()
        lasting = {name: value for name, value in environment.items() if name not in NOT_THE_FORKS}
        try:
            outputs = (_file(kwargs.get("stdout"), 1), _file(kwargs.get("stderr"), 2))
            fork = warm(lasting).fork_kernel(environment, folder, cmd[cmd.index("-f") :], outputs)
        except (NotWarm, ValueError) as error:
            self.log.warning("An ordinary kernel is started, which takes longer: %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = ForkProcess(fork)
        self.pid = self.pgid = fork.pid
        self.cwd = folder
        return self.connection_info


def _file(given: Any, own: int) -> int:
    """The file that an output goes to: an open one, or that of this process."""
    return given.fileno() if hasattr(given, "fileno") else own
