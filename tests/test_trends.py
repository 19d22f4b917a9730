"""Change over time: levels, growth, gaps and breaks of one region, and a sentence where there is nothing to say."""

import re
from fractions import Fraction

import pytest

from analysis.cards import card_named, cards
from analysis.figures import load_figures
from analysis.histories import contributions, series_history
from analysis.report import Prose, load_report
from analysis.tables import plain_text

HEADER = "region,series,value,multiplier,unit,qualifier,kind,source,phrase,note\n"
EXHIBITS = [
    ("change_headline",),
    ("step_table",),
    ("trend_chart", "creation_flow"),
    ("trend_chart", "creation_stock"),
    ("trend_chart", "other"),
    ("long_table",),
    ("indicator_change_table",),
    ("growth_rate_table",),
    ("contribution_table",),
    ("break_table",),
    ("revision_table",),
]
LINK = re.compile(r"\]\(#([^)]*)\)")


@pytest.fixture
def grown(tiny):
    """Testville with grants of 2016 to 2018, 2020 and 2021 (inventions too), and a break between 2016 and 2017."""
    for year, (grants, inventions) in {2016: (500, 100), 2017: (400, 90), 2018: (484, 110)}.items():
        rows = [("invention_patents_granted", inventions), ("patents_granted", grants)]
        lines = [f"990100,{series},{value},0,count,exact,flow,T01,{value},\n" for series, value in rows]
        (tiny / "figures" / f"{year}.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    (tiny / "breaks.csv").write_text(
        "series,region,earlier_year,later_year,kind,why_en,why_zh,source\n"
        "patents_granted|invention_patents_granted,,2016,2017,counting,Counted anew.,重新计数。,T01\n",
        encoding="utf-8",
    )
    return tiny


def shown(exhibit) -> str:
    """Everything that an exhibit says, with its links."""
    return str(exhibit.as_json()) if hasattr(exhibit, "as_json") else exhibit.markdown


def exhibits(report) -> list:
    return [getattr(report, name)(*arguments) for name, *arguments in EXHIBITS]


def test_a_history_is_cut_at_a_break_and_a_line_at_a_missing_year_too(grown):
    """2016 | 2017, 2018, (2019 missing) 2020, 2021: two stretches, three lines."""
    history = series_history(load_figures(grown), "990100", "patents_granted")

    assert [[2016], [2017, 2018, 2020, 2021]] == [[point.year for point in run] for run in history.runs()]
    assert [[2016], [2017, 2018], [2020, 2021]] == [[point.year for point in run] for run in history.runs(closed=True)]


def test_growth_is_worked_out_over_a_stretch_only(grown):
    """From 400 in 2017 to 1,000 in 2021 is 150 per cent; what came before the break is not in it."""
    (change,) = series_history(load_figures(grown), "990100", "patents_granted").long_changes()

    assert (2017, 2021, "rose", 150) == (change.earlier.year, change.later.year, change.verdict, change.size.printed)
    assert change.yearly.lower < 150 / 4 < 150


def test_across_a_break_there_is_no_direction_and_no_size(grown):
    """From 500 to 400 across the break: neither fell nor grew."""
    change = series_history(load_figures(grown), "990100", "patents_granted").step_to(2017)

    assert (None, None, None) == (change.verdict, change.size, change.yearly)
    assert ["counting"] == [each.kind for each in change.breaks]


def test_a_table_says_that_a_step_crosses_a_break(grown):
    """The figures stay, the comparison does not, and the reason is named."""
    table = load_report("990100", 2017, "en", grown).step_table()
    (row, _) = [[plain_text(cell) for cell in cells] for cells in table.as_json()["rows"]]

    assert ["Patents granted", "500 (2016)", "400 (2017)", "not compared: counted anew", "—"] == row


def test_contribution_of_a_part_to_its_whole(grown):
    """In 2018 inventions rose by 20 of the 400 grants of the year before: 5 points of a growth of 21 per cent."""
    (each,) = contributions(load_figures(grown), "990100", 2018)

    assert (5, 21) == (each.points.printed, each.whole.size.printed)
    assert "contribution-invention_patents_granted-2017-2018" == each.id


