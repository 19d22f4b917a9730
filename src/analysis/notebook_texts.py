"""Notebooks as text, written as nbformat does: what cells have in common is written by it once, and kept.

In a class, most of a notebook is the same for every learner, and hundreds of them are written.
"""

import json
from collections.abc import Mapping
from functools import lru_cache

import nbformat

_SOURCE = '"source": [\n    "@"\n   ]'
"""How nbformat writes the source of a cell in which nothing but an at sign stands."""

_string = json.JSONEncoder(ensure_ascii=False).encode


def notebook_text(notebook: Mapping[str, object]) -> str:
    """A valid notebook as nbformat writes it, to the byte."""
    rest = {name: each for name, each in notebook.items() if name != "cells"}
    cells = ",\n".join(
        _attached(cell) if "attachments" in cell else _cell_text(*_told(cell)) for cell in notebook["cells"]
    )
    return _rest_text(json.dumps(rest)).replace('"cells": []', f'"cells": [\n{cells}\n ]', 1)


def _told(cell: Mapping[str, object]) -> tuple:
    return cell["cell_type"], cell["id"], cell["source"], tuple(cell["metadata"].items())


@lru_cache(100)
def _rest_text(rest: str) -> str:
    return nbformat.v4.writes(nbformat.from_dict({**json.loads(rest), "cells": []}))


def _attached(cell: Mapping[str, object]) -> str:
    """A text with pictures, which are letters and digits in one line each."""
    pictures = {(name, kind): data for name, each in cell["attachments"].items() for kind, data in each.items()}
    text = _cell_text(*_told(cell), tuple(pictures))
    for (name, kind), data in pictures.items():
        text = text.replace(f'"{_place(name, kind)}"', f'"{data}"', 1)
    return text


def _place(name: str, kind: str) -> str:
    return f"@{name}@{kind}@"


@lru_cache(5_000)
def _cell_text(kind: str, name: str, source: str, metadata: tuple, pictures: tuple = ()) -> str:
    if not (lines := source.splitlines(keepends=True)):
        return _around(kind, name, "", metadata, pictures)
    written = ",\n    ".join(map(_string, lines))
    return _around(kind, name, "@", metadata, pictures).replace(_SOURCE, f'"source": [\n    {written}\n   ]')


@lru_cache(5_000)
def _around(kind: str, name: str, source: str, metadata: tuple, pictures: tuple) -> str:
    """A cell around its source, with a place for each picture."""
    more: dict[str, object] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    if pictures:
        more["attachments"] = {each: {} for each, _ in pictures}
        for each, mime in pictures:
            more["attachments"][each][mime] = _place(each, mime)
    return _alone({"cell_type": kind, "id": name, "metadata": dict(metadata), "source": source, **more})


def _alone(cell: dict[str, object]) -> str:
    """A cell as it stands in a notebook."""
    written = nbformat.v4.writes(nbformat.from_dict({"cells": [cell], "metadata": {}}))
    lines = written.split("\n")
    return "\n".join(lines[2 : lines.index(" ],")])
