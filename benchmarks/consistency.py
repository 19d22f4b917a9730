"""How many contradictions the consistency rules find, and how often they speak without cause.

Run ``make bench-consistency`` or ``python benchmarks/consistency.py [clean tables] [faults of each kind]``.

Clean tables are made from whole numbers that fit together: cities inside a province inside the nation, kinds that make
up totals, stocks fed by flows. They are then printed as bulletins print: to the unit, in 万 or 亿 with one to three
decimals, as bounds, as round numbers, sometimes twice; rates to none to two decimals, halves up or to the even digit.
Rounding gaps therefore abound, and every finding on such a table is a false alarm.

A fault is one printed number changed so far that no value behind any of the printed numbers makes it true. That is
ensured here without the project's own interval arithmetic: the extreme values are worked out corner by corner from the
half units of the printed numbers, and the fault starts at the first printed number beyond them. An order of magnitude
has no such proof; there the fault is a slip of the decimal point by one to four places, in a series whose honest
neighbours lie within a factor of 0.6 to 1.9 a year, with both nearest years at most two years away.
A fault counts as found only if a finding of the rule for it names the changed number.
"""

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import ceil, floor

from analysis.codebook import codebook, regions
from analysis.consistency import findings
from analysis.figures import Figure, Figures
from analysis.identities import identities
from analysis.paths import DATA
from analysis.sources import sources

SEED = 20260426
FIRST_YEARS = range(2005, 2020)
YEARS = 4
KINDS = ("invention_patents", "utility_models", "designs")
RULES = {
    "sum": {"sum", "part"},
    "share": {"share"},
    "growth": {"growth", "whole_level"},
    "magnitude": {"magnitude"},
    "stock_flow": {"stock_flow"},
    "nesting": {"nesting"},
    "agreement": {"agreement"},
}
ASKED = ("sum", "share", "growth", "magnitude", "stock_flow")
"""The kinds of fault that the project promises to find; a quarter as many of the others are tried."""

Key = tuple[str, int, str]


@dataclass
class Table:
    """A table of figures with the whole numbers behind it: ``rows`` by region, year and series, ``truth`` likewise."""

    rows: dict[Key, list[Figure]] = field(default_factory=dict)
    truth: dict[Key, Fraction] = field(default_factory=dict)

    def figures(self) -> Figures:
        return Figures([figure for same in self.rows.values() for figure in same], DATA)


def clean_table(chance: random.Random) -> Table:
    """A table in which everything fits."""
    table, first = Table(), chance.choice(FIRST_YEARS)
    province = chance.choice([parent for parent, inside in children().items() if parent and len(inside) > 1])
    cities = chance.sample(children()[province], 2)
    years = range(first, first + YEARS)
    lives = {name: life(chance, len(years)) for name in (*cities, "rest of the province", "rest of the nation")}
    inside = {city: [city] for city in cities} | {province: [*cities, "rest of the province"]}
    inside[nation()] = [*inside[province], "rest of the nation"]
    for region, parts in inside.items():
        for position, year in enumerate(years):
            for series in lives[parts[0]]:
                table.truth[region, year, series] = Fraction(sum(lives[part][series][position] for part in parts))
    publish_levels(table, chance)
    publish_rates(table, chance)
    return table


