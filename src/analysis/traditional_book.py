"""The book in traditional characters, made from the executed one in simplified characters without running anything.

Converted is what this report says: prose, tables, charts with the words in their pictures, cards and labels.
Kept is what leads somewhere (names, addresses, code) and what a source printed, which is marked as a quotation.
"""

import re
from collections.abc import Callable
from copy import deepcopy

from nbformat import NotebookNode

from analysis.codebook import TRADITIONAL
from analysis.layout import CHART_MIME, HEADLINES_MIME, SVG_MIME, TABLE_MIME
from analysis.quotations import CLOSE, OPEN, quoted
from analysis.traditional import traditional

KEPT = re.compile(
    rf"{OPEN}[^{CLOSE}]*{CLOSE}"
    r"|```.*?```|`[^`]*`"
    r"|\]\(<[^>]*>\)|\]\([^)\s]*(?: \"[^\"]*\")?\)"
    r"|https?://[^\s<>()]+",
    re.DOTALL,
)
"""What is not converted in Markdown: quotations, code, where links lead, addresses."""

PRINTED = ("phrase", "publisher", "title", "note")
"""What of a card's source stands there as it was printed; a note on a figure quotes such words."""

TOLD = ("label", "printed", "date", "reliability")
"""What of a card's source this report says."""

_BETWEEN_TAGS = re.compile(r"(?<=>)[^<>]+(?=<)")
_FONTS = "font-family: "
# For readers who have them; the picture in the PDF is drawn with the font that follows.
_FONTS_FIRST = f"{_FONTS}'PingFang TC', 'Microsoft JhengHei', "


def traditional_book(book: NotebookNode) -> NotebookNode:
    """``book`` (see ``render.book``) in traditional characters; the one given stays as it is."""
    made = deepcopy(book)
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = traditional_markdown(cell.source)
        for output in cell.get("outputs", ()):
            if output.output_type == "stream":
                output.text = traditional(output.text)
            for kind, value in output.get("data", {}).items():
                if kind in _FORMS:
                    output.data[kind] = _FORMS[kind](value)
    about = made.metadata.ipreport
    about.language = TRADITIONAL
    about.title, about.subtitle = traditional(about.title), traditional(about.subtitle)
    about.labels = {name: traditional(text) for name, text in about.labels.items()}
    about.cards = [traditional_card(card) for card in about.cards]
    for name in about.keys() & {"colophon", "appendix"}:
        about[name] = _traditional_texts(about[name])
    return made


def _traditional_texts(value):
    """Texts in lists and dictionaries in traditional characters; the names of cards have no Chinese."""
    if isinstance(value, dict):
        return {name: _traditional_texts(text) for name, text in value.items()}
    if isinstance(value, list):
        return [_traditional_texts(text) for text in value]
    return traditional(value) if isinstance(value, str) else value


def traditional_markdown(text: str) -> str:
    """Markdown with its words in traditional characters."""
    kept = [found.span() for found in KEPT.finditer(text)]
    starts, ends = [0, *(end for _, end in kept)], [*(start for start, _ in kept), len(text)]
    words = [traditional(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    between = [text[start:end] for start, end in kept]
    return "".join(word + stays for word, stays in zip(words, [*between, ""], strict=True))


def _table(data: dict) -> dict:
    columns = [{**column, "name": traditional_markdown(column["name"])} for column in data["columns"]]
    rows = [[traditional_markdown(cell) for cell in row] for row in data["rows"]]
    texts = {name: traditional_markdown(data[name]) for name in ("caption", "note") if data.get(name)}
    return {**data, **texts, "columns": columns, "rows": rows}


def _chart(data: dict) -> dict:
    words = ("title", "subtitle", "source", "description")
    texts = {name: traditional_markdown(data[name]) for name in words if data.get(name)}
    return {**data, **texts, "table": _table(data["table"])}


def _headlines(data: dict) -> dict:
    kept = ("id", "way")
    tiles = [
        {name: text if name in kept else traditional_markdown(text) for name, text in tile.items()}
        for tile in data["tiles"]
    ]
    return {**data, **{name: traditional_markdown(data[name]) for name in ("label", "note")}, "tiles": tiles}


def _picture(svg: str) -> str:
    """A picture with the words that stand in it; nothing inside its tags changes but the fonts."""
    return _BETWEEN_TAGS.sub(lambda found: traditional(found[0]), svg).replace(_FONTS, _FONTS_FIRST, 1)


_FORMS: dict[str, Callable] = {
    "text/plain": traditional_markdown,
    "text/markdown": traditional_markdown,
    TABLE_MIME: _table,
    CHART_MIME: _chart,
    HEADLINES_MIME: _headlines,
    SVG_MIME: _picture,
}


def traditional_card(card: dict) -> dict:
    """A card (see ``cards``) in traditional characters, the words of its sources marked as quotations."""
    rows = [[traditional(label), traditional_markdown(text)] for label, text in card["rows"]]
    sources = [{name: _of_source(name, text) for name, text in each.items()} for each in card["sources"]]
    titles = {name: traditional(card[name]) for name in ("title", "of") if name in card}
    return {**card, **titles, "rows": rows, "sources": sources}


def _of_source(name: str, text: str) -> str:
    if name in PRINTED:
        return quoted(text, TRADITIONAL)
    return traditional(text) if name in TOLD else text
