"""How sure the numbers are: each count worked out by hand, and each leading to where it is shown."""

import re
from fractions import Fraction

import pytest
from nbformat import read

from analysis.assurance import openness
from analysis.cards import cards
from analysis.execution import chapters
from analysis.layout import layout
from analysis.render import book
from analysis.report import load_report
from analysis.rounding import Rounded, exactly
from analysis.tables import plain_text

CHAPTER_LINK = re.compile(r'\(#([^ )]*) "chapter"\)')


def told(data, year: int = 2021, language: str = "en") -> list[str]:
    """The lines about Testville, without links."""
    return plain_text(load_report("990100", year, language, data).how_sure().markdown).split("\n")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (exactly(5), "exact"),
        (Rounded(Fraction(100), Fraction(99), Fraction(101)), "close"),
        (Rounded(Fraction(100), Fraction(99), Fraction("101.1")), "wide"),
        (Rounded(Fraction(100), Fraction("98.9"), Fraction(101)), "wide"),
        (Rounded(Fraction(-100), Fraction(-101), Fraction("-99.5")), "close"),
        (Rounded(Fraction(100), Fraction(100), None, strict_lower=True), "bound"),
        (Rounded(Fraction(100), None, Fraction(100)), "bound"),
    ],
)
def test_how_much_rounding_leaves_open(value, expected):
    """Close: both ends within one per cent of the value, on either side."""
    assert expected == openness(value)


def test_counts_of_the_invented_place(spoil):
    """Five series, one printed twice and one by a newspaper; 250 of 1,000 is exact, 3亿 a bound; one claim."""
    data = spoil("figures/2021.csv", "1001,0", "2001,0")

    assert [
        "- 5 published figures, by source: 4 official, 1 from the press; printed by one publication alone: 4.",
        "- 4 computed indicators, by what rounding leaves open: 1 exact, 2 known to within 1%, 1 known only as bounds.",
        "- 1 place where published numbers do not go together, 1 of them in 2021; "
        "contradictions that no rounding explains: 0.",
        "- 1 claim made in words: 1 that cannot be tested with the figures here.",
    ] == told(data)
    assert told(data, language="zh")[0].endswith("，按来源分：官方 4 个、新闻报道 1 个；其中仅见于一个出版物的 4 个。")


def test_where_there_is_nothing_it_says_so(tiny):
    """In 2020 one figure, no indicator, no claim."""
    assert [
        "- 1 published figure, by source: 1 official; printed by one publication alone: 1.",
        "- No indicator can be computed from these figures.",
        "- No places where published numbers do not go together were found.",
        "- No claims made in words are recorded for 2020.",
    ] == told(tiny, 2020)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_count_leads_to_where_it_is_shown(language):
    """The sections and tables that the first screen points at are in the chapters, in either language."""
    report = load_report("330200", 2021, language)
    notebooks = [read(path, as_version=4) for path in chapters().values()]
    made = layout(book(notebooks, title="T", subtitle="", language=language, cards=cards(report), labels={}))
    blocks = [block for chapter in made.chapters for block in [chapter.heading, *chapter.blocks]]
    names = {block.id for block in blocks if hasattr(block, "id")}
    wanted = CHAPTER_LINK.findall(report.what_changed().markdown + report.how_sure().markdown)

    assert {"steps", "breaks", "revisions", "sources"} < set(wanted)
    assert 6 == len(set(wanted))
    assert set() == set(wanted) - names
