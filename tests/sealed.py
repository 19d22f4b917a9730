"""A report's folder with a real manifest, made without running a kernel."""

from pathlib import Path

from analysis.contract import request
from analysis.report import load_report
from analysis.sealing import Run, seal

REGION, YEAR = "330200", 2021
PAGES = {
    "en/index.html": "<!DOCTYPE html>\n<p>10.80%</p>\n",
    "en/charts/cases.csv": "a,b\n1,2\n",
    "zh/index.html": "<!DOCTYPE html>\n<p>10.80%。</p>\n",
}


def sealed(place: Path, files: dict[str, str] = PAGES, languages: tuple[str, ...] = ("en", "zh"), **ways) -> Path:
    """Some files as a report that stands at ``place``, made by a run that was asked for some languages."""
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    run = Run(request({"region": REGION, "year": YEAR, "language": languages, "formats": ("html",)}))
    seal(run.asked, run.making(load_report(REGION, YEAR, "en")), ways.get("before", place))(place)
    return place
