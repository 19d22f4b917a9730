"""A comparison of two reports as a page, as a note for readers, and as tables for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis import paths
from analysis.cells import guarded
from analysis.editions_compared import Comparison
from analysis.hypertext import HtmlWriter
from analysis.outline import Item, Outline, Section
from analysis.revisions import CLASSES
from analysis.revisions_shown import SENTENCE_KINDS, ChartChange, SentenceChange
from analysis.revisions_wording import NumberRow, Teller
from analysis.sanitising import sanitised
from analysis.wording import words

SENTENCE_COLUMNS = ("kind", "chapters", "indicator", "ways_before", "ways_after", "moved", "before", "after")
CHART_COLUMNS = ("chapter", "change", "title_before", "title_after", "row", "column", "before", "after")
CHANGES = ("changed", "added", "removed")


@dataclass(frozen=True, slots=True)
class Block:
    """A table of a page: caption, column heads, rows of plain text; the first column heads the rows."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def html(comparison: Comparison) -> str:
    """One file that opens offline, with every text escaped."""
    teller = Teller(comparison)
    # Autoescaping is on for everything; Chinese in an English page is marked as such by the report's own writer.
    loader = FileSystemLoader([paths.TEMPLATES / "comparison", paths.TEMPLATES / "ipreport_html"])
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["foreign"] = lambda text: Markup(HtmlWriter(teller.language).text(text))
    environment.filters["sanitised"] = lambda page: Markup(sanitised(page))
    return environment.get_template("page.html.j2").render(
        language="zh-Hans" if teller.language == "zh" else teller.language,
        title=teller.title(),
        lead=teller.lead(),
        skip=teller.say("skip"),
        contents=words("labels_contents", teller.language),
        nothing=teller.say("nothing"),
        derived=teller.say("rule_derived"),
        sections=_sections(comparison, teller),
    )


def note(comparison: Comparison) -> Outline:
    """The revisions note: what changed and why, as a list for readers."""
    teller = Teller(comparison)
    rows = teller.rows()
    counts = comparison.counts()
    classes = [
        Item(teller.say("summary", **{"class": teller.say(f"class_{kind}")}, number=counts[kind]),
             (teller.say(f"rule_{kind}"),))
        for kind in CLASSES
    ]  # fmt: skip
    sections = [Section(teller.say("classes_title"), teller.say("rule_derived"), tuple(classes))]
    for kind in CLASSES:
        found = [row for row in rows if row.kind == kind and row.change == "changed"]
        if found:
            title = teller.say("numbers_caption", **{"class": teller.say(f"class_{kind}")}, number=len(found))
            sections.append(Section(title, "", tuple(_item(row, teller) for row in found)))
    for change in ("added", "removed"):
        found = [row for row in rows if row.change == change]
        if found:
            title = teller.say(f"{change}_caption", number=len(found))
            sections.append(Section(title, "", tuple(_item(row, teller) for row in found)))
    sentences = [_sentence(each, teller) for each in comparison.sentences]
    sections.append(Section(teller.say("sentences_title"), "", tuple(sentences), teller.say("nothing")))
    charts = [Item(_chart_title(each), tuple(_cells(each, teller))) for each in comparison.charts]
    sections.append(Section(teller.say("charts_title"), "", tuple(charts), teller.say("nothing")))
    return Outline(teller.title(), teller.lead(), tuple(sections))


def tables(comparison: Comparison) -> dict[str, str]:
    """The same as CSV by file name: numbers, sentences and charts, a row for each change."""
    names = [field.name for field in fields(NumberRow)]
    numbers = [[getattr(row, name) for name in names] for row in Teller(comparison).rows()]
    sentences = [
        [each.kind, " ".join(each.chapters), each.indicator, " ".join(each.ways[0]), " ".join(each.ways[1]),
         each.moved or "", each.before, each.after]
        for each in comparison.sentences
    ]  # fmt: skip
    charts = [row for each in comparison.charts for row in _chart_rows(each)]
    return {
        "numbers.csv": _csv(["class" if name == "kind" else name for name in names], numbers),
        "sentences.csv": _csv(SENTENCE_COLUMNS, sentences),
        "charts.csv": _csv(CHART_COLUMNS, charts),
    }


