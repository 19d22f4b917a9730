"""The widths of the columns of a printed table (analysis.columns)."""

from analysis.columns import SIZES, TEXT_WIDTH, shape, unbreakable, width


def percents(widths: list[str]) -> list[float]:
    return [float(text.removesuffix("%")) for text in widths]


def test_chinese_characters_count_double():
    """A Chinese character or full-width sign takes the room of two letters."""
    assert (6, 8, 3) == (width("专利权"), width("专利PCT."), width("PCT"))


def test_a_line_can_be_broken_at_spaces_and_in_chinese():
    """The widest unbreakable piece of "Patents granted" is its first word; Chinese can be broken anywhere."""
    assert (7, 2, 15) == (unbreakable("Patents of"), unbreakable("专利授权量"), unbreakable("a (10.79%–10.81%)"))


def test_a_small_table_keeps_the_best_size_and_its_lines():
    """What fits on one line each is not broken; the first column takes the rest of the page."""
    assert (["1fr", "auto"], SIZES[0]) == shape([["City", "Patents"], ["Ningbo", "72,390"]])


def test_a_long_column_gives_way_to_numbers():
    """Numbers are not broken; a column of sentences takes what they leave, and all fill the page."""
    widths, size = shape([["Series", "Value", "Phrase"], ["Patents", "72,390", "a long phrase " * 20]])

    assert SIZES[0] == size
    assert 99.9 < sum(percents(widths)) < 100.1
    assert percents(widths)[2] > 60
    assert percents(widths)[1] / 100 * TEXT_WIDTH > 6 * 0.56 * size


def test_many_columns_get_smaller_text_before_broken_numbers():
    """Twelve columns of six digits do not fit at the best size, and do at a smaller one."""
    header = ["Registered trade marks"] * 12
    widths, size = shape([header, ["12,345,678"] * 12])

    assert size < SIZES[0]
    assert 12 == len(widths)


def test_a_table_too_wide_for_any_size_still_has_columns():
    """Forty columns get the smallest size and a share each."""
    widths, size = shape([["number"] * 40, ["12,345,678"] * 40])

    assert (40, SIZES[-1]) == (len(widths), size)
