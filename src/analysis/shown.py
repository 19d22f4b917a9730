"""What the chapters of a made report show: sentences, rows with a verdict, charts, linked numbers."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from analysis.charts import CHART_MIME
from analysis.errors import AnalysisError
from analysis.headlines import HEADLINES_MIME
from analysis.parameters import ECHO, Parameters
from analysis.tables import TABLE_MIME, plain_text
from analysis.wording import words

LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(#([\w-]+)\)")
WAYS = {verdict: f"verdict_{verdict}" for verdict in ("rose", "fell", "unchanged", "open", "broken")} | {
    verdict: f"consistency_claim_{verdict}" for verdict in ("supported", "contradicted", "not_testable")
}
"""What a sentence can say of a number or of a claim, each with its key in ``words/``."""

BLANK = "\0"
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of prose, or a row of a table that says which way a number went.

    ``key`` names it across reports: the indicator it tells of, or the cell that printed it and its place there.
    ``links`` are the numbers in it as (text, card); ``ways`` the words for rose, fell and the like that it holds.
    """

    chapter: str
    key: tuple
    text: str
    links: tuple[tuple[str, str], ...]
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartShown:
    """A chart with the table that it draws, as plain text."""

    chapter: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Shown:
    """Everything shown: sentences by (chapter, key), charts by (chapter, cell, place), texts of linked numbers by card.

    ``parameters`` are those that every chapter says it ran with.
    """

    parameters: dict = field(default_factory=dict)
    sentences: dict[tuple, Sentence] = field(default_factory=dict)
    charts: dict[tuple, ChartShown] = field(default_factory=dict)
    numbers: dict[str, set[str]] = field(default_factory=dict)


def shown(folder: Path, names: dict[str, str]) -> Shown:
    """Read the chapters in ``folder``; ``names`` holds indicator ids by name, to know a sentence without a number.

    Raises AnalysisError for a notebook that is cut off, did not run to its end, or ran with other parameters.
    """
    found = Shown()
    for path in sorted(folder.glob("*.ipynb")):
        cells = _cells(path)
        try:
            parameters = _echo(path, cells)
            if found.parameters not in ({}, parameters):
                raise AnalysisError(
                    f"{_near(path)} ran with {parameters}, the chapters before it with {found.parameters}"
                )
            found.parameters = parameters
            seen: Counter = Counter()
            for source, bundle in _outputs(cells):
                _read(found, path.stem, source, bundle, names, seen)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise AnalysisError(
                f"{_near(path)}: an output is not what a chapter shows ({type(error).__name__}: {error}); "
                "build the report again"
            ) from error
    if not found.parameters:
        raise AnalysisError(f"{_near(folder)}: no chapters; build the report again: `ipreport build`")
    return found


def _read(found: Shown, chapter: str, source: str, bundle: dict, names: dict[str, str], seen: Counter) -> None:
    """Add what one output shows."""
    language = found.parameters["language"]
    place = (source, seen[source])
    seen[source] += 1
    if headlines := bundle.get(HEADLINES_MIME):
        for tile in headlines["tiles"]:
            _add_tile(found, chapter, headlines["id"], tile)
        return
    tables = [bundle[TABLE_MIME]] if TABLE_MIME in bundle else []
    if chart := bundle.get(CHART_MIME):
        table = chart["table"]
        rows = tuple(tuple(plain_text(cell) for cell in row) for row in table["rows"])
        columns = tuple(plain_text(column["name"]) for column in table["columns"])
        if any(len(row) != len(columns) for row in rows):
            raise ValueError("a row of a chart's data has another length than its head")
        found.charts[(chapter, *place)] = ChartShown(chapter, plain_text(chart["title"]), columns, rows)
        tables.append(table)
    lines = [(line, _key(line, names, place, number)) for number, line in enumerate(_lines(bundle))]
    for table in tables:
        for row in table["rows"]:
            for text, card in _links(" ".join(row)):
                found.numbers.setdefault(card, set()).add(text)
        if table is not bundle.get(TABLE_MIME):
            continue
        lines += _verdict_rows(table, found.parameters)
    for line, key in lines:
        _add(found, Sentence(chapter, key, plain_text(line), _links(line), ways(line, language)))


