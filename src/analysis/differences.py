"""What one run of a chapter says and another does not: each difference in one plain line, with its place."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from math import dist

from analysis.drawn import Mark, Picture, Word, near
from analysis.facts import ORDERS, PICTURE, Facts, Place
from analysis.printed_numbers import printed

MARKS_WITHIN = 0.5
"""How far a mark may stand, in points, from where it stood: coordinates are rounded to a tenth of one."""

WORDS_WITHIN = 4.0
"""The same of a word: where it begins depends on how a library measures letters. A row is at least 9 points high."""

SIZE_WITHIN = 0.02
"""By which part the size of a picture may differ."""

MOST_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is said otherwise. ``was`` is empty for what is new, ``now`` for what is gone."""

    chapter: str
    cell: str
    part: str
    what: str
    was: str
    now: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.chapter, self.cell, self.part) if part)
        what = f" ({self.what})" if self.what not in ("text", "") else ""
        if not self.was:
            return f"{where}{what}: new: {_short(self.now)}"
        if not self.now:
            return f"{where}{what}: gone: {_short(self.was)}"
        was, now = _around(self.was, self.now)
        return f"{where}{what}: was {was}, is {now}"


def differences(chapter: str, was: Facts, now: Facts) -> list[Difference]:
    """All that differs between two runs of a chapter, in the order in which it stood; nothing if they say the same."""
    found: list[Difference] = []
    cells = {place[0] for place in was}, {place[0] for place in now}
    parts = {place[:2] for place in was}, {place[:2] for place in now}
    told: set[str] = set()
    for place in dict.fromkeys([*was, *now]):
        before, after = was.get(place), now.get(place)
        if before == after:
            continue
        if place[0] not in cells[0] & cells[1]:
            if place[0] not in told:
                told.add(place[0])
                texts = ("", _shown(now, place[0])) if place[0] in cells[1] else (_shown(was, place[0]), "")
                found.append(Difference(chapter, place[0], "", "cell", *texts))
        elif place[2] in ORDERS and before is not None and after is not None:
            found += _orders(chapter, place, was, now)
        elif place[:2] in parts[0] & parts[1] or not _told_by_order(place[1]):
            found += _at(chapter, place, before, after)
    return found


def _told_by_order(part: str) -> bool:
    """Whether the order of rows, columns, lines or tiles tells already that a part is gone or new."""
    return bool(re.search(r", row |, “|^headline number ", part))


def _at(chapter: str, place: Place, before: str | None, after: str | None) -> Iterator[Difference]:
    """What differs in one fact."""
    if place[2] == PICTURE and before and after:
        for what, one, other in pictures_differ(_picture(before), _picture(after)):
            yield Difference(chapter, *place[:2], what, one, other)
    else:
        what = _kind(before, after) if place[2] == "text" else place[2]
        yield Difference(chapter, *place[:2], what, before or ("" if before is None else "nothing"), _now(after))


def _now(after: str | None) -> str:
    return after or ("" if after is None else "nothing")


def _orders(chapter: str, place: Place, was: Facts, now: Facts) -> Iterator[Difference]:
    """An order that changed, then what is only in one of the two; a line with its whole text."""
    before, after = was[place].split("\n"), now[place].split("\n")
    one, other = ([each for each in names if each in both] for names, both in ((before, after), (after, before)))
    if one != other:
        yield Difference(chapter, *place[:2], f"order of {place[2]}", ", ".join(one), ", ".join(other))
    lost, gained = ([each for each in names if each not in both] for names, both in ((before, after), (after, before)))
    for gone, new in zip_longest(lost, gained, fillvalue=""):
        texts = (_line(was, place, gone), _line(now, place, new))
        pairs = [texts] if place[2] == "lines" else [(texts[0], ""), ("", texts[1])]
        for one, other in (pair for pair in pairs if any(pair)):
            yield Difference(chapter, *place[:2], f"one of the {place[2]}", one, other)


def _line(facts: Facts, place: Place, name: str) -> str:
    return facts.get((place[0], f"{place[1]}, “{name}”", "text"), name) if name else ""


