"""The sections of the printed appendix (analysis.sections): what many cards say is said once."""

import pytest

from analysis.blocks import Card, Layout
from analysis.labels import labels_of
from analysis.markup import inline_tree, plain
from analysis.sections import full_section, table_section, words_apart

SOURCE = {"label": "S", "printed": "1", "phrase": "一", "publication": "s-a", "note": ""}
FULL = {"title": "Cards", "lettered": ["Trap"], "listed": True}
TABLE = {
    "title": "Cards", "first": "Year", "columns": ["Value", "Interval"], "numbers": ["Value"],
    "lettered": ["Status"], "legend": [["Codes", "A 1"]],
}  # fmt: skip


def card(name: str, rows: dict[str, str], *sources: dict, command: str = "show {} --year 2021") -> Card:
    cells = [(label, inline_tree(text)) for label, text in rows.items()]
    return Card(name, name.upper(), cells, list(sources), command=command.format(name))


def layout(*cards: Card) -> Layout:
    return Layout("T", "", "en", labels_of("en", {}), [], list(cards))


def full(*cards: Card):
    return full_section(FULL, [("", [(each, "") for each in cards])], layout(*cards))


def table(*groups: tuple[str, list[Card]]):
    members = [(title, [(each, each.id) for each in cards]) for title, cards in groups]
    return table_section(TABLE, members, layout(*(each for _, cards in groups for each in cards)))


def fields(lines) -> list[str]:
    return [" · ".join(f"{label}={plain(run)}" for label, run in line) for line in lines]


def said(rows) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in rows]


# The command of a section


@pytest.mark.parametrize(
    ("commands", "shared", "own"),
    [
        (["show a --year 1", "show b --year 1"], "show … --year 1", ["a", "b"]),
        (["show a --year 1", "show a --year 2"], "show a --year …", ["1", "2"]),
        (["show growth-gdp-1-2", "show growth-gdp-1-3"], "show growth-gdp-1-…", ["growth-gdp-1-2", "growth-gdp-1-3"]),
        (["show a"], "show a", [""]),
        (["", ""], "", ["", ""]),
        (["show a", "show"], "", ["show a", "show"]),
    ],
)
def test_commands_share_the_words_that_are_alike(commands, shared, own):
    """Dots stand for a word that differs, after what it begins with in all of them, up to a hyphen."""
    assert (shared, own) == words_apart(commands)


# Cards in full


def test_what_all_cards_say_is_said_once():
    """One definition for both cards stands at the head of the section; each keeps its value and its own word."""
    made = full(card("a", {"Value": "1", "Definition": "All."}), card("b", {"Value": "2", "Definition": "All."}))

    assert [("Definition", "All."), ("Recompute", "show … --year 2021")] == [(k, plain(run)) for k, run in made.common]
    assert [["=1"], ["=2"]] == [fields(each.lines) for each in made.cards]
    assert ["a", "b"] == [plain(each.command) for each in made.cards]


def test_a_card_alone_keeps_all_it_says():
    """Nothing is common to one card."""
    made = full(card("a", {"Value": "1", "Definition": "All."}))

    assert ["=1 · Definition=All."] == fields(made.cards[0].lines)
    assert ["show a --year 2021"] == [plain(run) for _, run in made.common]


def test_a_long_text_that_comes_again_has_a_letter():
    """A warning on three of four cards is printed once and named a; one that stands on a single card stays."""
    rare = card("d", {"Value": "4", "Trap": "Rare."})
    made = full(*(card(name, {"Value": name, "Trap": "Beware."}) for name in "abc"), rare)

    assert ("Trap", "a Beware.") in [(label, plain(run)) for label, run in made.common]
    assert ["=c · Trap=a", "=4 · Trap=Rare."] == [fields(each.lines)[0] for each in made.cards[2:]]


def test_short_rows_share_a_line_and_long_ones_do_not():
    """Value and interval stand side by side; a sentence of two lines begins a line of its own."""
    made = full(card("a", {"Value": "1", "Interval": "exact", "Caveat": "word " * 20}), card("b", {"Value": "2"}))

    assert ["=1 · Interval=exact", f"Caveat={'word ' * 20}"] == fields(made.cards[0].lines)


# Cards as rows


def test_cards_are_rows_under_the_name_of_their_group():
    """First the words for the row, then the columns asked for, status by letter, and the sources."""
    row = {"Value": "1", "Interval": "0 to 2", "Status": "Two agree."}
    made = table(("Patents", [card("2020", row, SOURCE), card("2021", row | {"Status": "They differ."}, SOURCE)]))

    assert [("Year", "left"), ("Value", "right"), ("Interval", "left"), ("Status", "left"), ("Source", "left")] == [
        (plain(name), align) for name, align in made.columns
    ]
    assert [["2020", "1", "0 to 2", "b", "S: 1 “一” [1]"], ["2021", "1", "0 to 2", "a", "S: 1 “一” [1]"]] == said(
        made.groups[0].rows
    )
    assert [("Status", "a They differ.; b Two agree."), ("Codes", "A 1")] == [(k, plain(run)) for k, run in made.common]
    assert ("Patents", "show … --year 2021") == (made.groups[0].title, made.groups[0].command)


def test_what_the_cards_of_a_group_agree_on_is_a_note_under_it():
    """A formula alike in all that have one is said once; one that differs stays in its row."""
    alike = [card("a", {"Value": "1", "Formula": "x"}), card("b", {"Value": "2"})]
    unlike = [card("c", {"Value": "3", "Formula": "y"}), card("d", {"Value": "4", "Formula": "z"})]
    first, second = table(("A", alike), ("B", unlike)).groups

    assert [("Formula", "x")] == [(label, plain(run)) for label, run in first.notes]
    assert [["a", "1"], ["b", "2"]] == said(first.rows)
    assert [["c", "3; Formula: y"], ["d", "4; Formula: z"]] == said(second.rows)


def test_a_word_that_alone_differs_between_groups_is_left_to_them():
    """The command is said once for the table; each group has the one word that is its own."""
    groups = [(name, [card(name, {"Value": "1"})]) for name in ("gdp", "people")]
    made = table(*groups)

    assert [("Recompute", "show … --year 2021"), ("Codes", "A 1")] == [(k, plain(run)) for k, run in made.common]
    assert ["gdp", "people"] == [group.command for group in made.groups]


def test_the_row_of_a_card_is_where_links_to_it_lead():
    """The first cell carries the name of the card."""
    made = card("a", {"Value": "1"})
    section = table_section(TABLE, [("A", [(made, "2021")])], layout(made))
    ((first, *_),) = section.groups[0].rows

    assert ({"id": "a"}, "2021") == (first[0]["attrs"], plain(first))
