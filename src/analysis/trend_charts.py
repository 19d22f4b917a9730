"""The charts of the chapter on change over time: small lines, broken where a year is missing or the count breaks."""

from dataclasses import replace
from fractions import Fraction

from analysis import selection, wording
from analysis.charts import Chart, Mark
from analysis.comparison_charts import Panel, panels
from analysis.edition import Edition
from analysis.exhibits import table_of
from analysis.histories import Change, History, Point
from analysis.trends import by_year, counted, named_sources

WIDE = 0.02
"""An interval is drawn if it is wider than this part of the chart's largest value."""


def trend_chart(edition: Edition, name: str) -> Chart | None:
    """Lines over the years for the series of one panel of ``selection.PANELS``, broken where a year or the count is."""
    histories = selection.charted(edition, name)
    return lines_chart(edition, name, histories) if histories else None


def lines_chart(edition: Edition, name: str, histories: list[History], cut: Fraction = Fraction(0)) -> Chart:
    """The chart of some series of a panel.

    ``cut`` is for showing what a fault looks like: each axis begins at this part of its smallest number, not at zero.
    """
    drawn = [_panel(edition, history, cut) for history in histories]
    told = counted(edition, ways := [_overall(history) for history in histories])
    title = edition.words("chart_trend_title", number=len(histories), told=told)
    if len(ways) == 1:
        name_of, way = edition.series_name(histories[0].name), edition.words(f"chart_trend_{ways[0]}")
        title = edition.words("chart_trend_single", series=name_of, way=way)
    items = [
        edition.words("chart_description_item", label=edition.series_name(each.name), value=_spoken(edition, each))
        for each in histories
    ]
    spoken = edition.words("semicolon").join(items)
    description = edition.words("chart_trend_description", number=len(histories), items=spoken)
    rows = [
        [wording.escaped(edition.series_name(each.name)), by_year(edition, each), _band_words(edition, each)]
        for each in histories
    ]
    opened = any(mark.open_upper for panel in drawn for _, mark in panel.points)
    subtitle = edition.words(f"chart_trend_subtitle_{name}") + (edition.words("chart_open") if opened else "")
    table = table_of(edition, f"trend-{name}-data", "table_peers_data", ("series", "by_year", "break"), rows)
    figures = [figure for each in histories for point in each.points for figure in point.figures]
    source = named_sources(edition, figures)
    return Chart(f"trend-{name}", title, subtitle, source, description, table, panels(f"trend-{name}", drawn))


def _panel(edition: Edition, history: History, cut: Fraction) -> Panel:
    top = max(float(point.value.printed) for point in history.points)
    begin = float(cut * min(point.value.printed for point in history.points))
    marks = [(point.year, _raised(_mark(edition, point, top), begin)) for point in history.points]
    lines = [[point.year for point in run] for run in history.runs(closed=True) if len(run) > 1]
    bands = [(each.earlier_year, each.later_year, edition.words(f"break_{each.kind}")) for each in history.breaks]
    years = [point.year for point in history.points]
    peak = max(history.points, key=lambda point: point.value.printed).year
    important = [year for year in (edition.reference_year, years[-1], years[0], peak) if year in years]
    unit = edition.words("in_yuan") if history.unit == "CNY" else ""
    return Panel(edition.series_name(history.name) + unit, marks, lines, bands, tuple(important))


def _mark(edition: Edition, point: Point, top: float) -> Mark:
    value, ends = point.value, None
    if value.lower is not None and value.upper is not None and float(value.upper - value.lower) > WIDE * top:
        ends = (float(value.lower), float(value.upper))
    role = "own" if point.year == edition.reference_year else "plain"
    text = wording.figure_number(point.origin, edition.language)
    return Mark(str(point.year), float(value.printed), text, value.upper is None, ends, role)


def _raised(mark: Mark, begin: float) -> Mark:
    """A mark on an axis that begins at a number."""
    ends = mark.ends and (mark.ends[0] - begin, mark.ends[1] - begin)
    return replace(mark, value=mark.value - begin, ends=ends)


def _overall(history: History) -> str:
    """Which way a series went over its longest stretch."""
    longest = max(history.runs(), key=len)
    return Change(history, longest[0], longest[-1]).verdict if len(longest) > 1 else "broken"


def _spoken(edition: Edition, history: History) -> str:
    """A history by ear: its first, highest and last number, and where it breaks; the table beside it has them all."""
    first, last = history.points[0], history.points[-1]
    peak = max(history.points, key=lambda point: point.value.printed)
    heard = {point.year: point for point in (first, peak, last)}
    told = [
        edition.words("year_and_figure", of=year, figure=wording.figure_number(heard[year].origin, edition.language))
        for year in sorted(heard)
    ]
    broken = _band_words(edition, history)
    return edition.words("semicolon").join([*told, broken] if broken else told)


def _band_words(edition: Edition, history: History) -> str:
    told = [
        edition.words("break_told", kind=edition.words(f"break_{each.kind}"), earlier=each.earlier_year,
                      later=each.later_year)
        for each in history.breaks
    ]  # fmt: skip
    return edition.words("semicolon").join(told)
