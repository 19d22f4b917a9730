"""A printed number is an interval, and arithmetic keeps every value that the digits allow, and no more."""

from dataclasses import dataclass
from fractions import Fraction as F

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from analysis.errors import BadNumber, NotComputable
from analysis.rounding import (
    QUALIFIERS,
    Rounded,
    about_place,
    before_growth,
    exactly,
    printed_place,
    share,
    unround,
)

NEAR = F(1, 10**15)
FAR = 10**30


@dataclass(frozen=True)
class Printed:
    """A printed number, made from its digits, and the values it may stand for: worked out apart from the module."""

    digits: int
    decimals: int
    multiplier: int
    qualifier: str

    @property
    def text(self) -> str:
        whole, rest = divmod(self.digits, 10**self.decimals)
        return f"{whole}.{rest:0{self.decimals}d}" if self.decimals else str(whole)

    @property
    def rounded(self) -> Rounded:
        return unround(self.text, self.multiplier, self.qualifier)

    @property
    def place(self) -> F:
        return F(10) ** (self.multiplier - self.decimals)

    def value(self, at: F) -> F:
        """A consistent value: the lowest at 0, the highest at 1 (or near it, or far away, where that end is open)."""
        middle = self.digits * self.place
        zeros = len(str(self.digits)) - len(str(self.digits).rstrip("0")) if self.decimals == 0 else 0
        match self.qualifier:
            case "exact" | "about":
                reach = self.place / 2 if self.qualifier == "exact" else self.place * 10**zeros
                lowest = max(middle - reach, F(0))
                return lowest + at * (middle + reach - lowest)
            case "more_than":
                return middle + NEAR + at * FAR
            case "at_least":
                return middle + at * FAR
            case "nearly":
                return at * (middle - NEAR)


anywhere = st.fractions(0, 1, max_denominator=1000)


def numbers(*qualifiers: str, least: int = 0):
    """Printed numbers from 0.001 to nine digits at up to 10^8."""
    return st.builds(
        Printed, st.integers(least, 99_999), st.integers(0, 3), st.integers(0, 8), st.sampled_from(qualifiers)
    )


any_number = numbers(*QUALIFIERS, least=1)
two_sided = numbers("exact", "about", least=1)


def holds(interval: Rounded, value: F) -> bool:
    """Whether a value lies in an interval, ends included or not as the interval says."""
    low, high = interval.lower, interval.upper
    above = low is None or value > low or (value == low and not interval.strict_lower)
    below = high is None or value < high or (value == high and not interval.strict_upper)
    return above and below


# Worked examples


@pytest.mark.parametrize(
    ("text", "multiplier", "qualifier", "unit", "lower", "upper"),
    [
        ("40.11", 4, "exact", "count", 401_050, 401_150),
        ("40.10", 4, "exact", "count", 400_950, 401_050),
        ("40.1", 4, "exact", "count", 400_500, 401_500),
        ("119", 8, "exact", "CNY", 11_850_000_000, 11_950_000_000),
        ("4085", 4, "exact", "CNY", 40_845_000, 40_855_000),
        ("72390", 0, "exact", "count", 72_390, 72_390),
        ("954.4", 4, "exact", "persons", 9_543_500, 9_544_500),
        ("9404283", 0, "exact", "persons", 9_404_283, 9_404_283),
        ("40.1112", 4, "exact", "count", 401_112, 401_112),
        ("1", 0, "exact", "rank", 1, 1),
        ("72390", 0, "exact", "CNY", F("72389.5"), F("72390.5")),
        ("19.5", 0, "exact", "percent", F("19.45"), F("19.55")),
        ("-3.2", 0, "exact", "percent", F("-3.25"), F("-3.15")),
        ("0.0", 0, "exact", "percent", F("-0.05"), F("0.05")),
        ("0", 4, "exact", "count", 0, 5_000),
        ("4850.3", 4, "about", "CNY", 48_502_000, 48_504_000),
        ("5400", 0, "about", "count", 5_300, 5_500),
        ("5400.0", 0, "about", "count", F("5399.9"), F("5400.1")),
        ("5432", 0, "about", "count", 5_431, 5_433),
        ("3.0", 0, "about", "percent", F("2.9"), F("3.1")),
    ],
)
def test_a_printed_number_is_open_by_half_its_last_place(text, multiplier, qualifier, unit, lower, upper):
    """A whole count is exact; "about" is open by a whole unit of the last digit that says something."""
    found = unround(text, multiplier, qualifier, unit=unit)

    assert found.printed == F(text) * 10**multiplier
    assert (found.lower, found.upper) == (lower, upper)
    assert not found.strict_lower
    assert not found.strict_upper
    assert found.about == (qualifier == "about")


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("more_than", Rounded(F(1200), F(1200), None, strict_lower=True)),
        ("at_least", Rounded(F(1200), F(1200), None)),
        ("nearly", Rounded(F(1200), None, F(1200), strict_upper=True)),
    ],
)
def test_a_bound_keeps_its_open_side(qualifier, expected):
    """ "More than 1,200" is not 1,200 and has no upper end; "1,200 or more" may be 1,200; "nearly" is below."""
    assert unround("1200", 0, qualifier, unit="count") == expected


