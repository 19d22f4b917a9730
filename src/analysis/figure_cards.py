"""The card of a published figure, of any region and year, and the parts that all cards are made of."""

from analysis import wording
from analysis.edition import Edition
from analysis.figures import Figure
from analysis.rounding import Rounded


def figure_card(edition: Edition, figure: Figure) -> dict:
    """The card of one published figure, with every publication that prints it."""
    series, language = edition.series(figure.series), edition.language
    rows, explained = same_figure(edition, figure), is_explained(edition, figure)
    interval = wording.figure_interval(figure, series, language)
    brief = elsewhere(edition, figure.region, figure.reference_year)
    labelled = [
        (
            "value",
            wording.escaped(wording.figure_text(figure, series, language)) + exactly(edition, figure.rounded, brief),
        ),
        ("interval", wording.escaped(interval or ("" if brief else open_end(edition, figure.rounded)))),
        ("counts", wording.escaped(series.text("definition", language)) if explained else ""),
        ("trap", wording.escaped(series.text("scope_trap", language)) if explained else ""),
        ("status", wording.escaped(status(edition, figure)) if explained or not alike(rows) else ""),
    ]
    name = series.text("name", language)
    return {
        "id": edition.figure_card(figure),
        "title": title(edition, name, figure.region, figure.reference_year),
        "of": name,
        "rows": labelled_rows(edition, labelled),
        "sources": [source_entry(edition, each) for each in rows],
        "command": command(figure.series, figure.region, figure.reference_year),
        "brief": brief,
    }


def elsewhere(edition: Edition, region: str, year: int) -> bool:
    """Whether a number is of another place or year than the report, so that its card is kept short."""
    return (region, year) != (edition.region_code, edition.reference_year)


def is_explained(edition: Edition, figure: Figure) -> bool:
    """Whether a card says what the series counts: not where the card of the report's own year says it already."""
    own = figure.region == edition.region_code
    return own and (figure.reference_year == edition.reference_year or figure.series not in edition.published)


def status(edition: Edition, figure: Figure) -> str:
    """Whether one or several publications print the figure, and whether they agree."""
    rows = same_figure(edition, figure)
    if len(rows) == 1:
        return edition.words("status_only")
    return edition.words("status_agree" if alike(rows) else "status_differ", number=len(rows))


def alike(rows: list[Figure]) -> bool:
    """Whether all publications print the same number."""
    return len({row.rounded.printed for row in rows}) == 1


def same_figure(edition: Edition, figure: Figure) -> list[Figure]:
    """All rows published for the number that a figure gives, the chosen one first."""
    return edition.figures.every(figure.region, figure.reference_year, figure.series)


def title(edition: Edition, name: str, region: str, *years: int) -> str:
    """A card's title: what, where if it is not the report's region, and when."""
    where = [] if region == edition.region_code else [edition.region_name(region)]
    return ", ".join([name, *where, *("–".join(map(str, years)),)])


def open_end(edition: Edition, value: Rounded) -> str:
    """Which end of a number is not known, if one is not."""
    if None not in (value.lower, value.upper):
        return ""
    return edition.words("no_upper" if value.upper is None else "no_lower")


def exactly(edition: Edition, value: Rounded, brief: bool) -> str:
    """A remark behind a value that rounding does not touch; on a brief card it goes without saying."""
    return edition.words("exact_remark") if value.exact and not brief else ""


def command(name: str, region: str, year: int) -> str:
    """The command that shows a card."""
    return f"ipreport show {name} --region {region} --year {year}"


def labelled_rows(edition: Edition, labelled: list[tuple[str, str]]) -> list[list[str]]:
    """The rows of a card: a label from ``words/`` and inline Markdown; empty ones are left out."""
    return [[edition.words(f"card_{label}"), text] for label, text in labelled if text]


def source_entry(edition: Edition, figure: Figure) -> dict:
    """Where one number of a card comes from."""
    source = edition.source(figure)
    # Where no address is known, the table of sources says so in brackets: that is a remark, not a link.
    web = source.url.startswith(("http://", "https://"))
    return {
        "label": title(edition, edition.series_name(figure.series), figure.region, figure.reference_year),
        "printed": wording.figure_text(figure, edition.series(figure.series), edition.language),
        "phrase": figure.phrase,
        "publication": source.source,
        "publisher": source.publisher,
        "title": source.title,
        "date": source.published_on or edition.words("undated"),
        "url": source.url if web else "",
        "reliability": edition.words(source.reliability),
        "note": "; ".join(text for text in (figure.note, "" if web else source.url) if text),
    }
