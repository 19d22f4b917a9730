"""Peers: one series, one definition, one year; ranks are ranges; what means something else is refused by rule."""

import csv
import re

import pytest

from analysis import paths
from analysis.cards import card_named, cards
from analysis.codebook import codebook
from analysis.errors import BadRow, UnknownName
from analysis.figures import load_figures
from analysis.report import Prose, load_report
from analysis.standings import DENOMINATORS, peer_group, portions, rates, refused, standing, standings
from analysis.tables import plain_text

FIGURE_HEADER = "region,series,value,multiplier,unit,qualifier,kind,source,phrase,note\n"
SERIES = (
    "valid_invention_patents", "valid_utility_models", "pct_applications", "madrid_applications",
    "invention_patents_applied",
)  # fmt: skip
LINK = re.compile(r"\]\(#([^)]*)\)")
COUNTS = {"990100": "1000", "990200": "400", "990300": "1000", "990400": "2.0", "990500": "30"}


@pytest.fixture
def six(tiny):
    """Six cities of one province; grants of 2022 for five of them, one printed as 2.0 thousand; the province too."""
    with (tiny / "regions.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"990{number}00,City {number},城{number},city,,990000\n" for number in (3, 4, 5, 6))
    lines = []
    for region, value in COUNTS.items():
        multiplier = 3 if "." in value else 0
        lines.append(f"{region},patents_granted,{value},{multiplier},count,exact,flow,T01,{value},\n")
        lines.append(f"{region},population_resident,{region[3]}.0,5,persons,exact,stock,T01,人口,\n")
    lines.append("990000,patents_granted,9000,0,count,exact,flow,T01,9000,\n")
    (tiny / "figures" / "2022.csv").write_text(FIGURE_HEADER + "".join(sorted(lines)), encoding="utf-8")
    return tiny


def exhibits(report) -> list:
    """Every exhibit of the chapter."""
    plain = (
        "peer_headline",
        "standing_table",
        "denominator_headline",
        "denominator_table",
        "portion_table",
        "limits_table",
    )
    charts = [report.peer_chart(series) for series in SERIES]
    charts.append(report.peer_chart("valid_utility_models", "population_resident"))
    return [getattr(report, name)() for name in plain] + charts


def shown(exhibit) -> str:
    """Everything that an exhibit says, with its links."""
    return str(exhibit.as_json()) if hasattr(exhibit, "as_json") else exhibit.markdown


def test_peers_are_of_one_level_and_group():
    """The fifteen sub-provincial cities are peers of each other, provinces of provinces, the nation of nobody."""
    figures = load_figures()
    group = peer_group("330200", figures)

    assert len(group) == 15
    assert set(group) == {code for code in group if code[2:] != "0000"}
    assert "110000" in peer_group("350000", figures)
    assert ("000000",) == peer_group("000000", figures)


def test_equal_counts_share_a_place_and_the_missing_are_counted(six):
    """2,000 | 1,000 1,000 | 400 | 30: Testville shares the second place of five; one city has no figure."""
    found = standing(load_figures(six), "990100", 2022, "patents_granted")

    assert (2, 2, 5, 1, 1) == (
        found.rank.best, found.rank.worst, found.rank.among, found.rank.tied, found.rank.missing
    )  # fmt: skip
    assert ["990400", "990100", "990300", "990200", "990500"] == found.ordered()
    assert ("990600",) == found.missing


def test_the_year_is_the_nearest_with_enough_peers(six):
    """In 2020 and 2021 only one city has a figure, so a report on 2021 compares the year after, and says so."""
    found = standing(load_figures(six), "990100", 2021, "patents_granted")

    assert 2022 == found.year
    assert ["Patents granted †", "2022", "1,000 patents", "2nd of 5, shared", "1"] == [
        plain_text(cell) for cell in load_report("990100", 2021, "en", six).standing_table().as_json()["rows"][0]
    ]


def test_fewer_than_five_are_no_comparison(six):
    """With one of the five figures gone, there is nothing left to compare, and a sentence says so."""
    path = six / "figures" / "2022.csv"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines(True) if not line.startswith("990500")]
    path.write_text("".join(kept), encoding="utf-8")
    report = load_report("990100", 2022, "en", six)

    assert standing(load_figures(six), "990100", 2022, "patents_granted") is None
    assert "in no series have 5 of them" in report.peer_headline().markdown
    assert isinstance(report.peer_chart("patents_granted"), Prose)


