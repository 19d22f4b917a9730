"""The exhibits of the chapter on peers; None where there is nothing to show."""

from analysis import selection, wording
from analysis.charts import Chart, Mark
from analysis.codebook import series_named
from analysis.comparison_cards import portion_text, rate_text, reservations
from analysis.comparison_charts import peers
from analysis.comparison_wording import rank_text
from analysis.edition import Edition
from analysis.exhibits import table_of
from analysis.standings import FEWEST, Standing, peer_group, refused
from analysis.tables import Table
from analysis.trends import named_sources

SPREAD = 20
"""Where the largest number is so many times the smallest, a chart has a scale of powers of ten."""

RECENT = 2
"""How many years from the reference year the numbers of a chart may be; what is older is told in a sentence."""

MOST_TOLD = 6
"""So many regions are told one by one to those who do not see the chart; of more, the first, the own and the last."""

WIDE = 0.02
POWERS = range(-3, 13)


def has_peers(edition: Edition) -> bool:
    """Whether there is any other region of the same level and group."""
    return len(peer_group(edition.region_code, edition.figures)) > 1


def peer_headline(edition: Edition) -> str:
    """Who the peers are, and in how many series a comparison is possible."""
    if not has_peers(edition):
        return edition.words("peers_none")
    group = peer_group(edition.region_code, edition.figures)
    known = {standing.series.series for standing in selection.placed(edition)}
    key = "peers_headline" if known else "peers_too_few"
    return edition.words(key, group=group_name(edition), size=len(group), number=len(known), fewest=FEWEST)


def standing_table(edition: Edition) -> Table | None:
    """For each series that can be compared: the year, the region's figure, its place, and how many have no figure."""
    rows = [
        [
            _marked(edition, standing),
            str(standing.year),
            edition.figure_link(standing.figures[standing.region][0]),
            wording.linked(rank_text(standing.rank, edition.language), standing.id),
            str(len(standing.missing)),
        ]
        for standing in selection.placed(edition)
    ]
    columns = ("series", "year", "figure", "place", "absent")
    numeric = ("year", "figure", "absent")
    note = "note_standings_marked" if any("†" in row[0] for row in rows) else "note_standings"
    return table_of(edition, "standings", "table_standings", columns, rows, numeric, note)


def denominator_table(edition: Edition) -> Table | None:
    """The place by count and the place by rate among the same regions, for each denominator that they publish."""
    rows = []
    for base, rate in selection.divided(edition):
        rows.append(
            [
                _marked(edition, base),
                str(rate.year),
                edition.words(f"per_{rate.denominator}"),
                wording.linked(rate_text(edition, rate, rate.region), rate.id),
                wording.linked(rank_text(rate.rank_by_count, edition.language), rate.id),
                wording.linked(rank_text(rate.rank, edition.language), rate.id),
            ]
        )
    columns = ("series", "year", "per", "rate", "place_by_count", "place_by_rate")
    numeric = ("year", "rate")
    return table_of(edition, "denominators", "table_denominators", columns, rows, numeric, "note_denominators")


def denominator_headline(edition: Edition) -> str | None:
    """In how many cases dividing by residents or by GDP changes the place."""
    rated = [rate for _, rate in selection.divided(edition)]
    if not rated:
        return None
    places = [(rate.rank_by_count, rate.rank) for rate in rated]
    moved = sum(one.best > other.worst or other.best > one.worst for one, other in places)
    return edition.words("peers_denominators", number=len(rated), moved=moved)


def portion_table(edition: Edition) -> Table | None:
    """How much of its province and of the nation the region is."""
    rows = [
        [
            wording.escaped(edition.series_name(portion.part.series)),
            str(portion.part.reference_year),
            edition.figure_link(portion.part, counted=False),
            edition.region_name(portion.whole.region),
            edition.figure_link(portion.whole, counted=False),
            wording.linked(portion_text(edition, portion), portion.id),
        ]
        for portion in selection.contained(edition)
    ]
    columns = ("series", "year", "figure", "container", "container_figure", "portion")
    numeric = ("year", "figure", "container_figure", "portion")
    return table_of(edition, "portions", "table_portions", columns, rows, numeric, "note_portions")


def limits_table(edition: Edition) -> Table | None:
    """What is compared with a mark only, and what is not compared though it is published here and elsewhere."""
    standings = [*selection.placed(edition), *(rate for _, rate in selection.divided(edition))]
    marked = dict.fromkeys(name for standing in standings for name in reservations(edition, standing))
    listed = [(name, "marked") for name in marked]
    listed += [(each.series, "refused") for each in refused(edition.figures, edition.region_code)]
    rows = [
        [
            wording.escaped(edition.series_name(name)),
            edition.words(f"comparability_{rule}"),
            wording.escaped(edition.series(name).text("scope_trap", edition.language)),
        ]
        for name, rule in listed
    ]
    return table_of(edition, "limits", "table_limits", ("series", "rule", "why"), rows)


