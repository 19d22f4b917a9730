"""How wide the columns of a printed table are, and how small its text must be for all of them to fit the page."""

import re
from unicodedata import east_asian_width

TEXT_WIDTH = 453.5  # points between the margins of the PDF: A4 less 25 mm either side
PADDING = 11.0  # points between two columns
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)  # of the text, in points, best first
# Widths are counted in half characters: 1 for a Latin letter or digit, 2 for a Chinese character.
HALF = 0.56  # of the size of the text: a digit of Noto Sans SC, the widest of what tables are full of
NARROW = 16  # a column up to this width is never broken
READABLE = 14  # the least width of a column of broken lines
STEP = 2  # the room is given out in such pieces


def is_wide(character: str) -> bool:
    """Whether `character` is as wide as a Chinese one."""
    return east_asian_width(character) in "WF"


def width(text: str) -> int:
    """The width of `text` in half characters."""
    return sum(2 if is_wide(character) else 1 for character in text)


def unbreakable(text: str) -> int:
    """The width of the longest piece of `text` that no line can break."""
    words = re.split(r"[\s/—-]+", text)
    return max(2 if any(map(is_wide, word)) else width(word) for word in words)


def shape(rows: list[list[str]]) -> tuple[list[str], float]:
    """The widths of the columns, as Typst has them, and the size of the text in points.

    rows: the table as plain text, its header first. If every column fits on one line, the first takes what the others
    leave. Otherwise the heads are broken, and the long columns share what is left so that the rows get low.
    """
    columns = list(zip(*rows, strict=True))
    least = [max(map(unbreakable, column)) for column in columns]
    bodies = [max(map(width, column[1:]), default=0) for column in columns]
    # What a column has at least.
    needed = [
        max(body, longest) if body <= NARROW else max(READABLE, longest)
        for body, longest in zip(bodies, least, strict=True)
    ]
    for size in SIZES:
        room = (TEXT_WIDTH - PADDING * len(columns)) / (size * HALF)
        if sum(max(map(width, column)) for column in columns) <= room:
            return ["1fr", *["auto"] * (len(columns) - 1)], size
        if sum(needed) <= room:
            return _shared(needed, columns, room), size
    # Too much for any size: each column gets its part, and long words are broken.
    return [f"{max(longest, 2)}fr" for longest in least], SIZES[-1]


def _shared(needed: list[int], columns: list[tuple[str, ...]], room: float) -> list[str]:
    """What is needed, and the rest of `room` piece by piece to the column that makes the rows lowest."""
    rows = [[width(cell) for cell in row] for row in zip(*columns, strict=True)][1:]
    widths: list[float] = list(needed)
    left = room - sum(needed)
    while left > 0:
        piece = min(STEP, left)
        wider = [[*widths[:each], widths[each] + piece, *widths[each + 1 :]] for each in range(len(widths))]
        widths = min(wider, key=lambda tried: _height(rows, tried))
        left -= piece
    # Every column has the same padding, whatever its width.
    padding = PADDING / TEXT_WIDTH
    share = (1 - padding * len(widths)) / sum(widths)
    return [f"{padding + share * each:.4%}" for each in widths]


def _height(rows: list[list[int]], widths: list[float]) -> float:
    """How high the rows are together, in lines, if lines could be broken anywhere."""
    return sum(max(1.0, *(cell / each for cell, each in zip(row, widths, strict=True))) for row in rows)
