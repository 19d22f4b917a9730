"""Figures of the teaching edition: building a class, five hundred worlds, grading (`make bench-teaching`).

Prints how long each takes on this machine, how many regions and years can hold each lesson, and how many points the
model solutions get when they are handed in.
"""

import tempfile
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
        begun = monotonic()
        place, _ = build_class(region, year, Path(folder) / "one")
        print(f"class in two languages: {monotonic() - begun:.1f} s")
        begun = monotonic()
        build_class(region, year, Path(folder) / "many", students={f"s{at}": "" for at in range(LEARNERS)})
        print(f"class with {LEARNERS} worlds: {monotonic() - begun:.1f} s")
        handed = Path(folder) / "handed"
        for at in range(SUBMISSIONS):
            for lesson in lessons().values():
                (handed / f"s{at}").mkdir(parents=True, exist_ok=True)
                made = held(lesson, figures, Parameters(region, year, "en"))
                nbformat.write(solved_notebook(made), handed / f"s{at}" / f"{lesson.name}.ipynb")
        way, begun = way_in(), monotonic()
        made = grades(handed, read_key(place / "instructor/key.json"), way)
        print(f"{len(made)} notebooks of {SUBMISSIONS} learners graded: {monotonic() - begun:.1f} s")
        print(f"points of the model solutions: {sum(e.points for e in made)} of {sum(e.most for e in made)}")


def can_hold(lesson, region: str, year: int) -> bool:
    """Whether a region and year have the figures for a lesson."""
    try:
        held(lesson, load_figures(), Parameters(region, year, "en"))
    except LacksFigures:
        return False
    return True


if __name__ == "__main__":
    main()
