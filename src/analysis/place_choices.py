"""Which figures an exercise on comparing places is about: rules that find the other places in the data.

The others are the region's peers, as in the report (``standings``): of the same level and group. A series that the
codebook refuses to set beside that of another place is never taken. Rules are explained in ``figure_choices``, which
holds all of them. Standard library only.
"""

from collections.abc import Callable, Iterator

from analysis.codebook import codebook
from analysis.figures import Figure, Figures
from analysis.standings import ancestors, peer_group
from analysis.year_choices import outright, present

OTHERS = 4
"""How many peers a ranking sets beside the region."""
LARGEST_PORTION = 2
"""A portion is taken where the whole is at least so many times the part, so that no world makes it the larger."""


def peer_figures(figures: Figures, own: Figure) -> list[Figure]:
    """The outright figures of the peers for the same series and year, by region; empty where none may stand beside."""
    if codebook(figures.data)[own.series].comparability == "refused":
        return []
    group = [code for code in peer_group(own.region, figures) if code != own.region]
    found = [figures.chosen(code, own.reference_year, own.series) for code in group]
    return [each for each in found if outright(each)]


def _ranked(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A count of the region and the same of four peers, of all sizes, each known to the unit."""
    for own in present(figures, region, year):
        peers = [each for each in peer_figures(figures, own) if each.rounded.exact]
        distinct = list({each.rounded.printed: each for each in peers}.values())
        if own.rounded.exact and len(distinct) >= OTHERS:
            distinct.sort(key=lambda each: (-each.rounded.printed, each.region))
            steps = [round(at * (len(distinct) - 1) / (OTHERS - 1)) for at in range(OTHERS)]
            others = sorted((distinct[at] for at in steps), key=lambda each: each.region)
            yield dict(zip(("own", "a", "b", "c", "d"), (own, *others), strict=True))


def _beside(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A number of the region and the same of one peer."""
    for own in present(figures, region, year):
        yield from ({"own": own, "other": each} for each in peer_figures(figures, own))


def _beside_open(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """Such a pair of which rounding leaves one open at least, as near to each other as there are."""
    found = [each for each in _beside(figures, region, year) if not all(one.rounded.exact for one in each.values())]
    yield from sorted(found, key=lambda each: (_apart(each["own"], each["other"]), each["other"].region))


def _apart(one: Figure, other: Figure) -> float:
    """How far two numbers lie apart, in powers of ten from 0 on; to one digit, so that worlds differ little."""
    larger, smaller = sorted((one.rounded.printed, other.rounded.printed), reverse=True)
    return float(round(larger / smaller, 1))


def _rates_beside(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A count and the residents, of the region and of one peer."""
    own_people = figures.chosen(region, year, "population_resident")
    if own_people is None or own_people.qualifier != "exact":
        return
    people = {each.region: each for each in peer_figures(figures, own_people)}
    for own in present(figures, region, year):
        if own.unit != "count":
            continue
        for other in peer_figures(figures, own):
            if other.region in people:
                yield {
                    "own": own, "own_people": own_people, "other": other, "other_people": people[other.region],
                }  # fmt: skip


def _portion(figures: Figures, region: str, year: int) -> Iterator[dict[str, Figure]]:
    """A count of the region and the same of a region that contains it, where one adds up to the other."""
    for own in present(figures, region, year):
        if codebook(figures.data)[own.series].comparability != "direct":
            continue
        for code in ancestors(region, figures):
            whole = figures.chosen(code, year, own.series)
            if whole and whole.qualifier == "exact" and whole.rounded.printed > LARGEST_PORTION * own.rounded.printed:
                yield {"own": own, "whole": whole}


PLACE_RULES: dict[str, Callable[[Figures, str, int], Iterator[dict[str, Figure]]]] = {
    "ranked": _ranked,
    "beside": _beside,
    "beside_open": _beside_open,
    "rates_beside": _rates_beside,
    "portion": _portion,
}
