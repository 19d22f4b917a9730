"""One report from data to files: chapters run, pages made, and all moved into place at the end."""

import csv
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from math import ceil, floor
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis import paths, render, wording
from analysis.cards import cards
from analysis.errors import UnknownName, did_you_mean, listed
from analysis.execution import chapters, executed
from analysis.figures import load_figures
from analysis.parameters import Parameters
from analysis.placing import put_in_place, staging
from analysis.report import Report, load_report
from analysis.report_records import write_figures

FORMATS = ("html", "pdf")
COLUMNS = ("indicator", "name", "value", "lower", "upper", "qualifier", "unit", "printed", "inputs", "missing")
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
    write_indicators(report, folder / "indicators.csv")
    write_figures(report, folder / "figures.csv")
    book = render.book(
        list(notebooks.values()),
        title=report.words("report_title"),
        subtitle=report.words("report_subtitle"),
        language=report.language,
        cards=cards(report),
        labels={label: report.words(f"labels_{label}") for label in LABELS},
        files=True,
        edition=f"--region {report.region_code} --year {report.reference_year}",
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


def write_indicators(report: Report, path: Path) -> None:
    """Write every indicator of a report as CSV (``COLUMNS``): value and interval as decimals, ends outward."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for name, result in report.results.items():
            indicator, value = result.indicator, result.value
            ends = ("", "", "", "") if value is None else (
                _decimal(value.printed, None), _decimal(value.lower, floor), _decimal(value.upper, ceil),
                wording.qualifier_of(value),
            )  # fmt: skip
            inputs = "; ".join(
                f"{series}={figure.value}e{figure.multiplier}" for series, figure in result.figures.items()
            )
            printed = report.value(result) if value is not None else ""
            unit = indicator.text("unit", report.language)
            text = indicator.text("name", report.language)
            writer.writerow([name, text, *ends, unit, printed, inputs, "; ".join(result.missing) or result.problem])


def _decimal(number: Fraction | None, rounding) -> str:
    """A number with six decimals, as a spreadsheet reads it."""
    if number is None:
        return ""
    scaled = number * 10**6
    whole = floor(scaled + Fraction(1, 2)) if rounding is None else rounding(scaled)
    integer, fraction = divmod(whole, 10**6)
    return f"{integer}.{fraction:06d}".rstrip("0").rstrip(".")
