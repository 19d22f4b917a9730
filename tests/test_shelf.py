"""A folder takes the place of another at one stroke: kills, full disks, links and second publishers lose nothing."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from publishing import rounds_of

from analysis import shelf
from analysis.errors import OutputBusy, OutputError
from analysis.placing import INPUTS, put_in_place, staging

ROUNDS = 10
HOLDER = "import sys, signal; from pathlib import Path; from analysis import shelf\n"


def tree(folder: Path) -> dict[str, str]:
    """Every file by its relative name."""
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def publish(output: Path, files: dict[str, str], needed: int = 0, **options) -> Path:
    """Put some files into place as the report ``here``."""
    with staging(output, needed) as aside:
        for name, text in files.items():
            path = aside / "here" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return put_in_place(aside / "here", output / "here", **options)


@pytest.fixture(params=["one stroke", "two steps"])
def way(request, monkeypatch):
    """With the system's exchange, and as it is done where there is none."""
    if request.param == "two steps":
        monkeypatch.setattr(shelf, "_exchanged", lambda made, place: False)


@pytest.fixture
def holder():
    """A function that starts a process which runs some lines, says so, and waits to be killed."""
    running = []

    def start(lines: str, *arguments: object):
        code = HOLDER + lines + "\n"
        process = subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE)
        running.append(process)
        assert b"ready\n" == process.stdout.readline()
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def test_new_folder_takes_the_place_of_the_old(tmp_path, way):
    """What was there is gone, and nothing lies around."""
    publish(tmp_path, {"a": "1", "b": "1"})
    place = publish(tmp_path, {"a": "2"})

    assert {"a": "2"} == tree(place)
    assert [place] == list(tmp_path.iterdir())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="folders are exchanged at one stroke on Linux only")
@pytest.mark.fault(62)
def test_exchange_is_one_call(tmp_path):
    """Both folders stand all the time; neither is ever renamed away."""
    for name in ("made", "place"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)

    assert shelf._exchanged(tmp_path / "made", tmp_path / "place")
    assert {"made/file": "place", "place/file": "made"} == tree(tmp_path)
    with pytest.raises(OSError, match="No such file"):
        shelf._exchanged(tmp_path / "none", tmp_path / "place")


def test_what_was_not_made_anew_is_kept_where_wanted(tmp_path, way):
    """Chinese is made again, English stays; a file beside them, such as the manifest, belongs to the old whole."""
    publish(tmp_path, {"en/index.html": "1", "zh/index.html": "1", "zh/gone": "1", "manifest.json": "1"})
    place = publish(tmp_path, {"zh/index.html": "2"}, keep=True)

    assert {"en/index.html": "1", "zh/index.html": "2"} == tree(place)


def test_seal_sees_the_whole_before_anybody_else(tmp_path):
    """It is called with everything that will stand there, while the old version still stands."""
    publish(tmp_path, {"en/a": "1", "zh/a": "1"})
    seen = []

    def seal(folder: Path) -> None:
        seen.append((tree(folder), tree(tmp_path / "here")))
        (folder / "manifest.json").write_text("sealed")

    place = publish(tmp_path, {"zh/a": "2"}, keep=True, seal=seal)

    assert [({"en/a": "1", "zh/a": "2"}, {"en/a": "1", "zh/a": "1"})] == seen
    assert "sealed" == tree(place)["manifest.json"]


@pytest.mark.fault(58)
@pytest.mark.fault(59)
@pytest.mark.parametrize("part", ["seal", "_written_down", "rename"])
def test_failure_on_the_way_leaves_the_old(tmp_path, way, part, monkeypatch):
    """A disk that is full while the manifest is written, while files are flushed, or when the folder is moved."""
    publish(tmp_path, {"a": "1"})

    if part == "rename":
        monkeypatch.setattr(shelf, "_exchanged", full)
    elif part != "seal":
        monkeypatch.setattr(shelf, part, full)
    with pytest.raises(OutputError, match="No space left on device; what stood there before stays"):
        publish(tmp_path, {"a": "2"}, **({"seal": full} if part == "seal" else {}))

    assert {"here/a": "1"} == tree(tmp_path)
    assert [tmp_path / "here"] == list(tmp_path.iterdir())


def test_second_step_that_fails_is_undone(tmp_path, monkeypatch):
    """Where it takes two steps, the old folder is moved back if the new one cannot move in."""
    publish(tmp_path, {"a": "1"})
    monkeypatch.setattr(shelf, "_exchanged", lambda made, place: False)
    rename = Path.rename

    def refused(path, target):
        if path.parent.name.startswith(shelf.ASIDE) and path.name == "here":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OutputError, match="No space left"):
        publish(tmp_path, {"a": "2"})

    assert {"here/a": "1"} == tree(tmp_path)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 1 MB, and whether it is a real one: only root on Linux can mount it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    able = sys.platform.startswith("linux") and os.geteuid() == 0
    mounted = able and 0 == subprocess.run(mount, check=False).returncode
    yield disk, mounted
    if mounted:
        subprocess.run(["umount", disk], check=True)


