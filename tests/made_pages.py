"""Pages of an invented place in all three editions, made as a report is made but without running a chapter."""

from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.cards import cards
from analysis.codebook import EDITIONS, TRADITIONAL, written_in
from analysis.known_numbers import Known, compared, recorded
from analysis.render import book, html
from analysis.report import Report, load_report
from analysis.report_records import write_figures, write_indicators
from analysis.traditional import traditional
from analysis.traditional_book import traditional_book

PLACE = ("990100", 2021)


def made_pages(data: Path, folder: Path) -> tuple[dict[str, str], set[str], dict[str, dict[str, list[Known]]]]:
    """The pages by edition as HTML, the ids of their cards, and for each edition what its cards stand for."""
    pages, known = {}, {}
    for edition in EDITIONS:
        report = load_report(*PLACE, written_in(edition), data)
        made = traditional_book(_book(report)) if edition == TRADITIONAL else _book(report)
        pages[edition] = html(made)
        (folder / edition).mkdir(parents=True)
        say = traditional if edition == TRADITIONAL else str
        write_indicators(report, folder / edition / "indicators.csv", say)
        write_figures(report, folder / edition / "figures.csv", say)
        known[edition] = recorded(folder / edition, *PLACE, data) | compared(report)
    return pages, {card["id"] for card in cards(report)}, known


def _book(report: Report):
    shown = [
        report.sentences(*report.results),
        report.growth_table(),
        report.step_table(),
        *map(report.indicator_table, ("creation", "value")),
        *map(report.figure_table, ("creation", "value")),
    ]
    outputs = [new_output("display_data", data=each._repr_mimebundle_()) for each in shown]
    cells = [new_markdown_cell("# 1"), new_code_cell("1", outputs=outputs)]
    titles = {"title": "T", "subtitle": "", "language": report.language}
    return book([new_notebook(cells=cells)], **titles, cards=cards(report), labels={})
