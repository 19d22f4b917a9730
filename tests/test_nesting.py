"""City within province within nation."""

import pytest
from made_figures import CITY, NATION, PROVINCE, evidence

from analysis import reads
from analysis.codebook import regions
from analysis.nesting import excess_findings, nesting_findings

YEAR = 2021
OTHER_CITY = "330100"
PROVINCES = [code for code, place in regions().items() if place.level == "province"]


def found(region: str, *rows: tuple, series: str = "pct_applications") -> list:
    table = evidence(*((code, YEAR, series, printed) for code, printed in rows))
    return [(each.rule, each.kind, each.region) for each in nesting_findings(table, region, YEAR)]


def test_a_city_cannot_have_more_than_its_province():
    """501 of 500; 5.0 hundred thousand may be 50.04 万."""
    assert found(PROVINCE, (PROVINCE, "500"), (CITY, "501")) == [("nesting", "contradiction", CITY)]
    assert found(PROVINCE, (PROVINCE, "500"), (CITY, "500")) == []
    assert found(PROVINCE, (PROVINCE, "50.0 4"), (CITY, "500400")) == []


def test_cities_together_cannot_have_more_than_their_province():
    """300 + 201 of 500, none of them too many alone."""
    assert found(PROVINCE, (PROVINCE, "500"), (CITY, "300"), (OTHER_CITY, "201")) == [
        ("nesting", "contradiction", PROVINCE)
    ]
    assert found(PROVINCE, (PROVINCE, "500"), (CITY, "300"), (OTHER_CITY, "200")) == []


def test_a_city_stands_in_for_a_province_without_a_figure():
    """501 in a city are too many for a nation with 500; in a province with 400 they are the province's matter."""
    assert found(NATION, (NATION, "500"), (CITY, "501")) == [("nesting", "contradiction", CITY)]
    assert found(NATION, (NATION, "500"), (PROVINCE, "400"), (CITY, "501")) == []


@pytest.mark.parametrize(("total", "wrong"), [("34", False), ("35", True), ("33", True)])
def test_all_provinces_make_up_the_nation(total, wrong):
    """One each in 34 provinces and regions is 34."""
    rows = [(code, "1") for code in PROVINCES]

    assert len(PROVINCES) == 34
    assert found(NATION, (NATION, total), *rows) == [("region_sum", "contradiction", NATION)] * wrong


def test_some_provinces_make_up_no_more_than_the_nation():
    """33 of 34 provinces with one each fit any nation with 33 or more."""
    rows = [(code, "1") for code in PROVINCES[:-1]]

    assert found(NATION, (NATION, "40"), *rows) == []
    assert found(NATION, (NATION, "32"), *rows) == [("nesting", "contradiction", NATION)]


def test_34_rounded_provinces_may_miss_by_seventeen_units():
    """34 times 1.0 万 is 34.0 万, give or take 34 x 0.05 = 1.7 万."""
    rows = [(code, "1.0 4") for code in PROVINCES]

    assert found(NATION, (NATION, "357000"), *rows) == []
    assert found(NATION, (NATION, "323000"), *rows) == []
    assert [rule for rule, *_ in found(NATION, (NATION, "322999"), *rows)] == ["region_sum"]


def test_provinces_without_the_three_regions_make_up_the_mainland():
    """31 mainland provinces with one each are 31 of the mainland's own series."""

    def of(total: str) -> list:
        rows = [(code, YEAR, "valid_invention_patents", "1") for code in PROVINCES]
        table = evidence((NATION, YEAR, "valid_invention_patents_mainland", total), *rows)
        return [finding.rule for finding in nesting_findings(table, NATION, YEAR)]

    assert of("31") == []
    assert of("34") == ["region_sum"]


@pytest.mark.parametrize("series", ["customs_seizure_batches", "court_cases_received", "invention_patents_per_10k"])
def test_what_is_not_passed_up_is_left_alone(series):
    """A customs house is a port district, a tribunal has five cities, and rates are not shares of a rate."""
    assert found(PROVINCE, (PROVINCE, "10"), (CITY, "20"), series=series) == []


def test_a_total_with_a_row_of_no_region_may_hold_more():
    """The national Madrid total has a row "others"."""
    rows = [(code, "1") for code in PROVINCES]

    assert found(NATION, (NATION, "36"), *rows, series="madrid_applications") == []
    assert found(NATION, (NATION, "33"), *rows, series="madrid_applications") != []


def excess(region: str, *rows: tuple) -> list:
    table = evidence(*((code, YEAR, "pct_applications", printed) for code, printed in rows))
    return [(each.rule, each.kind, each.region) for each in excess_findings(table, region, YEAR)]


def test_what_a_place_has_too_much_of_is_found_from_below():
    """501 in a city of a province with 500, or of a nation with 500 whose province is silent; never twice."""
    one = [("nesting", "contradiction", CITY)]

    assert one == excess(CITY, (PROVINCE, "500"), (CITY, "501"))
    assert one == excess(CITY, (NATION, "500"), (CITY, "501"))
    assert one == excess(CITY, (NATION, "450"), (PROVINCE, "500"), (CITY, "501"))
    assert [] == excess(CITY, (NATION, "500"), (PROVINCE, "500"), (CITY, "500"))
    assert [] == excess(PROVINCE, (PROVINCE, "500"), (CITY, "501"))


def test_nothing_is_asked_of_neighbours():
    """A city's report depends on itself and on the nearest place that contains it, not on the city beside it."""
    table = evidence(*((code, YEAR, "pct_applications", "500") for code in (NATION, PROVINCE, CITY, OTHER_CITY)))
    with reads.recorded() as asked:
        list(excess_findings(table, CITY, YEAR))

    assert {PROVINCE, CITY} == {region for kind, region, *_ in asked if kind == "figures"}
