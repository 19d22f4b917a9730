"""The consistency engine: what it must find in the published figures, what it must not say, and its power."""

import importlib.util
from collections import Counter

import pytest
from made_figures import CITY, NATION, PROVINCE, made

from analysis import paths
from analysis.codebook import regions
from analysis.consistency import KINDS, RULES, agreements, findings, findings_for
from analysis.errors import UnknownName

NINGBO, GUANGZHOU, BEIJING = "330200", "440100", "110000"

# Every finding on the published figures that is not a revision of gross domestic product, each looked at by hand.
LOOKED_AT = {
    # 40 marks and 19 products against 58: a name may be held under both systems
    ("sum", "definition", NINGBO, 2021): {"58", "40", "19"},
    # 106 after +158 %: no whole number to the nearest; 41 cut off
    ("whole_level", "truncation", NINGBO, 2021): {"158", "106"},
    # 8,979 after +59 % asks for about 5,647, the provincial table has 5,207
    ("growth", "definition", NINGBO, 2021): {"59", "8979", "5207"},
    # 1,700 / 2,586 is -34.26 %
    ("growth", "contradiction", NINGBO, 2022): {"-34.69", "1700", "2586"},
    # 599.3 / 503.0 is +19.1 %; the rate is on comparable firms
    ("growth", "definition", NINGBO, 2022): {"16.7", "599.3", "503.0"},
    # 83,334 applications in an official comparison, then 58,530 with +10.2 % in the press
    ("growth", "contradiction", NINGBO, 2014): {"10.2", "58530", "83334"},
    # more than 9.3 万 after growth of more than 40 %, with 2.4 万 granted
    ("stock_flow", "contradiction", GUANGZHOU, 2021): {"9.3", "40", "2.4"},
    # two digits exchanged
    ("agreement", "conflict", NATION, 2020): {"12039", "12093"},
    # 69,115 in the table of the office, 7.0 万 in a report
    ("agreement", "conflict", NATION, 2022): {"69115", "7.0"},
    # two reports of different months
    ("agreement", "conflict", NINGBO, 2020): {"36", "37"},
    # 1,025,511 cut off to 102.5 万
    ("agreement", "truncation", BEIJING, 2021): {"1025511", "102.5"},
    # the city counts more than the national notice
    ("agreement", "definition", BEIJING, 2022): {"1047270", "105.4"},
    ("agreement", "definition", BEIJING, 2023): {"1101072", "110.7"},
}
MARKS_OF_A_CENSUS = {"9404283", "942.0"}


@pytest.fixture(scope="module")
def found(published):
    return findings(published)


def key(finding) -> tuple:
    return finding.rule, finding.kind, finding.region, finding.reference_year


@pytest.mark.fault(44)
@pytest.mark.fault(46)
@pytest.mark.parametrize("expected", LOOKED_AT, ids=str)
def test_findings_on_the_published_figures(found, expected):
    """Each stands there with its figures, found without being told where to look."""
    values = [{figure.value for figure in finding.figures} for finding in found if key(finding) == expected]

    assert LOOKED_AT[expected] in values


def test_provinces_miss_the_nation_by_one(found):
    """PCT applications of 2018: 34 provinces and regions add up to 51,892, and 51,893 are printed."""
    (finding,) = [finding for finding in found if finding.rule == "region_sum"]

    assert (finding.region, finding.reference_year, finding.series) == (NATION, 2018, ("pct_applications",))
    assert len(finding.figures) == 35
    assert all(
        f"{number}" in finding.statement(language) for number in ("51,892", "51,893") for language in ("en", "zh")
    )


def test_nothing_else_is_found(found):
    """A finding that nobody has looked at may be a false alarm: look at it, and add it above or mend the rule."""
    rest = [finding for finding in found if key(finding) not in LOOKED_AT and finding.rule != "region_sum"]
    revised = [finding for finding in rest if finding.series == ("gdp",)]
    census = [finding for finding in rest if {figure.value for figure in finding.figures} == MARKS_OF_A_CENSUS]

    assert len(rest) == len(revised) + len(census) == 11
    assert {finding.kind for finding in rest} == {"definition"}
    assert len(found) == len(rest) + len(LOOKED_AT) + 1