def test_a_line_is_broken_where_a_year_is_missing_or_the_count_breaks(grown):
    """The chart's table holds every figure with its year and tells the break; its picture has the break's words."""
    chart = load_report("990100", 2021, "en", grown).trend_chart("creation_flow")
    (row, *_) = chart.table.as_json()["rows"]

    assert "2016: 500; 2017: 400; 2018: 484; 2020: 800; 2021: 1,000" == plain_text(row[1])
    assert "counted anew between 2016 and 2017" == row[2]
    assert "counted anew" in chart.svg


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("year", [2020, 2021])
def test_every_number_shown_has_a_card_and_every_comparison_is_shown(grown, language, year):
    """No link leads nowhere, and no card of a growth or a contribution is made in vain."""
    report = load_report("990100", year, language, grown)
    made = cards(report)
    tiles = [report.headline_numbers(name) for name in (*report.results, *report.published)]
    asked = [*exhibits(report), report.standing_table(), report.denominator_table(), *tiles]
    text = "".join(shown(each) for each in asked)
    linked = set(LINK.findall(text))
    ids = {card["id"] for card in made}

    assert set() == linked - ids
    assert set() == {each for each in ids if each.startswith(("growth", "contribution"))} - linked
    assert len(ids) == len(made)
    assert set() == set(LINK.findall(str(made))) - ids


def test_the_card_of_a_growth_shows_how_it_was_made(grown):
    """Both figures, the formula with them put in, and the command that shows the card again."""
    report = load_report("990100", 2021, "en", grown)
    card = card_named(report, "growth-patents_granted-2020-2021")
    rows = dict(card["rows"])

    assert "Patents granted, 2020–2021" == card["title"]
    assert r"\+25\.0%" == rows["Value"]
    assert "([1,000](#patents_granted) ÷ [800](#patents_granted-2020) − 1) × 100" == (rows["Values put in"])
    assert "ipreport show growth-patents_granted-2020-2021 --region 990100 --year 2021" == card["command"]
    assert [] == card["sources"]
    assert ["Patents granted, 2020"] == [
        source["label"] for source in card_named(report, "patents_granted-2020")["sources"]
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_region_with_one_year_gets_sentences(tiny, language):
    """Nothing can be said of change with figures of one year: no crash, no empty chart, a sentence each."""
    (tiny / "figures" / "2020.csv").unlink()
    report = load_report("990100", 2021, language, tiny)
    told = [each for each in exhibits(report) if isinstance(each, Prose)]

    assert report.words("trends_one_year") == told[0].markdown
    assert len(EXHIBITS) - 1 == len(told)
    assert all(each.markdown for each in told)


def test_sources_that_contradict_each_other_are_told_and_one_is_used(tiny):
    """1,000 and 1,001 grants of one year: the official one is used, the other stands beside it."""
    table = load_report("990100", 2021, "en", tiny).revision_table()
    (row,) = [[plain_text(cell) for cell in cells] for cells in table.as_json()["rows"]]

    assert ["Patents granted", "2021", "1,000 patents", "Patent Office, 2022-03-01"] == row[:4]
    assert "1,001 patents (Evening News, 2022-04-26)" == row[4]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("region", "year"),
    [("330200", 2021), ("420100", 2021), ("440300", 2021), ("350000", 2021), ("000000", 2021), ("320500", 2021)],
)
def test_every_link_of_the_real_report_has_its_card(region, year, language):
    """For a city, a province, the nation and a city with one year, in both languages."""
    report = load_report(region, year, language)
    made = cards(report)
    ids = {card["id"] for card in made}
    told = exhibits(report)
    addresses = {source["url"] for card in made for source in card["sources"]}

    assert set() == set(LINK.findall("".join(map(shown, told)))) - ids
    assert all(shown(each) for each in told)
    assert all(address.startswith("http") for address in addresses - {""})


def test_the_breaks_that_the_report_must_know():
    """Applications counted anew from 2017, the census, police and plant varieties in 2022, revised accounts."""
    figures = load_figures()
    history = {
        each: series_history(figures, "330200", each) for each in ("patents_applied", "population_resident", "gdp")
    }
    table = load_report("330200", 2021, "en").break_table()
    names = [plain_text(cells[0]) for cells in table.as_json()["rows"]]

    assert {"counting", "publisher"} == {each.kind for each in history["patents_applied"].breaks}
    assert ["population_base"] == [each.kind for each in history["population_resident"].breaks]
    assert {"revision"} == {each.kind for each in history["gdp"].breaks}
    assert any("police" in name and name.count(",") == 2 for name in names)
    assert any("plant" in name.lower() and name.count(",") == 3 for name in names)


def test_grants_of_the_default_report():
    """About 47,000 grants in 2019 and 72,390 in 2021: 50.8 to 57.4 per cent more."""
    change = series_history(load_figures(), "330200", "patents_granted").step_to(2021)

    assert "rose" == change.verdict
    assert Fraction("50.8") < change.size.lower < change.size.upper < Fraction("57.4")
