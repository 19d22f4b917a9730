"""How files get into place: everything is made aside first, and what stood there before stays until the end."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import OutputError


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """A folder inside ``output`` in which everything is made first; it is gone afterwards.

    Raises OutputError if ``output`` cannot be written, also while the caller writes.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".making-", dir=output))
    except OSError as error:
        raise OutputError(
            f"cannot write into {output}: {error.strerror}; choose another folder with --output"
        ) from error
    try:
        yield folder
    except OSError as error:
        raise OutputError(
            f"cannot write into {output}: {error.strerror}; what stood there before stays as it was"
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(made: Path, place: Path) -> Path:
    """Put a finished folder in place of the previous one, which is kept until the new one stands."""
    place.parent.mkdir(parents=True, exist_ok=True)
    previous = made.with_name(made.name + ".previous")
    if place.exists():
        place.rename(previous)
    try:
        made.rename(place)
    except OSError:
        if previous.exists():
            previous.rename(place)
        raise
    return place
