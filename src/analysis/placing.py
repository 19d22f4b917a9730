"""How files get into place: everything is made aside first, and what stood there before stays until the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis import paths, shelf
from analysis.errors import OutputError

INPUTS = (paths.DATA, paths.NOTEBOOKS, paths.PACKAGE)


@contextmanager
def staging(output: Path, needed: int = 0, name: str = "") -> Iterator[Path]:
    """A folder inside ``output`` in which everything is made first; it is gone afterwards.

    ``needed`` bytes must be free; of what has a ``name`` there is only one at a time. Raises OutputError if ``output``
    cannot be written, also while the caller writes, if it is a link, or if it lies among what reports are made from;
    OutputBusy if somebody else has the name.
    """
    shelf.require_apart(output, INPUTS)
    begun = False
    try:
        output.mkdir(parents=True, exist_ok=True)
        shelf.require_room(output, needed)
        with shelf.set_aside(output, name) as folder:
            begun = True
            yield folder
    except OSError as error:
        rest = "what stood there before stays as it was" if begun else "choose another folder with --output"
        raise OutputError(f"cannot write into {output}: {error.strerror}; {rest}") from error


def put_in_place(
    made: Path, place: Path, keep: bool = False, seal: Callable[[Path], None] = lambda folder: None
) -> Path:
    """Put a finished folder in place of the previous one at one stroke; return the place.

    With ``keep``, folders that stand there and were not made anew stay. ``seal`` is called with the folder when it is
    whole, before it is moved. Raises OutputBusy if somebody else holds the folder for long, OutputError for a link.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with shelf.locked(place.parent):
        return shelf.shelve(made, place, keep, seal)
