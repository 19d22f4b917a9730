"""What is printed never claims more than what is known, and says the same number in both languages."""

import html
import re
from fractions import Fraction as F
from math import ceil, floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis import wording
from analysis.codebook import Series, codebook
from analysis.figures import Figure
from analysis.rounding import Rounded, exactly, unround
from analysis.tables import inline_html, plain_text
from analysis.wording import (
    close_spaces,
    escaped,
    figure_interval,
    figure_number,
    figure_place,
    figure_text,
    interval_text,
    number,
    number_of_power,
    place_of,
    settled,
    value_text,
)

UNITS = ("number", "percent", "CNY")


def figure(value: str, multiplier: int = 0, qualifier: str = "exact", unit: str = "count") -> Figure:
    """A published figure of a series in the codebook that has the unit."""
    named = {"count": "patents_granted", "CNY": "gdp", "percent": "gdp_yoy_percent", "persons": "population_resident"}
    series = named.get(unit, "ip_admin_protection_rank")
    return Figure("990100", 2021, series, value, multiplier, unit, qualifier, "flow", "T01", "…", "")


def series_of(each: Figure) -> Series:
    return codebook()[each.series]


def between(lower: str, upper: str) -> Rounded:
    return Rounded((F(lower) + F(upper)) / 2, F(lower), F(upper))


# Magnitudes


@pytest.mark.parametrize(
    ("value", "place", "english", "chinese"),
    [
        (72_390, 0, "72,390", "72,390"),
        (954, 0, "954", "954"),
        (0, 0, "0", "0"),
        (F("10.801"), -2, "10.80", "10.80"),
        (F("0.2991"), -3, "0.299", "0.299"),
        (401_100, 2, "401.1 thousand", "40.11 万"),
        (22_900, 2, "22.9 thousand", "2.29 万"),
        (40_893_471, 4, "40.89 million", "4,089 万"),
        (11_900_000_000, 8, "11.9 billion", "119 亿"),
        (14_594_90 * 10**6, 7, "1.45949 trillion", "14,594.9 亿"),
        (1_310_000_000_000, 10, "1.31 trillion", "13,100 亿"),
        (5_000_000, 6, "5 million", "500 万"),
        (9_990, 1, "9.99 thousand", "9,990"),
        (500, 2, "500", "500"),
    ],
)
def test_each_magnitude_in_both_languages(value, place, english, chinese):
    """Thousand, million, billion and trillion stand against 万 and 亿; a number known to the unit is written out."""
    assert number(F(value), place, "en") == english
    assert number(F(value), place, "zh") == chinese


def test_a_computed_number_is_not_written_in_thousands():
    """83,340 to two places from the front is 83,300, not 83.3 thousand."""
    assert number(F(83_340), 2, "en", least=6) == "83,300"
    assert number(F(83_340), 2, "zh", least=6) == "8.33 万"


@pytest.mark.parametrize(
    ("power", "english", "chinese"),
    [
        (4, "10 thousand", "1 万"),
        (6, "1 million", "100 万"),
        (8, "100 million", "1 亿"),
        (9, "1 billion", "10 亿"),
        (12, "1 trillion", "10,000 亿"),
    ],
)
def test_powers_of_ten_on_an_axis(power, english, chinese):
    """An axis counts in the magnitudes of the language."""
    assert (number_of_power(power, "en"), number_of_power(power, "zh")) == (english, chinese)


# Places


@pytest.mark.parametrize(
    ("value", "digits", "unit", "place"),
    [
        (exactly(F("10.8012")), 4, "percent", -2),
        (exactly(F("83.04")), 3, "percent", -1),
        (exactly(F("0.0629")), 3, "percent", -4),
        (exactly(F("5.7484")), 3, "percent", -2),
        (exactly(63_205), 3, "number", 0),
        (exactly(25_000_000), 3, "number", 5),
        (exactly(25_000_000), 3, "CNY", 5),
        (exactly(83_340), 3, "CNY", 2),
        (exactly(F("2.913")), 3, "CNY", -2),
        (exactly(0), 3, "number", 0),
        (between("40.116", "40.121"), 3, "number", -1),
        (between("9", "11"), 3, "number", -1),
        (between("5", "15"), 3, "number", 0),
        (between("50", "150"), 3, "number", 0),
        (between("20000", "60000"), 4, "CNY", 3),
    ],
)
def test_the_last_place_is_as_fine_as_the_digits_and_the_interval_allow(value, digits, unit, place):
    """So many digits, but no unit a hundredth of the interval; money gives up units, small numbers do not."""
    assert place_of(value, digits, unit) == place


