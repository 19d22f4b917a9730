"""The command that makes many reports."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis import paths
from analysis.codebook import EDITIONS

if TYPE_CHECKING:
    from analysis.batch import Result
    from analysis.contract import Request

COLUMNS = ("region", "year", "language", "formats", "result")


@click.command()
@click.option(
    "--runs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A table (.csv) with one row for each report: region, year and, if wanted, language and formats; or .yaml.",
)
@click.option("--regions", help="Codes separated by commas, or `all` that have figures.")
@click.option("--years", help="Years or ranges separated by commas, such as FIRST-LAST, or `all`.")
@click.option(
    "--language",
    type=click.Choice([*EDITIONS, "all"]),
    default="all",
    show_default=True,
    help="Language of the reports, with --regions.",
)
@click.option("--formats", default="html,pdf", show_default=True, help="What to make, with --regions.")
@click.option("--keep-going", is_flag=True, help="Go on with the others when a report fails.")
@click.option("--no-cache", is_flag=True, help="Make again what is not as it should be, and use nothing kept before.")
@click.option("--workers", type=click.IntRange(1, 256), help="How many at a time.  [default: one for each core]")
@click.option("--scheduler", default="", help="A Dask scheduler to use instead, such as tcp://127.0.0.1:8786.")
@click.option(
    "--output",
    default=str(paths.REPORTS),
    help="Folder of the reports, or an address that fsspec knows, such as s3://bucket/reports.  [default: reports/]",
)
@click.pass_context
def batch(context, runs, regions, years, language, formats, keep_going, no_cache, workers, scheduler, output) -> None:
    """Make many reports, each as `ipreport build` does: those of a table, or of regions and years that have figures.

    All of them are checked before the first is begun. A report that stands already, whole and made from the same data,
    code and libraries, is not made again: a batch that was killed goes on where it was. After a correction of the data,
    only the reports that read what was corrected are made again, and of their chapters only those that do. A report
    that fails keeps its previous version.

    Reports are made by workers on this machine, or by those of a Dask scheduler, which need no disk in common with
    anybody and must have the same code, lock file and libraries.

    \b
    Exit codes: 0 every report is there, 1 refused, or a report failed, 2 wrong usage, 75 another batch is putting
    reports into the same folder: run it again later.
    """
    from analysis.batch import FAILED, LEFT
    from analysis.destinations import destination

    typed = [name for name in ("language", "formats") if context.get_parameter_source(name).name == "COMMANDLINE"]
    if (runs is None) == (regions is None and years is None):
        raise click.UsageError("Give either --runs, or --regions and --years.")
    if runs and typed:
        raise click.UsageError(f"--{typed[0]} goes into the file of --runs.")
    if not runs and not (regions and years):
        raise click.UsageError("--regions and --years belong together; either may be `all`.")
    wanted = _runs(runs) if runs else _grid(regions, years, language, formats)
    many = workers or os.cpu_count() or 1
    results = _made(wanted, destination(output), many, scheduler, keep_going, not no_cache)
    _summary(results)
    if any(each.fate in (FAILED, LEFT) for each in results):
        raise click.exceptions.Exit(1)


def _runs(file: Path) -> "list[Request]":
    from analysis.run_files import runs_from

    return runs_from(file)


def _grid(regions: str, years: str, language: str, formats: str) -> "list[Request]":
    """The runs over regions and years; says which combinations have no figures."""
    from analysis.errors import listed
    from analysis.run_grid import runs_over

    grid = runs_over(regions, years, language, formats)
    for year, codes in grid.without.items():
        click.echo(f"No figures in {year} for {listed(codes)}.")
    return list(grid.runs)


def _made(wanted, destination, many: int, scheduler: str, keep_going: bool, cache: bool) -> "list[Result]":
    """Make them, with a bar that says how many are done, how much time is left, and how many failed."""
    from collections import Counter

    from tqdm import tqdm

    from analysis.batch import FAILED, batch
    from analysis.store import Store, default_folder

    store = Store(default_folder()) if cache else None
    fates: Counter[str] = Counter()
    with tqdm(total=len(wanted), unit="report", leave=False, dynamic_ncols=True) as bar:

        def tell(result: "Result") -> None:
            fates[result.fate] += 1
            bar.set_postfix_str(f"{fates[FAILED]} failed" if fates[FAILED] else "")
            bar.update()

        return batch(wanted, destination, many, scheduler, keep_going, tell, store)


def _summary(results: "list[Result]") -> None:
    """A table with a line for each report, and how many became what."""
    from collections import Counter

    rows = [
        (each.asked.region, str(each.asked.year), ",".join(each.asked.language), ",".join(each.asked.formats),
         f"{each.fate}: {each.said}" if each.said else each.fate)
        for each in results
    ]  # fmt: skip
    widths = [max(map(len, column)) for column in zip(COLUMNS, *rows, strict=True)]
    for row in (COLUMNS, *rows):
        click.echo("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    fates = Counter(each.fate for each in results)
    click.echo(", ".join(f"{many} {fate}" for fate, many in fates.items()) + ".")
