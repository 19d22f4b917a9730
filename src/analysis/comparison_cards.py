"""The cards of what is compared: growth and differences, contributions, ranks, shares in a larger region.

They name no source: each number in them is a link to the card of the figure, which does.
"""

from analysis import selection, wording
from analysis.comparison_wording import PLUS, change_interval, change_text, rank_text, without_sign
from analysis.edition import Edition
from analysis.figure_cards import command, labelled_rows, title
from analysis.figures import Figure
from analysis.histories import Change, Contribution, Point
from analysis.indicators import indicator_named
from analysis.rounding import Rounded
from analysis.standings import DENOMINATORS, Portion, Standing

PORTION_DIGITS = RATE_DIGITS = 3


def comparison_cards(edition: Edition) -> list[dict]:
    """The cards of every comparison that the first screen and the chapters on change and on peers show, each once."""
    contributed = selection.contributed(edition)
    changes = [*selection.changes(edition), *(each.whole for each in contributed)]
    rated = [rate for _, rate in selection.divided(edition)]
    made = [
        *(change_card(edition, change) for change in changes if change.size is not None),
        *(contribution_card(edition, each) for each in contributed),
        *(rank_card(edition, standing) for standing in (*selection.placed(edition), *rated)),
        *(portion_card(edition, portion) for portion in selection.contained(edition)),
    ]
    return list({card["id"]: card for card in made}.values())


def change_card(edition: Edition, change: Change) -> dict:
    """The card of a growth or a difference between two years."""
    yearly, name = change.yearly, history_name(edition, change)
    formula = "difference" if change.in_points else "growth"
    interval = change_interval(change.size, edition.language, points=change.in_points)
    labelled = [
        ("value", wording.escaped(change_text(change.size, edition.language, points=change.in_points))),
        ("interval", wording.escaped(interval)),
        ("values", edition.words(f"values_{formula}", earlier=point_link(edition, change.earlier),
                                 later=point_link(edition, change.later))),
        ("verdict", edition.words(f"verdict_{change.verdict}")),
        ("yearly", wording.escaped(_with_interval(edition, yearly)) if yearly else ""),
    ]  # fmt: skip
    return _card(edition, change.id, name, (change.earlier.year, change.later.year), labelled) | {"brief": True}


def contribution_card(edition: Edition, each: Contribution) -> dict:
    """The card of what a part added to the growth of its whole."""
    part, whole = each.part, each.whole
    values = edition.words(
        "values_contribution",
        earlier=point_link(edition, part.earlier),
        later=point_link(edition, part.later),
        whole=point_link(edition, whole.earlier),
    )
    labelled = [
        ("value", wording.escaped(change_text(each.points, edition.language, points=True))),
        ("interval", wording.escaped(opened(edition, each.points, points=True))),
        ("definition", edition.words("definition_contribution")),
        ("values", values),
    ]
    name = edition.words("contribution_title", part=history_name(edition, part), whole=history_name(edition, whole))
    return _card(edition, each.id, name, (part.earlier.year, part.later.year), labelled)


def rank_card(edition: Edition, standing: Standing) -> dict:
    """The card of a place among peers: every number compared, and who has none.

    ``ranked`` names the places in order with the cards of their numbers, for a page that can hold these cards in place.
    """
    by_region = [f"{edition.region_name(code)} {_compared(edition, standing, code)}" for code in standing.ordered()]
    missing = [edition.region_name(code) for code in standing.missing]
    per = edition.series_name(standing.denominator) if standing.denominator else ""
    name = edition.series_name(standing.series.series)
    trap = edition.series(standing.series.series).text("scope_trap", edition.language)
    marked = standing.series.series in reservations(edition, standing)
    labelled = [
        ("value", wording.escaped(rank_text(standing.rank, edition.language))),
        ("formula", wording.escaped(f"{name} ÷ {per} × {DENOMINATORS[standing.denominator]:,}") if per else ""),
        ("by_count", wording.escaped(rank_text(standing.rank_by_count, edition.language)) if per else ""),
        ("ranked", edition.listed(by_region)),
        ("missing", edition.listed(missing)),
        ("trap", wording.escaped(trap) if marked else ""),
    ]
    shown = edition.words("rate_title", series=name, denominator=per) if per else name
    card = _card(edition, standing.id, edition.words("rank_title", series=shown), (standing.year,), labelled)
    if per:
        return card
    named = []
    for code in standing.ordered():
        figure = standing.figures[code][0]
        number = wording.escaped(wording.figure_number(figure, edition.language))
        named.append([edition.region_name(code), edition.figure_card(figure), number])
    held = ", ".join([name, "{}", str(standing.year)])
    return card | {"ranked": {"label": edition.words("card_ranked"), "title": held, "cards": named}}