def _sections(comparison: Comparison, teller: Teller) -> list[tuple[str, str, list[Block]]]:
    """The page as (id, title, tables)."""
    rows, counts = teller.rows(), comparison.counts()
    heads = tuple(teller.say(f"column_{name}") for name in ("class", "count", "meaning"))
    classes = tuple((teller.say(f"class_{kind}"), str(counts[kind]), teller.say(f"rule_{kind}")) for kind in CLASSES)
    sections = [("classes", [Block("classes-table", teller.say("classes_caption"), heads, classes)])]
    by_class = [_number_block(kind, [row for row in rows if row.kind == kind], teller) for kind in CLASSES]
    sections.append(("numbers", by_class))
    for change in ("added", "removed"):
        sections.append((change, [_one_sided_block(change, [row for row in rows if row.change == change], teller)]))
    sections.append(("sentences", [_sentence_block(kind, comparison, teller) for kind in SENTENCE_KINDS]))
    sections.append(("charts", [_chart_block(comparison.charts, teller)]))
    return [(name, teller.say(f"{name}_title"), [each for each in blocks if each.rows]) for name, blocks in sections]


def _number_block(kind: str, rows: list[NumberRow], teller: Teller) -> Block:
    found = [row for row in rows if row.change == "changed"]
    caption = teller.say("numbers_caption", **{"class": teller.say(f"class_{kind}")}, number=len(found))
    columns = (
        teller.say("column_number"),
        *teller.sides(),
        *(teller.say(f"column_{each}") for each in ("way", "reason")),
    )
    cells = tuple((row.name, row.before, row.after, row.direction, row.reason) for row in found)
    return Block(kind, caption, columns, cells)


def _one_sided_block(change: str, rows: list[NumberRow], teller: Teller) -> Block:
    side = teller.sides()[change == "added"]
    columns = (teller.say("column_number"), side, teller.say("column_class"), teller.say("column_reason"))
    cells = tuple(
        (row.name, row.after or row.before, teller.class_of(row.kind, row.change), row.reason) for row in rows
    )
    return Block(f"{change}-table", teller.say(f"{change}_caption", number=len(rows)), columns, cells)


def _sentence_block(kind: str, comparison: Comparison, teller: Teller) -> Block:
    found: list[SentenceChange] = [each for each in comparison.sentences if each.kind == kind]
    caption = teller.say("sentences_caption", kind=teller.say(f"sentences_{kind}"), number=len(found))
    columns = (teller.say("column_chapter"), *teller.sides())
    separator = words("list_separator", teller.language)
    cells = tuple((separator.join(each.chapters), each.before, each.after, teller.way(each)) for each in found)
    if not any(row[-1] for row in cells):
        return Block(f"sentences-{kind}", caption, columns, tuple(row[:-1] for row in cells))
    return Block(f"sentences-{kind}", caption, (*columns, teller.say("column_way")), cells)


def _chart_block(charts: list[ChartChange], teller: Teller) -> Block:
    caption = teller.say("charts_caption", number=len(charts))
    columns = (teller.say("column_chart"), teller.say("column_chapter"), teller.say("column_cells"))
    separator = words("semicolon", teller.language)
    cells = tuple((_chart_title(each), each.chapter, separator.join(_cells(each, teller))) for each in charts)
    return Block("charts-table", caption, columns, cells)


def _chart_title(change: ChartChange) -> str:
    return (change.after or change.before).title


def _cells(change: ChartChange, teller: Teller) -> Iterable[str]:
    """What changed in a chart, one text for each row."""
    if change.before is None or change.after is None:
        yield teller.say("chart_disappeared" if change.after is None else "chart_appeared")
        return
    if change.before.title != change.after.title:
        yield teller.say("chart_retitled", title=change.before.title)
    for row, _, before, after in change.cells:
        yield teller.say("chart_cell", row=row, before=before, after=after)
    for name, rows in (("added", change.added), ("removed", change.removed)):
        for row in rows:
            yield teller.say(f"chart_{name}", row=" ".join(row))


def _chart_rows(change: ChartChange) -> Iterable[list[str]]:
    titles = [each.title if each else "" for each in (change.before, change.after)]
    if change.before is None or change.after is None:
        yield [change.chapter, "disappeared" if change.after is None else "appeared", *titles, "", "", "", ""]
        return
    for row, column, before, after in change.cells:
        yield [change.chapter, "changed", *titles, row, column, before, after]
    for name, rows in (("added", change.added), ("removed", change.removed)):
        for row in rows:
            sides = ["", " ".join(row[1:])] if name == "added" else [" ".join(row[1:]), ""]
            yield [change.chapter, name, *titles, row[0], "", *sides]


def _item(row: NumberRow, teller: Teller) -> Item:
    key = "one_sided" if row.change != "changed" else "two_sided_moved" if row.direction else "two_sided"
    shown = {"class": teller.class_of(row.kind, row.change), "number": row.after or row.before}
    told = teller.say(key, name=row.name, before=row.before, after=row.after, direction=row.direction, **shown)
    return Item(told, (row.reason,))


def _sentence(change: SentenceChange, teller: Teller) -> Item:
    way = teller.way(change)
    told = teller.say(f"sentences_{change.kind}")
    return Item(teller.say("size", verdict=told, size=way) if way else told, (change.before, change.after))


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return file.getvalue()
