"""Which series have a figure in which year: the picture and its data."""

from analysis import wording
from analysis.charts import COLOURS, SOFT, Chart, blank, styled
from analysis.codebook import codebook
from analysis.edition import Edition
from analysis.exhibits import table_of

PARTS = {
    "creation": ("creation",),
    "protection": ("protection",),
    "other": ("planning", "value", "services", "context"),
}
"""The charts: which aspects each holds."""

ROW, MARGIN_TOP, LEFT = 0.185, 0.35, 0.52


@styled
def grid(name: str, labels: list[str], heads: list[str], filled: list[list[bool]], own: int):
    """A square for each row and column that is filled; the column ``own`` is darker."""
    height = ROW * len(labels) + MARGIN_TOP
    canvas = blank(height)
    axes = canvas.add_subplot()
    for row, cells in enumerate(filled):
        axes.axhline(row, color="#eeeeee", linewidth=0.7, zorder=1)
        for column, there in enumerate(cells):
            if there:
                colour = COLOURS[0] if column == own else COLOURS[2]
                axes.plot([column], [row], marker="s", color=colour, markersize=6, zorder=2)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xlim(-0.6, len(heads) - 0.4)
    axes.set_yticks(range(len(labels)), labels, fontsize=7.5)
    step = 1 if len(heads) <= 12 else 2
    axes.set_xticks(range(own % step, len(heads), step), heads[own % step :: step], fontsize=7.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, color=SOFT)
    for spine in axes.spines.values():
        spine.set_visible(False)
    canvas.subplots_adjust(left=LEFT, right=0.99, top=1 - (MARGIN_TOP - 0.05) / height, bottom=0.02)
    return canvas


def coverage_chart(edition: Edition, part: str) -> Chart | None:
    """Which series of a part (``PARTS``) have a figure in which year; None where none has. Without growth rates."""
    years = edition.figures.years(edition.region_code)
    held = {year: set(edition.figures.series_of(edition.region_code, year)) for year in years}
    known = codebook(edition.data).values()
    within = [each.series for each in known if each.aspect in PARTS[part] and not each.series.endswith("_yoy_percent")]
    names = [name for name in within if any(name in held[year] for year in years)]
    if not names:
        return None
    span = list(range(years[0], years[-1] + 1))
    filled = [[name in held.get(year, ()) for year in span] for name in names]
    labels = [edition.series_name(name) for name in names]
    most = labels[max(range(len(names)), key=lambda row: sum(filled[row]))]
    counts = {"cells": sum(map(sum, filled)), "possible": len(names) * len(span), "series": len(names), "most": most}
    span_text = {"first": span[0], "last": span[-1], "part": edition.listed([edition.words(a) for a in PARTS[part]])}
    texts = [edition.listed([str(year) for year, there in zip(span, row, strict=True) if there]) for row in filled]
    rows = [
        [wording.escaped(label), text, str(sum(row))] for label, text, row in zip(labels, texts, filled, strict=True)
    ]
    subtitle = edition.words("ledger_coverage_subtitle", **span_text)
    table = table_of(
        edition, f"coverage-{part}-data", "ledger_coverage_data", ("series", "ledger_years", "ledger_count"), rows,
        ("ledger_count",),
    )  # fmt: skip
    return Chart(
        f"coverage-{part}",
        edition.words("ledger_coverage_title", **counts),
        subtitle,
        edition.words("ledger_coverage_source"),
        edition.words("ledger_coverage_description", **counts, **span_text),
        table,
        grid(f"coverage-{part}", labels, [str(year) for year in span], filled, span.index(edition.reference_year)),
    )
