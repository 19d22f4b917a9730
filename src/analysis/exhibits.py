"""The tables of the chapters, for any region and reference year; None where there is nothing to show."""

import pandas as pd

from analysis import wording
from analysis.codebook import ASPECTS
from analysis.edition import Edition
from analysis.figures import Figure
from analysis.indicators import Result
from analysis.sources import RELIABILITIES, Source
from analysis.statements import policies
from analysis.tables import Table


def indicator_table(edition: Edition, aspect: str) -> Table | None:
    """The computed indicators of an aspect, except the implied levels of the year before."""
    results = [result for result in computed(edition, aspect) if result.indicator.kind != "previous"]
    if not results:
        return None
    rows = [
        [
            wording.escaped(result.indicator.text("name", edition.language)),
            edition.value_link(result),
            _interval(edition, result),
            wording.escaped(result.indicator.text("unit", edition.language)),
        ]
        for result in results
    ]
    columns = ("indicator", "value", "interval", "unit")
    return table_of(
        edition, f"{aspect}-indicators", "table_indicators", columns, rows, ("value",), "note_interval", aspect
    )


def figure_table(edition: Edition, aspect: str) -> Table | None:
    """The published figures of an aspect with the publication that each was taken from."""
    found = [figure for series, figure in edition.published.items() if edition.series(series).aspect == aspect]
    rows = [
        [
            wording.escaped(edition.series_name(figure.series)),
            edition.figure_link(figure),
            edition.words(figure.kind),
            wording.escaped(publication(edition, figure)),
        ]
        for figure in found
    ]
    columns = ("series", "figure", "kind", "source")
    return table_of(edition, f"{aspect}-figures", "table_figures", columns, rows, ("figure",), "note_figures", aspect)


def previous_table(edition: Edition) -> Table | None:
    """Growth rates as published, and the level of the year before that each implies."""
    results = [result for result in computed(edition) if result.indicator.kind == "previous"]
    rows = []
    for result in results:
        level, growth = (result.figures[series] for series in result.indicator.inputs)
        interval = edition.interval(result)
        value = edition.value_link(result)
        rows.append(
            [
                wording.escaped(edition.series_name(level.series)),
                edition.figure_link(level, counted=False),
                edition.figure_link(growth),
                edition.words("interval", value=value, interval=interval) if interval else value,
            ]
        )
    columns = ("series", "figure", "growth", "previous")
    numeric = ("figure", "growth", "previous")
    return table_of(edition, "previous", "table_previous", columns, rows, numeric, "note_interval")


def policy_table(edition: Edition) -> Table | None:
    """The plans, rules and institutions recorded for the region and year."""
    found = [each for each in policies(edition.data) if _here(edition, each)]
    rows = [
        [
            wording.escaped(policy.text("name", edition.language)),
            edition.words(f"policy_{policy.kind}"),
            wording.escaped(policy.text("detail", edition.language)),
            wording.escaped(edition.quoted(policy.phrase)),
        ]
        for policy in found
    ]
    return table_of(edition, "policies", "table_policies", ("policy", "policy_kind", "detail", "phrase"), rows)


def source_table(edition: Edition) -> Table | None:
    """The publications that the chosen figures come from, most used first."""
    used = [edition.source(figure) for figure in edition.published.values()]
    order = sorted(set(used), key=lambda s: (-used.count(s), RELIABILITIES.index(s.reliability), s.source))
    rows = [
        [
            wording.escaped(edition.quoted(source.publisher)),
            _title(edition, source),
            source.published_on or edition.words("undated"),
            edition.words(source.reliability),
            str(used.count(source)),
        ]
        for source in order
    ]
    columns = ("publisher", "title", "date", "reliability", "count")
    return table_of(edition, "sources", "table_sources", columns, rows, ("count",))


def computed(edition: Edition, aspect: str | None = None) -> list[Result]:
    """The indicators (of an aspect) that have a value."""
    assert aspect in (None, *ASPECTS)
    return [r for r in edition.results.values() if r.value is not None and aspect in (None, r.indicator.aspect)]


def table_of(edition, name, caption, columns, rows, numeric=(), note="", aspect="") -> Table | None:
    """A table of rows of inline Markdown under headings from ``words/``; None if there is no row."""
    if not rows:
        return None
    heads = {column: edition.words(f"column_{column}") for column in columns}
    aspect_name = edition.words(aspect) if aspect else ""
    return Table(
        name,
        wording.escaped(edition.words(caption, aspect=aspect_name)),
        pd.DataFrame(rows, columns=list(heads.values())),
        tuple(heads[column] for column in numeric),
        edition.words(note) if note else "",
    )


def _interval(edition: Edition, result: Result) -> str:
    if interval := edition.interval(result):
        return interval
    if result.value.exact:
        return edition.words("exact_counts")
    return edition.words("no_upper" if result.value.upper is None else "no_lower")


def figure_words(edition: Edition, figure: Figure) -> str:
    """A published figure with the thing counted, without a link."""
    return wording.figure_text(figure, edition.series(figure.series), edition.language)


def publication(edition: Edition, figure: Figure) -> str:
    """The publisher and the date of the publication that a figure was taken from."""
    return edition.published_in(edition.source(figure))


def _title(edition: Edition, source: Source) -> str:
    title = wording.escaped(edition.quoted(source.title))
    return f"[{title}](<{source.url}>)" if source.url.startswith(("http://", "https://")) else title


def _here(edition: Edition, statement) -> bool:
    return (statement.region, statement.reference_year) == (edition.region_code, edition.reference_year)