@given(st.fractions(F(1, 10**6), 10**13), st.integers(1, 5), st.sampled_from(UNITS))
def test_an_exact_value_has_its_first_digit_printed(value, digits, unit):
    """10^(place + digits - 1) is the power of ten of the first digit, unless a small number is kept to the unit."""
    place = place_of(exactly(value), digits, unit)
    leading = place + digits - 1

    assert place <= 0 or unit == "CNY" or value >= 10**6
    assert place == 0 or F(10) ** leading <= value < F(10) ** (leading + 1)


# Values and intervals


@pytest.mark.fault(43)
@pytest.mark.fault(50)
@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (unround("25", 6, "more_than"), "number", "more than 25.0 million", "超过 2,500 万"),
        (unround("25", 6, "at_least"), "CNY", "at least 25.0 million yuan", "至少 2,500 万元"),
        (Rounded(F("9.8"), F("9.799"), None, strict_lower=True), "number", "more than 9.79", "超过 9.79"),
        (Rounded(F("9.8"), F("9.799"), None), "percent", "at least 9.79%", "至少 9.79%"),
        (Rounded(F("9.8"), None, F("9.801"), strict_upper=True), "number", "less than 9.81", "低于 9.81"),
        (Rounded(F("9.8"), None, F("9.801")), "number", "at most 9.81", "至多 9.81"),
        (Rounded(F(83_340), F(83_330), F(83_350), about=True), "CNY", "about 83,300 yuan", "约 8.33 万元"),
        (exactly(F("0.005")), "percent", "0.00500%", "0.00500%"),
        (exactly(F("2.5")), "CNY", "2.50 yuan", "2.50 元"),
        (exactly(F("1.005")), "number", "1.01", "1.01"),
        (exactly(F("999.6")), "number", "1,000", "1,000"),
        (exactly(0), "number", "0", "0"),
    ],
)
def test_a_value_is_printed_with_its_qualifier_and_unit(value, unit, english, chinese):
    """A middle is rounded half up; a bound is rounded outward, so that it stays true."""
    assert value_text(value, unit, 3, "en") == english
    assert value_text(value, unit, 3, "zh") == chinese


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (between("40.1163", "40.1205"), "number", "40.11 to 40.13", "40.11 至 40.13"),
        (between("59.674", "59.936"), "percent", "59.67% to 59.94%", "59.67% 至 59.94%"),
        (between("40721649", "41065293"), "CNY", "40.72 to 41.07 million yuan", "4,072 至 4,107 万元"),
        (between("999999", "1000001"), "number", "0.999 to 1.001 million", "99.9 至 100.1 万"),
        (exactly(5), "number", "", ""),
        (unround("5", 0, "more_than"), "number", "", ""),
        (unround("5", 0, "nearly"), "number", "", ""),
    ],
)
def test_an_interval_is_one_place_finer_than_its_value_and_rounded_outward(value, unit, english, chinese):
    """Down below and up above, in the magnitude of the middle; nothing where nothing is open, or one end is unknown."""
    assert interval_text(value, unit, 3, "en") == english
    assert interval_text(value, unit, 3, "zh") == chinese


def test_a_settled_interval_tells_a_reader_nothing():
    """8.333 to 8.335 is 8.33 or 8.34 at two decimals; 8.331 to 8.334 is 8.33 alone; a bound settles nothing."""
    assert not settled(between("8.333", "8.336"), "number", 3)
    assert settled(between("8.331", "8.334"), "number", 3)
    assert settled(exactly(8), "number", 3)
    assert not settled(unround("8", 0, "more_than"), "number", 3)


def intervals():
    """Intervals from narrow to wide around values from a millionth to ten billion."""
    return st.builds(
        lambda middle, below, above: Rounded(middle, middle * (1 - below), middle * (1 + above)),
        st.fractions(F(1, 10**6), 10**10, max_denominator=10**9),
        st.fractions(F(1, 10**5), 1, max_denominator=10**5),
        st.fractions(F(1, 10**5), 1, max_denominator=10**5),
    )


@pytest.mark.fault(50)
@given(intervals(), st.integers(1, 5), st.sampled_from(UNITS))
def test_printed_ends_never_narrow_an_interval(read_back, value, digits, unit):
    """Whatever was possible before printing is possible after it, and both languages print the same two ends."""
    english, chinese = (read_back(interval_text(value, unit, digits, language)) for language in ("en", "zh"))
    lower, upper = english

    assert english == chinese
    assert lower <= value.lower <= value.upper <= upper
    assert upper - lower <= value.upper - value.lower + 2 * F(10) ** (place_of(value, digits, unit) - 1)


