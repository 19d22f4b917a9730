"""Every edition of one report, written from its chapters as they ran, and the numbers of all held against each other.

What needs pages is imported here and not by ``building``: it is loaded while the first chapters run.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbformat import NotebookNode

from analysis import render
from analysis.codebook import written_in
from analysis.edition_files import Written, write_edition
from analysis.known_numbers import compared, recorded
from analysis.page_numbers import page_of
from analysis.parameters import Parameters
from analysis.report import Report, load_report
from analysis.same_numbers import prove
from analysis.typesetting import Manuscript


def write_editions(
    notebooks: dict[Parameters, dict[str, NotebookNode]],
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    folder: Path,
    tell: Callable[[str], None],
) -> tuple[Report, list[str]]:
    """Write each of ``editions`` into a folder of its own below ``folder``.

    Returns one of the reports, and what the proof of their numbers compared; see ``prove``. Raises RenderingError, and
    NumbersDiffer where two editions or an edition and the data say different numbers.
    """
    written = {each.language: Written(load_report(**each.as_dict()), chapters) for each, chapters in notebooks.items()}
    with ThreadPoolExecutor(1) as aside:  # the typesetter has a process of its own, so that this one goes on
        papers = []
        for edition in editions:
            place, made = folder / edition, written[written_in(edition)]
            place.mkdir(parents=True)
            if "pdf" in formats:
                given = render.manuscript(made.book_of(edition))
                papers.append(aside.submit(_write_paper, given, place, f"{edition} PDF", tell))
            write_edition(edition, [each for each in editions if each != edition], made, formats, place)
            if "html" in formats:
                tell(f"{edition} HTML")
        proof = [proved({each: written[written_in(each)] for each in editions}, folder)] if "html" in formats else []
        for paper in papers:
            paper.result()
    return written[written_in(editions[0])].report, proof


def _write_paper(given: Manuscript, folder: Path, step: str, tell: Callable[[str], None]) -> None:
    (folder / "report.pdf").write_bytes(given.typeset(apart=True))
    tell(step)


def proved(editions: dict[str, Written], folder: Path) -> str:
    """What was compared between the finished pages, and between each page and the files beside it; see ``prove``."""
    pages = {each: page_of((folder / each / "index.html").read_text(encoding="utf-8")) for each in editions}
    reports = {each: written.report for each, written in editions.items()}
    known = {
        each: recorded(folder / each, report.region_code, report.reference_year) | compared(report)
        for each, report in reports.items()
    }
    names = {card["id"] for written in editions.values() for card in written.book.metadata.ipreport.cards}
    return str(prove(pages, names, known))
