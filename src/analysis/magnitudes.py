"""Order of magnitude, rule "magnitude": a number that stands out by a power of ten, as when 万 is read as 亿.

First against the same series in the same place in other years; where there are too few, per resident (or per yuan of
gross domestic product) against the same series in other places of the same level and year. This rule weighs instead
of proving, so it speaks only where the number divided by a power of ten would sit well among the others.
"""

from collections.abc import Iterator
from math import log10
from statistics import median

from analysis.evidence import Evidence, Finding, joined
from analysis.figures import Figure
from analysis.wording import words

UNITS = ("count", "persons", "CNY")
SCALES = ("population_resident", "gdp")
REASONS = ("consistency_why_power", "consistency_why_other_count", "consistency_why_real_jump")

STANDS_OUT = 0.7
"""A number is looked at if it lies this far (in powers of ten: a factor of 5) from the years beside it."""

CLOSE = 0.35
"""Years agree if they lie within this of each other per year of distance (a factor of 2.2), also after the slip is
undone."""

PAIR = 1.65
"""With one other year to go by, a slip of a hundred is needed."""

PLACES = 2.65
"""Places differ by themselves; against them a slip of a thousand is needed."""

NEAR_YEARS = 3
"""A number further away in time says little."""

LEAST_COUNT = 20
"""Smaller counts jump by themselves."""

LEAST_PLACES = 6


def magnitude_findings(evidence: Evidence, region: str, year: int) -> Iterator[Finding]:
    """Numbers of one region and year that stand out by a power of ten."""
    scope = {series for scope in evidence.identities.scope if not scope.open for series in scope.series}
    for series in evidence.figures.series_of(region, year):
        figure = evidence.figures.chosen(region, year, series)
        if evidence.series[series].unit not in UNITS or not _usable(evidence, figure):
            continue
        own = _own_years(evidence, figure)
        if len(own) >= 2:
            power, others = _among_years(evidence, figure, own), own
        else:
            power, others = _against_one(evidence, figure, own), own
            if not power and series not in scope:
                others = _other_places(evidence, figure)
                power = _among_places(evidence, figure, others)
        if power:
            yield _finding(evidence, figure, others, power)


def _usable(evidence: Evidence, figure: Figure | None) -> bool:
    known = figure is not None and figure.qualifier in ("exact", "about")
    return known and evidence.rounded(figure).printed > 0


def _size(evidence: Evidence, figure: Figure) -> float:
    return log10(evidence.rounded(figure).printed)


def _own_years(evidence: Evidence, figure: Figure) -> list[Figure]:
    """The same series in the other years, nearest first."""
    found = [evidence.figures.chosen(figure.region, year, figure.series) for year in evidence.years(figure.region)]
    usable = [other for other in found if _usable(evidence, other) and other.reference_year != figure.reference_year]
    return sorted(usable, key=lambda other: abs(other.reference_year - figure.reference_year))


def _among_years(evidence: Evidence, figure: Figure, own: list[Figure]) -> int:
    """The power by which a number stands out from the two years nearest on either side, or on its only side.

    The two must agree with each other, or the number's own side of the jump cannot be told.
    """
    before = [other for other in own if other.reference_year < figure.reference_year]
    after = [other for other in own if other.reference_year > figure.reference_year]
    near = [before[0], after[0]] if before and after else (before or after)[:2]
    if any(abs(other.reference_year - figure.reference_year) > NEAR_YEARS for other in near):
        return 0
    distance = abs(near[0].reference_year - near[1].reference_year)
    if abs(_size(evidence, near[0]) - _size(evidence, near[1])) > CLOSE * min(distance, 2):
        return 0
    return _slip(
        [_size(evidence, figure) - _size(evidence, other) for other in near], STANDS_OUT, _least(evidence, figure, near)
    )


def _against_one(evidence: Evidence, figure: Figure, own: list[Figure]) -> int:
    """The power between the only two years: which of them slipped is open, so the later one is named."""
    if not own or not 0 < figure.reference_year - own[0].reference_year <= NEAR_YEARS:
        return 0
    return _slip([_size(evidence, figure) - _size(evidence, own[0])], PAIR, _least(evidence, figure, own))


def _among_places(evidence: Evidence, figure: Figure, others: list[Figure]) -> int:
    """The power by which a number, by size of the place, stands out from every other place of its level."""
    for scale in SCALES:
        base = _scale(evidence, figure, scale)
        pairs = [(other, other_base) for other in others if (other_base := _scale(evidence, other, scale))]
        if base and len(pairs) >= LEAST_PLACES:
            sizes = [_size(evidence, other) - log10(other_base) for other, other_base in pairs]
            own = _size(evidence, figure) - log10(base)
            nearest = min(sizes, key=lambda size: abs(size - own))
            if abs(nearest - own) < STANDS_OUT:
                return 0
            power = _slip([own - median(sizes)], PLACES, _least(evidence, figure, others))
            within = min(sizes) - CLOSE <= own - power <= max(sizes) + CLOSE
            return power if within else 0
    return 0


def _other_places(evidence: Evidence, figure: Figure) -> list[Figure]:
    level = evidence.regions[figure.region].level
    places = [code for code, place in evidence.regions.items() if place.level == level and code != figure.region]
    found = [evidence.figures.chosen(code, figure.reference_year, figure.series) for code in places]
    return [other for other in found if _usable(evidence, other)]


def _scale(evidence: Evidence, figure: Figure, scale: str):
    """The size of the place in the nearest year that has one; None if the series measures that size itself."""
    if scale == figure.series:
        return None
    years = sorted(evidence.years(figure.region), key=lambda year: abs(year - figure.reference_year))
    found = (evidence.figures.chosen(figure.region, year, scale) for year in years)
    return next((evidence.rounded(other).printed for other in found if _usable(evidence, other)), None)


def _least(evidence: Evidence, figure: Figure, others: list[Figure]) -> float:
    return min(float(evidence.rounded(other).printed) for other in (figure, *others))


def _slip(distances: list[float], least: float, smallest: float) -> int:
    """The power of ten that, taken off, brings a number close to all the others; 0 if none or if it is near anyway."""
    power = round(sum(distances) / len(distances))
    stands_out = all(abs(distance) >= least and distance * power > 0 for distance in distances)
    undone = max(abs(distance - power) for distance in distances)
    if not stands_out or undone > 2 * CLOSE:
        return 0
    return 0 if abs(power) == 1 and smallest < LEAST_COUNT else power


def _finding(evidence: Evidence, figure: Figure, others: list[Figure], power: int) -> Finding:
    elsewhere = bool(others) and others[0].region != figure.region
    shown = others[:3]

    def statement(language: str) -> str:
        return words(
            "consistency_magnitude_places" if elsewhere else "consistency_magnitude_years",
            language,
            figure=evidence.told(figure, language),
            times=words(f"consistency_{'above' if power > 0 else 'below'}", language, factor=f"{10 ** abs(power):,}"),
            others=joined(
                [evidence.told(other, language, region=elsewhere, year=not elsewhere) for other in shown], language
            ),
            **evidence.place(figure, language),
        )

    return evidence.finding("magnitude", "magnitude", [figure, *shown], statement, REASONS)
