"""The sentences and charts of two reports: which say something else, and which way a number turned."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis import comparisons
from analysis.made_reports import MadeReport
from analysis.shown import ChartShown, Sentence

SENTENCE_KINDS = ("direction", "appeared", "disappeared", "number", "wording")
"""What became of a sentence: it says that a number went another way; it has a number now, or has none any more; its
number is another; only its words are."""

LEAST_ALIKE = 0.8
"""Two lines of a list answer each other if so much of their text is the same, digits apart."""

YEAR = "\N{BLACK SQUARE}"


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence that differs, in the chapters where it stands; ``kind`` is one of ``SENTENCE_KINDS``.

    ``ways`` are the verdicts that the two sentences hold in words. ``indicator`` is what the sentence tells of, if it
    is an indicator, and ``moved`` which way its value went from the one report to the other.
    """

    chapters: tuple[str, ...]
    kind: str
    before: str
    after: str
    ways: tuple[tuple[str, ...], tuple[str, ...]]
    indicator: str = ""
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class ChartChange:
    """A chart whose data differ. Without a side, that report does not draw it.

    ``cells`` are (row, column, before, after) of rows that both have; ``added`` and ``removed`` whole rows.
    """

    chapter: str
    before: ChartShown | None
    after: ChartShown | None
    cells: tuple[tuple[str, str, str, str], ...] = ()
    added: tuple[tuple[str, ...], ...] = ()
    removed: tuple[tuple[str, ...], ...] = ()


def sentence_changes(
    before: MadeReport, after: MadeReport, not_compared: frozenset[str] = frozenset()
) -> list[SentenceChange]:
    """Every sentence and every row with a verdict that differs, by kind, then in the order of the chapters.

    A sentence that stands in several chapters is told once. A year that only follows the reference year is no
    difference. The values of the indicators ``not_compared`` went no way, because they were redefined.
    """
    chapters: dict[tuple, list[str]] = {}
    years = (before.year, after.year)
    for one, other in _pairs(before, after):
        kind = _kind(one, other, years)
        if kind is None or (one.key[0] == "row" and kind != "direction"):
            continue
        pair = (one.text, other.text, kind, one.ways, other.ways, _indicator(one.key))
        chapters.setdefault(pair, []).append(one.chapter)
    found = [
        SentenceChange(
            tuple(where),
            kind,
            text,
            later,
            (ways, later_ways),
            name,
            None if name in not_compared else _moved(name, before, after),
        )
        for (text, later, kind, ways, later_ways, name), where in chapters.items()
    ]
    return sorted(found, key=lambda change: (SENTENCE_KINDS.index(change.kind), change.chapters[0]))


def chart_changes(before: MadeReport, after: MadeReport) -> list[ChartChange]:
    """Every chart whose data differ, or that only one report draws, in the order of the chapters."""
    found = []
    for key in sorted({*before.shown.charts, *after.shown.charts}):
        one, other = (report.shown.charts.get(key) for report in (before, after))
        if one and other:
            if (one.columns, one.rows) != (other.columns, other.rows):
                found.append(_chart_change(one, other))
        else:
            found.append(ChartChange(key[0], one, other))
    return found


def _chart_change(one: ChartShown, other: ChartShown) -> ChartChange:
    rows, later = dict(_numbered(one.rows)), dict(_numbered(other.rows))
    cells = tuple(
        (head, column, cell, new)
        for (head, place), row in rows.items()
        if (same := later.get((head, place)))
        for column, cell, new in zip(other.columns[1:], row[1:], same[1:], strict=False)
        if cell != new
    )
    added = tuple(row for key, row in later.items() if key not in rows)
    removed = tuple(row for key, row in rows.items() if key not in later)
    return ChartChange(other.chapter, one, other, cells, added, removed)


def _numbered(rows: tuple[tuple[str, ...], ...]) -> Iterator[tuple[tuple[str, int], tuple[str, ...]]]:
    """Each row with its head, and how often that head stood above it."""
    heads = [row[0] for row in rows]
    for position, row in enumerate(rows):
        yield (row[0], heads[:position].count(row[0])), row


def _pairs(before: MadeReport, after: MadeReport) -> Iterator[tuple[Sentence, Sentence]]:
    """The sentences that answer each other in two reports.

    A line that only one of them has comes and goes with its table, its chart or its finding, and is no other sentence.
    """
    cells: tuple[dict, dict] = ({}, {})
    for report, lines in zip((before, after), cells, strict=True):
        for sentence in report.shown.sentences.values():
            if sentence.key[0] == "line":
                lines.setdefault((sentence.chapter, *sentence.key[1:3]), []).append(sentence)
    for key, other in after.shown.sentences.items():
        if key in before.shown.sentences and other.key[0] != "line":
            yield before.shown.sentences[key], other
    for cell in cells[1]:
        yield from _aligned(cells[0].get(cell, []), cells[1][cell])


def _aligned(lines: list[Sentence], later: list[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """The lines of one cell that answer each other: the only ones, those that differ in digits, those most alike."""
    if len(lines) == len(later) == 1:
        yield lines[0], later[0]
        return
    left = list(later)
    for alike in (_equal, _similar):
        rest = []
        for line in lines:
            found = max(left, key=lambda other, line=line: alike(line, other), default=None)
            if found is not None and alike(line, found) >= LEAST_ALIKE:
                left.remove(found)
                yield line, found
            else:
                rest.append(line)
        lines = rest


def _equal(one: Sentence, other: Sentence) -> float:
    return float(_without_digits(one.text) == _without_digits(other.text))


def _similar(one: Sentence, other: Sentence) -> float:
    return SequenceMatcher(None, _without_digits(one.text), _without_digits(other.text), autojunk=False).ratio()


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _timeless(text: str, year: int) -> str:
    """A text with its report's reference year taken out."""
    return re.sub(rf"(?<![\d,.]){year}(?!\d|[,.]\d)", YEAR, text)


def _kind(one: Sentence, other: Sentence, years: tuple[int, int]) -> str | None:
    """What became of a sentence; None if it says the same."""
    texts = [_timeless(sentence.text, year) for sentence, year in zip((one, other), years, strict=True)]
    if one.text == other.text or texts[0] == texts[1]:
        return None
    if one.ways != other.ways:
        return "direction"
    if bool(one.links) != bool(other.links) and one.key[0] == "indicator":
        return "appeared" if other.links else "disappeared"
    numbers = [re.findall(r"\d[\d,.]*", text) for text in texts]
    return "number" if numbers[0] != numbers[1] else "wording"


def _indicator(key: tuple) -> str:
    return key[1] if key[0] == "indicator" else ""


def _moved(name: str, before: MadeReport, after: MadeReport) -> str | None:
    """Which way the value of an indicator went; None without a value on either side."""
    one, other = (report.indicators.get(name) for report in (before, after))
    if not (one and other and one.value and other.value):
        return None
    return comparisons.verdict(one.value, other.value)