def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.fault(58)
def test_full_disk_leaves_the_old(small_disk):
    """On a real disk of 1 MB where one can be mounted, else with the system's error planted."""
    disk, mounted = small_disk
    publish(disk, {"a": "1"})
    too_much = ({"a": "x" * 2_000_000}, {}) if mounted else ({"a": "2"}, {"seal": full})

    with pytest.raises(OutputError, match="No space left on device; what stood there before stays as it was"):
        publish(disk, too_much[0], **too_much[1])

    assert {"here/a": "1"} == tree(disk)
    assert [disk / "here"] == list(disk.iterdir())


@pytest.mark.fault(58)
def test_room_is_asked_for_first(tmp_path, monkeypatch):
    """A disk that is nearly full is refused before anything is made."""
    monkeypatch.setattr(shelf.shutil, "disk_usage", lambda folder: SimpleNamespace(free=1_000_000))

    with pytest.raises(OutputError, match=r"only 1\.0 MB are free where .*; a report needs up to 50 MB"):
        publish(tmp_path, {"a": "1"}, needed=shelf.ENOUGH)

    assert [] == list(tmp_path.iterdir())


@pytest.mark.fault(61)
def test_second_publisher_waits_and_is_then_refused(tmp_path, holder):
    """Somebody else holds the folder: this process is told so; when they are killed, it goes on."""
    publish(tmp_path, {"a": "1"})
    other = holder("with shelf.locked(Path(sys.argv[1])): print('ready', flush=True); signal.pause()", tmp_path)

    with pytest.raises(OutputBusy, match="somebody else has been putting reports into"), shelf.locked(tmp_path, 0.1):
        pass

    other.kill()
    other.wait()
    with shelf.locked(tmp_path, 5):
        assert {"here/a": "1"} == tree(tmp_path)


@pytest.mark.fault(56)
def test_what_a_killed_run_left_is_cleared_and_what_lives_is_not(tmp_path, holder):
    """The folder of a dead process goes, that of a living one stays."""
    lines = (
        "with shelf.set_aside(Path(sys.argv[1])) as aside:\n"
        "    (aside / 'x').write_text(''); print('ready', flush=True); signal.pause()"
    )
    dead, _living = holder(lines, tmp_path), holder(lines, tmp_path)
    dead.kill()
    dead.wait()

    assert 2 == len(list(tmp_path.iterdir()))
    publish(tmp_path, {"a": "1"})

    assert ["here", shelf.ASIDE] == sorted(
        (path.name if path.name == "here" else shelf.ASIDE for path in tmp_path.iterdir()), reverse=True
    )


@pytest.mark.fault(57)
def test_killed_between_two_steps_the_old_is_put_back(tmp_path, holder):
    """Where it takes two steps, a kill between them leaves no report; the next run puts the old one back."""
    publish(tmp_path, {"a": "1"})
    lines = (
        "output = Path(sys.argv[1])\n"
        "with shelf.set_aside(output) as aside:\n"
        "    (aside / 'here').mkdir(); (output / 'here').rename(aside / 'here.previous')\n"
        "    print('ready', flush=True); signal.pause()"
    )
    killed = holder(lines, tmp_path)
    killed.kill()
    killed.wait()

    assert not (tmp_path / "here").exists()
    with staging(tmp_path):
        assert {"here/a": "1"} == {name: text for name, text in tree(tmp_path).items() if name.startswith("here")}


@pytest.mark.fault(15)
def test_links_are_refused_and_what_they_lead_to_is_left_alone(tmp_path):
    """The output folder, or the report in it, is a link to something else."""
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "mine").write_text("1")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "here").symlink_to(tmp_path / "victim")
    (tmp_path / "linked").symlink_to(tmp_path / "victim")

    with pytest.raises(OutputError, match="is a link to somewhere else"):
        publish(tmp_path / "output", {"a": "1"})
    with pytest.raises(OutputError, match="is a link to somewhere else"):
        publish(tmp_path / "linked", {"a": "1"})

    assert {"mine": "1"} == tree(tmp_path / "victim")


@pytest.mark.fault(16)
@pytest.mark.parametrize("folder", INPUTS, ids=lambda folder: folder.name)
def test_output_among_the_inputs_is_refused(folder):
    """A report is never written into data/, notebooks/ or the package, nor below."""
    for output in (folder, folder / "below"):
        with pytest.raises(OutputError, match="among what reports are made from"), staging(output):
            pass

    assert not (folder / "below").exists()


@pytest.mark.fault(56)
@pytest.mark.fault(57)
@pytest.mark.fault(61)
@pytest.mark.fault(62)
def test_two_publishers_killed_at_random_and_a_reader(tmp_path):
    """Ten rounds (a hundred in `make bench-shelf`): whoever looks finds one whole version, always."""
    found = rounds_of(tmp_path, ROUNDS, seed=1)

    assert found.keys() <= {"whole", "overtaken", "killed", "after a round whole"}
    assert ROUNDS == found["after a round whole"]
    assert found["whole"] > 100
    with staging(tmp_path):
        assert 1 == len([path for path in tmp_path.iterdir() if path.name.startswith(shelf.ASIDE)])
