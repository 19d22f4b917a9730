"""The command ``ipreport``. Heavy imports wait until a sub-command needs them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis import edition_commands, paths, proof_commands, read_command, site_command, teach_commands
from analysis.codebook import EDITIONS, TRADITIONAL, written_in
from analysis.errors import AnalysisError, OutputBusy
from analysis.parameters import year_from
from analysis.quotations import unmarked

if TYPE_CHECKING:
    from analysis.contract import Request

BUSY = 75
"""What a shell script knows as "try again later" (EX_TEMPFAIL)."""
HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
REGION = click.option("--region", required=True, help="GB/T 2260 code of the place: see `ipreport list regions`.")
YEAR = click.option("--year", required=True, help="The year that the figures describe: see `ipreport list years`.")


class Guarded(click.Group):
    """A group that turns what a user got wrong into one message and an exit code."""

    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except AnalysisError as error:
            refused = click.ClickException(str(error))
            refused.exit_code = BUSY if isinstance(error, OutputBusy) else 1
            raise refused from error


@click.group(cls=Guarded, context_settings=HELP)
@click.version_option(package_name="ipreport")
def main() -> None:
    """Reports on the intellectual-property work of a city, in which every number leads to its source.

    Published figures stand in data/, as they were printed. From them this command computes indicators with the
    interval that rounding leaves open, runs the chapters in notebooks/, and renders them.

    \b
    Make the report:       ipreport build --region REGION --year YEAR
    See one number:        ipreport show invention_share --region REGION --year YEAR
    See what there is:     ipreport list regions | years | series | indicators | chapters
    Check all the data:    ipreport check
    Go on to a new year:   ipreport advance --region REGION --from YEAR --to YEAR
    Read a bulletin:       ipreport read BULLETIN.txt --region REGION --year YEAR --report
    Compare two reports:   ipreport compare REPORT_A REPORT_B
    A site of all reports: ipreport site
    Prove that it is so:   ipreport verify REPORT
    Teach with it:         ipreport teach build --region REGION --year YEAR

    \b
    Exit codes: 0 done, 1 refused or failed with one message, 2 wrong usage, 75 somebody else is putting reports into
    the same folder: run it again later.
    """


@main.command()
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
@click.pass_context
def build(context, region, year, language, formats, parameters, output, no_network) -> None:
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
    from analysis.run_files import runs_from

    given = {"region": region, "year": year, "language": language, "formats": formats}
    typed = [name for name in given if context.get_parameter_source(name).name == "COMMANDLINE"]
    if parameters and typed:
        raise click.UsageError(f"--{typed[0]} goes into the file of --parameters, or leave --parameters out.")
    if not parameters and not (region is not None and year is not None):
        raise click.UsageError("Missing option '--region' or '--year' (or give a file with --parameters).")
    for asked in runs_from(parameters) if parameters else [request(given, text=True)]:
        _build(asked, output, not no_network)


def _build(asked: "Request", output: Path, network: bool) -> None:
    """Make what one request asks for, with a bar, and say where it is."""
    from tqdm import tqdm

    from analysis import building

    proved: list[str] = []
    with tqdm(total=building.steps(asked.language, asked.formats), unit="step", leave=False, dynamic_ncols=True) as bar:

        def tell(step: str) -> None:
            bar.set_description(f"{step:<24}")
            bar.update()

        given = (asked.region, asked.year, asked.language, asked.formats, output, tell, proved.append)
        folders = building.build(*given, network=network)
    click.echo("The report is ready:")
    for folder in folders:
        for path in sorted(folder.glob("*.*")):
            click.echo(f"  {_near(path)}")
    for sentence in proved:
        click.echo(sentence)


@main.command("list")
@click.argument("what", type=click.Choice(["regions", "years", "series", "indicators", "chapters"]))
@click.option("--region", help="With `years`: those of one region only.")
def list_(what: str, region: str | None) -> None:
    """Say which regions, years, series, indicators or chapters there are, one a line."""
    from analysis import execution
    from analysis.codebook import codebook, region_named, regions
    from analysis.figures import load_figures
    from analysis.indicators import indicators

    if what == "regions":
        for code in load_figures().regions():
            years = load_figures().years(code)
            click.echo(f"{code}  {regions()[code].name_en}  {regions()[code].name_zh}  {years[0]}-{years[-1]}")
    elif what == "years":
        code = region_named(region).region if region else None
        for year in load_figures().years(code):
            click.echo(year)
    elif what == "series":
        for series in codebook().values():
            click.echo(f"{series.series}  {series.name_en}  {series.name_zh}")
    elif what == "indicators":
        for indicator in indicators().values():
            click.echo(f"{indicator.id}  {indicator.text('name', 'en')}  {indicator.text('name', 'zh')}")
    else:
        for name in execution.chapters():
            click.echo(name)


@main.command()
@click.argument("name")
@REGION
@YEAR
@click.option("--language", type=click.Choice(EDITIONS), default="en", show_default=True)
def show(name: str, region: str, year: str, language: str) -> None:
    """Show the card of one number: NAME is an indicator or a series.

    The formula, the values put in, the interval that rounding leaves open, and the phrase of each source.
    """
    from analysis import cards
    from analysis.report import load_report
    from analysis.tables import plain_text
    from analysis.traditional_book import traditional_card

    report = load_report(region, year_from(year), written_in(language))
    card = cards.card_named(report, name)
    if language == TRADITIONAL:
        card = traditional_card(card)
    click.echo(card["title"])
    for label, text in card["rows"]:
        click.echo(f"  {label}: {plain_text(text).strip('`')}")
    for source in card["sources"]:
        click.echo(f"  {source['label']}: {source['printed']}")
        told = f"    “{source['phrase']}” — {source['publisher']}, {source['date']} {source['url']}"
        click.echo(unmarked(told).rstrip())


@main.command()
@click.option("--region", help="Only what is found about one region: see `ipreport list regions`.")
@click.option("--language", type=click.Choice(EDITIONS), default="en", show_default=True)
def check(region: str | None, language: str) -> None:
    """Read every table and definition, compute every indicator, and hold published numbers against each other.

    Says how much there is, then states where published numbers do not go together, with possible explanations:
    sums, shares, growth rates, stocks and flows, orders of magnitude, provinces and cities, several sources. A finding
    is no error of the tables. Exits with 1 and names file, line and what was expected if anything is malformed.
    """
    from analysis.codebook import codebook
    from analysis.consistency import findings, findings_for
    from analysis.figures import load_figures
    from analysis.indicators import evaluate, indicators
    from analysis.sources import sources
    from analysis.statements import claims, policies
    from analysis.traditional import traditional

    say = traditional if language == TRADITIONAL else str
    figures = load_figures()
    places = [(code, year) for code in figures.regions() for year in figures.years(code)]
    results = [evaluate(each, figures, *place) for place in places for each in indicators().values()]
    computed = sum(result.value is not None for result in results)
    found = findings_for(figures, region) if region else findings(figures)
    click.echo(f"{len(list(figures))} figures of {len(codebook())} series from {len(sources())} sources")
    click.echo(f"{len(claims())} claims, {len(policies())} policies")
    click.echo(f"{len(indicators())} indicators: {computed} values in {len(places)} regions and years")
    click.echo("All tables and definitions are well formed.")
    click.echo(f"\n{len(found)} findings on published numbers:")
    for each in found:
        click.echo(f"\n[{each.rule}, {each.kind}] {say(each.statement(written_in(language)))}")
        for explanation in each.explanations(written_in(language)):
            click.echo(f"    - {say(explanation)}")


def _near(path: Path) -> Path:
    """A path as seen from where the user stands, if it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


main.add_command(edition_commands.advance)
main.add_command(edition_commands.compare)
main.add_command(proof_commands.sbom)
main.add_command(proof_commands.sign)
main.add_command(proof_commands.verify)
main.add_command(read_command.read)
main.add_command(site_command.site)
main.add_command(teach_commands.teach)
