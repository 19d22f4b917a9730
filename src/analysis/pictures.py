"""The SVG of a chart, made fit to stand in a page among others."""

import re
from xml.etree import ElementTree

from analysis.errors import RenderingError
from analysis.slimming import PICTURE

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_LINK = f"{{{_XLINK}}}href"
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_FOR_ALL = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")
_TEXT_SIZE = re.compile(r"""font-size="([0-9.]+)"|font(?:-size)?:[^;"']*?\b([0-9.]+)px""")
SMALLEST_LETTERS, SMALLEST_SCALE = 8.5, 0.85
_POINTS = {"pt": 1.0, "px": 0.75, "": 0.75, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54}

ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", _XLINK)


def inline_svg(svg: str, name: str, prefix: str, description: str) -> str:
    """`svg` for a page of HTML: described, sized by the page, every id beginning with `prefix`, nothing that acts.

    `name` is for messages.

    Raises RenderingError if it is not SVG, or holds what a page of ours may not: a script, or anything from elsewhere.
    """
    root = _read(svg, name)
    for parent in list(root.iter()):
        for child in list(parent):
            if _tag(child) in {"metadata", "title", "desc"}:
                parent.remove(child)
            elif _tag(child) == "style":
                parent.remove(child)
                root.set("style", _style_for_all(child.text or "", name))
    for element in root.iter():
        _check(element, name)
        _rename(element, prefix)
    if root.get("style") == PICTURE:
        del root.attrib["style"]
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.set("role", "img")
    root.set("aria-label", description)
    return ElementTree.tostring(root, encoding="unicode")


def natural_width(svg: str, name: str) -> float:
    """The width of `svg` in points. Raises RenderingError if it does not say."""
    stated = _read(svg, name).get("width", "")
    found = re.fullmatch(r"([0-9.]+)\s*([a-z]*)", stated)
    if not found or found[2] not in _POINTS:
        raise RenderingError(f"chart {name}: the picture's width is {stated!r}, not a length such as 475.2pt")
    return float(found[1]) * _POINTS[found[2]]


def printed_width(svg: str, name: str) -> float:
    """The width of `svg` on paper in points: reduced as far as its letters allow, so that it fits beside its text."""
    sizes = [float(attribute or style) for attribute, style in _TEXT_SIZE.findall(svg)]
    scale = max(SMALLEST_LETTERS / min(sizes), SMALLEST_SCALE) if sizes else 1.0
    return natural_width(svg, name) * min(scale, 1.0)


def _read(svg: str, name: str) -> ElementTree.Element:
    if "<!ENTITY" in svg:
        raise RenderingError(f"chart {name}: the picture declares entities")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise RenderingError(f"chart {name}: the picture is not SVG: {error}") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise RenderingError(f"chart {name}: the picture is not SVG, but {root.tag!r}")
    return root


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _style_for_all(style: str, name: str) -> str:
    """The declarations of a style sheet for all elements, which would otherwise reach the whole page."""
    found = _FOR_ALL.fullmatch(style)
    if not found:
        raise RenderingError(
            f"chart {name}: the picture has a style sheet of its own, which would style the whole page"
        )
    return "; ".join(part.strip() for part in found[1].split(";") if part.strip())


def _check(element: ElementTree.Element, name: str) -> None:
    if _tag(element) in {"script", "foreignObject", "iframe"}:
        raise RenderingError(f"chart {name}: the picture holds a {_tag(element)}")
    for attribute, value in element.attrib.items():
        if attribute.rpartition("}")[2].startswith("on"):
            raise RenderingError(f"chart {name}: the picture holds a script, in {attribute}")
        if attribute in {"href", _LINK} and not value.startswith(("#", "data:image/")):
            raise RenderingError(f"chart {name}: the picture refers to {value!r}")


def _rename(element: ElementTree.Element, name: str) -> None:
    for attribute, value in element.attrib.items():
        if attribute == "id":
            element.set(attribute, f"{name}-{value}")
        elif attribute in {"href", _LINK} and value.startswith("#"):
            element.set(attribute, f"#{name}-{value[1:]}")
        elif "url(" in value:
            element.set(attribute, _REFERENCE.sub(rf"url(#{name}-\1)", value))
