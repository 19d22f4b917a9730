"""The commands for a class: ``ipreport teach build`` and ``ipreport teach grade``."""

from pathlib import Path

import click

from analysis import paths


@click.group()
def teach() -> None:
    """Lessons made from the report's own figures, and the grading of what learners hand in.

    \b
    A class:    ipreport teach build --region REGION --year YEAR
    Faults:     ipreport teach faults --region REGION --year YEAR
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
    "--export",
    type=click.Choice(["nbgrader"]),
    help="Also the source of a course of nbgrader, in instructor/nbgrader/ (it holds the key).",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=paths.ROOT / "classes",
    help="Folder of the classes.  [default: classes/]",
)
def build(region, year, seed, wanted, students, export, output) -> None:
    """Make a class ready: notebooks, handouts, slides and checks for learners, the key for whoever teaches.

    Writes OUTPUT/REGION-YEAR/students/ (give this away) and OUTPUT/REGION-YEAR/instructor/ (keep this), in English and
    Chinese. The key is computed by the report's own code. If anything of it stood in what learners get, nothing is
    written. With --students, each learner has an archive of their own in students/ instead of the common notebook.

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
            export=export or "", tell=lambda step: bar.update(),
        )  # fmt: skip
    click.echo(f"The class is ready: {place}")
    click.echo(f"  for learners:          {place / 'students'}")
    click.echo(f"  for whoever teaches:   {place / 'instructor'} (with the key)")
    for said in refused:
        click.echo(f"Left out: {said}", err=True)


@teach.command()
@click.option("--region", required=True, help="GB/T 2260 code of the place: see `ipreport list regions`.")
@click.option("--year", required=True, help="The year that the figures describe: see `ipreport list years`.")
@click.option("--seed", type=click.IntRange(0), default=0, help="Other faults in other places, by a number.")
@click.option(
    "--count", type=click.IntRange(1, 6), default=3, show_default=True, help="How many faults, each of a kind."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=paths.ROOT / "classes",
    help="Folder of the classes.  [default: classes/]",
)
def faults(region: str, year: str, seed: int, count: int, output: Path) -> None:
    """Make a page of the report with known faults planted into it, for learners to find, and its key.

    Writes OUTPUT/REGION-YEAR-faults-SEED/students/ (give this away) and .../instructor/ (keep this), in English and
    Chinese. The kinds: a slip of 万 and 亿, a wrong denominator, rounding in steps, a missing number as zero, a cut
    axis, a switched definition. The key says where each is, what is right, by how much it is off, and which automatic
    check of the project notices it, which is found by running the checks.

    \b
    Exit codes: 0 made, 1 refused with one message, 2 wrong usage.
    """
    from analysis.fault_files import write_faults
    from analysis.parameters import region_from, year_from

    place = write_faults(region_from(region), year_from(year), output, seed=seed, count=count)
    click.echo(f"The page with {count} planted faults is ready: {place}")
    click.echo(f"  for learners:          {place / 'students'}")
    click.echo(f"  for whoever teaches:   {place / 'instructor'} (with the key)")


@teach.command()
@click.argument("submissions", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--key",
    "key_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The key of the class: classes/REGION-YEAR/instructor/key.json.",
)
@click.option(
    "--students",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The list of the class: whoever handed in nothing has a row too.",
)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Of the feedback.")
@click.option("--seconds", type=click.IntRange(1, 600), default=20, show_default=True, help="For one notebook.")
@click.option("--trusted", is_flag=True, help="Run learners' code with your own rights, where it cannot be kept apart.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=Path("grades"), show_default=True)
def grade(submissions, key_file, students, language, seconds, trusted, output) -> None:
    """Grade what learners handed in: a file, a folder or a .zip for each, called by the student.

    Writes OUTPUT/grades.csv (a line for every learner and lesson, whatever was handed in), OUTPUT/answers.csv,
    OUTPUT/index.html and a page of feedback for each learner. Learners' code runs in a process of its own, without
    network, rights, your files or the key, under limits of time, memory, processes and output. Where the system
    cannot keep it apart, nothing is run and nothing graded, unless you say --trusted.

    \b
    Exit codes: 0 graded, 1 refused with one message, 2 wrong usage.
    """
    from tqdm import tqdm

    from analysis.grade_files import write_grades
    from analysis.grading import grades, require_key_apart
    from analysis.isolation import Bounds, way_in
    from analysis.lesson_keys import read_key
    from analysis.roster import roster

    key = read_key(key_file)
    require_key_apart(key_file)
    way = [] if trusted else way_in()
    bounds = Bounds(cell_seconds=min(5, seconds), seconds=seconds)
    names = roster(students) if students else {}
    with tqdm(unit="notebook", leave=False, dynamic_ncols=True) as bar:
        made = grades(
            submissions, key, way, names=names, language=language, bounds=bounds, tell=lambda each: bar.update()
        )
    place = write_grades(made, key, output, language)
    click.echo(
        f"{len({each.student for each in made})} learners graded: {place / 'grades.csv'}, {place / 'index.html'}"
    )
    if trusted:
        click.echo("Their code ran with your rights, because you said --trusted.", err=True)
