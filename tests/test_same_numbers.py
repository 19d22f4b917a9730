"""One wrong digit in one edition, and nothing is published: each fault is planted into a page and named."""

import re
from html import escape

import pytest
from made_pages import made_pages

from analysis.page_numbers import page_of
from analysis.same_numbers import NumbersDiffer, prove

# What is planted: the edition, a pattern of what it says, what it is made to say, and what the message must say.
FAULTS = {
    "a digit": (
        ("zh", ">超过 3 亿元<", ">超过 4 亿元<"),
        "pledge_financing_amount: 'more than 300 million yuan' (more than 300,000,000 CNY) in en, "
        "but '超过 4 亿元' (more than 400,000,000 CNY) in zh",
    ),
    "万 for 亿": (
        ("zh-Hant", ">超過 3 億元<", ">超過 3 萬元<"),
        "but '超過 3 萬元' (more than 30,000 CNY) in zh-Hant",
    ),
    "a lost qualifier": (
        ("zh-Hant", ">超過 3 億元<", ">3 億元<"),
        "but '3 億元' (300,000,000 CNY) in zh-Hant",
    ),
    "half a qualifier": (
        ("zh-Hant", ">超過 3 億元<", ">超 3 億元<"),
        "but '超 3 億元' (not a number) in zh-Hant",
    ),
    "a lost unit": (
        ("en", ">more than 749 yuan<", ">more than 749<"),
        "financing_per_resident: 'more than 749' (more than 749) in en, but '超过 749 元'",
    ),
    "a lost thing counted": (
        ("zh", ">40.0 万人<", ">40.0 万<"),
        "population_resident: '400 thousand people' (400,000 counted) in en, but '40.0 万' (400,000) in zh",
    ),
    "a lost number": (
        ("zh", r"<a [^>]*#invention_share\b[^>]*>25\.00%</a>", "25.00%"),
        "invention_share: '25.00%' (25 percent) in en, but nothing in zh",
    ),
    "another card": (
        ("en", "#invention_share\\b", "#grants_per_10000_residents"),
        "invention_share: nothing in en, but '25.00%' (25 percent) in zh",
    ),
    "a sign": (
        ("zh", r">\+25\.0%<", ">−25.0%<"),
        "growth-patents_granted-2020-2021: '+25.0%' (25 percent) in en, but '−25.0%' (-25 percent) in zh",
    ),
    "an end of an interval": (
        ("zh-Hant", "（799.68 至 800.33）", "（799.68 至 800.34）"),
        "'800.0 (799.68 至 800.34)' (800; 799.68; 800.34) in zh-Hant",
    ),
    "an interval in a cell": (
        ("zh", r"(<td[^>]*>24\.96 至) 25\.04", r"\1 25.14"),
        "creation-indicators: '24.96 to 25.04' (24.96; 25.04) in en, but '24.96 至 25.14' (24.96; 25.14) in zh",
    ),
    "an interval on a card": (
        ("en", r"(<dd[^>]*>24\.96) to 25\.04", r"\1"),
        "grants_per_10000_residents: '24.96' (24.96) in en, but '24.96 至 25.04' (24.96; 25.04) in zh",
    ),
    "a year in a sentence": (
        ("zh-Hant", "2020\N{NO-BREAK SPACE}年", "2010\N{NO-BREAK SPACE}年"),
        "of the whole text: 2020 in zh, but 2010 in zh-Hant",
    ),
}


@pytest.fixture(scope="module")
def made(tiny_to_read, tmp_path_factory):
    """The pages by edition, the ids of their cards, and what these stand for."""
    return made_pages(tiny_to_read, tmp_path_factory.mktemp("made"))


def proved(pages, cards, known):
    return prove({edition: page_of(html) for edition, html in pages.items()}, cards, known)


def test_editions_as_made_agree(made):
    """Thirty-five links in each, all held against the data, and eight cells and rows."""
    assert "35 linked numbers agree in en, zh and zh-Hant, and with the data; so do 7 that stand alone in cells" == str(
        proved(*made)
    )


def test_one_edition_is_held_against_the_data(made):
    """There is nothing to compare it with, but its numbers must still be those of its files."""
    pages, cards, known = made

    assert "35 linked numbers of zh agree with the data" == str(proved({"zh": pages["zh"]}, cards, known))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_one_edition_is_named(made, fault):
    """The card, what both editions say, and what each means."""
    (edition, says, instead), named = FAULTS[fault]
    pages, cards, known = made
    wrong, times = re.subn(says, instead, pages[edition], count=1)
    assert 1 == times
    with pytest.raises(NumbersDiffer, match="nothing is published") as caught:
        proved(pages | {edition: wrong}, cards, known)

    assert named in str(caught.value)


def test_a_fault_in_all_editions_is_named(made):
    """All say the same, and the data say otherwise: rounding, an end of an interval, a figure's own digits."""
    pages, cards, known = made
    faults = {
        (">25.00%<", ">25.01%<"): "'25.01%' (25.01 percent) in en, but the data give 25 percent (25 to 25)",
        ("799.68", "799.78"): "implied_previous_patents_granted: '800.0 (799.78 to 800.33)'",
        (
            ">1,000",
            ">1,002",
        ): "patents_granted: '1,002 patents' (1,002 counted) in en, but the data give 1,000 counted",
    }
    for (says, instead), named in faults.items():
        wrong = {edition: html.replace(says, instead) for edition, html in pages.items()}
        with pytest.raises(NumbersDiffer) as caught:
            proved(wrong, cards, known)

        assert named in str(caught.value)


def test_a_second_publication_may_be_shown_on_the_same_card(made):
    """1,001 patents were printed by another source, so that a table of disagreements links it to this card."""
    pages, cards, known = made
    other = {edition: html.replace(">1,000<", ">1,001<") for edition, html in pages.items()}

    assert 35 == proved(other, cards, known).linked


def test_links_that_are_words_are_counted_and_not_compared(made):
    """A card may be linked by its name; if it is a number in another edition, that is a difference."""
    pages, cards, known = made
    words = {edition: html.replace(">25.00%<", ">…<", 1) for edition, html in pages.items()}
    agreement = proved(words, cards, known)

    assert (34, ("…",)) == (agreement.linked, agreement.words)
    assert "; links to cards that are words: 1" in str(agreement)


def test_cards_without_a_number_in_the_data_are_said(made):
    """A card of a new kind is compared between editions, and the report says that it was not held against data."""
    pages, cards, known = made
    fewer = {
        edition: {card: found for card, found in each.items() if "growth" not in card}
        for edition, each in known.items()
    }

    assert "with the data that 34 of them have" in str(proved(pages, cards, fewer))


def test_an_odd_card_name_is_read_as_it_stands(made):
    """Escaping in the page does not hide a link."""
    pages, cards, known = made
    added = f'<p><a href="#{escape("a&b")}">3</a></p></main>'
    odd = {edition: html.replace("</main>", added) for edition, html in pages.items()}

    assert 36 == proved(odd, cards | {"a&b"}, known).linked
