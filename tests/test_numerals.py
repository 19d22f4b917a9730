"""Numbers in Chinese characters and in mixed writing, as printed."""

import pytest

from analysis.errors import BadNumber
from analysis.numerals import Numeral, numeral, small_number, year_number


@pytest.mark.fault(40)
@pytest.mark.parametrize(
    ("text", "value", "multiplier"),
    [
        ("72,390", "72390", 0),
        ("40.10", "40.10", 0),
        ("40.11万", "40.11", 4),
        ("1.87万亿", "1.87", 12),
        ("3千万", "3", 7),
        ("两亿", "2", 8),
        ("一亿两千万", "12000", 4),
        ("百亿", "100", 8),
        ("千万", "1000", 4),
        ("十二", "12", 0),
        ("廿二", "22", 0),
        ("两千三百五十六", "2356", 0),
        ("一千零五", "1005", 0),
        ("两万三千", "23000", 0),
        ("二〇二一", "2021", 0),
        ("九十九点五", "99.5", 0),
        ("一点五万", "1.5", 4),
        ("007", "7", 0),
    ],
)
def test_numbers(text, value, multiplier):
    """The digits stay as printed; 万, 亿 and 万亿 at the end become the power of ten."""
    assert Numeral(value, multiplier) == numeral(text)


@pytest.mark.fault(41)
@pytest.mark.parametrize(
    "text", ["", "件", "1.2.3", "第一", "9" * 41, "一" * 41, "-5", "1e3", "①119", "119²", "72390(1)", "１１９①"]
)
def test_other_texts_are_refused(text):
    """What is no number, or longer than any count, is refused."""
    with pytest.raises(BadNumber):
        numeral(text)


def test_years_and_months():
    """A year has four signs; a month may be written either way."""
    assert [2021, 2021, None] == [year_number("2021"), year_number("二〇二一"), year_number("三百")]
    assert [10, 12, None, None] == [small_number("10"), small_number("十二"), small_number("1.5"), small_number("月")]
