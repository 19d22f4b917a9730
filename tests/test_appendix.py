"""How the number cards of an edition are printed (analysis.appendix)."""

import pytest

from analysis.appendix import appendix
from analysis.cards import cards
from analysis.report import load_report


def sections(edition) -> list[dict]:
    return appendix(edition, cards(edition))


def ids(section: dict) -> list[str]:
    return [name for group in section["groups"] for name, _ in group["cards"]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_card_has_one_place(language):
    """All cards of the default report are in a section, and none is in two."""
    edition = load_report("330200", 2021, language)
    made = cards(edition)
    placed = [name for section in appendix(edition, made) for name in ids(section)]

    assert sorted({card["id"] for card in made}) == sorted(placed)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_columns_are_rows_of_the_cards(language):
    """A table's columns and letters are labels that some of its cards have; a misspelt one would be empty."""
    edition = load_report("330200", 2021, language)
    made = {card["id"]: {label for label, _ in card["rows"]} for card in cards(edition)}
    for section in sections(edition):
        known = set().union(*(made[name] for name in ids(section)))

        assert set(section.get("columns", ())) | set(section["lettered"]) <= known
        assert set(section.get("numbers", ())) <= set(section.get("columns", ()))


def test_the_report_s_own_numbers_come_first_and_in_full(tiny):
    """Four indicators and five figures of Testville in 2021, then its figure of 2020 as a row."""
    own, figures, *_, elsewhere = sections(load_report("990100", 2021, "en", tiny))

    assert ("Indicators, Testville, 2021", "full", 4) == (own["title"], own["form"], len(ids(own)))
    assert ("Published figures, Testville, 2021", "full", 5) == (figures["title"], figures["form"], len(ids(figures)))
    assert [{"title": "Patents granted", "cards": [["patents_granted-2020", "Testville, 2020"]]}] == (
        elsewhere["groups"]
    )
    assert [["Codes of regions", "Testville 990100"]] == elsewhere["legend"]


def test_changes_are_rows_under_the_name_of_their_series(tiny):
    """What grew is the group, the years are the row."""
    (changes,) = (each for each in sections(load_report("990100", 2021, "en", tiny)) if each["title"].startswith("Cha"))

    assert [{"title": "Patents granted", "cards": [["growth-patents_granted-2020-2021", "2020–2021"]]}] == (
        changes["groups"]
    )


def test_a_section_without_a_card_is_left_out(tiny):
    """Testville has no peers, so that nothing is said of places among them."""
    titles = [section["title"] for section in sections(load_report("990100", 2021, "en", tiny))]

    assert "Places among peers" not in titles
