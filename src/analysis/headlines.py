"""Headline numbers: four to six, each with what rounding leaves open of it and its change since the last edition.

The last edition is the latest earlier reference year in which the same region has the same number.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from analysis import selection, wording
from analysis.codebook import codebook
from analysis.comparison_cards import break_kinds, change_link, point_link, sized_change
from analysis.edition import Edition
from analysis.errors import UnknownName, did_you_mean
from analysis.exhibits import computed
from analysis.histories import Change
from analysis.rounding import Rounded
from analysis.tables import plain_text

HEADLINES_MIME = "application/vnd.ipreport.headlines+json"
FEWEST, MOST = 4, 6
ASPECTS = ("creation", "protection", "value", "services")
"""What fills the places that the named numbers leave, in this order; the rest only up to the fewest."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline number; all but ``id`` and ``way`` are inline Markdown.

    ``id`` is an indicator or a series; ``unit`` is empty where the value says it; ``way`` is the verdict on the change
    (rose, fell, unchanged, open, broken), or empty without an earlier number; ``line`` is all of it to be read aloud.
    """

    id: str
    name: str
    value: str
    unit: str
    interval: str
    change: str
    way: str
    line: str


@dataclass(frozen=True)
class Headlines:
    """The headline numbers as shown: a label for those who hear them, the tiles, and a note in inline Markdown."""

    id: str
    label: str
    tiles: tuple[Tile, ...]
    note: str

    def as_json(self) -> dict:
        """What the templates and ``shown`` read."""
        return {"id": self.id, "label": self.label, "tiles": [asdict(tile) for tile in self.tiles], "note": self.note}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        markdown = "\n".join([*(f"- {tile.line}" for tile in self.tiles), "", self.note])
        return {"text/plain": plain_text(markdown), "text/markdown": markdown, HEADLINES_MIME: self.as_json()}


def headline_numbers(edition: Edition, names: Sequence[str | tuple[str, ...]]) -> Headlines:
    """The numbers named, as far as they are known, and others where those are few.

    A name is an indicator or a series; of a tuple of names, which answer the same question, the first that has a value
    is taken. Raises UnknownName.
    """
    groups = [(name,) if isinstance(name, str) else name for name in names]
    known = {*edition.results, *codebook(edition.data)}
    for name in (name for group in groups for name in group):
        if name not in known:
            raise UnknownName(f"no indicator or series {name!r}.{did_you_mean(name, known)}")
    changes = {change.history.name: change for change in selection.headline_steps(edition)}
    tiles = tuple(_tile(edition, name, changes.get(name)) for name in _chosen(edition, groups))
    return Headlines("headlines", edition.words("headlines_label"), tiles, edition.words("headlines_note"))


def _chosen(edition: Edition, groups: list[tuple[str, ...]]) -> list[str]:
    """The first number of each group, then other indicators up to the most, then anything up to the fewest."""
    results = [each.indicator for each in computed(edition)]
    there = {*(each.id for each in results), *edition.published}
    named = [next((name for name in group if name in there), "") for group in groups]
    others = [each.id for each in results if each.kind != "previous"]
    fitting = [name for name in others if _place(edition, name) < len(ASPECTS)]
    fitting = [name for name in fitting if not any(name in group for group in groups)]
    found = [name for name in dict.fromkeys([*named, *_sorted(edition, fitting)]) if name][:MOST]
    rest = [name for name in _sorted(edition, [*edition.published, *others]) if name not in found]
    return found + rest[: max(0, FEWEST - len(found))]


def _sorted(edition: Edition, names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: _place(edition, name))


def _place(edition: Edition, name: str) -> int:
    """The place of a number's aspect among ``ASPECTS``; growth rates and what is of no such aspect come last."""
    if name in edition.results:
        aspect = edition.results[name].indicator.aspect
    else:
        aspect = "" if edition.series(name).growth_of else edition.series(name).aspect
    return ASPECTS.index(aspect) if aspect in ASPECTS else len(ASPECTS)


def _tile(edition: Edition, name: str, change: Change | None) -> Tile:
    title, value, unit, interval = (_of_result if name in edition.results else _of_figure)(edition, name)
    told = {"name": wording.escaped(title), "interval": interval, "change": _change(edition, change)}
    gap = "" if not unit or re.search(r"[万亿]\]", value) else " "
    line = edition.words("headlines_line", number=f"{value}{gap}{unit}", **told)
    way = "" if change is None else change.verdict or "broken"
    return Tile(id=name, value=value, unit=unit, way=way, line=line, **told)


def _of_result(edition: Edition, name: str) -> tuple[str, str, str, str]:
    """Name, value, unit and interval of an indicator."""
    result = edition.results[name]
    indicator, number = result.indicator, edition.value(result)
    unit = "" if indicator.unit == "percent" else indicator.text("unit", edition.language)
    if indicator.unit == "CNY":  # its unit says yuan: no need to say it twice
        number = number.removesuffix("元").removesuffix("yuan").rstrip()
    interval = _interval(edition, result.value, edition.interval(result), "inputs")
    value = wording.linked(number, edition.result_card(result))
    return indicator.text("name", edition.language), value, wording.escaped(unit), interval


def _of_figure(edition: Edition, name: str) -> tuple[str, str, str, str]:
    """Name, value, unit and interval of a published figure."""
    figure, series = edition.published[name], edition.series(name)
    number = wording.figure_number(figure, edition.language)
    whole = wording.figure_text(figure, series, edition.language)
    unit = whole.removeprefix(number).strip()
    if unit == whole:  # the number stands inside, as in "rank 1"
        number, unit = whole, ""
    ends = wording.figure_interval(figure, series, edition.language)
    interval = _interval(edition, figure.rounded, ends, "print")
    value = wording.linked(number, edition.figure_card(figure))
    return edition.series_name(name), value, wording.escaped(unit), interval


def _interval(edition: Edition, value: Rounded, ends: str, exact: str) -> str:
    """What rounding leaves open, in words."""
    if ends:
        return edition.words("headlines_rounding", interval=wording.escaped(ends))
    return edition.words(f"headlines_{value.bound}" if value.bound else f"headlines_exact_{exact}")


def _change(edition: Edition, change: Change | None) -> str:
    """What became of the number since the last edition."""
    if change is None:
        return edition.words("headlines_first")
    ranked = change.history.unit == "rank"
    earlier = edition.figure_link(change.earlier.origin) if ranked else point_link(edition, change.earlier)
    before = {"earlier": earlier, "of": change.earlier.year}
    size = _size(edition, change)
    key = f"headlines_{change.verdict or 'broken'}" + ("_by" if size else "")
    told = edition.words(key, size=size, kinds=break_kinds(edition, change), **before)
    return wording.close_spaces(told) if edition.language == "zh" else told


def _size(edition: Edition, change: Change) -> str:
    """By how much it changed, or where rounding leaves the direction open what it leaves; empty where neither is so."""
    if change.verdict in ("rose", "fell"):
        return sized_change(edition, change)
    size = change.size
    if change.verdict != "open" or size is None or size.lower is None is size.upper:
        return ""
    return change_link(edition, size, change.id, points=change.in_points)
