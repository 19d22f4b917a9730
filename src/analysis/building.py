"""One report from data to files: chapters run, pages made, and all moved into place at the end.

Few things are imported here: the process that chapters are forked from imports its own at the same time as this one
what runs chapters and writes pages, and a report that has not changed needs neither.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import paths, warm
from analysis.codebook import written_in
from analysis.contract import FORMATS, Request, request
from analysis.paths import chapters
from analysis.placing import put_in_place, staging
from analysis.reuse import Chapters, World
from analysis.sealing import Run, seal
from analysis.shelf import ENOUGH
from analysis.store import Store
from analysis.unchanged import Reports

if TYPE_CHECKING:
    from analysis.all_chapters import Executed
    from analysis.parameters import Parameters


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
    then: Callable[[Path], None] = lambda folder: None,
    store: Store | None = None,
    at_once: int = 0,
) -> list[Path]:
    """Make the report of one region and year in each of ``EDITIONS`` asked for; return the folders made.

    ``tell`` is called with a word for each step done (see ``steps``), ``conclude`` with what the proof of the numbers
    compared. Without ``network``, no chapter reaches it. The report goes into place as a whole, with the editions that
    stood there and were not asked for; ``then`` is called with its folder just before. What was kept in ``store`` and
    would come out the same is not made again. So many chapters run ``at_once``, by default one for each core. Raises
    AnalysisError, also where two editions or an edition and the data say different numbers; whatever goes wrong, the
    reports that stood in ``output`` before stay as they were.
    """
    asked = request({"region": region, "year": year, "language": editions, "formats": formats})
    place = output / f"{region}-{year}"
    world = World() if store else None
    kept = Reports(store, world) if store else None
    concluded = kept.placed(asked, place, then) if kept else None
    if concluded is None:
        run_all = partial(
            _all_executed, asked.parameters, tell, network, Chapters(store, world) if store else None, at_once
        )
        concluded = _made(asked, place, run_all, tell, then, kept)
    for sentence in concluded:
        conclude(sentence)
    return [place / each for each in editions]


def _made(
    asked: Request,
    place: Path,
    run_all: "Callable[[], tuple[Executed, list[str]]]",
    tell: Callable[[str], None],
    then: Callable[[Path], None],
    kept: Reports | None,
) -> list[str]:
    """Make a report from the chapters that ``run_all`` returns and put it into its place; returns what is concluded."""
    run = Run(asked)
    with staging(place.parent, ENOUGH) as aside:
        whole = aside / place.name
        notebooks, concluded = run_all()
        from analysis.all_editions import write_editions

        report, proof = write_editions(notebooks, asked.language, asked.formats, whole, tell)
        concluded += proof
        made = run.making(report)
        if kept:
            kept.keep(asked, whole, concluded, made)
        put_in_place(whole, place, keep=True, seal=seal(asked, made, place, then))
    return concluded


def steps(editions: tuple[str, ...], formats: tuple[str, ...]) -> int:
    """How many times ``build`` will call ``tell``."""
    return len({written_in(each) for each in editions}) * len(chapters()) + len(editions) * len(formats)


def _all_executed(
    wanted: "list[Parameters]", tell: Callable[[str], None], network: bool, kept: Chapters | None, at_once: int
) -> "tuple[Executed, list[str]]":
    """Every chapter with each of the parameters; see ``all_executed``."""
    jobs = [(path, parameters) for parameters in wanted for path in chapters().values()]
    runs = not kept or not kept.are_all_found(jobs, network)
    if runs:
        warm.begin(network)
    from analysis.all_chapters import all_executed

    return all_executed(jobs, tell, network, kept, at_once, runs)
