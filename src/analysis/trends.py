"""The exhibits of the chapter on change over time; None where there is nothing to show."""

from collections import Counter

from analysis import selection, wording
from analysis.breaks import Break, breaks
from analysis.comparison_cards import break_kinds, change_link, history_name, point_link
from analysis.edition import Edition
from analysis.exhibits import figure_words, publication, table_of
from analysis.figures import Figure
from analysis.histories import Change, History, Point
from analysis.sources import sources
from analysis.tables import Table

MOST_SOURCES = 3
VERDICTS = ("rose", "fell", "unchanged", "open", "broken")


def change_headline(edition: Edition) -> str | None:
    """How many series have a figure of the reference year and an earlier one, and which way they went."""
    changes = selection.steps(edition)
    if not changes:
        return None
    told = counted(edition, [change.verdict or "broken" for change in changes])
    years = len(edition.figures.years(edition.region_code))
    return edition.words("trends_headline", number=len(changes), years=years, told=told)


def step_table(edition: Edition) -> Table | None:
    """For each series with a figure of the reference year, the figure before it and what changed."""
    rows = [_change_row(edition, change) for change in selection.steps(edition)]
    columns = ("series", "before", "now", "change", "size")
    return table_of(edition, "steps", "table_steps", columns, rows, ("before", "now", "size"), "note_change")


def long_table(edition: Edition) -> Table | None:
    """Each series over its longest stretches without a break."""
    rows = [[*_change_row(edition, change), _yearly(edition, change)] for change in selection.long_changes(edition)]
    columns = ("series", "first", "last", "change", "size", "yearly")
    numeric = ("first", "last", "size", "yearly")
    return table_of(edition, "stretches", "table_stretches", columns, rows, numeric, "note_stretches")


def indicator_change_table(edition: Edition) -> Table | None:
    """Each indicator over its longest stretches without a break in any of its figures."""
    rows = [_change_row(edition, change) for change in selection.indicator_changes(edition)]
    columns = ("indicator", "first", "last", "change", "size")
    name, caption = "indicator-changes", "table_indicator_changes"
    return table_of(edition, name, caption, columns, rows, ("first", "last", "size"), "note_indicator_changes")


def growth_rate_table(edition: Edition) -> Table | None:
    """The growth rates that were published, year by year, beside nothing of ours."""
    rows = [
        [wording.escaped(edition.series_name(history.name)), by_year(edition, history)]
        for history in selection.growth_histories(edition)
    ]
    return table_of(edition, "growth-rates", "table_growth_rates", ("series", "by_year"), rows, (), "note_growth_rates")


def contribution_table(edition: Edition) -> Table | None:
    """What each part added to the growth of the whole that contains it."""
    rows = []
    for each in selection.contributed(edition):
        years = edition.words("years_span", earlier=each.part.earlier.year, later=each.part.later.year)
        rows.append(
            [
                wording.escaped(edition.series_name(each.part.history.name)),
                wording.escaped(edition.series_name(each.whole.history.name)),
                years,
                _size(edition, each.whole),
                change_link(edition, each.points, each.id, points=True),
            ]
        )
    columns = ("part", "whole", "years", "whole_growth", "contribution")
    numeric = ("whole_growth", "contribution")
    return table_of(edition, "contributions", "table_contributions", columns, rows, numeric, "note_contributions")


def break_table(edition: Edition) -> Table | None:
    """The breaks in the series of the region, with figures on both sides, and why."""
    rows = [
        [
            edition.listed([wording.escaped(edition.series_name(series)) for series in found]),
            edition.words(
                "break_told", kind=edition.words(f"break_{each.kind}"), earlier=each.earlier_year, later=each.later_year
            ),
            wording.escaped(each.why(edition.language)),
            _shown_by(edition, each),
        ]
        for each in breaks(edition.data)
        if (found := _broken(edition, each))
    ]
    columns = ("series", "break", "why", "source")
    return table_of(edition, "breaks", "table_breaks", columns, rows, (), "note_breaks")


def revision_table(edition: Edition) -> Table | None:
    """The numbers that publications print differently beyond rounding: the one used, then the others with dates."""
    rows = []
    for used, *others in selection.revised(edition):
        beside = [
            f"{wording.linked(figure_words(edition, other), edition.figure_card(used))} "
            f"({wording.escaped(publication(edition, other))})"
            for other in others
        ]
        rows.append(
            [
                wording.escaped(edition.series_name(used.series)),
                str(used.reference_year),
                edition.figure_link(used),
                wording.escaped(publication(edition, used)),
                "; ".join(beside),
            ]
        )
    columns = ("series", "year", "used", "source", "other")
    return table_of(edition, "revisions", "table_revisions", columns, rows, ("year", "used"), "note_revisions")


def counted(edition: Edition, ways: list[str]) -> str:
    """How many went which way, in words: ``5 rose, 1 fell``."""
    went = Counter(ways)
    return edition.listed([edition.words(f"trends_count_{way}", number=went[way]) for way in VERDICTS if went[way]])


def named_sources(edition: Edition, figures: list[Figure]) -> str:
    """The source line of a chart: the publications, or how many they are where a line would not hold them."""
    used = list(dict.fromkeys(publication(edition, figure) for figure in figures))
    if len(used) > MOST_SOURCES:
        return edition.words("chart_many_sources", number=len(used))
    return edition.words("chart_source", sources="; ".join(wording.escaped(each) for each in used))


def by_year(edition: Edition, history: History) -> str:
    """Every figure of a history with its year, as links."""
    told = [
        edition.words("year_and_figure", of=point.year, figure=point_link(edition, point)) for point in history.points
    ]
    return edition.words("semicolon").join(told)


def _change_row(edition: Edition, change: Change) -> list[str]:
    return [
        wording.escaped(history_name(edition, change)),
        _of_year(edition, change.earlier),
        _of_year(edition, change.later),
        _verdict(edition, change),
        _size(edition, change),
    ]


def _of_year(edition: Edition, point: Point) -> str:
    return edition.words("of_year", figure=point_link(edition, point), of=point.year)


def _verdict(edition: Edition, change: Change) -> str:
    if change.verdict:
        return edition.words(f"verdict_{change.verdict}")
    return edition.words("verdict_broken", kinds=break_kinds(edition, change))


def _size(edition: Edition, change: Change) -> str:
    if change.size is None:
        return edition.words("no_size")
    return change_link(edition, change.size, change.id, points=change.in_points)


def _yearly(edition: Edition, change: Change) -> str:
    return edition.words("no_size") if change.yearly is None else change_link(edition, change.yearly, change.id)


def _broken(edition: Edition, each: Break) -> list[str]:
    """The series of a break that the region publishes, if it has figures on both sides of it."""
    if each.region not in ("", edition.region_code):
        return []
    of_break = [
        (year, series) for year, series in edition.figures.published(edition.region_code) if series in each.series
    ]
    before = any(year < each.later_year for year, _ in of_break)
    after = any(year > each.earlier_year for year, _ in of_break)
    present = {series for _, series in of_break}
    return [series for series in each.series if series in present] if before and after else []


def _shown_by(edition: Edition, each: Break) -> str:
    if not each.source:
        return edition.words("break_background")
    return wording.escaped(edition.published_in(sources(edition.data)[each.source]))
