"""In which order and form the number cards are printed: in full, or as rows of a table where there are many alike.

A section is a plain dictionary that `sections` sets. It has a title, a form ("full" or "table"), and groups: the title
of each, and its cards by id with the words of their first cell. lettered: the labels of rows that are so few and long
that letters stand for them. Full cards are listed in the index of cards or not. A table has besides the labels of its
columns, those of numbers among them, the head of its first column, and a legend.
"""

from collections.abc import Iterable

from analysis import selection
from analysis.codebook import codebook
from analysis.edition import Edition
from analysis.figures import Figure

Group = tuple[str, list[list[str]]]  # a title; the id of each card and the words of its first cell


def appendix(edition: Edition, cards: list[dict]) -> list[dict]:
    """The sections of the appendix for the `cards` of an edition; sections without a card are left out."""
    ids = [card["id"] for card in cards]
    computed = [edition.result_card(each) for each in edition.results.values() if each.value is not None]
    published = [edition.figure_card(each) for each in edition.published.values()]
    elsewhere = selection.figures_shown(edition)
    sections = [
        _full(edition, "paper_indicators", computed),
        _full(edition, "paper_figures", published),
        _full(edition, "paper_places", [name for name in ids if name.startswith("rank-")],
              lettered="trap", listed=False),
        _table(edition, "paper_changes", _by_name(cards, "growth-", "contribution-"), "paper_years",
               ("value", "interval", "verdict", "values", "yearly")),
        _table(edition, "paper_portions", _by_name(cards, "portion-"), "paper_year",
               ("value", "interval", "values")),
        _table(edition, "paper_indicators_elsewhere", _indicators_elsewhere(edition), "paper_year",
               ("value", "interval", "values"), numbers=()),
        _table(edition, "paper_figures_elsewhere", _figures_elsewhere(edition, elsewhere), "paper_place_year",
               ("value", "interval"), lettered=("status",), legend=[_codes(edition, elsewhere)]),
    ]  # fmt: skip
    return [section for section in sections if any(group["cards"] for group in section["groups"])]


def _full(edition: Edition, title: str, ids: list[str], *, lettered: str = "", listed: bool = True) -> dict:
    return {
        "title": edition.words(title),
        "form": "full",
        "lettered": [edition.words(f"card_{lettered}")] if lettered else [],
        "listed": listed,
        "groups": [{"title": "", "cards": [[name, ""] for name in ids]}],
    }


def _table(edition: Edition, title: str, groups: Iterable[Group], first: str, columns: tuple[str, ...], **more) -> dict:
    return {
        "title": edition.words(title),
        "form": "table",
        "lettered": [edition.words(f"card_{label}") for label in more.get("lettered", ())],
        "first": edition.words(first),
        "columns": [edition.words(f"card_{label}") for label in columns],
        "numbers": [edition.words(f"card_{label}") for label in more.get("numbers", ("value",))],
        "legend": more.get("legend", []),
        "groups": [{"title": name, "cards": members} for name, members in groups],
    }


def _by_name(cards: list[dict], *prefixes: str) -> Iterable[Group]:
    """Cards under what they are of, with the years that their titles add to it."""
    found: dict[str, list[list[str]]] = {}
    for card in cards:
        if card["id"].startswith(prefixes):
            years = card["title"].removeprefix(card["of"]).removeprefix(", ")
            found.setdefault(card["of"], []).append([card["id"], years])
    return found.items()


def _indicators_elsewhere(edition: Edition) -> Iterable[Group]:
    found: dict[str, list[list[str]]] = {}
    for result in selection.results_shown(edition):
        name = result.indicator.text("name", edition.language)
        found.setdefault(name, []).append([edition.result_card(result), str(result.reference_year)])
    return ((name, sorted(members, key=lambda member: member[1])) for name, members in found.items())


def _figures_elsewhere(edition: Edition, figures: list[Figure]) -> Iterable[Group]:
    found: dict[str, list[list[str]]] = {}
    for figure in figures:
        place = edition.words("paper_place", place=edition.region_name(figure.region), when=figure.reference_year)
        found.setdefault(figure.series, []).append([edition.figure_card(figure), place])
    return ((edition.series_name(series), found[series]) for series in codebook(edition.data) if series in found)


def _codes(edition: Edition, figures: list[Figure]) -> list[str]:
    """The codes that the commands of these figures ask for."""
    codes = dict.fromkeys(figure.region for figure in figures)
    return [edition.words("paper_codes"), edition.listed([f"{edition.region_name(code)} {code}" for code in codes])]
