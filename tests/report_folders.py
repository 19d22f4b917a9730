"""Reports of the invented place as folders, made without running a kernel, for the tests of comparisons."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from analysis.cards import cards
from analysis.parameters import Parameters
from analysis.report import Report, load_report
from analysis.report_records import write_figures, write_indicators

CITY = "990100"

Edit = tuple[str, str, str]
"""A table of the data, a text that stands in it once, and the text to put in its place."""


def vintage(data: Path, folder: Path, *edits: Edit) -> Path:
    """A copy of a data folder with changes; tables are read once for each folder, so each vintage has its own."""
    shutil.copytree(data, folder)
    for table, old, new in edits:
        text = (folder / table).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {table}"
        (folder / table).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def all_sentences(report: Report) -> list:
    """What the invented chapter shows unless a test says otherwise: the headline and every indicator's sentence."""
    return [("report.headline()", report.headline()), ("report.sentences()", report.sentences(*report.results))]


def made_folder(
    folder: Path,
    data: Path,
    year: int = 2021,
    language: str = "en",
    region: str = CITY,
    shows: Callable[[Report], list] = all_sentences,
) -> Path:
    """A report's folder with its tables and one chapter; ``shows`` gives (source of a cell, what it shows)."""
    report = load_report(region, year, language, data)
    (folder / "chapters").mkdir(parents=True)
    write_figures(report, folder / "figures.csv")
    write_indicators(report, folder / "indicators.csv")
    cells = [
        {"cell_type": "code", "source": source, "outputs": [{"data": output._repr_mimebundle_()}]}
        for source, output in shows(report)
    ]
    echo = {"name": "stdout", "text": [Parameters(region, year, language).echo() + "\n"]}
    cells.append({"cell_type": "code", "source": "report.complete()", "outputs": [echo]})
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "chapters" / "01_only.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    return folder


def standing(output: Path, data: Path, *names: str) -> Path:
    """Reports as they stand for the site, such as ``990100-2021/en``: a made folder with a page that has every card."""
    for name in names:
        place, language = name.split("/")
        region, year = place.split("-")
        folder = made_folder(output / name, data, int(year), language, region)
        ids = [card["id"] for card in cards(load_report(region, int(year), language, data))]
        page = "".join(f'<p id="{each}">{each}</p>' for each in ids)
        (folder / "index.html").write_text(f"<!DOCTYPE html><html><body>{page}</body></html>\n", encoding="utf-8")
    return output
