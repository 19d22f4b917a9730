"""What a report is made from: nothing that is read is left out, and nothing else changes the record."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import inputs as module
from analysis import paths
from analysis.execution import chapters
from analysis.inputs import FILES, inputs, libraries, rows_printed, unlike_lock
from analysis.report import load_report
from analysis.report_records import figures_used

READER = """
import sys
from pathlib import Path
seen = set()
sys.addaudithook(lambda event, given: seen.add(str(given[0])) if event == "open" else None)
import nbformat
from analysis import paths
from analysis.all_editions import write_editions
from analysis.parameters import Parameters
made, target = map(Path, sys.argv[1:])
notebooks = {path.name: nbformat.read(path, as_version=4) for path in sorted((made / "zh/chapters").iterdir())}
asked = Parameters("330200", 2021, "zh")
write_editions({asked: notebooks}, ("zh", "zh-Hant"), ("html", "pdf"), target, lambda step: None)
roots = {paths.ROOT, paths.PACKAGE}
for name in sorted(seen):
    path = Path(name)
    if path.is_file() and path.is_absolute() and any(path.is_relative_to(root) for root in roots):
        print(path.relative_to(paths.ROOT).as_posix())
"""


@pytest.fixture
def copied(tmp_path) -> Path:
    """A copy of everything that a report is made from, as a repository of its own."""
    for name in (name for files in inputs().values() for name in files):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(paths.ROOT / name, tmp_path / name)
    return tmp_path


def test_nothing_that_is_read_is_left_out(reports, tmp_path):
    """Every file of the repository that Python opens while a report is rendered, of whatever kind, is an input."""
    told = subprocess.run(
        [sys.executable, "-c", READER, reports, tmp_path], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    ours = [name for name in told.stdout.splitlines() if not name.startswith(".venv/") and "__pycache__" not in name]
    known = {name for files in inputs().values() for name in files}

    assert {"data/sources.csv", "data/figures/2021.csv", "src/analysis/words/report.toml"} <= set(ours)
    assert [] == [name for name in ours if name not in known]


def test_every_kind_has_its_files():
    """The chapters that are run, the fonts that are printed with, the templates, the lock file."""
    found = inputs()

    assert list(FILES) == list(found)
    assert {f"notebooks/{path.name}" for path in chapters().values()} == set(found["notebooks"])
    assert {f"src/analysis/{path.name}" for path in paths.PACKAGE.glob("*.py")} == set(found["code"])
    assert {"src/analysis/fonts/NotoSansSC-Bold.ttf", "src/analysis/fonts/NotoSansSC-Regular.ttf"} == set(
        found["fonts"]
    )
    assert {"src/analysis/templates/ipreport_html/style.css"} < set(found["templates"])
    assert ["requirements.lock"] == list(found["lock"])


@pytest.mark.parametrize("kind", FILES)
def test_one_byte_more_is_another_input(kind, copied):
    """At another place the record is the same; one byte more in any kind of file, and it is not."""
    before = inputs(copied, copied / "src/analysis")
    assert inputs() == before

    name = next(iter(before[kind]))
    with (copied / name).open("ab") as file:
        file.write(b"\n")
    after = inputs(copied, copied / "src/analysis")

    changed = [(each, path) for each in before for path in before[each] if before[each][path] != after[each][path]]
    assert [(kind, name)] == changed


def test_rows_printed_change_with_what_is_printed_only(tiny, spoil):
    """Another phrase in a row of Testville changes the record of its table; a row of another city does not."""
    before = rows_printed(load_report("990100", 2021, "en", tiny))
    rows = len(figures_used(load_report("990100", 2021, "en", tiny)))
    assert rows == sum(each["rows"] for table, each in before.items() if "figures" in table) == 7

    with (tiny / "figures/2021.csv").open("a", encoding="utf-8") as file:
        file.write("990200,patents_granted,5,0,count,exact,flow,T01,授权5件,\n")
    other = load_report("990100", 2021, "en", moved(tiny, "other city"))
    assert before == rows_printed(other)

    spoil("figures/2020.csv", "授权800件", "共授权800件")
    after = rows_printed(load_report("990100", 2021, "en", moved(tiny, "other phrase")))
    assert ["data/figures/2020.csv"] == [table for table in before if before[table] != after[table]]

    spoil("figures/2021.csv", "超3亿元", "共超3亿元")
    both = rows_printed(load_report("990100", 2021, "en", moved(tiny, "two other phrases")))
    assert ["data/figures/2021.csv"] == [table for table in before if after[table] != both[table]]


def moved(data: Path, name: str) -> Path:
    """A copy of a data folder, for tables are read once from each."""
    return Path(shutil.copytree(data, data.with_name(name)))


def test_libraries_are_those_asked_for():
    """Every direct dependency, and none of those for tests only."""
    found = libraries()

    assert {"papermill", "nbconvert", "matplotlib", "typst", "pandas", "opencc", "ipreport"} <= set(found)
    assert set() == {"pytest", "ruff", "hypothesis"} & set(found)


def test_library_unlike_the_lock_file_is_told(tmp_path):
    """Installed as locked: nothing to tell. Locked to another version, however the name is written: told."""
    assert {} == unlike_lock()

    locked = [
        "matplotlib==0.1",
        "Jinja2==0.2 ; x",
        "pandas==0.1 ; x",
        f"pandas=={libraries()['pandas']} ; y",
        "none==1",
    ]
    text = "".join(f"{each} \\\n    --hash=sha256:{'0' * 64}\n" for each in locked)
    (tmp_path / module.LOCK).write_text(text, encoding="utf-8")
    assert {name: libraries()[name] for name in ("jinja2", "matplotlib")} == unlike_lock(tmp_path)
    assert {} == unlike_lock(tmp_path / "nowhere")
