"""The project as somebody else has it: a clone at another place, with an environment, a user and habits of its own."""

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

from analysis import paths

CLONED = ("data", "notebooks", "src", "requirements.lock", "pyproject.toml")
NOBODY = 65534
"""The number of a user who owns nothing."""
CANARIES = {
    "USER": "canary-user",
    "LOGNAME": "canary-logname",
    "HOSTNAME": "canary-host",
    "EMAIL": "canary@example.org",
    "GIT_AUTHOR_NAME": "Canary Author",
    "SECRET_TOKEN": "canary-5f1c9e0b",
    "http_proxy": "http://canary-proxy.invalid:1",
}
"""Values of the environment that stand in no output."""


@dataclass
class Surroundings:
    """Where and how a command is run. ``variables`` are added to the canaries; nothing else is in its environment."""

    place: Path
    variables: dict[str, str] = field(default_factory=dict)
    umask: int = 0o022
    nobody: bool = False

    @property
    def clone(self) -> Path:
        return self.place / "clone"

    @property
    def home(self) -> Path:
        return self.place / "canary-home"

    def __post_init__(self):
        self.home.mkdir(parents=True)
        unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
        for name in CLONED:
            source = paths.ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.clone / name, ignore=unwanted)
            else:
                shutil.copy(source, self.clone / name)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.clone / ".venv"], check=True)
        # First the clone's own package, then the libraries as they are installed here; not what is installed for here.
        [own] = (self.clone / ".venv").glob("lib/python*/site-packages")
        lines = [str(self.clone / "src"), sysconfig.get_paths()["purelib"]]
        (own / "clone.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if self.nobody:
            for path in (self.place, self.home):
                os.chown(path, NOBODY, NOBODY)

    def run(self, *arguments: object, code: int = 0) -> subprocess.CompletedProcess:
        """Run ``ipreport`` there, and fail with what it said if it ends with another exit code."""
        start = [self.clone / ".venv/bin/python", "-c", "from analysis.command import main; main()", *arguments]
        ran = subprocess.run(
            [*(as_nobody() if self.nobody else []), *map(str, start)],
            cwd=self.place,
            env=CANARIES | {"HOME": str(self.home), "PATH": os.defpath} | self.variables,
            umask=self.umask,
            capture_output=True,
            check=False,
        )
        assert code == ran.returncode, (ran.stdout + ran.stderr).decode("utf-8", "replace")[-3000:]
        return ran


def as_nobody() -> list[str]:
    """How root starts a command on a machine of another name, as a user who owns nothing.

    They may read everything: where this runs, Python may be root's only.
    """
    return [
        "unshare", "--uts", "sh", "-c", 'hostname canary-machine && exec "$@"', "sh",
        "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
        "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
    ]  # fmt: skip


def why_not_nobody() -> str:
    """Why no command can be run as another user here, or nothing."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root can run a command as another user"
    if lacking := [name for name in ("setpriv", "unshare", "hostname") if not shutil.which(name)]:
        return f"not here: {', '.join(lacking)}"
    tried = subprocess.run([*as_nobody(), "id", "-u"], capture_output=True, text=True, check=False)
    return "" if tried.stdout.strip() == str(NOBODY) else tried.stderr.strip()
