"""Who may grade: the hostile set holds without any rights too, and where the system gives no room nothing is run."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from analysis import paths
from analysis.figures import load_figures
from analysis.lesson_keys import key_of, key_text, write_key
from analysis.lessons import lesson_named
from analysis.parameters import Parameters
from analysis.teaching import held

HERE = Path(__file__).parent
NAME = "90_reading_a_bulletin"
NOBODY = 65534
COMMAND = "from analysis.command import main; main()"
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
NO_NAMESPACES = [
    "unshare", "--user", "--map-root-user", "sh", "-c",
    'echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --bounding-set=-all --inh-caps=-all "$@"', "sh",
]  # fmt: skip
"""Runs a command where not even a user of its own may make namespaces, as some systems have it for everybody."""


def works(command: list[str]) -> bool:
    """Whether a command ends well here."""
    try:
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except OSError:
        return False


def surroundings(folder: Path) -> dict[str, str]:
    """For another Python of the same version, with our libraries."""
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    python_path = os.pathsep.join([str(paths.PACKAGE.parent), str(HERE), *libraries])
    return os.environ | {"PYTHONPATH": python_path, "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(folder),
                         "TMPDIR": str(folder)}  # fmt: skip


@pytest.fixture
def python_of_nobody() -> str:
    """A Python of our version that a user without rights can start and read our files with."""
    if os.geteuid() != 0:
        pytest.skip("not root, so that the hostile set of test_grading.py runs without rights as it is")
    names = (f"python{sys.version_info[0]}.{sys.version_info[1]}",)
    found = [sys.executable, *(shutil.which(name, path="/usr/local/bin:/usr/bin") for name in names)]
    for python in filter(None, found):
        asked = (
            f"import sys; open({str(HERE / 'conftest.py')!r}); sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
        )
        if works([*AS_NOBODY, "env", python, "-c", asked]):
            return python
    pytest.skip(f"nobody can start a Python here and read the project: tried {', '.join(filter(None, found))}")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory(dir="/tmp") as made:
        os.chmod(made, 0o755)
        yield Path(made)


@pytest.mark.fault(81)
@pytest.mark.fault(82)
@pytest.mark.fault(83)
@pytest.mark.fault(84)
def test_the_hostile_set_holds_without_any_rights(python_of_nobody, folder):
    """All of test_grading.py once more, by the user nobody: namespaces of users are enough to keep code apart."""
    os.chown(folder, NOBODY, NOBODY)
    command = [python_of_nobody, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", f"--basetemp={folder}/t"]
    run = subprocess.run(
        [*AS_NOBODY, "env", *command, "-c", str(paths.ROOT / "pyproject.toml"), str(HERE / "test_grading.py")],
        cwd=folder, env=surroundings(folder), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    last = run.stdout.strip().splitlines()[-1]

    assert 0 == run.returncode, run.stdout[-3000:] + run.stderr[-1000:]
    assert "1 skipped" in last  # the way of root
    assert int(last.split()[0]) >= 15


@pytest.mark.fault(82)
@pytest.mark.skipif(not works([*NO_NAMESPACES, "true"]), reason="this system lets nobody forbid namespaces")
def test_where_nobody_may_make_namespaces_nothing_is_run(folder):
    """The command says what the system said and what to do, and runs nothing; with --trusted it grades."""
    made = held(lesson_named("90"), load_figures(), Parameters("330200", 2021, "en"))
    write_key(folder / "key.json", {"region": "330200", "year": 2021, "seed": 0}, key_text({NAME: key_of(made)}), {})
    notebook = nbformat.v4.new_notebook(metadata={"ipreport_lesson": NAME})
    source = f"open({str(folder / 'was_run')!r}, 'w').close()\none_unit = 100"
    notebook.cells = [nbformat.v4.new_code_cell(source)]
    (folder / "in").mkdir()
    nbformat.write(notebook, folder / "in/anna.ipynb")
    command = [*NO_NAMESPACES, sys.executable, "-c", COMMAND, "teach", "grade", str(folder / "in"),
               "--key", str(folder / "key.json"), "--output", str(folder / "grades")]  # fmt: skip
    refused = subprocess.run(command, capture_output=True, text=True, timeout=120)
    after = sorted(path.name for path in folder.iterdir())
    trusted = subprocess.run([*command, "--trusted"], capture_output=True, text=True, timeout=120)

    assert (1, ["in", "key.json"]) == (refused.returncode, after)
    assert "unshare failed" in refused.stderr
    assert "Nothing was run" in refused.stderr
    assert "--trusted" in refused.stderr
    assert 0 == trusted.returncode, trusted.stderr
    assert "ran with your rights, because you said --trusted" in trusted.stderr
    assert (folder / "was_run").exists()
    assert "anna,,90_reading_a_bulletin,1,16" in (folder / "grades/grades.csv").read_text(encoding="utf-8-sig")
