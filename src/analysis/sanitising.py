"""What a page may hold, element by element: the only home of nh3.

All text of a report is escaped where it is written, so that nothing in a value, a note or a name can become markup.
This is the second wall: the finished page, but for the head and the script of our own, goes through a sanitiser that
lets through what is named here and nothing else. What it would take away is an error, because a report that loses
a part in silence is worse than none.
"""

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser

import nh3

from analysis.errors import RenderingError, listed


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    "a abbr article aside b bdi bdo blockquote br button caption cite code col colgroup data dd del details dfn dialog "
    "div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i ins kbd li main mark nav ol p pre q s "
    "samp search section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr"
)
ATTRIBUTES = _words(
    "class colspan cite datetime dir download headers hidden href hreflang id lang open role rowspan scope start style "
    "tabindex title translate type value"
)
CONTROLS = _words("fieldset form input label legend optgroup option output select")
CONTROL_ATTRIBUTES = _words("autocomplete checked disabled for name selected spellcheck")
"""What a page with a search has besides; its policy lets no form be sent."""
SVG_ELEMENTS = _words(
    "svg circle clipPath defs ellipse g line linearGradient marker mask path pattern polygon polyline radialGradient "
    "rect stop symbol text textPath tspan use"
)
SVG_ATTRIBUTES = _words(
    "class clip-path clip-rule clipPathUnits cx cy d direction display dominant-baseline dx dy fill fill-opacity "
    "fill-rule focusable font-family font-size font-style font-variant font-weight fx fy gradientTransform "
    "gradientUnits height href id lang letter-spacing marker-end marker-height marker-mid marker-start marker-width "
    "markerHeight markerUnits markerWidth mask maskContentUnits maskUnits offset opacity orient overflow paint-order "
    "pathLength patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY role rotate "
    "rx ry shape-rendering space spreadMethod startOffset stop-color stop-opacity stroke stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style tabindex "
    "text-anchor text-decoration text-rendering textLength transform unicode-bidi vector-effect version viewBox "
    "visibility width word-spacing writing-mode x x1 x2 xmlns y y1 y2"
)
"""What pictures are made of: nothing that runs, moves, embeds or comes from elsewhere."""

_FROM_ELSEWHERE = re.compile(r"""url\s*\(\s*(?!['"]?#)|\\|@import|expression\s*\(|image-set|-moz-binding""", re.I)
# Attributes that are read or matched, but never taken for an address or a style.
_READ = _words("class download hreflang id lang title value")
# The web, a place in the page, or a file beside it.
_LEADS = re.compile(r"https?://[^\s/\\].*|#.*|(?:\.\.?/)*(?:[^\s/\\:#][^\\:#\x00-\x1f]*)?(?:#.*)?", re.I)
_EMPTY = re.compile("></(?:circle|ellipse|line|path|polygon|polyline|rect|stop|use)>")


def sanitised(page: str, *, controls: bool = False) -> str:
    """A rendered page without its head and script, as nh3 writes it; it may hold CONTROLS if that is said.

    Raises RenderingError, and names it, for anything that is not among ELEMENTS, ATTRIBUTES and their like for SVG,
    for an address that is not of the web, of the page or of a file beside it, and for a style that asks for a file.
    """
    clean = _cleaner(controls).clean(page)
    if lost := kinds(page) - kinds(clean):
        raise RenderingError(
            f"the page holds {listed(sorted(lost), most=5)}, which a report may not; "
            "what it may is named in src/analysis/sanitising.py"
        )
    return _EMPTY.sub(" />", clean)  # two thirds of the bytes that closing tags of lines and dots would need


def is_from_elsewhere(value: str) -> bool:
    """Whether a style, or an attribute such as fill, asks for anything but a part of its own picture."""
    return bool(_FROM_ELSEWHERE.search(value))


@cache
def _cleaner(controls: bool) -> nh3.Cleaner:
    own = {name: set(CONTROL_ATTRIBUTES) for name in CONTROLS} if controls else {}
    return nh3.Cleaner(
        tags=set(ELEMENTS | SVG_ELEMENTS | own.keys()),
        attributes={"*": set(ATTRIBUTES), **own, **{name: set(SVG_ATTRIBUTES) for name in SVG_ELEMENTS}},
        generic_attribute_prefixes={"aria-", "data-"},
        attribute_filter=_kept,
        url_schemes={"http", "https"},
        clean_content_tags={"script", "style"},
        link_rel=None,
    )


def _kept(element: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or None where it asks for something that a page of ours does not."""
    if attribute in ("href", "cite"):
        allowed = _LEADS.fullmatch(value) if element == "a" else value.startswith("#")
        return value if allowed else None
    if attribute.startswith(("aria-", "data-")) or attribute in _READ:
        return value
    return None if is_from_elsewhere(value) else value


class _Kinds(HTMLParser):
    """Counts elements, and attributes with their elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[f"<{tag}>"] += 1
        for name, _ in attrs:
            if not name.startswith("xmlns"):
                self.found[f"{name} of <{tag}>"] += 1


def kinds(page: str) -> Counter[str]:
    """How many of each element, and of each attribute of each element, a page holds."""
    reader = _Kinds()
    reader.feed(page)
    reader.close()
    return reader.found
