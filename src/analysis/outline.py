"""A short text in sections, for a terminal or as Markdown."""

import re
from dataclasses import dataclass
from textwrap import wrap
from unicodedata import east_asian_width

LINE = 96
INLINE = re.compile(r"[\\`*_\[\]<>&|~$]")
STARTS = re.compile(r"^(?=[#+-]+(?:\s|$)|=|--)|^(\d+)(?=[.)](?:\s|$))")
"""What would begin a heading or a list at the start of a line."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: plain text, with plain texts under it."""

    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence or two, and entries; all plain text. Without entries, ``empty`` is said instead."""

    title: str
    lead: str
    items: tuple[Item, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A title, what to know first, and sections."""

    title: str
    lead: str
    sections: tuple[Section, ...]

    def as_markdown(self) -> str:
        """CommonMark, in which every character of the texts stands for itself."""
        lines = [f"# {_escaped(self.title)}", "", _escaped(self.lead), ""]
        for section in self.sections:
            lines += [f"## {_escaped(section.title)}", ""]
            for text in filter(None, (section.lead, "" if section.items else section.empty)):
                lines += [_escaped(text), ""]
            for item in section.items:
                lines += [f"- {_escaped(item.text)}", *(f"  - {_escaped(text)}" for text in item.details)]
            lines += [""] if section.items else []
        return "\n".join(lines).rstrip() + "\n"

    def as_text(self) -> str:
        """Lines for a terminal."""
        lines = [*_heading(self.title, "="), *_lines(self.lead), ""]
        for section in self.sections:
            lines += _heading(section.title, "-")
            lines += _lines(section.lead)
            lines += [] if section.items else _lines(section.empty)
            for item in section.items:
                lines += _lines(item.text, "* ", "  ")
                for text in item.details:
                    lines += _lines(text, "    ", "    ")
            lines.append("")
        return "\n".join(lines).rstrip() + "\n"


def _escaped(text: str) -> str:
    """Text in one line that stands for itself, and in which only what Markdown would obey is escaped."""
    flat = INLINE.sub(r"\\\g<0>", " ".join(text.split()))
    return STARTS.sub(r"\1\\", flat)


def _heading(text: str, rule: str) -> list[str]:
    return [text, rule * min(LINE, _width(text))]


def _lines(text: str, first: str = "", rest: str = "") -> list[str]:
    """``text`` broken at spaces where it is too wide; Chinese, which has none, is left to the terminal."""
    if _width(text) != len(text):
        return [first + text] if text else []
    return wrap(text, LINE, initial_indent=first, subsequent_indent=rest, break_long_words=False)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
