"""Number cards: for every number, how it was made, how far rounding leaves it open, and the words it came from.

A card is a plain dictionary (id, title, the name that it is of, rows of label and inline Markdown, sources, the command
that shows it) that the templates render; see ``render``. An author who writes an indicator or a figure into a chapter
gets its card for nothing.
"""

from analysis import selection, wording
from analysis.codebook import codebook
from analysis.comparison_cards import comparison_cards
from analysis.edition import Edition
from analysis.errors import NotComputable, UnknownName, did_you_mean
from analysis.figure_cards import command, elsewhere, exactly, figure_card, labelled_rows, open_end, source_entry, title
from analysis.indicators import Indicator, Result

EXPLANATIONS = ("definition", "caveat", "compare")


def cards(edition: Edition) -> list[dict]:
    """The cards of an edition: its indicators, its figures, its comparisons, and what those took from elsewhere."""
    computed = [result for result in edition.results.values() if result.value is not None]
    return [
        *(indicator_card(edition, result) for result in computed),
        *(figure_card(edition, figure) for figure in edition.published.values()),
        *comparison_cards(edition),
        *(indicator_card(edition, result) for result in selection.results_shown(edition)),
        *(figure_card(edition, figure) for figure in selection.figures_shown(edition)),
    ]


def card_named(edition: Edition, name: str) -> dict:
    """The card of an indicator or a series of an edition, or any card by its own name.

    Raises UnknownName if there is no such name, NotComputable if it has no value or figure here, saying why.
    """
    if name in edition.results:
        result = edition.results[name]
        if result.value is None:
            raise NotComputable(edition.result_sentence(result))
        return indicator_card(edition, result)
    if name in edition.published:
        return figure_card(edition, edition.published[name])
    named = [*edition.results, *codebook(edition.data)]
    if name not in named:
        made = {card["id"]: card for card in cards(edition)}
        if name in made:
            return made[name]
        raise UnknownName(f"no indicator or series {name!r}.{did_you_mean(name, [*named, *made])}")
    raise NotComputable(edition.words("no_figure", series=edition.series_name(name)))


def indicator_card(edition: Edition, result: Result) -> dict:
    """The card of one computed indicator."""
    indicator, language = result.indicator, edition.language
    brief = elsewhere(edition, result.region, result.reference_year)
    explained = not brief or edition.results[indicator.id].value is None
    value = wording.escaped(edition.value(result)) + exactly(edition, result.value, brief)
    unit = wording.escaped(indicator.text("unit", language))
    texts = {name: wording.escaped(indicator.text(name, language)) if explained else "" for name in EXPLANATIONS}
    labelled = [
        ("value", f"{value} — {unit}" if explained else value),
        ("interval", wording.escaped(edition.interval(result) or ("" if brief else open_end(edition, result.value)))),
        ("definition", texts["definition"]),
        ("formula", wording.escaped(formula(edition, indicator)) if explained else ""),
        ("values", _with_values(edition, result, told=not brief)),
        ("caveat", texts["caveat"]),
        ("compare", texts["compare"]),
    ]
    inputs = () if brief else indicator.inputs
    return {
        "id": edition.result_card(result),
        "title": _titled(edition, result),
        "of": indicator.text("name", language),
        "rows": labelled_rows(edition, labelled),
        "sources": [source_entry(edition, result.figures[series]) for series in inputs],
        "command": command(indicator.id, result.region, result.reference_year),
        "brief": brief,
    }


def formula(edition: Edition, indicator: Indicator) -> str:
    """The formula in words: ``Invention patents granted ÷ Patents granted × 100``."""
    names = {series: edition.series_name(series) for series in indicator.inputs}
    return _formula(indicator, names)


def _titled(edition: Edition, result: Result) -> str:
    """The indicator's name, with the year where it is not the report's own."""
    name = result.indicator.text("name", edition.language)
    own = (result.region, result.reference_year) == (edition.region_code, edition.reference_year)
    return name if own else title(edition, name, result.region, result.reference_year)


def _with_values(edition: Edition, result: Result, *, told: bool) -> str:
    links = {series: edition.figure_link(figure) for series, figure in result.figures.items()}
    return _formula(result.indicator, links) + (f" = {wording.escaped(edition.value(result))}" if told else "")


def _formula(indicator: Indicator, names: dict[str, str]) -> str:
    terms = {role: [names[series] for series in series_ids] for role, series_ids in indicator.terms.items()}
    per = f" × {indicator.per:,}" if indicator.per != 1 else ""
    if indicator.kind == "product":
        return " × ".join(terms["factors"]) + per
    if indicator.kind == "previous":
        return f"{terms['level'][0]} ÷ (1 + {terms['growth'][0]})"
    above, below = (_sum(terms[role]) for role in ("numerator", "denominator"))
    return f"{above} ÷ {below}{per}"


def _sum(terms: list[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"
