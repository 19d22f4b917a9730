"""Parts against wholes, and published shares and per-head rates against what they are made of.

Rules "part", "sum" and "share". A whole printed in n parts may miss their sum by half a unit of the last digit of each
of the n + 1 numbers; a quotient by what opposing ends of its two numbers allow.
"""

from collections.abc import Iterator
from functools import reduce
from operator import add

from analysis.errors import NotComputable
from analysis.evidence import Evidence, Finding, above, apart, finest, joined, span
from analysis.figures import Figure
from analysis.identities import AtMost, Identity, Quotient, Sum
from analysis.rounding import Rounded, exactly
from analysis.wording import figure_number, words

PART_REASONS = ("consistency_why_scope", "consistency_why_digit", "consistency_why_date")
SUM_REASONS = ("consistency_why_parts", "consistency_why_revised", "consistency_why_digit")


def part_findings(evidence: Evidence, region: str, year: int) -> Iterator[Finding]:
    """Parts greater than their whole: pairs that the codebook or the identities name, and that no sum covers."""
    summed = {(sum_.whole, part) for sum_ in evidence.identities.sum for part in sum_.parts}
    pairs: list[tuple[str, str, Identity | None]] = [
        (series.series, series.part_of, None)
        for series in evidence.series.values()
        if series.part_of and (series.part_of, series.series) not in summed
    ]
    pairs += [(pair.lesser, pair.greater, pair) for pair in evidence.identities.at_most]
    for part, whole, identity in pairs:
        yield from _greater_part(evidence, region, year, part, whole, identity)


def sum_findings(evidence: Evidence, region: str, year: int) -> Iterator[Finding]:
    """Parts that do not make up their whole; with a part missing, or none but a lower bound known, that exceed it."""
    for identity in evidence.identities.sum:
        wholes = evidence.readings(region, year, identity.whole)
        slots = [readings for part in identity.parts if (readings := evidence.readings(region, year, part))]
        if not wholes or not slots:
            continue
        single = [
            finding
            for slot in slots
            for finding in _greater_part(evidence, region, year, slot[0].series, identity.whole, identity)
        ]
        if single:
            yield from single
        elif len(slots) > 1 and not (identity.overlap and len(slots) < len(identity.parts)):
            yield from _wrong_sum(evidence, identity, wholes, slots)


def share_findings(evidence: Evidence, region: str, year: int) -> Iterator[Finding]:
    """Published quotients that their two parts do not give, whichever denominator of the last years is taken."""
    for identity in evidence.identities.quotient:
        published = evidence.readings(region, year, identity.series)
        above_line = evidence.readings(region, year, identity.numerator)
        bases = [
            figure
            for back in range(identity.years_back + 1)
            for figure in evidence.figures.every(region, year - back, identity.denominator)
        ]
        if not published or not above_line or not bases:
            continue
        if identity.years_back:
            base = _hull([evidence.rounded(figure) for figure in bases], identity.slack_percent)
            slots = [published, above_line]
        else:
            base, bases = None, evidence.readings(region, year, identity.denominator)
            slots = [published, above_line, bases]

        def fits(row: list[Rounded], base: Rounded | None = base, identity: Quotient = identity) -> bool:
            quotient = _quotient(row[1], base or row[2], identity.per)
            return quotient is None or not apart(row[0], quotient)

        if verdict := evidence.judged(slots, fits):
            kind = "definition" if identity.free else verdict
            yield _share_finding(evidence, kind, identity, [published[0], above_line[0], *bases], base)


def _greater_part(
    evidence: Evidence, region: str, year: int, part: str, whole: str, identity: Identity | None
) -> Iterator[Finding]:
    slots = [evidence.readings(region, year, part), evidence.readings(region, year, whole)]
    if not all(slots) or not (verdict := evidence.judged(slots, lambda row: not above(row[0], row[1]))):
        return
    figures = [slot[0] for slot in slots]

    def statement(language: str) -> str:
        return words(
            "consistency_part",
            language,
            part=evidence.told(figures[0], language),
            whole=evidence.told(figures[1], language),
            **evidence.place(figures[0], language),
        )

    key = "consistency_why_at_most" if isinstance(identity, AtMost) else "consistency_why_part"
    kind = "definition" if isinstance(identity, Sum) and identity.overlap else verdict
    yield evidence.finding("part", kind, figures, statement, (key, *PART_REASONS), identity)


def _wrong_sum(evidence: Evidence, identity: Sum, wholes: list[Figure], slots: list[list[Figure]]) -> Iterator[Finding]:
    """One sided where the whole holds more than the parts that are published."""
    open_ = identity.open or len(slots) < len(identity.parts)

    def fits(row: list[Rounded]) -> bool:
        total = reduce(add, row[1:])
        return not above(total, row[0]) if open_ else not apart(total, row[0])

    if not (verdict := evidence.judged([wholes, *slots], fits)):
        return
    whole, *parts = figures = [wholes[0], *(slot[0] for slot in slots)]
    total, place = reduce(add, (evidence.rounded(figure) for figure in parts)), finest(figures)

    def statement(language: str) -> str:
        values = {
            "parts": joined([evidence.told(part, language) for part in parts], language),
            "whole": evidence.told(whole, language),
            "total": span(total, place, language, whole.unit),
            "allowed": span(evidence.rounded(whole), place, language, whole.unit),
        }
        exact = total.exact and evidence.rounded(whole).exact
        key = "consistency_sum_exact" if exact else "consistency_sum_rounded"
        return words(key, language, **values, **evidence.place(whole, language))

    kind = "definition" if identity.overlap else verdict
    yield evidence.finding("sum", kind, figures, statement, SUM_REASONS, identity)


def _share_finding(
    evidence: Evidence, kind: str, identity: Quotient, figures: list[Figure], base: Rounded | None
) -> Finding:
    published, numerator, *bases = figures
    quotient = _quotient(evidence.rounded(numerator), base or evidence.rounded(bases[0]), identity.per)
    implied = _quotient(evidence.rounded(numerator), evidence.rounded(published), identity.per)

    def statement(language: str) -> str:
        values = {
            "published": evidence.told(published, language),
            "allowed": span(evidence.rounded(published), finest([published]), language, published.unit),
            "numerator": evidence.told(numerator, language),
            "bases": joined([evidence.told(figure, language, year=True) for figure in _distinct(bases)], language),
            "per": f"{identity.per:,}",
            "quotient": span(quotient, finest([published]) - 1, language, published.unit),
            "implied": span(implied, finest(bases), language, bases[0].unit)
            if implied
            else figure_number(bases[0], language),
        }
        key = "consistency_share_slack" if identity.slack_percent else "consistency_share"
        return words(key, language, slack=identity.slack_percent, **values, **evidence.place(published, language))

    reasons = ("consistency_why_base", "consistency_why_revised", "consistency_why_digit")
    return evidence.finding("share", kind, figures, statement, reasons, identity)


def _quotient(above_line: Rounded, below: Rounded, per: int) -> Rounded | None:
    try:
        return above_line / below * exactly(per)
    except NotComputable:
        return None


def _hull(numbers: list[Rounded], slack: int) -> Rounded:
    """From the least to the greatest of several values, and ``slack`` per cent more on either side."""
    lower, upper = [number.lower for number in numbers], [number.upper for number in numbers]
    return Rounded(
        numbers[0].printed,
        None if None in lower else min(lower) * (100 - slack) / 100,
        None if None in upper else max(upper) * (100 + slack) / 100,
        about=True,
    )


def _distinct(figures: list[Figure]) -> list[Figure]:
    return list({(each.reference_year, each.value, each.multiplier): each for each in figures}.values())