def life(chance: random.Random, years: int) -> dict[str, list[int]]:
    """Whole numbers of one place over years, by series.

    Each year is 0.8 to 1.4 times the one before; applications, which follow the grants loosely, 0.6 to 1.9 times.
    """

    def run(least: float, most: float) -> list[int]:
        value, found = 10 ** chance.uniform(least, most), []
        for _ in range(years):
            found.append(round(value))
            value *= chance.uniform(0.8, 1.4)
        return found

    made: dict[str, list[int]] = {}
    for kind in KINDS:
        made[f"{kind}_granted"] = run(2.6, 5)
        made[f"{kind}_applied"] = [round(each * chance.uniform(1.2, 1.6)) for each in made[f"{kind}_granted"]]
        stock = round(made[f"{kind}_granted"][0] * chance.uniform(3, 6))
        made[f"valid_{kind}"] = []
        for granted in made[f"{kind}_granted"]:
            stock += granted - round(min(stock * chance.uniform(0.02, 0.1), granted * chance.uniform(0, 1)))
            made[f"valid_{kind}"].append(stock)
    for whole, parts in (
        ("patents_granted", [f"{kind}_granted" for kind in KINDS]),
        ("patents_applied", [f"{kind}_applied" for kind in KINDS]),
        ("valid_patents", [f"valid_{kind}" for kind in KINDS]),
    ):
        made[whole] = [sum(each) for each in zip(*(made[part] for part in parts), strict=True)]
    made["copyright_registrations"], made["software_copyright_registrations"] = run(3, 6), run(3, 6)
    both = zip(made["copyright_registrations"], made["software_copyright_registrations"], strict=True)
    made["copyright_registrations_total"] = [sum(pair) + chance.randrange(500) for pair in both]
    made["pledge_financing_amount"] = [each * 10**4 for each in run(4, 7)]
    made["pledge_financing_firms"] = run(2.6, 4)
    people = 10 ** chance.uniform(6.4, 7.2)
    made["population_resident"] = [round(people * chance.uniform(0.99, 1.01)) for _ in range(years)]
    return made


def publish_levels(table: Table, chance: random.Random) -> None:
    """Print most of the true numbers, some of them twice."""
    for key, value in table.truth.items():
        if chance.random() < 0.15:
            continue
        table.rows[key] = [printed(key, value, chance, first_source())]
        if chance.random() < 0.1:
            table.rows[key].append(printed(key, value, chance, second_source()))


def publish_rates(table: Table, chance: random.Random) -> None:
    """Print growth rates, shares and rates per resident, worked out from the true numbers."""
    for (region, year, series), value in list(table.truth.items()):
        growth = f"{series}_yoy_percent"
        before = table.truth.get((region, year - 1, series))
        if growth in codebook() and before and chance.random() < 0.5:
            table.rows[region, year, growth] = [rate((region, year, growth), (value / before - 1) * 100, chance)]
    for quotient in identities().quotient:
        for region, year in dict.fromkeys((region, year) for region, year, _ in table.truth):
            above = table.truth.get((region, year, quotient.numerator))
            base = year - chance.randint(0, quotient.years_back and 1)
            below = table.truth.get((region, base, quotient.denominator))
            if above and below and chance.random() < 0.5:
                key = (region, year, quotient.series)
                table.rows[key] = [rate(key, above / below * quotient.per, chance)]


def printed(key: Key, value: Fraction, chance: random.Random, source: str) -> Figure:
    """A true number as a bulletin might print it; each way of printing leaves the truth among what it allows."""
    money = codebook()[key[2]].unit == "CNY"
    style = chance.random()
    if style < 0.04:
        unit = 10 ** (len(str(int(value))) - 2)
        low = floor(value / unit) * unit
        return figure(key, str(low), 0, "at_least" if low == value else "more_than", source)
    if style < 0.08:
        unit = 10 ** (len(str(int(value))) - 2)
        high = (floor(value / unit) + 1) * unit
        return figure(key, str(high), 0, "nearly", source)
    if style < 0.12:
        unit = 10 ** (len(str(int(value))) - 2)
        return figure(key, str(nearest(value / unit, chance) * unit), 0, "about", source)
    if style < 0.55 or value < 10**4:
        return figure(key, str(int(value)), 0, "exact", source)
    multiplier = 8 if money and value >= 10**8 else 4
    return figure(key, decimal(value / 10**multiplier, chance.randint(1, 3), chance), multiplier, "exact", source)


def rate(key: Key, value: Fraction, chance: random.Random) -> Figure:
    return figure(key, decimal(value, chance.randint(0, 2), chance), 0, "exact", first_source())


def figure(key: Key, value: str, multiplier: int, qualifier: str, source: str) -> Figure:
    series = codebook()[key[2]]
    return Figure(*key, value, multiplier, series.unit, qualifier, series.kind, source, value, "")


