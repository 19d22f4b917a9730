"""One report from data to files: chapters run, pages made, and all moved into place at the end."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis import paths, render
from analysis.cards import cards
from analysis.dataset import dataset
from analysis.downloads import listed_downloads, write_downloads
from analysis.errors import UnknownName, did_you_mean, listed
from analysis.execution import chapters, executed
from analysis.figures import load_figures
from analysis.parameters import Parameters
from analysis.placing import put_in_place, staging
from analysis.report import Report, load_report

FORMATS = ("html", "pdf")
LABELS = (
    "contents", "cards", "cards_intro", "sources", "table", "chart", "chapter", "skip", "data", "note", "page",
    "phrase", "publisher", "date", "address", "reliability", "back", "recompute", "publications", "publications_intro",
    "elsewhere", "close", "previous", "place", "downloads", "languages", "top", "permalink",
)  # fmt: skip


def build(
    region: str,
    year: int,
    languages: tuple[str, ...],
    formats: tuple[str, ...] = FORMATS,
    output: Path = paths.REPORTS,
    tell: Callable[[str], None] = lambda step: None,
) -> list[Path]:
    """Make the report of one region and year in each language; return the folders made.

    ``tell`` is called with a word for each step done (see ``steps``). Raises AnalysisError; whatever goes wrong, the
    reports that stood in ``output`` before stay as they were.
    """
    for name in formats:
        if name not in FORMATS:
            raise UnknownName(f"no format {name!r}; there are {listed(FORMATS)}.{did_you_mean(name, FORMATS)}")
    wanted = [Parameters(region, year, language).require(load_figures()) for language in languages]
    place = output / f"{region}-{year}"
    with staging(output) as aside:
        notebooks = _all_executed(wanted, tell)
        for parameters in wanted:
            folder = aside / parameters.language
            _make(load_report(**parameters.as_dict()), notebooks[parameters], formats, folder, tell)
        return [put_in_place(aside / each.language, place / each.language) for each in wanted]


def steps(languages: tuple[str, ...], formats: tuple[str, ...]) -> int:
    """How many times ``build`` will call ``tell``."""
    return len(languages) * (len(chapters()) + len(formats))


def _all_executed(wanted: list[Parameters], tell: Callable[[str], None]) -> dict[Parameters, dict[str, NotebookNode]]:
    """Every chapter with each of the parameters, by file name and in order; as many at a time as there are cores."""
    jobs = [(path, parameters) for parameters in wanted for path in chapters().values()]
    made: dict[Parameters, dict[str, NotebookNode]] = {parameters: {} for parameters in wanted}
    with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1), mp_context=_workers()) as pool:
        running = [pool.submit(executed, *job) for job in jobs]
        try:
            for (path, parameters), future in zip(jobs, running, strict=True):
                made[parameters][path.name] = future.result()
                tell(f"{parameters.language} {path.stem}")
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return made


def _workers() -> BaseContext:
    """Processes that start clean: one forked from here would inherit the threads of Typst, and hang."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["analysis.execution"])
    return context


def _make(
    report: Report, notebooks: dict[str, NotebookNode], formats: tuple[str, ...], folder: Path, tell: Callable
) -> None:
    """Write everything of one report into an empty folder."""
    (folder / "chapters").mkdir(parents=True)
    for name, notebook in notebooks.items():
        nbformat.write(notebook, folder / "chapters" / name)
    made = write_downloads(report, folder)
    book = render.book(
        list(notebooks.values()),
        title=report.words("report_title"),
        subtitle=report.words("report_subtitle"),
        language=report.language,
        cards=cards(report),
        labels={label: report.words(f"labels_{label}") for label in LABELS},
        files=True,
        edition=f"--region {report.region_code} --year {report.reference_year}",
        dataset=dataset(report, made),
        downloads=listed_downloads(report, made),
    )
    if "html" in formats:
        (folder / "charts").mkdir()
        for name, text in render.chart_files(book).items():
            (folder / "charts" / name).write_text(text, encoding="utf-8")
        (folder / "index.html").write_text(render.html(book), encoding="utf-8")
        tell(f"{report.language} HTML")
    if "pdf" in formats:
        (folder / "report.pdf").write_bytes(render.pdf(book))
        tell(f"{report.language} PDF")
