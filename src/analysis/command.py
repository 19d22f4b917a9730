"""The command ``ipreport``. Heavy imports wait until a sub-command needs them."""

import os
from pathlib import Path

import click

from analysis import (
    accept_command,
    batch_command,
    build_command,
    edition_commands,
    proof_commands,
    read_command,
    site_command,
    teach_commands,
)
from analysis.codebook import EDITIONS, TRADITIONAL, written_in
from analysis.errors import AnalysisError, OutputBusy
from analysis.parameters import year_from

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""What is refused does not depend on what else is installed; and to look for it is a tenth of a refusal's time."""
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
    Make many reports:     ipreport batch --runs RUNS.csv
    See one number:        ipreport show invention_share --region REGION --year YEAR
    See what there is:     ipreport list regions | years | series | indicators | chapters
    Check all the data:    ipreport check
    Check what it says:    ipreport check REPORT, ipreport accept REPORT --reason WHY
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


@main.command("list")
@click.argument("what", type=click.Choice(["regions", "years", "series", "indicators", "chapters"]))
@click.option("--region", help="With `years`: those of one region only.")
def list_(what: str, region: str | None) -> None:
    """Say which regions, years, series, indicators or chapters there are, one a line."""
    from analysis import paths
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
        for name in paths.chapters():
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
    from analysis.quotations import unmarked
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
@click.argument("report", required=False, type=click.Path(path_type=Path))
@click.option("--region", help="Only what is found about one region: see `ipreport list regions`.")
@click.option("--language", type=click.Choice(EDITIONS), default="en", show_default=True)
def check(report: Path | None, region: str | None, language: str) -> None:
    """Read every table and definition, compute every indicator, and hold published numbers against each other.

    With REPORT, a folder that `ipreport build` made: hold what it says against what it was accepted to say, against
    itself and against the data instead; each difference is a line, and any of them ends with exit code 1.

    Says how much there is, then states where published numbers do not go together, with possible explanations:
    sums, shares, growth rates, stocks and flows, orders of magnitude, provinces and cities, several sources. A finding
    is no error of the tables. Exits with 1 and names file, line and what was expected if anything is malformed.
    """
    if report is not None:
        return accept_command.check_report(report)
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


main.add_command(accept_command.accept)
main.add_command(batch_command.batch)
main.add_command(build_command.build)
main.add_command(edition_commands.advance)
main.add_command(edition_commands.compare)
main.add_command(proof_commands.sbom)
main.add_command(proof_commands.sign)
main.add_command(proof_commands.verify)
main.add_command(read_command.read)
main.add_command(site_command.site)
main.add_command(teach_commands.teach)