def decimal(value: Fraction, decimals: int, chance: random.Random) -> str:
    scaled = nearest(abs(value) * 10**decimals, chance)
    digits = str(scaled).rjust(decimals + 1, "0")
    text = digits[: len(digits) - decimals] + ("." + digits[len(digits) - decimals :] if decimals else "")
    return f"-{text}" if value < 0 and scaled else text


def nearest(value: Fraction, chance: random.Random) -> int:
    """Rounded to the nearest whole number, halves up or to the even one."""
    return floor(value + Fraction(1, 2)) if chance.random() < 0.5 else round(value)


# Faults. Each function changes one figure of the table and returns it, or None if the table has no place for it.


def place(one: Figure) -> Fraction:
    """One unit of the last printed digit."""
    return Fraction(10) ** (one.multiplier - len(one.value.partition(".")[2]))


def half(one: Figure) -> Fraction:
    """How far the true number may lie from the printed one: half a unit, nothing for a count printed to the unit."""
    whole = one.unit in ("count", "persons") and not one.series.endswith("per_10k")
    return Fraction(0) if whole and place(one) == 1 else place(one) / 2


def number(one: Figure) -> Fraction:
    return Fraction(one.value) * 10**one.multiplier


def corners(*printed_figures: Figure) -> list[tuple[Fraction, ...]]:
    """Every combination of the least and greatest true numbers."""
    return list(product(*((number(one) - half(one), number(one) + half(one)) for one in printed_figures)))


def plain(table: Table, key: Key) -> Figure | None:
    """The figure of a key, if it is the only one, given outright, and not a round number that may stand for less."""
    same = table.rows.get(key, [])
    if len(same) != 1 or same[0].qualifier != "exact" or ("." not in same[0].value and same[0].value.endswith("000")):
        return None
    return same[0]


def beyond(one: Figure, least: Fraction, greatest: Fraction, chance: random.Random) -> Figure | None:
    """The figure printed outside ``least`` to ``greatest``: by one unit at the least, or by up to half its size."""
    unit = place(one)
    reach = abs(number(one)) / unit * chance.choice([0, 0, Fraction(1, 100), Fraction(1, 2)])
    extra = chance.randint(1, 3) + chance.randint(0, int(reach))
    steps = ceil((greatest + half(one)) / unit) + extra if chance.random() < 0.5 else (
        floor((least - half(one)) / unit) - extra
    )  # fmt: skip
    if steps <= 0 and one.unit != "percent":
        return None
    return reprinted(one, steps)


def reprinted(one: Figure, steps: int) -> Figure | None:
    """The figure with another number of units of its last digit; None if it would end in three zeros."""
    decimals = len(one.value.partition(".")[2])
    digits = str(abs(steps)).rjust(decimals + 1, "0")
    text = digits[: len(digits) - decimals] + ("." + digits[len(digits) - decimals :] if decimals else "")
    if not decimals and text.endswith("000") and one.unit != "percent":
        return None
    return replace(one, value=f"-{text}" if steps < 0 else text)


def put(table: Table, changed: Figure | None) -> Figure | None:
    if changed is not None:
        table.rows[changed.region, changed.reference_year, changed.series] = [changed]
    return changed


def fault_in_sum(table: Table, key: Key, chance: random.Random) -> Figure | None:
    region, year, series = key
    for identity in identities().sum:
        if identity.whole != series or identity.open:
            continue
        parts = [plain(table, (region, year, part)) for part in identity.parts]
        whole = plain(table, key)
        if whole and all(parts):
            sums = [sum(corner) for corner in corners(*parts)]
            return put(table, beyond(whole, min(sums), max(sums), chance))
    return None


