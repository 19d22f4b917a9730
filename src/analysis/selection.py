"""What the chapters show of other years and regions: exhibits and cards both read it, so neither lacks the other."""

from collections.abc import Iterator

from analysis.comparisons import apart
from analysis.consistency import Finding, findings_for
from analysis.edition import Edition, once
from analysis.figures import Figure
from analysis.histories import Change, Contribution, History, contributions, indicator_histories, series_histories
from analysis.indicators import Result
from analysis.standings import Portion, Standing, portions, rates, standings

PANELS = {
    "creation_flow": (("creation",), ("flow",)),
    "creation_stock": (("creation",), ("stock",)),
    "other": (("planning", "protection", "value", "services", "context"), ("flow", "stock")),
}
"""The charts of lines: which aspects and kinds of series each draws."""

DRAWN_UNITS = frozenset({"count", "CNY", "persons", "percent", "rate"})
FEWEST_POINTS, MOST_PANELS = 3, 6


@once
def level_histories(edition: Edition) -> list[History]:
    """The series with two years or more, without published growth rates."""
    return [each for each in _histories(edition) if not _is_growth(each)]


@once
def growth_histories(edition: Edition) -> list[History]:
    """The published growth rates with two years or more."""
    return [each for each in _histories(edition) if _is_growth(each)]


@once
def steps(edition: Edition) -> list[Change]:
    """For each series with a figure of the reference year, the change from the figure before it."""
    found = [history.step_to(edition.reference_year) for history in level_histories(edition)]
    return [change for change in found if change is not None]


@once
def long_changes(edition: Edition) -> list[Change]:
    """Each series over its longest stretches, except what ``steps`` has already."""
    known = {change.id for change in steps(edition)}
    found = [change for history in level_histories(edition) for change in history.long_changes()]
    return [change for change in found if change.id not in known]


@once
def indicator_changes(edition: Edition) -> list[Change]:
    """Each indicator over its longest stretches."""
    return [change for history in _indicator_histories(edition) for change in history.long_changes()]


@once
def headline_steps(edition: Edition) -> list[Change]:
    """For each series, growth rates too, and each indicator: the change to the reference year from the year before it.

    Any of them may be a headline number.
    """
    histories = [*_histories(edition), *_indicator_histories(edition)]
    found = [history.step_to(edition.reference_year) for history in histories]
    return [change for change in found if change is not None]


@once
def changes(edition: Edition) -> list[Change]:
    """Every change that the first screen or the chapter on change shows; some twice."""
    return [*headline_steps(edition), *long_changes(edition), *indicator_changes(edition)]


@once
def contributed(edition: Edition) -> list[Contribution]:
    """What parts added to their wholes up to the reference year."""
    return list(contributions(edition.figures, edition.region_code, edition.reference_year))


@once
def charted(edition: Edition, panel: str) -> list[History]:
    """The series of a chart of lines, those with the most years first, in the codebook's order."""
    aspects, kinds = PANELS[panel]
    found = []
    for history in level_histories(edition):
        series = edition.series(history.name)
        within = series.aspect in aspects and series.kind in kinds and history.unit in DRAWN_UNITS
        if within and len(history.points) >= FEWEST_POINTS:
            found.append(history)
    most = sorted(found, key=lambda history: -len(history.points))[:MOST_PANELS]
    return [history for history in found if history in most]


@once
def placed(edition: Edition) -> list[Standing]:
    """The standings of the region in the series that allow one."""
    return standings(edition.figures, edition.region_code, edition.reference_year)


@once
def divided(edition: Edition) -> list[tuple[Standing, Standing]]:
    """Each standing by count with each standing by rate that its denominators allow."""
    return [(base, rate) for base in placed(edition) for rate in rates(edition.figures, edition.region_code, base)]


@once
def contained(edition: Edition) -> list[Portion]:
    """The shares of the region in its province and in the nation."""
    return [portion for base in placed(edition) for portion in portions(edition.figures, edition.region_code, base)]


@once
def found(edition: Edition) -> list[Finding]:
    """What the rules of consistency find about the region, that of the reference year first, then newest first."""
    findings = findings_for(edition.figures, edition.region_code)
    return sorted(findings, key=lambda each: (each.reference_year != edition.reference_year, -each.reference_year))


@once
def figures_shown(edition: Edition) -> list[Figure]:
    """Every number of another region or year that a chapter links to, once: the figure that is used for it.

    The report's own region comes first, then by region, series and year.
    """
    own = (edition.region_code, edition.reference_year)
    numbers = {(each.region, each.reference_year, each.series) for each in _figures(edition)}
    used = [edition.figures.chosen(*number) for number in numbers if number[:2] != own]
    return sorted(used, key=lambda each: (each.region != own[0], each.region, each.series, each.reference_year))


@once
def results_shown(edition: Edition) -> list[Result]:
    """Every indicator of another year that the first screen or the chapter on change links to."""
    points = [point for change in changes(edition) for point in (change.earlier, change.later)]
    results = [point.origin for point in points if isinstance(point.origin, Result)]
    found = {(result.indicator.id, result.reference_year): result for result in results}
    return [result for (_, year), result in found.items() if year != edition.reference_year]


def _figures(edition: Edition) -> Iterator[Figure]:
    for change in changes(edition):
        yield from (*change.earlier.figures, *change.later.figures)
    for each in contributed(edition):
        yield from (*each.part.earlier.figures, *each.part.later.figures)
        yield from (*each.whole.earlier.figures, *each.whole.later.figures)
    for history in (*growth_histories(edition), *(each for panel in PANELS for each in charted(edition, panel))):
        yield from (figure for point in history.points for figure in point.figures)
    for standing in (*placed(edition), *(rate for _, rate in divided(edition))):
        yield from (figure for code in standing.figures for figure in standing.figures[code])
    yield from (figure for portion in contained(edition) for figure in (portion.part, portion.whole))
    yield from (rows[0] for rows in revised(edition))
    yield from (figure for finding in found(edition) for figure in finding.figures)


@once
def revised(edition: Edition) -> list[list[Figure]]:
    """The numbers that publications print so differently that rounding does not explain it, the used one first."""
    found = []
    for year in edition.figures.years(edition.region_code):
        for series in edition.figures.series_of(edition.region_code, year):
            first, *others = edition.figures.every(edition.region_code, year, series)
            different = [other for other in others if apart(first.rounded, other.rounded)]
            if different:
                found.append([first, *different])
    return found


@once
def _histories(edition: Edition) -> list[History]:
    return series_histories(edition.figures, edition.region_code)


@once
def _indicator_histories(edition: Edition) -> list[History]:
    return indicator_histories(edition.figures, edition.region_code)


def _is_growth(history: History) -> bool:
    return history.name.endswith("_yoy_percent")
