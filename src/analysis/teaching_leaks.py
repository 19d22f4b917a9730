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
_SAME = re.compile(r"[A-Za-z0-9_.,= -]*")
"""What no file writes otherwise than it is."""
_ENCODERS = tuple(json.JSONEncoder(ensure_ascii=each) for each in (True, False))
_TAG = re.compile(r"<[^>]*>")
_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"", "*`\\\u00ad\u200b")


class SolutionLeft(AnalysisError):
    """Something of the key stands in what learners would get; nothing was put in place."""


def marks(held: Class) -> Iterator[str]:
    """Every text that would give something of the key away."""
    texts, lines = _shown(held), held.common("lines of solutions", _lines, held)
    meant = {line for text in texts for line in _lines_in(text, lines)}
    yield from (line for line in lines if line not in meant)
    shown = "\n".join(texts)
    yield from held.common("words of the key", lambda: list(_words(held)))
    for exercise in held.exercises:
        name, answer = exercise.name, held.answers[exercise.name]
        for value in [answer.value, *answer.mistakes.values()]:
            yield from (form for form in _forms(value) if form not in shown)
        for form in _forms(answer.value, least=1):
            yield from (f"{name} = {form}", f'"{name}": {form}', f"'{name}': {form}")
        yield from (repr(arguments) for arguments, _ in answer.calls)


def _lines(held: Class) -> tuple[str, ...]:
    """The lines of code in solutions that are long enough to give something away."""
    texts = [piece.text for piece in pieces(held, notes=False) if piece.kind == "solution"]
    lines = [line.strip() for text in texts for line in text.splitlines() if "lesson." not in line]
    return tuple(line for line in lines if len(line) >= SHORTEST_LINE)


@lru_cache(5_000)
def _lines_in(text: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of solutions that a text shows; most texts are the same for every learner."""
    return tuple(line for line in lines if line in text)


def _words(held: Class) -> Iterator[str]:
    """What is said to whoever teaches: what good answers mention, and what was done in common mistakes."""
    yield from HIDDEN
    language, contract = held.parameters.language, held.lesson.contract
    for each in (*contract.discussions, *([contract.memo] if contract.memo else [])):
        yield from (mention.text(language) for mention in each.mentions)
    for exercise in held.exercises:
        yield from (told.text(language) for told in exercise.mistakes.values())


def left(held: Class, files: dict[str, bytes]) -> list[str]:
    """Where something of the key stands in files: the file, and what was found."""
    files = files | {f"{chart.id}.svg": chart.svg.encode() for chart in held.pictures.values()}  # encoded in notebooks
    wanted = list(dict.fromkeys(marks(held)))
    searched = held.common("searched", Searched)
    if searched.finds_nothing(files, wanted):
        return []
    if not (found := _found(files, wanted)):
        searched.keep(files, wanted)
    return found


def _found(files: dict[str, bytes], wanted: list[str]) -> list[str]:
    """Every mark in every file."""
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


class Searched:
    """Lines in which certain marks were looked for and not found: most are the same for every learner.

    What is asked for again needs no second search: the new lines are searched for all marks, and the lines that are
    known for the new marks. Pages and PDFs, and marks of several lines, are always searched as a whole.
    """

    def __init__(self):
        self._lines: set[bytes] = set()
        self._forms: set[bytes] = set()
        self._text = _Text(b"")

    def keep(self, files: dict[str, bytes], wanted: list[str]) -> None:
        """Remember files in which nothing was found, if they are the first."""
        if not self._lines and _of_lines(files, wanted):
            self._text = _Text(b"\n".join(files.values()))
            self._lines, self._forms = {*self._text.whole.split(b"\n")}, _forms_of(wanted)

    def finds_nothing(self, files: dict[str, bytes], wanted: list[str]) -> bool:
        """Whether it is sure that no file has a mark in it."""
        if not self._lines or not _of_lines(files, wanted):
            return False
        forms = _forms_of(wanted)
        new = _Text(b"\n".join({*b"\n".join(files.values()).split(b"\n")} - self._lines))
        return not new.has_any(forms) and not self._text.has_any(forms - self._forms)


class _Text:
    """A text to be searched for many marks."""

    def __init__(self, whole: bytes):
        self.whole = whole
        self._numbers = b" ".join(set(_NUMBER.findall(whole)))  # all that can hold a number, and much shorter

    def has_any(self, forms: set[bytes]) -> bool:
        """Whether any of the marks is there: first their last words are looked for, which many have in common."""
        by_end: dict[bytes, list[bytes]] = {}
        for form in forms:
            by_end.setdefault(form.rpartition(b" ")[2], []).append(form)
        return any(
            end in (self._numbers if _NUMBER.fullmatch(end) else self.whole)
            and any(form in self.whole for form in those)
            for end, those in by_end.items()
        )


def _forms_of(wanted: list[str]) -> set[bytes]:
    return set().union(*map(written, wanted))


def _of_lines(files: dict[str, bytes], wanted: list[str]) -> bool:
    """Whether whatever may be found is found within a line."""
    pages = any(_is_page(name, content) for name, content in files.items())
    return not pages and not any("\n" in mark for mark in wanted)


def _is_page(name: str, content: bytes) -> bool:
    return name.endswith(".html") or content.startswith(b"%PDF")


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


def _shown(held: Class) -> list[str]:
    """What learners are meant to see: the questions, the figures, what they are to complete, a call that is tried."""
    texts = [piece.text for piece in pieces(held, notes=False) if piece.kind != "solution"]
    stubs = [exercise.stub for exercise in held.exercises]
    tried = [repr(each) for answer in held.answers.values() for each in answer.sample]
    published = [figure_number(figure, held.parameters.language) for figure in used(held)]
    return [*texts, *stubs, *tried, *published, figures_cell(held)]


@lru_cache(1000)
def _forms(value: Value | None, least: int = FEWEST_DIGITS) -> tuple[str, ...]:
    """A value in three roundings, with and without separators; a number of few digits proves nothing."""
    return tuple(_every_form(value, least))


def _every_form(value: Value | None, least: int) -> Iterator[str]:
    if isinstance(value, str):
        yield from (repr(value), json.dumps(value)) if least == 1 else ()
    elif isinstance(value, tuple):
        for each in value:
            yield from _forms(each, max(least, 2))
    elif value is not None:
        for decimals in (0, 2, 4):
            rounded = round(value * 10**decimals) / 10**decimals
            for text in dict.fromkeys((f"{rounded:.{decimals}f}", f"{rounded:,.{decimals}f}")):
                if len(text.strip("-0.,").replace(",", "").replace(".", "")) >= least:
                    yield text


@lru_cache(10_000)
def written(text: str) -> frozenset[bytes]:
    """A text as files write it: as it is, escaped for HTML, and escaped for JSON with and without other letters."""
    if _SAME.fullmatch(text):
        return frozenset((text.encode(),))
    forms = {text, html.escape(text), html.escape(text, quote=False)}
    if not text.isascii() or '"' in text or "\\" in text:
        forms |= {encoder.encode(text)[1:-1] for encoder in _ENCODERS}
    return frozenset(form.encode() for form in forms)