def fault_in_share(table: Table, key: Key, chance: random.Random) -> Figure | None:
    region, year, series = key
    for identity in identities().quotient:
        if identity.series != series:
            continue
        bases = [
            base
            for back in range(identity.years_back + 1)
            for base in table.rows.get((region, year - back, identity.denominator), [])
        ]
        shared, above = plain(table, key), plain(table, (region, year, identity.numerator))
        if shared and above and bases and all(base.qualifier == "exact" for base in bases):
            ends = [end for base in bases for (end,) in corners(base)]
            slack = Fraction(identity.slack_percent, 100)
            low, high = min(ends) * (1 - slack), max(ends) * (1 + slack)
            shares = [top / bottom * identity.per for (top,) in corners(above) for bottom in (low, high)]
            return put(table, beyond(shared, min(shares), max(shares), chance))
    return None


def fault_in_growth(table: Table, key: Key, chance: random.Random) -> Figure | None:
    region, year, series = key
    level = codebook()[series].growth_of
    if not level:
        return None
    grown, later, earlier = (
        plain(table, key),
        plain(table, (region, year, level)),
        plain(table, (region, year - 1, level)),
    )
    if not (grown and later and earlier):
        return None
    rates = [(top / bottom - 1) * 100 for top, bottom in corners(later, earlier)]
    return put(table, beyond(grown, min(rates), max(rates), chance))


def fault_in_stock(table: Table, key: Key, chance: random.Random) -> Figure | None:
    region, year, series = key
    for identity in identities().stock_flow:
        if identity.stock != series:
            continue
        stock, before = plain(table, key), plain(table, (region, year - 1, series))
        flow = plain(table, (region, year, identity.flow))
        if stock and before and flow:
            most = max(sum(corner) for corner in corners(before, flow))
            reach = number(stock) / place(stock) * chance.choice([0, 0, Fraction(1, 4)])
            extra = chance.randint(1, 3) + chance.randint(0, int(reach))
            return put(table, reprinted(stock, ceil((most + half(stock)) / place(stock)) + extra))
    return None


def fault_in_magnitude(table: Table, key: Key, chance: random.Random) -> Figure | None:
    region, year, series = key
    slipped = plain(table, key)
    if not slipped or slipped.unit not in ("count", "CNY") or series.endswith("per_10k"):
        return None
    others = [
        other for other in range(year - YEARS, year + YEARS + 1) if plain_or_about(table, (region, other, series))
    ]
    before, after = [other for other in others if other < year], [other for other in others if other > year]
    near = [before[-1], after[0]] if before and after else before[-2:] or after[:2]
    if len(near) < 2 or any(abs(other - year) > 2 for other in near):
        return None
    power = chance.choice([-4, -3, -2, -1, 1, 2, 3, 4])
    if number(slipped) * Fraction(10) ** power < 20:
        return None
    return put(table, replace(slipped, value=shifted(slipped.value, power)))


def shifted(text: str, power: int) -> str:
    """The digits with the point moved; a whole number stays one, and loses its last digits."""
    decimals = len(text.partition(".")[2])
    left = max(0, decimals - power) if decimals else 0
    digits = str(floor(Fraction(text) * Fraction(10) ** (power + left))).rjust(left + 1, "0")
    return digits[: len(digits) - left] + ("." + digits[len(digits) - left :] if left else "")


def plain_or_about(table: Table, key: Key) -> bool:
    return any(one.qualifier in ("exact", "about") for one in table.rows.get(key, []))


def fault_in_nesting(table: Table, key: Key, chance: random.Random) -> Figure | None:
    region, year, series = key
    inner, outer = plain(table, key), plain(table, (regions()[region].parent, year, series))
    closed = {series for scope in identities().scope if not scope.open for series in scope.series}
    if not inner or not outer or series in closed or inner.unit == "percent" or series.endswith("per_10k"):
        return None
    most = number(outer) + half(outer) + half(inner)
    return put(table, reprinted(inner, ceil(most / place(inner)) + chance.choice([1, 2, 50])))


