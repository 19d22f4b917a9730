"""All chapters of a report as one notebook in one language: what the renderers show."""

import re
from collections.abc import Iterator
from itertools import islice

import nbformat
from nbformat import NotebookNode

from analysis.labels import labels_of
from analysis.markup import plain, tree

# Cells that make the report run, and that a reader has no use for.
MACHINERY = {"parameters", "injected-parameters", "imports", "echo", "remove_cell", "remove-cell"}
WORDS = 5
"""So many words of a heading are its name."""
LANGUAGE_TAGS = {"en": "lang-en", "zh": "lang-zh"}
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")


def book(
    chapters: list[NotebookNode],
    *,
    title: str,
    subtitle: str,
    language: str,
    cards: list[dict],
    labels: dict[str, str],
    **more: object,
) -> NotebookNode:
    """One notebook of all `chapters` in order, in one language ("en" or "zh"), with what its pages need besides.

    The cells of the other language and those of MACHINERY are left out, and nothing is kept that differs from run to
    run. cards: see `cards`; labels: the words around the report, see `labels`. more: what a page can do without:
    edition (the options that name it to `ipreport show`), files (whether charts have files beside the page), downloads
    and languages (lists of href and label), dataset (what the page says of itself to machines, see `dataset`),
    colophon and appendix (what paper adds, see there), sheet (whether paper has no cover and no contents).
    Raises RenderingError for an unknown language.
    """
    labels_of(language, labels)
    cells = []
    for chapter in chapters:
        anchors = iter(_anchors(chapter.cells))
        for cell in kept(chapter.cells, language):
            metadata = {}
            if cell.cell_type == "markdown" and (number := _headings(cell)):
                metadata["anchors"] = list(islice(anchors, number))
            copy = nbformat.from_dict({**cell, "id": f"cell-{len(cells) + 1}", "metadata": metadata})
            if "execution_count" in copy:
                copy.execution_count = None
            cells.append(copy)
    about = {"title": title, "subtitle": subtitle, "language": language, "cards": cards, "labels": labels}
    about |= more
    return nbformat.v4.new_notebook(cells=cells, metadata={"ipreport": about})


def kept(cells: list[NotebookNode], language: str) -> Iterator[NotebookNode]:
    """The cells without those of MACHINERY and of other languages than `language` ("en" or "zh")."""
    left_out = MACHINERY | {tag for code, tag in LANGUAGE_TAGS.items() if code != language}
    return (cell for cell in cells if not left_out.intersection(cell.metadata.get("tags", ())))


def _anchors(cells: list[NotebookNode]) -> list[str]:
    """The names of the headings of a chapter, the same in every language: chapter, then chapter and heading.

    They are made from the first English words, which a link can be written with by hand.
    """
    words = [plain(token["children"]) for cell in kept(cells, "en") if cell.cell_type == "markdown"
             for token in tree(cell.source) if token["type"] == "heading"]  # fmt: skip
    chapter, *others = words or [""]
    return [chapter, *(" ".join([chapter, *word.rstrip("?").split()[:WORDS]]) for word in others)]


def _headings(cell: NotebookNode) -> int:
    return sum(token["type"] == "heading" for token in tree(cell.source))


def language_of(nb: NotebookNode) -> str:
    """The language that a notebook is written in, from the cells tagged with one, or else from its letters."""
    prose = [cell for cell in nb.cells if cell.cell_type == "markdown"]
    tags = {tag for cell in prose for tag in cell.metadata.get("tags", ())} & set(LANGUAGE_TAGS.values())
    if tags:
        return "en" if LANGUAGE_TAGS["en"] in tags else "zh"
    text = "\n".join(cell.source for cell in prose)
    return "zh" if len(_HAN.findall(text)) > 2 * len(_LATIN_WORD.findall(text)) else "en"
