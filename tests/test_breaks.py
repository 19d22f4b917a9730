"""Breaks are data: each says between which years, where and why, and no growth is worked out across one."""

import csv
import re

import pytest

from analysis import paths
from analysis.breaks import BREAK_KINDS, breaks, breaks_between
from analysis.errors import BadRow
from analysis.wording import words

HEADER = "series,region,earlier_year,later_year,kind,why_en,why_zh,source\n"


@pytest.fixture
def broken(tiny):
    """The small data folder with these rows in breaks.csv."""

    def written(*rows: str):
        (tiny / "breaks.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return tiny

    return written


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [(2015, 2016, 0), (2016, 2017, 1), (2015, 2018, 1), (2017, 2018, 0), (2016, 2016, 0)],
)
def test_a_break_lies_between_the_two_years_it_names(broken, earlier, later, found):
    """Between 2016 and 2017: neither up to 2016 nor from 2017 on."""
    data = broken("patents_granted,,2016,2017,counting,Why.,原因。,")

    assert found == len(breaks_between(("patents_granted",), "990100", earlier, later, data))


@pytest.mark.parametrize(("earlier", "later"), [(2016, 2018), (2018, 2019), (2016, 2019)])
def test_a_year_inside_a_break_belongs_to_neither_side(broken, earlier, later):
    """Somewhere between 2016 and 2019: a figure of 2018 may lie on either side of it."""
    data = broken("patents_granted,,2016,2019,revision,Why.,原因。,")

    assert 1 == len(breaks_between(("patents_granted",), "990100", earlier, later, data))


def test_a_break_of_one_place_is_not_one_of_another(broken):
    """A break with a region holds there only; one without holds everywhere."""
    data = broken("patents_granted,990100,2020,2021,scope,Why.,原因。,T01")

    assert 1 == len(breaks_between(("patents_granted",), "990100", 2020, 2021, data))
    assert () == breaks_between(("patents_granted",), "990200", 2020, 2021, data)


def test_a_break_of_several_series_touches_each(broken):
    """Counts that follow one another under one heading break together."""
    data = broken("patents_granted|invention_patents_granted,,2020,2021,wording,Why.,原因。,")

    assert 1 == len(breaks_between(("invention_patents_granted",), "990100", 2020, 2021, data))
    assert () == breaks_between(("population_resident",), "990100", 2020, 2021, data)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("patents_granted,,2021,2020,counting,Why.,原因。,", "must come after"),
        ("patents_granted,,2021,2021,counting,Why.,原因。,", "must come after"),
        ("patents_grnated,,2020,2021,counting,Why.,原因。,", "Did you mean patents_granted"),
        ("patents_granted,999999,2020,2021,counting,Why.,原因。,", "the region '999999' is not in"),
        ("patents_granted,,2020,2021,counting,Why.,原因。,T99", "the source 'T99' is not in"),
        ("patents_granted,,2020,2021,unheard,Why.,原因。,", "expected one of counting"),
        ("patents_granted,,soon,2021,counting,Why.,原因。,", "expected four digits"),
        ("patents_granted,,2020,2021,counting,,原因。,", "why_en is empty"),
    ],
)
def test_a_break_that_makes_no_sense_is_refused_with_its_line(broken, row, message):
    """Years that run in a circle, names that nobody knows: one sentence with the line."""
    with pytest.raises(BadRow, match=re.escape(message)) as error:
        breaks(broken(row))

    assert "breaks.csv, line 2" in str(error.value)


def test_breaks_of_the_project_name_no_year_in_their_reasons():
    """The years stand in their own columns, so the reason stays true when a row is corrected."""
    assert [] == [each for each in breaks() if re.search("[12][0-9]{3}", each.why_en + each.why_zh)]


def test_breaks_of_the_project_are_told_in_both_languages():
    """Every kind has words, every reason is in both languages, and all kinds of words are used or known."""
    for each in breaks():
        assert each.why_en.endswith(".")
        assert each.why_zh.endswith("。")
    for kind in BREAK_KINDS:
        assert words(f"break_{kind}", "en")
        assert words(f"break_{kind}", "zh")


def test_breaks_are_sorted():
    """By region, then years, so that a new row has one place."""
    with (paths.DATA / "breaks.csv").open(encoding="utf-8", newline="") as file:
        keys = [(row["region"], row["earlier_year"], row["later_year"]) for row in csv.DictReader(file)]

    assert sorted(keys) == keys
