"""What must not stand in what learners get: solutions, keys, answers, words for whoever teaches; and the search for it.

The search is over bytes, so that it finds what stands in metadata, in alternative texts and in comments too; and over
the text of pages, whose tags may stand in the middle of a sentence, and of PDFs, whose bytes are compressed. An answer
is looked for in three roundings and as each notation writes it, unless the question itself prints that number.
"""

import html
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from analysis.errors import AnalysisError, listed
from analysis.lesson_notebooks import figures_cell
from analysis.lesson_pieces import used
from analysis.lesson_texts import pieces
from analysis.lesson_values import Value
from analysis.pdf_texts import pdf_texts
from analysis.teaching import Class
from analysis.wording import figure_number

HIDDEN = ("### BEGIN SOLUTION", "lesson.key(", "lesson.calls(", "lesson.answer(", "lesson.given(", '"key"', "analysis.")
SHORTEST_LINE = 16
"""A line of code with fewer signs may stand anywhere."""
FEWEST_DIGITS = 4
_NUMBER = re.compile(rb"[0-9.,-]+")
_TAG = re.compile(r"<[^>]*>")
_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"", "*`\\\u00ad\u200b")


class SolutionLeft(AnalysisError):
    """Something of the key stands in what learners would get; nothing was put in place."""


def marks(held: Class) -> Iterator[str]:
    """Every text that would give something of the key away."""
    yield from HIDDEN
    shown = _shown(held)
    for piece in pieces(held):
        if piece.kind == "solution":
            for line in piece.text.splitlines():
                if len(line.strip()) >= SHORTEST_LINE and line.strip() not in shown and "lesson." not in line:
                    yield line.strip()
    language = held.parameters.language
    for each in held.lesson.contract.discussions:
        yield from (mention.text(language) for mention in each.mentions)
    if memo := held.lesson.contract.memo:
        yield from (mention.text(language) for mention in memo.mentions)
    for exercise in held.exercises:
        yield from (told.text(language) for told in exercise.mistakes.values())
        answer = held.answers[exercise.name]
        for value in [answer.value, *answer.mistakes.values()]:
            yield from (form for form in _forms(value) if form not in shown)
        for form in _forms(answer.value, least=1):
            yield from (f"{exercise.name} = {form}", f'"{exercise.name}": {form}', f"'{exercise.name}': {form}")
        yield from (repr(arguments) for arguments, _ in answer.calls)


def left(held: Class, files: dict[str, bytes]) -> list[str]:
    """Where something of the key stands in files: the file, and what was found."""
    files = files | {f"{chart.id}.svg": chart.svg.encode() for chart in held.pictures.values()}  # encoded in notebooks
    wanted = list(dict.fromkeys(marks(held)))
    whole = b"\n".join(files.values())
    there = {mark: written(mark) for mark in wanted}
    numbers = b" ".join(set(_NUMBER.findall(whole)))  # all that can hold a mark of digits, and much shorter
    there = {
        mark: forms
        for mark, forms in there.items()
        if any(form in (numbers if _NUMBER.fullmatch(form) else whole) for form in forms)
    }
    found = [
        f"{name}: {mark!r}"
        for name, content in sorted(files.items())
        for mark, forms in there.items()
        if any(form in content for form in forms)
    ]
    for name, content in sorted(files.items()):
        found += [f"{name}, as it is read: {mark!r}" for mark in _shown_to_a_reader(name, content, wanted)]
    return found


def _shown_to_a_reader(name: str, content: bytes, wanted: list[str]) -> Iterator[str]:
    """The marks in the text of a page or a PDF: words may run over tags and ends of lines, and numbers do not."""
    if content.startswith(b"%PDF"):
        text = pdf_texts(content)
    elif name.endswith(".html"):
        text = html.unescape(_TAG.sub("\n", content.decode("utf-8", "replace")))
    else:
        return
    run_on = _run_on(text)
    for mark in wanted:
        if mark in text or (any(map(str.isalpha, mark)) and _run_on(mark) in run_on):
            yield mark


def _run_on(text: str) -> str:
    """A text without spaces and marks of Markdown, and with plain quotation marks."""
    return "".join(text.split()).translate(_PLAIN)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def require_clean(held: Class, files: dict[str, bytes]) -> None:
    """Refuse files for learners in which something of the key is left. Raises SolutionLeft."""
    if found := left(held, files):
        raise SolutionLeft(
            f"{held.lesson.name}: what learners would get holds something of the key: {listed(found, 5)}. "
            "Take it out of the texts of the lesson"
        )


def _shown(held: Class) -> str:
    """What learners are meant to see: the questions, the figures, what they are to complete, a call that is tried."""
    texts = [piece.text for piece in pieces(held) if piece.kind not in ("notes", "solution")]
    stubs = [exercise.stub for exercise in held.exercises]
    tried = [repr(each) for answer in held.answers.values() for each in answer.sample]
    published = [figure_number(figure, held.parameters.language) for figure in used(held)]
    return "\n".join([*texts, *stubs, *tried, *published, figures_cell(held)])


def _forms(value: Value | None, least: int = FEWEST_DIGITS) -> Iterator[str]:
    """A value in three roundings, with and without separators; a number of few digits proves nothing."""
    if isinstance(value, str):
        yield from (repr(value), json.dumps(value)) if least == 1 else ()
    elif isinstance(value, tuple):
        for each in value:
            yield from _forms(each, max(least, 2))
    elif value is not None:
        for decimals in (0, 2, 4):
            rounded = float(round(value, decimals))
            for text in dict.fromkeys((f"{rounded:.{decimals}f}", f"{rounded:,.{decimals}f}")):
                if len(text.strip("-0.,").replace(",", "").replace(".", "")) >= least:
                    yield text


@lru_cache(10_000)
def written(text: str) -> frozenset[bytes]:
    """A text as files write it: as it is, escaped for HTML, and escaped for JSON with and without other letters."""
    forms = {text, html.escape(text), html.escape(text, quote=False)}
    if not text.isascii() or '"' in text or "\\" in text:
        forms |= {json.dumps(text, ensure_ascii=each)[1:-1] for each in (True, False)}
    return frozenset(form.encode() for form in forms)
