"""What a report is made of: headings, prose, tables, charts and number cards, in neither HTML nor Typst yet."""

from dataclasses import dataclass, field

from analysis.markup import Column, Token


@dataclass(slots=True)
class Heading:
    """A heading; level 1 is a chapter."""

    id: str
    level: int
    tokens: list[Token]
    kind: str = "heading"


@dataclass(slots=True)
class Prose:
    """Paragraphs, lists and the like."""

    tokens: list[Token]
    kind: str = "prose"


@dataclass(slots=True)
class Preformatted:
    """Text as a program printed it."""

    text: str
    kind: str = "preformatted"


@dataclass(slots=True)
class Table:
    """A table; the first cell of a row is its header. `number` counts from 1; a chart's own table has 0."""

    id: str
    number: int
    caption: list[Token]
    columns: list[Column]
    rows: list[list[list[Token]]]
    note: list[Token]
    kind: str = "table"


@dataclass(slots=True)
class Chart:
    """A picture with all that it says in words; `description` is plain text."""

    id: str
    number: int
    title: list[Token]
    subtitle: list[Token]
    source: list[Token]
    description: str
    svg: str
    table: Table
    kind: str = "chart"


@dataclass(slots=True)
class Tile:
    """One headline number: what it is, the number with its unit, what rounding leaves open, its change."""

    name: list[Token]
    value: list[Token]
    unit: list[Token]
    interval: list[Token]
    change: list[Token]


@dataclass(slots=True)
class Headlines:
    """Headline numbers; `label` is plain text for those who cannot see that they belong together."""

    id: str
    label: str
    tiles: list[Tile]
    note: list[Token]
    kind: str = "headlines"


@dataclass(slots=True)
class Card:
    """Where one number comes from. `back` is the id of the first link to the card, or empty; `brief` in a few lines.

    `of` is the title without place and year, by which brief cards are gathered; `command` shows the card in a shell.
    `ranked` are places with the ids of their cards and their numbers, in the order that the row with the label
    `ranked_under` tells; `ranked_title` is the title of each of these cards, with `{}` for the place.
    """

    id: str
    title: str
    rows: list[tuple[str, list[Token]]]
    sources: list[dict[str, str]]
    back: str = ""
    brief: bool = False
    of: str = ""
    command: str = ""
    ranked_under: str = ""
    ranked_title: str = ""
    ranked: list[tuple[str, str, list[Token]]] = field(default_factory=list)

    @property
    def where(self) -> str:
        """What the title says besides: place and year."""
        return self.title.removeprefix(self.of).removeprefix(", ")


Block = Heading | Prose | Preformatted | Table | Chart | Headlines


@dataclass(slots=True)
class Chapter:
    """A heading of level 1 and what follows; without a heading, what stands before the first."""

    heading: Heading | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def sections(self) -> list[Heading]:
        """The headings of level 2."""
        return [block for block in self.blocks if isinstance(block, Heading) and block.level == 2]


@dataclass(slots=True)
class Layout:
    """The whole report. `about` is what the book says of itself; see `render.book`."""

    title: str
    subtitle: str
    language: str
    labels: dict[str, str]
    chapters: list[Chapter]
    cards: list[Card]
    about: dict[str, object] = field(default_factory=dict)

    @property
    def full_cards(self) -> list[Card]:
        """The cards of the report's own numbers."""
        return [card for card in self.cards if not card.brief]

    @property
    def brief_cards(self) -> dict[str, list[Card]]:
        """The cards of other years and places that no other card holds, by what they are of."""
        gathered: dict[str, list[Card]] = {}
        held = self.held
        for card in self.cards:
            if card.brief and card.id not in held:
                gathered.setdefault(card.of or card.title, []).append(card)
        return gathered

    @property
    def held(self) -> dict[str, Card]:
        """The brief cards that stand in the order of another, by id, each with that other card."""
        brief = {card.id for card in self.cards if card.brief}
        found: dict[str, Card] = {}
        for card in self.cards:
            for _, name, _ in card.ranked:
                if name in brief:
                    found.setdefault(name, card)
        return found

    @property
    def named(self) -> dict[str, Card]:
        """The cards by id."""
        return {card.id: card for card in self.cards}

    @property
    def publications(self) -> dict[str, dict[str, str]]:
        """The publications behind the cards, each once, by the id of their place in the list; in order of use."""
        named: dict[str, dict[str, str]] = {}
        for card in self.cards:
            for source in card.sources:
                named.setdefault(source["publication"], source)
        return named

    @property
    def publication_numbers(self) -> dict[str, int]:
        """The place of each publication in the list, from 1."""
        return {name: position for position, name in enumerate(self.publications, 1)}
