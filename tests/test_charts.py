"""A picture is drawn in the project's font, the same at every run, and is described in words."""

import warnings
from xml.etree import ElementTree

import pandas as pd
import pytest

from analysis.charts import CHART_MIME, FONT, Chart, Mark, bars, dots, stack
from analysis.errors import RenderingError
from analysis.tables import Table

MARKS = [
    Mark("发明专利", 300.0, "300"),
    Mark("Utility models", 500.0, "500"),
    Mark("设计", 200.0, "200", open_upper=True),
]
TICKS = [(100.0, "100"), (1000.0, "1 thousand")]
DRAWN = {
    "stack": lambda marks=MARKS: stack("stack", marks),
    "bars": lambda marks=MARKS: bars("bars", marks),
    "dots": lambda marks=MARKS: dots("dots", marks, TICKS),
}
each_kind = pytest.mark.parametrize("kind", DRAWN)


@each_kind
def test_a_picture_is_svg_with_its_labels_as_text(kind):
    """Labels and numbers can be read, searched and spoken; nothing is drawn as outlines."""
    svg = DRAWN[kind]()
    root = ElementTree.fromstring(svg)
    texts = " ".join("".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text"))

    assert root.tag.endswith("svg")
    for mark in MARKS:
        assert mark.label in texts
        assert mark.text in texts


@each_kind
def test_a_picture_keeps_every_digit_of_its_labels(kind):
    """Coordinates are shortened to two decimals; 1.45949 trillion must not become 1.46 trillion."""
    svg = DRAWN[kind]([Mark("GDP 0.12345", 300.0, "1.45949 trillion"), Mark("other", 500.0, "2")])
    texts = "".join(ElementTree.fromstring(svg).itertext())

    assert "1.45949 trillion" in texts
    assert "0.12345" in texts


@each_kind
def test_a_picture_names_our_font_and_what_may_stand_in(kind):
    """Where a page is opened our font may be missing."""
    svg = DRAWN[kind]()

    assert f"'{FONT}', 'PingFang SC', 'Microsoft YaHei'" in svg
    assert svg.count(f"'{FONT}'") == svg.count("sans-serif")


@each_kind
def test_the_same_picture_has_the_same_bytes(kind):
    """No date, no random id."""
    first, second = DRAWN[kind](), DRAWN[kind]()

    assert first == second
    assert "<dc:date>" not in first


@each_kind
@pytest.mark.parametrize("glyph", ["🦄", "\u0e01", "𪚥"], ids=["emoji", "Thai", "rare character"])
def test_a_character_without_a_glyph_is_an_error(kind, glyph):
    """An empty box in a printed report would be seen too late."""
    with pytest.raises(RenderingError, match=f"chart {kind}: no glyph"):
        DRAWN[kind]([Mark(f"A {glyph}", 1.0, "1"), Mark("B", 2.0, "2")])


@each_kind
def test_drawing_warns_of_nothing(kind):
    """A warning would stand in a notebook's output."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        DRAWN[kind]()


def test_more_than_is_an_arrow_and_a_plain_number_a_dot():
    """A number known only from below is drawn otherwise."""
    plain = [Mark("a", 10.0, "10"), Mark("b", 20.0, "20")]
    open_ = [plain[0], Mark("b", 20.0, "20", open_upper=True)]

    assert dots("dots", plain, TICKS) != dots("dots", open_, TICKS)


def test_a_chart_comes_with_its_words_and_its_table():
    """The bundle has a picture, a text and everything in words; the JSON has no picture."""
    table = Table("t", "Caption", pd.DataFrame([["a", "1"]], columns=["Item", "Figure"]), ("Figure",))
    chart = Chart("c", "The point", "Unit", "Source: [x](<https://x.y>).", "Bars. a: 1.", table, "<svg></svg>")
    bundle = chart._repr_mimebundle_()

    assert set(bundle) == {"text/plain", "image/svg+xml", CHART_MIME}
    assert bundle["image/svg+xml"] == "<svg></svg>"
    assert bundle["text/plain"].splitlines() == ["The point", "Unit", "Bars. a: 1.", "Source: x."]
    assert set(bundle[CHART_MIME]) == {"id", "title", "subtitle", "source", "description", "table"}
    assert bundle[CHART_MIME]["table"] == table.as_json()
