"""Lessons held: figures chosen, keys computed by the report's code, solutions that agree with them."""

from fractions import Fraction
from functools import cache

import pytest

from analysis.figures import load_figures
from analysis.lesson_notebooks import solved_notebook
from analysis.lesson_values import value_shown
from analysis.lessons import lesson_named, lessons
from analysis.parameters import Parameters
from analysis.teaching import LacksFigures, held

PLACE = ("330200", 2021)


def the_class(name: str, region: str = PLACE[0], year: int = PLACE[1], language: str = "en", seed: int = 0):
    return held(lesson_named(name), load_figures(), Parameters(region, year, language), seed)


@cache
def everywhere() -> list[tuple[str, int]]:
    figures = load_figures()
    return [(region, year) for region in figures.regions() for year in figures.years(region)]


def disagreements(made) -> list[str]:
    """The exercises whose model solution, run as a learner would, does not give the key of the report's code."""
    names = {}
    for cell in solved_notebook(made).cells:
        if cell.cell_type == "code" and "check(" not in cell.source:
            exec(cell.source, names)
    found = []
    for exercise in made.exercises:
        answer, mine = made.answers[exercise.name], names[exercise.name]
        if answer.calls:
            fits = all(close(mine(*arguments), value) for arguments, value in answer.calls)
        else:
            fits = close(mine, answer.value)
        found += [] if fits else [exercise.name]
    return found


def close(mine, value) -> bool:
    if isinstance(value, (tuple, list)):
        return len(mine) == len(value) and all(close(*pair) for pair in zip(mine, value, strict=True))
    if isinstance(value, (str, bool)):
        return mine == value
    return abs(mine - value) <= 1e-9 * max(1, abs(value))


@pytest.mark.fault(86)
def test_the_key_of_a_published_number_is_what_one_works_out_by_hand():
    """119 at 10^8 is 11,900,000,000; read as 万 it would be 1,190,000; 40.11 万 lies from 401,050 to 401,150."""
    answers = the_class("90").answers

    assert Fraction(11_900_000_000) == answers["in_full"].value
    assert {"wan_and_yi": 1_190_000, "digits_alone": 119} == answers["in_full"].mistakes
    assert (401_050, 401_150) == answers["ends"].value
    assert "lower end" == answers["what_is_known"].value


@pytest.mark.fault(86)
@pytest.mark.parametrize("name", lessons())
def test_model_solutions_give_the_key_in_every_region_and_year(name):
    """Learner's code with the standard library, and the report's code, agree wherever the lesson can be held."""
    wrong, made = {}, 0
    for region, year in everywhere():
        try:
            each = the_class(name, region, year)
        except LacksFigures:
            continue
        made += 1
        if found := disagreements(each):
            wrong[region, year] = found

    assert {} == wrong
    assert made > 20


@pytest.mark.parametrize("name", lessons())
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_seed_gives_another_class_with_its_own_key(name, seed):
    """What the seed draws is the same each time, and is solved by the same solutions."""
    once, again = the_class(name, seed=seed), the_class(name, seed=seed)

    assert [] == disagreements(once)
    assert once.choices == again.choices
    assert once.answers == again.answers


def test_too_few_figures_are_told():
    """A year with next to nothing holds no lesson, and the message says what is wanted."""
    figures = load_figures()
    single = [place for place in everywhere() if len(figures.series_of(*place)) == 1]
    units = {place: figures.chosen(*place, figures.series_of(*place)[0]).unit for place in single}
    region, year = next(place for place, unit in units.items() if unit == "rate")

    with pytest.raises(LacksFigures, match=r"has too few figures for .* at least 6 .*ipreport list years"):
        the_class("90", region, year)


def test_a_wrong_key_is_seen():
    """The comparison above is no formality: a key that is off by one in a thousand disagrees."""
    made = the_class("90")
    made.answers["in_full"] = type(made.answers["in_full"])(made.answers["in_full"].value * Fraction(1001, 1000))

    assert ["in_full"] == disagreements(made)


def test_values_are_shown_with_six_digits():
    """Two thirds to six digits, whole numbers whole, both ends of an interval."""
    assert "0.666667" == value_shown(Fraction(2, 3))
    assert "11,900,000,000" == value_shown(Fraction(11_900_000_000))
    assert "1.5 – 2" == value_shown((Fraction(3, 2), Fraction(2)))
    assert "−4.31" == value_shown(Fraction(-431, 100))


def test_an_exercise_without_figures_says_so():
    """Whoever opens a lesson in Jupyter for a place that lacks them reads which exercise, and what is done with it."""
    made = the_class("95", "000000", 2021)
    made.choices.pop("gap")

    with pytest.raises(LacksFigures, match=r"prints nothing for the exercise gap .*teach build` leaves it out"):
        made.figures("gap")