def test_a_refused_series_is_not_compared_whatever_its_figures(six):
    """If the codebook refuses it, five figures make no standing; it is listed with its reason instead."""
    path = six / "series.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count("flow,creation,,,marked,All kinds") == 1
    path.write_text(text.replace("flow,creation,,,marked,All", "flow,creation,,,refused,All"), encoding="utf-8")
    figures = load_figures(six)

    assert standing(figures, "990100", 2022, "patents_granted") is None
    assert ["patents_granted"] == [each.series for each in refused(figures, "990100")]
    assert ["Patents granted", "not compared", "A trap."] in [
        [plain_text(cell) for cell in row]
        for row in load_report("990100", 2022, "en", six).limits_table().as_json()["rows"]
    ]


def test_a_rule_of_comparison_needs_its_reason(six):
    """A series that is marked or refused says why in both languages."""
    path = six / "series.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",A trap.,陷阱。,", ",,,"), encoding="utf-8")

    with pytest.raises(BadRow, match="scope_trap_en is empty"):
        codebook(six)


def test_an_unknown_rule_is_refused(six):
    """The rule is direct, marked or refused."""
    path = six / "series.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",marked,", ",perhaps,"), encoding="utf-8")

    with pytest.raises(BadRow, match="expected one of direct, marked, refused"):
        codebook(six)


def test_the_denominator_changes_the_place(six):
    """1,000 among 100,000 residents is 100 for each 10,000, the most; by count the place is the second."""
    figures = load_figures(six)
    base = standing(figures, "990100", 2022, "patents_granted")
    (rate,) = rates(figures, "990100", base)

    assert 10_000 == DENOMINATORS["population_resident"]
    assert 100 == rate.values["990100"].printed
    assert (2, 1) == (rate.rank_by_count.best, rate.rank.best)
    assert "changes the place in 1 of 1" in load_report("990100", 2022, "en", six).denominator_headline().markdown


def test_a_region_is_a_part_of_what_contains_it(six):
    """1,000 of the province's 9,000 is 11.1 per cent; where the series is comparable with a mark only, no share."""
    path = six / "series.csv"
    figures = load_figures(six)
    assert [] == portions(figures, "990100", standing(figures, "990100", 2022, "patents_granted"))
    path.write_text(path.read_text(encoding="utf-8").replace(",marked,", ",direct,"), encoding="utf-8")
    for reader in (load_figures, codebook):
        reader.cache_clear()
    figures = load_figures(six)
    (portion,) = portions(figures, "990100", standing(figures, "990100", 2022, "patents_granted"))

    assert ("990000", 1000 / 90) == (portion.whole.region, pytest.approx(float(portion.value.printed)))


def test_a_chart_picks_out_the_region_and_shows_its_province_apart(six):
    """Five cities, largest first, then the province; the title tells the place, the subtitle who is missing."""
    chart = load_report("990100", 2022, "en", six).peer_chart("patents_granted")

    assert "Patents granted: Testville is 2nd of 5, shared" == chart.title
    assert "1 have no figure" in chart.subtitle
    assert ["City 4", "Testville", "City 3", "Emptyville", "City 5", "Testshire"] == [
        plain_text(row[0]) for row in chart.table.as_json()["rows"]
    ]


def test_a_place_of_long_ago_is_a_sentence_and_no_chart():
    """Applications of all cities were last printed for 2016: no picture in the report on 2021, one in that on 2016."""
    now, then = (load_report("330200", year, "en") for year in (2021, 2016))

    assert now.peer_chart("invention_patents_applied").markdown.endswith(
        "is 2016, too far from 2021 for a chart. Ningbo was [8th of 15](#rank-invention_patents_applied-2016) then."
    )
    assert "Invention patent applications: Ningbo is 8th of 15" == then.peer_chart("invention_patents_applied").title


def test_many_peers_are_told_by_the_first_the_own_and_the_last():
    """Of fifteen cities three are read aloud, and the province and the nation; of five every one."""
    report = load_report("330200", 2021, "en")
    many = report.peer_chart("valid_utility_models").description
    few = report.peer_chart("pct_applications").description

    assert many.endswith("Shenzhen: 491,002; Ningbo: 151,057; Harbin: 41,306; Zhejiang: 940,937; China: 9,190,633.")
    assert 6 == few.count(": ")


