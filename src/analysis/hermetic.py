"""The surroundings of a kernel: nothing of the user's, nothing secret, nothing that differs from place to place.

The environment is built from a list of what is allowed, so that what nobody thought of is not in it. The kernel is
named here too: a kernel that somebody else installed under the same name is not looked for.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from calendar import timegm
from contextlib import suppress
from pathlib import Path
from time import strptime

from analysis import paths, reads
from analysis.errors import AnalysisError
from analysis.figures import Figures, load_figures
from analysis.parameters import Parameters
from analysis.sources import sources

KERNEL = "report"
OPTIONS = ("--HistoryManager.enabled=False", "--IPKernelApp.exec_lines=from analysis import reads; reads.watch()")
"""No file of what was typed, of which a thread may complain among the outputs of a cell; and see ``reads``."""
FIXED = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}
ALLOWED = ("SYSTEMROOT",)
"""What is taken over from outside: Windows starts no Python without it."""
UNKNOWN = 315_532_800
"""The date of what has none, in seconds: the earliest that an archive can hold."""
OWN = ("HOME", "USERPROFILE", "TMPDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")
"""What names a folder of a kernel's own."""
WAYS_OUT = (["unshare", "--net"], ["unshare", "--map-root-user", "--net"])


class NotIsolated(AnalysisError):
    """The system does not let us take the network away from a kernel."""


def environment(scratch: Path, parameters: Parameters, notes: Path | None = None) -> dict[str, str]:
    """Everything that a kernel finds in its environment. ``scratch`` is an empty folder that is its home.

    It leaves ``notes`` of what it read, if asked to; see ``reads``.
    """
    home = {name: str(scratch) for name in OWN}
    dated = {"SOURCE_DATE_EPOCH": str(epoch(parameters, load_figures(paths.DATA)))}
    return common() | home | dated | ({reads.KEPT: str(notes)} if notes else {})


def common() -> dict[str, str]:
    """What of it is the same for all chapters, so that a process can be started with it beforehand."""
    folders = [str(Path(sys.executable).parent), *os.defpath.split(os.pathsep)]
    path = os.pathsep.join(folder for folder in folders if folder)
    taken = {name: os.environ[name] for name in ALLOWED if name in os.environ}
    return taken | FIXED | {"IPREPORT_ROOT": str(paths.ROOT), "PATH": path}


def unplaced(environment: dict[str, str]) -> dict[str, str]:
    """What of an environment does not only say where things lie on this machine."""
    return {name: value for name, value in environment.items() if name not in (*OWN, "IPREPORT_ROOT", "PATH")}


def epoch(parameters: Parameters, figures: Figures) -> int:
    """The day of the newest publication that the figures of a region and year are taken from, as a time of Unix."""
    known = sources(figures.data)
    place = (parameters.region, parameters.reference_year)
    used = {figure.source for series in figures.series_of(*place) for figure in figures.every(*place, series)}
    dates = [known[source].published_on for source in used if known[source].published_on]
    return max((timegm(strptime((date + "-01-01")[:10], "%Y-%m-%d")) for date in dates), default=UNKNOWN)


def kernel_folder(scratch: Path, network: bool) -> Path:
    """A folder that holds the only kernel there is: this Python, with or without a network. Raises NotIsolated."""
    prefix = [] if network else without_network()
    argv = [*prefix, sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *OPTIONS]
    folder = scratch / "kernels" / KERNEL
    folder.mkdir(parents=True)
    spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return folder.parent


def without_network() -> list[str]:
    """How a command is started here without any network. Raises NotIsolated where the system does not allow it."""
    said = "the command `unshare` of Linux was not found"
    for way in WAYS_OUT:
        if not (found := shutil.which(way[0])):
            continue
        tried = subprocess.run([found, *way[1:], "true"], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            return [found, *way[1:]]
        said = tried.stderr.strip()
    raise NotIsolated(
        f"cannot run chapters without a network here ({said}); leave out --no-network to run them with it"
    )


def sweep(scratch: Path) -> None:
    """Kill whatever a kernel started and left behind, also what left its process group: its home tells whose it is.

    Goes on until none is left, for each may start another before it dies. Only Linux tells the home of a process.
    """
    mark = f"HOME={scratch}".encode()
    found = True
    while found:
        found = False
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it has ended, or belongs to somebody else
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found = True
                    os.kill(int(folder.name), signal.SIGKILL)