def _kind(before: str | None, after: str | None) -> str:
    """What of a number changed, if both texts are one."""
    one, other = (printed(text) if text else None for text in (before, after))
    if one is None or other is None:
        return "text"
    if one.qualifier != other.qualifier:
        return "qualifier"
    if one.unit != other.unit:
        return "unit"
    return "value" if one.values != other.values else "digits"


def pictures_differ(was: Picture | None, now: Picture | None) -> Iterator[tuple[str, str, str]]:
    """What of a picture changed, was, and is; marks and words may stand a little elsewhere."""
    if was is None or now is None:
        if was is not now:
            yield "picture", "a picture" if was else "nothing to be seen", "a picture" if now else "nothing to be seen"
        return
    if any(abs(one - other) > SIZE_WITHIN * one for one, other in zip(was.size, now.size, strict=True)):
        yield "size", *("{:g} by {:g} points".format(*each.size) for each in (was, now))
    lost, gained = _apart(was.words, now.words, lambda one, other: one.text == other.text and _close(one, other))
    yield from _paired("words", lost, gained, _word)
    lost, gained = _apart(was.marks, now.marks, lambda one, other: near(one, other, MARKS_WITHIN))
    yield from _paired("mark", lost, gained, lambda mark: _mark(mark, was))


def _close(one: Word, other: Word) -> bool:
    """Whether two words stand in one place; which end of a word is held makes no difference if it is the same."""
    return one.held == other.held and dist(one.at, other.at) <= WORDS_WITHIN


def _apart(was: tuple, now: tuple, same) -> tuple[list, list]:
    """Those of two lists that have no fellow in the other."""
    lost, gained = [], list(now)
    for each in was:
        fellow = next((at for at, other in enumerate(gained) if same(each, other)), None)
        if fellow is None:
            lost.append(each)
        else:
            del gained[fellow]
    return lost, gained


def _paired(what: str, lost: list, gained: list, told) -> Iterator[tuple[str, str, str]]:
    """Each lost thing with the nearest gained one."""
    gained = list(gained)
    for each in lost:
        nearest = min(gained, key=lambda other: dist(each.at, other.at), default=None)
        if nearest is not None:
            gained.remove(nearest)
        yield what, told(each), told(nearest) if nearest is not None else ""
    for each in gained:
        yield what, "", told(each)


def _word(word: Word) -> str:
    return "{} at ({:g}, {:g})".format(word.text, *word.at)


def _mark(mark: Mark, picture: Picture) -> str:
    """A mark with its place and the word that stands left of it."""
    beside = [word for word in picture.words if abs(word.at[1] - mark.points[-1][1]) < 12 and word.held == "end"]
    label = min(beside, key=lambda word: abs(word.at[1] - mark.points[-1][1]), default=None)
    ends = " to ".join("({:g}, {:g})".format(*point) for point in (mark.points[:1] + mark.points[1:][-1:]))
    return f"{mark.shape} in {mark.colour} at {ends}" + (f" beside “{label.text}”" if label else "")


def _picture(text: str) -> Picture | None:
    said = json.loads(text)
    if said is None:
        return None
    size, words, marks = said
    return Picture(
        tuple(size),
        tuple(Word(word, tuple(at), held) for word, at, held in words),
        tuple(Mark(shape, colour, tuple(map(tuple, points))) for shape, colour, points in marks),
    )


def _shown(facts: Facts, cell: str) -> str:
    """The first words of a cell."""
    texts = [value for (name, _, what), value in facts.items() if name == cell and what in ("text", "caption", "title")]
    return next(iter(texts), "nothing")


def _short(text: str) -> str:
    text = text.replace("\n", " / ")
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


def _around(was: str, now: str) -> tuple[str, str]:
    """Two texts, of long ones only what lies around the first difference."""
    was, now = was.replace("\n", " / "), now.replace("\n", " / ")
    if max(len(was), len(now)) <= MOST_SHOWN:
        return was, now
    same = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()[0]
    start = max(0, (same.size if same.a == same.b == 0 else 0) - MOST_SHOWN // 2)
    cut = (text[start : start + MOST_SHOWN] for text in (was, now))
    first, second = (("…" if start else "") + part + "…" for part in cut)
    return first, second
