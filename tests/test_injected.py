"""A chapter run by papermill alone refuses what no chapter declares."""

import subprocess
import sys

import nbformat
import pytest

from analysis.errors import BadParameter
from analysis.execution import chapters
from analysis.injected import check_injected

GIVEN = "# Parameters\n"


def test_what_chapters_declare_passes():
    """Names that are declared pass, as does any cell that papermill did not write."""
    check_injected(["", "x = 1", GIVEN + 'region = "990100"\nreference_year = 2021\n', "import os"])


@pytest.mark.fault(3)
@pytest.mark.fault(7)
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("yaer = 2021", "no parameter 'yaer'; a chapter declares region, reference_year, language. Did you mean ref"),
        ("year = 2021", "Did you mean reference_year?"),
        ("langauge = 'zh'", "Did you mean language?"),
        ("x = 1;import os\nlanguage = 'zh'", "no parameter 'x'"),
        ("import os", "no parameter 'import os'"),
        ("report.year = 2021", "no parameter 'report.year'"),
    ],
)
def test_unknown_name_is_refused_with_the_nearest(cell, said):
    """papermill itself only warns, and makes the default report."""
    with pytest.raises(BadParameter) as caught:
        check_injected(["region = ''", GIVEN + cell])

    assert said in str(caught.value)


@pytest.mark.fault(7)
@pytest.mark.fault(10)
@pytest.mark.fault(12)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["-p", "yaer", "2021"], "no parameter 'yaer'"),
        (["-p", "reference_year", "2O21"], "reference_year is '2O21' (str); expected int"),
        (["-r", "reference_year", "2021"], "reference_year is '2021' (str); expected int"),
        (["-p", "reference_year", "1999"], "no figures for"),
        (["-p", "region", "寧波"], "Did you mean 330200?"),
    ],
)
def test_papermill_alone_fails_with_our_message(given, said, tmp_path):
    """The imports cell of a chapter is enough: everything below it is left out here."""
    notebook = nbformat.read(chapters()["03_creation"], as_version=4)
    notebook.cells = notebook.cells[:4]
    nbformat.write(notebook, tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "in.ipynb", "out.ipynb", *given]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 1 == done.returncode
    assert said in done.stderr
