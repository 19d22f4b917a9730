"""The SVG of a chart, made fit to stand in a page among others."""

import re
from xml.etree import ElementTree

from analysis.errors import RenderingError, quoted
from analysis.sanitising import SVG_ATTRIBUTES, SVG_ELEMENTS, is_from_elsewhere
from analysis.slimming import PICTURE

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_XLINK = "http://www.w3.org/1999/xlink"
_LINK = f"{{{_XLINK}}}href"
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_FOR_ALL = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")
_TEXT_SIZE = re.compile(r"""font-size="([0-9.]+)"|font(?:-size)?:[^;"']*?\b([0-9.]+)px""")
SMALLEST_LETTERS, SMALLEST_SCALE = 8.5, 0.85
_NOTES = {"metadata", "title", "desc"}
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
            if _tag(child) in _NOTES:
                parent.remove(child)
            elif _tag(child) == "style":
                parent.remove(child)
                root.set("style", _style_for_all(child.text or "", name))
    for element in root.iter():
        _check_element(element, name)
        _rename(element, prefix)
    if root.get("style") == PICTURE:
        del root.attrib["style"]
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.set("role", "img")
    root.set("aria-label", description)
    return ElementTree.tostring(root, encoding="unicode")


def vetted(svg: str, name: str) -> str:
    """`svg` as it is, if nothing in it acts or asks for more: it is a file of its own too, and goes into the PDF.

    Raises RenderingError otherwise; `name` is for messages.
    """
    root = _read(svg, name)
    if "<?xml-stylesheet" in svg:
        raise RenderingError(f"chart {name}: the picture asks for a style sheet")
    notes = {note for element in root.iter() if _tag(element) in _NOTES for note in element.iter()}
    for element in root.iter():
        if _tag(element) == "style":
            _style_for_all(element.text or "", name)
        elif element not in notes:
            _check_element(element, name)
        elif _tag(element) not in _NOTES and str(element.tag).startswith((f"{{{_SVG}}}", f"{{{_XHTML}}}")):
            raise RenderingError(f"chart {name}: the picture holds a {_tag(element)} in its notes")
    return svg


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
    if not found or is_from_elsewhere(style):
        raise RenderingError(
            f"chart {name}: the picture has a style sheet of its own, which would style the whole page"
        )
    return "; ".join(part.strip() for part in found[1].split(";") if part.strip())


def _check_element(element: ElementTree.Element, name: str) -> None:
    """Refuse an element that is none of a picture's, or that acts or asks for more than the picture itself."""
    if not str(element.tag).startswith(f"{{{_SVG}}}") or _tag(element) not in SVG_ELEMENTS:
        raise RenderingError(f"chart {name}: the picture holds a {_tag(element)}")
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2]
        if plain.startswith("on"):
            raise RenderingError(f"chart {name}: the picture holds a script, in {plain}")
        if plain not in SVG_ATTRIBUTES and not plain.startswith("aria-"):
            raise RenderingError(f"chart {name}: the picture holds the attribute {plain}")
        if (plain == "href" and not value.startswith("#")) or (plain in SVG_ATTRIBUTES and is_from_elsewhere(value)):
            raise RenderingError(f"chart {name}: the picture refers to {quoted(value)}")


def _rename(element: ElementTree.Element, name: str) -> None:
    for attribute, value in element.attrib.items():
        if attribute == "id":
            element.set(attribute, f"{name}-{value}")
        elif attribute in {"href", _LINK} and value.startswith("#"):
            element.set(attribute, f"#{name}-{value[1:]}")
        elif "url(" in value:
            element.set(attribute, _REFERENCE.sub(rf"url(#{name}-\1)", value))