@given(intervals(), st.integers(1, 5), st.sampled_from(UNITS))
def test_a_value_is_the_same_number_in_both_languages(read_back, value, digits, unit):
    """Rounded half up to its place, in millions or in 万."""
    size = F(10) ** place_of(value, digits, unit)
    (english,), (chinese,) = (read_back(value_text(value, unit, digits, language)) for language in ("en", "zh"))

    assert english == chinese == floor(value.printed / size + F(1, 2)) * size


@pytest.mark.fault(43)
@pytest.mark.fault(50)
@given(st.fractions(F(1, 10**6), 10**13, max_denominator=10**6), st.integers(1, 5), st.sampled_from(UNITS))
def test_a_printed_bound_is_true(read_back, end, digits, unit):
    """A lower bound is printed no higher, an upper bound no lower, and by less than one unit of the last place."""
    size = F(10) ** place_of(Rounded(end, end, None), digits, unit)
    for language in ("en", "zh"):
        (lower,) = read_back(value_text(Rounded(end, end, None), unit, digits, language))
        (upper,) = read_back(value_text(Rounded(end, None, end), unit, digits, language))

        assert end - size < lower <= end <= upper < end + size


@given(st.fractions(0, 10**14, max_denominator=10**6), st.integers(-6, 12), st.sampled_from([None, floor, ceil]))
def test_a_number_is_the_same_in_both_languages_at_any_place(read_back, value, place, rounding):
    """The last place is chosen before the language."""
    (english,), (chinese,) = (read_back(number(value, place, language, rounding=rounding)) for language in ("en", "zh"))
    size = F(10) ** place

    assert english == chinese
    assert english / size == (floor(value / size + F(1, 2)) if rounding is None else rounding(value / size))


# Published figures


@pytest.mark.parametrize(
    ("given_figure", "english", "chinese"),
    [
        (figure("72390"), "72,390 patents", "72,390 件"),
        (figure("40.11", 4), "401.1 thousand patents", "40.11 万件"),
        (figure("40.10", 4), "401.0 thousand patents", "40.10 万件"),
        (figure("119", 8, unit="CNY"), "11.9 billion yuan", "119 亿元"),
        (figure("14594.9", 8, unit="CNY"), "1.45949 trillion yuan", "14,594.9 亿元"),
        (figure("1.31", 12, "about", "CNY"), "about 1.31 trillion yuan", "约 13,100 亿元"),
        (figure("954.4", 4, unit="persons"), "9.544 million people", "954.4 万人"),
        (figure("1200", 0, "more_than"), "more than 1,200 patents", "超过 1,200 件"),
        (figure("9.3", 4, "at_least"), "at least 93 thousand patents", "至少 9.3 万件"),
        (figure("5400", 0, "about"), "about 5,400 patents", "约 5,400 件"),
        (figure("3", 4, "nearly"), "nearly 30 thousand patents", "接近 3 万件"),
        (figure("19.50", unit="percent"), "19.50%", "19.50%"),
        (figure("-3.2", unit="percent"), "−3.2%", "−3.2%"),
        (figure("-0.5", 0, "about", "percent"), "about −0.5%", "约 −0.5%"),
        (figure("1", unit="rank"), "rank 1", "第 1 位"),
    ],
)
def test_a_figure_keeps_its_printed_digits_and_names_what_is_counted(given_figure, english, chinese):
    """Trailing zeros stay; 亿 and 万 stay in Chinese; a negative rate has a real minus sign."""
    assert figure_text(given_figure, series_of(given_figure), "en") == english
    assert figure_text(given_figure, series_of(given_figure), "zh") == chinese


@pytest.mark.parametrize(
    ("given_figure", "english", "chinese"),
    [
        (figure("40.11", 4), "401,050 to 401,150 patents", "401,050 至 401,150 件"),
        (figure("-3.2", unit="percent"), "−3.25% to −3.15%", "−3.25% 至 −3.15%"),
        (figure("0.0", unit="percent"), "−0.05% to 0.05%", "−0.05% 至 0.05%"),
        (figure("3.0", 0, "about", "percent"), "2.9% to 3.1%", "2.9% 至 3.1%"),
        (figure("4850.3", 4, "about", "CNY"), "48,502,000 to 48,504,000 yuan", "48,502,000 至 48,504,000 元"),
        (figure("5400", 0, "about"), "5,300 to 5,500 patents", "5,300 至 5,500 件"),
        (figure("72390"), "", ""),
        (figure("1200", 0, "more_than"), "", ""),
    ],
)
def test_the_interval_of_a_figure_is_written_in_full(given_figure, english, chinese):
    """Half a unit of the last place either way, a whole one for "about", unshortened."""
    assert figure_interval(given_figure, series_of(given_figure), "en") == english
    assert figure_interval(given_figure, series_of(given_figure), "zh") == chinese


