"""A card leads from a number to its formula, its interval and the words that it came from."""

import pytest

from analysis.cards import card_named, cards
from analysis.errors import NotComputable, UnknownName
from analysis.report import load_report


@pytest.fixture
def report(tiny):
    """The report of Testville."""
    return lambda language="en", year=2021: load_report("990100", year, language, tiny)


def test_every_computed_indicator_and_published_figure_has_one_card(report):
    """Four indicators and five figures, each under its own name."""
    ids = [card["id"] for card in cards(report())]

    assert len(ids) == len(set(ids))
    assert ids[:4] == [
        "invention_share",
        "grants_per_10000_residents",
        "financing_per_resident",
        "implied_previous_patents_granted",
    ]
    assert set(ids) >= {
        "patents_granted",
        "invention_patents_granted",
        "patents_granted_yoy_percent",
        "pledge_financing_amount",
        "population_resident",
    }


def test_an_indicator_s_card_shows_how_it_was_made(report):
    """The formula in words and with the values put in, the interval, and the command that recomputes it."""
    card = card_named(report(), "grants_per_10000_residents")
    rows = dict(card["rows"])

    assert card["title"] == "name of grants_per_10000_residents in en"
    assert rows["Formula"] == "Patents granted ÷ Residents × 10,000"
    assert rows["Values put in"] == (
        "[1,000 patents](#patents_granted) ÷ [400 thousand people](#population_resident)"
        r" × 10,000 = 25\.0"
    )
    assert rows["Rounding interval"] == r"24\.96 to 25\.04"
    assert card["command"] == "ipreport show grants_per_10000_residents --region 990100 --year 2021"


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("invention_share", "Inventions ÷ Patents granted × 100"),
        ("financing_per_resident", "Pledge financing ÷ Residents"),
        ("implied_previous_patents_granted", r"Patents granted ÷ \(1 \+ Growth\)"),
    ],
)
def test_a_formula_is_written_in_words(report, name, formula):
    """What is divided by what, and what the quotient is multiplied by."""
    assert dict(card_named(report(), name)["rows"])["Formula"] == formula


def test_a_sum_stands_in_brackets(published):
    """Marks in marks and products."""
    rows = dict(card_named(load_report("330200", 2021, "en"), "gi_marks_share")["rows"])

    assert r"÷ \(" in rows["Formula"]
    assert "÷ ([40" in rows["Values put in"]


def test_an_indicator_s_card_has_a_source_for_each_input(report):
    """Label, printed form, phrase, publication, publisher, title, date, address, reliability, note."""
    first, second = card_named(report(), "financing_per_resident")["sources"]

    assert first == {
        "label": "Pledge financing, 2021",
        "printed": "more than 300 million yuan",
        "phrase": "超3亿元",
        "publication": "T02",
        "publisher": "Evening News",
        "title": "Report of a press conference",
        "date": "2022-04-26",
        "url": "https://example.org/news",
        "reliability": "press",
        "note": "",
    }
    assert second["phrase"] == "40.0万人"


@pytest.mark.parametrize(
    ("name", "interval"),
    [
        ("financing_per_resident", "no upper end known"),
        ("pledge_financing_amount", "no upper end known"),
        ("population_resident", "399,500 to 400,500 people"),
        ("patents_granted_yoy_percent", r"24\.95% to 25\.05%"),
    ],
)
def test_a_card_says_how_far_rounding_leaves_a_number_open(report, name, interval):
    """Two ends, one end, or none."""
    assert dict(card_named(report(), name)["rows"])["Rounding interval"] == interval


@pytest.mark.parametrize(("name", "value"), [("invention_share", r"25\.00%"), ("patents_granted", "1,000 patents")])
def test_a_card_says_beside_the_value_that_rounding_does_not_touch_it(report, name, value):
    """250 of 1,000, both counted to the unit: 25.00%, exact; there is no interval to tell."""
    rows = dict(card_named(report(), name)["rows"])

    assert rows["Value"].startswith(f"{value}, exact")
    assert "Rounding interval" not in rows


def test_a_figure_s_card_lists_every_publication_that_prints_it(report):
    """The chosen one first, with what misleads, and that the two differ."""
    card = card_named(report(), "patents_granted")
    rows = dict(card["rows"])

    assert card["title"] == "Patents granted, 2021"
    assert [source["printed"] for source in card["sources"]] == ["1,000 patents", "1,001 patents"]
    assert rows["Status"].startswith("2 publications, different numbers")
    assert rows["What misleads"] == r"A trap\."


def test_a_figure_of_one_publication_says_so_and_has_no_empty_row(report):
    """Nothing misleads about the residents, and one source tells their number."""
    rows = dict(card_named(report(), "population_resident")["rows"])

    assert rows["Status"] == "one publication"
    assert "What misleads" not in rows


@pytest.mark.parametrize(
    ("second", "said"), [("1000", "2 publications, the same number"), ("1001", "2 publications, different numbers")]
)
def test_a_status_tells_agreement_from_difference(spoil, report, second, said):
    """Two publications that print the same number support each other."""
    spoil("figures/2021.csv", ",1001,0", f",{second},0")

    assert dict(card_named(report(), "patents_granted")["rows"])["Status"].startswith(said)


@pytest.mark.fault(17)
def test_hostile_text_of_a_source_stays_text(spoil, report):
    """Definitions and names come out escaped, so that no card has a link that the data smuggled in."""
    spoil("series.csv", "All kinds.", "[All](http://x) <b>kinds</b>")

    assert dict(card_named(report(), "patents_granted")["rows"])["What is counted"] == (
        r"\[All\]\(http://x\) \<b\>kinds\</b\>"
    )


def test_a_card_that_cannot_be_is_refused_with_the_reason(report):
    """An indicator without a value, a series without a figure, a name that is none."""
    assert card_named(report(), "patents_granted")["id"] == "patents_granted"

    with pytest.raises(NotComputable, match="no figure is published here for Inventions"):
        card_named(report(year=2020), "invention_share")
    with pytest.raises(NotComputable, match="Residents: no figure is published here for Testville in 2020"):
        card_named(report(year=2020), "population_resident")
    with pytest.raises(UnknownName, match=r"no indicator or series 'invention_shar'.*Did you mean invention_share\?"):
        card_named(report(), "invention_shar")


def test_cards_are_the_same_at_every_run(report):
    """Chinese or English, twice the same."""
    for language in ("en", "zh"):
        assert cards(report(language)) == cards(report(language))
