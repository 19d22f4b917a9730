"""Which figures the lessons on years, places and sources are about: found in the data, never against its rules."""

import re
from fractions import Fraction
from functools import cache
from itertools import pairwise

import nbformat
import pytest

from analysis import render
from analysis.book import book
from analysis.breaks import breaks_between
from analysis.codebook import codebook, regions
from analysis.evidence import apart
from analysis.figure_choices import choices, chosen
from analysis.figures import load_figures
from analysis.lesson_figures import item_text
from analysis.lesson_texts import question
from analysis.lessons import lesson_named
from analysis.parameters import Parameters
from analysis.place_choices import PLACE_RULES
from analysis.source_choices import SOURCE_RULES
from analysis.sources import sources
from analysis.teaching import held
from analysis.year_choices import YEAR_RULES

NINGBO = ("330200", 2021)


@cache
def everywhere(rule: str) -> list[dict]:
    """What a rule finds in every region and year."""
    figures = load_figures()
    places = [(region, year) for region in figures.regions() for year in figures.years(region)]
    return [choice for place in places for choice in choices(rule, figures, *place)]


@cache
def answers(number: str) -> dict:
    return held(lesson_named(number), load_figures(), Parameters(*NINGBO, "en")).answers


@pytest.mark.parametrize("rule", [*YEAR_RULES, *PLACE_RULES, *SOURCE_RULES])
def test_every_rule_finds_something_and_fills_the_same_roles(rule):
    """A solution names the roles one by one, so all choices of a rule have the same, in the same order."""
    found = everywhere(rule)

    assert len(found) >= 4
    assert 1 == len({tuple(choice) for choice in found})
    assert all(None not in choice.values() for choice in found)


@pytest.mark.parametrize("rule", YEAR_RULES)
def test_no_growth_is_asked_for_across_a_break(rule):
    """Of each series the older figure and the newer have no break between them, and the older is older."""
    for choice in everywhere(rule):
        rows = sorted(choice.values(), key=lambda each: each.series)
        for one, other in pairwise(rows):
            years = sorted((one.reference_year, other.reference_year))
            if one.series == other.series:
                assert years[0] < years[1]
                assert () == breaks_between((one.series,), one.region, *years)


def test_a_break_ends_what_an_earlier_figure_may_be_compared_with():
    """Grants of 2014 in Ningbo are not confirmed, so those of 2021 go back to 2015 at most; to 2022 nothing leads."""
    found = {choice["later"].series: choice["earlier"] for choice in choices("grown_long", load_figures(), *NINGBO)}
    later = {choice["later"].series for choice in choices("grown", load_figures(), "330200", 2022)}

    assert found["patents_granted"].reference_year >= 2015
    assert "patents_granted" not in later


@pytest.mark.parametrize("rule", ["ranked", "beside", "beside_open", "rates_beside"])
def test_only_peers_stand_beside_a_place_and_nothing_that_the_codebook_refuses(rule):
    """Of one level and group, one series, one year; what each publisher counts otherwise is never asked about."""
    known = regions()
    for choice in everywhere(rule):
        places = {known[each.region] for each in choice.values()}

        assert 1 == len({(place.level, place.group) for place in places})
        assert 1 == len({each.reference_year for each in choice.values()})
        assert not [each for each in choice.values() if codebook()[each.series].comparability == "refused"]


def test_a_portion_is_of_a_region_that_contains_the_place():
    """And small enough that no world makes the part larger than the whole: 1.4 times half is less than one."""
    for choice in everywhere("portion"):
        own, whole = choice["own"], choice["whole"]
        above = regions()[own.region].parent

        assert whole.region in (above, regions()[above].parent)
        assert own.rounded.printed < whole.rounded.printed * Fraction(1, 2)


def test_two_vintages_cannot_be_one_number():
    """No value would be printed as both, and the one was published before the other."""
    days = {name: each.published_on for name, each in sources().items()}
    for choice in everywhere("two_vintages"):
        earlier, later = choice.values()

        assert apart(earlier.rounded, later.rounded)
        assert days[earlier.source] < days[later.source]


def test_totals_that_do_not_add_up_come_first():
    """Among totals with two parts, one that misses is taken before one that adds up: 58 against 40 + 19."""
    figures = load_figures()
    first = chosen(choices("total_and_parts", figures, *NINGBO), (), 0)
    misses = [
        [whole.rounded.printed != one.rounded.printed + other.rounded.printed for whole, one, other in
         (choice.values() for choice in choices("total_and_parts", figures, region, year))]
        for region in figures.regions() for year in figures.years(region)
    ]  # fmt: skip

    assert ["58", "40", "19"] == [each.value for each in first.values()]
    assert all(each == sorted(each, reverse=True) for each in misses)


@pytest.mark.parametrize(
    ("number", "name", "value"),
    [
        ("93", "growth_percent", Fraction(7819 - 5075, 5075) * 100),
        ("93", "change_in_points", Fraction(7819, 72390) * 100 - Fraction(5382, 36993) * 100),
        ("93", "year_before", 7819 / Fraction("1.464")),
        ("94", "place_in_order", 4),
        ("94", "portion_percent", Fraction(7819, 585910) * 100),
        ("95", "gap", 58 - 40 - 19),
        ("95", "two_readings", (106 / Fraction("2.58"), 106 / Fraction("1.58"))),
        ("95", "does_it_follow", "no"),
        ("95", "revised_by", Fraction(37 - 36, 36) * 100),
        ("95", "newspaper", 72_400),
    ],
)
def test_keys_are_what_one_works_out_by_hand(number, name, value):
    """667 applications are fourth after 17,443, 2,062 and 1,566; 106 / 2.58 is 41.1 and 106 / 1.58 is 67.1."""
    assert value == answers(number)[name].value


def test_a_mistake_that_gives_the_right_number_is_none():
    """Third of five is third from below too; then there is nothing to warn of."""
    found = [each for number in ("93", "94", "95") for each in answers(number).values()]
    made = held(lesson_named("95"), load_figures(), Parameters(*NINGBO, "en"))
    made.key("gap", 0, turned_round=0, one_part=18)

    assert not [each for each in found if each.value in each.mistakes.values()]
    assert {"one_part": 18} == made.answers["gap"].mistakes


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_slide_shows_what_is_judged_and_sends_to_the_handout_for_the_rest(language):
    """The pairs stand on it, the definitions do not: they are long, and to be read at one's own pace."""
    made = held(lesson_named("94"), load_figures(), Parameters(*NINGBO, language))
    (item, *_), exercise = made.items["may_compare_places"], made.lesson.exercises["may_compare_places"]
    brief, whole = question(made, exercise, brief=True), question(made, exercise)
    definition = codebook()[item.first.series[0]].text("definition", language)

    assert item_text(item, language) in brief
    assert definition in whole
    assert definition not in brief
    assert len(brief) < len(whole) / 2


def test_a_sheet_says_its_title_once():
    """A page of one chapter has one heading of the first level, and its sections follow at the second."""
    chapter = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title\n\nText\n\n## Section\n\nText")])
    of = {"title": "Title", "subtitle": "Place", "language": "en", "cards": [], "labels": {}}
    sheet, report = (render.html(book([chapter], **of, **more)) for more in ({"sheet": True}, {}))

    assert ["1", "2"] == re.findall(r"<h(\d)", sheet)
    assert ["1", "2", "3"] == re.findall(r"<h(\d)", report)
