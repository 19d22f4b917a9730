"""The commands for a new edition: what a new year has and lacks, and what differs between two reports."""

from pathlib import Path

import click

from analysis.codebook import LANGUAGES
from analysis.parameters import year_from


@click.command()
@click.option("--region", required=True, help="GB/T 2260 code of the place: see `ipreport list regions`.")
@click.option("--from", "old_year", required=True, help="The reference year that a report exists for.")
@click.option("--to", "new_year", required=True, help="The reference year to go on to; it may have no figures yet.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write Markdown into this file instead."
)
def advance(region: str, old_year: str, new_year: str, language: str, output: Path | None) -> None:
    """Say what one reference year has, lacks, renames or redefines against another.

    Then which indicators can be computed no longer or for the first time, which claims to test, and a list of what to
    look for: every series of the old year that the new one lacks, with the words that bulletins use for it and the
    indicators that wait for it. Nothing is filled in.
    """
    from analysis.advance import advance as step
    from analysis.advance_wording import advance_outline
    from analysis.errors import OutputError
    from analysis.figures import load_figures

    outline = advance_outline(step(load_figures(), region, year_from(old_year), year_from(new_year)), language)
    if output is None:
        click.echo(outline.as_text(), nl=False)
        return
    try:
        output.write_text(outline.as_markdown(), encoding="utf-8", newline="")
    except OSError as error:
        raise OutputError(f"cannot write {output}: {error.strerror}; choose another file with --output") from error
    click.echo(f"Written: {output}")


@click.command()
@click.argument("report_a", type=click.Path(path_type=Path))
@click.argument("report_b", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the comparison.  [default: reports/REGION-YEAR-to-YEAR]",
)
def compare(report_a: Path, report_b: Path, output: Path | None) -> None:
    """Compare two reports on one region: two years, or two vintages of one year.

    REPORT_A is the earlier, REPORT_B the later; each is a folder that `ipreport build` made, in one language or with
    one folder for each. Every changed number is a redefinition, a correction, a revision, a new observation, or rounded
    otherwise, with the reason in words; then come the sentences and the charts that say something else.

    Writes OUTPUT/LANGUAGE/ with index.html (one file, opens offline), revisions.md (a note for readers), numbers.csv,
    sentences.csv and charts.csv. Everything is made aside and moved into place at the end.
    """
    from analysis.editions_compared import all_compared
    from analysis.revisions_files import write_comparisons
    from analysis.revisions_wording import summary

    found = all_compared(report_a, report_b)
    folders = write_comparisons(found, output)
    for line in summary(next(iter(found.values()))):
        click.echo(line)
    for folder in folders:
        for path in sorted(folder.iterdir()):
            click.echo(f"  {path}")
