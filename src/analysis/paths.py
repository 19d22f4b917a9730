"""The only place that knows the folders."""

import os
from contextlib import suppress
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = Path(os.environ.get("IPREPORT_ROOT", PACKAGE.parents[1])).resolve()

DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"

CHAPTERS = "[0-8][0-9]_*.ipynb"
"""How the chapters are called; notebooks from 90 on are for teaching."""

TEMPLATES = PACKAGE / "templates"
FONTS = PACKAGE / "fonts"


def chapters(folder: Path = NOTEBOOKS) -> dict[str, Path]:
    """The chapters of the report by name (``03_creation``), in order."""
    found = sorted(folder.glob(CHAPTERS))
    return {path.stem: path for path in found}


def stamps(*folders: Path) -> list[tuple[str, int, int]]:
    """Of every file below some folders: when it was written, in nanoseconds, and its size. Not what Python compiled.

    By ``os.walk``, for it is asked many times for each report, and paths are slow to make and to sort.
    """
    found = []
    for top in folders:
        for folder, below, names in os.walk(top):
            below[:] = [each for each in below if each != "__pycache__"]
            for name in names:
                file = os.path.join(folder, name)
                with suppress(FileNotFoundError):  # somebody took it away meanwhile
                    state = os.stat(file)
                    found.append((file, state.st_mtime_ns, state.st_size))
    return sorted(found)
