"""Markdown as a tree, and the tree as Typst.

One tree serves both formats, so that what the HTML says the PDF says too: `tree` and `inline_tree` read Markdown,
`TypstWriter` writes it, and `hypertext.HtmlWriter` is its sister. Raw HTML stays text in both.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import mistune

from analysis.cells import visible
from analysis.columns import is_wide, shape
from analysis.errors import RenderingError
from analysis.quotations import between_marks, simplified_runs, unmarked

Token = dict[str, Any]
Column = tuple[list[Token], str]  # its name, and "left", "center" or "right"

_MARKDOWN = mistune.create_markdown(renderer=None, plugins=["table"])
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_UNREAD_STRONG = re.compile(r"\*\*[^*\s][^*]*\*\*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
# A range of numbers with what touches it: (10.79%–10.81%).
_RANGE = re.compile(r"([^\s\u2e80-\uffff]{0,20}\d%?–[^\s\u2e80-\uffff]{1,20})")


def cleaned(text: str) -> str:
    """`text` with Unix line ends and without control characters, which no page may hold; see `cells.visible`.

    The marks of quotations are hidden too, but ours; the writers take them off.
    """
    return between_marks(visible, _CONTROL.sub("", text))


def tree(markdown: str) -> list[Token]:
    """The blocks of `markdown`, as mistune's tokens with their text settled; see `_settled`."""
    return [_settled(token) for token in _MARKDOWN(cleaned(markdown)) if token["type"] != "blank_line"]


def inline_tree(markdown: str) -> list[Token]:
    """The tokens of one line of Markdown: emphasis, links and the like, but no lists or headings."""
    line = " ".join(cleaned(str(markdown)).split("\n"))
    return _settled_line(_MARKDOWN.inline(line, {})) if line.strip() else []


def plain(tokens: Iterable[Token]) -> str:
    """The text of `tokens` without its markup."""
    return "".join(
        " " if token["type"] == "linebreak" else unmarked(token.get("raw", "")) + plain(token.get("children", ()))
        for token in tokens
    )


def walk(tokens: Iterable[Token]) -> Iterator[Token]:
    """Every token under `tokens`, in reading order."""
    for token in tokens:
        yield token
        yield from walk(token.get("children", ()))


def _settled(token: Token) -> Token:
    """`token` with entities read, soft line breaks turned to what belongs there, and neighbouring texts joined."""
    token = dict(token)
    if "children" in token:
        children = [child for child in token["children"] if child["type"] != "blank_line"]
        token["children"] = _settled_line(children)
    return token


def _settled_line(tokens: list[Token]) -> list[Token]:
    settled: list[Token] = []
    for position, token in enumerate(tokens):
        if token["type"] == "softbreak":
            token = {"type": "text", "raw": _gap(tokens[:position], tokens[position + 1 :])}
        elif token["type"] == "text":
            token = {"type": "text", "raw": _ENTITY.sub(lambda found: cleaned(unescape(found[0])), _read(token["raw"]))}
        elif token["type"] == "inline_html":
            token = {"type": "text", "raw": token["raw"]}
        else:
            token = _settled(token)
        if token["type"] == "text" and settled and settled[-1]["type"] == "text":
            settled[-1]["raw"] += token["raw"]
        else:
            settled.append(token)
    return settled


def _read(text: str) -> str:
    """`text`, unless it holds stars that were meant to make it bold."""
    if left := _UNREAD_STRONG.search(text):
        raise RenderingError(
            f"the stars in {left[0]!r} do not make it bold, by the rules of Markdown: next to a letter, they may not "
            f"stand on the outer side of a punctuation mark. Move the punctuation mark out of the stars."
        )
    return text


def _gap(before: list[Token], after: list[Token]) -> str:
    """What a line end in the source stands for: nothing between two Chinese characters, else a space."""
    left, right = plain(before)[-1:], plain(after)[:1]
    return "" if left and right and is_wide(left) and is_wide(right) else " "


