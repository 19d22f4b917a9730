"""The warm process as seen from outside: where there is none, when it is made anew, and that nothing outlives it."""

import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis import building, execution, hermetic, paths, warm
from analysis.execution import coldness
from analysis.figures import load_figures
from analysis.warm import NotWarm, Warm

forked = pytest.mark.skipif(bool(coldness()), reason=f"kernels are not forked here: {coldness()}")
PATIENCE = 30_000
LATEST = load_figures().years("330200")[-1]
DECLARED = 'region: str = ""\nreference_year: int = 0\nlanguage: str = "en"'
HUNG = """\
import os, subprocess, sys
command = ['env', '-i', sys.executable, '-c', 'import signal; signal.pause()']
child = subprocess.Popen(command, start_new_session=True)
with open({told!r}, 'w') as file:
    file.write(f"{{os.getppid()}} {{os.getpid()}} {{child.pid}}")
while True: pass"""
DRIVER = """\
import sys
from pathlib import Path
from analysis.execution import executed
from analysis.parameters import Parameters
executed(Path(sys.argv[1]), Parameters("330200", int(sys.argv[2]), "en"))"""


@pytest.fixture
def hung(tmp_path):
    """A process that runs a chapter which does not end, and the chapter's keeper, shell and a process it started.

    That has another session, and nothing in its environment that tells where it comes from.
    """
    told = tmp_path / "told"
    os.mkfifo(told)
    cells = [new_code_cell(DECLARED, metadata={"tags": ["parameters"]}), new_code_cell(HUNG.format(told=str(told)))]
    notebook = new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "01_hung.ipynb")
    command = [sys.executable, "-c", DRIVER, str(tmp_path / "01_hung.ipynb"), str(LATEST)]
    driver = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    keeper, shell, child = (int(each) for each in told.read_text().split())
    server = int(Path(f"/proc/{keeper}/stat").read_text().rpartition(")")[2].split()[1])
    yield {"driver": driver.pid, "server": server, "keeper": keeper, "shell": shell, "child": child}
    driver.kill()
    driver.wait()


@forked
@pytest.mark.fault(56)
@pytest.mark.parametrize("killed", [["driver"], ["shell"], ["keeper"], ["server", "driver"]], ids="-".join)
def test_nothing_outlives_a_kill(hung, killed):
    """Whichever process is killed with -9, within seconds all that belongs to the chapter is gone."""
    ends = {name: os.pidfd_open(pid) for name, pid in hung.items()}

    for name in killed:
        os.kill(hung[name], signal.SIGKILL)
    left = []
    for name, end in ends.items():
        poll = select.poll()
        poll.register(end, select.POLLIN)
        if not poll.poll(PATIENCE):
            left.append(name)
        os.close(end)

    assert [] == left


@forked
def test_code_that_has_changed_is_imported_anew(tmp_path, monkeypatch):
    """A warm process keeps what it has imported: when the package changes, another takes its place."""
    environment = hermetic.common()
    first = warm.warm(environment)
    same = warm.warm(environment)
    monkeypatch.setattr(warm, "code_now", lambda: ("changed",))

    second = warm.warm(environment)

    assert first is same
    assert second is not first
    monkeypatch.undo()
    assert warm.warm(environment) is not second


