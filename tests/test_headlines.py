"""Headline numbers: which are taken, what rounding leaves open of them, and what became of each."""

import re

import pytest

from analysis.errors import UnknownName
from analysis.headlines import FEWEST, HEADLINES_MIME, MOST
from analysis.report import load_report
from analysis.tables import plain_text

GRANTS_2020 = "patents_granted,800,0,count,exact"


@pytest.fixture
def tile(tiny):
    """The tile of one number of Testville, without links."""

    def made(name: str, year: int = 2021, language: str = "en"):
        numbers = load_report("990100", year, language, tiny).headline_numbers(name)
        return {key: plain_text(text) for key, text in numbers.as_json()["tiles"][0].items()}

    return made


def ids(report, *names) -> list[str]:
    return [each.id for each in report.headline_numbers(*names).tiles]


def test_a_number_with_its_interval_and_its_change(tile):
    """1,000 after 800 is 25.0% more; 250 of 1,000 had nothing before it; 1,000 for 40.0万 (399,500 to 400,500)."""
    grants, share, rate = (tile(name) for name in ("patents_granted", "invention_share", "grants_per_10000_residents"))

    assert ("1,000", "patents", "Exact as printed", "Rose by 25.0% from 800 in 2020", "rose") == tuple(
        grants[key] for key in ("value", "unit", "interval", "change", "way")
    )
    assert ("25.00%", "", "From exact counts", "No earlier value", "") == tuple(
        share[key] for key in ("value", "unit", "interval", "change", "way")
    )
    assert ("25.0", "Rounding: 24.96 to 25.04") == (rate["value"], rate["interval"])


def test_a_tile_is_a_line_that_can_be_read_aloud(tile):
    """Name, number with its unit, interval, change: whole in both languages."""
    line = "Patents granted: 1,000 patents. Exact as printed. Rose by 25.0% from 800 in 2020."

    assert line == tile("patents_granted")["line"]
    assert (
        "专利授权量：1,000 件。印出的即为精确值。比 2020 年的 800 上升 25.0%。"
        == tile("patents_granted", language="zh")["line"]
    )


def test_a_bound_says_on_which_side_it_is_open(tile):
    """More than 300 million yuan has no upper end; per resident of 40.0万 it is more than 749 yuan (3亿 / 400,500)."""
    amount, each = tile("pledge_financing_amount"), tile("financing_per_resident")

    assert ("more than 300 million", "yuan") == (amount["value"], amount["unit"])
    assert "A lower bound: no upper end is known" == amount["interval"] == each["interval"]
    assert "more than 749" == each["value"]


@pytest.mark.parametrize(
    ("before", "way", "change"),
    [
        ("1250,0,count,exact", "fell", "Fell by 20.0% from 1,250 in 2020"),
        ("1000,0,count,exact", "unchanged", "Unchanged from 1,000 in 2020"),
        ("0,0,count,exact", "rose", "Rose from 0 in 2020"),
        ("1000,0,count,about", "open", "Cannot be told apart from about 1,000 in 2020"),
        ("900,0,count,about", "open", "Cannot be told apart from about 900 in 2020: about +11% (0.0% to +25.0%)"),
        ("900,0,count,more_than", "open", "Cannot be told apart from more than 900 in 2020: less than +11.2%"),
    ],
)
def test_what_became_of_a_number(spoil, tile, before, way, change):
    """1,000 after 1,250 is 20% less, after 0 has no per cent; about 900 is 800 to 1,000; more than 900 is a bound."""
    spoil("figures/2020.csv", GRANTS_2020, f"patents_granted,{before}")

    assert (way, change) == (tile("patents_granted")["way"], tile("patents_granted")["change"])


def test_two_bounds_leave_the_size_unknown(spoil, tile):
    """More than 800 and then more than 1,000 may be any growth or fall: no size is printed."""
    spoil("figures/2020.csv", "800,0,count,exact", "800,0,count,more_than")
    spoil(
        "figures/2021.csv",
        "patents_granted,1000,0,count,exact,flow,T01",
        "patents_granted,1000,0,count,more_than,flow,T01",
    )
    spoil("figures/2021.csv", "990100,patents_granted,1001,0,count,exact,flow,T02,授权1001件,misprinted\n", "")

    assert "Cannot be told apart from more than 800 in 2020" == tile("patents_granted")["change"]


def test_across_a_break_only_the_break_is_told(tiny, tile):
    """What kind of break lies between, and no size; the share breaks with its parts."""
    with (tiny / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("patents_granted,,2020,2021,counting,Counted anew.,重新计数。,\n")

    assert ("broken", "Not comparable with 800 in 2020: counted anew") == (
        tile("patents_granted")["way"],
        tile("patents_granted")["change"],
    )


def test_named_numbers_come_first_and_others_fill(tiny):
    """Of names that answer one question the first that is known; then other indicators; growth rates last."""
    report = load_report("990100", 2021, "en", tiny)
    named = ("pledge_financing_amount", ("population_resident", "patents_granted"))

    assert [
        "pledge_financing_amount",
        "population_resident",
        "invention_share",
        "grants_per_10000_residents",
        "financing_per_resident",
    ] == ids(report, *named)
    assert [
        "invention_share",
        "grants_per_10000_residents",
        "financing_per_resident",
        "patents_granted",
    ] == ids(report)
    assert ["patents_granted"] == ids(load_report("990100", 2020, "en", tiny), ("invention_share", "patents_granted"))


def test_an_unknown_name_is_an_error_that_helps(tiny):
    """Also inside a tuple, and also where another of its names is known."""
    report = load_report("990100", 2021, "en", tiny)

    with pytest.raises(UnknownName, match=r"no indicator or series 'patent_granted'. Did you mean patents_granted"):
        report.headline_numbers(("patents_granted", "patent_granted"))


def test_four_to_six_where_there_are_so_many(places):
    """Never more than six, and never fewer than four where four numbers are published."""
    for place in places[::29]:
        report = load_report(*place, "en")

        assert min(FEWEST, len(report.published)) <= len(report.headline_numbers().tiles) <= MOST


def test_both_languages_show_the_same_numbers(places):
    """The same tiles with the same verdicts and the same links."""
    for place in places[::41]:
        told = [
            [
                (each.id, each.way, sorted(re.findall(r"\(#([^)]*)\)", each.line)))
                for each in load_report(*place, language).headline_numbers("patents_granted").tiles
            ]
            for language in ("en", "zh")
        ]

        assert told[0] == told[1]


def test_tiles_of_the_default_report():
    """A rank says so before and after; money says yuan once."""
    report = load_report("330200", 2021, "en")
    rank, financing = report.headline_numbers("ip_admin_protection_rank", "financing_per_firm").tiles[:2]

    assert ("rank 1", "Unchanged from rank 1 in 2020") == (plain_text(rank.value), plain_text(rank.change))
    assert ("40.89 million", "yuan per firm") == (plain_text(financing.value), financing.unit)


def test_every_form_says_the_same(tiny):
    """Text for nbval and a terminal, a list for Jupyter, data for the templates."""
    numbers = load_report("990100", 2021, "en", tiny).headline_numbers("patents_granted")
    bundle = numbers._repr_mimebundle_()
    lines = [plain_text(tile.line) for tile in numbers.tiles]

    assert {"text/plain", "text/markdown", HEADLINES_MIME} == set(bundle)
    assert all(f"- {line}" in bundle["text/plain"] for line in lines)
    assert lines == [plain_text(tile["line"]) for tile in bundle[HEADLINES_MIME]["tiles"]]
