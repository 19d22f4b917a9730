"""Every number of a text, with its measure word and what qualifies it."""

import pytest

from analysis.tokens import tokens


@pytest.mark.parametrize(
    ("text", "value", "multiplier", "unit", "qualifier"),
    [
        ("授权量72,390件", "72390", 0, "count", "exact"),
        ("达58件", "58", 0, "count", "exact"),
        ("突破1200件", "1200", 0, "count", "more_than"),
        ("逾900万元", "900", 4, "CNY", "more_than"),
        ("超两亿条", "2", 8, "count", "more_than"),
        ("400亿元以上", "400", 8, "CNY", "at_least"),
        ("近19万件", "19", 4, "count", "nearly"),
        ("约4850.3万元", "4850.3", 4, "CNY", "about"),
        ("1500余宗", "1500", 0, "count", "about"),
        ("14969.8万余元", "14969.8", 4, "CNY", "about"),
        ("2900多批次", "2900", 0, "count", "about"),
        ("42%左右", "42", 0, "percent", "about"),
        ("上千家", "1000", 0, "count", "about"),
        ("百分之二十三点五", "23.5", 0, "percent", "exact"),
        ("0.13个百分点", "0.13", 0, "percentage_points", "exact"),
        ("人民币119亿元", "119", 8, "CNY", "exact"),
        ("1.2亿美元", "1.2", 8, "foreign", "exact"),
        ("常住人口954.4万人", "954.4", 4, "persons", "exact"),
        ("通过1200件", "1200", 0, "count", "exact"),
        ("有效注册商标(万件):26.3", "26.3", 4, "count", "exact"),
    ],
)
def test_one_number(text, value, multiplier, unit, qualifier):
    """Value as printed, power of ten, unit by the measure word, qualifier by the words before and behind."""
    found = tokens(text)[-1]

    assert (value, multiplier, unit, qualifier) == (found.value, found.multiplier, found.unit, found.qualifier)


def test_no_digit_is_left_out():
    """Every digit of a text belongs to a number, in order."""
    text = "4·26,2021年1-10月72,390件、7819件(19.5%),5G,第22个,1,2,3,00012"
    covered = {place for one in tokens(text) for place in range(one.start, one.end)}

    assert set() == {place for place, sign in enumerate(text) if sign.isdigit()} - covered


def test_number_that_is_too_long_has_no_value():
    """Thirty digits are no count."""
    assert "" == tokens("9" * 30 + "件")[0].value
