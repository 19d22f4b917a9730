"""Whether small charts over the years, and a grid of years, draw what the table of their chart holds.

Small charts each begin at zero, over the same years; a grid has a square for each year that its table names.
"""

import re
from collections.abc import Iterator

from analysis.drawn import Mark, Picture, Word
from analysis.facts import plain
from analysis.printed_numbers import Printed, printed
from analysis.scales import BASELINE, DOTS, WITHIN, bare, off_scale, open_problems, same_number, straight_line, told

_YEARLY = re.compile(r"(?P<year>\d{4})(?::| 年) ?(?P<number>.+)")
_YEAR = re.compile(r"[12]\d{3}")
_SEMICOLONS = re.compile("[;；] ?")


def yearly(cell: str) -> dict[int, Printed]:
    """The numbers of a cell such as ``YEAR: 43,286; YEAR: more than 46 thousand``, by year; none if it is no such."""
    found = [_YEARLY.fullmatch(part.strip()) for part in _SEMICOLONS.split(plain(cell))]
    if not all(found):
        return {}
    numbers = {int(each["year"]): printed(each["number"]) for each in found}
    return {} if None in numbers.values() else numbers


def panel_problems(rows: list[list[str]], picture: Picture) -> Iterator[str]:
    """Where small charts, one under the other, do not draw the rows of their table: each from the ticks under it up."""
    ticks = picture.of("tick")
    floors = _floors(ticks)
    if len(floors) != len(rows):
        yield f"it draws {len(floors)} small charts for {len(rows)} rows"
        return
    drawn = [[mark for mark in picture.of(*DOTS) if _floor(mark.at[1], floors) == floor] for floor in floors]
    values = [yearly(row[1]) for row in rows]
    places = [
        (year, mark.at[0])
        for numbers, marks in zip(values, drawn, strict=True)
        for year, mark in zip(sorted(numbers), sorted(marks, key=lambda mark: mark.at[0]), strict=False)
    ]
    scale = straight_line(places)
    for row, numbers, marks, floor in zip(rows, values, drawn, floors, strict=True):
        name, marks = plain(row[0]), sorted(marks, key=lambda mark: mark.at[0])
        if len(marks) != len(numbers):
            yield f"{name} has {len(numbers)} years in the table, but {len(marks)} dots"
            continue
        yield from _panel(name, numbers, marks, floor, scale)
        bands = [bar for bar in picture.of("bar") if abs(bar.points[1][1] - floor) < WITHIN]
        if len(bands) != len(list(filter(None, _SEMICOLONS.split(plain(row[2]))))):
            yield f"{name} has {len(bands)} grey bands, but the table tells of breaks: {plain(row[2]) or 'none'}"
        words = [word for word in picture.words if _floor(word.at[1] - 15, floors) == floor]
        yield from _panel_words(name, numbers, marks, words, scale)


def _panel(name: str, numbers: dict[int, Printed], marks: list[Mark], floor: float, scale) -> Iterator[str]:
    start, slope = scale
    years = sorted(numbers)
    for year, mark in zip(years, marks, strict=True):
        if abs(start + slope * year - mark.at[0]) > WITHIN:
            yield f"the dot of {name} in {year} stands at another year"
        yield from open_problems(f"{name} in {year}", numbers[year], mark)
    heights = [floor - mark.at[1] for mark in marks]
    for year, number, height, expected in off_scale(heights, years, [numbers[year] for year in years]):
        yield f"the dot of {name} in {year} is {height:.1f} points high, but {told(number)} asks for {expected:.1f}"


def _panel_words(name: str, numbers: dict[int, Printed], marks: list[Mark], words: list[Word], scale) -> Iterator[str]:
    """The title of a small chart, the years under its ticks, and the numbers over its dots."""
    titles = [word.text for word in words if word.held == "start" and plain(word.text).startswith(name)]
    if not titles:
        yield f"no small chart is called {name}, where it should be"
    years = {int(word.text) for word in words if _YEAR.fullmatch(word.text)}
    if years != set(numbers):
        yield f"under {name} stand the years {sorted(years)}, but the table has {sorted(numbers)}"
    for word in words:
        if _YEAR.fullmatch(word.text):
            if abs(scale[0] + scale[1] * int(word.text) - word.at[0]) > WITHIN * 2:
                yield f"the year {word.text} under {name} stands in another place"
            continue
        shown = printed(plain(word.text))
        over = [
            year
            for year, mark in zip(sorted(numbers), marks, strict=True)
            if abs(mark.at[1] - word.at[1] - 5) < 1 and abs(mark.at[0] - word.at[0]) < 50
        ]
        if shown and not any(same_number(shown, numbers[year]) for year in over):
            yield f"{word.text} stands over a dot of {name} that has another number"


def grid_problems(rows: list[list[str]], picture: Picture) -> Iterator[str]:
    """Where a grid does not have just one square for each row and year that its table names."""
    heads = [(int(word.text), word.at[0]) for word in picture.words if _YEAR.fullmatch(word.text)]
    labels = sorted((word for word in picture.words if not _YEAR.fullmatch(word.text)), key=lambda word: word.at[1])
    if [bare(word.text) for word in labels] != [bare(plain(row[0])) for row in rows] or len(heads) < 2:
        yield "its rows or years are not called as in its table"
        return
    start, slope = straight_line(heads)
    if any(abs(start + slope * year - place) > WITHIN * 2 for year, place in heads):
        yield "its years are not where they should be"
    asked = {(name, int(year)) for name, row in enumerate(rows) for year in _YEAR.findall(row[1])}
    shown = []
    for mark in picture.of("square"):
        row = min(range(len(labels)), key=lambda at: abs(labels[at].at[1] - BASELINE + 0.8 - mark.at[1]))
        shown.append((row, round((mark.at[0] - start) / slope)))
    if sorted(shown) != sorted(asked):
        odd = sorted(asked ^ set(shown)) or sorted(shown)
        yield f"its squares are not those of its table: {plain(rows[odd[0][0]][0])} in {odd[0][1]}"
    if wrong := [plain(row[0]) for row in rows if str(len(_YEAR.findall(row[1]))) != plain(row[-1])]:
        yield f"its table counts the years of {wrong[0]} otherwise than it names them"


def _floors(ticks: list[Mark]) -> list[float]:
    """The heights at which there are ticks, those of one small chart as one."""
    heights = sorted(tick.at[1] for tick in ticks)
    return [first for first, before in zip(heights, [-1000.0, *heights], strict=False) if first - before > 2]


def _floor(height: float, floors: list[float]) -> float:
    """The floor of the small chart in which a height lies."""
    return next((floor for floor in floors if floor >= height - WITHIN), floors[-1])
