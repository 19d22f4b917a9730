"""Claims in words against the series they speak of, on invented figures under the project's real claims."""

import shutil
from collections import Counter

import pytest
from made_figures import CITY, NATION, PROVINCE, made

from analysis import paths
from analysis.claim_checks import VERDICTS, claim_verdicts
from analysis.statements import claims

YEAR = 2021
OTHER_CITY = "330100"
HEADER = ",".join(claims()[0].__dataclass_fields__)


@pytest.fixture
def verdict(tmp_path):
    """The verdict on one claim of a kind about a series, given figures."""

    def weighed(kind: str, series: str, *rows: tuple, phrase: str = "第一", source: str = "NB03"):
        data = tmp_path / "data"
        shutil.copytree(paths.DATA, data, dirs_exist_ok=True)
        claim = f"{CITY},{YEAR},creation,{kind},{series},It is so,确是如此,{phrase},{source},Other data.,其他数据。"
        (data / "claims.csv").write_text(f"{HEADER}\n{claim}\n", encoding="utf-8")
        claims.cache_clear()
        (found,) = claim_verdicts(made(*rows), CITY, YEAR, data)
        assert found.reason("en") != found.reason("zh") != ""
        return found.verdict

    yield weighed
    claims.cache_clear()


def over(series: str, **levels: str) -> list[tuple]:
    """Figures of the city by year, as y2021="5"."""
    return [(CITY, int(year[1:]), series, printed) for year, printed in levels.items()]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({"y2019": "10", "y2020": "20", "y2021": "30"}, "supported"),
        ({"y2019": "40", "y2020": "20", "y2021": "30"}, "contradicted"),
        # one earlier year, a gap, and 3.0 万 beside 30,100, are no proof
        ({"y2020": "20", "y2021": "30"}, "not_testable"),
        ({"y2017": "10", "y2020": "20", "y2021": "30"}, "not_testable"),
        ({"y2019": "3.0 4", "y2020": "20", "y2021": "30010"}, "not_testable"),
        ({"y2021": "30"}, "not_testable"),
        ({"y2020": "20"}, "not_testable"),
    ],
)
def test_record(verdict, levels, expected):
    """A record needs at least two earlier years and no gap; one greater earlier year contradicts it."""
    assert expected == verdict("record_high", "pct_applications", *over("pct_applications", **levels))


def test_record_leaves_out_a_year_that_the_published_growth_speaks_against(verdict):
    """9,000 in 2020 would contradict a record of 8,979, but +59 % says that it is of another count."""
    rows = over("copyright_registrations", y2020="9000", y2021="8979")

    assert verdict("record_high", "copyright_registrations", *rows) == "contradicted"
    rows.append((CITY, YEAR, "copyright_registrations_yoy_percent", "59"))
    assert verdict("record_high", "copyright_registrations", *rows) == "not_testable"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (over("patents_granted", y2020="10", y2021="11"), "supported"),
        (over("patents_granted", y2020="12", y2021="11"), "contradicted"),
        (over("patents_granted", y2020="1.1 4", y2021="11001"), "not_testable"),
        ([*over("patents_granted", y2021="11"), (CITY, YEAR, "patents_granted_yoy_percent", "19.5")], "supported"),
        ([*over("patents_granted", y2021="11"), (CITY, YEAR, "patents_granted_yoy_percent", "-1")], "contradicted"),
        ([*over("patents_granted", y2021="11"), (CITY, YEAR, "patents_granted_yoy_percent", "0")], "not_testable"),
        (over("patents_granted", y2021="11"), "not_testable"),
        ([], "not_testable"),
    ],
)
def test_rise(verdict, rows, expected):
    """By the two levels where both are there, else by the published growth."""
    assert expected == verdict("rise", "patents_granted", *rows)


def test_a_claim_about_several_series_needs_all_of_them(verdict):
    """One that fell contradicts it, one without a figure leaves it open."""
    rose, fell = over("patents_granted", y2020="10", y2021="11"), over("pct_applications", y2020="12", y2021="11")

    assert verdict("rise", "patents_granted|pct_applications", *rose, *fell) == "contradicted"
    assert verdict("rise", "patents_granted|madrid_trademarks", *rose) == "not_testable"


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], "not_testable"),
        ([(OTHER_CITY, "40")], "not_testable"),
        ([(OTHER_CITY, "60")], "contradicted"),
        # of 99 in the province, 50 leave 49 for all the others together; of 101, somebody may have 51
        ([(PROVINCE, "99")], "supported"),
        ([(PROVINCE, "101")], "not_testable"),
        ([(PROVINCE, "130"), (OTHER_CITY, "40")], "supported"),
        ([(PROVINCE, "130"), (OTHER_CITY, "60")], "contradicted"),
        # cities of other provinces are no rivals
        ([("440300", "60")], "not_testable"),
    ],
)
def test_first_in_province(verdict, others, expected):
    """Supported only where what is left for places without a figure is less than the place has."""
    rows = [(code, YEAR, "pct_applications", printed) for code, printed in [(CITY, "50"), *others]]

    assert expected == verdict("first_in_province", "pct_applications", *rows)


def test_first_among_provincial_capitals_is_read_from_the_words(verdict):
    """Only capitals are rivals then: Shenzhen (440300) is none, Guangzhou (440100) is one."""
    own = (CITY, YEAR, "valid_invention_patents", "50")

    def of(code: str, phrase: str) -> str:
        rival = (code, YEAR, "valid_invention_patents", "60")
        return verdict("national_rank", "valid_invention_patents", own, rival, phrase=phrase)

    assert of("440100", "居全国省会城市第一") == "contradicted"
    assert of("440300", "居全国省会城市第一") == "not_testable"
    assert of("440100", "名列前茅") == "not_testable"


def test_a_rank_is_tested_by_another_publication_only(verdict):
    """The words of the publication that makes the claim are no test of it."""
    claimant = made((CITY, YEAR, "patents_granted", "1")).chosen(CITY, YEAR, "patents_granted").source
    series = "ip_admin_protection_rank"

    assert verdict("national_rank", series, (CITY, YEAR, series, "1"), source=claimant) == "not_testable"
    assert verdict("national_rank", series, (CITY, YEAR, series, "1", 1), source=claimant) == "supported"
    assert verdict("national_rank", series, (CITY, YEAR, series, "2", 1), source=claimant) == "contradicted"


def test_a_claim_without_a_series_is_not_testable(verdict):
    """Nothing that is counted here decides who was the first of its kind."""
    assert verdict("first_of_its_kind", "") == "not_testable"


def test_every_claim_of_the_project_gets_a_verdict(published):
    """Each claim once, with a reason in both languages and with what would test it."""
    places = {(claim.region, claim.reference_year) for claim in claims()}
    found = [verdict for region, year in sorted(places) for verdict in claim_verdicts(published, region, year)]

    assert Counter(claims()) == Counter(verdict.claim for verdict in found)
    assert all(verdict.verdict in VERDICTS for verdict in found)
    assert all(verdict.reason(language) and verdict.test(language) for verdict in found for language in ("en", "zh"))
    assert claim_verdicts(published, NATION, YEAR) == []
