"""One figure, several publications: the same number, a rounding of one another, a bound that holds, or a conflict.

Rule "agreement". Two rounded numbers that share a value are no conflict (a half may have been rounded up in one place
and down in another), and neither are a number and a bound that it satisfies. A whole number that ends in two zeros or
more may have been rounded to them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import floor

from analysis.evidence import Evidence, Finding, apart, joined, last_place, span
from analysis.figures import Figure
from analysis.rounding import about_place, exactly, printed_place
from analysis.wording import figure_number, words

VERDICTS = ("same", "rounding", "bound", "truncation", "conflict")
"""From the mildest to the gravest."""

LEAST_ZEROS = 100


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the publications of one number stand to each other: the gravest of ``VERDICTS`` between any two."""

    series: str
    figures: tuple[Figure, ...]
    verdict: str


def agreements_of(evidence: Evidence, region: str, year: int) -> Iterator[Agreement]:
    """The numbers of one region and year that more than one publication prints."""
    for series in evidence.series:
        rows = evidence.figures.every(region, year, series)
        if len(rows) > 1:
            verdicts = [relation(evidence, one, other) for one, other in combinations(rows, 2)]
            yield Agreement(series, tuple(rows), max(verdicts, key=VERDICTS.index))


def agreement_findings(evidence: Evidence, region: str, year: int) -> Iterator[Finding]:
    """Numbers on which publications do not agree."""
    for agreement in agreements_of(evidence, region, year):
        if agreement.verdict in ("truncation", "conflict"):
            yield _finding(evidence, agreement)


def relation(evidence: Evidence, one: Figure, other: Figure) -> str:
    """How two printings of one number stand to each other, as one of ``VERDICTS``."""
    numbers = evidence.rounded(one), evidence.rounded(other)
    if numbers[0].bound or numbers[1].bound:
        return "conflict" if apart(*numbers) else "bound"
    if numbers[0].printed == numbers[1].printed:
        return "same"
    if not apart(*numbers) or _rounded_to_zeros(one, other) or _rounded_to_zeros(other, one):
        return "rounding"
    if not apart(evidence.cut(one), evidence.rounded(other)) or not apart(evidence.rounded(one), evidence.cut(other)):
        return "truncation"
    return "conflict"


def _rounded_to_zeros(coarse: Figure, fine: Figure) -> bool:
    place = about_place(coarse.value, coarse.multiplier)
    value, exact = Fraction(coarse.rounded.printed), fine.rounded.printed
    if "." in coarse.value or place < LEAST_ZEROS * printed_place(coarse.value, coarse.multiplier):
        return False
    return value == floor(exact / place + Fraction(1, 2)) * place


def _finding(evidence: Evidence, agreement: Agreement) -> Finding:
    rows = agreement.figures
    distinct = list({evidence.rounded(figure).printed: figure for figure in reversed(rows)}.values())[::-1]
    gap = max(evidence.rounded(figure).printed for figure in rows) - min(
        evidence.rounded(figure).printed for figure in rows
    )

    def statement(language: str) -> str:
        printed: dict[str, list[str]] = {}
        for figure in rows:
            printed.setdefault(figure_number(figure, language), []).append(figure.source)
        values = [
            words("consistency_printed_by", language, number=number, source=joined(publications, language))
            for number, publications in printed.items()
        ]
        return words(
            f"consistency_agreement_{agreement.verdict}",
            language,
            name=evidence.series[agreement.series].text("name", language),
            values=joined(values, language),
            gap=span(exactly(gap), last_place(rows), language, rows[0].unit),
            **evidence.place(rows[0], language),
        )

    reasons = [key for one, other in combinations(distinct, 2) for key in _slips(one, other)]
    if evidence.series[agreement.series].kind == "stock":
        reasons.append("consistency_why_date")
    reasons += ["consistency_why_revised", "consistency_why_other_count"]
    return evidence.finding("agreement", agreement.verdict, rows, statement, tuple(dict.fromkeys(reasons)))


def _slips(one: Figure, other: Figure) -> Iterator[str]:
    """Slips of the pen that would turn one number into the other."""
    ratio = one.rounded.printed / other.rounded.printed if other.rounded.printed else Fraction(0)
    if ratio and any(ratio in (Fraction(10) ** power, Fraction(1, 10**power)) for power in range(1, 9)):
        yield "consistency_why_power"
    texts = [figure.value.replace(".", "") for figure in (one, other)]
    if len(texts[0]) != len(texts[1]) or one.multiplier != other.multiplier:
        return
    differing = [place for place in range(len(texts[0])) if texts[0][place] != texts[1][place]]
    if len(differing) == 2 and differing[1] == differing[0] + 1 and sorted(texts[0]) == sorted(texts[1]):
        yield "consistency_why_swapped"
    elif len(differing) == 1 and len(texts[0]) > 2:
        yield "consistency_why_digit"
