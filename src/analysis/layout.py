"""A report as blocks with names and numbers, ready for either format.

A book (one notebook with every chapter) is read once: headings come into order, every block gets an id that nothing
else has, links are checked, and each number card learns where it is first used. What cannot be shown is an error.
"""

import re
from collections.abc import Iterable, Iterator

from analysis.blocks import Block, Card, Chapter, Chart, Heading, Headlines, Layout, Preformatted, Prose, Table, Tile
from analysis.errors import RenderingError
from analysis.labels import labels_of
from analysis.links import connect
from analysis.markup import Token, cleaned, inline_tree, plain, tree
from analysis.pictures import vetted

TABLE_MIME = "application/vnd.ipreport.table+json"
CHART_MIME = "application/vnd.ipreport.chart+json"
HEADLINES_MIME = "application/vnd.ipreport.headlines+json"
SVG_MIME = "image/svg+xml"
# Names that the page itself uses.
RESERVED = ("main", "contents", "cards", "top", "publications", "elsewhere", "card-dialog", "card-title")
_TERMINAL_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


class _Names:
    """Gives ids, each once: the wish itself, or the wish with a number; and numbers tables and charts."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.given = set(taken)
        self.tables = 0
        self.charts = 0

    def give(self, wish: str) -> str:
        wish = _NOT_IN_A_NAME.sub("-", cleaned(wish).lower()).strip("-.") or "section"
        name, number = wish, 1
        while name in self.given:
            number += 1
            name = f"{wish}-{number}"
        self.given.add(name)
        return name


def layout(book, *, name: str = "") -> Layout:
    """The layout of a notebook. `name` is its title if it has none in its metadata or headings.

    Raises RenderingError for an error output, a picture without a description, a link that leads nowhere or into
    another document, and Markdown that cannot be shown.
    """
    about = book.metadata.get("ipreport", {})
    language = about.get("language", "en")
    labels = labels_of(language, about.get("labels", {}))
    cards = [_card(card) for card in _distinct(about.get("cards", []))]
    from_cards = (name for card in cards for name in (card.id, f"from-{card.id}", *_publications(card)))
    names = _Names([*RESERVED, *from_cards])
    blocks = _all_blocks(book.cells, names)
    title = about.get("title") or _taken_title(blocks) or name
    _order([block for block in blocks if isinstance(block, Heading)], names)
    subtitle = about.get("subtitle", "")
    made = Layout(cleaned(title), cleaned(subtitle), language, labels, _chapters(blocks), cards, about)
    # A chapter alone has no cards, so that its numbers are not links there; in a book every link must lead somewhere.
    connect(made, names.given if cards else names.given - {"cards"}, whole="cards" in about)
    return made


def _all_blocks(cells: list, names: _Names) -> list[Block]:
    blocks: list[Block] = []
    for cell in cells:
        try:
            blocks += _cell_blocks(cell, names)
        except RenderingError as error:
            headings = [plain(block.tokens) for block in blocks if isinstance(block, Heading)]
            where = f"after the heading {headings[-1]!r}" if headings else "before the first heading"
            raise RenderingError(f"{where}: {error}") from error
    return blocks


def _cell_blocks(cell, names: _Names) -> Iterator[Block]:
    """The blocks of one cell; code is not shown, only what it gave."""
    if cell.cell_type == "markdown":
        yield from _prose(cell.source, cell.metadata.get("anchors", ()))
    if cell.cell_type != "code":
        return
    for output in cell.outputs:
        if output.output_type == "error":
            raise RenderingError(f"a cell ended in an error: {output.ename}: {output.evalue}")
        if output.output_type == "stream":
            if text := _printed(output.text):
                yield Preformatted(text)
        else:
            yield from _data(output.data, names)


def _data(data: dict, names: _Names) -> Iterator[Block]:
    """The blocks of one rich output, in the best form that it comes in."""
    if TABLE_MIME in data:
        yield _table(data[TABLE_MIME], names)
    elif CHART_MIME in data:
        yield _chart(data[CHART_MIME], data.get(SVG_MIME), names)
    elif HEADLINES_MIME in data:
        yield _headlines(data[HEADLINES_MIME], names)
    elif "text/markdown" in data:
        yield from _prose(_text(data["text/markdown"]))
    elif pictures := sorted(kind for kind in data if kind.startswith("image/")):
        raise RenderingError(
            f"a picture ({pictures[0]}) without a description, which readers who cannot see it need: "
            f"let the cell return a chart of analysis.charts"
        )
    elif "text/plain" in data:
        if text := _printed(data["text/plain"]):
            yield Preformatted(text)
    else:
        raise RenderingError(f"an output in none of the forms that a report can show, but in {', '.join(data)}")


def _prose(markdown: str, anchors: Iterable[str] = ()) -> Iterator[Block]:
    """Prose, and the headings between. The ids of headings come later, when all other names are given."""
    anchors = iter(anchors)
    gathered: list[Token] = []
    for token in tree(markdown):
        if token["type"] != "heading":
            gathered.append(token)
            continue
        if gathered:
            yield Prose(gathered)
            gathered = []
        yield Heading(next(anchors, ""), token["attrs"]["level"], token["children"])
    if gathered:
        yield Prose(gathered)


def _printed(text: str | list[str]) -> str:
    return cleaned(_TERMINAL_COLOUR.sub("", _text(text))).expandtabs().strip("\n").rstrip()


def _text(text: str | list[str]) -> str:
    """A text of a notebook, which may come as lines."""
    return text if isinstance(text, str) else "".join(text)


def _table(data: dict, names: _Names, *, numbered: bool = True) -> Table:
    names.tables += numbered
    columns = [(inline_tree(column["name"]), column.get("align", "left")) for column in data["columns"]]
    for row in data["rows"]:
        if len(row) != len(columns):
            raise RenderingError(
                f"table {data['id']}: a row has {len(row)} cells, but there are {len(columns)} columns"
            )
    return Table(
        id=names.give(data["id"]),
        number=names.tables if numbered else 0,
        caption=inline_tree(data["caption"]),
        columns=columns,
        rows=[[inline_tree(cell) for cell in row] for row in data["rows"]],
        note=inline_tree(data.get("note") or ""),
    )


def _chart(data: dict, svg: str | list[str] | None, names: _Names) -> Chart:
    if svg is None:
        raise RenderingError(f"chart {data['id']} has no picture ({SVG_MIME})")
    if not data.get("description", "").strip():
        raise RenderingError(f"chart {data['id']} has no description, which readers who cannot see it need")
    names.charts += 1
    return Chart(
        id=names.give(data["id"]),
        number=names.charts,
        title=inline_tree(data["title"]),
        subtitle=inline_tree(data.get("subtitle") or ""),
        source=inline_tree(data.get("source") or ""),
        description=" ".join(cleaned(data["description"]).split()),
        svg=vetted(cleaned(_text(svg)), data["id"]),
        table=_table(data["table"], names, numbered=False),
    )


def _headlines(data: dict, names: _Names) -> Headlines:
    parts = ("name", "value", "unit", "interval", "change")
    tiles = [Tile(*(inline_tree(tile[part]) for part in parts)) for tile in data["tiles"]]
    return Headlines(names.give(data["id"]), cleaned(data["label"]), tiles, inline_tree(data["note"]))


def _card(data: dict) -> Card:
    rows = [(cleaned(label), inline_tree(text)) for label, text in data["rows"]]
    sources = [{key: cleaned(str(text or "")) for key, text in source.items()} for source in data["sources"]]
    for source in sources:
        if source.get("url") and not source["url"].startswith(("http://", "https://")):
            raise RenderingError(f"card {data['id']}: the address {source['url']!r} is not one of the web")
    for source in sources:
        named = source.get("publication") or source["publisher"]
        source["publication"] = "s-" + _NOT_IN_A_NAME.sub("-", named)
    ranked = data.get("ranked", {})
    return Card(
        id=data["id"],
        title=cleaned(data["title"]),
        rows=rows,
        sources=sources,
        brief=data.get("brief", False),
        of=cleaned(data.get("of", "")),
        command=cleaned(data.get("command", "")),
        ranked_under=cleaned(ranked.get("label", "")),
        ranked_title=cleaned(ranked.get("title", "")),
        ranked=[(cleaned(place), name, inline_tree(number)) for place, name, number in ranked.get("cards", ())],
    )


def _publications(card: Card) -> list[str]:
    return [source["publication"] for source in card.sources]


def _distinct(cards: list[dict]) -> list[dict]:
    """The cards, each once. Raises RenderingError if an id is of two different cards, or of a part of the page."""
    found: dict[str, dict] = {}
    for card in cards:
        if card["id"] in RESERVED:
            raise RenderingError(f"a card is called {card['id']}, as a part of every page is; rename what it is of")
        if found.setdefault(card["id"], card) != card:
            raise RenderingError(f"two different cards are called {card['id']}")
    return list(found.values())


def _taken_title(blocks: list[Block]) -> str:
    """The text of the only heading of the highest rank, which is taken out of `blocks`; else nothing."""
    headings = [block for block in blocks if isinstance(block, Heading) and block.level == 1]
    if len(headings) != 1:
        return ""
    blocks.remove(headings[0])
    return plain(headings[0].tokens)


def _order(headings: list[Heading], names: _Names) -> None:
    """Name the headings, let them start at level 1, and let none be more than one level below the one before."""
    highest = min((heading.level for heading in headings), default=1)
    before = 0
    for heading in headings:
        before = heading.level = min(heading.level - highest + 1, before + 1)
        heading.id = names.give(heading.id or plain(heading.tokens))


def _chapters(blocks: list[Block]) -> list[Chapter]:
    chapters = [Chapter(None)]
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            chapters.append(Chapter(block))
        else:
            chapters[-1].blocks.append(block)
    return [chapter for chapter in chapters if chapter.heading or chapter.blocks]
