"""Grades as files: a table for a spreadsheet, one of every answer, and a page of feedback for each learner."""

import csv
import io
from itertools import groupby
from pathlib import Path

from analysis.cells import guarded
from analysis.grading import Grade
from analysis.lesson_pages import page
from analysis.placing import put_in_place, staging
from analysis.wording import escaped, words

LONGEST_NOTE = 4000


def write_grades(made: list[Grade], key: dict, output: Path, language: str) -> Path:
    """Write OUTPUT/grades.csv, OUTPUT/answers.csv and OUTPUT/feedback/; return OUTPUT."""
    with staging(output.parent) as aside:
        whole = aside / output.name
        (whole / "feedback").mkdir(parents=True)
        (whole / "grades.csv").write_text(_grades(made), encoding="utf-8-sig")
        (whole / "answers.csv").write_text(_answers(made), encoding="utf-8-sig")
        pages = []
        for number, (student, of) in enumerate(groupby(made, key=lambda each: each.student), 1):
            mine = list(of)
            name = f"{number:03d}-{_file_name(student)}.html"
            (whole / "feedback" / name).write_text(feedback(mine, key, language), encoding="utf-8")
            points, most = sum(each.points for each in mine), sum(each.most for each in mine)
            pages.append(f"| [{escaped(student)}](feedback/{name}) | {points} | {most} |")
        title = words("grades_title", language)
        heads = [words("grades_heads", language), "|---|---|---|"]
        index = page(title, [f"# {title}\n\n" + "\n".join([*heads, *pages])], language, "page.css")
        (whole / "index.html").write_text(index, encoding="utf-8")
        return put_in_place(whole, output)


def feedback(mine: list[Grade], key: dict, language: str) -> str:
    """The page of one learner: points, each answer and what to say of it, and the notes on the discussion."""
    title = words("feedback_title", language, student=mine[0].student)
    texts = [f"# {escaped(title)}"]
    for each in mine:
        about = key["lessons"].get(each.lesson)
        lines = [f"## {escaped(about['title'][language] if about else each.file)}"]
        lines.append(words("feedback_points", language, points=each.points, most=each.most))
        if each.said:
            lines.append(escaped(each.said))
        if each.marks:
            titles = {entry["name"]: entry["title"][language] for entry in about["exercises"]}
            told = ((titles.get(mark.name, mark.name), mark.answered, mark.said, mark) for mark in each.marks)
            rows = [
                f"| {escaped(name)} | {mark.points}/{mark.most} | {escaped(answered)} | {escaped(said)} |"
                for name, answered, said, mark in told
            ]
            lines.append("\n".join([words("feedback_heads", language), "|---|---|---|---|", *rows]))
        for name, note in each.notes.items():
            about_it = words("feedback_memo" if name == "memo" else "feedback_note", language)
            lines.append(f"### {about_it}\n\n{escaped(note[:LONGEST_NOTE])}")
        texts.append("\n\n".join(lines))
    return page(title, texts, language, "page.css")


def _grades(made: list[Grade]) -> str:
    rows = [
        [each.student, each.name, each.lesson, str(each.points), str(each.most), each.said, each.file] for each in made
    ]
    return _csv([["student", "name", "lesson", "points", "of", "remark", "file"], *rows])


def _answers(made: list[Grade]) -> str:
    rows = [
        [each.student, each.lesson, mark.name, str(mark.points), str(mark.most), mark.answered, mark.said]
        for each in made
        for mark in each.marks
    ]
    return _csv([["student", "lesson", "exercise", "points", "of", "answered", "remark"], *rows])


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def _file_name(student: str) -> str:
    """A name that is safe on every system; the number in front of it tells learners apart."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in student)[:40]