def test_a_rank_holds_the_cards_of_the_numbers_that_it_compares(six):
    """The places in order, each with its card and its number; a rate divides two figures and holds none."""
    card = card_named(load_report("990100", 2022, "en", six), "rank-patents_granted-2022")

    assert ["City 4", "patents_granted-990400-2022", r"2\.0 thousand"] == card["ranked"]["cards"][0]
    assert ["Testville", "patents_granted", "1,000"] == card["ranked"]["cards"][1]
    assert "Patents granted, {}, 2022" == card["ranked"]["title"]


def test_a_rank_has_a_card_with_every_number_compared(six):
    """In order, with links to the figures of the other cities, and with who has none."""
    report = load_report("990100", 2022, "en", six)
    rows = dict(card_named(report, "rank-patents_granted-2022")["rows"])

    assert (
        "City 4 [2.0 thousand](#patents_granted-990400-2022), Testville [1,000](#patents_granted)" in (rows["In order"])
    )
    assert "City 6" == rows["Without a figure"]


def test_an_unknown_series_is_an_error_that_helps(six):
    """A chart of a series that does not exist says which is meant."""
    with pytest.raises(UnknownName, match="Did you mean patents_granted"):
        load_report("990100", 2022, "en", six).peer_chart("patents_grantd")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("region", ["000000", "320500", "990200"])
def test_no_overlap_and_no_peer_are_sentences(region, language, tiny):
    """The nation has no peer, a city outside the group too few: no crash, no empty chart, a sentence each."""
    if region == "990200":
        (tiny / "figures" / "2022.csv").write_text(
            FIGURE_HEADER + "990200,patents_granted,5,0,count,exact,flow,T01,5,\n", encoding="utf-8"
        )
        report = load_report(region, 2022, language, tiny)
        told = [report.peer_headline(), report.standing_table(), report.portion_table(), report.limits_table()]
    else:
        told = [each for each in exhibits(load_report(region, 2021, language)) if isinstance(each, Prose)]

    assert len(told) > 3
    assert all(each.markdown.endswith((".", "。")) for each in told)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("region", ["330200", "420100", "440300", "350000"])
def test_every_link_of_the_real_chapter_has_its_card(region, language):
    """For cities and a province, in both languages."""
    report = load_report(region, 2021, language)
    made = cards(report)
    ids = {card["id"] for card in made}
    linked = set(LINK.findall("".join(shown(each) for each in exhibits(report))))

    assert set() == linked - ids
    assert set() == {each for each in ids if each.startswith(("rank", "portion"))} - linked
    assert len(ids) == len(made)


def test_cards_are_the_same_at_every_making():
    """Chapters run in other processes than the pages are made in, so cards must not depend on what ran before."""
    first, again = (cards(load_report("330200", 2021, "en")) for _ in range(2))

    assert first == again


def test_a_rate_never_crosses_the_census():
    """Count and denominator of a rate are of one year, in every region."""
    figures = load_figures()
    for base in standings(figures, "330200", 2021):
        for rate in rates(figures, "330200", base):
            years = {figure.reference_year for found in rate.figures.values() for figure in found}

            assert {rate.year} == years


def test_places_of_the_default_report():
    """Eighth of fifteen in utility models in force at the end of 2021, fourth in Madrid applications."""
    figures = load_figures()
    ranks = {
        each: standing(figures, "330200", 2021, each).rank for each in ("valid_utility_models", "madrid_applications")
    }

    assert (8, 8, 15, 0) == tuple(
        getattr(ranks["valid_utility_models"], name) for name in ("best", "worst", "among", "missing")
    )
    assert (4, 4) == (ranks["madrid_applications"].best, ranks["madrid_applications"].worst)


def test_growth_is_never_more_comparable_than_its_level():
    """What is refused as a level is refused as a growth."""
    order = ["direct", "marked", "refused"]
    rules = {name: order.index(series.comparability) for name, series in codebook().items()}
    wrong = [name for name, series in codebook().items() if series.growth_of and rules[name] < rules[series.growth_of]]

    assert [] == wrong


def test_national_counts_with_foreign_applicants_are_refused():
    """All grants are not set beside domestic grants: by rule, for every such series."""
    known = codebook()

    assert {"refused"} == {series.comparability for name, series in known.items() if name.endswith("_all")}


def test_series_file_keeps_its_reasons():
    """A mark or a refusal without a trap would be a rule without a reason."""
    with (paths.DATA / "series.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [] == [row["series"] for row in rows if row["comparability"] != "direct" and not row["scope_trap_en"]]
