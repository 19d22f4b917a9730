"""Figures of the teaching edition: building a class, five hundred worlds, grading (`make bench-teaching`).

Prints how long each takes on this machine, by the clock and in seconds of a core (which other programs change less),
with how many programs wanted a core meanwhile; how many regions and years can hold each lesson; and how many points
the model solutions get when they are handed in.
"""

import os
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import nbformat

from analysis.figures import load_figures
from analysis.grading import grades
from analysis.isolation import way_in
from analysis.lesson_keys import read_key
from analysis.lesson_notebooks import solved_notebook
from analysis.lessons import lessons
from analysis.parameters import Parameters
from analysis.teaching import LacksFigures, held
from analysis.teaching_files import build_class

LEARNERS, SUBMISSIONS = 500, 20


def main() -> None:
    """Measure and print."""
    figures = load_figures()
    places = [(code, each) for code in figures.regions() for each in figures.years(code)]
    region, year = max(places, key=lambda place: len(figures.series_of(*place)))
    print(f"region {region}, year {year}, {len(lessons())} lessons")
    for name, lesson in lessons().items():
        print(f"{name}: held in {sum(can_hold(lesson, *place) for place in places)} of {len(places)} regions and years")
    with tempfile.TemporaryDirectory() as folder:
        with timed("class in two languages"):
            place, _ = build_class(region, year, Path(folder) / "one")
        with timed(f"class with {LEARNERS} worlds"):
            build_class(region, year, Path(folder) / "many", students={f"s{at}": "" for at in range(LEARNERS)})
        handed = Path(folder) / "handed"
        for at in range(SUBMISSIONS):
            for lesson in lessons().values():
                (handed / f"s{at}").mkdir(parents=True, exist_ok=True)
                made = held(lesson, figures, Parameters(region, year, "en"))
                nbformat.write(solved_notebook(made), handed / f"s{at}" / f"{lesson.name}.ipynb")
        with timed(f"{SUBMISSIONS * len(lessons())} notebooks of {SUBMISSIONS} learners graded"):
            made = grades(handed, read_key(place / "instructor/key.json"), way_in())
        print(f"points of the model solutions: {sum(e.points for e in made)} of {sum(e.most for e in made)}")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took, by the clock and in seconds of a core."""
    clock, spent = monotonic(), core_seconds()
    yield
    taken, load = monotonic() - clock, os.getloadavg()[0]
    told = f"{taken:.1f} s by the clock, {core_seconds() - spent:.1f} s of a core"
    print(f"{what}: {told} ({os.cpu_count()} cores, load {load:.1f})", flush=True)


def core_seconds() -> float:
    """What this process and those that it waited for have spent."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def can_hold(lesson, region: str, year: int) -> bool:
    """Whether a region and year have the figures for a lesson."""
    try:
        held(lesson, load_figures(), Parameters(region, year, "en"))
    except LacksFigures:
        return False
    return True


if __name__ == "__main__":
    main()