def fault_in_agreement(table: Table, key: Key, chance: random.Random) -> Figure | None:
    one = plain(table, key)
    if not one or one.unit == "percent" or key[2].endswith("per_10k"):
        return None
    other = beyond(one, number(one) - half(one), number(one) + half(one), chance)
    if other is None or (two_zeros(one, other) or two_zeros(other, one)):
        return None
    table.rows[key] = [one, replace(other, source=second_source())]
    return table.rows[key][1]


def two_zeros(coarse: Figure, fine: Figure) -> bool:
    """Whether one could be the other rounded to hundreds or more."""
    return (
        "." not in coarse.value and coarse.value.endswith("00") and abs(number(coarse) - number(fine)) < number(coarse)
    )


FAULTS = {
    "sum": fault_in_sum, "share": fault_in_share, "growth": fault_in_growth, "magnitude": fault_in_magnitude,
    "stock_flow": fault_in_stock, "nesting": fault_in_nesting, "agreement": fault_in_agreement,
}  # fmt: skip


def planted(kind: str, chance: random.Random) -> tuple[Table, Figure]:
    """A clean table with one fault of a kind, and the figure that was changed."""
    while True:
        table = clean_table(chance)
        keys = sorted(table.rows)
        chance.shuffle(keys)
        for key in keys:
            if (changed := FAULTS[kind](table, key, chance)) is not None:
                return table, changed


def false_alarms(tables: int, seed: int = SEED) -> Counter:
    """Clean tables with a finding, by rule; ``tables`` and ``figures`` count what was looked at."""
    chance, found = random.Random(seed), Counter(tables=tables)
    for _ in range(tables):
        figures = clean_table(chance).figures()
        alarms = findings(figures)
        found["figures"] += sum(1 for _ in figures)
        found["alarmed"] += bool(alarms)
        found.update({finding.rule for finding in alarms})
    return found


def recall(kind: str, faults: int, seed: int = SEED) -> tuple[int, list[Figure]]:
    """How many of so many faults of a kind were found, and the changed figures that were missed."""
    chance, missed = random.Random(f"{seed} {kind}"), []
    for _ in range(faults):
        table, changed = planted(kind, chance)
        named = [finding for finding in findings(table.figures()) if finding.rule in RULES[kind]]
        sought = (finding.figures[:1] if kind == "magnitude" else finding.figures for finding in named)
        if not any(changed in figures for figures in sought):
            missed.append(changed)
    return faults - len(missed), missed


def children() -> dict[str, list[str]]:
    """The cities of each province."""
    found: dict[str, list[str]] = {}
    for code, region in regions().items():
        if region.level == "city":
            found.setdefault(region.parent, []).append(code)
    return found


def nation() -> str:
    return next(code for code, region in regions().items() if not region.parent)


def first_source() -> str:
    return next(iter(sources()))


def second_source() -> str:
    return list(sources())[1]


def main(tables: int = 2000, faults: int = 400) -> int:
    """Print recall and false alarms; 0 if at least 99 % are found and at most one clean table in 1,000 alarms."""
    started = time.perf_counter()
    alarms = false_alarms(tables)
    print(f"seed {SEED}; {alarms['figures'] / tables:.0f} figures a table on average")
    print(
        f"false alarms: {alarms['alarmed']} of {tables} clean tables ({1000 * alarms['alarmed'] / tables:.1f} in 1,000)"
    )
    for rule in sorted(set(alarms) - {"tables", "figures", "alarmed"}):
        print(f"  {rule}: {alarms[rule]}")
    total = in_all = 0
    for kind in FAULTS:
        number_of_faults = faults if kind in ASKED else faults // 4
        found, missed = recall(kind, number_of_faults)
        total, in_all = total + found, in_all + number_of_faults
        print(
            f"recall {kind:<11}{found:>5} of {number_of_faults} ({found / number_of_faults:.2%})",
            *(f"missed {each}" for each in missed[:2]),
        )
    print(f"recall in all  {total:>5} of {in_all} ({total / in_all:.2%})")
    print(f"{time.perf_counter() - started:.0f} seconds")
    return 0 if total >= 0.99 * in_all and alarms["alarmed"] * 1000 <= tables else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