@pytest.mark.parametrize(("text", "place", "about"), [("40.11", 100, 100), ("5400", 10**4, 10**6), ("0.50", 100, 100)])
def test_the_last_place_follows_from_the_digits(text, place, about):
    """40.11 at 10^4 is printed to 100; "about 5400" says nothing of its tens and units."""
    assert printed_place(text, 4) == place
    assert about_place(text, 4) == about


@pytest.mark.fault(40)
@pytest.mark.fault(41)
@pytest.mark.parametrize(
    "text",
    [
        *(
            "1_000",
            "nan",
            "inf",
            "1e3",
            "1E3",
            "１２",
            "1２",
            "1,000",
            "",
            " ",
            " 1",
            "1 ",
            "1\n",
            "+1",
            "01",
            "00",
            "1.",
        ),
        *(
            ".5",
            "-.5",
            "--1",
            "−1",
            "1.2.3",
            "0x10",
            "½",
            "٣",
            "一",
            "1%",
            "1万",
            "-",
            "1/2",
            "1 000",
            "①119",
            "119²",
            "72390(1)",
            "(5)",
            "…",
            "—",
            "1\u00a0000",
        ),
    ],
)
def test_a_text_that_is_not_plain_digits_is_refused(text):
    """Python would read some of these as numbers; a reader would not know what was printed."""
    for function in (unround, lambda each: printed_place(each, 0), lambda each: about_place(each, 0)):
        with pytest.raises(BadNumber, match="is not a printed number; expected digits 0-9"):
            function(text)


def test_an_unknown_qualifier_is_refused_with_those_that_exist():
    """A misspelt qualifier must not pass as exact."""
    with pytest.raises(BadNumber, match="'morethan'; there are exact, about, more_than, at_least, nearly"):
        unround("1", 0, "morethan")


def test_ratio_is_widest_when_roundings_oppose():
    """10 / 4, both to the nearest unit, is at least 9.5 / 4.5 and at most 10.5 / 3.5."""
    assert unround("10") / unround("4") == Rounded(F("2.5"), F(19, 9), F(3))


def test_product_and_sum_take_like_ends():
    """10 x 4 lies between 9.5 x 3.5 and 10.5 x 4.5; 10 + 4 between 13 and 15."""
    assert unround("10") * unround("4") == Rounded(F(40), F("33.25"), F("47.25"))
    assert unround("10") + unround("4") == Rounded(F(14), F(13), F(15))


def test_a_share_from_disjoint_parts_is_narrower_than_the_quotient():
    """10 of 10 + 10: between 9.5 / 20 and 10.5 / 20; the quotient 10 / 20 would say 9.5 / 21 to 10.5 / 19."""
    ten = unround("10")

    assert share(ten, ten) == Rounded(F(1, 2), F("0.475"), F("0.525"))
    assert (ten / (ten + ten)).lower == F("9.5") / 21


