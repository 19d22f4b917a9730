"""The indicators of many reports side by side, and which of them may be ranked: the codebook's rule, nothing looser."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from analysis import paths
from analysis.breaks import Break, breaks_between
from analysis.codebook import LEVELS, Series, codebook
from analysis.comparisons import RankRange, rank_range
from analysis.indicators import Indicator, indicators
from analysis.made_reports import Computed
from analysis.site_reports import SiteReport
from analysis.standings import FEWEST, NOT_RANKED

RULES = ("direct", "unranked", "marked", "refused")
"""May be ranked; holds a place, days or percentage points, which are not; may be compared with a mark; may not be."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a report; ``place`` among the regions of the same kind and year, if it may have one."""

    report: SiteReport
    number: Computed
    place: RankRange | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator in every report that computed it by today's formula.

    ``rule`` is the strictest that any of its series has; ``traps`` are the series that have it, or one short of it;
    ``breaks`` part the years that the rows hold; ``left_out`` counts the values made by another formula.
    """

    indicator: Indicator
    rule: str
    traps: tuple[Series, ...]
    breaks: tuple[Break, ...]
    rows: tuple[Row, ...]
    left_out: int


def compared(reports: list[SiteReport], data: Path = paths.DATA) -> list[Compared]:
    """Every indicator that a report has a value of, in the order of the definitions.

    Implied levels of the year before are left out, as in the tables of the reports.
    """
    found = [_compared(each, reports, data) for each in indicators(data).values() if each.kind != "previous"]
    return [each for each in found if each.rows]


def _compared(indicator: Indicator, reports: list[SiteReport], data: Path) -> Compared:
    rows = [Row(report, report.numbers[indicator.id]) for report in reports if indicator.id in report.numbers]
    same = [row for row in rows if set(row.number.inputs) == set(indicator.inputs)]
    series = [codebook(data)[name] for name in indicator.inputs]
    rule = max((_rule(each) for each in series), key=RULES.index)
    traps = tuple(each for each in series if each.comparability != "direct")
    ranked = _ranked(same) if rule == "direct" else same
    return Compared(indicator, rule, traps, _breaks(indicator, same, data), tuple(ranked), len(rows) - len(same))


def _rule(series: Series) -> str:
    if series.comparability == "direct" and series.unit in NOT_RANKED:
        return "unranked"
    return series.comparability


def _ranked(rows: list[Row]) -> list[Row]:
    """The rows by year, the newest first, and by kind of region: with their places, the largest first.

    Where too few are of a kind they have no places, and stay in the order of their codes.
    """
    found = []
    for _, kin in groupby(sorted(rows, key=_kind), key=_kind):
        group = list(kin)
        if len(group) < FEWEST:
            found += group
            continue
        group.sort(key=lambda row: -row.number.value.printed)
        values = [row.number.value for row in group]
        found += [
            Row(row.report, row.number, rank_range(values[at], values[:at] + values[at + 1 :]))
            for at, row in enumerate(group)
        ]
    return found


def _kind(row: Row) -> tuple[int, int, str]:
    """What the regions that are ranked together have in common, as a key to sort by."""
    region = row.report.region
    return -row.report.year, LEVELS.index(region.level), region.group


def _breaks(indicator: Indicator, rows: list[Row], data: Path) -> tuple[Break, ...]:
    """The breaks that lie between two years that the rows hold of one region."""
    years: dict[str, list[int]] = {}
    for row in rows:
        years.setdefault(row.report.region.region, []).append(row.report.year)
    found = [
        each
        for region, of_region in years.items()
        for each in breaks_between(indicator.inputs, region, min(of_region), max(of_region), data)
    ]
    return tuple(dict.fromkeys(found))
