"""How wide the columns of a printed table are, and how small its text must be for all of them to fit the page.

Widths are counted in ems, the size of the text, so that a Chinese character counts 1.
"""

import re
from functools import lru_cache
from math import sqrt
from typing import NamedTuple
from unicodedata import east_asian_width

TEXT_WIDTH = 470.5  # points between the margins of the PDF: A4 less 22 mm either side
PADDING = 11.0  # points between two columns
SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)  # of the text, in points, best first
BOLD = 1.06  # a head is that much wider than the same words in a cell
UNBROKEN = {"right": 11.5, "center": 4.5, "left": 4.5}  # a column up to this width is not broken, least of all numbers
READABLE = 7.0  # the least width of a column of broken lines
LOW = {8.5: 1.5, 8.0: 3.0}  # lines a row has at most on average in a text of that size; if more, it is made smaller
LOST = 1.0  # at the end of a broken line, because words are not divided
HEAD = 4.0  # the least width of a column under a longer head
STEP = 0.5  # the room is given out in such pieces
# Of Noto Sans SC, about; what is not named here is as wide as a digit.
_WIDTHS = {
    0.29: " ijlI|,.:;'!f()[]{}",
    0.37: "-tr/\\",
    0.62: "bdghnopquABCEKPRST",
    0.72: "DGHNOQU&",
    0.88: "mwMW%@—÷×+·",
}
_EMS = {character: ems for ems, characters in _WIDTHS.items() for character in characters}
_PIECES = re.compile(r"(?<=\w_)(?=\w)|[\s/—-]+")


def is_wide(character: str) -> bool:
    """Whether `character` is as wide as a Chinese one."""
    return east_asian_width(character) in "WF"


def width(text: str) -> float:
    """The width of `text` in ems."""
    return sum(_EMS.get(character) or (1.0 if is_wide(character) else 0.555) for character in text)


def unbreakable(text: str) -> float:
    """The width of the longest piece of `text` that no line can break."""
    return max(1.0 if any(map(is_wide, piece)) else width(piece) for piece in _PIECES.split(text))


def _head(head: str) -> float:
    """The least width of a head: never one Chinese character under the other."""
    return max(unbreakable(head) * BOLD, min(width(head), HEAD))


class Shape(NamedTuple):
    """The widths of the columns, as Typst has them, the size of the text in points, and about how many lines."""

    widths: list[str]
    size: float
    lines: float


def shape(
    rows: list[list[str]], aligns: list[str], sizes: tuple[float, ...] = SIZES, padding: float = PADDING
) -> Shape:
    """How a table is set.

    rows: the table as plain text, its header first; aligns: "right" for a column of numbers. If every column fits on
    one line, the first takes what the others leave. Otherwise the heads are broken, and the long columns share what is
    left so that the rows get low.
    """
    return _shape(tuple(map(tuple, rows)), tuple(aligns), sizes, padding)


@lru_cache(maxsize=256)
def _shape(rows: tuple[tuple[str, ...]], aligns: tuple[str], sizes: tuple[float, ...], padding: float) -> Shape:
    columns = list(zip(*rows, strict=True))
    heads = [width(column[0]) * BOLD for column in columns]
    bodies = [max(map(width, column[1:]), default=0.0) for column in columns]
    least = [max(_head(head), *map(unbreakable, cells), 1.0) for head, *cells in columns]
    # What a column has at least.
    needed = [
        max(body, longest) if body <= UNBROKEN[align] else max(min(READABLE, body), longest)
        for body, longest, align in zip(bodies, least, aligns, strict=True)
    ]
    for size in sizes:
        room = (TEXT_WIDTH - padding * (len(columns) - 1)) / size
        if sum(map(max, heads, bodies)) <= room:
            return Shape(["1fr", *["auto"] * (len(columns) - 1)], size, len(rows))
        if sum(needed) <= room:
            widths, lines = _shared(needed, columns, room)
            if lines <= LOW.get(size, lines) * (len(rows) - 1):
                return Shape(_percents(widths, room, padding), size, lines)
    # Too much for any size: each column gets its part, and long words are broken.
    return Shape([f"{longest:.2f}fr" for longest in least], sizes[-1], 2.0 * len(rows))


def _shared(needed: list[float], columns: list[tuple[str, ...]], room: float) -> tuple[list[float], float]:
    """What is needed, and the rest of `room` piece by piece to the column that makes the rows lowest.

    With the widths comes how high the rows get together, in lines.
    """
    cells = [[width(cell) for cell in column[1:]] for column in columns]
    widths = list(needed)
    lines = [_lines(column, each) for column, each in zip(cells, widths, strict=True)]
    left = room - sum(needed)
    while left > 0:
        piece = min(STEP, left)
        wider = [_lines(column, each + piece) for column, each in zip(cells, widths, strict=True)]
        tried = [[*lines[:each], wider[each], *lines[each + 1 :]] for each in range(len(lines))]
        heights = list(map(_height, tried))
        best = heights.index(min(heights))
        widths[best] += piece
        lines = tried[best]
        left -= piece
    return widths, _height(lines)


def _percents(widths: list[float], room: float, padding: float) -> list[str]:
    """The widths of columns with their padding, in parts of the page."""
    last = len(widths) - 1
    size = (TEXT_WIDTH - padding * last) / room
    # The first column has padding on its right only, the last on its left.
    sides = [padding / 2 * ((position > 0) + (position < last)) for position in range(len(widths))]
    return [f"{(size * each + side) / TEXT_WIDTH:.4%}" for each, side in zip(widths, sides, strict=True)]


def _lines(column: list[float], room: float) -> list[float]:
    """How many lines each cell takes, to the fourth power."""
    return [1.0 if cell <= room else (cell / (room - LOST)) ** 4 for cell in column]


def _height(columns: list[list[float]]) -> float:
    """How high the rows are together, in lines.

    A row is as high as its highest cell: nearly, so that making the second highest cell lower counts too.
    """
    return sum(sqrt(sqrt(sum(row))) for row in zip(*columns, strict=True))
