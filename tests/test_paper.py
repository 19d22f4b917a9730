"""What only the printed report has (analysis.paper, analysis.paper_markup)."""

import pytest

from analysis.blocks import Card, Layout, Table
from analysis.columns import SIZES
from analysis.labels import PRINTED, labels_of
from analysis.markup import inline_tree
from analysis.paper import paper
from analysis.paper_markup import PaperWriter
from analysis.runs import anchor, aside

SECTION = {"title": "Own", "form": "full", "lettered": [], "listed": True}


def layout(names: str, **about) -> Layout:
    cards = [Card(name, name, [("Value", inline_tree("1"))], []) for name in names]
    return Layout("T", "", "en", labels_of("en", {}), [], cards, about)


def section(names: str) -> dict:
    return SECTION | {"groups": [{"title": "", "cards": [[name, ""] for name in names]}]}


def names_of(made) -> list[tuple[str, str]]:
    return [(each.title, "".join(card.id for card in each.cards)) for each in made.sections]


def test_a_report_that_asks_for_nothing_has_all_its_cards_in_one_section():
    """A single chapter needs no appendix of its own making."""
    made = paper(layout("abc"))

    assert [("", "abc")] == names_of(made)
    assert ("", "", []) == (made.author, made.date, made.facts)


def test_a_card_that_no_section_names_comes_last():
    """No link is left without an end."""
    assert [("Own", "b"), ("Other numbers", "ac")] == names_of(paper(layout("abc", appendix=[section("b")])))


def test_a_card_that_the_report_left_out_is_not_printed():
    """Layout drops short cards that nothing leads to; a section of such cards alone is none."""
    assert [("Own", "a")] == names_of(paper(layout("a", appendix=[section("ax"), section("y")])))


@pytest.mark.parametrize("edition", ["en", "zh", "zh-Hant"])
def test_every_edition_has_the_words_of_the_printed_report(edition):
    """No label is empty, and the one on pages has its place for them."""
    labels = labels_of(edition, {})

    assert all(labels[name] for name in PRINTED)
    assert 1 == labels["used"].count("{pages}")


def test_places_and_lesser_words_are_written_for_the_template():
    """A card's row is named, and what matters less is set in a lighter colour."""
    writer = PaperWriter("en", ": ")

    assert '#anchor(label("a"))[#"2021";];' == writer.write([anchor("2021", "a")])
    assert '#aside[#"note";];' == writer.write([aside("note")])
    assert '#aside[#"Value: ";];#"1";#aside[~· ];#"2";' == writer.fields(
        [("Value", inline_tree("1")), ("", inline_tree("2"))]
    )


@pytest.mark.parametrize(("rows", "long"), [(11, False), (12, True)])
def test_a_short_table_is_kept_on_one_page(rows, long):
    """Eleven rows of one line under their heads are twelve lines, which stay together; twelve rows may be parted."""
    cells = [[inline_tree("Ningbo"), inline_tree("1")] for _ in range(rows)]
    table = Table("t", 1, [], [(inline_tree("City"), "left"), (inline_tree("Value"), "right")], cells, [])

    assert long == PaperWriter("en").is_long(table)
    assert f"size: {SIZES[0]}pt" in PaperWriter("en").table(table.columns, table.rows)
