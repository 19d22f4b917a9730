"""Judgement items: what follows from the codebook, the breaks and the printings; how a class is asked and marked."""

from dataclasses import replace
from random import Random

import pytest

from analysis.breaks import breaks
from analysis.figures import load_figures
from analysis.indicators import indicators
from analysis.judgements import FEWEST_ITEMS, LETTERS, MOST_ITEMS, Side, items, judged, judged_printings
from analysis.lesson_figures import definitions, item_text, known_breaks, reason_text
from analysis.lesson_texts import pieces, question
from analysis.lessons import lesson_named
from analysis.marking import fits
from analysis.parameters import Parameters
from analysis.self_check import self_check
from analysis.teaching import held

NINGBO, DALIAN, NATION = "330200", "210200", "000000"
JUDGING = {"years": "93", "places": "94", "quotients": "94", "printings": "95"}


def side(series: str, region: str, year: int, indicator: str = "") -> Side:
    """A figure that is published, or the figures that an indicator divides."""
    names = indicators()[indicator].inputs if indicator else (series,)
    found = tuple(load_figures().chosen(region, year, name) for name in names)
    assert all(found)
    return Side(found, indicators()[indicator] if indicator else None)


def the_class(number: str, region: str = NINGBO, year: int = 2021, language: str = "en", seed: int = 0):
    return held(lesson_named(number), load_figures(), Parameters(region, year, language), seed)


@pytest.mark.parametrize(
    ("one", "other", "letter", "reason"),
    [
        (("patents_granted", NINGBO, 2021), ("patents_granted", DALIAN, 2021), "y", "direct"),
        (("registered_trademarks_valid", NINGBO, 2021), ("registered_trademarks_valid", "440100", 2021), "r", "marked"),
        (("patent_cases_handled", NINGBO, 2021), ("patent_cases_handled", "440100", 2021), "d", "refused"),
        (("patents_granted", NINGBO, 2021), ("patents_granted", "320100", 2020), "t", "other_year"),
        (("invention_patents_granted", NINGBO, 2021), ("valid_invention_patents", DALIAN, 2021), "d", "stock_and_flow"),
        (("patents_granted", NINGBO, 2021), ("invention_patents_granted", NINGBO, 2021), "d", "other_series"),
        (("patents_granted", NINGBO, 2017), ("patents_granted", NINGBO, 2021), "y", "no_break"),
        (("patents_granted", NINGBO, 2014), ("patents_granted", NINGBO, 2021), "b", "break"),
        (("population_resident", NINGBO, 2019), ("population_resident", NINGBO, 2020), "b", "break"),
    ],
)
def test_whether_two_numbers_may_be_compared_follows_from_the_data(one, other, letter, reason):
    """The definition comes first, then time, then what is reserved; of one place, whether a break lies between."""
    found = judged(side(*one), side(*other))

    assert (letter, reason) == (found.letter, found.reason)


def test_definition_comes_before_time():
    """What the codebook refuses to set side by side is not called another year."""
    found = judged(side("patent_cases_handled", NINGBO, 2021), side("patent_cases_handled", "350200", 2020))

    assert ("d", ("patent_cases_handled",)) == (found.letter, found.blamed)


def test_two_shares_are_compared_above_the_line_and_below_it():
    """GDP by residents carries the reservations of both; a share of grants is none of the patents in force."""
    by_residents = judged(side("", NINGBO, 2021, "gdp_per_resident"), side("", "330100", 2021, "gdp_per_resident"))
    of_grants = side("", NINGBO, 2021, "invention_share")
    per_resident = side("", NINGBO, 2021, "invention_grants_per_10000_residents")

    assert ("r", ("gdp", "population_resident")) == (by_residents.letter, by_residents.blamed)
    assert "y" == judged(of_grants, side("", "440300", 2021, "invention_share")).letter
    assert "d" == judged(of_grants, per_resident).letter