def peer_chart(edition: Edition, series: str, denominator: str = "") -> Chart | None:
    """A dot for each peer with a figure, and for the province and the nation. Raises UnknownName."""
    series_named(series, edition.data)
    standing = _standing(edition, series, denominator)
    if standing is None or _old(edition, standing):
        return None
    marks, codes = _marks(edition, standing)
    values = [mark.value for mark in marks if mark.value > 0]
    logarithmic = bool(values) and max(values) > SPREAD * min(values)
    ticks = [(10.0**power, wording.number_of_power(power, edition.language)) for power in POWERS] if logarithmic else []
    name = standing.id.replace("rank-", "peers-")
    shown = _measure(edition, standing)
    title = edition.words("chart_peers_title", series=shown, rank=rank_text(standing.rank, edition.language))
    subtitle = edition.words("chart_peers_subtitle", series=shown, group=group_name(edition), of=standing.year)
    if standing.references:
        containing = [edition.region_name(code) for code in standing.references]
        subtitle += edition.words("chart_peers_containing", regions=edition.listed(containing))
    if standing.missing:
        subtitle += edition.words("chart_peers_absent", number=len(standing.missing))
    if any(mark.open_upper for mark in marks):
        subtitle += edition.words("chart_open")
    description = _description(edition, standing, marks)
    rows = [[wording.escaped(edition.region_name(code)), _number(edition, standing, code)] for code in codes]
    heads = ("region", "rate" if denominator else "figure")
    table = table_of(edition, f"{name}-data", "table_peers_data", heads, rows, heads[1:])
    source = named_sources(edition, [figure for code in codes for figure in standing.figures[code]])
    return Chart(name, title, subtitle, source, description, table, peers(name, marks, ticks))


def old_place(edition: Edition, series: str) -> str:
    """The place in a series whose newest numbers of enough peers are too old for a chart; empty for any other."""
    found = _standing(edition, series)
    if found is None or not _old(edition, found):
        return ""
    return edition.words(
        "peers_old", series=edition.series_name(series), of=found.year,
        rank=wording.linked(rank_text(found.rank, edition.language), found.id),
    )  # fmt: skip


def _standing(edition: Edition, series: str, denominator: str = "") -> Standing | None:
    """The region among its peers in a series, or in one divided by another; None if these do not compare."""
    found = [rate for _, rate in selection.divided(edition)] if denominator else selection.placed(edition)
    return next((each for each in found if (each.series.series, each.denominator) == (series, denominator)), None)


def _old(edition: Edition, standing: Standing) -> bool:
    return abs(standing.year - edition.reference_year) > RECENT


def _description(edition: Edition, standing: Standing, marks: list[Mark]) -> str:
    """The chart for those who do not see it: every region of a few; of many the first, the own, the last."""
    ranked = len(standing.ordered())
    places = [0, standing.ordered().index(edition.region_code), ranked - 1] if ranked > MOST_TOLD else range(ranked)
    shown = [marks[place] for place in sorted({*places, *range(ranked, len(marks))})]
    items = [edition.words("chart_description_item", label=mark.label, value=mark.text) for mark in shown]
    told = edition.words("semicolon").join(items)
    key = "chart_peers_description" if ranked <= MOST_TOLD else "chart_peers_description_many"
    return edition.words(key, number=len(marks), items=told)


def group_name(edition: Edition) -> str:
    """What the peers are called."""
    return edition.words(f"peers_group_{edition.region.group or edition.region.level}")


def _marks(edition: Edition, standing: Standing) -> tuple[list[Mark], list[str]]:
    everything = standing.values | standing.references
    top = max(float(value.printed) for value in everything.values())
    codes = [*standing.ordered(), *standing.references]
    marks = []
    for code in codes:
        value, ends = everything[code], None
        if value.lower is not None and value.upper is not None and float(value.upper - value.lower) > WIDE * top:
            ends = (float(value.lower), float(value.upper))
        role = "reference" if code in standing.references else "own" if code == standing.region else "plain"
        text = rate_text(edition, standing, code)
        marks.append(Mark(edition.region_name(code), float(value.printed), text, value.upper is None, ends, role))
    return marks, codes


def _number(edition: Edition, standing: Standing, code: str) -> str:
    if standing.denominator:
        return wording.linked(rate_text(edition, standing, code), standing.id)
    return edition.figure_link(standing.figures[code][0], counted=False)


def _measure(edition: Edition, standing: Standing) -> str:
    name = edition.series_name(standing.series.series)
    if not standing.denominator:
        return name
    return edition.words("rate_name", series=name, per=edition.words(f"per_{standing.denominator}"))


def _marked(edition: Edition, standing: Standing) -> str:
    name = wording.escaped(edition.series_name(standing.series.series))
    return f"{name} †" if reservations(edition, standing) else name
