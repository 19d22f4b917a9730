"""Whether an executed chapter agrees with itself and with the data, without another run to compare it with.

A new year has no accepted report yet, and still a headline may not say another number than its card, nor a chart than
its table. What only a comparison can tell, such as a sentence that was left out, is told by ``differences``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

from analysis import paths
from analysis.call_coherence import call_of, call_problems, repeated
from analysis.chart_coherence import chart_text_problems, picture_problems
from analysis.charts import CHART_MIME
from analysis.codebook import regions
from analysis.drawn import picture_of
from analysis.edition import Edition
from analysis.errors import AnalysisError
from analysis.facts import bundle_of, echoed, plain
from analysis.figures import load_figures
from analysis.form_coherence import form_problems, language_problems, place_problems
from analysis.gate import reasons
from analysis.headlines import HEADLINES_MIME
from analysis.number_coherence import row_problems, text_problems, tile_problems
from analysis.parameters import Parameters
from analysis.table_coherence import claim_problems, sentence_problems, table_problems
from analysis.tables import TABLE_MIME

TELLING = {"previous": ("indicator",)} | dict.fromkeys(
    ("steps", "stretches", "indicator-changes", "contributions"), ("growth",)
)
"""The tables whose numbers have what rounding leaves open right behind them, and which numbers these are."""

_SPAN_OF_YEARS = re.compile(r"(\d{4}) (?:to|至) (\d{4})")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a chapter that does not agree with the rest of it or with the data."""

    chapter: str
    cell: str
    said: str

    def __str__(self) -> str:
        return f"{self.chapter}, {self.cell}: {self.said}" if self.cell else f"{self.chapter}: {self.said}"


def problems(
    chapter: str, notebook: NotebookNode, asked: Parameters | None = None, data: Path = paths.DATA
) -> list[Problem]:
    """Everything in an executed chapter that does not agree, in its order; nothing if it does.

    ``asked`` are the parameters that it should have run with; by default those that it says.
    """
    try:
        parameters = asked or Parameters(**echoed(notebook))
        parameters.require(load_figures(data))
    except (AnalysisError, TypeError) as error:
        return [Problem(chapter, "", f"it does not say with which parameters it ran to its end ({error})")]
    found = [Problem(chapter, "", said) for said in reasons(notebook, parameters)]
    edition = _edition(*parameters.as_dict().values(), data)
    for cell in notebook.cells:
        said = _prose(cell) if cell.cell_type == "markdown" else _cell(edition, cell)
        name = " ".join(cell.source.split())[:60]
        found += [Problem(chapter, name, each) for each in dict.fromkeys(said)]
    for cell, said in repeated(notebook.cells):
        found.append(Problem(chapter, " ".join(cell.source.split())[:60], said))
    return found


@cache
def _edition(region: str, year: int, language: str, data: Path) -> Edition:
    return Edition(region, year, language, load_figures(data), data)


def _prose(cell: NotebookNode) -> Iterator[str]:
    for tag in cell.metadata.get("tags", []):
        if tag.startswith("lang-"):
            yield from language_problems(cell.source, tag.removeprefix("lang-"))


def _cell(edition: Edition, cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        if output.output_type not in ("execute_result", "display_data"):
            continue
        try:
            yield from _output(edition, cell, bundle_of(output))
        except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
            yield f"an output is not what a chapter shows ({type(error).__name__}: {error})"


def _output(edition: Edition, cell: NotebookNode, bundle: dict) -> Iterator[str]:
    yield from form_problems(bundle)
    yield from call_problems(edition, cell, bundle)
    if table := bundle.get(TABLE_MIME):
        yield from _table(edition, table)
        yield from table_problems(edition, table)
    elif chart := bundle.get(CHART_MIME):
        yield from _chart(edition, chart, bundle.get("image/svg+xml", ""))
    elif shown := bundle.get(HEADLINES_MIME):
        for tile in shown["tiles"]:
            yield from tile_problems(edition, tile)
            yield from language_problems(f"{tile['name']} {tile['interval']} {tile['change']}", edition.language)
        yield from language_problems(f"{shown['label']} {shown['note']}", edition.language)
    else:
        for line in bundle.get("text/markdown", "").splitlines():
            yield from text_problems(edition, line, told=("indicator", "growth"))
            yield from language_problems(line, edition.language)
        if call_of(cell)[0] == "claim_list":
            yield from claim_problems(edition, bundle.get("text/markdown", ""))
        if call_of(cell)[0] in ("sentence", "sentences"):
            yield from sentence_problems(edition, bundle.get("text/markdown", ""))


def _table(edition: Edition, table: dict) -> Iterator[str]:
    """The numbers, names, language, place and year of a table."""
    named = [plain(row[0]) for row in table["rows"]]
    for row in table["rows"]:
        for cell in row:
            yield from text_problems(edition, cell, told=TELLING.get(table["id"], ()))
        yield from row_problems(edition, row, interval=table["id"].endswith("-indicators"))
    if repeated := [name for row, name in zip(table["rows"], named, strict=True) if table["rows"].count(row) > 1]:
        yield f"the row {repeated[0]} stands there twice"
    heads = " ".join(column["name"] for column in table["columns"])
    for text in (table["caption"], heads, table["note"]):
        yield from language_problems(text, edition.language)
    yield from place_problems(edition, table["caption"], set(), _places(edition))


def _places(edition: Edition) -> set[str]:
    """The regions that contain that of the report."""
    found, code = set(), edition.region_code
    known = regions(edition.data)
    while code := known[code].parent:
        found.add(known[code].name(edition.language))
    return found


def _chart(edition: Edition, chart: dict, svg: str) -> Iterator[str]:
    yield from _table(edition, chart["table"])
    texts = [chart[part] for part in ("title", "subtitle", "description")]
    for text in texts:
        yield from language_problems(text, edition.language)
    if missing := [part for part in ("title", "subtitle", "description", "source") if not chart[part].strip()]:
        yield f"the chart {chart['id']} has no {missing[0]}"
    years = {int(year) for year in re.findall(r"-(\d{4})", chart["id"])}
    if span := _SPAN_OF_YEARS.search(plain(chart["subtitle"])):
        known = edition.figures.years(edition.region_code)
        years |= {known[0], known[-1]} if (int(span[1]), int(span[2])) == (known[0], known[-1]) else set()
    drawn = {plain(row[0]) for row in chart["table"]["rows"]}
    for text in texts[:2]:
        yield from place_problems(edition, text, years, _places(edition) | (drawn if text != texts[0] else set()))
    if picture := picture_of(svg):
        yield from picture_problems(chart, picture)
        yield from chart_text_problems(edition, chart, picture)
