"""The point of a report in three sentences, for any region and year: what was created, what became of it, and where
that stands or how it changed.

The first sentence whose numbers are all published is told; where none is, a sentence says what was not found. Each
sentence may hold series and indicators of the report only, so that every number in it is a link to a card.
"""

from dataclasses import dataclass
from string import Formatter

from analysis import selection, wording
from analysis.comparison_cards import break_kinds, sized_change, told_name
from analysis.comparison_wording import rank_text
from analysis.edition import Edition
from analysis.histories import Change
from analysis.standings import Standing, peer_group

CREATED = (
    "lead_grants", "lead_three_kinds", "lead_grants_alone", "lead_inventions_alone", "lead_academic",
    "lead_applications", "lead_applications_alone", "lead_inventions_applied", "lead_in_force",
    "lead_inventions_in_force", "lead_high_tech", "lead_pct", "lead_inventions_per_10k", "lead_patents_in_force",
    "lead_utility_models_in_force", "lead_madrid",
)  # fmt: skip
"""What the first sentence may tell, the most telling first."""

BECAME = (
    "financing_per_firm", "financing_per_project", "lead_financing", "licences_per_1000_valid_inventions",
    "lead_courts", "solved_per_filed", "police_value_per_case", "appraisal_position", "lead_appraisal",
)  # fmt: skip
"""What the second sentence may tell of use and protection: phrases, and indicators by their own sentence."""

HELD = (
    "valid_inventions_per_10000_residents", "invention_share_of_applications", "lead_inventions_and_pct",
    "invention_share_of_valid_patents", "lead_other_kinds", "lead_other_in_force", "lead_also_inventions",
    "lead_also_pct", "lead_also_utility_models", "lead_also_madrid", "lead_also_inventions_per_10k",
    "valid_inventions_per_100_million_yuan_of_gdp", "grants_per_100_million_yuan_of_gdp",
)  # fmt: skip
"""What the second sentence tells where no use or protection is published."""

CONTEXT = ("gdp_per_resident", "lead_gdp", "lead_population")
"""What is left where nothing on patents, trademarks or copyright is published."""

BARE = "bare_"
"""Before the name of a series in a phrase: the number without the thing counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and the series and indicators that it holds; ``parts`` is empty where it says what was not found."""

    sentence: str
    parts: frozenset[str] = frozenset()


def point(edition: Edition) -> str:
    """The three sentences, each on a line of its own."""
    created = _first(edition, CREATED) or _any(edition, ("creation",)) or Told(edition.words("lead_no_creation"))
    became = _first(edition, BECAME) or _any(edition, ("value", "protection", "services"))
    if became is None and created.parts:
        became = _first(edition, HELD, created.parts) or _any(edition, ("creation",), created.parts)
    elif became is None:
        became = _first(edition, CONTEXT) or _any(edition, ("context",))
    became = became or Told(edition.words("lead_nothing_else"))
    told = [created.sentence, became.sentence, _stands(edition, created.parts | became.parts)]
    return "\n".join(wording.close_spaces(each) if edition.language == "zh" else each for each in told)


def _first(edition: Edition, names: tuple[str, ...], known: frozenset[str] = frozenset()) -> Told | None:
    """The first sentence that can be told and that holds something which is not ``known``."""
    found = (_told(edition, name) for name in names)
    return next((each for each in found if each and not each.parts <= known), None)


def _told(edition: Edition, name: str) -> Told | None:
    """The sentence of an indicator, or a phrase with its numbers put in; None if one of them is not there."""
    if not name.startswith("lead_"):
        result = edition.results.get(name)
        if result is None or result.value is None:
            return None
        return Told(edition.result_sentence(result), frozenset({name, *result.figures}))
    phrase = wording.phrase(name, edition.language)
    fields = {field for _, field, _, _ in Formatter().parse(phrase) if field} - {"region", "year"}
    numbers = {field: _number(edition, field) for field in fields}
    if None in numbers.values():
        return None
    return Told(edition.words(name, **numbers), frozenset(field.removeprefix(BARE) for field in fields))


def _number(edition: Edition, field: str) -> str | None:
    """An indicator or a figure as a link to its card."""
    if field in edition.results:
        result = edition.results[field]
        return None if result.value is None else edition.told_value(result)
    figure = edition.published.get(field.removeprefix(BARE))
    return figure and edition.figure_link(figure, counted=not field.startswith(BARE))


def _any(edition: Edition, aspects: tuple[str, ...], known: frozenset[str] = frozenset()) -> Told | None:
    """Any published series of some aspects: levels before growth rates, then in the codebook's order."""
    found = [name for name in edition.published if edition.series(name).aspect in aspects and name not in known]
    if not found:
        return None
    name = min(found, key=lambda each: edition.series(each).unit == "percent")
    figure = edition.figure_link(edition.published[name])
    return Told(
        edition.words("lead_any", name=wording.escaped(edition.series_name(name)), figure=figure), frozenset({name})
    )


def _stands(edition: Edition, parts: frozenset[str]) -> str:
    """The change and the place of one series: one with both, of the sentences before, since a late year, if any is."""
    changes = {change.history.name: change for change in selection.steps(edition)}
    places = {each.series.series: each for each in selection.placed(edition) if each.year == edition.reference_year}
    names = [name for name in edition.published if name in changes.keys() | places.keys()]
    relevant = [name for name in names if edition.series(name).aspect != "context"] or names

    def telling(name: str) -> tuple:
        change, place = changes.get(name), places.get(name)
        settled = change is not None and change.verdict not in (None, "open")
        gap = change.later.year - change.earlier.year if settled else 0
        return -(settled + (place is not None)), not settled, name not in parts, gap

    if not relevant:
        alone = len(peer_group(edition.region_code, edition.figures)) == 1
        return edition.words("lead_no_comparison_alone" if alone else "lead_no_comparison")
    name = min(relevant, key=telling)
    return _comparison(edition, name, changes.get(name), places.get(name))


def _comparison(edition: Edition, series: str, change: Change | None, place: Standing | None) -> str:
    named = {"name": told_name(edition, series)}
    if place:
        group = edition.words(f"lead_group_{edition.region.group or edition.region.level}")
        named |= {"rank": wording.linked(rank_text(place.rank, edition.language), place.id), "group": group}
    if change is None:
        return edition.words("lead_place", **named)
    sentence = _movement(edition, change, named["name"])
    if place:
        return edition.words("lead_and_place", sentence=sentence, **named)
    return edition.words("lead_sentence", sentence=sentence)


def _movement(edition: Edition, change: Change, name: str) -> str:
    """What became of a series since the figure before, without a full stop."""
    of = change.earlier.year
    if change.verdict is None:
        return edition.words("lead_broken", name=name, of=of, kinds=break_kinds(edition, change))
    if change.verdict in ("rose", "fell") and (size := sized_change(edition, change)):
        return edition.words(f"lead_{change.verdict}_by", name=name, of=of, size=size)
    return edition.words(f"lead_{change.verdict}", name=name, of=of)
