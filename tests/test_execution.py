"""Running a chapter: what is refused, and what is left out of the result."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.errors import BadParameter, UnknownName
from analysis.execution import ChapterFailed, chapter_named, chapters, executed
from analysis.figures import load_figures
from analysis.parameters import Parameters

DECLARED = 'region: str = ""\nreference_year: int = 0\nlanguage: str = "en"'
ECHO = "from analysis.parameters import Parameters\nprint(Parameters(region, reference_year, language).echo())"


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


def test_chapter_runs_with_the_parameters_asked_for(chapter, asked):
    """The echo at the end names the region, year and language asked for, and no time or path stays behind."""
    notebook = executed(chapter(), asked)

    assert asked.echo() == notebook.cells[-1].outputs[0].text.strip()
    assert "papermill" not in notebook.metadata
    assert not any("papermill" in cell.metadata or "execution" in cell.metadata for cell in notebook.cells)


def test_same_chapter_gives_the_same_bytes(chapter, asked):
    """Cell ids and the order of a set differ between kernels unless they are settled."""
    path = chapter("{'授权', '登记', '许可', '质押', '保险'}")

    first, second = (nbformat.writes(executed(path, asked)) for _ in range(2))

    assert first == second


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
def test_run_that_did_not_reach_its_end_is_refused(chapter, asked, source, said):
    """Whatever stops a chapter, or turns it to another year, is an error that names the chapter."""
    with pytest.raises(ChapterFailed, match=said):
        executed(chapter(source), asked)


def test_hung_cell_is_stopped(chapter, asked, monkeypatch):
    """A cell that does not end is stopped after the time allowed, and the chapter is refused."""
    monkeypatch.setattr("analysis.execution.SECONDS_PER_CELL", 2)

    with pytest.raises(ChapterFailed, match="CellTimeoutError"):
        executed(chapter("while True: pass"), asked)


@pytest.mark.parametrize("declared", ['region: str = ""', DECLARED + "\nyear: int = 0", "x = 1"])
def test_chapter_that_declares_other_parameters_is_refused(chapter, asked, declared):
    """papermill only warns of an unknown parameter and makes the default report; here it is an error, before a run."""
    with pytest.raises(BadParameter, match="declares the parameters"):
        executed(chapter(declared=declared), asked)


def test_chapter_reads_nothing_of_the_users(chapter, asked, tmp_path, monkeypatch):
    """A start-up file in the user's IPython folder does not run inside a report."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("intruder = True", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))

    notebook = executed(chapter("print('intruder' in globals())"), asked)

    assert "False\n" == notebook.cells[2].outputs[0].text


def test_unknown_chapter_names_those_that_exist():
    """A typo in a chapter's name is answered with the nearest one."""
    first = next(iter(chapters()))

    with pytest.raises(UnknownName, match=f"Did you mean {first}"):
        chapter_named(first + "x")
