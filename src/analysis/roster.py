"""The list of a class: a CSV file with a column ``student``, which names a learner's files, and maybe ``name``."""

import csv
import unicodedata
from pathlib import Path

from analysis.errors import AnalysisError, quoted

LONGEST = 60
MARKS = "-_."


class BadRoster(AnalysisError):
    """The list of a class has a line that cannot be used."""


def roster(path: Path) -> dict[str, str]:
    """The names of a class by student, in the file's order. Raises BadRoster, with the line."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadRoster(f"{path} cannot be read: {error}; expected a CSV file in UTF-8") from error
    if not rows or "student" not in rows[0]:
        raise BadRoster(f"{path} has no line, or no column `student`; expected student,name in its first line")
    found: dict[str, str] = {}
    for line, row in enumerate(rows, 2):
        student = unicodedata.normalize("NFC", (row["student"] or "").strip())
        if not is_student(student):
            raise BadRoster(
                f"{path}, line {line}: {quoted(student)} cannot name a folder; expected letters, digits, and {MARKS}"
            )
        if student in found:
            raise BadRoster(f"{path}, line {line}: {student} stands there twice")
        found[student] = (row.get("name") or "").strip()
    return found


def is_student(text: str) -> bool:
    """Whether a text can name a learner and a folder: letters and digits of any writing, and a few marks."""
    fits = all(sign.isalnum() or sign in MARKS for sign in text)
    return bool(text) and len(text) <= LONGEST and fits and text[0] not in MARKS
