"""A number that stands out by a power of ten."""

import pytest
from made_figures import CITY, evidence

from analysis.codebook import regions
from analysis.magnitudes import magnitude_findings

YEAR = 2021
CITIES = [code for code, place in regions().items() if place.level == "city"][:9]


def found(year: int, *levels: str | None, series: str = "pledge_financing_amount") -> list[str]:
    """What is said of a year, with levels for the years up to 2021, the last one last."""
    years = range(YEAR - len(levels) + 1, YEAR + 1)
    rows = [(CITY, each, series, printed) for each, printed in zip(years, levels, strict=True) if printed]
    return [finding.statement("en") for finding in magnitude_findings(evidence(*rows), CITY, year)]


@pytest.mark.fault(42)
@pytest.mark.parametrize(
    ("slipped", "factor"),
    [
        ("119 12", "10,000 times above"),
        ("119 4", "10,000 times below"),
        ("1190 8", "10 times above"),
        ("11.9 8", "10 times below"),
    ],
)
def test_a_slip_between_two_honest_years(slipped, factor):
    """100, 119 and 130 亿, the middle one misread; nothing is said of its neighbours."""
    levels = ("100 8", slipped, "130 8")

    assert factor in found(YEAR - 1, *levels)[0]
    assert found(YEAR, *levels) == found(YEAR - 2, *levels) == []


@pytest.mark.fault(42)
def test_a_slip_in_the_last_year():
    """80, 100, then 12,000 亿: the two before agree with each other."""
    assert "100 times above" in found(YEAR, "80 8", "100 8", "12000 8")[0]


@pytest.mark.parametrize(
    "levels",
    [
        ("100 8", "119 8", "130 8"),
        # threefold a year is no slip
        ("100 8", "300 8", "900 8"),
        # a true jump to a new level in the middle: what is before and after it does not agree
        ("80 8", "100 8", "700 8", "800 8", "900 8"),
        # eight years lie between
        ("100 8", None, None, None, None, None, None, None, "900 8", "1000 8"),
        # one year, and two that differ by a factor that is not a hundred
        ("100 8",),
        ("100 8", "1000 8"),
        (None,),
    ],
)
def test_no_alarm_without_cause(levels):
    """Growth, a lasting jump, a gap of years and a single year are no slips."""
    assert [said for year in range(YEAR - 9, YEAR + 1) for said in found(year, *levels)] == []


def test_small_counts_jump_by_themselves():
    """2, 20 and 3 cases may well be right."""
    assert found(YEAR - 1, "2", "20", "3", series="patent_cases_handled") == []


def test_of_two_years_a_hundredfold_is_named_once():
    """100 and 10,100 亿: which of the two slipped is open, so the later one is named."""
    assert "100 times above" in found(YEAR, "100 8", "10100 8")[0]
    assert found(YEAR - 1, "100 8", "10100 8") == []


@pytest.mark.fault(42)
@pytest.mark.parametrize(("printed", "alarm"), [("90 8", False), ("9 8", False), ("90 12", True), ("90 4", True)])
def test_a_single_year_is_held_against_other_places_per_resident(printed, alarm):
    """Eight cities have 10 亿 per million residents; the ninth, of nine millions, is off by 10^4."""
    rows = [(code, YEAR, "population_resident", f"{100 * size} 4") for size, code in enumerate(CITIES, start=1)]
    rows += [(code, YEAR, "pledge_financing_amount", f"{10 * size} 8") for size, code in enumerate(CITIES[:8], start=1)]
    table = evidence(*rows, (CITIES[8], YEAR, "pledge_financing_amount", printed))
    findings = list(magnitude_findings(table, CITIES[8], YEAR))

    assert [finding.rule for finding in findings] == ["magnitude"] * alarm
    assert all("by size of the place" in finding.statement("en") for finding in findings)


def test_a_jump_at_the_end_cannot_be_told_from_a_slip():
    """80, 100, then 900 亿 may be a misprint or the truth, and the explanations say both."""
    rows = [
        (CITY, year, "pledge_financing_amount", f"{level} 8") for year, level in ((2019, 80), (2020, 100), (YEAR, 900))
    ]
    (finding,) = magnitude_findings(evidence(*rows), CITY, YEAR)

    assert finding.kind == "magnitude"
    assert "may have been misread" in finding.explanations("en")[0]
    assert "changed that much" in finding.explanations("en")[-1]