@pytest.mark.parametrize(
    ("series", "year", "letter"),
    [("gdp", 2021, "r"), ("patents_granted", 2021, "s"), ("gi_certification_marks", 2020, "c")],
)
def test_printings_are_weighed_as_in_the_report(series, year, letter):
    """14,595 rounds 14,594.9; 36 and 37 are no rounding of each other."""
    one, other = load_figures().every(NINGBO, year, series)[:2]

    assert letter == judged_printings(one, other).letter


def test_a_bound_that_holds_is_no_conflict():
    """464,393 is more than 460,000; it is not more than 470,000."""
    one, other = load_figures().every("440300", 2021, "trademark_registrations_new")

    assert "b" == judged_printings(one, other).letter
    assert "c" == judged_printings(one, replace(other, value="470000")).letter


def test_a_break_that_is_taken_away_changes_the_verdict(monkeypatch):
    """The key is computed from the table of breaks: without the break the two years may be compared."""
    monkeypatch.setattr("analysis.judgements.breaks_between", lambda *names: ())

    assert "y" == judged(side("patents_granted", NINGBO, 2014), side("patents_granted", NINGBO, 2021)).letter


@pytest.mark.parametrize("rule", LETTERS)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_items_are_of_more_than_one_verdict(rule, seed):
    """Three or four items, two verdicts at least, everywhere; whoever writes the same letter for all is not right."""
    figures, made = load_figures(), 0
    for region in figures.regions():
        for year in figures.years(region)[-2:]:
            found = items(rule, figures, region, year, Random(seed) if seed else None)
            if found:
                made += 1
                assert FEWEST_ITEMS <= len(found) <= MOST_ITEMS
                assert len({each.letter for each in found}) > 1
                assert {each.letter for each in found} <= set(LETTERS[rule])

    assert made >= 5


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("rule", LETTERS)
def test_the_key_of_a_class_is_the_letters_of_its_items(rule, language):
    """A letter for each item, in the order in which they are asked; whoever teaches reads the reasons."""
    made = the_class(JUDGING[rule], language=language)
    (exercise,) = (each for each in made.exercises if each.judge == rule)
    shown = question(made, exercise)
    (notes,) = (each.text for each in pieces(made) if each.kind == "notes" and each.name == exercise.name)
    found = made.items[exercise.name]

    assert "".join(item.letter for item in found) == made.answers[exercise.name].value
    assert [f"{at}. {item_text(item, language)}" in shown for at, item in enumerate(found, 1)] == [True] * len(found)
    assert all(reason_text(item, language) in notes for item in found)
    assert not fits(made.answers[exercise.name].value[::-1] + "y", made.answers[exercise.name].value, 0)


def test_another_seed_asks_about_other_numbers():
    """The items are drawn from the data, not listed."""
    classes = [the_class("94", seed=seed) for seed in range(4)]
    asked = {str([each.figures for each in made.items["may_compare_places"]]) for made in classes}

    assert 4 == len(asked)


def test_a_learner_finds_what_is_needed_to_judge():
    """The definition of every series asked about, with what the codebook holds of comparing places; every break."""
    places, years = the_class("94").items["may_compare_places"], the_class("93").items["may_compare_years"]
    touched = [each for each in breaks() if each.touches("patents_granted", NINGBO)]

    assert len(definitions(places, "en").splitlines()) == len({each.series for item in places for each in item.figures})
    assert "Between places: each publisher counts something else" in definitions(places, "en")
    assert len(touched) == known_breaks(years, "en").count("**Patents granted**") > 1


def test_check_knows_how_many_letters_there_are(capsys):
    """A word of other letters or another length is told; any word that can be right is not."""
    made = the_class("94")
    names = {}
    exec(self_check(made), names)
    for word, said in (("yyyy", "+"), ("yyy", "-"), ("yyyz", "-")):
        names["check"]({"may_compare_places": word})
        (line,) = (each for each in capsys.readouterr().out.splitlines() if "may_compare_places" in each)
        assert line.startswith(said)
    assert "a word of 4 letters, each one of y, r, d, t" in line
