"""Whether tables are whole, in order and quote their sources; whether sentences are those that were defined."""

import pytest
from planted import chapter, data, edition, put

from analysis.table_coherence import claim_problems, sentence_problems, table_problems
from analysis.tables import TABLE_MIME

TABLES = {
    'figure_table("creation")': "03_creation",
    "indicator_table": "03_creation",
    "policy_table": "02_planning",
    "source_table": "09_sources_and_checks",
}


def table(call: str) -> dict:
    return data(chapter(TABLES[call]), call)[TABLE_MIME]


def told(shown: dict) -> list[str]:
    return list(table_problems(edition(), shown))


@pytest.mark.parametrize("call", TABLES)
def test_the_committed_tables_are_whole(call):
    """Figures, indicators, plans, publications."""
    assert [] == told(table(call))


def test_a_row_that_is_missing_foreign_or_out_of_order():
    """By the series and indicators that the data have."""
    less, turned = table('figure_table("creation")'), table("indicator_table")
    del less["rows"][2]
    more = table("indicator_table")
    more["rows"].append(["Loans", "[291 firms](#pledge_financing_firms)", "exact", "firms"])
    turned["rows"].reverse()

    assert ["there is no row for invention_patents_granted"] == told(less)
    assert ["a row leads to pledge_financing_firms, which does not belong there"] == told(more)
    assert ["its rows are in another order than their definitions"] == told(turned)


@pytest.mark.parametrize(
    ("call", "row", "at", "old", "new"),
    [
        ('figure_table("creation")', 0, -1, "宁波日报", "宁波晚报"),
        ('figure_table("creation")', 0, -1, "04\\-27", "04\\-26"),
        ('figure_table("creation")', 0, 2, "over the year", "at a date"),
        ("policy_table", 0, -1, "", "某"),
        ("source_table", 0, 1, "press conference", "white paper"),
        ("source_table", 0, 2, "2022", "2021"),
    ],
)
def test_words_of_a_source_that_were_altered(call, row, at, old, new):
    """Publisher, date, kind, phrase and title are as the tables in data/ have them."""
    shown = table(call)
    cell = shown["rows"][row][at]
    shown["rows"][row][at] = put(cell, old, new) if old else new + cell

    assert 1 == len(told(shown))


def test_a_note_that_marks_refer_to_is_there():
    """A table of indicators has one, and any in which a row has a dagger."""
    shown = table("indicator_table") | {"note": ""}

    assert ["the table creation-indicators has no note"] == told(shown)
    assert ["the table standings has no note"] == told(
        {"id": "standings", "caption": "", "note": "", "columns": [], "rows": [["Trademarks †"]]}
    )


def test_a_sentence_is_that_of_the_definition():
    """Another denominator in words is seen, another number is not looked at here."""
    said = data(chapter("03_creation"), '"madrid_share"')["text/markdown"]

    assert [] == list(sentence_problems(edition(), said))
    assert [] == list(sentence_problems(edition(), put(said, "[40.1]", "[99]")))
    other = put(said, "per 10,000 residents", "per 1,000 residents")
    assert any("valid_inventions_per_10000_residents" in each for each in sentence_problems(edition(), other))


def test_a_claim_is_quoted_in_the_words_of_its_source():
    """One letter of 均处全省首位 altered."""
    said = data(chapter("09_sources_and_checks"), "claim_list")["text/markdown"]

    assert [] == list(claim_problems(edition(), said))
    (told, *_) = claim_problems(edition(), put(said, "全省首位", "全国首位"))
    assert "均处全省首位 is not quoted" in told
