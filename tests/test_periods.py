"""The time that holds at a place of a text."""

import pytest

from analysis.clauses import Sentences
from analysis.periods import Timeline


def held(text: str, year: int = 2021) -> str:
    """The time that holds at the end of a text that describes ``year``."""
    sentences, place = Sentences(text), len(text) - 1
    found = Timeline(text, year).at(place, sentences.sentence(place)[0], sentences.paragraph(place))
    return f"{found} to date" if found.to_date else str(found)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("全市授权N件", "2021-01 to 2021-12"),
        ("2020年,全市授权N件", "2020-01 to 2020-12"),
        ("二〇二〇年度,全市授权N件", "2020-01 to 2020-12"),
        ("去年,全市授权N件", "2021-01 to 2021-12"),
        ("今年一季度,全市授权N件", "2022-01 to 2022-03"),
        ("2022年上半年授权N件", "2022-01 to 2022-06"),
        ("2021年1-10月授权N件", "2021-01 to 2021-10"),
        ("2023年,前三季度授权N件", "2023-01 to 2023-09"),
        ("截至2021年底,有效N件", "end of 2021-12"),
        ("截至2021年12月31日,有效N件", "end of 2021-12"),
        ("截至2022年3月底,有效N件", "end of 2022-03"),
        ("截至目前,有效N件", "end of 2021-12 to date"),
        ("2018-2020年,授权N件", "2018-01 to 2020-12"),
        ("2022年4月26日,发布会上说授权N件", "2021-01 to 2021-12"),
        ("比2020年增长,授权N件", "2021-01 to 2021-12"),
        ("2020年,授权A件。发明N件", "2020-01 to 2020-12"),
        ("2020年,授权A件。\n发明N件", "2021-01 to 2021-12"),
        ("出台《2019年方案》,授权N件", "2021-01 to 2021-12"),
        ("“十四五”规划,授权N件", "2021-01 to 2021-12"),
        ("在2020年度全国绩效考核中第一,授权N件", "2021-01 to 2021-12"),
    ],
)
def test_times(text, time):
    """A time named before holds to the end of the sentence; dates, comparisons and titles do not."""
    assert time == held(text)


@pytest.mark.parametrize("text", ["“十三五”期间,授权N件", "近三年授权N件", "2019年以来,授权N件"])
def test_several_years_are_no_whole_year(text):
    """A plan, or several years, is no reference year."""
    sentences, place = Sentences(text), len(text) - 1
    found = Timeline(text, 2021).at(place, sentences.sentence(place)[0], 0)

    assert not found.whole_year
