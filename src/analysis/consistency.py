"""Published numbers against each other: every rule, over every place and year.

Each rule states the arithmetic in words, allows for all that rounding leaves open, lists possible explanations, and
repairs nothing. The rules stand in modules of their own: ``compositions`` (part, sum, share), ``growths`` (growth,
whole_level), ``stocks`` (stock_flow), ``magnitudes``, ``nesting`` (nesting, region_sum) and ``agreement``; what belongs
together is data (``identities``). Claims in words are weighed in ``claim_checks``.
"""

from pathlib import Path

from analysis.agreement import Agreement, agreement_findings, agreements_of
from analysis.codebook import region_named
from analysis.compositions import part_findings, share_findings, sum_findings
from analysis.evidence import KINDS, Evidence, Finding
from analysis.figures import Figures
from analysis.growths import growth_findings
from analysis.magnitudes import magnitude_findings
from analysis.nesting import excess_findings, nesting_findings
from analysis.stocks import stock_findings

__all__ = ["KINDS", "RULES", "Agreement", "Finding", "agreements", "findings", "findings_for"]

RULES = (
    "part", "sum", "share", "growth", "whole_level", "stock_flow", "magnitude", "nesting", "region_sum", "agreement",
)  # fmt: skip

CHECKS = (
    part_findings,
    sum_findings,
    share_findings,
    growth_findings,
    stock_findings,
    magnitude_findings,
    nesting_findings,
    agreement_findings,
)
"""Each yields the findings of some rules for one region and reference year."""


def findings(figures: Figures, data: Path | None = None) -> list[Finding]:
    """All findings, by region, then reference year, then in the order of the rules.

    ``data`` is the folder with the codebook and the identities, that of the figures if None.
    Raises BadDefinition or BadRow if one of these tables is wrong.
    """
    evidence = Evidence(figures, data or figures.data)
    return [
        finding
        for region in figures.regions()
        for year in evidence.years(region)
        for finding in _of(evidence, region, year)
    ]


def findings_for(figures: Figures, region: str, year: int | None = None, data: Path | None = None) -> list[Finding]:
    """The findings about one place, in one reference year or in all of them; empty where it has no figures.

    What a city has too much of for its province is a finding about the city.
    Raises UnknownName if there is no such region.
    """
    region_named(region, data or figures.data)
    evidence = Evidence(figures, data or figures.data)
    years = evidence.years(region) if year is None else [year]
    found = []
    for each in years:
        found += [*_of(evidence, region, each), *excess_findings(evidence, region, each)]
    return [finding for finding in found if finding.region == region]


def agreements(figures: Figures, region: str, year: int, data: Path | None = None) -> list[Agreement]:
    """The numbers of a place and year that several publications print, and how these stand to each other."""
    return list(agreements_of(Evidence(figures, data or figures.data), region, year))


def _of(evidence: Evidence, region: str, year: int) -> list[Finding]:
    return [finding for check in CHECKS for finding in check(evidence, region, year)]
