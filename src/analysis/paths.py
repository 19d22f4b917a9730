"""The only place that knows the folders."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = Path(os.environ.get("IPREPORT_ROOT", PACKAGE.parents[1])).resolve()

DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"

TEMPLATES = PACKAGE / "templates"
FONTS = PACKAGE / "fonts"
