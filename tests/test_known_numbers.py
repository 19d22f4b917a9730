"""What a card stands for decides what a page may show for it."""

from fractions import Fraction

import pytest

from analysis.known_numbers import Known, compared
from analysis.page_numbers import Shown
from analysis.printed_numbers import printed, printed_span
from analysis.report import load_report
from analysis.rounding import Rounded, exactly, unround

# 119 亿元 among 291 firms: 118.5 / 291 to 119.5 / 291.
FINANCING = Rounded(Fraction(11_900_000_000, 291), Fraction(11_850_000_000, 291), Fraction(11_950_000_000, 291))
LEVERAGE = Rounded(Fraction(40_000, 4085), Fraction(40_000, 4085), None, strict_lower=True)  # 9.7919...


def shown(text: str, span: str = "") -> Shown:
    return Shown("card", text, printed(text), printed_span(span))


@pytest.mark.parametrize(
    ("text", "span", "allowed"),
    [
        ("40.89 million yuan", "40.721 to 41.066 million yuan", True),
        ("4,089 万元", "4,072.1 至 4,106.6 万元", True),
        ("40.9 million yuan", "", True),
        ("40.88 million yuan", "", False),
        ("40.90 million yuan", "", False),
        ("4,089 亿元", "", False),
        ("about 40.89 million yuan", "", False),
        ("40.89%", "", False),
        # 40,721,649 and 41,065,292: rounded inward, or by more than a digit outward.
        ("40.89 million yuan", "40.722 to 41.066 million yuan", False),
        ("40.89 million yuan", "40.721 to 41.065 million yuan", False),
        ("40.89 million yuan", "40.720 to 41.066 million yuan", False),
    ],
)
def test_a_computed_number_is_rounded_to_its_last_digit_and_its_interval_outward(text, span, allowed):
    """40,893,470.79 yuan, from 40,721,649.48 to 41,065,292.10."""
    assert allowed == Known(FINANCING, "CNY", "exact").allows(shown(text, span))


@pytest.mark.parametrize(
    ("text", "unit", "allowed"),
    [
        ("176,800", "CNY", True),
        ("176,800 yuan", "CNY", True),
        ("176,827", "CNY", True),
        ("176,826", "CNY", False),
        ("176,900", "CNY", False),
        ("0", "CNY", False),
        ("176,800", "", False),
    ],
)
def test_zeros_of_an_amount_may_only_fill_also_where_its_unit_stands_apart(text, unit, allowed):
    """176,826.69 yuan a head are 176,800 in four digits; of what is no money each digit counts."""
    assert allowed == Known(exactly(Fraction("176826.69")), unit, "exact").allows(shown(text))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("more than 9.79", True),
        ("超过 9.79", True),
        ("more than 9.80", False),
        ("more than 9.78", False),
        ("9.79", False),
    ],
)
def test_a_bound_is_rounded_to_the_open_side_and_keeps_its_qualifier(text, allowed):
    """More than 9.7919 is more than 9.79, but not known to be more than 9.80."""
    assert allowed == Known(LEVERAGE, "", "more_than").allows(shown(text))


@pytest.mark.parametrize(
    ("text", "allowed"), [("401.1 thousand", True), ("40.11 萬件", True), ("40.1 萬", False), ("40.12 万", False)]
)
def test_a_published_figure_keeps_all_its_digits(text, allowed):
    """40.11 万 is not 40.1 万, although that lies within half a unit of its last digit."""
    assert allowed == Known(unround("40.11", 4, unit="count"), "counted", "exact", whole=True).allows(shown(text))


def test_a_place_among_others_is_all_three_numbers():
    """2nd to 4th of 12 is neither 2nd of 12 nor 2nd to 4th of 13."""
    known = Known(exactly(2), "rank", "exact", rank=(Fraction(2), Fraction(4), Fraction(12)))

    assert known.allows(shown("2nd to 4th of 12"))
    assert known.allows(shown("第 2 至第 4 位（共 12 個）"))
    assert not known.allows(shown("2nd of 12"))
    assert not known.allows(shown("2nd to 4th of 13"))
    assert not known.allows(shown("2"))


def test_six_decimals_leave_a_millionth_open():
    """A value in indicators.csv is rounded itself: 0.0000004 there stands for 0, and 0.1234567 for 0.123457."""
    value = Rounded(Fraction("0.123457"), Fraction("0.123456"), Fraction("0.123458"))

    assert Known(value, "", "exact", open=Fraction(1, 10**6)).allows(shown("0.1234567"))
    assert not Known(value, "", "exact").allows(shown("0.1234567"))


def test_comparisons_are_known_from_the_edition(tiny):
    """800 patents in 2020 and 1,000 in 2021 are a growth of exactly 25 %."""
    found = compared(load_report("990100", 2021, "en", tiny))

    assert [Fraction(25)] == [known.value.printed for known in found["growth-patents_granted-2020-2021"]]
    assert found["growth-patents_granted-2020-2021"][0].allows(shown("+25.0%"))
    assert found["growth-patents_granted-2020-2021"][0].allows(shown("25.0%"))


@pytest.mark.parametrize(("text", "allowed"), [("−20.0%", True), ("20.0%", True), ("+20.0%", False), ("25.0%", False)])
def test_a_fall_may_be_told_without_its_sign_but_never_as_a_rise(spoil, text, allowed):
    """From 1,250 patents to 1,000: a table says −20.0%, a sentence that they fell by 20.0%."""
    data = spoil("figures/2020.csv", "800,0,count", "1250,0,count")
    found = compared(load_report("990100", 2021, "en", data))["growth-patents_granted-2020-2021"]

    assert allowed == any(known.allows(shown(text)) for known in found)