@pytest.mark.parametrize("kind", ["PACKAGE", "DATA"])
def test_change_of_any_file_of_the_package_or_the_data_is_seen(kind, tmp_path, monkeypatch):
    """Another size or another time, for both are kept in memory; what Python compiled does not count."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_text("x = 1")
    monkeypatch.setattr(paths, kind, tmp_path)
    before = warm.code_now()

    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "module.pyc").write_text("")
    assert before == warm.code_now()
    (tmp_path / "deep" / "file").write_text("x = 10")
    assert before != warm.code_now()


@forked
def test_data_that_have_changed_are_read_anew(tmp_path):
    """Every table is in memory before a chapter begins; one corrected figure later, the next chapter says it."""
    source = (
        "import sys\n"
        "from pathlib import Path\n"
        "from analysis import execution, paths\n"
        "from analysis.parameters import Parameters\n"
        "def said():\n"
        "    made = execution.executed(Path(sys.argv[1]), Parameters('330200', int(sys.argv[2]), 'en'))\n"
        "    return made.cells[-2].outputs[0].text.strip()\n"
        "table = paths.DATA / 'figures' / f'{sys.argv[2]}.csv'\n"
        "first = said()\n"
        "text = table.read_text(encoding='utf-8')\n"
        "old, new = (f'330200,patents_granted,{value},' for value in (first, int(first) + 1))\n"
        "table.write_text(text.replace(old, new), encoding='utf-8')\n"
        "print(first, said())\n"
    )
    for name in ("data", "notebooks"):
        shutil.copytree(paths.ROOT / name, tmp_path / name)
    asked = "from analysis.figures import load_figures\n"
    asked += "print(load_figures().chosen(region, reference_year, 'patents_granted').value)"
    first = new_code_cell('region: str = ""\nreference_year: int = 0\nlanguage: str = "en"')
    first.metadata["tags"] = ["parameters"]
    echo = "from analysis.parameters import Parameters\nprint(Parameters(region, reference_year, language).echo())"
    notebook = new_notebook(cells=[first, new_code_cell(asked), new_code_cell(echo)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "01_invented.ipynb")
    command = [sys.executable, "-c", source, str(tmp_path / "01_invented.ipynb"), "2021"]
    surroundings = os.environ | {"IPREPORT_ROOT": str(tmp_path)}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)

    assert not done.returncode, done.stderr
    before, after = done.stdout.split()
    assert int(before) + 1 == int(after)


@forked
def test_imports_that_warn_are_not_forked(tmp_path):
    """A kernel would show the warning and the gate refuse it; a fork could not, so that there is none."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, warnings\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'pandas': warnings.warn('planted')\n"
        "sys.meta_path.insert(0, Finder())\n",
        encoding="utf-8",
    )

    with pytest.raises(NotWarm, match="planted"):
        Warm(hermetic.common() | {"PYTHONPATH": str(tmp_path)}).ready()


@forked
def test_process_that_cannot_start_says_why():
    """Its imports fail: that is the reason, and no time is lost with waiting."""
    with pytest.raises(NotWarm, match="it ended while importing"):
        Warm(hermetic.common() | {"PYTHONHOME": "/nowhere"}).ready()


def test_other_systems_have_ordinary_kernels_and_are_told(monkeypatch, tmp_path):
    """Without Linux there is no warm process; chapters run all the same, and the conclusion says that it is slower."""
    few = {"05_value": execution.chapters()["05_value"]}
    monkeypatch.setattr(building, "chapters", lambda: few)
    monkeypatch.setattr(warm.sys, "platform", "darwin")
    monkeypatch.setattr(warm, "_found", {})
    said: list[str] = []

    building.build("330200", LATEST, ("en",), ("html",), tmp_path, conclude=said.append)

    assert (
        "Every chapter ran in a kernel started for it, which takes longer: kernels are forked on Linux only" in said[0]
    )
    assert "this is darwin" in said[0]


def test_warm_processes_end_with_whoever_started_them():
    """A process that leaves in the ordinary way leaves none behind."""
    source = "from analysis import hermetic, warm\nprint(warm.warm(hermetic.common())._process.pid)\nwarm.close_all()\n"
    done = subprocess.run([sys.executable, "-c", source], check=True, capture_output=True, text=True)

    assert not Path(f"/proc/{done.stdout.strip()}").exists()


@forked
def test_process_that_was_begun_is_the_one_that_is_used(monkeypatch):
    """Whoever begins early does not wait; whoever asks for a process of the same surroundings then gets that one."""
    monkeypatch.setattr(warm, "_found", {})
    warm.begin(True)
    [begun] = warm._found.values()
    said_by_then = begun._said
    asked = warm.warmed(hermetic.common(), True)
    warm.close_all()

    assert b"" == said_by_then
    assert begun is asked
    assert warm.READY == begun._said


@forked
def test_process_that_nobody_needs_any_more_does_not_finish_its_imports(monkeypatch):
    """A report refused meanwhile ends at once: the process is killed, its folder is gone, and it never said a word."""
    monkeypatch.setattr(warm, "_found", {})
    warm.begin(True)
    [begun] = warm._found.values()
    warm.close_all()

    assert -9 == begun._process.returncode
    assert not Path(begun.home).exists()
    with pytest.raises(NotWarm):
        begun.ready()


@forked
def test_process_that_was_ended_while_somebody_waited_for_it_is_no_reason_to_have_none(monkeypatch):
    """A report fails before its chapters could be forked: the next in the same process finds them forked again."""
    monkeypatch.setattr(warm, "_found", {})
    ready = Warm.ready
    with monkeypatch.context() as ended:
        ended.setattr(Warm, "ready", lambda process: warm.close_all() or ready(process))
        with pytest.raises(NotWarm):
            warm.warmed(hermetic.common(), True)

    assert warm.READY == warm.warmed(hermetic.common(), True)._said
    warm.close_all()
