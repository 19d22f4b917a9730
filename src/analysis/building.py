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
from analysis.reuse import Chapters, World
from analysis.same_numbers import prove
from analysis.sealing import Run
from analysis.shelf import ENOUGH
from analysis.store import Store
from analysis.unchanged import Reports
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
    store: Store | None = None,
    at_once: int = 0,
) -> list[Path]:
    """Make the report of one region and year in each of ``EDITIONS`` asked for; return the folders made.

    ``tell`` is called with a word for each step done (see ``steps``), ``conclude`` with what the proof of the numbers
    compared. Without ``network``, no chapter reaches it. The report goes into place as a whole, with the editions that
    stood there and were not asked for; ``seal`` is called with its folder just before. What was kept in ``store`` and
    would come out the same is not made again. So many chapters run ``at_once``, by default one for each core. Raises
    AnalysisError, also where two editions or an edition and the data say different numbers; whatever goes wrong, the
    reports that stood in ``output`` before stay as they were.
    """
    world = World() if store else None
    asked = request({"region": region, "year": year, "language": editions, "formats": formats})
    place = output / f"{region}-{year}"
    sealed = Run(asked).sealed(place, seal)
    if store and (concluded := Reports(store, world).placed(place, editions, formats, sealed)) is not None:
        for sentence in concluded:
            conclude(sentence)
        return [place / each for each in editions]
    with staging(output, ENOUGH) as aside:
        whole = aside / place.name
        kept = Chapters(store, world) if store else None
        for sentence in (concluded := _made(asked.parameters, editions, formats, whole, tell, network, kept, at_once)):
            conclude(sentence)
        if store:
            Reports(store, world).keep(whole, editions, formats, concluded)
        put_in_place(whole, place, keep=True, seal=sealed)
    return [place / each for each in editions]


def _made(
    wanted: list[Parameters],
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    whole: Path,
    tell: Callable[[str], None],
    network: bool,
    kept: Chapters | None,
    at_once: int,
) -> list[str]:
    """Everything of a report, written into the folder ``whole``; returns what is concluded."""
    notebooks, concluded = _all_executed(wanted, tell, network, kept, at_once)
    written = {each.language: Written(load_report(**each.as_dict()), notebooks[each]) for each in wanted}
    for edition in editions:
        others = [each for each in editions if each != edition]
        write_edition(edition, others, written[written_in(edition)], formats, whole / edition, tell)
    if "html" in formats:
        concluded.append(_proof({each: written[written_in(each)] for each in editions}, whole))
    return concluded


def steps(editions: tuple[str, ...], formats: tuple[str, ...]) -> int:
    """How many times ``build`` will call ``tell``."""
    return len({written_in(each) for each in editions}) * len(chapters()) + len(editions) * len(formats)


def _all_executed(
    wanted: list[Parameters], tell: Callable[[str], None], network: bool, kept: Chapters | None, at_once: int = 0
) -> tuple[dict[Parameters, dict[str, NotebookNode]], list[str]]:
    """Every chapter with each of the parameters, by file name and in order; ``at_once``, or as many as there are cores.

    Also a sentence on how they ran, where that was not the usual way.
    """
    jobs = [(path, parameters) for parameters in wanted for path in chapters().values()]
    made: dict[Parameters, dict[str, NotebookNode]] = {parameters: {} for parameters in wanted}
    cold = "" if kept and all(kept.found(kept.world.chapter(*job, network)) for job in jobs) else coldness(network)
    with ThreadPoolExecutor(min(len(jobs), at_once or os.cpu_count() or 1)) as pool:
        limits = Limits()
        deadline = monotonic() + limits.report_seconds
        running = [pool.submit(executed, *job, limits, deadline, network, kept=kept) for job in jobs]
        try:
            for (path, parameters), future in zip(jobs, running, strict=True):
                made[parameters][path.name] = future.result()
                tell(f"{parameters.language} {path.stem}")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            close_all()  # so that nobody waits for a cell that hangs
            raise
    return made, [f"Every chapter ran in a kernel started for it, which takes longer: {cold}"] if cold else []


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
