"""The links of a report: every one leads somewhere, and each number card leads back to where it is first used."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from analysis.blocks import Chart, Heading, Headlines, Layout, Prose, Table
from analysis.errors import RenderingError, did_you_mean
from analysis.markup import Token, plain, walk

CHAPTER = "chapter"
"""The title of a link that leads to another chapter: `[3 claims](#claims "chapter")`."""
_ACTS = re.compile("(?!https?:)[a-z][a-z0-9+.-]*:", re.I)


def connect(made: Layout, given: set[str], *, whole: bool = True) -> None:
    """Check every link against the ids `given`, let each card lead back to the first link to it, and drop brief cards
    that nothing leads to.

    A link that would do something, as `javascript:` does, rather than lead somewhere becomes the text that was typed.
    Raises RenderingError for a link into another document than the web's, and for a link to an id that is not given:
    unless the report is not `whole`, or the link leads to another chapter that is not in it (see CHAPTER), where the
    words of such a link stay as plain words.
    """
    cards, linked = {card.id: card for card in made.cards}, set()
    for where, tokens, seen in texts(made):
        for token in walk(tokens):
            if token["type"] != "link":
                continue
            if _ACTS.match(token["attrs"]["url"]):
                token |= {"type": "text", "raw": f"[{plain([token])}]({token['attrs']['url']})", "children": []}
                continue
            url, name = _target(token["attrs"]["url"], where)
            elsewhere = token["attrs"].pop("title", "") == CHAPTER
            if name and name not in given:
                if whole and not elsewhere:
                    raise RenderingError(
                        f"{where}: a link to {url!r}, but nothing has that name.{did_you_mean(name, given)}"
                    )
                token["type"] = "unlinked"
            token["attrs"]["url"] = url
            linked.add(name)
            card = cards.get(name)
            if card and seen and not card.back:
                card.back = token["attrs"]["id"] = f"from-{card.id}"
    made.cards = [card for card in made.cards if card.id in linked or not card.brief]


def _target(url: str, where: str) -> tuple[str, str]:
    """Where a link leads, and the name it leads to if that is in the report. Raises RenderingError."""
    if url.startswith(("http://", "https://")):
        return url, ""
    if url.startswith("#") and (name := unquote(url[1:])):
        return f"#{name}", name
    raise RenderingError(
        f"{where}: a link to {url!r}, which is not part of the report; "
        f"links lead to http://, https://, or to a name in the report such as #contents"
    )


def texts(made: Layout) -> Iterator[tuple[str, list[Token], bool]]:
    """Every text of the report with its place in words, and whether it is in sight in every format."""
    for chapter in made.chapters:
        where = f"chapter {plain(chapter.heading.tokens)!r}" if chapter.heading else "before the first chapter"
        for block in [*([chapter.heading] if chapter.heading else []), *chapter.blocks]:
            if isinstance(block, Heading | Prose):
                yield where, block.tokens, isinstance(block, Prose)
            elif isinstance(block, Table):
                yield from ((f"{where}, table {block.id}", text, True) for text in _table_texts(block))
            elif isinstance(block, Headlines):
                parts = [[tile.name, tile.value, tile.unit, tile.interval, tile.change] for tile in block.tiles]
                yield from (
                    (f"{where}, headline numbers", text, True) for tile in [*parts, [block.note]] for text in tile
                )
            elif isinstance(block, Chart):
                yield from (
                    (f"{where}, chart {block.id}", text, True) for text in (block.title, block.subtitle, block.source)
                )
                yield from ((f"{where}, chart {block.id}", text, False) for text in _table_texts(block.table))
    for card in made.cards:
        yield from ((f"card {card.id}", text, False) for _, text in card.rows)


def _table_texts(table: Table) -> Iterator[list[Token]]:
    yield from (
        table.caption,
        *(name for name, _ in table.columns),
        *(c for row in table.rows for c in row),
        table.note,
    )
