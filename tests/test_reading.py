"""Bulletins read: the labelled corpus, what each rule is for, and texts that are no bulletins."""

import random
import sys
import time
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import paths
from analysis.errors import AnalysisError
from analysis.reading import FATES, GRADES, MOST_CHARACTERS, NotThisPlace, Reading, reading


@cache
def loaded(name: str, *folders: str):
    """A module that lies beside the tests."""
    path = paths.ROOT.joinpath(*folders, f"{name}.py")
    spec = spec_from_file_location(f"loaded_{name}", path)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def corpus() -> dict[str, tuple]:
    """Each labelled bulletin with what was found in it."""
    bench = loaded("reading", "benchmarks")
    return {one.name: (one, bench.measure(one)) for one in bench.corpus()}


def city(text: str, year: int = 2021) -> Reading:
    """What a text says of the place 330200."""
    return reading(text, "330200", year)


def figures(text: str, year: int = 2021) -> list[tuple]:
    """``(series, year, value, multiplier, qualifier)`` of each candidate, in order."""
    return [
        (one.series, one.reference_year, one.value, one.multiplier, one.qualifier)
        for one in city(text, year).candidates
    ]


def fates(text: str, year: int = 2021) -> list[str]:
    return [finding.fate for finding in city(text, year).findings]


def test_corpus_is_read_to_the_aim():
    """F1 over all labelled bulletins is at least 0.95, and no figure called certain is false."""
    measured = [one for _, one in corpus().values()]
    right, missed, false = (sum(len(one[key]) for one in measured) for key in ("right", "missed", "false"))
    surely_false = [key for one in measured for key in one["false"] if one["grades"][key] == "certain"]

    assert len(measured) >= 40
    assert 2 * right / (2 * right + missed + false) >= 0.95
    assert [] == surely_false


def test_every_number_of_the_corpus_has_a_fate():
    """No number of any bulletin is left without an explanation."""
    assert {} == {name: one["unexplained"] for name, (_, one) in corpus().items() if one["unexplained"]}


def test_every_digit_of_the_corpus_is_labelled():
    """Outside the braces of the annotated form there is no digit."""
    make = loaded("make", "tests", "bulletins")

    assert {} == {
        one.name: rest
        for one in make.every()
        if (rest := [sign for sign in make.MARK.sub("", one.body) if sign.isdigit()])
    }


def test_bulletins_are_what_their_annotated_form_makes():
    """The text files and labels.csv are made by tests/bulletins/make.py and nothing else."""
    make = loaded("make", "tests", "bulletins")

    assert [] == [one.name for one in make.every() if (make.HERE / f"{one.name}.txt").read_bytes() != make.damaged(one)]


@pytest.mark.parametrize("name", ["13-xinyuan-2021", "29-broken-2020", "07-chengdu-2022"])
def test_offsets_lead_to_the_number_in_the_raw_text(name):
    """At the raw offsets of a candidate stands its number, however damaged the text is."""
    from analysis.decoding import text_of
    from analysis.mending import mended

    bulletin, _ = corpus()[name]
    raw = text_of(paths.ROOT / "tests" / "bulletins" / f"{name}.txt").text
    for one in reading(raw, bulletin.region, bulletin.year).candidates:
        piece = mended(raw[one.start : one.end]).text

        assert not piece[0].isdigit() or piece.replace(",", "").startswith(one.value.lstrip("-"))
        assert one.phrase_start <= one.start < one.end <= one.phrase_end


def test_enumerations_are_dealt_out():
    """A、B分别为1件和2件 gives each subject its number, and 分别增长 each its growth."""
    text = "宁波专利授权量、发明专利授权量分别为72390件和7819件,同比分别增长19.5%和46.4%。"

    assert [
        ("patents_granted", 2021, "72390", 0, "exact"),
        ("invention_patents_granted", 2021, "7819", 0, "exact"),
        ("patents_granted_yoy_percent", 2021, "19.5", 0, "exact"),
        ("invention_patents_granted_yoy_percent", 2021, "46.4", 0, "exact"),
    ] == figures(text)


def test_members_lend_each_other_object_and_event():
    """发明、实用新型、外观设计专利授权 and 专利申请、授权量 say a part of each name once."""
    assert ["invention_patents_granted", "utility_models_granted", "designs_granted"] == [
        one[0] for one in figures("宁波发明、实用新型、外观设计专利授权分别为1件、2件、3件。")
    ]
    assert ["patents_applied", "patents_granted"] == [one[0] for one in figures("宁波专利申请、授权量分别为5件和3件。")]


def test_decrease_is_negative():
    """下降34.69% of cases received is -34.69."""
    text = "宁波知识产权法庭收案1700件,同比下降34.69%。"

    assert ("court_cases_received_yoy_percent", 2021, "-34.69", 0, "exact") == figures(text)[1]


