"""One report from data to files: chapters run, pages made, and all moved into place at the end."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

from nbformat import NotebookNode

from analysis import paths
from analysis.codebook import written_in
from analysis.contract import FORMATS, request
from analysis.edition_files import Written, write_edition
from analysis.execution import chapters, coldness, executed
from analysis.gate import Limits
from analysis.known_numbers import compared, recorded
from analysis.page_numbers import page_of
from analysis.parameters import Parameters
from analysis.placing import put_in_place, staging
from analysis.report import load_report
from analysis.same_numbers import prove
from analysis.sealing import Run
from analysis.shelf import ENOUGH
from analysis.warm import close_all


def build(
    region: str,
    year: int,
    editions: tuple[str, ...],
    formats: tuple[str, ...] = FORMATS,
    output: Path = paths.REPORTS,
    tell: Callable[[str], None] = lambda step: None,
    conclude: Callable[[str], None] = lambda sentence: None,
    *,
    network: bool = True,
    seal: Callable[[Path], None] = lambda folder: None,
) -> list[Path]:
    """Make the report of one region and year in each of ``EDITIONS`` asked for; return the folders made.

    ``tell`` is called with a word for each step done (see ``steps``), ``conclude`` with what the proof of the numbers
    compared. Without ``network``, no chapter reaches it. The report goes into place as a whole, with the editions that
    stood there and were not asked for; ``seal`` is called with its folder just before. Raises AnalysisError, also where
    two editions or an edition and the data say different numbers; whatever goes wrong, the reports that stood in
    ``output`` before stay as they were.
    """
    asked = request({"region": region, "year": year, "language": editions, "formats": formats})
    run = Run(asked)
    wanted = {each.language: each for each in asked.parameters}
    place = output / f"{region}-{year}"
    with staging(output, ENOUGH) as aside:
        if reason := coldness(network):
            conclude(f"Every chapter ran in a kernel started for it, which takes longer: {reason}")
        notebooks = _all_executed(list(wanted.values()), tell, network)
        written = {
            each: Written(load_report(**parameters.as_dict()), notebooks[parameters])
            for each, parameters in wanted.items()
        }
        whole = aside / place.name
        for edition in editions:
            others = [each for each in editions if each != edition]
            write_edition(edition, others, written[written_in(edition)], formats, whole / edition, tell)
        if "html" in formats:
            conclude(_proof({each: written[written_in(each)] for each in editions}, whole))
        put_in_place(whole, place, keep=True, seal=run.seal(written[written_in(editions[0])].report, place, seal))
    return [place / each for each in editions]


def steps(editions: tuple[str, ...], formats: tuple[str, ...]) -> int:
    """How many times ``build`` will call ``tell``."""
    return len({written_in(each) for each in editions}) * len(chapters()) + len(editions) * len(formats)


def _all_executed(
    wanted: list[Parameters], tell: Callable[[str], None], network: bool
) -> dict[Parameters, dict[str, NotebookNode]]:
    """Every chapter with each of the parameters, by file name and in order; as many at a time as there are cores."""
    jobs = [(path, parameters) for parameters in wanted for path in chapters().values()]
    made: dict[Parameters, dict[str, NotebookNode]] = {parameters: {} for parameters in wanted}
    with ThreadPoolExecutor(min(len(jobs), os.cpu_count() or 1)) as pool:
        limits = Limits()
        deadline = monotonic() + limits.report_seconds
        running = [pool.submit(executed, *job, limits, deadline, network) for job in jobs]
        try:
            for (path, parameters), future in zip(jobs, running, strict=True):
                made[parameters][path.name] = future.result()
                tell(f"{parameters.language} {path.stem}")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            close_all()  # so that nobody waits for a cell that hangs
            raise
    return made


def _proof(editions: dict[str, Written], aside: Path) -> str:
    """What was compared between the finished pages, and between each page and the files beside it; see ``prove``."""
    pages = {each: page_of((aside / each / "index.html").read_text(encoding="utf-8")) for each in editions}
    reports = {each: written.report for each, written in editions.items()}
    known = {
        each: recorded(aside / each, report.region_code, report.reference_year) | compared(report)
        for each, report in reports.items()
    }
    names = {card["id"] for written in editions.values() for card in written.book.metadata.ipreport.cards}
    return str(prove(pages, names, known))
