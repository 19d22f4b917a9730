"""What a picture shows, read back from its SVG: every word with its place, every bar, dot, line and grey band.

Lengths are in the picture's own points. How the SVG is written (ids, order of attributes, groups, white space) makes no
difference. Standard library only, and nothing of the modules that draw.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import dist
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

Point = tuple[float, float]
SMALLEST = 20.0
"""A picture that is less wide or high, in points, shows nothing."""

_PART = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_MOVED = re.compile(r"translate\(\s*([-\d.e]+)[\s,]+([-\d.e]+)\s*\)")
_STEPS = {"M": 2, "L": 2, "H": 1, "V": 1, "T": 2, "S": 4, "Q": 4, "C": 6, "A": 7}
"""How many numbers a step of a path has, by its letter."""
_SAID = {"fill": "black", "stroke": "none", "text-anchor": "start", "stroke-width": "1"}
TICK = 3.5
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


@dataclass(frozen=True, slots=True)
class Word:
    """A text in a picture: where it is held, and by which end (start, middle, end)."""

    text: str
    at: Point
    held: str = "start"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn: bar, line, circle, triangle, arrow, diamond, square or tick, its colour, and its points.

    A bar has two opposite corners, a line all its points, any other its middle.
    """

    shape: str
    colour: str
    points: tuple[Point, ...]

    @property
    def at(self) -> Point:
        """Its first point."""
        return self.points[0]

    @property
    def length(self) -> float:
        """How long a bar is from left to right."""
        return self.points[1][0] - self.points[0][0]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows, in the order in which it is drawn."""

    size: Point
    words: tuple[Word, ...]
    marks: tuple[Mark, ...]

    def of(self, *shapes: str) -> list[Mark]:
        """The marks of some shapes."""
        return [mark for mark in self.marks if mark.shape in shapes]


def picture_of(svg: str) -> Picture | None:
    """The picture in an SVG; None if the text is no SVG, or one in which nothing can be seen."""
    try:
        root = ElementTree.fromstring(svg[max(svg.find("<svg"), 0) :])
        size = tuple(float(number) for number in root.get("viewBox", "").split()[2:])
        markers = {name: found for each in root.iter() if (name := each.get("id")) and (found := _marker(each))}
        shown = list(_shown(root, _SAID, (0.0, 0.0), markers))
    except (ElementTree.ParseError, ValueError, IndexError, KeyError):
        return None
    if len(size) != 2 or min(size) < SMALLEST or not shown:
        return None
    words = tuple(each for each in shown if isinstance(each, Word))
    return Picture(size, words, tuple(each for each in shown if isinstance(each, Mark)))


def _shown(element: Element, said: dict[str, str], moved: Point, markers: dict) -> Iterator[Word | Mark]:
    """What an element and those inside it show. ``said`` is what the elements around it say of fill and the like."""
    tag = element.tag.rpartition("}")[2]
    said = said | _said(element)
    if found := _MOVED.search(element.get("transform", "")):
        moved = (moved[0] + float(found[1]), moved[1] + float(found[2]))
    place = _moved((float(element.get("x", 0)), float(element.get("y", 0))), moved)
    if tag == "text" and (text := " ".join("".join(element.itertext()).split())):
        yield Word(text, place, said["text-anchor"])
    elif tag == "path":
        yield from _path(element.get("d", ""), said, moved)
    elif tag == "circle":
        middle = (float(element.get("cx", 0)), float(element.get("cy", 0)))
        yield Mark("circle", f"{said['fill']} {said['stroke']}".lower(), (_moved(middle, moved),))
    elif tag == "use":
        name = next(element.get(each, "") for each in _HREFS if each in element.attrib).removeprefix("#")
        shape, own = markers.get(name, ("nothing", {}))
        colours = said | own | _said(element)
        told = colours["stroke"] if shape == "tick" else f"{colours['fill']} {colours['stroke']}"
        yield Mark(shape, told.lower(), (place,))
    if tag not in ("defs", "text", "metadata", "style", "clipPath"):
        for child in element:
            yield from _shown(child, said, moved, markers)


def _said(element: Element) -> dict[str, str]:
    """Fill, stroke and anchor of an element, from its attributes or its style."""
    pairs = (each.split(":", 1) for each in element.get("style", "").split(";") if ":" in each)
    style = {name.strip(): value.strip() for name, value in pairs}
    return {name: value for name, value in (element.attrib | style).items() if name in _SAID}


def _path(course: str, said: dict[str, str], moved: Point) -> Iterator[Mark]:
    """A path as a bar if it is a filled rectangle, as a tick if it is a thin short line down, otherwise as lines."""
    for points, closed in _courses(course):
        points = [_moved(point, moved) for point in points]
        if closed and said["fill"] != "none" and len({*points}) == 4:
            across, down = sorted(x for x, _ in points), sorted(y for _, y in points)
            yield Mark("bar", said["fill"].lower(), ((across[0], down[0]), (across[-1], down[-1])))
        elif _is_tick(points) and float(said["stroke-width"]) < 1:
            yield Mark("tick", said["stroke"].lower(), (points[0],))
        else:
            yield Mark("line", said["stroke"].lower(), tuple(points))


def _is_tick(points: list[Point]) -> bool:
    straight = len(points) == 2 and abs(points[0][0] - points[1][0]) < 0.05
    return straight and abs(points[1][1] - points[0][1] - TICK) < 0.05


def _courses(course: str) -> list[tuple[list[Point], bool]]:
    """The strokes of a path: the points that each leads to, and whether it returns to its first."""
    found: list[tuple[list[Point], bool]] = []
    at = (0.0, 0.0)
    for letter, rest in _PART.findall(course):
        if letter in "zZ":
            found[-1] = (found[-1][0], True)
            at = found[-1][0][0]
            continue
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        size = _STEPS[letter.upper()]
        for start in range(0, len(numbers), size):
            step = numbers[start : start + size]
            base = at if letter.islower() else (0.0, 0.0)
            if letter in "hH":
                at = (base[0] + step[0], at[1])
            elif letter in "vV":
                at = (at[0], base[1] + step[0])
            else:
                at = (base[0] + step[-2], base[1] + step[-1])
            if letter in "mM" and start == 0:
                found.append(([at], False))
            else:
                found[-1][0].append(at)
    return found


def _marker(element: Element) -> tuple[str, dict[str, str]] | None:
    """The shape of something that is drawn in several places, and its colours; None if it is no shape."""
    if element.tag.rpartition("}")[2] == "circle":
        return "circle", _said(element)
    course = element.get("d", "")
    if not course:
        return None
    (points, closed), *_ = _courses(course)
    corners = list(dict.fromkeys((round(x, 2) + 0.0, round(y, 2) + 0.0) for x, y in points))
    if set("Cc") & set(course):
        shape = "circle"
    elif not closed:
        shape = "tick"
    elif len(corners) == 3:
        shape = "arrow" if any(y == 0 for _, y in corners) else "triangle"
    else:
        shape = "diamond" if any(y == 0 for _, y in corners) else "square"
    return shape, _said(element)


def _moved(point: Point, by: Point) -> Point:
    return (point[0] + by[0], point[1] + by[1])


def near(one: Mark, other: Mark, within: float) -> bool:
    """Whether two marks look the same, but for their places by less than ``within`` points."""
    alike = (one.shape, one.colour, len(one.points)) == (other.shape, other.colour, len(other.points))
    return alike and all(dist(*pair) <= within for pair in zip(one.points, other.points, strict=True))
