"""Numbers against their cards, on the committed chapters: each fault with the words for it."""

import pytest
from planted import chapter, data, edition, put

from analysis.headlines import HEADLINES_MIME
from analysis.number_coherence import linked, row_problems, text_problems, tile_problems
from analysis.tables import TABLE_MIME

TOLD = ("indicator", "growth")
SENTENCE = (
    "Loans of [11.9 billion yuan](#pledge_financing_amount) went to [291 firms](#pledge_financing_firms): "
    "[40.89 million yuan](#financing_per_firm) (40.721 to 41.066 million yuan) each."
)


def told(text: str) -> list[str]:
    return list(text_problems(edition(), text, told=TOLD))


def test_a_sentence_that_agrees():
    """119 亿元 over 291 firms: 40.89 million yuan, from 40.721 to 41.066."""
    assert [] == told(SENTENCE)
    assert ["pledge_financing_amount", "pledge_financing_firms", "financing_per_firm"] == [
        each.card for each in linked(SENTENCE)
    ]


@pytest.mark.fault(51)
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("40.89", "40.98", "40.98 million yuan (40.721 to 41.066 million yuan) is not what the data give"),
        ("11.9 billion", "11.9 million", "11.9 million yuan is not what the data give for pledge_financing_amount"),
        ("[291", "[more than 291", "more than 291 firms is not what the data give"),
        ("40.721", "40.722", "is not what the data give for financing_per_firm"),
        (" (40.721 to 41.066 million yuan)", "", "40.89 million yuan is told without what rounding leaves open of it"),
        ("#pledge_financing_firms", "#patents_granted", "291 firms is not what the data give for patents_granted"),
        ("#pledge_financing_firms", "#pledge_financing_firms-2020", "which has no number here"),
        ("291 firms", "many firms", "many firms leads to pledge_financing_firms, but is no number"),
    ],
)
def test_a_number_that_its_card_does_not_stand_for(old, new, said):
    """Digits, magnitude, qualifier, an interval rounded inward or lost, another card."""
    assert any(said in each for each in told(put(SENTENCE, old, new)))


def test_a_year_beside_a_number_is_that_of_its_card():
    """5,075 inventions were granted in 2019, says the card; the text says 2018."""
    assert [] == told("[5,075](#invention_patents_granted-2019) (2019)")
    assert ["5075 is said to be of 2018, but invention_patents_granted-2019 is of 2019"] == told(
        "[5,075](#invention_patents_granted-2019) (2018)"
    )
    assert told("2018: [5,075](#invention_patents_granted-2019)")


def test_a_rise_is_not_told_as_a_fall():
    """Grants of inventions rose by 54.1% from 2019; nor may the sign be lost where there is one."""
    rise = "Invention patents granted rose by [54.1%](#growth-invention_patents_granted-2019-2021) from 2019."

    assert [] == told(rise)
    assert any("is told to go the other way" in each for each in told(put(rise, "rose", "fell")))
    assert told("[−54.1%](#growth-invention_patents_granted-2019-2021)")
    assert told("[54.1 percentage points](#growth-invention_patents_granted-2019-2021)")


def rows(name: str, call: str) -> list[list[str]]:
    return data(chapter(name), call)[TABLE_MIME]["rows"]


@pytest.mark.fault(42)
@pytest.mark.parametrize(
    ("at", "old", "new", "said"),
    [
        (0, "Patents granted per", "Inventions per", "which is called otherwise"),
        (2, "75.84", "75.85", "has 75.85 to 75.86 as its interval, which the data do not give"),
        (2, "75.84 to 75.86", "exact", "has nothing as its interval"),
        (3, "10,000 residents", "100 million yuan of GDP", "does not have its unit, patents per 10,000 residents"),
    ],
)
def test_a_row_of_an_indicator(at, old, new, said):
    """Its name, its interval, its unit; the denominator is part of the unit."""
    row = next(row for row in rows("03_creation", "indicator_table") if "grants_per_10000_residents" in row[1])
    assert [] == list(row_problems(edition(), row, interval=True))
    row[at] = put(row[at], old, new)

    assert any(said in each for each in row_problems(edition(), row, interval=True))


def test_an_exact_share_says_so_and_a_bound_that_its_end_is_not_known():
    """10.80% is from exact counts; more than 0.299% has no upper end."""
    found = {row[1].partition("#")[2].rstrip(")"): row for row in rows("03_creation", "indicator_table")}
    for name, word in {"invention_share": "exact", "madrid_share": "no upper end known"}.items():
        row = found[name]
        assert [] == list(row_problems(edition(), row, interval=True))
        row[2] = "10.7% to 10.9%"
        assert [f"{row[0].replace(',', '')} should be {word}"] == list(row_problems(edition(), row, interval=True))


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("value", "72,390", "72,309", "72309 is not what the data give"),
        ("value", "#patents_granted", "#invention_share", "leads to another card"),
        ("name", "Patents granted", "Inventions granted", "is called Inventions granted"),
        ("way", "rose", "fell", "is marked fell, but says"),
        ("change", "Rose", "Fell", "is marked rose, but says"),
    ],
)
def test_a_headline_number(part, old, new, said):
    """Value, card, name, mark and words of the first tile."""
    tile = data(chapter("01_summary"), "headline_numbers")[HEADLINES_MIME]["tiles"][0]
    assert [] == list(tile_problems(edition(), tile))
    tile[part] = put(tile[part], old, new)

    assert any(said in each for each in tile_problems(edition(), tile))


def test_a_row_leads_to_its_own_cards_only():
    """Level, growth and implied level of the year before are of one series; a growth of another is seen."""
    row = next(row for row in rows("01_summary", "growth_table") if "#patents_granted)" in row[1])
    assert [] == list(row_problems(edition(), row, interval=False))
    row[2] = "[46.4%](#invention_patents_granted_yoy_percent)"

    assert [
        "the row Patents granted leads to invention_patents_granted_yoy_percent, which is called otherwise"
    ] == list(row_problems(edition(), row, interval=False))


def test_year_and_direction_of_a_row_are_those_of_its_cards():
    """A year in a cell of its own, and a verdict in a cell of its own."""
    placed = next(row for row in rows("08_peer_cities", "standing_table") if row[1] == "2016")
    rose = next(row for row in rows("07_change_over_time", "step_table") if row[3] == "rose" and "#growth-" in row[4])
    assert [] == [said for row in (placed, rose) for said in row_problems(edition(), row, interval=False)]
    placed[1], rose[3] = "2015", "fell"

    assert any("is of 2015, but leads to" in each for each in row_problems(edition(), placed, interval=False))
    assert any("is told to go the other way" in each for each in row_problems(edition(), rose, interval=False))


def test_the_interval_and_the_spoken_line_of_a_headline_number():
    """40.721 to 41.066 million yuan a firm: rounded inward, left out, or read aloud with another number."""

    def financing(part: str, old: str, new: str) -> list[str]:
        tiles = data(chapter("01_summary"), "headline_numbers")[HEADLINES_MIME]["tiles"]
        tile = next(each for each in tiles if each["id"] == "financing_per_firm")
        assert [] == list(tile_problems(edition(), tile))
        tile[part] = put(tile[part], old, new)
        return list(tile_problems(edition(), tile))

    assert any("the data do not give" in each for each in financing("interval", "40\\.721", "40\\.722"))
    assert any(
        "without what rounding leaves open" in each for each in financing("interval", "Rounding: 40", "About 40")
    )
    assert ["the headline number financing_per_firm is read aloud otherwise than it is shown"] == financing(
        "line", "40.89", "40.98"
    )
