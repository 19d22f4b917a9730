"""A stock cannot grow by more than its flow."""

import pytest
from made_figures import CITY, evidence

from analysis.stocks import stock_findings

YEAR = 2021


def found(*rows: tuple[int, str, str]) -> list:
    """The findings of the last year on (year, "stock", "flow" or "rate", printed) rows of inventions."""
    names = {
        "stock": "valid_invention_patents",
        "flow": "invention_patents_granted",
        "rate": "valid_invention_patents_yoy_percent",
    }
    table = evidence(*((CITY, year, names[series], printed) for year, series, printed in rows))
    return [(finding.rule, finding.kind) for finding in stock_findings(table, CITY, YEAR)]


@pytest.mark.parametrize(
    ("now", "before", "flow", "excess"),
    [
        ("1500", "1000", "500", False),
        ("1501", "1000", "500", True),
        ("900", "1000", "500", False),
        # 1.50 万 is at least 14,950 and 1.00 万 at most 10,050, which is 4,900 less, or 10,100 if it was cut off
        ("1.50 4", "1.00 4", "4900", False),
        ("1.50 4", "1.00 4", "4849", True),
        ("1500 0 nearly", "1000", "400", False),
        ("1500 0 more_than", "1000", "400", True),
        ("1500", "1000", "400 0 more_than", False),
    ],
)
def test_growth_of_a_stock_against_one_flow(now, before, flow, excess):
    """Only what no rounding explains; a stock that grew by less has lost some."""
    rows = (YEAR, "stock", now), (YEAR - 1, "stock", before), (YEAR, "flow", flow)

    assert [("stock_flow", "contradiction")] * excess == found(*rows)


def test_years_between_need_all_their_flows():
    """From 1,000 to 1,900 in two years: 400 + 400 are too few, 400 and an unknown year are not."""
    rows = [(YEAR, "stock", "1900"), (YEAR - 2, "stock", "1000"), (YEAR, "flow", "400")]

    assert found(*rows) == []
    assert found(*rows, (YEAR - 1, "flow", "400")) == [("stock_flow", "contradiction")]


@pytest.mark.parametrize(
    ("rate", "excess"),
    [
        # 38,289 after +25.3 %: at least 38,289 x 25.25 / 125.25 = 7,718.9 more, and 7,719 were granted
        ("25.3", False),
        # after +25.4 %: at least 38,289 x 25.35 / 125.35 = 7,743.3 more
        ("25.4", True),
        ("25 0 more_than", False),
        ("40 0 more_than", True),
        ("-5", False),
    ],
)
def test_published_growth_stands_in_for_the_stock_before(rate, excess):
    """Where the stock of the year before is not published, its growth rate says by how much it grew."""
    rows = (YEAR, "stock", "38289"), (YEAR, "rate", rate), (YEAR, "flow", "7719")

    assert [("stock_flow", "contradiction")] * excess == found(*rows)