class Writer:
    """Walks a tree and calls the method named after each token's type; a type without a method is an error."""

    def __init__(self, language: str) -> None:
        self.language = language

    def write(self, tokens: Iterable[Token]) -> str:
        """The tokens in the writer's format."""
        return "".join(self._method(token)(token) for token in tokens)

    def _method(self, token: Token):
        method = getattr(self, f"on_{token['type']}", None)
        if method is None:
            about = token.get("attrs", {}).get("url") or plain([token])[:40]
            raise RenderingError(f"the report cannot show the Markdown element {token['type']!r} here: {about!r}")
        return method

    def children(self, token: Token) -> str:
        """What stands inside `token`."""
        return self.write(token["children"])

    def on_text(self, token: Token) -> str:
        return self.text(token["raw"])

    def on_block_text(self, token: Token) -> str:
        return self.children(token)

    def on_unlinked(self, token: Token) -> str:
        return self.children(token)

    def text(self, text: str) -> str:
        """`text` as text: simplified Chinese in a report of another writing is marked, ranges are kept on one line."""
        marked = ((simplified, self._ranges(run)) for simplified, run in simplified_runs(text, self.language))
        return "".join(self.chinese(run) if simplified else run for simplified, run in marked)

    def _ranges(self, text: str) -> str:
        pieces = enumerate(_RANGE.split(text))
        return "".join(self.together(piece) if odd % 2 else self.literal(piece) for odd, piece in pieces if piece)


def table_parts(token: Token) -> tuple[list[Column], list[list[list[Token]]]]:
    """The columns and rows of a table written in Markdown."""
    head, *bodies = token["children"]
    columns = [(cell["children"], cell["attrs"]["align"] or "left") for cell in head["children"]]
    rows = [[cell["children"] for cell in row["children"]] for body in bodies for row in body["children"]]
    return columns, rows


def typst_array(items: Iterable[str]) -> str:
    """An array of Typst; the comma after a single item makes it one."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def typst_string(text: str) -> str:
    """`text` as a literal of Typst, in which nothing is markup."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


class TypstWriter(Writer):
    """Writes a tree as Typst.

    All text goes into string literals, where only two characters mean anything, so that no text can turn into
    markup; each call ends with a semicolon, so that no text can turn into an argument.
    """

    def literal(self, text: str) -> str:
        return f"#{typst_string(text)};"

    def together(self, text: str) -> str:
        return f"#box[{self.literal(text)}];"

    def chinese(self, markup: str) -> str:
        return f"#chinese[{markup}];"

    def on_emphasis(self, token: Token) -> str:
        return f"#emph[{self.children(token)}];"

    def on_strong(self, token: Token) -> str:
        return f"#strong[{self.children(token)}];"

    def on_codespan(self, token: Token) -> str:
        return f"#raw({typst_string(token['raw'])});"

    def on_link(self, token: Token) -> str:
        target = token["attrs"]["url"]
        aim = f"label({typst_string(target[1:])})" if target.startswith("#") else typst_string(target)
        # A label follows the call itself, with nothing between, or it would name something else.
        name = f"#label({typst_string(token['attrs']['id'])})" if "id" in token["attrs"] else ""
        return f"#link({aim})[{self.children(token)}]{name};"

    def on_linebreak(self, token: Token) -> str:
        return "#linebreak();"

    def on_paragraph(self, token: Token) -> str:
        return f"\n\n{self.children(token)}\n\n"

    def on_block_html(self, token: Token) -> str:
        return f"\n\n#{typst_string(token['raw'].strip())};\n\n"

    def on_block_quote(self, token: Token) -> str:
        return f"\n\n#quote(block: true)[{self.children(token)}];\n\n"

    def on_block_code(self, token: Token) -> str:
        return f"\n\n#raw(block: true, {typst_string(token['raw'].rstrip())});\n\n"

    def on_thematic_break(self, token: Token) -> str:
        return "\n\n#divider();\n\n"

    def on_list(self, token: Token) -> str:
        items = ", ".join(f"[{self.children(item)}]" for item in token["children"])
        attributes = token["attrs"]
        kind = f"enum(start: {attributes.get('start', 1)}, " if attributes["ordered"] else "list("
        return f"\n\n#{kind}tight: {str(token['tight']).lower()}, {items});\n\n"

    def on_table(self, token: Token) -> str:
        return f"\n\n{self.table(*table_parts(token))}\n\n"

    def table(self, columns: list[Column], rows: list[list[list[Token]]]) -> str:
        """A table; a cell is a list of tokens."""
        texts = [[plain(name) for name, _ in columns], *([plain(cell) for cell in row] for row in rows)]
        aligns = [align for _, align in columns]
        widths, size, _ = shape(texts, aligns)
        header = [f"[{self.write(name)}]" for name, _ in columns]
        cells = [f"[{self.write(cell)}]" for row in rows for cell in row]
        parts = {"columns": widths, "align": aligns, "header": header, "cells": cells}
        arrays = ", ".join(f"{name}: {typst_array(items)}" for name, items in parts.items())
        return f"#report-table(size: {size}pt, {arrays});"
