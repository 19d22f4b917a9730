"""Whole kernels forked from a warm process, by the tools that people use: `jupyter_client`, nbval, JupyterLab."""

import os
import select
import subprocess

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from analysis import paths, warm
from analysis.execution import coldness
from analysis.warm_kernel import ForkProcess

KERNELS = paths.PACKAGE / "jupyter"
PATIENCE = 30
forked = pytest.mark.skipif(bool(coldness()), reason=f"kernels are not forked here: {coldness()}")


@pytest.fixture
def kernel(tmp_path):
    """A running kernel of the kind that is forked, with a client."""
    found = KernelSpecManager(kernel_dirs=[str(KERNELS / "kernels")])
    manager = KernelManager(
        kernel_name="ipreport", kernel_spec_manager=found, transport="ipc", connection_file=str(tmp_path / "k.json")
    )
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def told(client, source: str) -> str:
    """What a cell prints."""
    printed = []
    client.execute_interactive(
        source, timeout=PATIENCE, output_hook=lambda message: printed.append(message["content"].get("text", ""))
    )
    return "".join(printed)


@forked
def test_kernel_is_forked_and_is_like_any_other(kernel, tmp_path):
    """Its modules were imported before it began, in the user's own environment and folder; it can be interrupted."""
    manager, client = kernel

    assert isinstance(manager.provisioner.process, ForkProcess)
    assert f"{tmp_path}\n" == told(client, "import os\nprint(os.getcwd())")
    assert "True\n" == told(client, "import sys\nprint('analysis.report' in sys.modules)")
    assert f"{os.environ['PATH']}\n" == told(client, "print(os.environ['PATH'])")
    asked = client.execute("print('begun', flush=True)\nwhile True: pass")
    while client.get_iopub_msg(timeout=PATIENCE)["content"].get("text") != "begun\n":
        continue
    manager.interrupt_kernel()
    replies = iter(lambda: client.get_shell_msg(timeout=PATIENCE), None)
    reply = next(each for each in replies if each["parent_header"].get("msg_id") == asked)
    assert "KeyboardInterrupt" == reply["content"]["ename"]


@forked
def test_restarted_kernel_has_nothing_of_the_one_before(kernel):
    """A restart forks again: what was defined is gone."""
    manager, client = kernel
    assert "1\n" == told(client, "left = 1\nprint(left)")
    before = manager.provisioner.pid

    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=PATIENCE)

    assert "False\n" == told(client, "print('left' in globals())")
    assert before != manager.provisioner.pid


@forked
@pytest.mark.fault(56)
def test_kernel_takes_along_what_it_started(kernel):
    """Shut down, nothing is left of what a cell started, whatever its session."""
    manager, client = kernel
    source = (
        "import subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'], "
        "start_new_session=True)\nprint(child.pid)"
    )
    end = os.pidfd_open(int(told(client, source)))

    manager.shutdown_kernel(now=True)

    poll = select.poll()
    poll.register(end, select.POLLIN)
    assert poll.poll(PATIENCE * 1000)
    os.close(end)


def test_where_no_kernel_can_be_forked_one_is_started(monkeypatch, caplog, tmp_path):
    """A person in JupyterLab on another system has a kernel all the same, and its log says why it took longer."""
    monkeypatch.setattr(warm.sys, "platform", "darwin")
    monkeypatch.setattr(warm, "_found", {})
    found = KernelSpecManager(kernel_dirs=[str(KERNELS / "kernels")])
    manager = KernelManager(kernel_name="ipreport", kernel_spec_manager=found, transport="ipc",
                            connection_file=str(tmp_path / "k.json"))  # fmt: skip

    manager.start_kernel()
    try:
        assert isinstance(manager.provisioner.process, subprocess.Popen)
        assert "kernels are forked on Linux only" in caplog.text
    finally:
        manager.shutdown_kernel(now=True)
