"""The sections of the printed appendix: cards in full, or as rows of one table.

What all cards of a section say is said once; long texts that come again have a letter; and of the commands that
recompute the numbers only those words are repeated in which they differ.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile
from math import ceil

from analysis.blocks import Card, Layout
from analysis.citations import MANY, citations, signs_for_notes
from analysis.columns import width
from analysis.markup import Column, Token, plain
from analysis.runs import anchor, code, joined, strong, text

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LINE = 28.0  # ems on a line of a card

Field = tuple[str, list[Token]]  # a label, and what it says
Members = tuple[str, list[tuple[Card, str]]]  # a title; the cards under it, with the words of their first cell
Letters = dict[str, dict[str, str]]  # by label, the letters of its texts


@dataclass(slots=True)
class FullCard:
    """A card by itself: lines of fields, its sources, and what its command has of its own."""

    id: str
    title: str
    lines: list[list[Field]]
    sources: list[list[Token]]
    command: list[Token]
    back: str


@dataclass(slots=True)
class Group:
    """Rows of a table under one name; `command` and `notes` hold for all of them."""

    title: str
    command: str
    rows: list[list[list[Token]]]
    notes: list[Field]


@dataclass(slots=True)
class Section:
    """Cards of one kind. common: what holds for all; listed: whether the index of cards names each of them."""

    title: str
    common: list[Field]
    full: bool
    listed: bool = False
    cards: list[FullCard] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def full_section(wanted: dict, groups: list[Members], report: Layout) -> Section:
    """A section of cards in full; wanted: see `appendix`."""
    cards = [card for _, members in groups for card, _ in members]
    common = [row for row in cards[0].rows if len(cards) > 1 and all(row in card.rows for card in cards)]
    shared, commands = words_apart([card.command for card in cards])
    letters = {label: _letters(cards, label, MANY) for label in wanted["lettered"]}
    made, numbers = [], report.publication_numbers
    for card, command in zip(cards, commands, strict=True):
        lines = _lines([_lettered(row, letters) for row in card.rows if row not in common])
        sources = citations(card, numbers, report.labels["colon"])
        made.append(FullCard(card.id, card.title, lines, sources, code(command), card.back))
    said = [*common, *_recompute(report, shared), *_legend(letters)]
    return Section(wanted["title"], said, full=True, listed=wanted["listed"], cards=made)


def table_section(wanted: dict, groups: list[Members], report: Layout) -> Section:
    """A section of cards as rows of one table; wanted: see `appendix`."""
    cards = [card for _, members in groups for card, _ in members]
    shown = [label for label in wanted["columns"] if any(label in dict(card.rows) for card in cards)]
    letters = {label: found for label in wanted["lettered"] if (found := _letters(cards, label))}
    heads = [wanted["first"], *shown, *letters]
    if any(card.sources for card in cards):
        heads.append(report.labels["sources"])
    made = [_group(title, members, heads[1:], letters, report) for title, members in groups]
    columns = [([text(head)], "right" if head in wanted["numbers"] else "left") for head in heads]
    legend = [*_legend(letters), *_recompute(report, _taken_out(made))]
    legend += [(label, [text(said)]) for label, said in wanted["legend"]]
    return Section(wanted["title"], legend, full=False, columns=columns, groups=made)


def _group(title: str, members: list[tuple[Card, str]], heads: list[str], letters: Letters, report: Layout) -> Group:
    """Cards as rows under their title; heads: the labels of all columns but the first."""
    cards = [card for card, _ in members]
    notes = [row for row in _agreed(cards) if row[0] not in heads]
    said = {*heads, *(label for label, _ in notes)}
    signs = signs_for_notes(cards)
    rows, numbers = [], report.publication_numbers
    for card, first in members:
        known = dict(card.rows)
        cells = [_lettered((label, known[label]), letters)[1] if label in known else [] for label in heads]
        sources = citations(card, numbers, report.labels["colon"], signs)
        rest = [[text(label + report.labels["colon"]), *tokens] for label, tokens in card.rows if label not in said]
        # What no column has stands in the last, after the sources if there are any.
        cells[-1] = joined([run for run in (cells[-1], *sources, *rest) if run], "; ")
        rows.append([[anchor(first or card.title, card.id)], *cells])
    notes += [("", [text(f"{sign} {note}")]) for note, sign in signs.items()]
    return Group(title, words_apart([card.command for card in cards])[0], rows, notes)


def words_apart(commands: list[str]) -> tuple[str, list[str]]:
    """What `commands` share, with dots for the words in which they differ, and these words of each.

    Commands of different lengths share nothing, and one command is shared whole.
    """
    split = [command.split() for command in commands]
    if len({len(words) for words in split}) != 1:
        return "", commands
    columns = list(zip(*split, strict=True))
    apart = [len(set(column)) > 1 for column in columns]
    shared = " ".join(_start_of(column) if differ else column[0] for column, differ in zip(columns, apart, strict=True))
    return shared, [" ".join(w for w, differ in zip(words, apart, strict=True) if differ) for words in split]


def _start_of(words: tuple[str, ...]) -> str:
    """What `words` begin with, up to a hyphen, and dots."""
    parts = [word.split("-") for word in words]
    alike = takewhile(lambda column: len(set(column)) == 1, zip(*parts, strict=False))
    return "-".join([*(column[0] for column in alike), "…"])


def _agreed(cards: list[Card]) -> list[Field]:
    """The rows that are alike in all cards that have one of their label."""
    said: dict[str, list[list[Token]]] = {}
    for card in cards:
        for label, tokens in card.rows:
            said.setdefault(label, []).append(tokens)
    return [(label, found[0]) for label, found in said.items() if all(tokens == found[0] for tokens in found)]


def _letters(cards: list[Card], label: str, fewest: int = 1) -> dict[str, str]:
    """Letters for what several cards say under one label, by the text."""
    said = Counter(plain(tokens) for card in cards for name, tokens in card.rows if name == label)
    return dict(zip(sorted(text for text, times in said.items() if times >= fewest), LETTERS, strict=False))


def _lettered(row: Field, letters: Letters) -> Field:
    """A row with the letter in place of its text, if it has one."""
    label, tokens = row
    letter = letters.get(label, {}).get(plain(tokens))
    return (label, [text(letter)]) if letter else row


def _legend(letters: Letters) -> list[Field]:
    return [
        (label, joined([[strong(letter), text(f" {said}")] for said, letter in known.items()], "; "))
        for label, known in letters.items()
        if known
    ]


def _taken_out(groups: list[Group]) -> str:
    """The command of all `groups`, if only one word differs; then this word alone is left to each."""
    shared, own = words_apart([group.command for group in groups])
    if len(groups) < 2 or shared.count("…") != 1 or any(" " in word for word in own):
        return ""
    for group, word in zip(groups, own, strict=True):
        group.command = word
    return shared


def _recompute(report: Layout, command: str) -> list[Field]:
    return [(report.labels["recompute"], code(command))] if command else []


def _lines(rows: list[Field]) -> list[list[Field]]:
    """Rows in lines, short ones together where that saves one; the first, a card's value, without its label."""
    lines: list[list[Field]] = []
    for position, (label, tokens) in enumerate(rows):
        row = ("" if position == 0 else label, tokens)
        if lines and _height([*lines[-1], row]) == _height(lines[-1]):
            lines[-1].append(row)
        else:
            lines.append([row])
    return lines


def _height(rows: list[Field]) -> int:
    return ceil(sum(width(f"{label}: {plain(tokens)} · ") for label, tokens in rows) / LINE)
