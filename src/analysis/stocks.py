"""Stock and flow, rule "stock_flow": a stock cannot grow by more than the flow of the years between.

The growth of a stock comes from two published stocks, or from one and its published growth rate. Only an excess is
found: a stock may grow by less than its flow, because rights lapse.
"""

from collections.abc import Iterator
from functools import reduce
from operator import add

from analysis.evidence import Evidence, Finding, above, finest, joined, span
from analysis.figures import Figure
from analysis.identities import StockFlow
from analysis.rounding import Rounded
from analysis.wording import words

REASONS = ("consistency_why_moved", "consistency_why_revised", "consistency_why_digit")


def stock_findings(evidence: Evidence, region: str, year: int) -> Iterator[Finding]:
    """Stocks of one region at the end of ``year`` that grew by more than what was added."""
    for identity in evidence.identities.stock_flow:
        stocks = evidence.readings(region, year, identity.stock)
        if not stocks:
            continue
        before = [other for other in evidence.years(region) if other < year]
        earlier = next((other for other in reversed(before) if evidence.readings(region, other, identity.stock)), None)
        if earlier is not None:
            slots = [stocks, evidence.readings(region, earlier, identity.stock)]
            yield from _excess(evidence, identity, slots, range(earlier + 1, year + 1), _difference)
        if earlier != year - 1:
            for rates in _rates(evidence, identity.stock, region, year):
                yield from _excess(evidence, identity, [stocks, rates], range(year, year + 1), _grown)


def _rates(evidence: Evidence, stock: str, region: str, year: int) -> Iterator[list[Figure]]:
    for series in evidence.series.values():
        if series.growth_of == stock and (rates := evidence.readings(region, year, series.series)):
            yield rates


def _excess(evidence: Evidence, identity: StockFlow, slots: list[list[Figure]], years: range, increase) -> Iterator:
    flows = [evidence.readings(slots[0][0].region, year, identity.flow) for year in years]
    if not all(flows):
        return

    def fits(row: list[Rounded]) -> bool:
        grown = increase(row[0], row[1])
        return grown is None or not above(grown, reduce(add, row[2:]))

    if not (verdict := evidence.judged([*slots, *flows], fits)):
        return
    stock, base, *added = figures = [slot[0] for slot in (*slots, *flows)]
    grown = increase(evidence.rounded(stock), evidence.rounded(base))
    total = reduce(add, (evidence.rounded(figure) for figure in added))

    def statement(language: str) -> str:
        place = finest([stock, *added])
        rate = base.reference_year == stock.reference_year
        return words(
            "consistency_stock_rate" if rate else "consistency_stock",
            language,
            stock=evidence.told(stock, language, year=True),
            base=evidence.told(base, language, year=True),
            grown=span(grown, place, language),
            flows=joined([evidence.told(figure, language, year=True) for figure in added], language),
            total=span(total, place, language),
            **evidence.place(stock, language),
        )

    yield evidence.finding("stock_flow", verdict, figures, statement, REASONS, identity)


def _difference(later: Rounded, earlier: Rounded) -> Rounded:
    lower = None if later.lower is None or earlier.upper is None else later.lower - earlier.upper
    upper = None if later.upper is None or earlier.lower is None else later.upper - earlier.lower
    return Rounded(later.printed - earlier.printed, lower, upper)


def _grown(stock: Rounded, percent: Rounded) -> Rounded | None:
    """What a stock gained, from its rate of growth: stock x rate / (100 + rate), rising with both while it grew."""
    if stock.lower is None or percent.lower is None or percent.lower <= 0:
        return None
    upper = None
    if stock.upper is not None and percent.upper is not None:
        upper = stock.upper * percent.upper / (100 + percent.upper)
    lower = stock.lower * percent.lower / (100 + percent.lower)
    return Rounded(stock.printed * percent.printed / (100 + percent.printed), lower, upper)
