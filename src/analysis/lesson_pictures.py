"""Pictures of lessons: the same published numbers drawn in a way that misleads, and beside it in one that does not.

Written as SVG by hand, because hundreds are made for a class; each comes back as a chart with its table, its title
(the point), its source and a description for those who cannot see it.
"""

from fractions import Fraction
from math import sqrt

import pandas as pd
from markupsafe import escape

from analysis.charts import COLOURS, FONT, INK, SOFT, Chart
from analysis.codebook import codebook
from analysis.figures import Figure
from analysis.sources import sources
from analysis.tables import Table
from analysis.wording import escaped, figure_number, figure_place, number, words

WIDTH, HEIGHT, HALF = 475.2, 190, 237.6
FLOOR, TALLEST, WIDEST = 150, 105, 92
"""Where the marks stand, and how tall or wide the largest is, in points."""
CUT = Fraction(4, 5)
"""The cut axis begins at this part of the smaller number."""


def cut_axis(earlier: Figure, later: Figure, language: str) -> Chart:
    """Two bars from zero, and the same two with an axis that begins just under the smaller."""
    pair = [earlier, later]
    values = [figure.rounded.printed for figure in pair]
    begin = CUT * min(values)
    left = _bars(pair, values, Fraction(0), 0, language)
    right = _bars(pair, values, begin, HALF, language)
    return _chart("cut_axis", pair, left + right, language)


def area(earlier: Figure, later: Figure, language: str) -> Chart:
    """Squares whose sides follow two numbers, and squares whose areas do."""
    pair = [earlier, later]
    values = [float(figure.rounded.printed) for figure in pair]
    left = _squares(pair, values, 0, language)
    right = _squares(pair, [sqrt(value) for value in values], HALF, language)
    return _chart("area", pair, left + right, language)


def missing_years(first: Figure, middle: Figure, last: Figure, language: str) -> Chart:
    """Three years put side by side as if they followed each other, and the same three where they belong."""
    figures = [first, middle, last]
    years = [figure.reference_year for figure in figures]
    left = _line(figures, [0, 1, 2], 0, language, gaps=False)
    right = _line(figures, years, HALF, language, gaps=True)
    return _chart("missing_years", figures, left + right, language)


def _chart(name: str, figures: list[Figure], marks: list[str], language: str) -> Chart:
    series = codebook()[figures[0].series]
    counted = f"{series.text('name', language)} ({series.text('counted', language)})"
    heads = [words(f"picture_{side}_{name}", language) for side in ("left", "right")]
    marks = [_text(HALF / 2, 16, heads[0], bold=True), _text(HALF * 1.5, 16, heads[1], bold=True), *marks]
    told = "; ".join(f"{each.reference_year}: {figure_number(each, language)}" for each in figures)
    columns = [words("picture_year", language), words("picture_figure", language)]
    rows = [[str(each.reference_year), escaped(figure_number(each, language))] for each in figures]
    cited = dict.fromkeys(sources()[each.source] for each in figures)
    source = "; ".join(escaped(f"{each.publisher}, {each.published_on}") for each in cited)
    return Chart(
        name.replace("_", "-"),
        words(f"picture_title_{name}", language),
        escaped(counted),
        words("chart_source", language, sources=source),
        words(f"picture_description_{name}", language, series=counted, figures=told),
        Table(f"{name.replace('_', '-')}-data", escaped(counted), pd.DataFrame(rows, columns=columns), (columns[1],)),
        _svg(marks),
    )


def _svg(marks: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}pt" height="{HEIGHT}pt" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f"{''.join(marks)}</svg>"
    )


def _bars(pair: list[Figure], values: list[Fraction], begin: Fraction, left: float, language: str) -> list[str]:
    place = max(map(figure_place, pair))
    begun = number(begin, place, language) if begin else "0"
    axes = [_line_of([(left + 62, 30), (left + 62, FLOOR), (left + 212, FLOOR)], SOFT)]
    marks = [*axes, _text(left + 58, FLOOR + 4, begun, "end")]
    most = max(values) - begin
    for at, (figure, value) in enumerate(zip(pair, values, strict=True)):
        tall = float((value - begin) / most) * TALLEST
        x = left + 84 + at * 68
        marks.append(_rect(x, FLOOR - tall, 44, tall))
        marks += _labels(figure, x + 22, FLOOR - tall - 5, language)
    return marks


def _squares(pair: list[Figure], sides: list[float], left: float, language: str) -> list[str]:
    marks, x = [], left + 18
    for figure, side in zip(pair, sides, strict=True):
        wide = side / max(sides) * WIDEST
        middle = x + WIDEST / 2
        marks.append(_rect(middle - wide / 2, FLOOR - wide, wide, wide))
        marks += _labels(figure, middle, FLOOR - wide - 5, language)
        x += WIDEST + 16
    return marks


def _line(figures: list[Figure], places: list[int], left: float, language: str, *, gaps: bool) -> list[str]:
    values = [float(figure.rounded.printed) for figure in figures]
    xs = [left + 34 + (place - places[0]) / (places[-1] - places[0]) * 166 for place in places]
    ys = [FLOOR - value / max(values) * TALLEST for value in values]
    marks = [_line_of([(left + 20, FLOOR), (left + 216, FLOOR)], SOFT)]
    for at in range(len(figures) - 1):
        ends = [(xs[at], ys[at]), (xs[at + 1], ys[at + 1])]
        apart = figures[at + 1].reference_year - figures[at].reference_year
        marks.append(_line_of(ends, COLOURS[0], wide=2, dashed=gaps and apart > 1))
        for missing in range(1, apart if gaps else 1):
            x = xs[at] + (xs[at + 1] - xs[at]) * missing / apart
            marks.append(_text(x, FLOOR + 14, "?", colour=SOFT))
    for at, figure in enumerate(figures):
        marks.append(f'<circle cx="{xs[at]:.1f}" cy="{ys[at]:.1f}" r="3.5" fill="{COLOURS[0]}"/>')
        above = ys[at] - 8
        if at == 1 and ys[1] > max(ys[0], ys[2]):  # in a valley, where lines come from above on both sides
            above = ys[at] + 16
        elif at == 1 and xs[2] - xs[1] < 50:  # two labels side by side would meet
            above -= 13
        marks += _labels(figure, xs[at], above, language, below=FLOOR + 14)
    return marks


def _labels(figure: Figure, x: float, above: float, language: str, below: float = FLOOR + 16) -> list[str]:
    return [_text(x, above, figure_number(figure, language)), _text(x, below, str(figure.reference_year))]


def _rect(x: float, y: float, wide: float, tall: float) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{COLOURS[0]}"/>'


def _line_of(points: list[tuple[float, float]], colour: str, wide: float = 1, dashed: bool = False) -> str:
    at = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = ' stroke-dasharray="4 4"' if dashed else ""
    return f'<polyline points="{at}" fill="none" stroke="{colour}" stroke-width="{wide}"{dashes}/>'


def _text(x: float, y: float, text: str, held: str = "middle", *, bold: bool = False, colour: str = INK) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{held}" font-family="{FONT}" font-size="10" fill="{colour}"'
        f"{weight}>{escape(text)}</text>"
    )
