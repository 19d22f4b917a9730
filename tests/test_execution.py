"""Running a chapter: what is refused, and what is left out of the result."""

import json
import socket
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis import execution, hermetic
from analysis.errors import BadParameter, ChapterFailed, UnknownName
from analysis.execution import ENGINES, chapter_named, chapters
from analysis.figures import load_figures
from analysis.gate import Limits
from analysis.parameters import Parameters

DECLARED = 'region: str = ""\nreference_year: int = 0\nlanguage: str = "en"'
ECHO = "from analysis.parameters import Parameters\nprint(Parameters(region, reference_year, language).echo())"


@pytest.fixture(params=ENGINES)
def executed(request):
    """The function of this name, by an ordinary kernel and by one forked from a warm process."""
    return partial(execution.executed, by=request.param)


@pytest.fixture
def asked():
    """Some parameters that the data have figures for."""
    figures = load_figures()
    region = figures.regions()[0]
    return Parameters(region, figures.years(region)[-1], "zh")


@pytest.fixture
def chapter(tmp_path):
    """A function that writes a chapter of the cells given, after a parameters cell and before the echo."""

    def written(*sources: str, declared: str = DECLARED, echo: str = ECHO):
        first = new_code_cell(declared, metadata={"tags": ["parameters"]})
        notebook = new_notebook(cells=[first, *[new_code_cell(source) for source in sources], new_code_cell(echo)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = tmp_path / "01_invented.ipynb"
        nbformat.write(notebook, path)
        return path

    return written


def test_chapter_runs_with_the_parameters_asked_for(executed, chapter, asked):
    """The echo at the end names the region, year and language asked for, and no time or path stays behind."""
    notebook = executed(chapter(), asked)

    assert asked.echo() == notebook.cells[-1].outputs[0].text.strip()
    assert "papermill" not in notebook.metadata
    assert not any("papermill" in cell.metadata or "execution" in cell.metadata for cell in notebook.cells)


def test_same_chapter_gives_the_same_bytes(executed, chapter, asked):
    """Cell ids and the order of a set differ between kernels unless they are settled."""
    path = chapter("{'授权', '登记', '许可', '质押', '保险'}")

    first, second = (nbformat.writes(executed(path, asked)) for _ in range(2))

    assert first == second


@pytest.mark.fault(9)
@pytest.mark.fault(52)
@pytest.mark.fault(53)
@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("1 / 0", "cell 2: ZeroDivisionError", id="an error"),
        pytest.param("import sys; sys.exit(0)", "01_invented.ipynb", id="an exit that looks like success"),
        pytest.param(
            "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "DeadKernelError", id="a killed kernel"
        ),
        pytest.param("reference_year = reference_year + 1", "the last cell says", id="a year changed on the way"),
    ],
)
def test_run_that_did_not_reach_its_end_is_refused(executed, chapter, asked, source, said):
    """Whatever stops a chapter, or turns it to another year, is an error that names the chapter."""
    with pytest.raises(ChapterFailed, match=said):
        executed(chapter(source), asked)


def alive(marker) -> bool:
    """Whether a process that names the marker on its command line still runs."""
    lines = [path / "cmdline" for path in Path("/proc").glob("[0-9]*")]
    found = []
    for line in lines:
        with suppress(OSError):
            found.append(str(marker).encode() in line.read_bytes())
    return any(found)


CHILD = (
    "import subprocess, sys\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import signal; print(flush=True); signal.pause()', {marker!r}], "
    "start_new_session={apart}, stdout=subprocess.PIPE)\n"
    "ready = child.stdout.readline()\n"
)


@pytest.mark.fault(54)
@pytest.mark.fault(55)
@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("before", ["", "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"])
def test_hung_cell_is_killed_with_its_children(executed, chapter, asked, tmp_path, before, apart):
    """A cell that does not end is killed after its time, also if it ignores interrupts, with all that it started."""
    marker = str(tmp_path / "marker")
    hung = before + CHILD.format(marker=marker, apart=apart) + "while True: pass"

    with pytest.raises(ChapterFailed, match="CellTimeoutError"):
        executed(chapter(hung), asked, Limits(cell_seconds=2))

    assert not alive(marker)


@pytest.mark.fault(56)
def test_nothing_outlives_a_chapter_that_went_well(executed, chapter, asked, tmp_path):
    """A process that a cell left behind is gone when the chapter is done."""
    marker = str(tmp_path / "marker")

    executed(chapter(CHILD.format(marker=marker, apart=True)), asked)

    assert not alive(marker)


@pytest.mark.fault(54)
def test_report_out_of_time_is_stopped(executed, chapter, asked):
    """Each cell is within its time, and the report is not: the kernel is killed when the report's time is up."""
    with pytest.raises(ChapterFailed, match=r"01_invented\.ipynb: the report took more than 3 seconds"):
        executed(chapter("while True: pass"), asked, Limits(cell_seconds=60, report_seconds=3))
    with pytest.raises(ChapterFailed, match="the report took more than"):
        executed(chapter(), asked, Limits(), deadline=0.0)