def test_the_level_before_a_growth():
    """1,000 after growth of 25.0 % were 1000 / 1.25 = 800, from 1000 / 1.2505 to 1000 / 1.2495."""
    found = before_growth(exactly(1000), unround("25.0", unit="percent"))

    assert found == Rounded(F(800), 1000 / F("1.2505"), 1000 / F("1.2495"))


def test_the_level_before_a_fall():
    """90 after a fall of 10 % were 100: from 90 / 0.905 to 90 / 0.895."""
    assert before_growth(exactly(90), unround("-10", unit="percent")) == Rounded(
        F(100), 90 / F("0.905"), 90 / F("0.895")
    )


@pytest.mark.parametrize(("percent", "qualifier"), [("-100", "exact"), ("-120", "exact"), ("-99", "about")])
def test_no_level_follows_from_a_fall_to_nothing(percent, qualifier):
    """A fall by 100 %, or by what may be 100 % ("about 99 %"), says nothing about the year before."""
    with pytest.raises(NotComputable):
        before_growth(exactly(5), unround(percent, 0, qualifier, unit="percent"))


@pytest.mark.fault(47)
@pytest.mark.parametrize(
    "denominator",
    [exactly(0), unround("0"), unround("0", 4), unround("1", 8, "about"), unround("0", 0, "more_than")],
    ids=["zero", "0 rounded", "0 万", "about 1 亿", "more than 0"],
)
def test_a_denominator_that_may_be_zero_is_refused(denominator):
    """Zero may lie inside the interval: "about 1 亿" could be next to nothing."""
    with pytest.raises(NotComputable, match="zero") as caught:
        exactly(1) / denominator

    assert caught.value.reason == "zero"


@pytest.mark.fault(47)
def test_a_share_of_nothing_is_refused_and_a_share_of_something_is_not():
    """0 of 0 is nothing; 0 of 5 is 0; 5 of 5 is 1; about 1 of about 1 and 1 may be 0 of 0."""
    with pytest.raises(NotComputable):
        share(exactly(0), exactly(0))
    with pytest.raises(NotComputable):
        share(unround("0"), unround("0"))
    with pytest.raises(NotComputable):
        share(unround("1", 0, "about"), unround("1", 0, "about"))

    assert share(exactly(0), exactly(5)) == exactly(0)
    assert share(exactly(5), exactly(0)) == exactly(1)


@pytest.mark.parametrize("operate", [lambda a, b: a / b, lambda a, b: a * b, share, before_growth])
def test_negative_quantities_are_refused(operate):
    """Opposing ends are only right for quantities that are not negative."""
    with pytest.raises(NotComputable, match="not negative"):
        operate(exactly(-1), exactly(2))


@pytest.mark.fault(43)
@pytest.mark.parametrize(
    ("above", "below", "lower", "upper", "strict"),
    [
        ("more_than", "exact", F(80, 21), None, (True, False)),
        ("at_least", "exact", F(80, 21), None, (False, False)),
        ("nearly", "exact", None, F(80, 19), (False, True)),
        ("exact", "more_than", None, F(81, 20), (False, True)),
        ("exact", "nearly", F(79, 20), None, (True, False)),
        ("more_than", "nearly", F(4), None, (True, False)),
        ("nearly", "more_than", None, F(4), (False, True)),
        ("more_than", "at_least", None, None, (True, False)),
    ],
)
def test_a_bound_stays_a_bound_through_a_quotient(above, below, lower, upper, strict):
    """40 / 10: "more than" above the line bounds from below, under the line from above; strict ends stay strict."""
    found = unround("40", 0, above) / unround("10", 0, below)

    assert found.printed == 4
    assert (found.lower, found.upper) == (lower, upper)
    assert (found.strict_lower, found.strict_upper) == strict


