"""The codebook defines each series and each region once, and says what exists when a name does not."""

import re

import pytest

from analysis.codebook import codebook, region_named, regions, series_named
from analysis.errors import BadRow, UnknownName


def test_series_come_in_the_order_of_the_file_with_both_languages(tiny):
    """The codebook's order is a reader's order; every text exists in English and Chinese."""
    found = codebook(tiny)

    assert list(found)[:2] == ["patents_granted", "invention_patents_granted"]
    assert found["patents_granted"].text("name", "en") == "Patents granted"
    assert found["patents_granted"].text("counted", "zh") == "件"
    assert found["invention_patents_granted"].part_of == "patents_granted"


def test_regions_have_names_and_lie_in_one_another(tiny):
    """Testville is a city of Testshire."""
    found = regions(tiny)

    assert [found["990100"].name(language) for language in ("en", "zh")] == ["Testville", "试验市"]
    assert found[found["990100"].parent].name_en == "Testshire"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("专利授权量,count,patents,件,flow,creation,,,", "专利授权量,,patents,件,flow,creation,,,", "unit ''"),
        ("专利授权量,count,patents,件,flow,creation,,,", "专利授权量,pieces,patents,件,flow,creation,,,", "'pieces'"),
        (
            "件,flow,creation,,,marked",
            "件,flux,creation,,,marked",
            "line 2: found kind 'flux', expected one of flow, stock",
        ),
        ("件,flow,creation,,,marked", "件,flow,invention,,,marked", "line 2: found aspect 'invention'"),
        (",marked,", ",doubtful,", "line 2: found comparability 'doubtful', expected one of direct, marked, refused"),
        (",A trap.,", ",,", "line 2: the column scope_trap_en is empty"),
        (",元,flow", ",,flow", "line 5: the column counted_zh is empty"),
        (",年末。", ",", "line 6: the column definition_zh is empty"),
        ("pledge_financing_amount,", "patents_granted,", "line 5: the series patents_granted stands in an earlier"),
        ("creation,patents_granted,,", "creation,patents,,", "part_of of invention_patents_granted names patents"),
        ("creation,,patents_granted,", "creation,,grants,", "growth_of of patents_granted_yoy_percent names grants"),
    ],
)
def test_a_series_that_breaks_a_rule_is_refused(spoil, old, new, said):
    """A unit, kind or aspect that is none, an empty text, a second definition, a whole that is no series."""
    data = spoil("series.csv", old, new)

    with pytest.raises(BadRow, match=re.escape(said)):
        codebook(data)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("990200,", "990100,", "line 5: the region 990100 stands in an earlier line"),
        (",试验市,", ",,", "line 4: the column name_zh is empty"),
        ("试验市,city", "试验市,town", "line 4: found level 'town', expected one of nation, province, city"),
        ("试验市,city,,990000", "试验市,city,,980000", "the parent of 990100 is 980000, which is no region"),
    ],
)
def test_a_region_that_breaks_a_rule_is_refused(spoil, old, new, said):
    """A code twice, a missing name, a level that is none, a parent that is no region."""
    data = spoil("regions.csv", old, new)

    with pytest.raises(BadRow, match=re.escape(said)):
        regions(data)


def test_an_unknown_series_is_answered_with_a_hint(tiny):
    """A slip of the finger leads to the series that was meant."""
    assert series_named("patents_granted", tiny).unit == "count"

    with pytest.raises(UnknownName, match=r"'patent_granted'.*there are 5.*Did you mean patents_granted"):
        series_named("patent_granted", tiny)


@pytest.mark.parametrize(("name", "hint"), [("Testville", "990100"), ("试验市", "990100"), ("99010", "990100")])
def test_an_unknown_region_is_answered_with_codes_and_a_hint(tiny, name, hint):
    """A name in either language leads to its code; the message lists codes and how to see them all."""
    with pytest.raises(UnknownName) as caught:
        region_named(name, tiny)

    assert "000000, 990000, 990100, 990200" in str(caught.value)
    assert "ipreport list regions" in str(caught.value)
    assert f"Did you mean {hint}?" in str(caught.value)
