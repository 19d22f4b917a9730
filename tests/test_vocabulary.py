"""The terms of a phrase lead to the series of the codebook whose wording has the same."""

import pytest

from analysis.vocabulary import vocabulary


def series_of(phrase: str, measure: str = "件", unit: str = "count", level: str = "city") -> str | None:
    words = vocabulary()
    keys = frozenset(term.key for term in words.terms(phrase) if term.facet != "glue")
    found = words.match(keys, phrase, measure, unit, level)
    return found.series if found else None


@pytest.mark.parametrize(
    ("phrase", "series"),
    [
        ("授权发明专利", "invention_patents_granted"),
        ("新增专利授权", "patents_granted"),
        ("每万人口高价值发明专利拥有量", "high_value_invention_patents_per_10k"),
        ("商标注册量", "trademark_registrations_new"),
        ("累计拥有有效注册商标", "registered_trademarks_valid"),
        ("商标注册申请", None),
        ("企业有效发明专利", None),
        ("高校发明专利授权量", None),
        ("新获批地理标志产品", None),
        ("累计批准地理标志产品", "gi_products"),
        ("马德里商标国际注册申请", "madrid_applications"),
        ("已有国家知识产权示范企业", None),
    ],
)
def test_series_of_a_phrase(phrase, series):
    """The order of words does not matter; a term that the wording lacks narrows, and makes it another number."""
    measure = "家" if "企业" in phrase and "专利" not in phrase else "件"

    assert series == series_of(phrase, measure)


def test_measure_word_decides():
    """Pledged financing is counted in yuan, in projects or in firms."""
    assert "pledge_financing_amount" == series_of("质押融资", "元", "CNY")
    assert "pledge_financing_projects" == series_of("质押融资", "笔")
    assert "pledge_financing_firms" == series_of("质押融资惠及企业", "家")
    assert series_of("专利授权量", "家") is None


def test_nation_counts_foreign_applicants_unless_it_says_domestic():
    """我国授权发明专利 has foreign applicants in it; 国内发明专利授权 has not."""
    assert "invention_patents_granted_all" == series_of("我国授权发明专利", level="nation")
    assert "invention_patents_granted" == series_of("国内发明专利授权", level="nation")
    assert "pct_applications_received_all" == series_of("受理PCT国际专利申请", level="nation")


def test_every_wording_of_the_codebook_can_be_taken_apart():
    """Each series in counts or yuan has a wording with at least one term."""
    words = vocabulary()
    apart = {one.series for one in words._wordings if one.terms}

    assert set() == {one.series for one in words.series.values() if one.unit in ("count", "CNY", "rate")} - apart
