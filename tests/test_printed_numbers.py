"""A printed number is read back exactly, in three writings, or not at all."""

from fractions import Fraction

import pytest

from analysis.printed_numbers import printed, printed_span

SAME = [
    # texts in English, simplified and traditional; value, unit, qualifier
    ("40.89 million yuan", "4,089 万元", "4,089 萬元", 40_890_000, "CNY", "exact"),
    ("11.9 billion yuan", "119 亿元", "119 億元", 11_900_000_000, "CNY", "exact"),
    ("15.3 trillion yuan", "153,000 亿元", "153,000 億元", 15_300_000_000_000, "CNY", "exact"),
    ("833,000 yuan", "83.3 万元", "83.3 萬元", 833_000, "CNY", "exact"),
    ("about 83.3 thousand yuan", "约 8.33 万元", "約 8.33 萬元", 83_300, "CNY", "about"),
    ("401.1 thousand trademarks", "40.11 万件", "40.11 萬件", 401_100, "counted", "exact"),
    ("72,390 patents", "72,390 件", "72,390 件", 72_390, "counted", "exact"),
    ("72,390", "72,390", "72,390", 72_390, "", "exact"),
    ("10.80%", "10.80%", "10.80%", Fraction("10.8"), "percent", "exact"),
    ("more than 9.79", "超过 9.79", "超過 9.79", Fraction("9.79"), "", "more_than"),
    ("at least 2.74%", "至少 2.74%", "至少 2.74%", Fraction("2.74"), "percent", "at_least"),
    ("less than 5%", "低于 5%", "低於 5%", 5, "percent", "less_than"),
    ("at most 5%", "至多 5%", "至多 5%", 5, "percent", "at_most"),
    ("nearly 90 thousand", "接近 9 万", "接近 9 萬", 90_000, "", "nearly"),
    ("more than 100 million records", "超过 1 亿条", "超過 1 億條", 100_000_000, "counted", "more_than"),
    ("−34.69%", "−34.69%", "−34.69%", Fraction("-34.69"), "percent", "exact"),
    ("about +9.9 percentage points", "约 +9.9 个百分点", "約 +9.9 個百分點", Fraction("9.9"), "points", "about"),
    ("51.87 patents per 10,000 residents", "51.87 件/万人", "51.87 件/萬人", Fraction("51.87"), "counted", "exact"),
    ("rank 1", "第 1 位", "第 1 位", 1, "rank", "exact"),
    ("2021", "2021 年", "2021 年", 2021, "", "exact"),
]


@pytest.mark.parametrize(("english", "simplified", "traditional", "value", "unit", "qualifier"), SAME)
def test_three_writings_mean_one_number(english, simplified, traditional, value, unit, qualifier):
    """亿 and billion, 万 and million, 超过 and more than: each text gives the value that was worked out by hand."""
    meaning = ((Fraction(value),), unit, qualifier)

    assert [meaning] * 3 == [printed(text).meaning for text in (english, simplified, traditional)]


@pytest.mark.parametrize(
    ("texts", "values", "qualifier"),
    [
        (("1st of 12", "第 1 位（共 12 个）", "第 1 位（共 12 個）"), (1, 1, 12), "exact"),
        (("2nd to 4th of 12", "第 2 至第 4 位（共 12 个）", "第 2 至第 4 位（共 12 個）"), (2, 4, 12), "exact"),
        (("3rd of 12, shared", "并列第 3 位（共 12 个）", "並列第 3 位（共 12 個）"), (3, 3, 12), "shared"),
    ],
)
def test_a_place_among_others_has_three_values(texts, values, qualifier):
    """The best and the worst place, and among how many."""
    meaning = (tuple(map(Fraction, values)), "rank", qualifier)

    assert [meaning] * 3 == [printed(text).meaning for text in texts]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("40.89 million yuan", 10_000),
        ("4,089 万元", 10_000),
        ("40.0 万", 1000),
        ("72,390", 1),
        ("10.80%", Fraction(1, 100)),
        # Zeros that may only fill: of money and before 万 and 亿, but not of things counted one by one.
        ("153,000 亿元", 10**11),
        ("800,000 yuan", 10**5),
        ("800,000", 1),
        ("0 yuan", 1),
    ],
)
def test_the_last_digit_that_was_surely_meant(text, place):
    """A number rounded to a hundred billion is written 153,000 亿, whose last zeros say nothing."""
    assert place == printed(text).place


@pytest.mark.parametrize(
    "text",
    ["", "see the card", "超 4 亿元", "40 of 50", "7 batches of 3", "1,0 patents", "10,80%", "1.2.3", "4 亿 5 万",
     "5%5", "２０", "ten", "−", "1 to 2", "第 二 位", "4th"],
)  # fmt: skip
def test_what_is_not_one_number_is_not_read(text):
    """Half a reading would compare half a number."""
    assert printed(text) is None


@pytest.mark.parametrize(
    ("texts", "lower", "upper", "unit"),
    [
        (("40.721 to 41.066 million yuan", "4,072.1 至 4,106.6 万元"), 40_721_000, 41_066_000, "CNY"),
        (("10.79% to 10.81%", "10.79% 至 10.81%"), Fraction("10.79"), Fraction("10.81"), "percent"),
        (("−1.2 to +0.3 percentage points", "−1.2 至 +0.3 個百分點"), Fraction("-1.2"), Fraction("0.3"), "points"),
        (("41.005 to 41.166", "41.005 至 41.166"), Fraction("41.005"), Fraction("41.166"), ""),
        (("399,500 to 400,500 people", "399,500 至 400,500 人"), 399_500, 400_500, "counted"),
    ],
)
def test_an_interval_has_two_ends(texts, lower, upper, unit):
    """The first end has the magnitude and the unit of the second."""
    for text in texts:
        ends = printed_span(text)

        assert ((Fraction(lower),), (Fraction(upper),)) == tuple(end.values for end in ends)
        assert {unit} == {end.unit for end in ends}


@pytest.mark.parametrize("text", ["2021", "40.721", "a to b", "1 to", "宁波晚报, 2022-02-25", "1 to 2 to 3"])
def test_what_is_not_an_interval_is_not_read(text):
    """A year or a publication in brackets is no interval."""
    assert printed_span(text) is None
