"""Published growth rates against published levels, and against the whole numbers that could produce them.

Rule "growth": the rate lies apart from every growth that the two printed levels allow. Rule "whole_level": one level
is a count known to the unit, and no whole number on the other side gives the printed rate.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from analysis.errors import NotComputable
from analysis.evidence import Evidence, Finding, apart, finest, joined, span, written
from analysis.figures import Figure
from analysis.rounding import Rounded, before_growth, exactly, printed_place
from analysis.wording import figure_number, words

ROUNDINGS = ("half_up", "half_even", "cut")
"""To the nearest, halves away from zero; to the nearest, halves to the even digit; digits cut off."""

REASONS = ("consistency_why_revised", "consistency_why_comparable", "consistency_why_other_count")


def growth_findings(evidence: Evidence, region: str, year: int) -> Iterator[Finding]:
    """Growth rates of one region and year that their levels do not give."""
    for series in evidence.series.values():
        if not series.growth_of or not (rates := evidence.readings(region, year, series.series)):
            continue
        later = evidence.readings(region, year, series.growth_of)
        earlier = evidence.readings(region, year - 1, series.growth_of)
        slots = [slot for slot in (rates, later, earlier) if slot]
        if later and earlier and (verdict := evidence.judged(slots, _follows)):
            yield _two_levels(evidence, verdict, rates[0], later[0], earlier[0])
        elif later or earlier:
            yield from _whole_levels(evidence, rates, later, earlier)


def growth_between(earlier: Rounded, later: Rounded) -> Rounded | None:
    """The growth in per cent from one level to another; None where the earlier may be zero."""
    try:
        ratio = later / earlier * exactly(100)
    except NotComputable:
        return None
    lower, upper = (None if end is None else end - 100 for end in (ratio.lower, ratio.upper))
    return Rounded(ratio.printed - 100, lower, upper, ratio.about, ratio.strict_lower, ratio.strict_upper)


def whole_levels(level: int, value: str, rounding: str, *, forward: bool = False) -> range | None:
    """The whole numbers that with ``level`` give a growth rate printed as ``value``, under one of ``ROUNDINGS``.

    They are levels of the year before, or of the year after if ``forward``. None where there is no limit: a rate of
    about minus a hundred per cent says nothing of the level before.
    """
    rate, place = Fraction(value), printed_place(value, 0)
    size = abs(rate)
    even = int(size / place) % 2 == 0
    low, high = (size, size + place) if rounding == "cut" else (size - place / 2, size + place / 2)
    closed_low, closed_high = {"half_up": (True, False), "half_even": (even, even), "cut": (True, False)}[rounding]
    if rate == 0:
        low, closed_low = -high, closed_high
    elif rate < 0:
        low, high, closed_low, closed_high = -high, -low, closed_high, closed_low
    least, most = 1 + low / 100, 1 + high / 100
    if forward:
        return _whole_between(level * least, level * most, closed_low, closed_high)
    if least <= 0:
        return None
    return _whole_between(level / most, level / least, closed_high, closed_low)


def _whole_between(low: Fraction, high: Fraction, closed_low: bool, closed_high: bool) -> range:
    first = ceil(low) if closed_low else floor(low) + 1
    last = floor(high) if closed_high else ceil(high) - 1
    return range(max(first, 0), last + 1)


def _follows(row: list[Rounded]) -> bool:
    growth = growth_between(row[2], row[1])
    return growth is None or not apart(row[0], growth)


def _two_levels(evidence: Evidence, verdict: str, rate: Figure, later: Figure, earlier: Figure) -> Finding:
    levels = [evidence.rounded(later), evidence.rounded(earlier)]
    growth, allowed = growth_between(levels[1], levels[0]), evidence.rounded(rate)
    implied = _implied(levels[0], allowed)
    place = finest([rate])

    def statement(language: str) -> str:
        texts = [
            words(
                "consistency_growth",
                language,
                rate=evidence.told(rate, language),
                later=evidence.told(later, language, year=True),
                earlier=evidence.told(earlier, language, year=True),
                growth=span(growth, place - 1, language, "percent"),
                allowed=span(allowed, place, language, "percent"),
                **evidence.place(rate, language),
            )
        ]
        if verdict == "truncation":
            texts.append(words("consistency_growth_cut", language))
        elif implied:
            value = span(
                _whole(implied) if evidence.whole(earlier) else implied, finest([earlier]), language, earlier.unit
            )
            texts.append(words("consistency_growth_implied", language, implied=value))
        return words("consistency_sentences", language).join(texts)

    sign = ("consistency_why_sign",) if growth.printed < 0 < allowed.printed and _unsigned(growth, allowed) else ()
    return evidence.finding("growth", verdict, [rate, later, earlier], statement, (*sign, *REASONS))


def _whole_levels(
    evidence: Evidence, rates: list[Figure], later: list[Figure], earlier: list[Figure]
) -> Iterator[Finding]:
    """A finding where one level is a whole number and the other, rounded or not published, cannot be one that fits."""
    rate = rates[0]
    if rate.qualifier != "exact" or len(rates) > 1:
        return
    for forward, known, other in ((False, later, earlier), (True, earlier, later)):
        if len(known) != 1 or not evidence.whole(known[0]) or not (level := evidence.rounded(known[0])).exact:
            continue
        if any(evidence.rounded(figure).exact for figure in other):
            continue
        fits = {rule: _fitting(evidence, int(level.printed), rate, rule, forward, other) for rule in ROUNDINGS}
        if None in fits.values() or fits["half_up"] or fits["half_even"]:
            continue
        yield _no_whole_level(evidence, rate, known[0], other, forward, fits["cut"])


def _fitting(
    evidence: Evidence, level: int, rate: Figure, rounding: str, forward: bool, other: list[Figure]
) -> range | None:
    fits = whole_levels(level, rate.value, rounding, forward=forward)
    if fits is None or not other:
        return fits
    found = range(0)
    for published in map(evidence.rounded, other):
        first = fits.start if published.lower is None else max(fits.start, ceil(published.lower))
        stop = fits.stop if published.upper is None else min(fits.stop, floor(published.upper) + 1)
        found = found or range(first, stop)
    return found


def _no_whole_level(
    evidence: Evidence, rate: Figure, known: Figure, other: list[Figure], forward: bool, cut: range
) -> Finding:
    level, allowed = evidence.rounded(known), evidence.rounded(rate)
    between = _after(level, allowed) if forward else _implied(level, allowed)
    place = -max(3, 4 - len(str(int(between.printed))))

    def statement(language: str) -> str:
        values = {
            "rate": evidence.told(rate, language),
            "known": evidence.told(known, language, year=True),
            "between": span(between, place, language),
            "other": joined([evidence.told(figure, language, year=True) for figure in other], language),
        }
        texts = [words(f"consistency_whole_{'after' if forward else 'before'}", language, **values,
                       **evidence.place(rate, language))]  # fmt: skip
        if other:
            texts.append(words("consistency_whole_other", language, **values))
        if cut:
            number = written(Fraction(cut[0]), 0, language)
            pair = (level.printed, Fraction(cut[0])) if forward else (Fraction(cut[0]), level.printed)
            growth = written((pair[1] / pair[0] - 1) * 100, finest([rate]) - 1, language)
            texts.append(words("consistency_whole_cut", language, number=number, growth=growth + "%",
                               rate=figure_number(rate, language)))  # fmt: skip
        else:
            texts.append(words("consistency_whole_no_cut", language))
        return words("consistency_sentences", language).join(texts)

    reasons = (*(("consistency_why_cut",) if cut else ()), *REASONS)
    return evidence.finding(
        "whole_level", "truncation" if cut else "contradiction", [rate, known, *other[:1]], statement, reasons
    )


def _implied(level: Rounded, percent: Rounded) -> Rounded | None:
    try:
        return before_growth(level, percent)
    except NotComputable:
        return None


def _whole(interval: Rounded) -> Rounded:
    """The whole numbers of an interval, where there are any."""
    if interval.lower is None or interval.upper is None or ceil(interval.lower) > floor(interval.upper):
        return interval
    return Rounded(interval.printed, Fraction(ceil(interval.lower)), Fraction(floor(interval.upper)))


def _after(level: Rounded, percent: Rounded) -> Rounded:
    ends = [level.printed * (1 + end / 100) for end in (percent.printed, percent.lower, percent.upper)]
    return Rounded(*ends)


def _unsigned(growth: Rounded, allowed: Rounded) -> bool:
    """Whether the rate fits once it is read as a decrease."""
    decrease = Rounded(-allowed.printed, -allowed.upper, -allowed.lower) if None not in (allowed.lower, allowed.upper) \
        else Rounded(-allowed.printed, None, -allowed.lower if allowed.lower is not None else None)  # fmt: skip
    return not apart(decrease, growth)
