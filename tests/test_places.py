"""Which place a number speaks of."""

import pytest

from analysis.places import Places, level_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("全国质押融资3098亿元,全市119亿元", [("全国", False), ("全市", True)]),
        ("居全省第一,占全国的3%,全国首家", []),
        ("高于全国平均水平5件", []),
        ("鄞州区12000件、慈溪市9000件", [("鄞州区", False), ("慈溪市", False)]),
        ("全市辖区企业120家,示范区3个", [("全市", True)]),
        ("其中杭州市31981件", [("杭州", False)]),
        ("宁波海关查获582批次", [("宁波", True)]),
    ],
)
def test_places_of_a_city(text, names):
    """Seen from a city, the nation and its districts are other places; a field of comparison is none."""
    found = [(place.name, place.own) for place in Places(text, "330200").mentions]

    assert names == found


def test_levels_follow_from_the_code():
    """A code that ends in zeros is a nation or a province; other codes are cities."""
    assert ["nation", "province", "city"] == [level_of(code) for code in ("000000", "330000", "441900")]


def test_nation_as_a_topic_is_another_place():
    """全国范围内 at the head of a sentence turns to the nation: what follows is not the city's."""
    text = "全市专利授权量100件。全国范围内,专利授权量900件。"
    named = [place.name for place in Places(text, "440300").mentions]

    assert ["全市", "全国"] == named
