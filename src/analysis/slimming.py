"""The SVG that matplotlib writes, as the same picture in a quarter of the bytes.

Styles become attributes, so that a page can give each colour another one in the dark; what every text shares stands
once, at the root; groups, clips and ids that do nothing go.
"""

import re
from collections import Counter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d+")
_NO_TURN = re.compile(r"rotate\(-?0(?:\.0+)? [-0-9. ]+\)")
_PIXELS = re.compile(r"(\d+(?:\.\d+)?)px")
_STROKES = ("stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-dasharray")
# What matplotlib draws as a round marker and as a tick.
_ROUND = re.compile(r"M0 ([\d.]+)(?:C(?:-?[\d.]+ ?){6}){8}z")
_TICK = re.compile(r"M0 0L(?=0 |-?[\d.]+ 0$)(-?[\d.]+) (-?[\d.]+)")
_STEP = re.compile(r"([ML])(-?[\d.]+) (-?[\d.]+)")
_STRAIGHT = re.compile(rf"(?:{_STEP.pattern})+z?")
# Where a page is opened, the font may be missing: whatever draws Chinese there takes its place.
_FONTS = "'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
PICTURE = f"font-family: {_FONTS}; stroke-linejoin: round"
"""The style of every picture of ours; a page says it once for all of them."""

INHERITED = ("font-size", "fill", "text-anchor")

ElementTree.register_namespace("", SVG)


def slim(svg: str, style: str) -> str:
    """`svg` of matplotlib with `style` at its root. The picture stays as it was, to a tenth of a point."""
    root = ElementTree.fromstring(svg[svg.index("<svg") :])
    _drop(root)
    for element in root.iter():
        _plain_attributes(element)
    root.set("style", style)
    _inherit(root)
    _name(root)
    _colour_markers(root)
    _plain_markers(root)
    _flatten(root)
    _gather_texts(root)
    _join_lines(root)
    for path in (element for element in root.iter() if _tag(element) == "path"):
        path.set("d", _level(path.get("d", "")))
    return ElementTree.tostring(root, encoding="unicode")


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _drop(parent: Element) -> None:
    """Take out notes, style sheets, clips (nothing in our charts reaches out of its axes) and what is not seen."""
    for child in list(parent):
        _drop(child)
        unseen = _tag(child) in {"metadata", "style", "clipPath"}
        if unseen or (_tag(child) == "path" and _is_invisible(child)):
            parent.remove(child)


def _is_invisible(path: Element) -> bool:
    style = path.get("style", "")
    drawn = "fill: none" not in style or "stroke:" in style
    return not drawn or ("id" not in path.attrib and len(re.findall("[A-Za-z]", path.get("d", ""))) < 2)


def _plain_attributes(element: Element) -> None:
    """Declarations of a style as attributes, coordinates to a tenth of a point (markers, small as they are, finer)."""
    element.attrib.pop("clip-path", None)
    element.attrib.pop("version", None)
    for declaration in filter(str.strip, element.attrib.pop("style", "").split(";")):
        name, value = declaration.split(":", 1)
        if name.strip() != "font-family":  # said once, by the style of the root
            element.set(name.strip(), _PIXELS.sub(r"\1", value.strip()))
    if _XLINK in element.attrib:
        element.set("href", element.attrib.pop(_XLINK))
    if _NO_TURN.fullmatch(element.get("transform", "")):
        del element.attrib["transform"]
    if _tag(element) == "text" and "text-anchor" not in element.attrib:
        element.set("text-anchor", "start")
    # Lines end square or butt: with the charts' few points of width nobody can tell.
    element.attrib.pop("stroke-linecap", None)
    if "stroke" not in element.attrib and _tag(element) != "svg":
        for name in _STROKES:
            element.attrib.pop(name, None)
    decimals = 2 if "id" in element.attrib else 1
    for name in ("d", "x", "y", "points"):
        if name in element.attrib:
            short = _NUMBER.sub(
                lambda number: f"{float(number[0]):.{decimals}f}".rstrip("0").rstrip("."), element.get(name)
            )
            element.set(name, re.sub(r"\s*([A-Za-z])\s*", r"\1", short).strip())


def _inherit(root: Element) -> None:
    """What most texts have in common, once at the root. Everything else that is drawn says its own fill."""
    texts = [element for element in root.iter() if _tag(element) == "text"]
    for name in INHERITED:
        common = Counter(text.get(name) for text in texts if name in text.attrib).most_common(1)
        if not common:
            continue
        root.set(name, common[0][0])
        for text in texts:
            if text.get(name) == common[0][0]:
                del text.attrib[name]


