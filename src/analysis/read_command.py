"""The sub-command ``ipreport read``: candidate figures out of the text of a bulletin."""

import re
from pathlib import Path

import click

from analysis.decoding import ENCODINGS
from analysis.errors import BadParameter, OutputError
from analysis.sources import RELIABILITIES

CODE = re.compile(r"[0-9]{6}")


@click.command()
@click.argument("bulletin", type=click.Path(path_type=Path))
@click.option("--region", required=True, help="GB/T 2260 code of the place that the bulletin is of.")
@click.option("--year", required=True, help="The year that the bulletin describes.")
@click.option("--source", help="Id of the bulletin in data/sources.csv; needed to accept.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the candidates as CSV here.")
@click.option("--report", is_flag=True, help="Print the text with what each number is, and what to look at.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Encoding of the file, where it cannot be told.")
@click.option("--accept", is_flag=True, help="Write the figures into data/figures.")
@click.option(
    "--publisher", default="", help="With --accept, for a source not in data/sources.csv yet: who published it."
)
@click.option("--title", default="", help="Its title.")
@click.option("--url", default="", help="Its address.")
@click.option("--published-on", default="", help="Its date, as YYYY-MM-DD.")
@click.option("--reliability", type=click.Choice(RELIABILITIES), default="press", show_default=True)
@click.option("--reason", help="Why values that stand in data/figures already are replaced.")
@click.option(
    "--least",
    type=click.Choice(["certain", "likely", "look"]),
    default="likely",
    show_default=True,
    help="The lowest grade to accept.",
)
def read(
    bulletin: Path,
    region: str,
    year: str,
    source: str | None,
    output: Path | None,
    report: bool,
    encoding: str | None,
    accept: bool,
    reason: str | None,
    least: str,
    **publication: str,
) -> None:
    """Find the figures in BULLETIN, a text file as it comes: any Chinese encoding, simplified or traditional.

    Every number of the text gets a fate; those that are figures of the region get a grade: certain, likely or look.
    Nothing is written into data/ without --accept.

    \b
    Exit codes: 0 read, 1 refused with one message, 2 wrong usage.
    """
    from analysis import acceptance, sources
    from analysis.decoding import text_of
    from analysis.parameters import year_from
    from analysis.reading import reading

    if not CODE.fullmatch(region):
        raise BadParameter(f"found region {region!r}, expected a GB/T 2260 code of six digits: `ipreport list regions`")
    decoded = text_of(bulletin, encoding)
    found = reading(decoded.text, region, year_from(year))
    _tell(found, source or "", output, report)
    for remark in [f"encoding: {decoded.encoding}" + (f" ({decoded.note})" if decoded.note else ""), *found.remarks]:
        click.echo(remark, err=True)
    if accept:
        if publication["publisher"] or publication["title"]:
            acceptance.register(sources.Source(source=source or "", note="", **publication))
        done = acceptance.accept(list(found.candidates), source, reason, least)
        click.echo(f"{done.added} added, {done.replaced} replaced, {done.same} stood there already", err=True)


def _tell(found, source: str, output: Path | None, report: bool) -> None:
    from analysis import read_report

    table = read_report.table(found.candidates, source)
    if output:
        _write(output, table)
    if report:
        click.echo(read_report.marked_text(found))
        click.echo("\n".join(["", *read_report.to_look_at(found), ""]))
    elif not output:
        click.echo(table, nl=False)
    click.echo("\n".join(read_report.summary(found)) if found.findings else "nothing found: no number in it", err=True)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error
