"""The SVG of matplotlib in fewer bytes, and still the same picture (analysis.slimming)."""

import re
from xml.etree import ElementTree

from analysis.charts import Mark, bars
from analysis.slimming import slim

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def slimmed(inside: str) -> str:
    text = slim(f"{HEAD}{inside}</svg>", "font-family: F")
    return re.sub(r"^<svg[^>]*>|</svg>$", "", text)


def test_styles_become_attributes_so_that_a_page_can_recolour_them():
    """fill: #0072b2 in a style is fill="#0072b2"; a width in pixels loses its unit."""
    assert '<path d="M0 0L1 1" fill="none" stroke="#0072b2" stroke-width="2" />' == slimmed(
        '<path d="M 0 0 L 1 1" style="fill: none; stroke: #0072b2; stroke-width: 2px; stroke-linecap: square"/>'
    )


def test_coordinates_keep_a_tenth_of_a_point_and_markers_a_hundredth():
    """10.06 is 10.1 on the page; in a marker, three points wide, 0.53 stays 0.53."""
    marker = '<defs><path id="m" d="M 0.534 0 L 1 1" style="stroke: #000000"/></defs>'
    used = '<use xlink:href="#m" x="10.06" y="2.04" style="fill: #ffffff"/>'

    assert '<path d="M0.53 0L1 1" stroke="#000000" id="m0" fill="#ffffff" />' in slimmed(marker + used)
    assert '<use x="10.1" y="2" href="#m0" />' in slimmed(marker + used)


def test_a_marker_in_two_colours_leaves_the_colour_to_each_use():
    """White in one place and blue in another: both stay as they were."""
    marker = '<defs><path id="m" d="M 0 0 L 1 1" style="stroke: #000000"/></defs>'
    used = "".join(f'<use xlink:href="#m" x="1" y="2" style="fill: {fill}"/>' for fill in ("#ffffff", "#0072b2"))

    assert ["#ffffff", "#0072b2"] == re.findall(r'<use[^>]*fill="(#\w+)"', slimmed(marker + used))


def test_what_is_not_seen_goes_and_what_is_seen_stays():
    """A background without colour, a line of one point, clips, empty groups; not a label, not a filled band."""
    unseen = (
        '<path d="M 0 0 L 9 9 z" style="fill: none"/><path d="M 4 4 " style="fill: none; stroke: #8a8a8a"/>'
        '<g id="a"><g></g></g><defs><clipPath id="c"><rect width="1"/></clipPath></defs>'
    )
    seen = '<g clip-path="url(#c)"><path d="M 0 0 L 9 9 z" style="fill: #efefef"/></g><g><text x="1">a b</text></g>'

    assert '<path d="M0 0L9 9z" fill="#efefef" /><text x="1">a b</text>' == slimmed(unseen + seen)


def test_lines_that_look_alike_are_one_path_but_see_through_ones_are_not():
    """Two grid lines are one path; two half-transparent intervals would show darker where they cross."""
    line = '<path d="M 0 {0} L 9 {0}" style="fill: none; stroke: #eeeeee{1}"/>'

    assert 'd="M0 1H9M0 2H9"' in slimmed(line.format(1, "") + line.format(2, ""))
    assert 2 == slimmed(line.format(1, "; stroke-opacity: 0.4") + line.format(2, "; stroke-opacity: 0.4")).count(
        "<path"
    )


def test_a_course_along_the_axes_is_told_in_one_number_a_step():
    """From (0, 0) right to 9, down to 5, and aslant to (1, 1): one H, one V, one L; a curve stays as it is."""
    path = '<path d="M 0 0 L 9 0 L 9 5 L 1 1 z" style="fill: #efefef"/>'
    curve = '<path d="M 0 0 C 1 0 2 0 3 0 L 9 0" style="fill: #efefef"/>'

    assert '<path d="M0 0H9V5L1 1z" fill="#efefef" />' == slimmed(path)
    assert '<path d="M0 0C1 0 2 0 3 0L9 0" fill="#efefef" />' == slimmed(curve)


def test_a_tick_is_a_line_at_each_of_its_places():
    """A tick of 3.5 at (10, 20) and at (30, 20) is one path from there to 23.5, in the colour of the tick."""
    marker = '<defs><path id="m" d="M 0 0 L 0 3.5" style="stroke: #000000; stroke-width: 0.8"/></defs>'
    used = "".join(f'<use xlink:href="#m" x="{x}" y="20" style="stroke: #000000"/>' for x in (10, 30))

    assert 'd="M10 20V23.5M30 20V23.5"' in slimmed(marker + used)
    assert 'stroke="#000000"' in slimmed(marker + used)
    assert "<use" not in slimmed(marker + used)


def test_a_round_marker_is_a_circle():
    """matplotlib's circle of radius 3 in eight curves is one of SVG; a diamond stays a path."""
    at = f"{3 * 0.5**0.5:.6f}"
    curves = f"C 0.8 3 1.56 2.68 {at} {at} " * 8
    circle = f'<defs><path id="m" d="M 0 3 {curves}z" style="stroke: #000000"/></defs>'
    diamond = '<defs><path id="m" d="M 0 4 L 4 0 L 0 -4 L -4 0 z" style="stroke: #000000"/></defs>'
    used = '<use xlink:href="#m" x="10" y="20" style="fill: #ffffff"/>'

    assert 'r="3"' in slimmed(circle + used)
    assert "<circle" in slimmed(circle + used)
    assert "<circle" not in slimmed(diamond + used)


def test_texts_stand_above_what_is_drawn_and_those_alike_together():
    """Two grey texts share one group; a path between them comes before; no text changes its place."""
    text = '<text x="{0}" y="2" style="fill: #8a8a8a; font-size: 7px">{0}</text>'
    line = '<path d="M 0 0 L 9 9" style="fill: none; stroke: #000000"/>'
    other = '<text x="5" y="2" style="fill: #222222; font-size: 10px">5</text>' * 3

    found = slimmed(text.format(1) + line + text.format(2) + other)
    assert found.index("<path") < found.index("<text")
    assert '<g fill="#8a8a8a" font-size="7"><text x="1" y="2">1</text><text x="2" y="2">2</text></g>' in found


def test_a_chart_keeps_every_label_and_number():
    """All words of a chart are in it as text, and each bar has the colour of the palette."""
    svg = bars("b", [Mark("Cases received by the courts and others", 2586, "2,586"), Mark("Cases solved", 191, "191")])
    words = " ".join(
        "".join(each.itertext()) for each in ElementTree.fromstring(svg).iter() if each.tag.endswith("text")
    )

    assert "Cases received by the courts and others Cases solved" in words
    assert "2,586" in words
    assert "191" in words
    assert 2 == svg.count('fill="#0072b2"')
