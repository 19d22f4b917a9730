"""A claim in words (``data/claims.csv``) against the series it speaks of.

A claim is supported only by published figures that leave no way out: a record needs every year between the first known
one and the claim, at least two of them; a first place needs every rival, or a share of the whole so large that nobody
can have more. One published counter-example contradicts it. Everything else is not testable here, and the claim itself
says what would test it. The words of the publication that makes the claim are no test of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.evidence import Evidence, above, joined
from analysis.figures import Figure, Figures
from analysis.growths import growth_findings
from analysis.rounding import Rounded
from analysis.statements import Claim, claims
from analysis.wording import close_spaces, words

VERDICTS = ("supported", "contradicted", "not_testable")
LEAST_YEARS = 2

Part = tuple[str, Callable[[str], str]]
"""A verdict on one series, and its reason by language."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the published figures say of a claim: one of ``VERDICTS``, with the reason."""

    claim: Claim
    verdict: str
    reason_en: str
    reason_zh: str

    def reason(self, language: str) -> str:
        """Why, in one language; plain text."""
        return self.reason_en if language == "en" else self.reason_zh

    def test(self, language: str) -> str:
        """What would test the claim, in one language."""
        return self.claim.text("test", language)


def claim_verdicts(figures: Figures, region: str, year: int, data: Path | None = None) -> list[Verdict]:
    """A verdict on each claim about a place and reference year, in the order of ``data/claims.csv``."""
    evidence = Evidence(figures, data or figures.data)
    return [
        _verdict(evidence, claim)
        for claim in claims(data or figures.data)
        if (claim.region, claim.reference_year) == (region, year)
    ]


def _verdict(evidence: Evidence, claim: Claim) -> Verdict:
    """Contradicted by any of its series, supported only by all of them."""
    series = [name for name in claim.series.split("|") if name]
    check = {"record_high": _record, "rise": _rise}.get(claim.kind, _first)
    ranks = [name for name in series if evidence.series[name].unit == "rank"]
    parts = [check(evidence, claim, name) for name in ranks or series]
    verdicts = {verdict for verdict, _ in parts}
    if "contradicted" in verdicts:
        verdict = "contradicted"
    else:
        verdict = "supported" if verdicts == {"supported"} else "not_testable"

    def reason(language: str) -> str:
        if not parts:
            return words("consistency_claim_no_series", language)
        return close_spaces(words("consistency_sentences", language).join(text(language) for _, text in parts))

    return Verdict(claim, verdict, reason("en"), reason("zh"))


def _record(evidence: Evidence, claim: Claim, series: str) -> Part:
    figure = evidence.figures.chosen(claim.region, claim.reference_year, series)
    if figure is None:
        return _missing(evidence, claim, series)
    earlier = _comparable_years(evidence, figure)
    if greater := [other for other in earlier if _better(evidence, other, figure)]:
        return _said("contradicted", "not_record", evidence, figure, greater[:1])
    years = [other.reference_year for other in earlier]
    surely = [other for other in earlier if _better(evidence, figure, other)]
    unbroken = bool(years) and years == list(range(years[0], figure.reference_year))
    if unbroken and len(surely) == len(earlier) >= LEAST_YEARS:
        return _said("supported", "record", evidence, figure, surely)
    if surely:
        return _said("not_testable", "record_so_far", evidence, figure, surely)
    if rate := _rate(evidence, figure):
        return _said("not_testable", "record_growth", evidence, figure, [rate])
    return _said("not_testable", "record_unknown", evidence, figure, [])


def _rise(evidence: Evidence, claim: Claim, series: str) -> Part:
    figure = evidence.figures.chosen(claim.region, claim.reference_year, series)
    if figure is None:
        return _missing(evidence, claim, series)
    before = [each for each in _comparable_years(evidence, figure) if each.reference_year == figure.reference_year - 1]
    if before and _better(evidence, figure, before[0]):
        return _said("supported", "rose", evidence, figure, before)
    if before and _better(evidence, before[0], figure):
        return _said("contradicted", "fell", evidence, figure, before)
    if rate := _rate(evidence, figure):
        growth = evidence.rounded(rate)
        if growth.lower is not None and growth.lower > 0:
            return _said("supported", "rose", evidence, figure, [rate])
        if growth.upper is not None and growth.upper < 0:
            return _said("contradicted", "fell", evidence, figure, [rate])
    return _said("not_testable", "rise_unknown", evidence, figure, [])


