"""Whether the numbers of a text are those that their cards stand for, with year, interval, name, unit and direction.

What a card stands for comes from the data (``known_numbers``), its names and units from the definitions. Nothing is
asked of the modules that put numbers into sentences and tables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.codebook import codebook
from analysis.edition import Edition
from analysis.facts import plain
from analysis.known_numbers import Known, compared, recorded
from analysis.page_numbers import Shown
from analysis.printed_numbers import printed, printed_span
from analysis.reads import remembered
from analysis.report_records import write_figures, write_indicators
from analysis.shown import ways

_LINK = re.compile(r"\[(?P<text>(?:\\.|[^\]\\])*)\]\(#(?P<card>[\w-]+)\)")
_BRACKET = re.compile(r"\s?[(（]([^()（）]*)[)）]")
_COMPARED = ("growth-", "rank-", "portion-", "contribution-")
_ELSEWHERE = re.compile(r"(?:-(?P<region>\d{6}))?(?:-(?P<year>\d{4}))?$")
_YEAR_BEFORE = re.compile(r"(?<!\d)([12]\d{3})(?:: ?| 年 ?)$")
_YEAR_BEHIND = re.compile(r"^(?: ?[(（]| in | of )([12]\d{3})(?!\d)")
_A_YEAR = re.compile(r"[12]\d{3}")
_INTERVAL_OF_A_TILE = re.compile(r"[^:：]*[:：] ?(.*)")
UPWARD, DOWNWARD = "rose", "fell"


@dataclass(frozen=True)
class Linked:
    """A number as a text shows it: see ``Shown``; and what stands right before and behind it."""

    shown: Shown
    before: str
    behind: str

    @property
    def card(self) -> str:
        """The card that it leads to."""
        return self.shown.of


@remembered(4)
def known_of(edition: Edition) -> dict[str, list[Known]]:
    """What each number card of an edition stands for."""
    with TemporaryDirectory() as folder:
        write_indicators(edition, Path(folder) / "indicators.csv")
        write_figures(edition, Path(folder) / "figures.csv")
        return recorded(Path(folder), edition.region_code, edition.reference_year) | compared(edition)


def linked(text: str) -> list[Linked]:
    """The numbers of a text that lead to a card, with the interval in the brackets behind them."""
    found = []
    for link in _LINK.finditer(text):
        behind = text[link.end() :]
        bracket = _BRACKET.match(behind)
        span = printed_span(plain(bracket[1])) if bracket else None
        told = plain(link["text"])
        shown = Shown(link["card"], f"{told} ({plain(bracket[1])})" if span else told, printed(told), span)
        found.append(Linked(shown, text[max(0, link.start() - 12) : link.start()], behind[:40]))
    return found


def text_problems(edition: Edition, text: str, *, told: tuple[str, ...] = ()) -> Iterator[str]:
    """What is wrong with the numbers of one line or cell.

    ``told`` are the kinds (indicator, growth) whose numbers have what rounding leaves open right behind them.
    """
    known = known_of(edition)
    for each in linked(text):
        if not (each.card.startswith(_COMPARED) or _named(edition, each.card)):
            continue
        if each.card not in known:
            yield f"{each.shown.text} leads to {each.card}, which has no number here"
        elif each.shown.number is None:
            yield f"{each.shown.text or 'an empty link'} leads to {each.card}, but is no number"
        elif not any(one.allows(each.shown) for one in known[each.card]):
            yield f"{each.shown.text} is not what the data give for {each.card}"
        elif _kind(edition, each.card) in told and each.shown.span is None and _open(each, known):
            yield f"{each.shown.text} is told without what rounding leaves open of it"
        yield from _year_problems(edition, each)
        yield from _direction_problems(edition, each, known, text)


def _kind(edition: Edition, card: str) -> str:
    """``indicator`` for one of the report's own year, ``growth``, or nothing."""
    return "indicator" if card in edition.results else "growth" if card.startswith("growth-") else ""


def _named(edition: Edition, card: str) -> str:
    """The series or indicator that a card is of, of whichever year and region; empty for any other card."""
    name = card[: _ELSEWHERE.search(card).start()]
    return name if name in edition.results or name in codebook(edition.data) else ""


def _open(each: Linked, known: dict[str, list[Known]]) -> bool:
    """Whether rounding can touch the digits shown: the ends, to the last place printed, are not alike."""
    fit = [one for one in known[each.card] if one.allows(each.shown)]
    return all(rounding_shows(one, each.shown.number.place) for one in fit)


def rounding_shows(known: Known, place: Fraction) -> bool:
    """Whether both ends are known and come out unlike when rounded to a place."""
    ends = (known.value.lower, known.value.upper)
    return None not in ends and len({floor(end / place + Fraction(1, 2)) for end in ends}) == 2


def _year_problems(edition: Edition, each: Linked) -> Iterator[str]:
    """A year right beside a number that its card is not of."""
    if not _named(edition, each.card):
        return
    own = _ELSEWHERE.search(each.card)["year"] or str(edition.reference_year)
    beside = _YEAR_BEFORE.search(each.before) or _YEAR_BEHIND.search(each.behind)
    if beside and beside[1] != own:
        yield f"{each.shown.text} is said to be of {beside[1]}, but {each.card} is of {own}"