def _name(root: Element) -> None:
    """Short ids, only where something refers to them."""
    referred = [element.get("href", "")[1:] for element in root.iter() if element.get("href", "").startswith("#")]
    names = {old: f"m{position}" for position, old in enumerate(dict.fromkeys(referred))}
    for element in root.iter():
        if "id" in element.attrib:
            old = element.attrib.pop("id")
            if old in names:
                element.set("id", names[old])
        if element.get("href", "")[1:] in names:
            element.set("href", "#" + names[element.get("href")[1:]])


def _colour_markers(root: Element) -> None:
    """A marker that is used in one colour only says so itself."""
    uses: dict[str, list[Element]] = {}
    for use in (element for element in root.iter() if _tag(element) == "use"):
        uses.setdefault(use.get("href"), []).append(use)
    for marker in (element for element in root.iter() if f"#{element.get('id')}" in uses):
        used = uses[f"#{marker.get('id')}"]
        for name in ("fill", "stroke", *_STROKES):
            values = {use.get(name) for use in used}
            if len(values) == 1 and None not in values:
                marker.set(name, values.pop())
                for use in used:
                    del use.attrib[name]


def _plain_markers(root: Element) -> None:
    """A round marker as the circle that it is, and a tick as a line at each of its places."""
    parents = {child: parent for parent in root.iter() for child in parent}
    markers = {f"#{each.get('id')}": each for each in root.iter() if _tag(each) == "path" and "id" in each.attrib}
    for name, marker in markers.items():
        if radius := _ROUND.fullmatch(marker.get("d", "")):
            marker.tag = f"{{{SVG}}}circle"
            del marker.attrib["d"]
            marker.set("r", radius[1])
        elif tick := _TICK.fullmatch(marker.get("d", "")):
            for use in [each for each in root.iter() if each.get("href") == name]:
                x, y = (float(use.attrib.pop(axis)) for axis in ("x", "y"))
                across, down = (float(part) for part in tick.groups())
                use.tag = f"{{{SVG}}}path"
                del use.attrib["href"]
                use.attrib |= {key: value for key, value in marker.attrib.items() if key not in ("id", "d")}
                use.set("fill", "none")
                use.set("d", f"M{x:g} {y:g}L{x + across:.4g} {y + down:.4g}")
            parents[marker].remove(marker)


def _gather_texts(root: Element) -> None:
    """Texts above all else, in the order in which they were, those that look alike as one group."""
    alike: dict[tuple, list[Element]] = {}
    for text in [child for child in root if _tag(child) == "text"]:
        root.remove(text)
        look = {name: value for name, value in text.attrib.items() if name not in ("x", "y", "transform")}
        alike.setdefault(tuple(sorted(look.items())), []).append(text)
    for look, texts in alike.items():
        if not look or len(texts) == 1:
            root.extend(texts)
            continue
        group = ElementTree.SubElement(root, f"{{{SVG}}}g", dict(look))
        for text in texts:
            for name, _ in look:
                del text.attrib[name]
        group.extend(texts)


def _level(course: str) -> str:
    """A course of straight lines with those along an axis in short."""
    if not _STRAIGHT.fullmatch(course):
        return course
    steps, before = [], ("", "")
    for letter, x, y in _STEP.findall(course):
        if letter == "L" and y == before[1]:
            steps.append(f"H{x}")
        elif letter == "L" and x == before[0]:
            steps.append(f"V{y}")
        else:
            steps.append(f"{letter}{x} {y}")
        before = (x, y)
    return "".join(steps) + "z" * course.endswith("z")


def _join_lines(parent: Element) -> None:
    """Neighbouring lines that look the same are one path."""
    joined: list[Element] = []
    for child in parent:
        _join_lines(child)
        before = joined[-1] if joined else None
        if before is not None and _look(before) == _look(child) is not None:
            before.set("d", before.get("d") + child.get("d"))
        else:
            joined.append(child)
    parent[:] = joined


def _look(element: Element) -> dict | None:
    """All that a line is drawn with but its course; None for anything else. See-through lines would show overlaps."""
    if _tag(element) != "path" or element.get("fill") != "none" or {"id", "stroke-opacity"} & set(element.attrib):
        return None
    return {name: value for name, value in element.attrib.items() if name != "d"}


def _flatten(parent: Element) -> None:
    """Put the contents of groups that say nothing in their place, and leave empty ones out."""
    children: list[Element] = []
    for child in parent:
        _flatten(child)
        if _tag(child) == "g" and not child.attrib:
            children += list(child)
        elif _tag(child) not in {"g", "defs"} or len(child):
            children.append(child)
        child.tail = None
    if _tag(parent) != "text":
        parent.text = None
    parent[:] = children
