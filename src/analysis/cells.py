"""Text fit for a cell: nothing in it is hidden, and no spreadsheet takes it for a formula.

Names, notes and phrases come from publications, so a cell may begin with anything. A spreadsheet that opens a CSV file
runs a text that begins with ``=``, ``+``, ``-`` or ``@`` (or with their full-width forms, or with one of these behind
white space). CSV has no types, so the only defence is in the text: such a text gets an apostrophe in front, by which
a spreadsheet knows a text. A plain number, such as ``-4.31``, computes nothing and stays a number. The apostrophe can
be taken off again without doubt (``unguarded``), so that a report can be read back. A workbook has types, and needs no
apostrophe; see ``workbook``.

Characters that nobody can see, among them those that turn the direction of writing around, are shown by their number.
Standard library only.
"""

import re

FORMULA_SIGNS = "=+-@＝＋－＠"
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
# Control characters, the soft hyphen, fillers, what joins, parts or turns around text without a sign of its own, tags,
# half surrogates and what is no character at all. Tab and line feed stay.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """A text with Unix line ends, in which every hidden character is shown by its number: ``‹U+202E›``."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", unix)


def guarded(text: str) -> str:
    """A visible text as it may stand in a CSV file: with an apostrophe in front where it would become a formula."""
    shown = visible(text)
    return f"'{shown}" if would_compute(shown) else shown


def unguarded(cell: str) -> str:
    """The text that ``guarded`` wrote, with its hidden characters shown."""
    return cell[1:] if cell[:1] == "'" and would_compute(cell[1:]) else cell


def would_compute(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula; also a text that looks like a guarded one.

    Without the second, an apostrophe that belongs to the text would be taken off when it is read.
    """
    if _PLAIN_NUMBER.fullmatch(text):
        return False
    bare = text.lstrip("'")
    return bare.lstrip()[:1] in FORMULA_SIGNS if bare.strip() else False
