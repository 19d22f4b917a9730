"""The widths of the columns of a printed table (analysis.columns)."""

import pytest

from analysis.columns import SIZES, TEXT_WIDTH, shape, unbreakable, width


def percents(widths: list[str]) -> list[float]:
    return [float(text.removesuffix("%")) for text in widths]


def test_a_chinese_character_is_as_wide_as_the_text_is_high():
    """Widths are in ems: a Chinese character or full-width sign is 1, a digit 0.555, a space and an i 0.29."""
    assert (3.0, 4.0) == (width("专利权"), width("专利权，"))
    assert 0.555 * 2 + 0.29 * 2 == pytest.approx(width("12 i"))


def test_a_line_can_be_broken_at_spaces_and_underscores_and_in_chinese():
    """The widest piece of "Patents of" is its first word, of a series' name a part of it; Chinese breaks anywhere."""
    assert (width("Patents"), 1.0) == (unbreakable("Patents of"), unbreakable("专利授权量"))
    assert width("(10.79%–10.81%)") == unbreakable("a (10.79%–10.81%)")
    assert width("invention_") == unbreakable("not invention_yoy_")


def test_a_small_table_keeps_the_best_size_and_its_lines():
    """What fits on one line each is not broken; the first column takes the rest of the page."""
    widths, size, lines = shape([["City", "Patents"], ["Ningbo", "72,390"]], ["left", "right"])

    assert (["1fr", "auto"], SIZES[0], 2) == (widths, size, lines)


def test_a_long_column_gives_way_to_numbers():
    """Numbers are not broken; a column of sentences takes what they leave, and all fill the page."""
    rows = [["Series", "Value", "Phrase"], ["Patents", "72,390", "a long phrase " * 20]]
    widths, size, lines = shape(rows, ["left", "right", "left"])

    assert 99.9 < sum(percents(widths)) < 100.1
    assert percents(widths)[2] > 60
    assert percents(widths)[1] / 100 * TEXT_WIDTH > width("72,390") * size
    assert 2 < lines < 4


def test_a_long_word_does_not_starve_another_column():
    """A name of forty letters can be broken at its underscores, so that both columns of sentences get their share."""
    name = "invention_patents_granted_all_yoy_percent"
    rows = [["Series", "Definition", "What misleads"], *[["Patents", "words " * 30, f"words {name} " * 5]] * 9]
    _, definition, misleads = percents(shape(rows, ["left"] * 3).widths)

    assert 0.5 < definition / misleads < 2


def test_two_columns_of_equal_sentences_get_equal_widths():
    """Two columns that say equally much are equally wide, within a step of half an em."""
    rows = [["A", "B"], *[["words and more words " * 9] * 2] * 5]
    first, second = percents(shape(rows, ["left", "left"]).widths)

    assert abs(first - second) < 2


def test_a_chinese_head_is_not_set_one_character_under_the_other():
    """A column of one digit under a head of five characters is at least four of them wide."""
    rows = [["来源", "采用数据数"], ["很长的说明文字" * 30, "5"]]
    widths, size, _ = shape(rows, ["left", "right"])

    assert percents(widths)[1] / 100 * TEXT_WIDTH >= 4 * size


def test_a_long_table_of_sentences_is_set_smaller():
    """Rows of many lines are set in smaller text, down to 7.5 points and no further."""
    rows = [["A", "B"], *[["words " * 150] * 2] * 9]

    assert 7.5 == shape(rows, ["left", "left"]).size


def test_many_columns_get_smaller_text_before_broken_numbers():
    """Twelve columns of six digits do not fit at the best size, and do at a smaller one."""
    header = ["Registered trade marks"] * 12
    widths, size, _ = shape([header, ["12,345,678"] * 12], ["right"] * 12)

    assert size < SIZES[0]
    assert 12 == len(widths)


def test_a_table_too_wide_for_any_size_still_has_columns():
    """Forty columns get the smallest size and a share each."""
    widths, size, _ = shape([["number"] * 40, ["12,345,678"] * 40], ["right"] * 40)

    assert (40, SIZES[-1]) == (len(widths), size)


def test_a_single_column_takes_the_page():
    """One column of sentences is as wide as the text."""
    assert [100.0] == percents(shape([["A"], ["words " * 100]], ["left"]).widths)
