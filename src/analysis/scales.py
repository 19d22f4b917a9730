"""Numbers on a scale that is found from the marks themselves, and numbers in the words beside them.

Half a point is allowed for rounded coordinates, besides what the digits of a number leave open.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import median

from analysis.drawn import Mark
from analysis.facts import plain
from analysis.printed_numbers import Printed

WITHIN = 0.5
OPEN = frozenset({"more_than", "at_least"})
OPEN_SHAPES = frozenset({"arrow", "triangle"})
DOTS = ("circle", "arrow", "triangle", "diamond")
BASELINE = 4.0
"""How far, in points, a word's foot stands below the middle of its line."""


def off_scale(lengths: list[float], names: Sequence, numbers: list[Printed]) -> Iterator[tuple]:
    """The marks that are not as long as their numbers, on the scale that most marks agree on."""
    scales = [length / float(each.values[0]) for length, each in zip(lengths, numbers, strict=True) if each.values[0]]
    scale = _most_agreed(scales, lengths, numbers)
    for name, number, length in zip(names, numbers, lengths, strict=True):
        expected = float(number.values[0]) * scale
        if abs(length - expected) > WITHIN + float(number.place) * scale / 2:
            yield name, number, length, expected


def _most_agreed(scales: list[float], lengths: list[float], numbers: list[Printed]) -> float:
    """The scale that the most marks agree with; of several such, that of the longest mark."""

    def agreeing(scale: float) -> tuple[int, float]:
        fit = [abs(length - float(each.values[0]) * scale) for length, each in zip(lengths, numbers, strict=True)]
        return sum(apart <= WITHIN for apart in fit), -sum(fit)

    return max(scales, key=agreeing, default=0.0)


def open_problems(name: str, number: Printed, mark: Mark) -> Iterator[str]:
    """Where a number known from below only is not drawn as such, or another is."""
    if (number.qualifier in OPEN) != (mark.shape in OPEN_SHAPES):
        yield f"{name} is {number.qualifier.replace('_', ' ')}, but drawn as a {mark.shape}"


def straight_line(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Start and slope of the straight line that most points lie on."""
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2) if a[0] != b[0]]
    slope = median(slopes) if slopes else 1.0
    return median(place - slope * at for at, place in points), slope


def same_number(shown: Printed, number: Printed) -> bool:
    """Whether two printed numbers are one, whatever is counted."""
    return (shown.values, shown.qualifier) == (number.values, number.qualifier)


def told(number: Printed) -> str:
    """A number for a message."""
    qualifier = "" if number.qualifier == "exact" else number.qualifier.replace("_", " ") + " "
    return f"{qualifier}{float(number.values[0]):,g}"


def bare(text: str) -> str:
    """A text without spaces, for one that was broken into lines."""
    return re.sub(r"\s", "", plain(text))
