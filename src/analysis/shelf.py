"""How a whole folder takes the place of another at one stroke, with nothing lost to a kill or a full disk.

A reader who opens the folder has one whole version of it, the old or the new, at any moment. On Linux the two are
exchanged by one call of the kernel (renameat2). Elsewhere the old one is moved away and the new one moved in: for an
instant there is none, and if the process is killed in that instant the next one puts the old one back.
A link to the newest of several folders would be as quick, but whoever zips or copies the reports would get the link.

The lock is on the folder that holds the reports, so that no file of its own stands among them. It is the operating
system's (flock) and goes with the process, however that ends.
"""

import ctypes
import errno
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from analysis.errors import OutputBusy, OutputError

ASIDE = ".making-"
PREVIOUS = ".previous"
"""The end of the name under which a folder waits while another takes its place in two steps."""
PATIENCE = 30.0
ENOUGH = 50_000_000
"""Bytes that must be free before a report is begun: it takes about a tenth of that."""
EXCHANGE, HERE = 2, -100
NOT_HERE = {errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.ENOTSUP}
"""What a system or a kind of disk says that cannot exchange two folders."""


@contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Nobody else puts anything into ``folder`` meanwhile. Raises OutputBusy after ``patience`` seconds of waiting."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        until = monotonic() + patience
        while not _taken(descriptor):
            if monotonic() >= until:
                raise OutputBusy(
                    f"somebody else has been putting reports into {folder} for {patience:.0f} seconds; what stands "
                    "there stays as it is. Run this again when they are done"
                )
            sleep(0.02)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def set_aside(output: Path, name: str = "") -> Iterator[Path]:
    """A new folder inside ``output`` that is this process's as long as it lives; it is gone afterwards.

    What has a ``name`` there is only one of at a time. Raises OutputBusy if somebody else has it.
    """
    with locked(output):
        sweep(output)
        folder = output / f"{ASIDE}{name}" if name else Path(tempfile.mkdtemp(prefix=ASIDE, dir=output))
        folder.mkdir(exist_ok=True)
        owned = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        if not _taken(owned):
            os.close(owned)
            raise OutputBusy(
                f"another {name} is putting reports into {output}; run this again when it is done, or name another "
                "folder with --output"
            )
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(owned)


def sweep(output: Path) -> None:
    """Clear what killed processes left in ``output``, which must be locked; what they had moved away is put back."""
    for folder in output.glob(f"{ASIDE}*"):
        if folder.is_symlink() or not folder.is_dir():
            continue
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if not _taken(descriptor):
                continue
            for previous in folder.glob(f"*{PREVIOUS}"):
                place = output / previous.name.removesuffix(PREVIOUS)
                if not place.exists():
                    previous.rename(place)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(descriptor)


def shelve(made: Path, place: Path, keep: bool = False, seal: Callable[[Path], None] = lambda folder: None) -> Path:
    """Put a finished folder in the place of what stands there, at one stroke; that is then gone. Needs the lock.

    With ``keep``, folders of the standing version that were not made anew (other languages) are taken over. ``seal``
    is called with the folder when it is whole, to write a manifest. Raises OutputError for a place that is a link.
    """
    if place.is_symlink():
        raise OutputError(f"{place} is a link to somewhere else, which was left alone; remove the link first")
    place.parent.mkdir(parents=True, exist_ok=True)
    for standing in sorted(place.iterdir()) if keep and place.is_dir() else []:
        if standing.is_dir() and not standing.is_symlink() and not (made / standing.name).exists():
            shutil.copytree(standing, made / standing.name, symlinks=True, copy_function=_linked)
    seal(made)
    _written_down(made)
    if place.exists():
        if not _exchanged(made, place):
            _replaced(made, place)
    else:
        made.rename(place)
    _flushed(place.parent)
    return place


def require_room(output: Path, needed: int = ENOUGH) -> None:
    """Refuse to begin on a disk that is nearly full. Raises OutputError."""
    free = shutil.disk_usage(output).free
    if free < needed:
        raise OutputError(
            f"only {free / 10**6:.1f} MB are free where {output} is; a report needs up to {needed / 10**6:.0f} MB. "
            "What stands there stays as it is"
        )


def require_apart(output: Path, inputs: tuple[Path, ...]) -> None:
    """Refuse an output folder that is a link, or lies among what a report is made from. Raises OutputError."""
    if output.is_symlink():
        raise OutputError(f"{output} is a link to somewhere else; name the folder itself with --output")
    for each in inputs:
        if output.resolve().is_relative_to(each.resolve()):
            raise OutputError(f"{output} is among what reports are made from; choose another folder with --output")


def _taken(descriptor: int) -> bool:
    """Whether the lock on an open folder is ours now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _linked(source: str, target: str) -> None:
    """The same file under another name, or a copy where the disk has no such thing."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _exchanged(made: Path, place: Path) -> bool:
    """Exchange two folders at one stroke; False where that cannot be done."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(HERE, os.fsencode(made), HERE, os.fsencode(place), EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), str(place))


def _replaced(made: Path, place: Path) -> None:
    """Two steps instead of one: the standing folder is moved away, and moved back if the new one cannot move in."""
    previous = made.with_name(made.name + PREVIOUS)
    place.rename(previous)
    try:
        made.rename(place)
    except OSError:
        previous.rename(place)
        raise


def _written_down(folder: Path) -> None:
    """Have the disk keep every file and folder, so that a power cut after the exchange finds them whole."""
    for path in [*folder.rglob("*"), folder]:
        if not path.is_symlink():
            _flushed(path)


def _flushed(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
