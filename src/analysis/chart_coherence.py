"""Whether a chart draws the numbers of its own table, told from the picture alone: lengths, places, words.

What a scale is, is found from the marks: bars are as long as their numbers and begin at zero; dots stand on one scale,
linear from zero or of powers of ten, that the words under its ticks agree with. A single wrong mark falls off it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise
from math import log10
from statistics import median

from analysis.drawn import Mark, Picture, Word
from analysis.edition import Edition
from analysis.facts import plain
from analysis.number_coherence import known_of
from analysis.page_numbers import Shown
from analysis.panel_coherence import grid_problems, panel_problems, yearly
from analysis.printed_numbers import Printed, printed
from analysis.scales import BASELINE, DOTS, WITHIN, bare, off_scale, open_problems, same_number, told

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SHARE = re.compile(r"\d+(?:\.\d+)?%")


def picture_problems(chart: dict, picture: Picture) -> Iterator[str]:
    """Where the picture of a chart and its table do not agree, each in words."""
    rows = chart["table"]["rows"]
    names = [plain(row[0]) for row in rows]
    numbers = [printed(plain(row[-1])) for row in rows]
    if picture.of("square"):
        yield from grid_problems(rows, picture)
    elif rows and all(yearly(row[1]) for row in rows):
        yield from panel_problems(rows, picture)
    elif None in numbers:
        yield "its table holds no numbers that can be read"
    elif bars := picture.of("bar"):
        yield from _bars(names, numbers, bars, picture)
    else:
        yield from _dots(names, numbers, picture)


def chart_text_problems(edition: Edition, chart: dict, picture: Picture) -> Iterator[str]:
    """Where the title and the description of a chart tell other numbers than its table."""
    rows = [[plain(cell) for cell in row] for row in chart["table"]["rows"]]
    title, description = plain(chart["title"]), plain(chart["description"])
    numbers = [printed(row[-1]) for row in rows]
    over_years = all(yearly(row[1]) for row in chart["table"]["rows"])
    if picture.of("square"):
        told = {str(len(picture.of("square"))), str(len(rows))}
        if not told <= set(_NUMBER.findall(description)) or not told & set(_NUMBER.findall(title)):
            yield "its title or description counts other squares or rows than it has"
        return
    told = set(_NUMBER.findall(" ".join(cell for row in rows for cell in row))) | {str(len(rows))}
    allowed = told | {number for row in rows for number in _NUMBER.findall(row[0])}
    if odd := [number for number in _NUMBER.findall(description) if number not in allowed]:
        yield f"its description tells of {odd[0]}, which its table does not have"
    if str(len(rows)) not in _NUMBER.findall(description):
        yield "its description counts other rows than it has"
    for row in () if over_years else rows:
        told_of = re.search(rf"{re.escape(row[0])}[:：] ?([^;；]*)", description)
        if told_of and _NUMBER.findall(told_of[1])[:1] != _NUMBER.findall(row[-1])[:1]:
            yield f"its description tells of {row[0]} another number than its table"
    if rows and rows[0][0] not in description:
        yield f"its description does not tell of {rows[0][0]}"
    if over_years:
        first, *others = map(int, _NUMBER.findall(title) or ["0"])
        if others and not sum(others) == first == len(rows):
            yield "its title counts other series than it has"
    elif None not in numbers:
        yield from _title_problems(edition, chart["id"], title, rows, picture)


def _title_problems(edition: Edition, name: str, title: str, rows: list, picture: Picture) -> Iterator[str]:
    """A title that calls another row the largest, counts other rows, or gives another place or share."""
    values = [printed(row[-1]).values[0] for row in rows]
    own = edition.region_name(edition.region_code)
    references = len(picture.of("diamond"))
    compared = values[: len(values) - references]
    if any(one < other for one, other in pairwise(compared)) and not _is_stack(picture):
        yield "its rows are not in the order of their numbers"
    named = [row[0] for row in rows if row[0] in title and row[0] != own]
    if named and rows[values.index(max(values))][0] not in named:
        yield f"its title names {named[0]}, which is not the largest"
    card = name.replace("peers-", "rank-")
    known = known_of(edition)
    shares = [each for text in _SHARE.findall(title) if (each := printed(text))] if _is_stack(picture) else []
    for share in shares:
        if abs(share.values[0] - 100 * values[0] / sum(values)) > share.place:
            yield f"its title tells of {float(share.values[0]):g}%, its numbers of another share"
    if name.startswith("peers-"):
        rank = next((each for each in _ranks(title) if each), None)
        if (
            rank is None
            or own not in title
            or not any(one.allows(Shown(card, "", rank)) for one in known.get(card, ()))
        ):
            yield "its title does not give the place that the data give"
    elif not shares and str(len(rows)) not in _NUMBER.findall(title):
        yield "its title counts other rows than it has"


def _ranks(title: str) -> Iterator[Printed | None]:
    """A place among others at the end of a title."""
    yield from (printed(title[at:]) for at in range(len(title)) if title[at].isdigit() or title[at] in "第并並")


def _is_stack(picture: Picture) -> bool:
    bars = picture.of("bar")
    return len(bars) > 1 and abs(bars[0].at[1] - bars[-1].at[1]) < WITHIN


def _bars(names: list[str], numbers: list[Printed], bars: list[Mark], picture: Picture) -> Iterator[str]:
    if len(bars) != len(numbers):
        yield f"it draws {len(bars)} bars for {len(numbers)} rows"
        return
    stacked = abs(bars[0].at[1] - bars[-1].at[1]) < WITHIN and len(bars) > 1
    begins = [bar.at[0] for bar in bars]
    expected = [begins[0], *(bar.points[1][0] for bar in bars[:-1])] if stacked else [min(begins)] * len(bars)
    if any(abs(one - other) > WITHIN for one, other in zip(begins, expected, strict=True)):
        yield "its bars do not all begin where they should"
    if not stacked and len({round(abs(bar.points[1][1] - bar.at[1]) * 2) for bar in bars}) > 1:
        yield "its bars are not all of one thickness"
    for name, number, length, size in off_scale([bar.length for bar in bars], names, numbers):
        yield f"the bar of {name} is {length:g} points long, but {float(number.values[0]):g} asks for {size:.1f}"
    if stacked:
        yield from _stack_words(names, numbers, picture)
    else:
        middles = [(bar.at[1] + bar.points[1][1]) / 2 for bar in bars]
        yield from _row_words(names, numbers, middles, [bar.points[1][0] for bar in bars], picture.words)


def _dots(names: list[str], numbers: list[Printed], picture: Picture) -> Iterator[str]:
    dots = sorted(picture.of(*DOTS), key=lambda mark: mark.at[1])
    if len(dots) != len(numbers):
        yield f"it draws {len(dots)} dots for {len(numbers)} rows"
        return
    stems = [mark.points for mark in picture.of("line") if _is_stem(mark.points)]
    left = min((points[0][0] for points in stems), default=0.0)
    places = [dot.at[0] - left for dot in dots]
    for name, number, dot in zip(names, numbers, dots, strict=True):
        own = [stem for stem in stems if abs(stem[-1][1] - dot.at[1]) < WITHIN]
        if not any(abs(stem[-1][0] - dot.at[0]) < WITHIN for stem in own):
            yield f"the line to the dot of {name} does not end at it"
        yield from open_problems(name, number, dot)
    if ticks := _ticks(picture):
        yield from _powers(names, numbers, [dot.at[0] for dot in dots], ticks)
    else:
        for name, number, place, expected in off_scale(places, names, numbers):
            yield f"the dot of {name} stands {place:.1f} points from zero, but {told(number)} asks for {expected:.1f}"
    middles, ends = [dot.at[1] for dot in dots], [dot.at[0] for dot in dots]
    yield from _row_words(names, numbers, middles, ends, picture.words)


def _powers(names: list[str], numbers: list[Printed], places: list[float], ticks: list[tuple[float, Fraction]]):
    """Dots on a scale of powers of ten, together with its ticks."""
    known = [(log10(value), place, "") for place, value in ticks]
    known += [
        (log10(each.values[0]), place, name)
        for name, each, place in zip(names, numbers, places, strict=True)
        if each.values[0] > 0
    ]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(known, 2) if abs(b[0] - a[0]) > 0.05]
    if not slopes:
        return
    slope = median(slopes)
    start = median(place - slope * power for power, place, _ in known)
    for power, place, name in known:
        if abs(place - start - slope * power) > WITHIN + 0.1:
            what = f"the dot of {name}" if name else f"the tick at {10**power:g}"
            yield f"{what} stands at {place:g} points, where {10**power:g} would stand at {start + slope * power:.1f}"


def _row_words(
    names: list[str], numbers: list[Printed], middles: list[float], ends: list[float], words: tuple[Word, ...]
) -> Iterator[str]:
    """Left of each row stands its name, right of its mark its number."""
    left = defaultdict(str)
    right: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        row = min(range(len(middles)), key=lambda at: abs(middles[at] - (word.at[1] - BASELINE)))
        if word.held == "end":
            left[row] += word.text
        elif word.held == "start" and word.at[0] > ends[row]:
            right[row].append(word)
    for row, (name, number) in enumerate(zip(names, numbers, strict=True)):
        if bare(left[row]) != bare(name):
            yield f"the row of {name} is called {left[row] or 'nothing'}"
        shown = [printed(plain(word.text)) for word in right[row]]
        if len(shown) != 1 or shown[0] is None or not same_number(shown[0], number):
            found = ", ".join(word.text for word in right[row]) or "nothing"
            yield f"beside the mark of {name} stands {found}, but the table has {told(number)}"


def _stack_words(names: list[str], numbers: list[Printed], picture: Picture) -> Iterator[str]:
    words = sorted(picture.words, key=lambda word: word.at[0])
    for word, name, number in zip(words, names, numbers, strict=False):
        shown = printed(plain(word.text).removeprefix(name).strip())
        if shown is None or not same_number(shown, number):
            yield f"the part of {name} is labelled {word.text}, but the table has {told(number)}"


def _ticks(picture: Picture) -> list[tuple[float, Fraction]]:
    """The ticks with a number under them: place and number."""
    found = []
    for tick in picture.of("tick"):
        under = [word for word in picture.words if abs(word.at[0] - tick.at[0]) < 1 and word.at[1] > tick.at[1]]
        numbers = [number for word in under if (number := printed(plain(word.text)))]
        found += [(tick.at[0], number.values[0]) for number in numbers if number.values[0] > 0]
    return found


def _is_stem(points: tuple) -> bool:
    return len(points) == 2 and abs(points[0][1] - points[1][1]) < WITHIN
