"""Pictures of changes over years and of places among peers, drawn with the means of ``charts``."""

from dataclasses import dataclass
from textwrap import fill

from analysis.charts import COLOURS, INK, SOFT, WIDTH, Mark, blank, rows_of, styled

PANEL_HEIGHT = 1.3
MOST_ROOMY_ROWS = 20
MARGIN = 0.9
"""Years left free on either side, so that labels have room."""


@dataclass(frozen=True)
class Panel:
    """One small chart of several: a number over the years, its lines, and the bands of years in which it breaks.

    ``points`` are (year, mark); ``lines`` the runs of years joined by a line, none across a missing year or a break;
    ``bands`` are (last year before, first year after, why); ``first_labelled`` the years whose labels matter most.
    """

    title: str
    points: list[tuple[int, Mark]]
    lines: list[list[int]]
    bands: list[tuple[int, int, str]]
    first_labelled: tuple[int, ...]


@styled
def peers(name: str, marks: list[Mark], ticks: list[tuple[float, str]]):
    """A dot for each region, largest first; the report's own picked out, those that contain it hollow, intervals drawn.

    On a scale of powers of ten if there are ticks, else from zero. A zero on such a scale stands at its left end.
    """
    many = len(marks) > MOST_ROOMY_ROWS
    canvas, axes = rows_of(
        marks, extra=0.35 if ticks else 0.1, height=0.19 if many else 0.27, left=0.2, size=8 if many else 10
    )
    tops = [mark.ends[1] if mark.ends else mark.value for mark in marks]
    least = min((mark.value for mark in marks if mark.value > 0), default=1.0)
    low, high = (least / 2, max(tops) * 6) if ticks else (0.0, max(tops) * 1.3)
    if ticks:
        axes.set_xscale("log")
    axes.set_xlim(low, high)
    for row, mark in enumerate(marks):
        own, at = mark.role == "own", max(mark.value, low)
        colour = COLOURS[0] if own else SOFT
        face = "white" if mark.role == "reference" else colour
        axes.plot([low, at], [row, row], color="#e4e4e4", linewidth=0.8, zorder=1)
        if mark.ends:
            axes.plot(mark.ends, [row, row], color=colour, linewidth=3, alpha=0.5, zorder=2, solid_capstyle="butt")
        shape = ">" if mark.open_upper else "D" if mark.role == "reference" else "o"
        axes.plot([at], [row], marker=shape, color=colour, markerfacecolor=face, markersize=7 if own else 6, zorder=3)
        weight = "bold" if own else "normal"
        axes.annotate(
            mark.text,
            (max(tops[row], low), row),
            (8, 0),
            textcoords="offset points",
            va="center",
            weight=weight,
            size=8 if many else 10,
        )
    shown = [(value, text) for value, text in ticks if low <= value <= high / 2]
    axes.set_xticks([value for value, _ in shown], [text for _, text in shown])
    axes.minorticks_off()
    return canvas


@styled
def panels(name: str, drawn: list[Panel]):
    """Small charts one under the other over the same years, each from zero to its own height."""
    height = PANEL_HEIGHT * len(drawn)
    canvas = blank(height)
    years = [year for panel in drawn for year, _ in panel.points]
    first, last = min(years) - MARGIN, max(years) + MARGIN
    inches = WIDTH * 0.96 / (last - first)
    for position, panel in enumerate(drawn):
        axes = canvas.add_subplot(len(drawn), 1, position + 1)
        axes.set_xlim(first, last)
        _panel(axes, panel, inches)
        axes.set_title(panel.title, loc="left", fontsize=9, color=INK)
        axes.set_xticks(sorted({year for year, _ in panel.points}))
        axes.tick_params(axis="x", labelsize=7.5, color=SOFT)
        axes.yaxis.set_visible(False)
        axes.spines["left"].set_visible(False)
    canvas.subplots_adjust(left=0.02, right=0.98, top=1 - 0.22 / height, bottom=0.24 / height, hspace=0.75)
    return canvas


def _panel(axes, panel: Panel, inches: float) -> None:
    """Bands, lines, points and labels; ``inches`` is the width of a year."""
    values = dict(panel.points)
    top = max(mark.ends[1] if mark.ends else mark.value for mark in values.values()) or 1.0
    axes.set_ylim(0, top * 2.3)
    for before, after, why in panel.bands:
        axes.axvspan(before + 0.12, after - 0.12, color="#efefef", zorder=0, linewidth=0)
        axes.text((before + after) / 2, top * 2.27, fill(why, 12), ha="center", va="top", fontsize=7, color=SOFT)
    for line in panel.lines:
        axes.plot(line, [values[year].value for year in line], color=COLOURS[0], linewidth=1.4, zorder=2)
    for year, mark in panel.points:
        if mark.ends:
            axes.plot([year, year], mark.ends, color=COLOURS[0], linewidth=3, alpha=0.4, zorder=1)
        own = mark.role == "own"
        shape = "^" if mark.open_upper else "o"
        face = COLOURS[0] if own else "white"
        axes.plot([year], [mark.value], shape, markersize=6 if own else 4, color=COLOURS[0], markerfacecolor=face)
    for year in _labelled(panel, inches):
        mark = values[year]
        aside = 72 * _inward(year, _width(mark.text) / 2, axes.get_xlim(), inches)
        axes.annotate(mark.text, (year, mark.value), (aside, 5), textcoords="offset points", ha="center", fontsize=7.5)


def _labelled(panel: Panel, inches: float) -> list[int]:
    """The years whose labels have room beside each other, the important ones first."""
    texts = {year: mark.text for year, mark in panel.points}
    chosen: list[int] = []
    for year in dict.fromkeys([*panel.first_labelled, *texts]):
        reach = [(_width(texts[year]) + _width(texts[other])) / 2 for other in chosen]
        if all(abs(year - other) * inches > need for other, need in zip(chosen, reach, strict=True)):
            chosen.append(year)
    return chosen


def _inward(year: int, half: float, ends: tuple[float, float], inches: float) -> float:
    """How many inches a label moves so that it stays inside the picture."""
    left, right = (year - ends[0]) * inches, (ends[1] - year) * inches
    return max(0.0, half - left) - max(0.0, half - right)


def _width(text: str) -> float:
    """About how many inches a label takes."""
    return sum(0.105 if ord(letter) > 0x2E7F else 0.058 for letter in text) + 0.06
