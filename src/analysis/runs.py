"""Runs of tokens for what no Markdown was read: the printed report makes them of labels, notes and numbers."""

from collections.abc import Iterable

from analysis.markup import Token


def text(raw: str) -> Token:
    """Words as they stand."""
    return {"type": "text", "raw": raw}


def strong(raw: str) -> Token:
    """Words that matter more than others."""
    return {"type": "strong", "children": [text(raw)]}


def aside(raw: str) -> Token:
    """Words that matter less than others."""
    return {"type": "aside", "children": [text(raw)]}


def code(raw: str) -> list[Token]:
    """A command or a part of one; nothing if it is empty."""
    return [{"type": "codespan", "raw": raw}] if raw else []


def link(raw: str, target: str) -> Token:
    """Words that lead to the name `target`."""
    return {"type": "link", "attrs": {"url": f"#{target}"}, "children": [text(raw)]}


def anchor(raw: str, name: str) -> Token:
    """Words that links to `name` lead to."""
    return {"type": "anchor", "attrs": {"id": name}, "children": [text(raw)]}


def joined(runs: Iterable[list[Token]], between: str) -> list[Token]:
    """One run of several, with `between` between them."""
    made: list[Token] = []
    for run in runs:
        made += [*([text(between)] if made else []), *run]
    return made