@pytest.mark.fault(43)
def test_about_marks_everything_computed_from_it():
    """A sum, product, quotient, share or earlier level of an approximate number is approximate."""
    about, plain = unround("54", 0, "about"), exactly(2)

    for found in (about + plain, plain * about, about / plain, plain / about, share(plain, about)):
        assert found.about
    assert before_growth(about, plain).about
    assert not (plain + plain).about


def test_exact_and_bound_say_how_much_is_known():
    """Exact: both ends alike. A bound: one end alone."""
    assert exactly(3).exact
    assert not unround("3").exact
    assert not Rounded(F(3), None, None).exact
    assert [
        Rounded(F(3), F(3), None).bound,
        Rounded(F(3), None, F(3)).bound,
        Rounded(F(3), None, None).bound,
        exactly(3).bound,
    ] == ["lower", "upper", None, None]


# Properties of any printed numbers

# Each with whether the second number takes the opposite end.
OPERATIONS = {
    "sum": (lambda a, b: a + b, False),
    "product": (lambda a, b: a * b, False),
    "quotient": (lambda a, b: a / b, True),
}
each_operation = pytest.mark.parametrize("name", OPERATIONS)


def share_of(part: F, rest: F) -> F:
    return part / (part + rest)


@pytest.mark.fault(50)
@given(any_number, anywhere)
@example(Printed(0, 0, 4, "exact"), F(0))
def test_the_true_value_lies_in_the_interval(number, at):
    """Whatever value would have been printed so is inside."""
    assert holds(number.rounded, number.value(at))


@given(two_sided)
def test_neither_end_of_a_printed_number_can_be_moved_inwards(number):
    """Both ends are themselves values that would have been printed so."""
    assert (number.rounded.lower, number.rounded.upper) == (number.value(F(0)), number.value(F(1)))


@each_operation
@given(any_number, any_number, anywhere, anywhere)
def test_the_true_result_lies_in_the_interval(name, first, second, at, there):
    """Sum, product and quotient of any consistent values lie inside the interval of the printed ones."""
    operation, _ = OPERATIONS[name]
    assume(name != "quotient" or second.qualifier == "nearly" or (second.rounded.lower or 0) > 0)
    assume(name != "quotient" or second.value(there) > 0)

    assert holds(operation(first.rounded, second.rounded), operation(first.value(at), second.value(there)))


@each_operation
@given(numbers("exact", "about", "more_than", "at_least", least=1), two_sided)
def test_neither_end_of_a_result_can_be_moved_inwards(name, first, second):
    """Each end is attained by consistent values or, where excluded, approached; an open end has no limit at all."""
    operation, opposed = OPERATIONS[name]
    assume(second.rounded.lower > 0)
    found = operation(first.rounded, second.rounded)
    lowest = operation(first.value(F(0)), second.value(F(opposed)))
    highest = operation(first.value(F(1)), second.value(F(not opposed)))

    assert abs(found.lower - lowest) <= (F(1, 10**4) if found.strict_lower else 0)
    assert found.strict_lower == (lowest > found.lower)
    assert found.upper == highest if first.qualifier in ("exact", "about") else highest > 10**15


@given(two_sided, numbers("more_than", "at_least", least=1))
def test_the_upper_end_of_a_quotient_by_a_bound_is_approached(first, second):
    """Over "more than 40", a quotient stays below upper / 40, comes as near as one likes, and may be next to zero."""
    found = first.rounded / second.rounded
    highest = first.value(F(1)) / second.value(F(0))

    assert found.upper - highest <= F(1, 10**4)
    assert found.strict_upper == (highest < found.upper) == (second.qualifier == "more_than")
    assert found.lower is None
    assert first.value(F(0)) / second.value(F(1)) < F(1, 10**10)


@given(any_number, any_number, anywhere, anywhere)
def test_the_true_share_lies_in_the_interval(part, rest, at, there):
    """part / (part + rest) of any consistent values lies inside the interval."""
    assume(part.value(at) + rest.value(there) > 0)

    assert holds(share(part.rounded, rest.rounded), share_of(part.value(at), rest.value(there)))


