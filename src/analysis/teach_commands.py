"""The commands for a class: ``ipreport teach build`` and ``ipreport teach grade``."""

from pathlib import Path

import click

from analysis import paths


@click.group()
def teach() -> None:
    """Lessons made from the report's own figures, and the grading of what learners hand in.

    \b
    A class:    ipreport teach build --region REGION --year YEAR
    Grading:    ipreport teach grade SUBMISSIONS --key classes/REGION-YEAR/instructor/key.json
    """


@teach.command()
@click.option("--region", required=True, help="GB/T 2260 code of the place: see `ipreport list regions`.")
@click.option("--year", required=True, help="The year that the figures describe: see `ipreport list years`.")
@click.option("--seed", type=click.IntRange(0), default=0, help="Other figures and another order, by a number.")
@click.option("--lesson", "wanted", multiple=True, help="One lesson, by its number or name; all by default.")
@click.option(
    "--students",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV file with a column `student`: each gets the same exercises with other numbers.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=paths.ROOT / "classes",
    help="Folder of the classes.  [default: classes/]",
)
def build(region: str, year: str, seed: int, wanted: tuple[str, ...], students: Path | None, output: Path) -> None:
    """Make a class ready: notebooks, handouts, slides and checks for learners, the key for whoever teaches.

    Writes OUTPUT/REGION-YEAR/students/ (give this away) and OUTPUT/REGION-YEAR/instructor/ (keep this), in English and
    Chinese. The key is computed by the report's own code. If anything of it stood in what learners get, nothing is
    written. With --students, each learner has a folder of their own in students/, and the handouts are left out.

    \b
    Exit codes: 0 made, 1 refused with one message, 2 wrong usage.
    """
    from tqdm import tqdm

    from analysis.parameters import region_from, year_from
    from analysis.roster import roster
    from analysis.teaching_files import build_class

    listed = roster(students) if students else {}
    with tqdm(unit="step", leave=False, dynamic_ncols=True) as bar:
        place, refused = build_class(
            region_from(region), year_from(year), output, seed=seed, wanted=wanted, students=listed,
            tell=lambda step: bar.update(),
        )  # fmt: skip
    click.echo(f"The class is ready: {place}")
    click.echo(f"  for learners:          {place / 'students'}")
    click.echo(f"  for whoever teaches:   {place / 'instructor'} (with the key)")
    for said in refused:
        click.echo(f"Left out: {said}", err=True)