def test_year_of_each_figure():
    """A year before a number, and the two ends of 由…提升至…, are each their own."""
    text = "宁波万人发明专利拥有量由2020年的32.5件提升至40.1件。2019年,专利授权46000件。"

    assert [
        ("invention_patents_per_10k", 2020, "32.5", 0, "exact"),
        ("invention_patents_per_10k", 2021, "40.1", 0, "exact"),
        ("patents_granted", 2019, "46000", 0, "exact"),
    ] == figures(text)


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("宁波2021年1-10月专利授权55069件", "part year"),
        ("宁波累计授权专利80万件", "part year"),
        ("全省专利授权465468件", "elsewhere"),
        ("宁波鄞州区专利授权,鄞州区12000件", "elsewhere"),
        ("宁波力争发明专利授权量达到9000件", "target"),
        ("宁波有效发明专利比上年增加7000件", "change"),
        ("宁波企业发明专利授权量5000件", "no series"),
        ("宁波发明专利授权量居全省第2位", "rank"),
        ("宁波专利授权量是上年的1.2倍", "multiple"),
        ("宁波专利授权量年均增长5%", "growth"),
        ("宁波第22个世界知识产权日", "ordinal"),
        ("宁波12330热线", "name"),
        ("宁波每万人", "base"),
        ("宁波进一步", "word"),
        ("宁波连续5年", "duration"),
    ],
)
def test_numbers_that_are_no_figures_for_the_data(text, fate):
    """Each kind of number that must not go into the data is told apart, and gives no candidate."""
    found = city(text)

    assert fate == found.findings[-1].fate
    assert () == found.candidates


def test_second_value_of_one_figure():
    """A bound that holds is the same figure said again; another number is shown and puts the first in doubt."""
    again = city("宁波有效发明专利突破3万件,达到38289件。")
    other = city("宁波专利授权量72390件。宁波专利授权量72000件。")

    assert ["again", "figure"] == [one.fate for one in again.findings]
    assert ["figure", "other value"] == [one.fate for one in other.findings]
    assert "look" == other.candidates[0].grade


def test_grades_tell_how_a_figure_was_found():
    """Own words are certain; inherited ones likely; a day that is not said, or an expectation, is to look at."""
    assert ["certain"] == [one.grade for one in city("宁波发明专利授权量7819件").candidates]
    assert ["certain", "likely"] == [one.grade for one in city("宁波专利授权量72390件,其中发明7819件").candidates]
    assert ["look"] == [one.grade for one in city("宁波截至目前有效发明专利38289件").candidates]
    assert ["look"] == [one.grade for one in city("宁波预计高新技术企业达到3000家").candidates]


def test_bulletin_of_another_place_is_refused():
    """A text that names another city, and never the one asked for, is not read as if it were."""
    with pytest.raises(NotThisPlace, match="杭州 2 times"):
        city("杭州市发布白皮书,杭州专利授权量122345件。")
    assert "does not name" in city("全市专利授权量72390件。").remarks[0]


@pytest.mark.parametrize(
    "text",
    [
        "Patents granted rose by many.",
        "Es wurden viele Patente erteilt.",
        "特許が多く登録されました。",
        "((((",
        "。。。",
    ],
)
def test_text_without_figures_gives_none(text):
    """Another language, brackets or signs: nothing is found, and nothing goes wrong."""
    assert () == city(text).candidates


def test_foreign_numbers_are_no_figures():
    """Numbers in an English text are explained or called unexplained; none becomes a figure."""
    found = city("In 2021, 72390 patents were granted, up 19.5%, and 7,819 inventions.")

    assert () == found.candidates
    assert 4 == len(found.findings)


def test_number_that_is_too_long_is_a_name():
    """Forty digits in a row count nothing."""
    assert ["name"] == fates(f"宁波专利授权量{'7' * 40}件")


def test_too_much_text_is_refused():
    """A text beyond any bulletin is refused before it costs time."""
    with pytest.raises(AnalysisError, match="at most"):
        city("宁" * (MOST_CHARACTERS + 1))


def test_ten_thousand_characters_take_less_than_a_second():
    """A bulletin of 10,000 characters is read in under a second."""
    text = ("宁波市发明专利授权量7819件,同比增长46.4%;公安机关立案230起,破案191起。质押融资金额达119亿元。" * 250)[
        :10_000
    ]
    city("宁波")
    started = time.perf_counter()
    city(text)

    assert time.perf_counter() - started < 1


WORDS = """
专利 发明专利 授权 件 亿元 同比增长 % 分别为 、 和 , 。 ( ) “ 《 第 2021年 截至 底 其中 全省 宁波 鄞州区 1-10月 突破 近
余 由 提升至 一 两亿 万 每 (chǎn) <p> 0.5 72,390 7819件 46.4%
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", " "])


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_mixture_of_words_is_read(text):
    """Whatever the words: each number has one of the fates, a grade if it is a figure, and offsets inside the text."""
    found = city(f"宁波{text}")

    assert all(one.fate in FATES for one in found.findings)
    assert all(one.grade in GRADES and 0 <= one.start < one.end <= len(text) + 2 for one in found.candidates)
    assert all(one.fate != "unexplained" or one.reason for one in found.findings)


def test_spliced_and_broken_bulletins_are_read():
    """Pieces of two bulletins with signs lost, added and changed: a fate for every number, whatever became of it."""
    chance, texts = random.Random(7), [one.text for one, _ in corpus().values()]
    for _ in range(400):
        text = ["宁波"]
        for _ in range(2):
            whole = chance.choice(texts)
            start = chance.randrange(len(whole))
            text += whole[start : start + chance.randint(1, 200)]
        for _ in range(chance.randint(0, 20)):
            text[chance.randrange(1, len(text))] = chance.choice(
                ["", *"()（）“”《》0123456789,.、分别为万亿%一\n第其中年底"]
            )

        assert all(one.fate in FATES for one in city("".join(text)).findings)


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    """No text makes the reader fail in another way than by saying what is wrong."""
    try:
        found = city(text)
    except NotThisPlace:
        return

    assert len(found.candidates) <= len(text)