@given(two_sided, two_sided)
def test_neither_end_of_a_share_can_be_moved_inwards(part, rest):
    """The lowest part with the highest rest gives the lower end, and the other way round."""
    assume(part.rounded.lower > 0 or rest.rounded.lower > 0)
    found = share(part.rounded, rest.rounded)

    assert found.lower == share_of(part.value(F(0)), rest.value(F(1)))
    assert found.upper == share_of(part.value(F(1)), rest.value(F(0)))


@given(two_sided, two_sided)
def test_a_share_lies_inside_the_naive_quotient_and_between_0_and_1(part, rest):
    """Disjoint parts know more than part / whole as if the two were independent."""
    assume(part.rounded.lower > 0 or rest.rounded.lower > 0)
    found, naive = share(part.rounded, rest.rounded), part.rounded / (part.rounded + rest.rounded)

    assert found.printed == naive.printed
    assert max(naive.lower, F(0)) <= found.lower <= found.printed <= found.upper <= min(naive.upper, F(1))
    assert found.upper - found.lower < naive.upper - naive.lower


@given(two_sided, two_sided)
def test_a_share_and_the_share_of_the_rest_make_one(part, rest):
    """What one share has at most, the other has at least."""
    assume(part.rounded.lower > 0 or rest.rounded.lower > 0)
    one, other = share(part.rounded, rest.rounded), share(rest.rounded, part.rounded)

    assert one.printed + other.printed == one.lower + other.upper == one.upper + other.lower == 1


@given(two_sided, st.integers(-999, 5000), anywhere, anywhere)
def test_the_true_earlier_level_lies_in_the_interval_and_its_ends_are_attained(level, tenths, at, there):
    """level / (1 + growth): the highest growth gives the lower end; from -99.9 % to 500 %, printed to a tenth."""
    text = f"{'-' * (tenths < 0)}{abs(tenths) // 10}.{abs(tenths) % 10}"
    assume(tenths > -999)
    found = before_growth(level.rounded, unround(text, unit="percent"))

    def earlier(at_level: F, at_growth: F) -> F:
        return level.value(at_level) / (1 + (F(tenths, 10) - F(1, 20) + at_growth * F(1, 10)) / 100)

    assert holds(found, earlier(at, there))
    assert (found.lower, found.upper) == (earlier(F(0), F(1)), earlier(F(1), F(0)))


@given(any_number, any_number)
def test_sums_and_products_do_not_mind_the_order(first, second):
    """a + b is b + a and a x b is b x a, with all that is known of them."""
    one, other = first.rounded, second.rounded

    assert one + other == other + one
    assert one * other == other * one


@given(two_sided, two_sided, two_sided)
def test_sums_and_products_do_not_mind_the_grouping(first, second, third):
    """(a + b) + c is a + (b + c), and so for products."""
    a, b, c = (each.rounded for each in (first, second, third))

    assert (a + b) + c == a + (b + c)
    assert (a * b) * c == a * (b * c)


@given(any_number)
def test_moving_the_point_and_the_power_of_ten_together_changes_nothing(number):
    """40.11 at 10^4 is 4.011 at 10^5, and ten times 40.11 at 10^3."""
    assume(number.qualifier != "about" or number.decimals > 0)
    moved = Printed(number.digits, number.decimals + 1, number.multiplier + 1, number.qualifier)
    tenfold = Printed(number.digits, number.decimals, number.multiplier + 1, number.qualifier)

    assert moved.rounded == number.rounded
    assert tenfold.rounded == number.rounded * exactly(10)


@given(any_number)
def test_one_more_printed_digit_never_widens(number):
    """40.110 says at least as much as 40.11; nothing between them is lost."""
    finer = Printed(number.digits * 10, number.decimals + 1, number.multiplier, number.qualifier)
    coarse, fine = number.rounded, finer.rounded

    assert coarse.printed == fine.printed
    assert coarse.lower is fine.lower is None or coarse.lower <= fine.lower
    assert coarse.upper is fine.upper is None or fine.upper <= coarse.upper
