"""The three sentences at the top: true of any place and year, and nothing that rounding or a break does not allow."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis import lead, wording
from analysis.cards import cards
from analysis.known_numbers import compared, recorded
from analysis.page_numbers import page_of
from analysis.render import book, html
from analysis.report import load_report
from analysis.report_records import write_figures, write_indicators
from analysis.same_numbers import prove
from analysis.tables import plain_text

LINK = re.compile(r"\]\(#([^)]*)\)")
POPULATION = (
    "region,series,value,multiplier,unit,qualifier,kind,source,phrase,note\n"
    "990100,population_resident,39.5,4,persons,exact,stock,T01,39.5万人,\n"
)


def told(data, year: int = 2021, language: str = "en") -> list[str]:
    """The sentences about Testville without their links."""
    return plain_text(load_report("990100", year, language, data).point().markdown).split("\n")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "In 2021, applicants in Testville were granted 1,000 patents; 250 of them, or 25.00%, were inventions.",
                "Financing secured on pledged intellectual property came to more than 300 million yuan.",
                "Patents granted rose by 25.0% from 2020.",
            ],
        ),
        (
            "zh",
            [
                "2021 年，试验市获授权专利 1,000 件，其中发明专利 250 件，占比 25.00%。",
                "知识产权质押融资金额超过 3 亿元。",
                "专利授权量比 2020 年上升 25.0%。",
            ],
        ),
    ],
)
def test_created_became_changed(tiny, language, expected):
    """250 of 1,000 is 25.00%; 1,000 is 25.0% more than 800; more than 3 亿元 stays more than 300 million."""
    assert expected == told(tiny, language=language)


def test_a_bound_stays_a_bound(spoil):
    """More than 250 of 1,000 is more than 25.00%."""
    data = spoil(
        "figures/2021.csv", "patents_granted,250,0,count,exact,flow", "patents_granted,250,0,count,more_than,flow"
    )

    assert "; more than 250 of them, or more than 25.00%, were inventions." in told(data)[0]


def test_no_direction_where_rounding_leaves_it_open(spoil):
    """About 900 in 2020 may be anything from 800 to 1,000, so that 1,000 in 2021 need not be more."""
    data = spoil("figures/2020.csv", "800,0,count,exact", "900,0,count,about")

    assert "Patents granted and the figure of 2020 cannot be told apart, because of rounding." == told(data)[2]


def test_no_direction_across_a_break(tiny):
    """What is counted anew in between is named, and no size is given."""
    with (tiny / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("patents_granted,,2020,2021,counting,Counted anew.,重新计数。,\n")

    assert "Patents granted cannot be compared with 2020 (counted anew)." == told(tiny)[2]


def test_what_was_not_found_is_said(tiny):
    """A year with residents alone: nothing created, the residents, and nothing to compare with."""
    (tiny / "figures" / "2019.csv").write_text(POPULATION, encoding="utf-8")

    assert [
        "No figure on patents, trademarks or copyright was found for Testville in 2019.",
        "The resident population was 395 thousand people.",
        "Neither an earlier figure nor enough comparable figures of other places allow a comparison.",
    ] == told(tiny, 2019)


def test_a_sentence_without_all_its_numbers_is_not_told(tiny):
    """In 2020 grants alone are published: no share, and nothing on use or protection."""
    assert [
        "In 2020, applicants in Testville were granted 800 patents.",
        "Nothing was found on how intellectual property was used or protected there.",
    ] == told(tiny, 2020)[:2]


def test_lead_of_the_default_report():
    """7,819 of 72,390; 11.9 billion yuan among 291 firms; about 47,000 in 2019; five cities have a figure."""
    assert [
        "In 2021, applicants in Ningbo were granted 72,390 patents; 7,819 of them, or 10.80%, were inventions.",
        "Loans of 11.9 billion yuan against pledged IP went to 291 firms: 40.89 million yuan "
        "(40.721 to 41.066 million yuan) each on average.",
        "Patents granted rose by about 54.0% (50.81% to 57.37%) from 2019; among the sub-provincial cities with a "
        "figure, Ningbo came 2nd to 3rd of 5.",
    ] == plain_text(load_report("330200", 2021, "en").point().markdown).split("\n")


def test_second_sentence_holds_something_new():
    """Of Ningbo in 2008 only the three kinds are known: the first tells inventions, the second the other two."""
    first, second, _ = load_report("330200", 2008, "en").point().markdown.split("\n")

    assert {"invention_patents_granted", "invention_share_of_three_kinds"} == set(LINK.findall(first))
    assert {"utility_model_share", "design_share"} < set(LINK.findall(second))


def test_second_sentence_does_not_repeat_the_first():
    """Of China in 2009 four stocks are known: the first tells inventions and all, the second the other two kinds."""
    first, second, _ = load_report("000000", 2009, "en").point().markdown.split("\n")

    assert "valid_invention_patents" in LINK.findall(first)
    assert ["valid_utility_models", "valid_designs"] == LINK.findall(second)


@pytest.mark.parametrize(
    ("region", "start"),
    [
        # Utility models in force rose since a later year, but no sentence before is about them.
        ("440300", "Invention patents in force rose by 108% from 2016; "),
        # So did the kinds of patents granted that the first sentence tells, but since an earlier year.
        ("000000", "Financing on pledged intellectual property rose by 42.1% (42.05% to 42.17%) from 2020."),
    ],
)
def test_third_sentence_goes_on_with_what_was_told(region, start):
    """The series compared is one of the sentences before, and of these the one with the latest figure before."""
    assert plain_text(load_report(region, 2021, "en").point().markdown).split("\n")[2].startswith(start)


@pytest.mark.parametrize("part", range(4))
def test_three_sentences_about_any_place_and_year(places, part):
    """Three whole sentences, the same numbers in both languages, each with its card."""
    for place in places[part * 17 :: 67]:
        english, chinese = (load_report(*place, language) for language in ("en", "zh"))
        lines = [report.point().markdown.split("\n") for report in (english, chinese)]
        linked = [[sorted(LINK.findall(line)) for line in each] for each in lines]

        assert [3, 3] == [len(each) for each in lines]
        assert all(line[0].isupper() and line.endswith(".") for line in lines[0])
        assert all(line.endswith("。") for line in lines[1])
        assert linked[0] == linked[1]
        assert {name for line in linked[0] for name in line} <= {card["id"] for card in cards(english)}


def test_every_phrase_that_may_be_told_exists():
    """The lists name phrases of words/ or indicators; every phrase of a first or second sentence is in one of them."""
    named = {*lead.CREATED, *lead.BECAME, *lead.HELD, *lead.CONTEXT}
    results = load_report("330200", 2021, "en").results
    numbers = {key for key in wording.phrases() if re.search("{(bare_)?[a-z_0-9]*_", wording.phrases()[key]["en"])}

    assert set() == {name for name in named if name not in results and name not in wording.phrases()}
    assert {key for key in numbers if key.startswith("lead_")} <= named


@pytest.mark.parametrize("place", [("440100", 2021), ("350000", 2019)])
def test_every_edition_says_the_same_numbers_first(tmp_path, place):
    """The first screen of a place with bounds and of one with falls, rendered, read back, and held against the data."""
    pages, known = {}, {}
    for language in ("en", "zh"):
        report = load_report(*place, language)
        shown = [report.point(), report.headline_numbers("patents_granted"), report.what_changed(), report.how_sure()]
        outputs = [new_output("display_data", data=each._repr_mimebundle_()) for each in shown]
        chapter = new_notebook(cells=[new_code_cell("1", outputs=outputs)])
        made = book([chapter], title="T", subtitle="", language=language, cards=cards(report), labels={})
        write_indicators(report, tmp_path / "indicators.csv")
        write_figures(report, tmp_path / "figures.csv")
        known[language] = recorded(tmp_path, *place) | compared(report)
        pages[language] = page_of(html(made))

    agreement = prove(pages, {card["id"] for card in cards(report)}, known)

    assert agreement.linked > 100
    assert () == agreement.words