@given(st.integers(0, 10**6), st.integers(0, 4), st.integers(0, 12), st.sampled_from(["count", "CNY", "persons"]))
def test_a_figure_is_the_same_number_in_both_languages(read_back, digits, decimals, multiplier, unit):
    """Read back, both are what was published, to the last digit."""
    whole, rest = divmod(digits, 10**decimals)
    printed = figure(f"{whole}.{rest:0{decimals}d}" if decimals else str(whole), multiplier, unit=unit)

    assert read_back(figure_number(printed, "en")) == [printed.rounded.printed]
    assert read_back(figure_number(printed, "zh")) == [printed.rounded.printed]
    assert figure_place(printed) == multiplier - decimals


# Text around numbers

HOSTILE = (
    r"""*a* _b_ `c` [d](http://x) <b>e</b> ![f](g) \ ~~h~~ | $i$ # j & &amp; "k" 1. - + > https://x.y {z} \\* **l**"""
)


@pytest.mark.fault(17)
@pytest.mark.parametrize(
    "text", [HOSTILE, "# title", "- item", "1. item", "> quote", "    code", "***", "a\n\nb", "***a"]
)
def test_hostile_text_stands_for_itself(text):
    """No emphasis, link, picture, tag, list, heading or entity comes of a publisher's name."""
    shown = inline_html(escaped(text))

    assert html.unescape(shown) == " ".join(text.split())
    assert not set("<>") & set(shown)
    assert plain_text(escaped(text)) == " ".join(text.split())


def test_every_character_with_a_meaning_is_escaped():
    """Also those that only Jupyter's Markdown obeys, such as $ and &; a line break becomes a space."""
    assert escaped("a&b $c$\n*d*") == r"a\&b \$c\$ \*d\*"


@given(st.text(alphabet=st.sampled_from("*_`[]()<>!#&;\\|~$-+.{}1a 试 \n\t\"'=:/@"), max_size=30))
def test_any_text_stands_for_itself(text):
    """However the special characters follow each other."""
    assume(text.strip())
    flat = " ".join(text.split())

    assert html.unescape(inline_html(escaped(text))) == flat
    assert plain_text(escaped(text)) == flat


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("人均 约 5 元", "人均约 5 元"),
        ("人均 [约 5 元](#a)", "人均[约 5 元](#a)"),
        ("人均 [超过 5 元](#a) 。", "人均[超过 5 元](#a) 。"),
        ("有 [5 万](#a) 的", "有 [5 万](#a)的"),
        ("（5 至 6） 的", "（5 至 6）的"),
        ("有 [72,390 件](#a) 的", "有 [72,390 件](#a) 的"),
        ("共 5 件", "共 5 件"),
        ("注册量为超过 5 件", "注册量超过 5 件"),
        ("注册量为 [约 5 件](#a)", "注册量[约 5 件](#a)"),
        ("注册量为 5 件", "注册量为 5 件"),
        ("of about 5", "of about 5"),
    ],
)
def test_spaces_close_before_a_word_and_after_a_bracket(text, closed):
    """Chinese sets a space beside digits, not between two Chinese words."""
    assert close_spaces(text) == closed


def test_every_phrase_exists_in_both_languages_with_the_same_blanks():
    """A blank that only one language has would stay empty, or break, in the other."""
    phrases = wording.phrases()
    blanks = {
        key: [set(re.findall(r"{(\w+)}", phrase[language])) for language in ("en", "zh")]
        for key, phrase in phrases.items()
    }

    assert {key: set(phrase) for key, phrase in phrases.items() if set(phrase) != {"en", "zh"}} == {}
    assert {key for key, (english, chinese) in blanks.items() if english != chinese} == set()


@pytest.mark.parametrize(
    ("counted", "one"),
    [("varieties", "variety"), ("patents", "patent"), ("yuan", "yuan"), ("days of work", "days of work")],
)
def test_one_thing_is_not_many(counted, one):
    """1 variety, not 1 varieties; where the things are several words, they stay as the codebook has them."""
    assert one == wording._singular(counted)


def test_text_of_a_link_cannot_end_it():
    """What is counted comes from a table, and stands inside a link to a card."""
    assert r"[1,000 \](javascript:x)items](#items)" == wording.linked("1,000 ](javascript:x)items", "items")
    assert "[10.80%](#a)" == wording.linked("10.80%", "a")
