"""The numbers of a finished page of HTML, read back as a reader reads them.

Nothing is asked of the page but that a number is a link to the id of its card, and that a table has an id.
Standard library only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from analysis.printed_numbers import Printed, printed, printed_span

INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "data", "em", "i", "q", "small", "span", "strong", "sup"})
"""Elements inside a line of text; where any other begins or ends, a line ends too."""

LEFT_OUT = frozenset({"svg", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements whose lines are not compared: labels of a picture, and headings, whose ids are words of the language."""

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_CELLS = frozenset({"td", "th"})
_ENDED_BY = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": _CELLS, "th": _CELLS, "tr": _CELLS | {"tr"},
    "tbody": _CELLS | {"tr", "thead", "tbody"}, "tfoot": _CELLS | {"tr", "thead", "tbody"},
}  # fmt: skip
"""Elements that HTML lets end without saying so, by what begins instead; a paragraph ends where any block begins."""

_BRACKET = re.compile(r"\s?[(（]([^()（）\n]*)[)）]")
_DIGITS = re.compile(r"\d+(?:[,.]\d+)*")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as shown: the id that it belongs to, its text, and what is read in it and in the brackets behind it.

    ``meaning`` is what every edition must say alike; None where the text cannot be read as a number.
    """

    of: str
    text: str
    number: Printed | None
    span: tuple[Printed, Printed] | None = None

    @property
    def meaning(self) -> tuple | None:
        span = self.span and tuple(end.meaning for end in self.span)
        return (self.number and self.number.meaning, span) if self.number or self.span else None


@dataclass(slots=True)
class Page:
    """The text of a page; its lines without a link, with the nearest id around; its links with what stands behind."""

    text: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)

    def linked(self, cards: set[str]) -> Iterator[Shown]:
        """Every link to one of the ``cards``, with the interval in the brackets that follow."""
        for target, text, behind in self.links:
            if target.startswith("#") and (card := target[1:]) in cards:
                span = printed_span(behind)
                yield Shown(card, f"{text} ({behind})" if span else text, printed(text), span)

    def alone(self) -> Iterator[Shown]:
        """Every line with an id around it that is one number or one interval and no link: a cell, a row of a card.

        Left out are numbers with a thing counted, which may be words with a number in them (per 10,000 residents is
        每万人), headings, and the labels drawn in a picture: for which there is room depends on the language.
        """
        for name, text in self.lines:
            number, span = printed(text), printed_span(text)
            if span or (number and number.unit != "counted"):
                yield Shown(name, text, number, span)

    def digits(self) -> list[str]:
        """Every group of digits in the order of the page, wherever it stands."""
        return _DIGITS.findall(self.text)


def page_of(html: str) -> Page:
    """A page of HTML as text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = "".join(reader.pieces)
    page = Page(text)
    for target, start, end in reader.links:
        behind = _BRACKET.match(text, end, end + 200)
        page.links.append((target, _line(text[start:end]), _line(behind[1]) if behind else ""))
    ends = [*(start for start, _ in reader.lines[1:]), len(text)]
    for (start, name), end in zip(reader.lines, ends, strict=True):
        if name and (line := _line(text[start:end])):
            page.lines.append((name, line))
    return page


def _line(text: str) -> str:
    return " ".join(text.split())


class _Reader(HTMLParser):
    """Gathers the text of a page piece by piece, with the places of its links and lines."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.length = 0
        self.links: list[tuple[str, int, int]] = []
        self.lines: list[tuple[int, str]] = [(0, "")]
        self._open: list[tuple[str, str]] = []
        self._target: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        ended = _ENDED_BY.get(tag, set()) | (set() if tag in INLINE | VOID else {"p"})
        while self._open and self._open[-1][0] in ended:
            self._open.pop()
        if tag not in VOID:
            self._open.append((tag, "" if tag in INLINE else given.get("id") or ""))
        self._end_line(tag)
        if tag == "a":
            self._target = (given.get("href") or "", self.length)
            self.lines[-1] = (self.lines[-1][0], "")

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        if any(each == tag for each, _ in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag == "a" and self._target:
            self.links.append((*self._target, self.length))
            self._target = None
        self._end_line(tag)

    def handle_data(self, data: str) -> None:
        # The head of the page lists the files of one edition with their sizes, which differ.
        if any(tag in ("style", "script", "header") for tag, _ in self._open):
            return
        self._add(data.replace("\n", " "))

    def _end_line(self, tag: str) -> None:
        if tag in INLINE:
            return
        self._add("\n")
        name = next((name for _, name in reversed(self._open) if name), "")
        left_out = any(each in LEFT_OUT for each, _ in self._open)
        self.lines.append((self.length, "" if left_out else name))

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
