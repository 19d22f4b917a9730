"""The files of a class in which every learner has a world of their own: an archive and a key for each.

As many are made at a time as there are cores. What does not differ between learners is made once for each core.
"""

import os
import zipfile
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

from analysis.codebook import LANGUAGES
from analysis.figures import load_figures
from analysis.lesson_keys import key_of, key_text
from analysis.lesson_notebooks import learner_text
from analysis.lesson_tables import figures_csv
from analysis.lesson_texts import in_language
from analysis.reads import loading
from analysis.self_check import self_check
from analysis.teaching import Class, held
from analysis.teaching_leaks import require_clean
from analysis.worlds import world

_models: list[Class] = []
"""In a process that makes worlds: the lessons with the published figures, which those of all learners are like."""


class Worlds:
    """The worlds of learners, made beside whatever else is done until ``keys`` asks for them.

    ``models`` are the lessons that are held with the published figures. Leaving early begins no further world.
    """

    def __init__(self, students: list[str], models: list[Class], folder: Path):
        self._jobs: dict[str, Future[str]] = {}
        self._pool = ProcessPoolExecutor(os.cpu_count(), get_context("fork"), prepare, (models,)) if students else None
        for student in students:
            self._jobs[student] = self._pool.submit(write_world, student, folder)

    def __enter__(self) -> "Worlds":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def keys(self, tell: Callable[[str], None]) -> dict[str, str]:
        """The key of every learner as text, by student, once all are made. Raises what went wrong with any."""
        found = {}
        for student, job in self._jobs.items():
            found[student] = job.result()
            tell(student)
        return found


def prepare(models: list[Class]) -> None:
    """Make a process ready to make worlds."""
    _models[:] = models


def write_world(student: str, folder: Path) -> str:
    """An archive with the notebooks of one learner in a world of their own, in both languages; returns their key."""
    with loading():  # it is no chapter that would have to say what it read
        files, key = _world(student)
    _archive(folder / f"{student}.zip", files)
    return key


def _world(student: str) -> tuple[dict[str, bytes], str]:
    """The files and the key of one learner."""
    files: dict[str, bytes] = {}
    keys, own = {}, None
    for model in _models:
        about, lesson = model.parameters, model.lesson
        own = own or world(load_figures(), about.region, about.reference_year, f"{model.seed} {student}")
        first = held(lesson, own, about, model.seed, model)
        keys[lesson.name] = key_of(first)
        for language in LANGUAGES:
            each, name = in_language(first, language), f"{language}/{lesson.name}"
            mine = {
                f"{name}/{lesson.name}.ipynb": learner_text(each),
                f"{name}/check.py": self_check(each),
                f"{name}/figures.csv": figures_csv(each),
            }
            encoded = {path: text.encode() for path, text in mine.items()}
            require_clean(each, encoded)
            files |= encoded
    return files, key_text(keys)


def _archive(path: Path, files: dict[str, bytes]) -> None:
    """An archive of the same bytes whenever it is made."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
