"""Pictures of lessons: drawn to the numbers that they say, described, and in every edition."""

import base64
import re

import nbformat
import pytest

from analysis.figures import load_figures
from analysis.lesson_notebooks import learner_notebook
from analysis.lesson_pages import handout, slides
from analysis.lesson_pictures import area, cut_axis, missing_years
from analysis.lessons import lesson_named
from analysis.parameters import Parameters
from analysis.render import html
from analysis.teaching import held

SERIES = "invention_patents_granted"


def figures(*years: int) -> list:
    return [load_figures().chosen("330200", year, SERIES) for year in years]


def bars(svg: str) -> list[tuple[float, float]]:
    """Width and height of the bars or squares of a picture, from the left."""
    found = re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)" fill="#0072B2"', svg)
    return [(float(wide), float(tall)) for wide, tall in found]


def test_bars_from_zero_have_the_ratio_of_their_numbers_and_cut_ones_another():
    """7,819 over 5,075 is 1.5407; cut at 4,060 it is 3,759 over 1,015, which is 3.7034."""
    (_, one), (_, two), (_, three), (_, four) = bars(cut_axis(*figures(2019, 2021), "en").svg)

    assert two / one == pytest.approx(7819 / 5075, rel=0.005)
    assert four / three == pytest.approx(3759 / 1015, rel=0.005)


def test_areas_follow_the_square_of_the_numbers_on_the_left_and_the_numbers_on_the_right():
    """On the left the sides are as 5,075 to 7,819, on the right the areas."""
    one, two, three, four = (wide * tall for wide, tall in bars(area(*figures(2019, 2021), "en").svg))

    assert two / one == pytest.approx((7819 / 5075) ** 2, rel=0.01)
    assert four / three == pytest.approx(7819 / 5075, rel=0.01)


def test_missing_years_keep_their_place():
    """2017, 2019 and 2021: each of the two missing years has a question mark, and both stretches are dashed."""
    svg = missing_years(*figures(2017, 2019, 2021), "en").svg

    assert 2 == svg.count(">?<")
    assert 2 == svg.count("stroke-dasharray")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_edition_shows_the_pictures_and_describes_them(language):
    """In the notebook as attachments with alternative texts, on the handout and the slides as drawings with names."""
    made = held(lesson_named("96"), load_figures(), Parameters("330200", 2021, language))
    notebook = learner_notebook(made)
    attached = [cell for cell in notebook.cells if "attachments" in cell]
    paper, screen = html(handout(made)), slides(made)

    nbformat.validate(notebook)
    assert 3 == len(attached) == len(made.pictures)
    for cell, chart in zip(attached, made.pictures.values(), strict=True):
        assert chart.svg.encode() == base64.b64decode(cell.attachments[f"{chart.id}.svg"]["image/svg+xml"])
        assert f"![{chart.description}](attachment:{chart.id}.svg)" in cell.source
        assert all(f'aria-label="{chart.description}"' in page for page in (paper, screen))
    assert 3 == screen.count("<svg")


def test_a_picture_is_left_out_with_its_exercise():
    """Of the nation in 2013 no series has three years with a gap, so the picture of missing years is left out."""
    made = held(lesson_named("96"), load_figures(), Parameters("000000", 2013, "en"))

    assert {"cut_bars", "area_times"} == set(made.pictures)
