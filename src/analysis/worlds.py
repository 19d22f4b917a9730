"""Worlds: the figures of a region and year varied by law: other numbers for each learner, and the same exercises.

What is kept: which figures there are, how many decimals and which power of ten each is printed with, its qualifier,
that a part is smaller than its whole, how much a printed total differs from the sum of its parts, and how one
publication rounds what another prints in full. What is not kept: growth rates and published shares are varied by
themselves, so they do not follow from the levels. A world is never shown as published. Standard library only.
"""

from dataclasses import replace
from fractions import Fraction
from math import floor
from random import Random

from analysis.codebook import codebook
from analysis.figures import Figure, Figures
from analysis.identities import identities
from analysis.rounding import printed_place

LEAST, MOST = 0.7, 1.4
"""By what a number is multiplied."""
KEPT_UNITS = ("rank", "days")
LARGEST_SHARE = Fraction(95, 100)


def world(figures: Figures, region: str, year: int, seed: str) -> Figures:
    """The figures with those of a region in ``year`` and the year before replaced by lawful others."""
    changed: dict[Figure, Figure] = {}
    for each in (year - 1, year):
        levels = _levels(figures, region, each, Random(f"{seed} {each}"))
        for series, level in levels.items():
            for figure, text in _printed(figures.every(region, each, series), level).items():
                changed[figure] = replace(figure, value=text, phrase="", note="")
    return figures.replaced(changed)


def _levels(figures: Figures, region: str, year: int, chance: Random) -> dict[str, Fraction]:
    """A new value for each series, to the place in which its first row is printed."""
    found: dict[str, Fraction] = {}
    first = {series: figures.chosen(region, year, series) for series in figures.series_of(region, year)}

    def value(series: str) -> Fraction:
        if series not in found:
            figure, whole = first[series], codebook(figures.data)[series].part_of
            factor = Fraction(round(chance.uniform(LEAST, MOST), 4))
            old = figure.rounded.printed
            if figure.unit in KEPT_UNITS or old == 0:
                new = old
            elif whole in first and 0 < old < first[whole].rounded.printed:
                share = min(old / first[whole].rounded.printed * factor, LARGEST_SHARE)
                new = share * value(whole)
            else:
                new = old * factor
            if figure.unit == "percent" and abs(old) <= 100:
                new = max(min(new, Fraction(99)), Fraction(-99))
            found[series] = _settled(new, figure)
        return found[series]

    for series in first:
        value(series)
    for each in identities(figures.data).sum:
        if all(series in first for series in (each.whole, *each.parts)):
            old = first[each.whole].rounded.printed - sum(first[part].rounded.printed for part in each.parts)
            total = sum((found[part] for part in each.parts), Fraction(0)) + old
            if total > 0 and not codebook(figures.data)[each.whole].part_of:
                found[each.whole] = _settled(total, first[each.whole])
    return found


def _settled(value: Fraction, figure: Figure) -> Fraction:
    """The value rounded to the place in which the figure is printed, and not to nothing."""
    place = printed_place(figure.value, figure.multiplier)
    units = floor(value / place + Fraction(1, 2))
    if units == 0 and figure.rounded.printed != 0:
        units = 1
    return units * place


def _printed(rows: list[Figure], level: Fraction) -> dict[Figure, str]:
    """The new text of each row of one number: another publication's differs from the first as it did before."""
    first, made = rows[0], {}
    for figure in rows:
        old = figure.rounded.printed
        agrees = figure is first or _settled(first.rounded.printed, figure) == old
        moved = level if agrees or first.rounded.printed == 0 else level * old / first.rounded.printed
        value = _settled(moved, figure) / Fraction(10) ** figure.multiplier
        decimals = len(figure.value.partition(".")[2])
        made[figure] = f"{float(value):.{decimals}f}"
    return made