def _direction_problems(edition: Edition, each: Linked, known: dict, text: str) -> Iterator[str]:
    """A rise that is told as a fall, or a fall as a rise."""
    if not each.card.startswith("growth-") or len(linked(text)) > 3:
        return
    said = set(ways(text, edition.language)) & {UPWARD, DOWNWARD}
    values = [one.value for one in known.get(each.card, ()) if not one.signless]
    rises = any(value.lower is not None and value.lower > 0 for value in values)
    falls = any(value.upper is not None and value.upper < 0 for value in values)
    if (rises and said == {DOWNWARD}) or (falls and said == {UPWARD}):
        yield f"{each.shown.text} of {each.card} is told to go the other way"


def row_problems(edition: Edition, row: list[str], *, interval: bool) -> Iterator[str]:
    """What is wrong with a row: its name, and with an ``interval`` what rounding leaves open and the unit."""
    cards = [each for cell in row[1:] for each in linked(cell)]
    own = {each.card for each in cards if _named(edition, each.card)}
    name = plain(row[0]).removesuffix(" †")
    if strangers := sorted(card for card in own if name not in names_of(edition, card)):
        yield f"the row {name} leads to {strangers[0]}, which is called otherwise"
    years = {plain(cell) for cell in row[1:] if not linked(cell) and _A_YEAR.fullmatch(plain(cell))}
    for each in cards if len(years) == 1 else ():
        of = _ELSEWHERE.search(each.card)["year"] or (str(edition.reference_year) if each.card in own else "")
        if of and of not in years:
            yield f"the row {plain(row[0])} is of {', '.join(years)}, but leads to {each.card}"
    words = " ".join(cell for cell in row[1:] if not linked(cell))
    for each in cards:
        yield from _direction_problems(edition, each, known_of(edition), words)
    if interval and len(cards) == 1 and cards[0].card in edition.results:
        yield from _indicator_row(edition, row, cards[0])


def names_of(edition: Edition, card: str) -> set[str]:
    """What a row about a card may be called: by its indicator, its series or its region."""
    name, elsewhere = _named(edition, card), _ELSEWHERE.search(card)
    if name in edition.results:
        indicator = edition.results[name].indicator
        series = [edition.series_name(each) for each in indicator.inputs]
        return {plain(each) for each in (indicator.text("name", edition.language), *series)}
    place = edition.region_name(elsewhere["region"] or edition.region_code)
    series = [name, edition.series(name).growth_of or name]
    return {plain(place), *(plain(edition.series_name(each)) for each in series)}


def _indicator_row(edition: Edition, row: list[str], each: Linked) -> Iterator[str]:
    """Interval and unit of an indicator in a table."""
    indicator = edition.results[each.card].indicator
    cells = [plain(cell) for cell in row]
    name = cells[0]
    if plain(indicator.text("unit", edition.language)) not in cells:
        yield f"{name} does not have its unit, {indicator.text('unit', edition.language)}"
    yield from interval_problems(edition, name, each.card, cells[1:])


def interval_problems(edition: Edition, name: str, card: str, cells: list[str]) -> Iterator[str]:
    """Whether one of the cells is the interval of a card, or the words for why there is none."""
    known = known_of(edition)[card][0]
    spans = [(cell, span) for cell in cells if (span := printed_span(cell))]
    lower, upper = known.value.lower, known.value.upper
    if None not in (lower, upper) and upper - lower <= 2 * known.open:
        word = edition.words("exact_counts")
    elif lower is None or upper is None:
        word = edition.words("no_upper" if upper is None else "no_lower")
    else:
        number = next((printed(cell) for cell in cells if printed(cell)), None)
        fits = [cell for cell, span in spans if number and known.allows(Shown(card, cell, number, span))]
        if not fits:
            told = ", ".join(cell for cell, _ in spans) or "nothing"
            yield f"{name} has {told} as its interval, which the data do not give"
        return
    if plain(word) not in cells or spans:
        yield f"{name} should be {word}"


def tile_problems(edition: Edition, tile: dict) -> Iterator[str]:
    """What is wrong with a headline number: its name, its card, its interval, and the line that repeats it."""
    cards = linked(tile["value"])
    if len(cards) != 1 or cards[0].card != tile["id"]:
        yield f"the headline number {tile['id']} leads to another card"
        return
    if plain(tile["name"]) not in names_of(edition, cards[0].card):
        yield f"the headline number {tile['id']} is called {plain(tile['name'])}"
    for field in ("value", "change"):
        yield from text_problems(edition, tile[field])
    known = known_of(edition).get(cards[0].card, ())
    number = cards[0].shown.number
    told = _INTERVAL_OF_A_TILE.fullmatch(plain(tile["interval"]))
    span = printed_span(told[1]) if told else None
    if span and number and not any(one.allows(Shown(cards[0].card, "", number, span)) for one in known):
        yield f"{plain(tile['name'])} has the interval {told[1]}, which the data do not give"
    if number and not span and known and all(one.open and rounding_shows(one, number.place) for one in known):
        yield f"{plain(tile['name'])} is told without what rounding leaves open of it"
    yield from _tile_way(edition, tile)


def _tile_way(edition: Edition, tile: dict) -> Iterator[str]:
    """The mark for the way that a number went, its words, and the line that repeats them."""
    change, way = tile["change"][:1].lower() + tile["change"][1:], tile["way"]
    said = set(ways(change, edition.language))
    if way and (said & {UPWARD, DOWNWARD, "unchanged"} if way == "broken" else way not in said):
        yield f"the headline number {tile['id']} is marked {way}, but says {plain(change)}"
    parts = [plain(tile[part]) for part in ("name", "value", "interval", "change")]
    if any(part not in plain(tile["line"]) for part in parts):
        yield f"the headline number {tile['id']} is read aloud otherwise than it is shown"
