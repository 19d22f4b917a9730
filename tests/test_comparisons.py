"""A claim of change, of growth or of rank must survive rounding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison_wording import change_interval, change_text, ordinal, rank_text, without_sign
from analysis.comparisons import (
    RankRange,
    compound_growth,
    contribution,
    difference,
    growth,
    rank_range,
    root,
    surely_above,
    verdict,
)
from analysis.errors import NotComputable
from analysis.rounding import Rounded, exactly, unround

whole = st.integers(1, 10**6)
half = st.integers(0, 50)


def about(printed: int, reach: int) -> Rounded:
    """A number known to ``reach`` either way."""
    return Rounded(Fraction(printed), Fraction(printed - reach), Fraction(printed + reach))


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (("100", 0), ("101", 0), "rose"),
        (("101", 0), ("100", 0), "fell"),
        (("19", 0), ("19", 0), "unchanged"),
        (("4.7", 4), ("4.7", 4), "open"),
        (("4.7", 4), ("47400", 0), "open"),
        (("4.7", 4), ("47501", 0), "rose"),
    ],
)
def test_a_number_rose_only_if_rounding_cannot_undo_it(earlier, later, expected):
    """4.7 万 is anything from 46,500 to 47,500, so 47,400 may be less and 47,501 is more."""
    assert expected == verdict(unround(*earlier, unit="count"), unround(*later, unit="count"))


def test_a_bound_shows_a_rise_on_its_known_side_only():
    """From 1,038 to more than 1,200 is a rise; from more than 42,000 to 49,800 may be either."""
    assert "rose" == verdict(exactly(1038), unround("1200", 0, "more_than"))
    assert "open" == verdict(unround("4.2", 4, "more_than"), unround("4.98", 4))


def test_a_strict_bound_at_the_same_number_is_above_it():
    """More than 3,000 is above 3,000; at least 3,000 may equal it."""
    assert surely_above(unround("3000", 0, "more_than"), exactly(3000))
    assert not surely_above(unround("3000", 0, "at_least"), exactly(3000))


def test_growth_takes_opposing_ends():
    """From 47,000 give or take 500 to 72,390: at least 72,390 / 47,500 - 1, at most 72,390 / 46,500 - 1."""
    grown = growth(about(47000, 500), exactly(72390))

    assert Fraction(72390, 47000) * 100 - 100 == grown.printed
    assert (Fraction(72390, 47500) * 100 - 100, Fraction(72390, 46500) * 100 - 100) == (grown.lower, grown.upper)


def test_growth_from_zero_has_no_value():
    """Nothing can be divided by a number that is zero, or may be."""
    with pytest.raises(NotComputable):
        growth(exactly(0), exactly(5))
    with pytest.raises(NotComputable):
        growth(about(1, 1), exactly(5))


def test_growth_to_a_lower_bound_is_a_lower_bound():
    """From 1,000 to more than 1,200 is more than 20 per cent."""
    grown = growth(exactly(1000), unround("1200", 0, "more_than"))

    assert (20, None, True) == (grown.lower, grown.upper, grown.strict_lower)


def test_difference_of_shares_is_widest_when_roundings_oppose():
    """14.5 less 11.7, each to 0.05, is 2.8 give or take 0.1."""
    points = difference(unround("11.7", unit="percent"), unround("14.5", unit="percent"))

    assert (Fraction("2.8"), Fraction("2.7"), Fraction("2.9")) == (points.printed, points.lower, points.upper)


def test_compound_growth_over_two_years_is_the_square_root():
    """From 100 to 121 in two years is 10 per cent a year, exactly."""
    yearly = compound_growth(exactly(100), exactly(121), 2)

    assert (10, 10, 10) == (yearly.printed, yearly.lower, yearly.upper)


def test_compound_growth_needs_two_years_apart():
    """There is no growth a year within one year."""
    with pytest.raises(NotComputable):
        compound_growth(exactly(100), exactly(121), 0)


def test_a_root_without_an_end_is_rounded_outward():
    """The square root of 2 lies between its ends, which differ by one unit of the last decimal."""
    low, high = root(Fraction(2), 2), root(Fraction(2), 2, up=True)

    assert low**2 < 2 < high**2
    assert high - low == Fraction(1, 10**12)


@given(whole, st.integers(2, 9))
def test_the_root_of_a_power_is_exact(number, degree):
    """Whatever the power, its root is the number again, from below and from above."""
    power = Fraction(number) ** degree

    assert Fraction(number) == root(power, degree) == root(power, degree, up=True)


def test_contributions_of_all_parts_make_the_growth_of_the_whole():
    """From 20 + 80 to 30 + 95 is a growth of 25 per cent: 10 points from the one, 15 from the other."""
    points = [
        contribution(exactly(20), exactly(30), exactly(100)),
        contribution(exactly(80), exactly(95), exactly(100)),
    ]

    assert [10, 15] == [each.printed for each in points]
    assert growth(exactly(100), exactly(125)).printed == sum(each.printed for each in points)


def test_a_falling_part_takes_the_other_end_of_the_whole():
    """A fall from 30 to 20 in a whole of 90 to 110 is 10/90 to 10/110 of it: from -11.1 to -9.1 points."""
    points = contribution(exactly(30), exactly(20), about(100, 10))

    assert (Fraction(-1000, 90), -10, Fraction(-1000, 110)) == (points.lower, points.printed, points.upper)


@given(whole, half, whole, half, whole)
def test_contribution_holds_every_value_that_rounding_allows(early, reach, late, other, size):
    """Whatever values lie behind the prints, their contribution is inside the interval."""
    before, after, total = (
        about(early, min(reach, early)),
        about(late, min(other, late)),
        about(size, min(reach, size - 1)),
    )
    points = contribution(before, after, total)

    for one in (before.lower, before.upper):
        for two in (after.lower, after.upper):
            for three in (total.lower, total.upper):
                assert points.lower <= (two - one) / three * 100 <= points.upper


def test_rank_is_a_range_where_intervals_overlap():
    """Against 100, 60 and 20, a number of 55 to 65 is 2nd or 3rd: it may lie on either side of 60."""
    rank = rank_range(about(60, 5), [exactly(100), exactly(60), exactly(20)], missing=3)

    assert RankRange(2, 3, 4, 0, 3) == rank
    assert "2nd to 3rd of 4" == rank_text(rank, "en")
    assert "第 2 至第 3 位（共 4 个）" == rank_text(rank, "zh")


def test_equal_counts_share_a_place():
    """Two exact counts of 7 below a 9 are both 2nd."""
    rank = rank_range(exactly(7), [exactly(9), exactly(7), exactly(1)])

    assert RankRange(2, 2, 4, 1) == rank
    assert "2nd of 4, shared" == rank_text(rank, "en")


def test_a_lower_bound_of_a_peer_leaves_the_first_place_open():
    """198,031 against a peer with more than 93,000 is 1st or 2nd."""
    rank = rank_range(exactly(198031), [unround("9.3", 4, "more_than"), exactly(60608)])

    assert (1, 2) == (rank.best, rank.worst)


@given(st.lists(whole, min_size=1, max_size=8), whole)
def test_exact_numbers_have_one_place(others, own):
    """Without rounding, the best and the worst place are the same, and it counts the larger numbers."""
    rank = rank_range(exactly(own), [exactly(each) for each in others])

    assert rank.best == rank.worst == 1 + sum(each > own for each in others)


@pytest.mark.parametrize(
    ("place", "expected"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")]
)
def test_english_places_end_as_spoken(place, expected):
    """Eleven to thirteen take th; otherwise the last digit decides."""
    assert expected == ordinal(place, "en")


@pytest.mark.parametrize(
    ("value", "points", "english", "chinese"),
    [
        (exactly(Fraction("54.04")), False, "+54.0%", "+54.0%"),
        (exactly(Fraction("-2.25")), True, "−2.3 percentage points", "−2.3 个百分点"),
        (exactly(0), False, "0%", "0%"),
        (Rounded(Fraction(20), Fraction(20), None, strict_lower=True), False, "more than +20.0%", "超过 +20.0%"),
        (exactly(Fraction("0.042")), False, "+0.0420%", "+0.0420%"),
    ],
)
def test_a_change_is_printed_with_its_sign(value, points, english, chinese):
    """A tenth at most, half away from zero; finer only where the change is smaller than a tenth."""
    assert english == change_text(value, "en", points=points)
    assert chinese == change_text(value, "zh", points=points)


def test_the_ends_of_a_change_are_rounded_outward_below_zero_too():
    """From -3.04 to 1.26 is printed one digit finer and outward; a number between two equal prints has no brackets."""
    assert "−3.04% to +1.26%" == change_interval(Rounded(Fraction(-1), Fraction("-3.036"), Fraction("1.251")), "en")
    assert "" == change_interval(Rounded(Fraction(50), Fraction("49.999"), Fraction("50.001")), "en")


def test_a_change_never_stands_beside_its_own_interval():
    """17.05 known to 17.04 and 17.06 is printed to the hundredth, as 17.0 or 17.1 would lie outside."""
    value = Rounded(Fraction("17.05"), Fraction("17.041"), Fraction("17.059"))

    assert "+17.05%" == change_text(value, "en")
    assert "+17.041% to +17.059%" == change_interval(value, "en")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Rounded(Fraction(-20), Fraction(-21), Fraction(-19)), "+20.0%"),
        (Rounded(Fraction(-10), None, Fraction("-2.4"), strict_upper=True), "more than +2.4%"),
        (Rounded(Fraction(5), Fraction(5), None), "at least +5.0%"),
    ],
)
def test_a_fall_without_its_sign_is_as_large(change, expected):
    """A fall of less than −2.4% is one by more than 2.4%; a rise stays what it is."""
    assert expected == change_text(without_sign(change), "en")
