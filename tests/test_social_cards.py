"""Social cards: of one size, light, the same each time, and never a box in place of a character."""

import io

import pytest
from PIL import Image

from analysis.errors import RenderingError
from analysis.social_cards import SIZE, SocialCard

CARD = SocialCard(
    "Intellectual property in Testville, 2021", "more than 25.00%", "Share of inventions", "24.9% to 25.1%",
    "Source: 2022-03-01 专利局",
)  # fmt: skip


def opened(card):
    return Image.open(io.BytesIO(card.picture()))


def ink(picture, box):
    """Whether anything is drawn in a part of a picture (left, top, right, bottom)."""
    return len(picture.convert("RGB").crop(box).getcolors(10**6)) > 1


def test_card_has_the_size_that_is_expected_and_is_light():
    """1200 by 630 dots, less than 60 KB."""
    assert (1200, 630) == SIZE == opened(CARD).size
    assert len(CARD.picture()) < 60_000


def test_same_card_is_the_same_bytes_without_a_date():
    """No time and no version of a library stands in the file."""
    assert CARD.picture() == CARD.picture()
    assert {} == opened(CARD).text


def test_long_lines_stay_on_the_card():
    """A line is made smaller, then cut off: 400 characters leave the margin at the right as empty as 4 do."""
    long = SocialCard("A title " * 50, "1,234,567 " * 40, "A name " * 60, "an interval " * 40, "一个很长的来源" * 60)

    assert ink(opened(long), (1080, 40, 1125, 600))
    assert not ink(opened(long), (1140, 0, 1200, 600))


def test_dollars_are_no_formula():
    """Between two dollar signs matplotlib would read a formula: x_1 would become an index."""
    assert SocialCard("$x_1$").picture() != SocialCard("x_1").picture()
    assert SocialCard(r"$\frac$").picture()


def test_character_without_a_glyph_is_refused():
    """A box is no character."""
    with pytest.raises(RenderingError, match="no glyph"):
        SocialCard("\N{TIBETAN LETTER KA}").picture()
