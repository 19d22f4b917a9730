"""Which figures an exercise is about: rules that find them in any region and year, instead of names of series.

A rule returns every way to fill the roles of an exercise (``part`` and ``whole``, say) with published figures, in the
order of the codebook. Which one is taken is decided by what the lesson prefers, or drawn from a seed.
Standard library only.
"""

from collections.abc import Callable, Iterator
from random import Random

from analysis.chart_choices import CHART_RULES
from analysis.codebook import codebook
from analysis.figures import Figure, Figures
from analysis.identities import identities
from analysis.indicators import evaluate, indicators
from analysis.place_choices import PLACE_RULES
from analysis.source_choices import SOURCE_RULES
from analysis.year_choices import YEAR_RULES

Choice = dict[str, Figure]
"""Figures by role."""


def choices(rule: str, figures: Figures, region: str, year: int) -> list[Choice]:
    """Every way to fill the roles of ``rule``; empty where the figures for it are not published."""
    return list(RULES[rule](figures, region, year))


def chosen(found: list[Choice], prefer: tuple[str, ...], seed: int) -> Choice | None:
    """One of the choices: for seed 0 the one whose series are preferred, else one that the seed draws."""
    if not found:
        return None
    if seed:
        return Random(f"{seed} {len(found)} {prefer}").choice(found)
    return min(found, key=lambda choice: _distance(choice, prefer))


def _distance(choice: Choice, prefer: tuple[str, ...]) -> int:
    first = next(iter(choice.values())).series
    return prefer.index(first) if first in prefer else len(prefer)


def _of(figures: Figures, region: str, year: int) -> list[Figure]:
    return [figures.chosen(region, year, series) for series in figures.series_of(region, year)]


def _positive(figures: Figures, region: str, year: int) -> list[Figure]:
    return [each for each in _of(figures, region, year) if each.rounded.printed > 0 and each.unit != "rank"]


def _any(figures: Figures, region: str, year: int) -> Iterator[Choice]:
    yield from ({"x": each} for each in _positive(figures, region, year) if each.unit in ("count", "persons", "CNY"))


def _large(figures: Figures, region: str, year: int) -> Iterator[Choice]:
    """A number printed with 万 or 亿."""
    for each in _positive(figures, region, year):
        if each.multiplier in (4, 8) and each.qualifier == "exact" and each.unit in ("count", "persons", "CNY"):
            yield {"amount": each}


def _open(figures: Figures, region: str, year: int) -> Iterator[Choice]:
    """A number with two ends to its rounding interval."""
    for choice in _any(figures, region, year):
        value = choice["x"].rounded
        if choice["x"].qualifier == "exact" and not value.exact and value.lower > 0:
            yield choice


def _bound(figures: Figures, region: str, year: int) -> Iterator[Choice]:
    yield from ({"x": each} for each in _of(figures, region, year) if each.rounded.bound and each.unit != "percent")


def _exact(choice: Choice) -> bool:
    return all(each.rounded.exact for each in choice.values())


def _part_whole(figures: Figures, region: str, year: int) -> Iterator[Choice]:
    """A part and the whole that contains it, both counted to the unit."""
    for name, series in codebook(figures.data).items():
        part, whole = (figures.chosen(region, year, each) if each else None for each in (name, series.part_of))
        if part and whole:
            choice = {"part": part, "whole": whole}
            if _exact(choice) and 0 < part.rounded.printed < whole.rounded.printed:
                yield choice


def _quotient(kinds: tuple[str, ...], unit: str, roles: tuple[str, str], base: str = "") -> Callable:
    """Quotients of two figures that the report defines too; with ``base``, those over one series."""

    def rule(figures: Figures, region: str, year: int) -> Iterator[Choice]:
        for indicator in indicators(figures.data).values():
            if indicator.kind not in kinds or indicator.unit != unit or len(indicator.inputs) != 2:
                continue
            if base and indicator.inputs[1] != base:
                continue
            result = evaluate(indicator, figures, region, year)
            if result.value is not None and result.value.bound is None and not result.value.about:
                above, below = (result.figures[series] for series in indicator.inputs)
                if below.rounded.printed != 1 and above.rounded.printed > 0:
                    yield dict(zip(roles, (above, below), strict=True))

    return rule


def _rounded_quotient(figures: Figures, region: str, year: int) -> Iterator[Choice]:
    """Two numbers of which rounding leaves one open at least, with a quotient that makes sense."""
    for rule in (_quotient(("ratio", "rate"), "CNY", ("a", "b")), _quotient(("ratio", "rate"), "number", ("a", "b"))):
        yield from (choice for choice in rule(figures, region, year) if not _exact(choice))


def _growth(figures: Figures, region: str, year: int) -> Iterator[Choice]:
    """A level and the growth rate printed for it."""
    for name, series in codebook(figures.data).items():
        if not series.growth_of or series.growth_of == "gdp":  # its growth is at constant prices, its level is not
            continue
        level, rate = (figures.chosen(region, year, each) for each in (series.growth_of, name))
        if level and rate and rate.unit == "percent" and "exact" == level.qualifier == rate.qualifier:
            yield {"level": level, "rate": rate}


def _sum(figures: Figures, region: str, year: int) -> Iterator[Choice]:
    """A total and its two parts, all of them printed."""
    for each in identities(figures.data).sum:
        found = [figures.chosen(region, year, series) for series in (each.whole, *each.parts)]
        if len(found) == 3 and all(found):
            yield dict(zip(("whole", "first", "second"), found, strict=True))


def _two_years(figures: Figures, region: str, year: int) -> Iterator[Choice]:
    """One series in two years that follow each other."""
    for later in _positive(figures, region, year):
        earlier = figures.chosen(region, year - 1, later.series)
        if earlier and later.unit in ("count", "CNY", "persons") and "exact" == later.qualifier == earlier.qualifier:
            yield {"later": later, "earlier": earlier}


RULES: dict[str, Callable[[Figures, str, int], Iterator[Choice]]] = {
    "any": _any,
    "large": _large,
    "open": _open,
    "bound": _bound,
    "part_whole": _part_whole,
    "money_per": _quotient(("ratio", "rate"), "CNY", ("amount", "units")),
    "per_number": _quotient(("rate",), "number", ("count", "residents"), "population_resident"),
    "to_gdp": _quotient(("ratio", "share"), "percent", ("amount", "gdp"), "gdp"),
    "per_high_tech_firm": _quotient(("rate", "ratio"), "number", ("reached", "firms"), "high_tech_enterprises"),
    "rounded_quotient": _rounded_quotient,
    "growth": _growth,
    "sum": _sum,
    "two_years": _two_years,
    **YEAR_RULES,
    **PLACE_RULES,
    **SOURCE_RULES,
    **CHART_RULES,
}
