"""The gate: each thing that speaks against a run is planted into a run that would pass, and is told."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import gate
from analysis.errors import ChapterFailed
from analysis.execution import chapters
from analysis.gate import Limits, check_complete, reasons
from analysis.parameters import Parameters

ASKED = Parameters("990100", 2021, "zh")


def said(text: str, name: str = "stdout"):
    return new_output("stream", name=name, text=text)


@pytest.fixture
def run():
    """A run that nothing speaks against: an assignment, a table, the echo."""
    cells = [
        new_code_cell("x = 1", execution_count=1),
        new_markdown_cell("Prose."),
        new_code_cell("report.table()", execution_count=2, outputs=[
            new_output("execute_result", data={"text/plain": "1"}, execution_count=2)
        ]),
        new_code_cell("report.complete()", execution_count=3, outputs=[said(ASKED.echo() + "\n")]),
    ]  # fmt: skip
    return new_notebook(cells=cells)


def test_whole_run_passes(run):
    """Nothing speaks against it; so do the committed chapters pass with their own parameters."""
    assert [] == reasons(run, ASKED)
    check_complete(run, ASKED, "01_invented.ipynb")


@pytest.mark.parametrize("name", chapters())
def test_committed_chapters_would_pass(name):
    """As they stand in notebooks/, read from the file."""
    notebook = gate.read(chapters()[name])
    echo = json.loads(notebook.cells[-1].outputs[0].text.removeprefix("REPORT-COMPLETE "))

    assert [] == reasons(notebook, Parameters(**echo))


def planted(run, at: int, **changes):
    run.cells[at].update(changes)
    return reasons(run, ASKED)


@pytest.mark.fault(52)
@pytest.mark.fault(53)
@pytest.mark.parametrize("counts", [(1, None, None), (1, 3, 2), (1, 2, 4), (2, 3, 4), (1, 1, 2)])
def test_cells_that_did_not_run_once_in_order(run, counts):
    """A killed kernel and sys.exit(0) leave cells without a number; by hand they get other ones."""
    for at, count in zip((0, 2, 3), counts, strict=True):
        run.cells[at].execution_count = count

    assert reasons(run, ASKED)[0].startswith("not every cell ran once and in order: cell ")


@pytest.mark.fault(60)
def test_error_in_a_cell(run):
    """A notebook that failed is not published, though papermill keeps it."""
    error = new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[])

    assert ["cell 0 raised ZeroDivisionError: 'division by zero'"] == planted(run, 0, outputs=[error])


@pytest.mark.fault(67)
def test_word_on_stderr(run):
    """A missing glyph is a warning of matplotlib, and a box in the report."""
    warning = "UserWarning: Glyph 23425 (\\N{CJK UNIFIED IDEOGRAPH-5B81}) missing from font(s) DejaVu Sans."

    assert planted(run, 0, outputs=[said(warning, "stderr")])[0].startswith(
        "cell 0 wrote to stderr: 'UserWarning: Glyph"
    )


@pytest.mark.fault(54)
def test_cell_over_its_time(run):
    """papermill notes how long a cell took."""
    run.cells[0].metadata.papermill = {"duration": 121.0}

    assert ["cell 0 took 121 seconds, more than 120"] == reasons(run, ASKED)


@pytest.mark.fault(70)
@pytest.mark.parametrize("outputs", [[], [said("  \n")], [new_output("display_data", data={})]])
def test_call_without_an_output(run, outputs):
    """Outputs were wiped, or a chart drew nothing; an assignment, or a semicolon, shows nothing and may."""
    assert ["cell 2 ends in a call and shows nothing"] == planted(run, 2, outputs=outputs)
    assert [] == planted(run, 2, source="report.table();")


@pytest.mark.fault(33)
def test_too_much_output(run):
    """More than the limit in one cell; the size is that of the file."""
    run.cells[0].outputs = [said("x" * 200)]
    around = len('{"output_type": "stream", "name": "stdout", "text": ""}')
    told = f"cell 0 has {200 + around} bytes of output, more than 254"

    assert [told] == reasons(run, ASKED, Limits(cell_bytes=254))
    assert [] == reasons(run, ASKED, Limits(cell_bytes=255))


@pytest.mark.fault(8)
@pytest.mark.fault(9)
@pytest.mark.fault(53)
@pytest.mark.parametrize(
    "echo",
    ["", "REPORT-COMPLETE {}", ASKED.echo().replace("2021", '"2021"'), ASKED.echo().replace("2021", "2022"),
     ASKED.echo() * 2, "# " + ASKED.echo()],
)  # fmt: skip
def test_echo_of_something_else(run, echo):
    """Another year, the year as text, nothing, twice: the last cell must tell exactly what was asked."""
    told = planted(run, 3, outputs=[said(echo)] if echo else [])

    assert any("asked for" in each and "but the last cell says" in each for each in told)


def test_every_reason_is_told(run):
    """Not only the first one."""
    run.cells[0].outputs = [said("w", "stderr")]
    run.cells[2].execution_count = None
    run.cells[2].outputs = []
    run.cells[3].outputs = [said("x")]

    with pytest.raises(ChapterFailed) as caught:
        check_complete(run, ASKED, "01_invented.ipynb")

    assert str(caught.value).startswith("notebooks/01_invented.ipynb: ")
    assert 4 == len(str(caught.value).split("; "))
    assert ["there is no cell of code"] == reasons(new_notebook(), ASKED)


@pytest.mark.fault(31)
@pytest.mark.fault(57)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda whole: whole[: len(whole) // 2], "no whole notebook"),
        (lambda whole: b"", "no whole notebook"),
        (lambda whole: b"\xff" + whole, "no whole notebook"),
        (lambda whole: b"{}", "no whole notebook"),
        (lambda whole: b"[]", "no whole notebook"),
        (lambda whole: b'"text"', "no whole notebook"),
        (lambda whole: b"[" * 100_000 + b"]" * 100_000, "nested more than 60 deep"),
        (lambda whole: b'{"a":' * 100_000, "nested more than 60 deep"),
        (lambda whole: whole.replace(b'"cells"', b'"cellz"'), "no whole notebook"),
        (lambda whole: b" " * (gate.MOST_BYTES_OF_A_FILE + 1), "more than 20000000 bytes"),
    ],
)  # fmt: skip
def test_file_that_is_no_whole_notebook(tmp_path, run, content, said):
    """Cut short, too deep, too large, or something else: one message each, no traceback of a parser."""
    path = tmp_path / "01_invented.ipynb"
    path.write_bytes(content(nbformat.writes(run).encode("utf-8")))

    with pytest.raises(ChapterFailed, match=said) as caught:
        gate.read(path)

    assert 1 == len(str(caught.value).splitlines())


def test_brackets_in_texts_are_not_depth(tmp_path, run):
    """A chapter may print as many brackets as it likes."""
    run.cells[0].source = '"' + "[" * 500 + '\\""'
    nbformat.write(run, tmp_path / "01_invented.ipynb")

    assert run.cells[0].source == gate.read(tmp_path / "01_invented.ipynb").cells[0].source


def test_file_that_is_not_there(tmp_path):
    """The system's word for it, on one line."""
    with pytest.raises(ChapterFailed, match=r"none\.ipynb cannot be read: No such file"):
        gate.read(tmp_path / "none.ipynb")
