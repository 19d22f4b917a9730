"""The charts of the chapters, for any region and reference year; None where there is nothing to draw."""

from analysis import wording
from analysis.charts import Chart, Mark, bars, dots, stack
from analysis.edition import Edition
from analysis.exhibits import figure_words, publication, table_of
from analysis.figures import Figure

COMPOSITION = ("invention_patents_granted", "utility_models_granted", "designs_granted")
TOTAL_GRANTS = "patents_granted"
FINANCE = ("pledge_financing_amount", "credit_line", "risk_pool_fund")
MONEY_TICKS = [(10.0**power, power) for power in range(4, 16)]


def composition_chart(edition: Edition) -> Chart | None:
    """The year's grants by kind of patent; needs the inventions and the total, or all three kinds."""
    parts = [figure for series in COMPOSITION if (figure := edition.published.get(series))]
    share = edition.results["invention_share"]
    if COMPOSITION[0] not in edition.published or share.value is None:
        return None
    marks = [_mark(edition, figure) for figure in parts]
    total = edition.published[TOTAL_GRANTS]
    rest = total.rounded.printed - sum(figure.rounded.printed for figure in parts)
    if len(parts) < len(COMPOSITION) and rest > 0:
        place = max(wording.figure_place(figure) for figure in (*parts, total))
        marks.append(
            Mark(edition.words("chart_composition_rest"), float(rest), wording.number(rest, place, edition.language))
        )
    title = edition.words("chart_composition_title", share=edition.value(share))
    return _chart(edition, "composition", title, "stack", marks, [*parts, total], stack("composition", marks))


def protection_chart(edition: Edition) -> Chart | None:
    """The cases and seizures of the year, by body and stage; needs two published counts."""
    found = [
        figure
        for series, figure in edition.published.items()
        if edition.series(series).aspect == "protection" and figure.unit == "count" and figure.kind == "flow"
        and not edition.series(series).part_of and _is_cases(series)
    ]  # fmt: skip
    if len(found) < 2:
        return None
    found.sort(key=lambda figure: (-figure.rounded.printed, figure.series))
    marks = [_mark(edition, figure) for figure in found]
    title = edition.words("chart_cases_title", most=marks[0].label, number=len(marks))
    return _chart(edition, "cases", title, "bars", marks, found, bars("cases", marks))


def finance_chart(edition: Edition) -> Chart | None:
    """The amounts of money of the year on one logarithmic scale; needs two published amounts."""
    found = [figure for series in FINANCE if (figure := edition.published.get(series))]
    if len(found) < 2:
        return None
    found.sort(key=lambda figure: (-figure.rounded.printed, figure.series))
    marks = [_mark(edition, figure) for figure in found]
    ticks = [(value, wording.number_of_power(power, edition.language)) for value, power in MONEY_TICKS]
    title = edition.words("chart_finance_title", most=marks[0].label, number=len(marks))
    return _chart(edition, "finance", title, "dots", marks, found, dots("finance", marks, ticks))


def _is_cases(series: str) -> bool:
    return "_cases_" in series or series.endswith("_batches")


def _chart(edition, name: str, title: str, kind: str, marks: list[Mark], used: list[Figure], svg: str) -> Chart:
    items = [edition.words("chart_description_item", label=mark.label, value=mark.text) for mark in marks]
    description = edition.words(
        "chart_description", kind=edition.words(f"kind_{kind}"), number=len(marks), items="; ".join(items)
    )
    columns = ("item", "figure")
    links = {edition.series_name(figure.series): edition.figure_link(figure) for figure in used}
    rows = [[wording.escaped(mark.label), links.get(mark.label, wording.escaped(mark.text))] for mark in marks]
    publishers = list(dict.fromkeys(wording.escaped(publication(edition, figure)) for figure in used))
    table = table_of(edition, f"{name}-data", f"chart_{name}_subtitle", columns, rows, ("figure",))
    source = edition.words("chart_source", sources="; ".join(publishers))
    return Chart(name, title, edition.words(f"chart_{name}_subtitle"), source, description, table, svg)


def _mark(edition: Edition, figure: Figure) -> Mark:
    text = wording.figure_number(figure, edition.language)
    if figure.unit == "CNY":
        text = figure_words(edition, figure)
    value = figure.rounded
    return Mark(edition.series_name(figure.series), float(value.printed), text, value.upper is None)
