"""What a worker does with a report: it makes it, says why it cannot, and ends what takes too long."""

from types import SimpleNamespace

import pytest
from batches import PLACES, Project, at_work_in, waited

from analysis import run_process
from analysis.basis import Basis
from analysis.manifest import MANIFEST
from analysis.parcels import packed, unpack
from analysis.workshop import Maker, Workshop

ASKED = {"region": PLACES[0], "year": 2021, "language": ("en",), "formats": ("html",)}


def workshop(project: Project, basis: Basis, seconds: float | None = None) -> Workshop:
    """A workshop with the inputs of a project, in a folder of its own."""
    files = {path.relative_to(project.root).as_posix(): path for path in project.root.rglob("*") if path.is_file()}
    made = Workshop("test", packed(files), basis, seconds)
    folder = project.folder / "worker"
    folder.mkdir()
    made.setup(SimpleNamespace(local_directory=str(folder), ip="127.0.0.1", state=SimpleNamespace(nthreads=1)))
    return made


def basis_of(project: Project) -> Basis:
    """What a process of a project works with."""
    maker = Maker(project.root)
    maker.close()
    return maker.basis


@pytest.mark.fault(54)
def test_chapter_that_hangs_outside_of_its_limits(tmp_path):
    """A report that takes too long is ended with all its processes, and the next one is made."""
    project = Project(tmp_path)
    note = tmp_path / "note"
    project.chapter(
        f"import pathlib, time\nnote = pathlib.Path({str(note)!r})\n"
        "if not note.exists():\n    note.touch()\n    time.sleep(1000)"
    )
    found = workshop(project, basis_of(project), 30)
    try:
        first = found.make(ASKED)
        assert note.exists()
        waited(lambda: not at_work_in(found.folder))
        second = found.make(ASKED)
    finally:
        found.teardown(None)

    assert {"failed": "it took more than 30 seconds, and was killed with all its processes"} == first
    assert ["made"] == list(second)
    unpack(second["made"], tmp_path / "made")
    assert {"en", MANIFEST, "ro-crate-metadata.json"} == {path.name for path in (tmp_path / "made").iterdir()}
    waited(lambda: not at_work_in(tmp_path))
    assert [] == list((tmp_path / "worker").iterdir())


def test_report_that_cannot_be_made_has_a_reason(tmp_path):
    """A year without figures is told as `ipreport build` tells it, and the process goes on."""
    project = Project(tmp_path)
    found = workshop(project, basis_of(project))
    try:
        outcome = found.make(ASKED | {"year": 1999})
        again = found.against()
    finally:
        found.teardown(None)

    assert ["failed"] == list(outcome)
    assert "no figures for Shaoxing (330600) in 1999" in outcome["failed"]
    assert "" == again


def test_worker_that_is_otherwise_makes_nothing(tmp_path):
    """Other data than were sent for, or another library, is refused by name."""
    project = Project(tmp_path)
    basis = basis_of(project)
    other = Basis(basis.inputs, basis.python, basis.libraries | {"pandas": "0.1"}, basis.unlike_lock)
    found = workshop(project, other)
    try:
        outcome = found.make(ASKED)
    finally:
        found.teardown(None)

    assert {"refused": f"pandas {basis.libraries['pandas']} instead of 0.1"} == outcome


@pytest.mark.fault(63)
@pytest.mark.parametrize(
    ("threads", "own", "at_once"),
    [({"127.0.0.1": 4}, 1, 2), ({"127.0.0.1": 1}, 16, 1), ({"10.0.0.1": 4}, 1, 8), ({"127.0.0.1": 3}, 1, 2)],
)
def test_workers_of_one_machine_share_its_cores(tmp_path, monkeypatch, threads, own, at_once):
    """Eight cores: four reports at a time run two chapters each, sixteen of one worker one each; a worker that nobody
    knew of is alone there; three reports leave two cores over.
    """
    monkeypatch.setattr("analysis.workshop.os.cpu_count", lambda: 8)
    found = Workshop("test", b"", Basis({}, "", {}, {}), threads=threads)
    worker = SimpleNamespace(local_directory=str(tmp_path), ip="127.0.0.1", state=SimpleNamespace(nthreads=own))
    found.setup(worker)
    found.teardown(worker)

    assert at_once == found.at_once


def test_process_makes_a_report_with_what_it_is_given(tmp_path, monkeypatch):
    """As many chapters at once as its share of the cores, and what was kept before only if it may."""
    given = []
    monkeypatch.setattr("analysis.building.build", lambda *asked, **more: given.append(more))
    asked = ASKED | {"output": str(tmp_path), "at_once": 3}

    assert {"made": f"{PLACES[0]}-2021"} == run_process._answer(**asked) == run_process._answer(**asked, cache=True)
    assert [3, 3] == [each["at_once"] for each in given]
    assert ["store" in each for each in given] == [False, True]
