"""The sentences of a mended text, and the words that belong to a number."""

import re
from bisect import bisect_right

SENTENCE_END = re.compile(r"[。！？\n]|!|\?")
CLAUSE_END = re.compile(r"[;；]")
PIECE = re.compile(r"[,:;，：；。！？!?\n()\[\]]")


class Sentences:
    """Where the sentences, clauses (between semicolons) and paragraphs of a text begin and end."""

    def __init__(self, text: str):
        self.text = text
        self._ends = [match.start() for match in SENTENCE_END.finditer(text)]
        self._clauses = [match.start() for match in CLAUSE_END.finditer(text)]
        self._lines = [place for place, sign in enumerate(text) if sign == "\n"]

    def sentence(self, place: int) -> tuple[int, int]:
        """The start and the end of the sentence around a place."""
        return self._around(self._ends, place)

    def clause(self, place: int) -> int:
        """The start of the clause around a place: behind the last semicolon, or the start of the sentence."""
        start, _ = self.sentence(place)
        return max(start, self._around(self._clauses, place)[0])

    def paragraph(self, place: int) -> int:
        """The start of the paragraph around a place."""
        return self._around(self._lines, place)[0]

    def _around(self, ends: list[int], place: int) -> tuple[int, int]:
        index = bisect_right(ends, place - 1)
        start = ends[index - 1] + 1 if index else 0
        return start, ends[index] if index < len(ends) else len(self.text)


ASIDE = re.compile(r"\((?![^()]*含)[^()]{0,24}\)")
SCOPE = re.compile(r"\(((?:不|未)?含[^()]{1,12})\)")


def without_asides(zone: str) -> str:
    """A zone with whole brackets blanked out, at its old length: 货物(物品)582批次 is about 货物.

    A bracket that says what a number leaves out stays, as a part of the words around it.
    """
    blanked = ASIDE.sub(lambda match: "\0" * len(match[0]), zone)
    return SCOPE.sub(r"〔\1〕", blanked)


def pieces(text: str) -> list[str]:
    """The parts of a zone between commas, colons and brackets, the nearest to the number first; empty ones left out."""
    return [piece for piece in reversed(PIECE.split(text)) if piece.strip("、和与及以的 \0")]


def after_zone(text: str, start: int, limit: int) -> str:
    """What follows a number and belongs to it: to the next comma, bracket or stop, and not beyond ``limit``."""
    match = PIECE.search(text, start, limit)
    return text[start : match.start() if match else limit]


def behind_zone(text: str, start: int, limit: int) -> str:
    """The words right behind a number that belong to it: to the next sign, not beyond ``limit``."""
    return after_zone(text, start, limit).partition("、")[0]
