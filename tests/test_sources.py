"""A publication has a name, a reliability and, if known, a date that sorts."""

import re

import pytest

from analysis.errors import BadRow
from analysis.sources import RELIABILITIES, sources


def test_publications_are_read_by_id(tiny):
    """A date may be unknown; a publisher and a title may not."""
    found = sources(tiny)

    assert list(found) == ["T01", "T02", "T03"]
    assert found["T01"].publisher == "Patent Office"
    assert found["T03"].published_on == ""


def test_the_office_that_counts_is_best():
    """Then the newspaper that reports it, then anybody who repeats it."""
    assert RELIABILITIES == ("official", "press", "secondary")


@pytest.mark.parametrize("date", ["2022", "2022-04", "2022-04-26", ""])
def test_a_date_may_be_a_day_a_month_a_year_or_unknown(spoil, date):
    """Nothing more is claimed than what the publication says."""
    assert sources(spoil("sources.csv", "2022-04-26", date))["T02"].published_on == date


@pytest.mark.parametrize(
    "date", ["April 2022", "26.04.2022", "2022-4-26", "2022-13-01", "22-04-26", "２０２２", "n.d."]
)
def test_a_date_that_does_not_sort_is_refused(spoil, date):
    """The rule of choice compares dates, so a date in another form would be a crash or a wrong choice."""
    with pytest.raises(BadRow, match=f"line 3: found published_on '{re.escape(date)}', expected"):
        sources(spoil("sources.csv", "2022-04-26", date))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("T03,", "T01,", "line 4: the source T01 stands in an earlier line"),
        ("T03,", ",", "line 4: the column source is empty"),
        ("Yearbook", "", "line 2: the column title is empty"),
        ("Evening News", "", "line 3: the column publisher is empty"),
        (",press,", ",newspaper,", "line 3: found reliability 'newspaper', expected one of official, press, secondary"),
    ],
)
def test_a_source_that_breaks_a_rule_is_refused(spoil, old, new, said):
    """An id twice, an empty name, a reliability that is none."""
    data = spoil("sources.csv", old, new)

    with pytest.raises(BadRow, match=re.escape(said)):
        sources(data)