def test_findings_speak_both_languages(found):
    """A statement in each language names the place or the year, and some explanation is offered for each."""
    for finding in found:
        place = regions()[finding.region]
        for language in ("en", "zh"):
            statement = finding.statement(language)

            assert str(finding.reference_year) in statement
            assert place.name(language) in statement
            assert len(finding.explanations(language)) > 0
        assert len(finding.explanations("en")) == len(finding.explanations("zh"))
        assert "{" not in finding.statement("en") + finding.statement("zh")


def test_findings_accuse_nobody(found):
    """The arithmetic is stated and explanations are listed; no word judges those who published."""
    said = " ".join(text for finding in found for text in (finding.statement("en"), *finding.explanations("en")))

    assert not [
        word for word in ("wrong", "false", "error", "mistake", "lie ", "fake", "fraud") if word in said.lower()
    ]


def test_findings_are_of_known_rules_and_kinds(found):
    """What a reader can be shown has a name."""
    assert {finding.rule for finding in found} <= set(RULES)
    assert {finding.kind for finding in found} <= set(KINDS)


def test_findings_for_a_place_are_those_about_it(published, found):
    """For every place, and for one of its years, the same findings as in the whole."""
    for region in (NINGBO, NATION, GUANGZHOU, PROVINCE):
        own = [finding for finding in found if finding.region == region]

        assert Counter(findings_for(published, region)) == Counter(own)
        assert Counter(findings_for(published, region, 2021)) == Counter(
            finding for finding in own if finding.reference_year == 2021
        )


def test_a_city_with_more_than_its_province_is_told_so():
    """The finding is the city's, though the province is where the rule looks."""
    table = made((CITY, 2021, "pct_applications", "11"), (PROVINCE, 2021, "pct_applications", "10"))
    (finding,) = findings_for(table, CITY, 2021)

    assert finding in findings(table)
    assert findings_for(table, PROVINCE, 2021) == []


def test_places_without_figures_have_no_findings(published):
    """A place with one year, or a year without figures, is no error; a place that does not exist is one."""
    assert findings_for(published, "330300") == []
    assert findings_for(published, NINGBO, 1999) == []
    assert findings(made()) == []
    with pytest.raises(UnknownName, match="no region '999999'"):
        findings_for(published, "999999")


def test_agreements_of_a_place(published):
    """Ningbo 2020: the census and the year-end differ, gross domestic product has a revised value."""
    found = {agreement.series: agreement.verdict for agreement in agreements(published, NINGBO, 2020)}

    assert found == {"gdp": "conflict", "population_resident": "conflict", "gi_certification_marks": "conflict"}


# Power and silence: a small seeded version of benchmarks/consistency.py


@pytest.fixture(scope="module")
def benchmark():
    path = paths.ROOT / "benchmarks" / "consistency.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_consistency", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_clean_tables_raise_no_alarm(benchmark):
    """Tables that fit together and are printed to mixed places hold rounding gaps only."""
    alarms = benchmark.false_alarms(60, seed=7)

    assert alarms["figures"] > 10_000
    assert alarms["alarmed"] == 0


@pytest.mark.fault(42)
@pytest.mark.fault(44)
@pytest.mark.parametrize("kind", ["sum", "share", "growth", "magnitude", "stock_flow", "nesting", "agreement"])
def test_planted_faults_are_found(benchmark, kind):
    """A number changed beyond all that rounding allows is named by the rule for it."""
    found, missed = benchmark.recall(kind, 12, seed=7)

    assert missed == []
    assert found == 12


def test_clean_tables_have_gaps_that_only_rounding_explains(benchmark):
    """Otherwise their silence would prove nothing: taken at their printed digits, most sums of a table miss."""
    import random

    table = benchmark.clean_table(random.Random(7))
    misses = 0
    for (region, year, series), rows in table.rows.items():
        for identity in benchmark.identities().sum:
            parts = [table.rows.get((region, year, part)) for part in identity.parts]
            if identity.whole == series and not identity.open and all(parts):
                misses += sum(part[0].rounded.printed for part in parts) != rows[0].rounded.printed

    assert misses > 5
