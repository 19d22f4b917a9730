"""Pictures of numbers: the only home of matplotlib.

A chart comes back together with the table that it draws, its title (the point), subtitle (measure and unit), source
line, and a description for those who cannot see it. The words are not in the picture but beside it, so that they can
be read aloud, searched and printed in any size; only labels are drawn.
"""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from textwrap import wrap

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure as Canvas
from PIL import Image

from analysis import paths
from analysis.errors import RenderingError
from analysis.slimming import PICTURE, slim
from analysis.tables import Table, plain_text

CHART_MIME = "application/vnd.ipreport.chart+json"

# Okabe and Ito's colours: apart from each other for colour-blind readers, and in different greys on paper.
COLOURS = ("#0072B2", "#E69F00", "#56B4E9", "#009E73", "#CC79A7")
INK = "#222222"
SOFT = "#8a8a8a"
WIDTH = 6.6
DOTS, PALETTE = 100, 64
FONT = "Noto Sans SC"
STYLE = {
    "font.family": [FONT],
    "font.size": 10,
    "svg.fonttype": "none",
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


@dataclass(frozen=True)
class Mark:
    """One mark of a chart: its label, value, printed text, and the ends of its interval where they matter.

    ``role`` is plain, own (of the region or year that the report is about) or reference (a region that contains it).
    """

    label: str
    value: float
    text: str
    open_upper: bool = False
    ends: tuple[float, float] | None = None
    role: str = "plain"


@dataclass(frozen=True)
class Chart:
    """A picture with everything that it says in words. ``svg`` is drawn already."""

    id: str
    title: str
    subtitle: str
    source: str
    description: str
    table: Table
    svg: str

    def as_json(self) -> dict:
        """What the templates and the tests read, without the picture."""
        texts = {name: getattr(self, name) for name in ("id", "title", "subtitle", "source", "description")}
        return texts | {"table": self.table.as_json()}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        lines = (self.title, self.subtitle, self.description, plain_text(self.source))
        return {"text/plain": "\n".join(lines), "image/svg+xml": self.svg, CHART_MIME: self.as_json()}


def styled(draw: Callable[..., Canvas]) -> Callable[..., str]:
    """Make a function that draws a canvas return SVG, in the report's style and with the report's font.

    The same chart always gives the same bytes. Raises RenderingError for a character without a glyph.
    """

    @wraps(draw)
    def drawn(name: str, *arguments) -> str:
        options = {"format": "svg", "metadata": {"Date": None, "Creator": None}, "transparent": True}
        svg = _saved(draw, name, arguments, options).decode("utf-8")
        return slim(svg, PICTURE)

    return drawn


def pictured(draw: Callable[..., Canvas]) -> Callable[..., bytes]:
    """The same as PNG in a few colours, for where SVG is not shown. ``size`` is width and height in dots."""

    @wraps(draw)
    def drawn(name: str, size: tuple[int, int], *arguments) -> bytes:
        dots = _saved(draw, name, (size, *arguments), {"format": "rgba", "dpi": DOTS})
        picture = Image.frombytes("RGBA", size, dots).convert("RGB")
        file = io.BytesIO()
        picture.quantize(PALETTE, dither=Image.Dither.NONE).save(file, format="png")
        return file.getvalue()

    return drawn


def _saved(draw: Callable[..., Canvas], name: str, arguments: tuple, options: dict) -> bytes:
    """What a function draws, saved by matplotlib with ``options``."""
    for path in sorted(paths.FONTS.glob("*.ttf")):
        if str(path) not in {entry.fname for entry in font_manager.fontManager.ttflist}:
            font_manager.fontManager.addfont(str(path))
    with mpl.rc_context(STYLE | {"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        file = io.BytesIO()
        try:
            draw(name, *arguments).savefig(file, **options)
        except UserWarning as warning:
            raise RenderingError(f"chart {name}: no glyph in src/analysis/fonts: {warning}") from warning
    return file.getvalue()


@styled
def stack(name: str, marks: list[Mark]) -> Canvas:
    """One horizontal bar of parts, each labelled at its own place."""
    canvas, axes = one_axes(height=1.5)
    left, total = 0.0, sum(mark.value for mark in marks)
    for position, mark in enumerate(marks):
        axes.barh([0], [mark.value], left=left, height=0.5, color=COLOURS[position], edgecolor="white")
        middle = left + mark.value / 2
        # Labels go above and below in turn, so that a thin part's label never runs into its neighbour's.
        height, aligned = (0.34, "bottom") if position % 2 == 0 else (-0.34, "top")
        side = "left" if middle < total * 0.2 else "right" if middle > total * 0.8 else "center"
        at = left if side == "left" else left + mark.value if side == "right" else middle
        axes.text(at, height, f"{mark.label}  {mark.text}", ha=side, va=aligned, color=INK)
        left += mark.value
    axes.set_ylim(-0.8, 0.8)
    axes.set_xlim(0, total)
    axes.set_axis_off()
    canvas.subplots_adjust(left=0.01, right=0.99, top=0.98, bottom=0.02)
    return canvas


@styled
def bars(name: str, marks: list[Mark]) -> Canvas:
    """Horizontal bars from zero, largest first, each with its printed number."""
    canvas, axes = rows_of(marks)
    rows = range(len(marks))
    axes.barh(rows, [mark.value for mark in marks], height=0.62, color=COLOURS[0])
    axes.set_xlim(0, max(mark.value for mark in marks) * 1.22)
    for row, mark in zip(rows, marks, strict=True):
        axes.annotate(mark.text, (mark.value, row), xytext=(4, 0), textcoords="offset points", va="center")
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    return canvas


@styled
def dots(name: str, marks: list[Mark], ticks: list[tuple[float, str]]) -> Canvas:
    """Dots on a scale of powers of ten; a number known only from below has an arrow to the right."""
    canvas, axes = rows_of(marks, extra=0.35)
    low, high = min(mark.value for mark in marks), max(mark.value for mark in marks)
    axes.set_xscale("log")
    axes.set_xlim(low / 4, high * 30)
    for row, mark in enumerate(marks):
        axes.plot([low / 4, mark.value], [row, row], color="#d0d0d0", linewidth=1, zorder=1)
        axes.plot([mark.value], [row], marker=">" if mark.open_upper else "o", color=COLOURS[0], markersize=7, zorder=2)
        axes.annotate(mark.text, (mark.value, row), xytext=(9, 0), textcoords="offset points", va="center")
    shown = [(value, text) for value, text in ticks if low / 4 <= value <= high * 30]
    axes.set_xticks([value for value, _ in shown], [text for _, text in shown])
    axes.minorticks_off()
    return canvas


def rows_of(marks: list[Mark], extra: float = 0.0, height: float = 0.48, left: float = 0.40, size: float = 10):
    """A canvas and its axes with one labelled row for each mark, the first on top; heights in inches."""
    canvas, axes = one_axes(height=height * len(marks) + 0.2 + extra)
    axes.set_yticks([])
    for row, mark in enumerate(marks):
        _row_label(axes, row, mark, size)
    axes.set_ylim(len(marks) - 0.5, -0.5)
    axes.spines["left"].set_color(SOFT)
    canvas.subplots_adjust(left=left, right=0.98, top=0.97, bottom=0.05 + extra / canvas.get_figheight())
    return canvas, axes


def _row_label(axes, row: int, mark: Mark, size: float) -> None:
    """The label left of a row, each line a text of its own: in one text, lines would end where our font ends them."""
    lines = wrap(mark.label, 32) or [""]
    for position, line in enumerate(lines):
        down = (len(lines) - 1) / 2 - position
        axes.annotate(
            line,
            (0, row),
            (-5, down * size * 1.25),
            xycoords=axes.get_yaxis_transform(),
            textcoords="offset points",
            ha="right",
            va="center_baseline",
            fontsize=size,
            weight="bold" if mark.role == "own" else "normal",
        )


def one_axes(height: float):
    """A canvas of the report's width with one pair of axes; the height is in inches."""
    canvas = blank(height)
    return canvas, canvas.add_subplot()


def blank(height: float, width: float = WIDTH) -> Canvas:
    """A canvas of the report's width, or of another; both lengths are in inches."""
    return Canvas(figsize=(width, height))
