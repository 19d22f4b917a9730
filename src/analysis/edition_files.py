"""Everything of one edition of a report, written into its folder."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis import render
from analysis.appendix import appendix
from analysis.cards import cards
from analysis.citation import citations
from analysis.codebook import AUTONYMS, CODES, TRADITIONAL
from analysis.colophon import colophon
from analysis.dataset import dataset
from analysis.downloads import Download, listed_downloads, write_downloads
from analysis.report import Report
from analysis.traditional import traditional
from analysis.traditional_book import traditional_book

LABELS = (
    "contents", "cards", "cards_intro", "sources", "table", "chart", "chapter", "skip", "data", "note", "page",
    "phrase", "publisher", "date", "address", "reliability", "back", "recompute", "publications", "publications_intro",
    "elsewhere", "close", "previous", "place", "downloads", "languages", "top", "permalink",
)  # fmt: skip

CITATIONS = [
    {"href": "citation.bib", "label": "BibTeX", "size": ""},
    {"href": "citation.cff", "label": "CFF", "size": ""},
    {"href": "citation.txt", "label": "GB/T 7714", "size": ""},
]
LINKS = {
    each: {"href": f"../{each}/index.html", "label": name, "lang": CODES.get(each, each)}
    for each, name in AUTONYMS.items()
}
"""How the page of one edition links to another: each calls itself by its own name."""


@dataclass(frozen=True)
class Written:
    """What the editions of one language are made from: the report, its chapters as they ran, and, once, their book."""

    report: Report
    notebooks: dict[str, NotebookNode]

    @cached_property
    def book(self) -> NotebookNode:
        """The chapters as one book; see ``bound``."""
        return bound(self.report, list(self.notebooks.values()))

    @cached_property
    def traditional(self) -> NotebookNode:
        """The same in traditional characters."""
        return traditional_book(self.book)

    def book_of(self, edition: str) -> NotebookNode:
        """The book in the writing of an edition."""
        return self.traditional if edition == TRADITIONAL else self.book


def write_edition(edition: str, others: list[str], written: Written, formats: tuple[str, ...], folder: Path) -> None:
    """Write everything of one edition but its PDF into a folder; that in traditional characters has no chapters.

    ``others`` are the editions that its page links to.
    """
    report = written.report
    if edition == report.language:
        (folder / "chapters").mkdir()
        for name, notebook in written.notebooks.items():
            nbformat.write(notebook, folder / "chapters" / name)
    say = traditional if edition == TRADITIONAL else str
    made = write_downloads(report, folder, say)
    for ending, text in citations(report).items():
        (folder / f"citation.{ending}").write_text(text, encoding="utf-8")
    if "html" in formats:
        book = copy(written.book_of(edition))
        around = _around(edition, others, report, formats, made)
        book.metadata = NotebookNode(ipreport=NotebookNode(book.metadata.ipreport | around))
        page, charts = render.html_with_charts(book)
        for name, text in charts.items():
            (folder / "charts").mkdir(exist_ok=True)
            (folder / "charts" / name).write_text(text, encoding="utf-8")
        (folder / "index.html").write_text(page, encoding="utf-8")


def bound(report: Report, notebooks: list[NotebookNode]) -> NotebookNode:
    """The chapters of a report as one book, with its cards, its cover, and the words around it."""
    made = cards(report)
    return render.book(
        notebooks,
        title=report.words("report_title"),
        subtitle=report.words("report_subtitle"),
        language=report.language,
        cards=made,
        labels={label: report.words(f"labels_{label}") for label in LABELS},
        files=True,
        edition=f"--region {report.region_code} --year {report.reference_year}",
        colophon=colophon(report),
        appendix=appendix(report, made),
    )


def _around(edition: str, others: list[str], report: Report, formats: tuple[str, ...], made: list[Download]) -> dict:
    """What the page of an edition says of the files beside it and of the other editions."""
    say, tag = (traditional, edition) if edition == TRADITIONAL else (str, "")
    listed = listed_downloads(report, made)
    paper = [{"href": "report.pdf", "label": "PDF", "size": ""}] if "pdf" in formats else []
    return {
        "dataset": dataset(report, made, say, tag),
        "downloads": paper + [{**each, "label": say(each["label"])} for each in listed] + CITATIONS,
        "languages": [LINKS[each] for each in others],
    }
