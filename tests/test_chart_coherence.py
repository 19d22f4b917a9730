"""Charts against their own tables: every bar, dot, square and word drawn wrong is named."""

import re

import pytest
from planted import SVG, chapter, chart, data, edition, put

from analysis.chart_coherence import chart_text_problems, picture_problems
from analysis.charts import CHART_MIME
from analysis.drawn import picture_of

CHARTS = {
    "composition_chart": "03_creation",
    "protection_chart": "04_protection",
    "finance_chart": "05_value",
    'trend_chart("creation_stock")': "07_change_over_time",
    'peer_chart("valid_invention_patents")': "08_peer_cities",
    'peer_chart("valid_utility_models", "population_resident")': "08_peer_cities",
}


def drawn(call: str) -> tuple[dict, str]:
    return chart(chapter(CHARTS[call]), call)


def problems(shown: dict, svg: str) -> list[str]:
    picture = picture_of(svg)
    return [*picture_problems(shown, picture), *chart_text_problems(edition(), shown, picture)]


@pytest.mark.parametrize("call", CHARTS)
def test_the_committed_charts_agree_with_their_tables(call):
    """Bars, a stack, dots on both scales, small charts over the years."""
    assert [] == problems(*drawn(call))


def test_a_bar_of_another_length_is_named():
    """The bar of police cases filed, 230, ends 20 points right of zero; drawn to 60 points it would be 690."""
    shown, svg = drawn("protection_chart")
    (end,) = set(re.findall(r"H(210\.2)|L(210\.2) ", svg)) and {"210.2"}

    assert any(
        "the bar of IP crimes filed by the police is 60" in each for each in problems(shown, put(svg, end, "250.2"))
    )


@pytest.mark.fault(69)
def test_an_axis_that_does_not_begin_at_zero_is_seen():
    """All bars shortened by the same 15 points: they are in no one proportion to their numbers any more."""
    shown, svg = drawn("protection_chart")
    for end in ("416", "351.2", "240.9", "228.7", "210.2", "206.8"):
        svg = re.sub(rf"(?<=[HL]){re.escape(end)}(?= |V|L|z)", f"{float(end) - 15:g}", svg)

    assert sum("points long" in each for each in problems(shown, svg)) >= 4


def test_a_dot_on_a_scale_of_powers_of_ten_is_held_to_its_ticks():
    """119 亿 stands at 376.1; at 371.5 it would be 10 billion."""
    shown, svg = drawn("finance_chart")
    moved = put(svg, 'x="376.1"', 'x="366.1"')

    assert any(
        "the dot of Financing on pledged intellectual property stands at 366.1" in p for p in problems(shown, moved)
    )
    assert any("does not end at it" in p for p in problems(shown, moved))


def test_a_tick_with_another_number_is_seen():
    """10 billion where 1 billion stands."""
    shown, svg = drawn("finance_chart")

    assert any("the tick at 1e+10 stands at" in p for p in problems(shown, put(svg, ">1 billion<", ">10 billion<")))


def test_a_lower_bound_drawn_as_a_dot_is_seen():
    """More than 400 million yuan has an arrow, not a dot."""
    shown, svg = drawn("finance_chart")
    arrow, dot = (
        re.search(r'x="286.7" y="57.6" href="(#\w+)"', svg)[1],
        re.search(r'x="376.1" [^>]*href="(#\w+)"', svg)[1],
    )
    told = problems(shown, put(svg, f'y="57.6" href="{arrow}"', f'y="57.6" href="{dot}"'))

    assert ["Credit line of the risk pool is more than, but drawn as a circle"] == told


def test_labels_that_changed_places_are_seen():
    """Shenzhen's number beside Hangzhou, and the other way round."""
    shown, svg = drawn('peer_chart("valid_invention_patents")')
    swapped = put(put(put(svg, ">198,031<", ">\0<"), ">106,000<", ">198,031<"), ">\0<", ">106,000<")

    assert "beside the mark of Shenzhen stands 106,000, but the table has 198,031" in problems(shown, swapped)


def test_rows_called_otherwise_are_seen():
    """A region's name in the picture is that in the table."""
    shown, svg = drawn('peer_chart("valid_invention_patents")')

    assert "the row of Dalian is called Qingdao" in problems(shown, put(svg, ">Dalian<", ">Qingdao<"))


def test_a_dot_of_a_small_chart_is_held_to_its_year_and_height():
    """A dot 8 points higher, and a dot 8 points further right."""
    shown, svg = drawn('trend_chart("creation_stock")')
    x, y = re.search(r'<use x="([\d.]+)" y="([\d.]+)" href="#m1"', svg).groups()
    place = f'<use x="{x}" y="{y}"'

    assert any("points high" in p for p in problems(shown, put(svg, place, f'<use x="{x}" y="{float(y) - 8:g}"')))
    assert any("at another year" in p for p in problems(shown, put(svg, place, f'<use x="{float(x) + 8:g}" y="{y}"')))


def test_a_description_and_a_title_are_held_to_the_table():
    """A number in the description, the place in the title, a share in the title."""
    shown, svg = drawn('peer_chart("valid_invention_patents")')
    stale = shown | {"description": put(shown["description"], "198,031", "189,031")}
    place = shown | {"title": put(shown["title"], "5th of 6", "4th of 6")}
    parts, stack = drawn("composition_chart")
    share = parts | {"title": put(parts["title"], "10.80%", "10.90%")}

    assert "its description tells of 189031, which its table does not have" in problems(stale, svg)
    assert ["its title does not give the place that the data give"] == problems(place, svg)
    assert ["its title tells of 10.9%, its numbers of another share"] == problems(share, stack)


def test_rows_in_another_order_than_their_numbers_are_seen():
    """Largest first, in the table as in the picture."""
    shown, svg = drawn("protection_chart")
    rows = shown["table"]["rows"]
    rows[0], rows[1] = rows[1], rows[0]

    assert "its rows are not in the order of their numbers" in problems(shown, svg)


def test_the_picture_of_another_chart_is_seen():
    """Each picture under the other's table."""
    notebook = chapter("08_peer_cities")
    one, other = (data(notebook, f'peer_chart("{name}")') for name in ("pct_applications", "valid_invention_patents"))

    assert problems(one[CHART_MIME], other[SVG])
    assert problems(other[CHART_MIME], one[SVG])
