"""A class made ready: every edition of every lesson as files, the key apart, and nothing of it in what learners get."""

from collections.abc import Callable
from pathlib import Path

import nbformat

from analysis import render
from analysis.codebook import LANGUAGES
from analysis.figures import Figures, load_figures
from analysis.lesson_keys import key_of, key_text, write_key
from analysis.lesson_notebooks import learner_notebook, teacher_notebook
from analysis.lesson_pages import handout, page, slides
from analysis.lesson_tables import codebook_csv, figures_csv
from analysis.lesson_texts import in_language, pieces
from analysis.lessons import Lesson, lesson_named, lessons
from analysis.nbgrader_course import require_common, write_course
from analysis.parameters import Parameters
from analysis.placing import put_in_place, staging
from analysis.self_check import self_check
from analysis.shelf import ENOUGH
from analysis.teaching import Class, LacksFigures, held
from analysis.teaching_leaks import contents, require_clean
from analysis.wording import words
from analysis.world_files import Worlds


def build_class(
    region: str,
    year: int,
    output: Path,
    *,
    seed: int = 0,
    wanted: tuple[str, ...] = (),
    students: dict[str, str] | None = None,
    export: str = "",
    tell: Callable[[str], None] = lambda step: None,
) -> tuple[Path, list[str]]:
    """Make OUTPUT/REGION-YEAR with ``students/`` and ``instructor/``; return it, and why lessons were left out.

    ``wanted`` names lessons; all by default. ``students`` gives each a world of its own. ``export`` may be
    ``nbgrader``. Raises LacksFigures if no lesson can be held, SolutionLeft if anything of the key stands in what
    learners would get, and NoExport. Whatever goes wrong, what stood in ``output`` before stays as it was.
    """
    if export:
        require_common(students or {})
    figures = load_figures()
    named = [lesson_named(each) for each in wanted] or list(lessons().values())
    models, refused = _held(named, figures, region, year, seed)
    place = output / f"{region}-{year}"
    with staging(output, ENOUGH) as aside:
        whole = aside / place.name
        for audience in ("students", "instructor"):
            (whole / audience).mkdir(parents=True)
        with Worlds(list(students or {}), models, whole / "students") as worlds:
            for language in LANGUAGES:
                classes = [in_language(each, language) for each in models]
                _write_lessons(classes, whole, language, bool(students), tell)
                if export:
                    write_course(classes, whole / "instructor" / export / language)
            own = worlds.keys(tell)
        about = {"region": region, "year": year, "seed": seed}
        everyone = key_text({each.lesson.name: key_of(each) for each in models})
        write_key(whole / "instructor/key.json", about, everyone, own)
        put_in_place(whole, place)
    return place, refused


def _held(named: list[Lesson], figures: Figures, region: str, year: int, seed: int) -> tuple[list[Class], list[str]]:
    """Each lesson in the first language, and why some cannot be held."""
    parameters = Parameters(region, year, LANGUAGES[0]).require(figures)
    found: list[Class] = []
    refused: list[LacksFigures] = []
    for lesson in named:
        try:
            found.append(held(lesson, figures, parameters, seed))
        except LacksFigures as error:
            refused.append(error)
    if not found:
        raise refused[0]
    return found, [str(error) for error in refused]


def _write_lessons(
    classes: list[Class], whole: Path, language: str, personal: bool, tell: Callable[[str], None]
) -> None:
    """What is for all learners, and for whoever teaches, in one language."""
    for each in classes:
        _write_lesson(each, whole, language, personal)
        tell(f"{each.lesson.name} {language}")
    _write_rest(classes, whole, language)


def _write_lesson(each: Class, whole: Path, language: str, personal: bool) -> None:
    """The files of one lesson in one language, for learners and for whoever teaches."""
    learners = whole / "students" / language / each.lesson.name
    teachers = whole / "instructor" / language / each.lesson.name
    learners.mkdir(parents=True)
    teachers.mkdir(parents=True)
    if not personal:
        nbformat.write(learner_notebook(each), learners / f"{each.lesson.name}.ipynb")
        (learners / "handout.html").write_text(render.html(handout(each)), encoding="utf-8")
        (learners / "handout.pdf").write_bytes(render.pdf(handout(each)))
        (learners / "check.py").write_text(self_check(each), encoding="utf-8")
        (learners / "figures.csv").write_text(figures_csv(each), encoding="utf-8")
    (learners / "slides.html").write_text(slides(each), encoding="utf-8")
    require_clean(each, contents(learners))
    nbformat.write(teacher_notebook(each), teachers / f"{each.lesson.name}.ipynb")
    (teachers / "key.html").write_text(render.html(handout(each, with_key=True)), encoding="utf-8")
    (teachers / "key.pdf").write_bytes(render.pdf(handout(each, with_key=True)))


def _write_rest(classes: list[Class], whole: Path, language: str) -> None:
    """What is for all lessons: the codebook for learners, the schedule for whoever teaches."""
    (whole / "students" / language / "codebook.csv").write_text(codebook_csv(classes, language), encoding="utf-8")
    title = words("lesson_schedule_title", language)
    texts = [f"# {title}"]
    for each in classes:
        schedule = next(piece.text for piece in pieces(each) if piece.kind == "notes")
        texts.append(f"## {each.lesson.contract.title.text(language)}\n\n{schedule.partition(chr(10))[2].strip()}")
    (whole / "instructor" / language / "schedule.html").write_text(
        page(title, ["\n\n".join(texts)], language, "page.css"), encoding="utf-8"
    )
