"""One figure in several publications."""

import pytest
from made_figures import CITY, evidence

from analysis.agreement import agreement_findings, agreements_of

YEAR = 2021


def both(one: str, other: str, series: str = "patents_granted"):
    return evidence((CITY, YEAR, series, one), (CITY, YEAR, series, other, 1))


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("279177", "279177", "same"),
        ("335600", "33.56 4", "same"),
        ("279177", "27.92 4", "rounding"),
        ("5382", "5400 0 about", "rounding"),
        # read as rounded to hundreds, though it does not say so
        ("5382", "5400", "rounding"),
        # a half rounded up in one place, to the even digit in the other
        ("2.750 4", "2.751 4", "rounding"),
        ("464393", "460000 0 more_than", "bound"),
        ("464393", "470000 0 nearly", "bound"),
        ("464393", "470000 0 more_than", "conflict"),
        # 1,025,511 is 102.6 万 to the nearest
        ("1025511", "102.5 4", "truncation"),
        ("12039", "12093", "conflict"),
        ("36", "37", "conflict"),
        ("69115", "7.0 4", "conflict"),
    ],
)
def test_how_two_printings_stand_to_each_other(one, other, verdict):
    """Same number, a rounding of one another, a bound that holds, one cut off, or a conflict, in either order."""
    for table in (both(one, other), both(other, one)):
        (agreement,) = agreements_of(table, CITY, YEAR)
        kinds = [finding.kind for finding in agreement_findings(table, CITY, YEAR)]

        assert agreement.verdict == verdict
        assert kinds == ([verdict] if verdict in ("truncation", "conflict") else [])


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("12039", "12093", "digits may have been exchanged"),
        ("12039", "120390", "A unit may have been misread"),
        ("12039", "12139", "A digit may have been misprinted"),
    ],
)
def test_slips_that_would_explain_a_conflict_come_first(one, other, said):
    """Exchanged digits, a lost zero and one other digit are told apart."""
    (finding,) = agreement_findings(both(one, other), CITY, YEAR)

    assert said in finding.explanations("en")[0]


def test_a_known_difference_of_definition_is_named():
    """A census and a year-end are two right numbers."""
    (finding,) = agreement_findings(both("9404283", "942.0 4", "population_resident"), CITY, YEAR)

    assert finding.kind == "definition"
    assert "census" in finding.explanations("en")[0]


def test_a_figure_of_one_publication_agrees_with_nobody():
    """Nothing to compare, nothing to say."""
    table = evidence((CITY, YEAR, "patents_granted", "1"))

    assert list(agreements_of(table, CITY, YEAR)) == list(agreement_findings(table, CITY, YEAR)) == []
