"""Social cards: the picture of a report that is shown where its address is shared."""

from dataclasses import dataclass

from analysis.charts import COLOURS, DOTS, INK, blank, pictured

SIZE = (1200, 630)
"""Width and height in pixels, as the places where addresses are shared expect them."""

LEFT, WIDEST = 0.06, 0.88
SMALLEST = 14


@dataclass(frozen=True, slots=True)
class SocialCard:
    """What a social card says. ``number`` is the headline number as printed, ``name`` what it is; both may be empty."""

    title: str
    number: str = ""
    name: str = ""
    interval: str = ""
    source: str = ""

    def picture(self) -> bytes:
        """The PNG. Raises RenderingError for a character without a glyph."""
        return _drawn(self.title, SIZE, self)


@pictured
def _drawn(name: str, size: tuple[int, int], card: SocialCard):
    canvas = blank(size[1] / DOTS, size[0] / DOTS)
    band = canvas.add_axes((0, 0, 1, 0.03), facecolor=COLOURS[0], xticks=[], yticks=[])
    band.spines[:].set_visible(False)
    lines = [
        (card.title, 0.86, 38, "bold", INK),
        (card.number, 0.55, 96, "bold", COLOURS[0]),
        (card.name, 0.38, 30, "normal", INK),
        (card.interval, 0.28, 24, "normal", INK),
        (card.source, 0.1, 18, "normal", INK),
    ]
    for text, height, size, weight, colour in lines:
        # Without parse_math=False, what stands between two dollar signs would be drawn as a formula.
        _fit(canvas.text(LEFT, height, text, size=size, weight=weight, color=colour, va="center", parse_math=False))
    return canvas


def _fit(text) -> None:
    """Make a line smaller until it fits, and cut off what is too long even then."""
    room = WIDEST * SIZE[0]
    while text.get_window_extent().width > room and text.get_size() > SMALLEST:
        text.set_size(text.get_size() - 1)
    while text.get_window_extent().width > room:
        text.set_text(text.get_text().rstrip("…")[:-1] + "…")
