"""Many reports: each as it would be made alone, whoever makes it, in whichever order, and whatever is killed."""

from pathlib import Path

import pytest
from batches import COMMAND, PLACES, Project, files, killed_at_random

from analysis import shelf
from analysis.batch import NAME
from analysis.placing import staging

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> dict[str, bytes]:
    """The reports on all places, made one after the other by `ipreport build`."""
    project = Project(tmp_path_factory.mktemp("alone"))
    project.run("build", "--parameters", project.runs(*PLACES), "--no-cache", "--output", "alone")
    return files(project.folder / "alone")


@pytest.mark.fault(63)
@pytest.mark.fault(80)
@pytest.mark.parametrize("workers", [1, 2, 8])
def test_same_bytes_with_any_number_of_workers(project, alone, workers):
    """One, two or eight workers, in another order: every file is that of `ipreport build`; nothing else is left."""
    places = PLACES[workers % 3 :] + PLACES[: workers % 3]
    said = project.run("batch", "--runs", project.runs(*places), "--workers", workers, "--output", "made")

    assert "3 made." in said
    assert alone == files(project.folder / "made")


def test_order_of_languages_makes_no_difference(project):
    """Two rows for one place, in either order, end in the same folder and the same manifest."""
    made = []
    for name, languages in (("one", ("en", "zh")), ("other", ("zh", "en"))):
        table = project.runs("330600")
        rows = [f"330600,2021,{each},html" for each in languages]
        table.write_text("\n".join(["region,year,language,formats", *rows]) + "\n", encoding="utf-8")
        project.run("batch", "--runs", table, "--workers", 1, "--output", name)
        made.append(files(project.folder / name))

    assert made[0] == made[1]
    assert {"330600-2021/en/index.html", "330600-2021/zh/index.html"} < set(made[0])


@pytest.mark.fault(59)
def test_chapter_that_fails_in_one_report(project):
    """The others are made; its report keeps the previous version; the summary has cell and message; exit code 1.

    Without --keep-going, what was not begun is left.
    """
    table = project.runs(*PLACES)
    batch = ["batch", "--runs", table, "--workers", 1, "--output", "made"]
    project.run(*batch)
    before = files(project.folder / "made")
    project.chapter(f'if region == "{PLACES[0]}":\n    raise ValueError("planted")')

    kept = project.run(*batch, "--keep-going", code=1)
    after = files(project.folder / "made")
    project.chapter(f'if region == "{PLACES[0]}":\n    raise ValueError("planted twice")')
    stopped = project.run(*batch, code=1)

    assert f"{PLACES[0]}  2021  en        html     failed: notebooks/01_only.ipynb, cell 5: ValueError: planted" in kept
    assert "1 failed, 2 made." in kept
    changed = {name.partition("/")[0] for name in before if before[name] != after[name]}
    assert {f"{place}-2021" for place in PLACES[1:]} == changed
    assert "1 failed, 2 not begun." in stopped


def test_only_what_is_not_as_it_should_be_is_made(project):
    """A second batch makes nothing; one altered byte, or another format, and that report alone is made again."""
    batch = ["batch", "--runs", project.runs(*PLACES[:2]), "--output", "made"]
    project.run(*batch)
    before = files(project.folder / "made")
    again = project.run(*batch)
    page = project.folder / "made" / f"{PLACES[1]}-2021" / "en" / "index.html"
    page.write_text("altered", encoding="utf-8")
    mended = project.run(*batch)

    assert "2 already there." in again
    assert "1 already there, 1 made." in mended
    assert before == files(project.folder / "made")


@pytest.mark.fault(56)
@pytest.mark.fault(57)
@needs_proc
def test_killed_batch_goes_on(project, alone):
    """Killed with -9 at random, five times: nothing broken stands there, nobody is left, and it ends as if alone."""
    found = killed_at_random(project, 5, seed=20220426)
    project.chapter()
    project.run("batch", "--runs", project.runs(*PLACES), "--workers", 2, "--output", "made")

    assert found["killed"] > 2
    assert alone == files(project.folder / "made")


@pytest.mark.fault(61)
def test_second_batch_into_one_folder_is_refused(project):
    """It is told so at once, with the exit code of "try again later", and makes nothing."""
    made = project.folder / "made"
    with staging(made, 0, NAME):
        said = project.run("batch", "--runs", project.runs(PLACES[0]), "--output", made, code=75)

    assert f"another batch is putting reports into {made}; run this again when it is done" in said
    assert [] == list(made.iterdir())


@pytest.mark.fault(58)
def test_full_disk_is_refused_first(project, monkeypatch):
    """A disk that is nearly full is refused before anybody begins."""
    from click.testing import CliRunner

    from analysis.command import main

    monkeypatch.setattr(shelf, "ENOUGH", 0)
    monkeypatch.setattr(shelf.shutil, "disk_usage", lambda folder: type("Disk", (), {"free": 1_000_000}))
    made = project.folder / "made"
    result = CliRunner().invoke(main, ["batch", "--runs", str(project.runs(PLACES[0])), "--output", str(made)])

    assert 1 == result.exit_code
    assert "only 1.0 MB are free" in result.output
    assert [] == list(made.iterdir())


@pytest.mark.fault(58)
def test_disk_that_fills_in_the_middle(project):
    """One message and exit code 1; the report that was finished stays whole, and a second batch goes on after it."""
    table = project.runs(*PLACES[:2])
    batch = ["batch", "--runs", table, "--workers", 1, "--output", "made"]
    filled = (
        "import errno\nfrom analysis import batch\nput, placed = batch.put_in_place, []\n"
        "def full(made, place, **more):\n"
        "    if placed:\n        raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "    placed.append(place)\n    return put(made, place, **more)\n"
        "batch.put_in_place = full\n"
    )
    said = project.run(*batch, code=1, program=filled + COMMAND)
    stood = files(project.folder / "made")
    again = project.run(*batch)

    assert "cannot write into made: No space left on device; what stood there before stays as it was" in said
    assert "Traceback" not in said
    assert 1 == len([name for name in stood if name.endswith("manifest.json")])
    assert [] == [name for name in stood if name.startswith(".")]
    assert "1 already there, 1 made." in again
    assert stood.items() <= files(project.folder / "made").items()
