"""The only place that knows the folders."""

import os
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
