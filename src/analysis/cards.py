"""Number cards: for every number, how it was made, how far rounding leaves it open, and the words it came from.

A card is a plain dictionary (id, title, rows of label and inline Markdown, sources) that the templates render; see
``render``. An author who writes an indicator or a figure into a chapter gets its card for nothing.
"""

from analysis import wording
from analysis.codebook import codebook
from analysis.edition import Edition
from analysis.errors import NotComputable, UnknownName, did_you_mean
from analysis.figures import Figure
from analysis.indicators import Indicator, Result


def cards(edition: Edition) -> list[dict]:
    """The cards of every computed indicator and of every published figure of an edition, in that order."""
    computed = [result for result in edition.results.values() if result.value is not None]
    return [indicator_card(edition, result) for result in computed] + [
        figure_card(edition, figure) for figure in edition.published.values()
    ]


def card_named(edition: Edition, name: str) -> dict:
    """The card of an indicator or a series of an edition.

    Raises UnknownName if there is no such name, NotComputable if it has no value or figure here, saying why.
    """
    if name in edition.results:
        result = edition.results[name]
        if result.value is None:
            raise NotComputable(edition.sentence(result))
        return indicator_card(edition, result)
    if name in edition.published:
        return figure_card(edition, edition.published[name])
    known = [*edition.results, *codebook(edition.data)]
    if name not in known:
        raise UnknownName(f"no indicator or series {name!r}.{did_you_mean(name, known)}")
    raise NotComputable(edition.words("no_figure", series=edition.series_name(name)))


def indicator_card(edition: Edition, result: Result) -> dict:
    """The card of one computed indicator."""
    indicator, language = result.indicator, edition.language
    labelled = [
        ("value", wording.escaped(edition.value(result)) + " — " + wording.escaped(indicator.text("unit", language))),
        ("interval", wording.escaped(_openness(edition, result))),
        ("definition", wording.escaped(indicator.text("definition", language))),
        ("formula", wording.escaped(formula(edition, indicator))),
        ("values", _with_values(edition, result)),
        ("caveat", wording.escaped(indicator.text("caveat", language))),
        ("compare", wording.escaped(indicator.text("compare", language))),
        ("recompute", f"`{_command(edition, indicator.id)}`"),
    ]
    return {
        "id": f"indicator-{indicator.id}",
        "title": indicator.text("name", language),
        "rows": _rows(edition, labelled),
        "sources": [_source(edition, result.figures[series]) for series in indicator.inputs],
    }


def figure_card(edition: Edition, figure: Figure) -> dict:
    """The card of one published figure, with every publication that prints it."""
    series, language = edition.series(figure.series), edition.language
    value = figure.rounded
    interval = wording.figure_interval(figure, series, language) or _one_sided(edition, value)
    labelled = [
        ("value", wording.escaped(wording.figure_text(figure, series, language))),
        ("interval", wording.escaped(interval)),
        ("counts", wording.escaped(series.text("definition", language))),
        ("trap", wording.escaped(series.text("scope_trap", language))),
        ("status", wording.escaped(status(edition, figure))),
        ("recompute", f"`{_command(edition, figure.series)}`"),
    ]
    return {
        "id": f"figure-{figure.series}",
        "title": f"{series.text('name', language)}, {edition.reference_year}",
        "rows": _rows(edition, labelled),
        "sources": [_source(edition, each) for each in edition.every(figure.series)],
    }


def formula(edition: Edition, indicator: Indicator) -> str:
    """The formula in words: ``Invention patents granted ÷ Patents granted × 100``."""
    names = {series: edition.series_name(series) for series in indicator.inputs}
    return _formula(indicator, names)


def status(edition: Edition, figure: Figure) -> str:
    """Whether one or several publications print the figure, and whether they agree."""
    rows = edition.every(figure.series)
    if len(rows) == 1:
        return edition.words("status_only")
    agree = len({row.rounded.printed for row in rows}) == 1
    return edition.words("status_agree" if agree else "status_differ", number=len(rows))


def _with_values(edition: Edition, result: Result) -> str:
    links = {series: edition.figure_link(figure) for series, figure in result.figures.items()}
    return f"{_formula(result.indicator, links)} = {wording.escaped(edition.value(result))}"


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


def _openness(edition: Edition, result: Result) -> str:
    return edition.interval(result) or _one_sided(edition, result.value)


def _one_sided(edition: Edition, value) -> str:
    if value.exact:
        return edition.words("exact_counts")
    return edition.words("no_upper" if value.upper is None else "no_lower")


def _command(edition: Edition, name: str) -> str:
    return f"ipreport show {name} --region {edition.region_code} --year {edition.reference_year}"


def _rows(edition: Edition, labelled: list[tuple[str, str]]) -> list[list[str]]:
    return [[edition.words(f"card_{label}"), text] for label, text in labelled if text]


def _source(edition: Edition, figure: Figure) -> dict:
    source = edition.source(figure)
    return {
        "label": f"{edition.series_name(figure.series)}, {figure.reference_year}",
        "printed": wording.figure_text(figure, edition.series(figure.series), edition.language),
        "phrase": figure.phrase,
        "publisher": source.publisher,
        "title": source.title,
        "date": source.published_on or edition.words("undated"),
        "url": source.url,
        "reliability": edition.words(source.reliability),
        "note": figure.note,
    }
