"""City within province within nation, rules "nesting" and "region_sum".

A place cannot have more than the place that contains it, nor can several such places together; and where all the
parts of a place are published, they make it up. Series that are not passed up (customs districts, courts with a wider
district, gross domestic product by other accounts) are named in ``data/identities.toml``, with the reason.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import reduce
from operator import add

from analysis.evidence import Evidence, Finding, above, apart, finest, joined, span
from analysis.figures import Figure
from analysis.identities import RegionSum
from analysis.rounding import Rounded
from analysis.wording import figure_number, words

UNITS = ("count", "persons", "CNY")
REASONS = ("consistency_why_place", "consistency_why_scope", "consistency_why_digit")
MOST_NAMED = 4


def nesting_findings(evidence: Evidence, region: str, year: int) -> Iterator[Finding]:
    """Parts of ``region`` that exceed it, alone or together, and complete sets of parts that do not make it up."""
    children = children_of(evidence)
    partly = {series for scope in evidence.identities.scope if scope.open for series in scope.series}
    for series in _passed_up(evidence, region, year):
        whole = evidence.readings(region, year, series)
        parts = _parts(evidence, children, region, year, series)
        single = list(_greater(evidence, whole, parts))
        yield from single
        if single or not parts:
            continue
        complete = None if series in partly else _complete(evidence, region, series)
        if complete and not {figure[0].region for figure in parts} >= complete:
            complete = None
        yield from _together(evidence, whole, parts, complete is not None)
    for identity in evidence.identities.region_sum:
        if identity.parent == region and identity.whole:
            yield from _named_sum(evidence, identity, year)


def excess_findings(evidence: Evidence, region: str, year: int) -> Iterator[Finding]:
    """What ``region`` has more of than a place that contains it, as ``nesting_findings`` of that place say.

    Nothing else is asked of the data: neither its neighbours nor what contains them.
    """
    chain = [region]
    while parent := evidence.regions[chain[-1]].parent:
        chain.append(parent)
    own = set(evidence.figures.series_of(region, year))
    for place in sorted(chain[1:]):
        for series in _passed_up(evidence, place, year):
            between = chain[1 : chain.index(place)]
            if series in own and not any(evidence.readings(each, year, series) for each in between):
                whole, part = (evidence.readings(each, year, series) for each in (place, region))
                yield from _greater(evidence, whole, [part])


def _passed_up(evidence: Evidence, region: str, year: int) -> list[str]:
    """The series of a place of which its parts cannot have more."""
    scopes, quotients = evidence.identities.scope, evidence.identities.quotient
    outside = {series for scope in scopes if not scope.open for series in scope.series}
    outside |= {quotient.series for quotient in quotients}
    series = evidence.figures.series_of(region, year)
    return [each for each in series if evidence.series[each].unit in UNITS and each not in outside]


def children_of(evidence: Evidence) -> dict[str, list[str]]:
    """The regions directly inside each region."""
    children = defaultdict(list)
    for code, place in evidence.regions.items():
        if place.parent:
            children[place.parent].append(code)
    return children


def _parts(evidence: Evidence, children: dict, region: str, year: int, series: str) -> list[list[Figure]]:
    """The readings of each part; where a part has no figure, those of its own parts instead, so none counts twice."""
    found = []
    for child in children.get(region, ()):
        readings = evidence.readings(child, year, series)
        found += [readings] if readings else _parts(evidence, children, child, year, series)
    return found


def _complete(evidence: Evidence, region: str, series: str) -> set[str] | None:
    """The regions that make up ``region``, where the identities say that its children do."""
    for identity in evidence.identities.region_sum:
        if identity.parent == region and not identity.whole:
            return {code for code in children_of(evidence)[region] if code not in identity.without}
    return None


def _greater(evidence: Evidence, whole: list[Figure], parts: list[list[Figure]]) -> Iterator[Finding]:
    for part in parts:
        if verdict := evidence.judged([part, whole], lambda row: not above(row[0], row[1])):
            figures = [part[0], whole[0]]

            def statement(language: str, figures: list[Figure] = figures) -> str:
                return words(
                    "consistency_nesting",
                    language,
                    part=evidence.told(figures[0], language, region=True),
                    whole=evidence.told(figures[1], language, region=True),
                    **evidence.place(figures[0], language),
                )

            yield evidence.finding("nesting", verdict, figures, statement, REASONS)


def _named_sum(evidence: Evidence, identity: RegionSum, year: int) -> Iterator[Finding]:
    whole = evidence.readings(identity.parent, year, identity.whole)
    codes = [code for code in children_of(evidence)[identity.parent] if code not in identity.without]
    parts = [evidence.readings(code, year, identity.parts) for code in codes]
    if whole and all(parts):
        yield from _together(evidence, whole, parts, True)


def _together(evidence: Evidence, whole: list[Figure], parts: list[list[Figure]], complete: bool) -> Iterator[Finding]:
    if len(parts) < 2:
        return

    def fits(row: list[Rounded]) -> bool:
        total = reduce(add, row[1:])
        return not apart(total, row[0]) if complete else not above(total, row[0])

    if not (verdict := evidence.judged([whole, *parts], fits)):
        return
    figures = [whole[0], *(part[0] for part in parts)]
    total = reduce(add, (evidence.rounded(figure) for figure in figures[1:]))
    place = finest(figures)

    def statement(language: str) -> str:
        largest = sorted(figures[1:], key=lambda figure: -evidence.rounded(figure).printed)[:MOST_NAMED]
        return words(
            "consistency_regions_all" if complete else "consistency_regions_some",
            language,
            number=len(parts),
            largest=joined([_of_region(evidence, figure, language) for figure in largest], language),
            whole=evidence.told(whole[0], language),
            total=span(total, place, language, whole[0].unit),
            gap=span(_gap(total, evidence.rounded(whole[0])), place, language, whole[0].unit),
            **evidence.place(whole[0], language),
        )

    reasons = ("consistency_why_no_region", *REASONS)
    yield evidence.finding("region_sum" if complete else "nesting", verdict, figures, statement, reasons)


def _of_region(evidence: Evidence, figure: Figure, language: str) -> str:
    name = evidence.regions[figure.region].name(language)
    return words("consistency_of_region", language, region=name, number=figure_number(figure, language))


def _gap(total: Rounded, whole: Rounded) -> Rounded:
    """How far apart the two lie at the least."""
    high, low = (total, whole) if above(total, whole) else (whole, total)
    gap = high.lower - low.upper if high.lower is not None and low.upper is not None else high.printed - low.printed
    return Rounded(gap, gap, gap)
