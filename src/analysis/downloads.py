"""The files beside a report that a reader can take away; ``reports/README.md`` says what is in each."""

import json
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import NamedTuple

from analysis.edition import Edition
from analysis.observations import write_observations
from analysis.report_records import CREATOR, Say, as_it_is, newest_day, write_figures, write_indicators
from analysis.report_sheets import sheets
from analysis.sdmx_structure import structure
from analysis.workbook import workbook

FILES = {
    "report.xlsx": "download_workbook",
    "indicators.csv": "download_indicators",
    "figures.csv": "download_figures",
    "observations.csv": "download_observations",
    "structure.json": "download_structure",
}
"""What is written, with the key of its name in ``words/``."""


class Download(NamedTuple):
    """A file written: its name, the key of its label in ``words/``, and its size in bytes."""

    file: str
    label: str
    size: int


def write_downloads(edition: Edition, folder: Path, say: Say = as_it_is) -> list[Download]:
    """Write every file of ``FILES`` into a folder; return them in the order in which a page lists them.

    ``say`` is applied to every text in the report's own language, such as a name or a definition, and never to a
    phrase, a publisher, a title or a note. The same report gives the same bytes.
    """
    write_indicators(edition, folder / "indicators.csv", say)
    write_figures(edition, folder / "figures.csv", say)
    write_observations(edition, folder / "observations.csv", say)
    message = json.dumps(structure(edition, say), ensure_ascii=False, allow_nan=False, indent=1)
    (folder / "structure.json").write_text(message + "\n", encoding="utf-8")
    title = say(edition.words("report_title"))
    made = workbook(
        sheets(edition, say), title=title, creator=CREATOR, language=edition.language, dated=newest_day(edition)
    )
    (folder / "report.xlsx").write_bytes(made)
    return [Download(name, label, (folder / name).stat().st_size) for name, label in FILES.items()]


def listed_downloads(edition: Edition, made: Sequence[Download], say: Say = as_it_is) -> list[dict]:
    """The files as a page lists them: ``href``, ``label``, ``bytes``, and ``size`` for people, such as ``113 kB``."""
    return [
        {
            "href": each.file,
            "label": say(edition.words(each.label)),
            "bytes": each.size,
            "size": f"{ceil(each.size / 1000)} kB",
        }
        for each in made
    ]