@pytest.mark.fault(33)
def test_cell_that_prints_without_end_is_stopped(executed, chapter, asked):
    """Not after having printed everything: the cell would never end."""
    with pytest.raises(ChapterFailed, match="cell 2 has more than 100000 bytes of output"):
        executed(chapter("while True: print('x' * 1000)"), asked, Limits(cell_bytes=100_000))


@pytest.mark.fault(67)
def test_missing_glyph_is_refused(executed, chapter, asked):
    """matplotlib draws a box for a character that its font lacks, and says so on stderr only."""
    drawn = (
        "import io, warnings\nfrom matplotlib.figure import Figure\n"
        "warnings.simplefilter('always')\n"
        "figure = Figure()\nfigure.text(0, 0, '宁', family='DejaVu Sans')\nsize = figure.savefig(io.BytesIO())"
    )

    with pytest.raises(ChapterFailed, match=r"cell 2 wrote to stderr: .*Glyph"):
        executed(chapter(drawn), asked)


@pytest.mark.fault(8)
def test_chapter_without_a_parameters_cell_is_refused(executed, chapter, asked):
    """papermill would run it with what stands in it."""
    path = chapter()
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].metadata.tags = []
    nbformat.write(notebook, path)

    with pytest.raises(BadParameter, match="has no cell tagged `parameters`"):
        executed(path, asked)


@pytest.mark.parametrize("declared", ['region: str = ""', DECLARED + "\nyear: int = 0", "x = 1"])
def test_chapter_that_declares_other_parameters_is_refused(executed, chapter, asked, declared):
    """papermill only warns of an unknown parameter and makes the default report; here it is an error, before a run."""
    with pytest.raises(BadParameter, match="declares the parameters"):
        executed(chapter(declared=declared), asked)


def printed(notebook) -> list[str]:
    """What the planted cell printed, line by line."""
    return notebook.cells[2].outputs[0].text.splitlines()


@pytest.mark.fault(74)
def test_chapter_reads_nothing_of_the_users(executed, chapter, asked, tmp_path, monkeypatch):
    """A start-up file in the user's IPython folder, a module on PYTHONPATH: neither is there inside a report."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("intruder = True", encoding="utf-8")
    (tmp_path / "sitecustomize.py").write_text("import builtins; builtins.intruder = True", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    notebook = executed(
        chapter("import builtins\nprint('intruder' in globals(), hasattr(builtins, 'intruder'))"), asked
    )

    assert ["False False"] == printed(notebook)


@pytest.mark.fault(74)
def test_kernel_planted_by_the_environment_is_not_used(executed, chapter, asked, tmp_path, monkeypatch):
    """JUPYTER_PATH may name another kernel python3; it is not even looked for, nor is one of the name we use."""
    for name in ("python3", hermetic.KERNEL):
        folder = tmp_path / "kernels" / name
        folder.mkdir(parents=True)
        spec = {"argv": ["/bin/false"], "display_name": "evil", "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    notebook = executed(chapter("import sys\nprint(sys.executable)"), asked)

    assert [sys.executable] == printed(notebook)


@pytest.mark.fault(64)
@pytest.mark.fault(65)
@pytest.mark.fault(75)
def test_surroundings_of_a_chapter_are_the_same_everywhere(executed, chapter, asked, monkeypatch):
    """No secret, the same zone, encoding and hash seed, and a clock for files that stands at the newest publication."""
    for name, value in {"CANARY": "s3cret", "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONUTF8": "0"}.items():
        monkeypatch.setenv(name, value)
    names = ("TZ", "LC_ALL", "PYTHONUTF8", "PYTHONHASHSEED", "SOURCE_DATE_EPOCH")
    tell = f"import os, sys\nprint('s3cret' in str(os.environ), *map(os.environ.get, {names}), sys.stdout.encoding)"

    notebook = executed(chapter(tell), asked)

    date = hermetic.epoch(asked, load_figures())
    assert [f"False UTC C.UTF-8 1 0 {date} UTF-8"] == printed(notebook)


@pytest.mark.fault(75)
def test_without_network_not_even_this_machine_is_reached(executed, chapter, asked):
    """A server here is reached with the network and not without; where that cannot be had, it is refused."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        call = f"import socket\nwith socket.socket() as s: print(s.connect_ex(('127.0.0.1', {port})))"

        assert ["0"] == printed(executed(chapter(call), asked))
        try:
            hermetic.without_network()
        except hermetic.NotIsolated:
            with pytest.raises(hermetic.NotIsolated):
                executed(chapter(call), asked, network=False)
        else:
            assert ["0"] != printed(executed(chapter(call), asked, network=False))


def test_unknown_chapter_names_those_that_exist():
    """A typo in a chapter's name is answered with the nearest one."""
    first = next(iter(chapters()))

    with pytest.raises(UnknownName, match=f"Did you mean {first}"):
        chapter_named(first + "x")
