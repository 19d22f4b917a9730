"""Claims and policies speak of places, years, series and publications that exist."""

import re

import pytest

from analysis.errors import BadRow
from analysis.statements import claims, policies


def test_claims_and_policies_are_read_in_both_languages(tiny):
    """One claim and one policy of Testville, with the words they were taken from."""
    (claim,), (policy,) = claims(tiny), policies(tiny)

    assert (claim.region, claim.reference_year, claim.text("statement", "zh")) == ("990100", 2021, "创新高")
    assert claim.text("test", "en") == "All earlier years."
    assert (policy.kind, policy.text("name", "en"), policy.text("detail", "zh")) == ("plan", "A plan", "已通过。")


WRONG = [
    ("990100,", "990300,", "the region '990300' is not in data/regions.csv"),
    (",2021,", ",21,", "found reference_year '21', expected four digits"),
    (",2021,", ",２０２１,", "found reference_year '２０２１'"),
    (",T02", ",T09", "the source 'T09' is not in data/sources.csv"),
]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        *WRONG,
        ("record_high", "record", "found kind 'record', expected one of record_high"),
        ("creation", "context_", "found aspect 'context_'"),
        (",patents_granted,", ",patents_granted|grants,", "names the series 'grants', which is not in data/series.csv"),
        ("A record", "", "the column statement_en is empty"),
        (",此前各年。", ",", "the column test_zh is empty"),
    ],
)
def test_a_bad_claim_is_refused(spoil, old, new, said):
    """Each message names the file and the line."""
    data = spoil("claims.csv", old, new)

    with pytest.raises(BadRow, match=re.escape(said)) as caught:
        claims(data)
    assert "data/claims.csv, line 2" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        *WRONG,
        (",plan,", ",law,", "found kind 'law', expected one of plan, regulation"),
        ("规划,Adopted", ",Adopted", "the column name_zh is empty"),
    ],
)
def test_a_bad_policy_is_refused(spoil, old, new, said):
    """Each message names the file and the line."""
    data = spoil("policies.csv", old, new)

    with pytest.raises(BadRow, match=re.escape(said)) as caught:
        policies(data)
    assert "data/policies.csv, line 2" in str(caught.value)