def _first(evidence: Evidence, claim: Claim, series: str) -> Part:
    figure = evidence.figures.chosen(claim.region, claim.reference_year, series)
    if figure is None:
        return _missing(evidence, claim, series)
    if figure.unit == "rank":
        others = [row for row in evidence.figures.every(*_key(figure)) if row.source != claim.source]
        independent = [row for row in others if row.rounded.printed == 1]
        key = "rank" if independent else "rank_disagrees" if others else "rank_same_source"
        verdict = {"rank": "supported", "rank_disagrees": "contradicted"}.get(key, "not_testable")
        return _said(verdict, key, evidence, independent[0] if independent else figure, others[:1])
    codes = _peers(evidence, claim)
    if codes is None:
        return _said("not_testable", "peers_unknown", evidence, figure, [])
    found = [evidence.figures.chosen(code, claim.reference_year, series) for code in codes]
    rivals = [other for other in found if other is not None]
    if greater := [other for other in rivals if _better(evidence, other, figure)]:
        return _said("contradicted", "peer_above", evidence, figure, greater[:1], region=True)
    if claim.kind == "first_in_province" and (whole := _majority(evidence, figure, rivals)):
        return _said("supported", "majority", evidence, figure, [whole], region=True)
    lower = [other for other in rivals if _better(evidence, figure, other)]
    key = "peers_some" if lower else "peers_none"
    return _said("not_testable", key, evidence, figure, lower[:3], region=True)


def _peers(evidence: Evidence, claim: Claim) -> list[str] | None:
    """The places that a claim compares with, as far as ``data/regions.csv`` has them; None where it does not say."""
    own = evidence.regions[claim.region]
    places = [place for code, place in evidence.regions.items() if code != claim.region]
    if claim.kind == "first_in_province":
        return [place.region for place in places if (place.parent, place.level) == (own.parent, own.level)]
    for peers in evidence.identities.peers:
        if any(word in claim.phrase or word in claim.statement_zh for word in peers.words):
            return [
                place.region for place in places if place.level == peers.level and place.region.endswith(peers.ending)
            ]
    return None


def _majority(evidence: Evidence, figure: Figure, rivals: list[Figure]) -> Figure | None:
    """The parent's figure, if what it leaves for the places without a figure is less than this place has."""
    parent = evidence.figures.chosen(evidence.regions[figure.region].parent, figure.reference_year, figure.series)
    own = evidence.rounded(figure).lower
    if parent is None or own is None or (whole := evidence.rounded(parent).upper) is None:
        return None
    others = [evidence.rounded(other) for other in rivals]
    rest = whole - own - sum(other.lower or 0 for other in others)
    known = all(other.upper is not None and other.upper < own for other in others)
    return parent if known and rest < own else None


def _comparable_years(evidence: Evidence, figure: Figure) -> list[Figure]:
    """Earlier figures of the same series, oldest first, without those that its published growth speaks against."""
    doubtful = {
        other
        for finding in growth_findings(evidence, figure.region, figure.reference_year)
        if figure in finding.figures
        for other in finding.figures
    }
    years = [year for year in evidence.years(figure.region) if year < figure.reference_year]
    found = [evidence.figures.chosen(figure.region, year, figure.series) for year in years]
    return [other for other in found if other is not None and other not in doubtful]


def _rate(evidence: Evidence, figure: Figure) -> Figure | None:
    for series in evidence.series.values():
        if series.growth_of == figure.series:
            rate = evidence.figures.chosen(figure.region, figure.reference_year, series.series)
            if rate is not None:
                return rate
    return None


def _better(evidence: Evidence, one: Figure, other: Figure) -> bool:
    """Whether one is surely greater than the other; of two ranks, the smaller."""
    pair: tuple[Rounded, Rounded] = (evidence.rounded(one), evidence.rounded(other))
    return above(pair[1], pair[0]) if one.unit == "rank" else above(*pair)


def _key(figure: Figure) -> tuple[str, int, str]:
    return figure.region, figure.reference_year, figure.series


def _missing(evidence: Evidence, claim: Claim, series: str) -> Part:
    def text(language: str) -> str:
        name = evidence.series[series].text("name", language)
        return words("consistency_claim_no_figure", language, name=name, year=claim.reference_year)

    return "not_testable", text


def _said(
    verdict: str, key: str, evidence: Evidence, figure: Figure, others: list[Figure], *, region: bool = False
) -> Part:
    def text(language: str) -> str:
        return words(
            f"consistency_claim_{key}",
            language,
            figure=evidence.told(figure, language),
            others=joined([evidence.told(each, language, region=region, year=not region) for each in others], language),
            years=joined([str(each.reference_year) for each in others], language),
        )

    return verdict, text