def portion_card(edition: Edition, portion: Portion) -> dict:
    """The card of a region's share in a region that contains it."""
    part, whole, name = portion.part, portion.whole, edition.region_name(portion.whole.region)
    labelled = [
        ("value", wording.escaped(portion_text(edition, portion))),
        (
            "interval",
            wording.escaped(wording.interval_text(portion.value, "percent", PORTION_DIGITS, edition.language)),
        ),
        ("values", f"{edition.figure_link(part)} ÷ {edition.figure_link(whole)} × 100"),
    ]
    shown = edition.words("portion_title", series=edition.series_name(part.series), place=name)
    return _card(edition, portion.id, shown, (part.reference_year,), labelled)


def history_name(edition: Edition, change: Change) -> str:
    """The name of the series or the indicator that changed."""
    if isinstance(change.earlier.origin, Figure):
        return edition.series_name(change.history.name)
    return indicator_named(change.history.name, edition.data).text("name", edition.language)


def told_name(edition: Edition, series: str) -> str:
    """The name of a series for a sentence on its change: money of the economy is at current prices."""
    name, known = edition.series_name(series), edition.series(series)
    current = known.aspect == "context" and known.unit == "CNY"
    return wording.escaped(edition.words("current_prices", name=name) if current else name)


def point_link(edition: Edition, point: Point) -> str:
    """The number of a point as a link to its card."""
    if isinstance(point.origin, Figure):
        return edition.figure_link(point.origin, counted=point.origin.unit == "CNY")
    return edition.value_link(point.origin)


def sized_change(edition: Edition, change: Change, *, yearly: bool = False) -> str:
    """The size of a rise or fall, or of that a year, for after "rose by": a link with its interval; or empty."""
    if change.size is None:
        return ""
    size = without_sign(change.yearly if yearly else change.size)
    return change_link(edition, size, change.id, points=change.in_points).replace(PLUS, "")


def change_link(edition: Edition, value: Rounded, card: str, *, points: bool = False) -> str:
    """A change as a link to a card, with what rounding leaves open of it."""
    text = wording.linked(change_text(value, edition.language, points=points), card)
    interval = change_interval(value, edition.language, points=points)
    return edition.words("interval", value=text, interval=interval) if interval else text


def break_kinds(edition: Edition, change: Change) -> str:
    """The kinds of the breaks between the two years of a change, each once."""
    return edition.listed(list(dict.fromkeys(edition.words(f"break_{each.kind}") for each in change.breaks)))


def rate_text(edition: Edition, standing: Standing, code: str) -> str:
    """A region's number in a standing as printed, without a link."""
    value = standing.values.get(code) or standing.references[code]
    if not standing.denominator:
        return wording.figure_number(standing.figures[code][0], edition.language)
    return wording.value_text(value, "number", RATE_DIGITS, edition.language)


def portion_text(edition: Edition, portion: Portion) -> str:
    """A share in a larger region as printed, without a link."""
    return wording.value_text(portion.value, "percent", PORTION_DIGITS, edition.language)


def reservations(edition: Edition, standing: Standing) -> list[str]:
    """The series in a standing that the codebook lets be compared with a mark only."""
    names = [standing.series.series, *([standing.denominator] if standing.denominator else [])]
    return [name for name in names if edition.series(name).comparability == "marked"]


def opened(edition: Edition, value: Rounded, *, points: bool = False) -> str:
    """What rounding leaves open of a change: two ends, one, or nothing."""
    if interval := change_interval(value, edition.language, points=points):
        return interval
    if value.lower is None or value.upper is None:
        return edition.words("no_upper" if value.upper is None else "no_lower")
    return edition.words("exact_counts" if value.exact else "change_settled")


def _compared(edition: Edition, standing: Standing, code: str) -> str:
    """One region's number in a standing; what a rate divides stands on the cards of the two series, by region."""
    figures = standing.figures[code]
    if not standing.denominator:
        return edition.figure_link(figures[0], counted=False)
    divided = " ÷ ".join(wording.figure_number(figure, edition.language) for figure in figures)
    return wording.escaped(f"{rate_text(edition, standing, code)} ({divided})")


def _with_interval(edition: Edition, value: Rounded) -> str:
    text, interval = change_text(value, edition.language), change_interval(value, edition.language)
    return edition.words("interval", value=text, interval=interval) if interval else text


def _card(edition: Edition, card: str, name: str, years: tuple[int, ...], labelled) -> dict:
    return {
        "id": card,
        "title": title(edition, name, edition.region_code, *years),
        "of": name,
        "rows": labelled_rows(edition, labelled),
        "sources": [],
        "command": command(card, edition.region_code, edition.reference_year),
    }
