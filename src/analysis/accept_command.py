"""The sub-commands on what a made report says: ``ipreport check REPORT`` and ``ipreport accept REPORT``."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from analysis import paths

MOST_TOLD = 60
IN_FOLDER = re.compile(r"(\d{6})-(\d{4})/([a-z]{2})$")


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--reason", required=True, help="What changed and why it may; for whoever reads the ledger later.")
@click.option("--chapter", "chapters", multiple=True, help="Accept only this chapter; may be given again.")
@click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    default=paths.REPORTS,
    help="Folder above accepted/.  [default: reports/]",
)
def accept(report: Path, reason: str, chapters: tuple[str, ...], ledger: Path) -> None:
    """Accept what REPORT says from now on, with the reason; `ipreport check REPORT` then holds it to that.

    REPORT is a folder that `ipreport build` made, in one language or with one folder for each. Every change is a row
    of reports/accepted/ledger.csv. A report that does not agree with itself or with the data is not accepted.
    """
    from analysis.accepted import NotToAccept
    from analysis.accepted import accept as accept_one

    made = list(_said(report))
    if found := [problem for _, _, problems, _ in made for problem in problems]:
        told = "\n".join(f"  {each}" for each in found[:5])
        raise NotToAccept(
            f"{report} does not agree with itself or the data, {len(found)} times, which no reason mends:\n{told}"
        )
    for name, said, _, as_of in made:
        done = accept_one(name, said, reason, as_of, ledger, chapters or None)
        click.echo(f"{name}: entry {done.entry} with {len(done.changes)} changes")
        click.echo(f"  {done.file}")


def check_report(report: Path, reports: Path = paths.REPORTS) -> None:
    """Say where a report says otherwise than it was accepted to, or does not agree; exit with 1 if it does."""
    from analysis.accepted import accepted, changes, shown

    wrong = 0
    for name, said, problems, _ in _said(report):
        was = accepted(name, reports)
        found = [*(changes(was, {each: shown(facts) for each, facts in said.items()}) if was else ()), *problems]
        for each in found[:MOST_TOLD]:
            click.echo(str(each))
        if len(found) > MOST_TOLD:
            click.echo(f"and {len(found) - MOST_TOLD} more")
        facts = sum(map(len, said.values()))
        told = f"{len(found)} differences" if found else "all as accepted" if was else "agrees with itself and the data"
        unseen = "" if was else f"; nothing was accepted yet: `ipreport accept {report} --reason ...`"
        click.echo(f"{name}: {facts:,} facts in {len(said)} chapters: {told}{unseen}")
        wrong += len(found)
    if wrong:
        click.get_current_context().exit(1)


def _said(report: Path) -> Iterator[tuple]:
    """For each language: name of the report, its facts by chapter, what does not agree, its newest publication."""
    from analysis import gate
    from analysis.coherence import problems
    from analysis.facts import facts
    from analysis.made_reports import made_reports
    from analysis.parameters import Parameters

    for made in made_reports(report).values():
        named = IN_FOLDER.search(made.folder.resolve().as_posix())
        asked = Parameters(named[1], int(named[2]), named[3]) if named else None
        found = {path.stem: gate.read(path) for path in sorted((made.folder / "chapters").glob("*.ipynb"))}
        wrong = [each for name, notebook in found.items() for each in problems(name, notebook, asked)]
        dates = [row.published_on for rows in made.figures.values() for row in rows]
        said = {name: facts(notebook) for name, notebook in found.items()}
        yield f"{made.region}-{made.year}/{made.language}", said, wrong, max(dates, default="")
