"""An edition is one region and year in one language: what is published there, what follows, and how it is said."""

import pytest

from analysis.edition import Edition
from analysis.figures import load_figures


@pytest.fixture
def edition(tiny):
    """Testville in one year and language."""
    return lambda language="en", year=2021: Edition("990100", year, language, load_figures(tiny), tiny)


def test_published_holds_the_chosen_figure_of_each_series_in_the_codebooks_order(edition):
    """The office's 1,000 speaks, the newspaper's 1,001 stands beside it."""
    found = edition()

    assert list(found.published) == [
        "patents_granted",
        "invention_patents_granted",
        "patents_granted_yoy_percent",
        "pledge_financing_amount",
        "population_resident",
    ]
    assert [row.value for row in found.every("patents_granted")] == ["1000", "1001"]
    assert found.published["patents_granted"].value == "1000"


def test_every_indicator_has_a_result(edition):
    """In 2021 all four follow; in 2020 only the grants are known, and nothing follows."""
    assert all(result.value is not None for result in edition().results.values())
    assert all(result.value is None for result in edition(year=2020).results.values())


def test_a_sentence_is_filled_with_links_to_cards(edition):
    """250 of 1,000 granted are 25.00 %, exactly, so no interval is told."""
    found = edition()

    assert found.result_sentence(found.results["invention_share"]) == (
        "From [250 patents](#invention_patents_granted) [1,000 patents](#patents_granted) "
        "follows [25.00%](#invention_share)."
    )


def test_an_interval_is_told_where_it_changes_what_is_printed(edition):
    """1,000 over 40.0 万 (39.95 to 40.05) is 24.969 to 25.032 per 10,000: 25.0 whatever it is."""
    found = edition("zh")
    settled, open_ = (
        found.results[name] for name in ("grants_per_10000_residents", "implied_previous_patents_granted")
    )

    assert found.result_sentence(settled) == (
        "由 [1,000 件](#patents_granted) [40.0 万人](#population_resident) 得 [25.0](#grants_per_10000_residents)。"
    )
    assert found.result_sentence(open_).endswith("得 [800.0](#implied_previous_patents_granted)（799.68 至 800.33）。")


def test_a_bound_is_told_as_a_bound(edition):
    """More than 3 亿元 over at most 40.05 万 residents is more than 749 yuan each."""
    english, chinese = edition(), edition("zh")

    assert english.value(english.results["financing_per_resident"]) == "more than 749 yuan"
    assert chinese.value(chinese.results["financing_per_resident"]) == "超过 749 元"


def test_what_is_missing_is_named_in_the_reader_s_language(edition):
    """The reason names the indicator, the place, the year and each missing series."""
    english, chinese = edition("en", 2020), edition("zh", 2020)

    assert english.result_sentence(english.results["invention_share"]) == (
        "name of invention_share in en: cannot be computed for Testville in 2020, "
        "because no figure is published here for Inventions."
    )
    assert "试验市 2020 年的数值，因为缺少以下已公布数据：发明量。" in chinese.result_sentence(
        chinese.results["invention_share"]
    )


@pytest.mark.parametrize(
    ("old", "new", "name", "english", "chinese"),
    [
        (",40.0,4,", ",0,0,", "grants_per_10000_residents", "the denominator is zero", "分母为零"),
        (",250,0,", ",1250,0,", "invention_share", "the part as published is larger", "部分大于"),
        (",25.0,0,percent", ",-120,0,percent", "implied_previous_patents_granted", "do not allow", "不支持"),
        (",4,persons,exact", ",4,persons,more_than", "financing_per_resident", "leave both ends", "上限或下限"),
    ],
)
def test_every_problem_has_its_words(spoil, edition, old, new, name, english, chinese):
    """Zero, a part above its whole, a fall to nothing, bounds on both sides: a reason in words, never a blank."""
    spoil("figures/2021.csv", old, new)

    for language, said in (("en", english), ("zh", chinese)):
        found = edition(language)
        assert said in found.result_sentence(found.results[name])


def test_words_have_the_place_and_year_at_hand(edition):
    """A phrase may name them without being told."""
    assert edition().words("no_policies") == "No plan, rule or institution is recorded for Testville in 2021."
    assert edition("zh").listed(["甲", "乙"]) == "甲、乙"