def _add_tile(found: Shown, chapter: str, name: str, tile: dict) -> None:
    """Add a headline number: its links, and if it holds a verdict all of it, like a row of a table."""
    sentence = Sentence(chapter, ("row", name, tile["id"], ()), plain_text(tile["line"]), _links(tile["line"]), ())
    if way := tile["way"]:
        if way not in WAYS:
            raise ValueError(f"a headline number says {way!r} of its change")
        _add(found, replace(sentence, ways=(way,)))
    for text, card in sentence.links:
        found.numbers.setdefault(card, set()).add(text)


def _add(found: Shown, sentence: Sentence) -> None:
    found.sentences[(sentence.chapter, sentence.key)] = sentence
    for text, card in sentence.links:
        found.numbers.setdefault(card, set()).add(text)


def _verdict_rows(table: dict, parameters: dict) -> Iterator[tuple[str, tuple]]:
    """The rows that hold a verdict, each as a line with its key.

    The years in a row are part of its key, except in a table whose every row ends with the reference year.
    """
    told = [row for row in table["rows"] if ways(" ".join(row[1:]), parameters["language"])]
    years = [re.findall(r"(?<!\d)\d{4}(?=\)|）| 年)", plain_text(" ".join(row[1:]))) for row in told]
    follows = all(each[-1:] == [str(parameters["reference_year"])] for each in years)
    for row, of_row in zip(told, years, strict=True):
        yield _told(table, row), ("row", table["id"], plain_text(row[0]), () if follows else tuple(of_row))


def ways(text: str, language: str) -> tuple[str, ...]:
    """The verdicts whose words stand in a text, in the order of ``WAYS``."""
    plain = plain_text(text)
    return tuple(way for way in WAYS if _pattern(way, language).search(plain))


@cache
def _pattern(way: str, language: str) -> re.Pattern:
    # A break is told with its kinds after the words, so only what stands before them is searched for.
    word = words(WAYS[way], language, kinds=BLANK).split(BLANK)[0].rstrip(" :：")
    # "10 rose" and "上升 10 个" count verdicts and are none; "上升 10 个百分点" is one.
    before, behind = (r"(?<!\d )\b", r"\b") if language == "en" else ("", r"(?! \d+ 个(?!百分点))")
    return re.compile(before + re.escape(word) + behind)


def _key(line: str, names: dict[str, str], place: tuple, number: int) -> tuple:
    """The indicator that a line tells of, by its link or by the name before the colon; else where it was printed."""
    cards = [card for _, card in _links(line)]
    own = [card for card in cards if card in names.values()]
    if own:
        return ("indicator", own[0])
    name = re.split("[:：]", plain_text(line), maxsplit=1)[0]
    return ("indicator", names[name]) if name in names else ("line", *place, number)


def _links(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((plain_text(each), card) for each, card in LINK.findall(text))


def _lines(bundle: dict) -> list[str]:
    lines = (line.strip().removeprefix("- ") for line in bundle.get("text/markdown", "").splitlines())
    return [line for line in lines if line]


def _told(table: dict, row: list[str]) -> str:
    """A row of a table as a line: its head, then each column with its cell."""
    pairs = zip(table["columns"][1:], row[1:], strict=True)
    return f"{row[0]} — " + "; ".join(f"{column['name']}: {cell}" for column, cell in pairs)


def _cells(path: Path) -> list[dict]:
    """The code cells of a notebook. Raises AnalysisError if it is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AnalysisError(f"{_near(path)} has more than {MOST_BYTES} bytes; that is no chapter of a report")
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise AnalysisError(
            f"{_near(path)} is no whole notebook ({type(error).__name__}: {error}); build the report again"
        ) from error


def _outputs(cells: list[dict]) -> Iterator[tuple[str, dict]]:
    """Each shown output as the source of its cell in one line, and its bundle of texts and JSON."""
    for cell in cells:
        for output in cell.get("outputs", []):
            if data := output.get("data"):
                bundle = {mime: _text(value) if mime.startswith("text/") else value for mime, value in data.items()}
                yield " ".join(_text(cell.get("source", "")).split()), bundle


def _echo(path: Path, cells: list[dict]) -> dict:
    """The parameters that the last cell prints."""
    for cell in reversed(cells):
        for output in cell.get("outputs", []):
            text = _text(output.get("text", ""))
            if text.startswith(ECHO):
                return Parameters(**json.loads(text.removeprefix(ECHO))).as_dict()
    raise AnalysisError(f"{_near(path)} did not run to its end, or was cut off; build the report again")


def _text(value: str | list[str]) -> str:
    return "".join(value)


def _near(path: Path) -> str:
    return "/".join(path.parts[-3:])
