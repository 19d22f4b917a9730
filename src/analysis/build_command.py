"""The command that makes reports."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis import paths
from analysis.codebook import EDITIONS

if TYPE_CHECKING:
    from analysis.contract import Request
    from analysis.store import Store


@click.command()
@click.option("--region", help="GB/T 2260 code of the place: see `ipreport list regions`.")
@click.option("--year", help="The year that the figures describe: see `ipreport list years`.")
@click.option(
    "--language",
    type=click.Choice([*EDITIONS, "all"]),
    default="all",
    show_default=True,
    help="Language of the report; zh-Hant is made from zh.",
)
@click.option("--formats", default="html,pdf", show_default=True, help="What to make, separated by commas.")
@click.option(
    "--parameters",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A .yaml or .csv file with region, year and, if wanted, language and formats of one or more reports.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=paths.REPORTS,
    help="Folder of the reports.  [default: reports/]",
)
@click.option("--no-network", is_flag=True, help="Run the chapters without any network; refused where that cannot be.")
@click.option("--no-cache", is_flag=True, help="Make everything again, and keep nothing for the next time.")
@click.pass_context
def build(context, region, year, language, formats, parameters, output, no_network, no_cache) -> None:
    """Make the report of one region and year, or those that a file asks for.

    Writes OUTPUT/REGION-YEAR/LANGUAGE/ with index.html (one file, opens offline), report.pdf, indicators.csv and the
    executed chapters (zh-Hant, in traditional characters, has none of its own). The numbers of all languages are read
    back from the finished pages and compared. Everything is made aside and moved into place at the end, at one
    stroke: if anything fails, or one number differs, the previous report stays as it was. Languages not asked for
    stay too.

    \b
    Exit codes: 0 made, 1 refused or failed with one message, 2 wrong usage, 75 somebody else is putting reports into
    the same folder: run it again later.
    """
    from analysis.contract import request

    given = {"region": region, "year": year, "language": language, "formats": formats}
    typed = [name for name in given if context.get_parameter_source(name).name == "COMMANDLINE"]
    if parameters and typed:
        raise click.UsageError(f"--{typed[0]} goes into the file of --parameters, or leave --parameters out.")
    if not parameters and not (region is not None and year is not None):
        raise click.UsageError("Missing option '--region' or '--year' (or give a file with --parameters).")
    if parameters:
        from analysis.run_files import runs_from

        wanted = runs_from(parameters)
    else:
        wanted = [request(given, text=True)]
    for asked in wanted:
        _build(asked, output, not no_network, not no_cache)


def _build(asked: "Request", output: Path, network: bool, cache: bool) -> None:
    """Make what one request asks for, with a bar, and say where it is."""
    from analysis.reuse import World
    from analysis.store import Store, default_folder
    from analysis.unchanged import Reports

    place = output / f"{asked.region}-{asked.year}"
    store, proved = None, None
    if cache:
        store = Store(default_folder())
        proved = Reports(store, World()).placed(asked, place)
    if proved is None:
        proved = _built(asked, output, network, store)
    click.echo("The report is ready:")
    for folder in (place / each for each in asked.language):
        for path in sorted(folder.glob("*.*")):
            click.echo(f"  {_near(path)}")
    for sentence in proved:
        click.echo(sentence)


def _built(asked: "Request", output: Path, network: bool, store: "Store | None") -> list[str]:
    """Make a report, with a bar; returns what was concluded."""
    from tqdm import tqdm

    from analysis import building

    proved: list[str] = []
    with tqdm(total=building.steps(asked.language, asked.formats), unit="step", leave=False, dynamic_ncols=True) as bar:

        def tell(step: str) -> None:
            bar.set_description(f"{step:<24}")
            bar.update()

        given = (asked.region, asked.year, asked.language, asked.formats, output, tell, proved.append)
        building.build(*given, network=network, store=store)
    return proved


def _near(path: Path) -> Path:
    """A path as seen from where the user stands, if it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
