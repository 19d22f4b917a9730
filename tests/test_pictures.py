"""The SVG of a chart in a page of HTML (analysis.pictures)."""

import pytest
from bs4 import BeautifulSoup

from analysis.errors import RenderingError
from analysis.pictures import inline_svg, natural_width, printed_width, vetted

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="72pt" height="36pt">'
SVG = (
    HEAD + "<metadata>made by</metadata><defs><style>*{stroke-linecap: butt}</style><path id='m' d='M0 0'/></defs>"
    "<clipPath id='c'><rect/></clipPath><g clip-path='url(#c)'><use xlink:href='#m'/></g><text>专利</text></svg>"
)


def test_ids_of_two_charts_cannot_meet():
    """Every id in a picture, and every reference to it, begins with the chart's own id."""
    picture = BeautifulSoup(inline_svg(SVG, "one", "one", "A line."), "xml")

    assert {"one-m", "one-c"} == {element["id"] for element in picture.find_all(id=True)}
    assert "#one-m" == picture.find("use")["xlink:href"]
    assert "url(#one-c)" == picture.find("g")["clip-path"]


def test_the_picture_is_described_and_takes_the_size_of_the_page():
    """A screen reader hears the description; width and height are left to the page."""
    picture = BeautifulSoup(inline_svg(SVG, "one", "one", 'A "line" & more.'), "xml").svg

    assert ("img", 'A "line" & more.') == (picture["role"], picture["aria-label"])
    assert not picture.has_attr("width")
    assert picture.find("metadata") is None


def test_a_style_for_all_elements_stays_in_its_picture():
    """A rule for `*` would restyle the whole page, so it becomes the picture's own attribute."""
    picture = BeautifulSoup(inline_svg(SVG, "one", "one", "A line."), "xml").svg

    assert "stroke-linecap: butt" == picture["style"]
    assert picture.find("style") is None


@pytest.mark.fault(17)
@pytest.mark.fault(18)
@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<script>x</script>", "script"),
        ("<rect onclick='x'/>", "onclick"),
        ("<image xlink:href='https://example.org/a.png'/>", "image"),
        ("<use xlink:href='https://example.org/a.svg#b'/>", "example"),
        ("<use href='data:image/svg+xml;base64,PHN2Zz4=#a'/>", "data:"),
        ("<a href='#c'><text>a</text></a>", "holds a a"),
        ("<animate attributeName='href' to='#'/>", "animate"),
        ("<set attributeName='onmouseover' to='x'/>", "set"),
        ("<rect fill='url(https://example.org/a.svg#b)'/>", "example"),
        ("<rect style='fill: u\\72l(//example.org)'/>", "refers"),
        ("<rect formaction='x'/>", "formaction"),
        ("<p xmlns='http://www.w3.org/1999/xhtml'/>", "holds a p"),
        ("<style>*{background: url(//example.org/a)}</style>", "style sheet"),
        ("<style>p{color:red}</style>", "style sheet"),
        ("<foreignObject/>", "foreignObject"),
    ],
)
def test_what_acts_or_asks_for_more_is_refused(inside, found):
    """No script, no request, no style for the page."""
    with pytest.raises(RenderingError, match=found):
        inline_svg(f"{HEAD}{inside}</svg>", "one", "one", "d")
    with pytest.raises(RenderingError, match=found):
        vetted(f"{HEAD}{inside}</svg>", "one")


def test_a_picture_that_is_a_file_of_its_own_holds_nothing_that_acts_in_its_notes_either():
    """Notes of the program that drew it may stay; a script among them, or an address of a style sheet, may not."""
    assert SVG == vetted(SVG, "one")
    with pytest.raises(RenderingError, match="script in its notes"):
        vetted(SVG.replace("made by", "<script>x</script>"), "one")
    with pytest.raises(RenderingError, match="style sheet"):
        vetted(f"<?xml-stylesheet href='https://example.org'?>{SVG}", "one")


@pytest.mark.parametrize("text", ["", "no picture", "<html/>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'])
def test_what_is_no_picture_is_refused(text):
    """Only SVG is taken for SVG."""
    with pytest.raises(RenderingError, match="chart one"):
        inline_svg(text, "one", "one", "d")


def test_widths_are_in_points():
    """An inch is 72 points, a pixel three quarters of one."""
    assert 72 == natural_width(SVG, "one")
    assert 54 == natural_width(SVG.replace("72pt", "72px"), "one")
    with pytest.raises(RenderingError, match="100%"):
        natural_width(SVG.replace("72pt", "100%"), "one")


@pytest.mark.parametrize(
    ("letters", "width"),
    [
        ('<text font-size="10">a</text>', 72 * 0.85),
        ('<text style="font: bold 10px sans-serif">a</text>', 72 * 0.85),
        ('<text font-size="10">a</text><text font-size="9">b</text>', 72 * 8.5 / 9),
        ('<text font-size="7">a</text>', 72),
        ("<path/>", 72),
    ],
)
def test_a_picture_is_reduced_on_paper_as_far_as_its_letters_allow(letters, width):
    """Letters of ten points and of nine are printed at 8.5; smaller ones, and none, leave the picture as it is."""
    assert width == pytest.approx(printed_width(f"{HEAD}{letters}</svg>", "one"))
