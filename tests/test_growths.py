"""Growth rates against levels, and against the whole numbers that could produce them."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_figures import CITY, evidence

from analysis.growths import ROUNDINGS, growth_findings, whole_levels

YEAR = 2021
RULES = dict(zip(ROUNDINGS, (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN), strict=True))


def found(rate: str, later: str = "", earlier: str = "") -> list:
    """The findings on patents granted, with the levels that are not empty."""
    rows = [(CITY, YEAR, "patents_granted_yoy_percent", rate)]
    rows += [(CITY, YEAR, "patents_granted", later)] if later else []
    rows += [(CITY, YEAR - 1, "patents_granted", earlier)] if earlier else []
    return list(growth_findings(evidence(*rows), CITY, YEAR))


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("rate", "later", "earlier", "kinds"),
    [
        # 1,700 / 2,586 - 1 = -34.2614 %
        ("-34.26", "1700", "2586", []),
        ("-34.3", "1700", "2586", []),
        ("-34", "1700", "2586", []),
        ("-34.69", "1700", "2586", [("growth", "contradiction")]),
        ("-34.2", "1700", "2586", [("growth", "truncation")]),
        # 599.3 / 503.0: 599.25 / 503.05 - 1 = 19.123 % to 599.35 / 502.95 - 1 = 19.167 %
        ("19.1", "599.3 4", "503.0 4", []),
        ("19.2", "599.3 4", "503.0 4", []),
        ("16.7", "599.3 4", "503.0 4", [("growth", "contradiction")]),
        # from nearly 100 to more than 150 is more than 50 %
        ("60", "150 0 more_than", "100 0 nearly", []),
        ("40", "150 0 more_than", "100 0 nearly", [("growth", "contradiction")]),
        ("50 0 more_than", "150", "120", [("growth", "contradiction")]),
        # nothing to compare with
        ("50", "", "", []),
        ("50", "150", "0", []),
    ],
)
def test_growth_between_two_levels(rate, later, earlier, kinds):
    """The rate may be off by half a unit of its last digit, each level by half a unit of its own."""
    assert kinds == [(finding.rule, finding.kind) for finding in found(rate, later, earlier)]


@pytest.mark.fault(46)
def test_a_decrease_without_its_sign_is_named_as_an_explanation():
    """From 200 to 150 is -25 %, printed as 25 %."""
    (finding,) = found("25", "150", "200")

    assert "without its sign" in finding.explanations("en")[0]
    assert "负号" in finding.explanations("zh")[0]


def test_106_after_growth_of_158_per_cent():
    """106 / 2.585 = 41.006 and 106 / 2.575 = 41.165: no whole number between; 106 / 41 - 1 = 158.54 %, cut off 158."""
    (finding,) = found("158", later="106")

    assert (finding.rule, finding.kind) == ("whole_level", "truncation")
    assert "41.005 to 41.166" in finding.statement("en")
    assert "41 fits" in finding.statement("en")
    assert {rule: list(whole_levels(106, "158", rule)) for rule in ROUNDINGS} == {
        "half_up": [],
        "half_even": [],
        "cut": [41],
    }


@pytest.mark.parametrize(
    ("rate", "later", "earlier", "kinds"),
    [
        # 10 % more than a whole number is never 106: 106 / 1.1 = 96.36, 106 / 96 = 10.417, 106 / 97 = 9.278
        ("10.0", "106", "", ["contradiction"]),
        ("10.4", "106", "", []),
        # the year before is about 96: it may be 95 to 97, and of these 96 gives 10.4
        ("10.4", "106", "96 0 about", []),
        # the year before is more than 96, so 96 itself is ruled out by what 97 gives, 9.3
        ("9.3", "106", "96 0 more_than", []),
        # 33.3 % more than 3 is 4; 40 % more would be 4.2
        ("33.3", "", "3", []),
        ("40", "", "3", ["contradiction"]),
        # a rate called "about", and money, which need not be whole, are not held to whole numbers
        ("10.0 0 about", "106", "", []),
    ],
)
def test_whole_numbers_behind_a_rate(rate, later, earlier, kinds):
    """A count known to the unit leaves few candidates on the other side of a rate, or none."""
    assert kinds == [finding.kind for finding in found(rate, later, earlier)]


@given(
    st.integers(1, 400),
    st.integers(1, 400),
    st.integers(0, 2),
    st.sampled_from(ROUNDINGS),
    st.booleans(),
)
def test_whole_levels_are_those_that_print_the_rate(level, other, decimals, rounding, forward):
    """Printing each candidate's growth with decimal arithmetic finds the same whole numbers, and the true one."""

    def rate(earlier: int, later: int) -> str:
        with localcontext() as context:
            context.prec = 60
            exact = (Decimal(later) / Decimal(earlier) - 1) * 100
            text = str(exact.quantize(Decimal(1).scaleb(-decimals), rounding=RULES[rounding]))
        return text.removeprefix("-") if Decimal(text) == 0 else text

    value = rate(level, other) if forward else rate(other, level)
    levels = whole_levels(level, value, rounding, forward=forward)
    tried = [each for each in range(1, 1200) if (rate(level, each) if forward else rate(each, level)) == value]

    assert other in tried
    assert levels is None or [each for each in levels if 0 < each < 1200] == tried


def test_a_rate_near_minus_a_hundred_has_no_limit():
    """A fall of 100 % fits any number of the year before that is large enough: 0.4 of 100 is printed so."""
    assert whole_levels(1, "-100", "half_up") is None
    assert found("-100", later="1") == []
