"""A class made ready: every edition of every lesson as files, the key apart, and nothing of it in what learners get."""

import csv
import io
import os
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import nbformat

from analysis import render
from analysis.cells import guarded
from analysis.codebook import LANGUAGES, codebook
from analysis.figures import Figures, load_figures
from analysis.lesson_keys import key_of, write_key
from analysis.lesson_notebooks import learner_notebook, notebook_text, teacher_notebook
from analysis.lesson_pages import handout, page, slides
from analysis.lesson_pieces import used
from analysis.lesson_texts import in_language, pieces
from analysis.lessons import Lesson, lesson_named, lessons
from analysis.nbgrader_course import require_common, write_course
from analysis.parameters import Parameters
from analysis.placing import put_in_place, staging
from analysis.reads import loading
from analysis.self_check import self_check
from analysis.shelf import ENOUGH
from analysis.teaching import Class, LacksFigures, held
from analysis.teaching_leaks import contents, require_clean
from analysis.wording import words
from analysis.worlds import world

ROWS = ("place", "name", "printed", "power", "counted", "qualifier", "year")


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
    held_lessons, refused = _held(named, figures, region, year, seed)
    place = output / f"{region}-{year}"
    with staging(output, ENOUGH) as aside:
        whole = aside / place.name
        for language, classes in held_lessons.items():
            for each in classes:
                _write_lesson(each, whole, language, personal=bool(students))
                tell(f"{each.lesson.name} {language}")
            _write_rest(classes, whole, language)
            if export:
                write_course(classes, whole / "instructor" / export / language)
        keys = {each.lesson.name: key_of(each) for each in held_lessons["en"]}
        own = _write_worlds(list(students or {}), named, (region, year, seed), whole / "students", tell)
        about = {"region": region, "year": year, "seed": seed}
        write_key(whole / "instructor/key.json", about, keys, own)
        put_in_place(whole, place)
    return place, refused


def _held(
    named: list[Lesson], figures: Figures, region: str, year: int, seed: int
) -> tuple[dict[str, list[Class]], list[str]]:
    """Each lesson in each language, and why some cannot be held."""
    found: dict[str, list[Class]] = {language: [] for language in LANGUAGES}
    refused: dict[str, LacksFigures] = {}
    for language in LANGUAGES:
        parameters = Parameters(region, year, language).require(figures)
        for lesson in named:
            try:
                found[language].append(held(lesson, figures, parameters, seed))
            except LacksFigures as error:
                refused[lesson.name] = error
    if not found["en"]:
        raise next(iter(refused.values()))
    return found, [str(error) for error in refused.values()]


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


def _write_worlds(
    students: list[str], named: list[Lesson], place: tuple[str, int, int], folder: Path, tell: Callable[[str], None]
) -> dict[str, object]:
    """The notebooks of every learner, as many at a time as there are cores; returns their keys, by student."""
    names, keys = [lesson.name for lesson in named], {}
    if not students:
        return keys
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as pool:
        jobs = [pool.submit(write_world, student, names, place, folder) for student in students]
        for student, job in zip(students, jobs, strict=True):
            keys[student] = job.result()
            tell(student)
    return keys


def write_world(student: str, names: list[str], place: tuple[str, int, int], folder: Path) -> dict[str, object]:
    """An archive with the notebooks of one learner in a world of their own, in both languages; returns their key."""
    with loading():  # it is no chapter that would have to say what it read
        files, keys = _world(student, names, place)
    _archive(folder / f"{student}.zip", files)
    return keys


def _world(
    student: str, names: list[str], place: tuple[str, int, int]
) -> tuple[dict[str, bytes], dict[str, object]]:  # fmt: skip
    """The files and the key of one learner."""
    region, year, seed = place
    named = [lesson_named(name) for name in names]
    own = world(load_figures(), region, year, f"{seed} {student}")
    files: dict[str, bytes] = {}
    keys = {}
    for lesson in named:
        model = _model(lesson.name, region, year, seed)
        if model is None:
            continue
        first = held(lesson, own, model.parameters, seed, model)
        keys[lesson.name] = key_of(first)
        for language in LANGUAGES:
            each, name = in_language(first, language), f"{language}/{lesson.name}"
            mine = {
                f"{name}/{lesson.name}.ipynb": notebook_text(learner_notebook(each, varied=True)),
                f"{name}/check.py": self_check(each),
                f"{name}/figures.csv": figures_csv(each),
            }
            encoded = {path: text.encode() for path, text in mine.items()}
            require_clean(each, encoded)
            files |= encoded
    return files, keys


@cache
def _model(name: str, region: str, year: int, seed: int) -> Class | None:
    """A lesson with the published figures, which those of all learners are like; None if there are too few figures."""
    try:
        return held(lesson_named(name), load_figures(), Parameters(region, year, LANGUAGES[0]), seed)
    except LacksFigures:
        return None


def _archive(path: Path, files: dict[str, bytes]) -> None:
    """An archive of the same bytes whenever it is made."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)


def figures_csv(each: Class) -> str:
    """The figures of a lesson, one a line, as printed."""
    told = [(each.id_of(figure), each.row(figure)) for figure in used(each)]
    rows = [[series, *(str(row[name]) for name in ROWS)] for series, row in told]
    return _csv([["series", *ROWS], *rows])


def codebook_csv(classes: list[Class], language: str) -> str:
    """What each series of the lessons counts: name, unit, flow or stock, definition, and where its trap is."""
    known = codebook()
    wanted = sorted({figure.series for each in classes for figure in used(each)})
    head = ["series", "name", "unit", "kind", "definition", "scope_trap"]
    texts = ("definition", "scope_trap")
    rows = [
        [name, known[name].text("name", language), known[name].unit, known[name].kind]
        + [known[name].text(text, language) for text in texts]
        for name in wanted
    ]
    return _csv([head, *rows])


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()
