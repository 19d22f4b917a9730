"""Publications are cited by number, and each wording of a card's sources stands once (analysis.citations)."""

from analysis.blocks import Card
from analysis.citations import citations, signs_for_notes
from analysis.markup import plain

NUMBERS = {"s-a": 1, "s-b": 2, "s-c": 3}


def source(publication: str, **more: str) -> dict[str, str]:
    own = {"label": "Patents, 2021", "printed": "1,000 patents", "phrase": "授权1000件", "note": ""}
    return own | {"publication": publication} | more


def card(*sources: dict[str, str], title: str = "Patents, 2021", value: str = "1,000 patents") -> Card:
    return Card("patents", title, [("Value", [{"type": "text", "raw": value}])], list(sources))


def cited(made: Card, signs=None) -> list[str]:
    return [plain(run) for run in citations(made, NUMBERS, ": ", signs or {})]


def test_publications_that_print_the_same_words_stand_together():
    """Two publications with one phrase are one wording with two numbers; a third with other words has its own."""
    made = card(source("s-a"), source("s-c"), source("s-b", phrase="授权量1000件"))

    assert ["“授权1000件” [1] [3]", "“授权量1000件” [2]"] == cited(made)


def test_what_the_card_says_itself_is_not_repeated():
    """Title and value of the card are left out; a source of another thing, or of another value, says so."""
    other = source("s-b", printed="1,001 patents")
    input_of = source("s-c", label="Residents, 2021", printed="400 thousand people")

    assert ["“授权1000件” [1]"] == cited(card(source("s-a")))
    assert ["1,001 patents “授权1000件” [2]"] == cited(card(other))
    assert ["Residents, 2021: 400 thousand people “授权1000件” [3]"] == cited(card(input_of, title="Rate"))


def test_a_source_without_a_phrase_is_its_number():
    """Nothing is put in quotation marks that is not there."""
    assert ["[1]"] == cited(card(source("s-a", phrase="")))


def test_a_note_stands_behind_its_source_unless_a_sign_stands_for_it():
    """The note of one source is printed; that of many has a sign."""
    made = card(source("s-a", note="misprinted"))

    assert ["“授权1000件” [1] misprinted"] == cited(made)
    assert ["“授权1000件” [1]*"] == cited(made, {"misprinted": "*"})


def test_signs_are_for_notes_of_three_cards_and_more():
    """A note on two cards stays with them; on three it gets a sign; twice on one card counts once."""
    twice = [card(source("s-a", note="end of year"), source("s-b", note="end of year"))] * 2

    assert {} == signs_for_notes(twice)
    assert {"end of year": "*"} == signs_for_notes([*twice, card(source("s-a", note="end of year"))])
