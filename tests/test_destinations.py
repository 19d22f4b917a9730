"""Reports go into a folder, or to an address that fsspec knows."""

import fsspec
import pytest
from batches import PLACES, Project, files

from analysis.destinations import Destination, Elsewhere, destination
from analysis.errors import OutputError
from analysis.manifest import MANIFEST

PLACE = "report"


@pytest.fixture
def memory():
    """An address in memory with nothing at it, and the file system behind."""
    system = fsspec.filesystem("memory")
    yield "memory://shelf/reports", system
    system.rm("/shelf", recursive=True) if system.exists("/shelf") else None


def put(there: Elsewhere, contents: dict[str, str]) -> None:
    """Have a report with some files stand at an address."""
    with there.open():
        for name, text in contents.items():
            path = there.place(PLACE) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        there.send(PLACE)


def test_paths_and_file_addresses_are_folders(tmp_path):
    """An address of this machine is as good as a path, also with a sign that addresses write otherwise."""
    for given in (tmp_path / "a b", f"{tmp_path}/a b", (tmp_path / "a b").as_uri()):
        found = destination(given)
        assert type(found) is Destination
        assert tmp_path / "a b" == found.folder


def test_report_comes_back_as_it_was_sent(memory):
    """Every file, in its folders."""
    address, _ = memory
    contents = {"en/index.html": "page", "en/charts/a.svg": "a", MANIFEST: "{}"}
    put(destination(address), contents)
    again = destination(address)
    with again.open():
        assert contents == {name: text.decode() for name, text in files(again.fetched(PLACE)).items() if "." in name}


def test_what_does_not_belong_any_more_is_taken_away(memory):
    """A chart of the version before is gone when the new version is there."""
    address, system = memory
    put(destination(address), {"en/old.svg": "old", MANIFEST: "1"})
    put(destination(address), {"en/new.svg": "new", MANIFEST: "2"})

    assert [f"/shelf/reports/{PLACE}/en/new.svg", f"/shelf/reports/{PLACE}/{MANIFEST}"] == system.find("/shelf")


def test_report_that_was_sent_in_part_is_none(memory, monkeypatch):
    """The manifest comes last: whoever is stopped on the way leaves none, and the next fetches nothing."""
    address, system = memory
    put(destination(address), {"en/a": "old", "en/b": "old", MANIFEST: "1"})
    sent = type(system).put_file

    def stopped(self, here, there, **more):
        if there.endswith("/b"):
            raise OSError("the line is cut")
        return sent(self, here, there, **more)

    monkeypatch.setattr(type(system), "put_file", stopped)
    with pytest.raises(OutputError, match="cannot write to memory://shelf/reports: the line is cut"):
        put(destination(address), {"en/a": "new", "en/b": "new", MANIFEST: "2"})
    again = destination(address)

    assert not system.exists(f"/shelf/reports/{PLACE}/{MANIFEST}")
    with again.open():
        assert not again.fetched(PLACE).exists()


@pytest.mark.parametrize("address", ["nowhere://a/b", "s3://bucket/reports"])
def test_address_that_nobody_can_write_to_is_refused(address):
    """An unknown kind, and one whose package is not installed, named with what to do."""
    with pytest.raises(OutputError, match=f"cannot write to {address}: .*(not known|Install s3fs)"):
        destination(address)


def test_batch_goes_to_an_address(tmp_path, memory):
    """What workers made stands there as `ipreport build` makes it, and is not made twice."""
    project = Project(tmp_path)
    table = project.runs(PLACES[0])
    project.run("build", "--parameters", table, "--output", "alone")
    by_address = ["batch", "--runs", table, "--output", (tmp_path / "by address").as_uri()]
    project.run(*by_address)

    assert files(tmp_path / "alone") == files(tmp_path / "by address")
    assert "1 already there." in project.run(*by_address)


def test_batch_goes_to_memory(tmp_path, memory):
    """The same at an address where nothing can be exchanged; memory is that of one process, so it is asked twice."""
    project = Project(tmp_path)
    table = project.runs(PLACES[0])
    project.run("build", "--parameters", table, "--output", "alone")
    twice = (
        "import sys, fsspec\nfrom analysis.command import main\n"
        "for _ in range(2):\n    main(sys.argv[1:], standalone_mode=False)\n"
        "fsspec.filesystem('memory').get('/shelf/reports', 'fetched', recursive=True)\n"
    )
    said = project.run("batch", "--runs", table, "--output", "memory://shelf/reports", program=twice)

    assert "1 made." in said
    assert "1 already there." in said
    assert files(tmp_path / "alone") == files(tmp_path / "fetched")
