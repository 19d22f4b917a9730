"""Parts, sums, shares: a miss beyond all rounding is found, a rounding gap is not."""

import pytest
from made_figures import CITY, evidence

from analysis.compositions import part_findings, share_findings, sum_findings

YEAR = 2021


def grants(whole: str, *parts: str):
    """Patents granted and its kinds, in this order: inventions, utility models, designs."""
    names = ("invention_patents_granted", "utility_models_granted", "designs_granted")
    rows = [(CITY, YEAR, name, part) for name, part in zip(names, parts, strict=False)]
    return evidence((CITY, YEAR, "patents_granted", whole), *rows)


@pytest.mark.parametrize(
    ("whole", "parts", "found"),
    [
        ("100", ("20", "30", "50"), []),
        ("101", ("20", "30", "50"), [("sum", "contradiction")]),
        # 1.0 + 1.0 + 1.0 万 is 2.85 to 3.15 万, and 3.1 万 is 3.05 to 3.15 万; 3.2 万 begins at 3.15 万, 3.3 at 3.25
        ("3.1 4", ("1.0 4", "1.0 4", "1.0 4"), []),
        ("3.2 4", ("1.0 4", "1.0 4", "1.0 4"), []),
        ("3.4 4", ("1.0 4", "1.0 4", "1.0 4"), [("sum", "contradiction")]),
        # cut off, each 1.0 万 may be nearly 1.1 万, so that together they reach 3.25 万
        ("3.3 4", ("1.0 4", "1.0 4", "1.0 4"), [("sum", "truncation")]),
        # with a part missing only an excess is one
        ("100", ("20", "30"), []),
        ("49", ("20", "30"), [("sum", "contradiction")]),
        # a single part above the whole says more than the sum
        ("19", ("20", "30", "50"), [("part", "contradiction")] * 3),
        # bounds: more than 90 is open upward, nearly 100 downward
        ("90 0 more_than", ("20", "30", "50"), []),
        ("100 0 more_than", ("20", "30", "50"), [("sum", "contradiction")]),
        ("100 0 nearly", ("20", "30", "50"), [("sum", "contradiction")]),
        # a large count that ends in three zeros may have been rounded to them, a small one not
        ("382000", ("381111", "700", "689"), []),
        ("382000", ("381111", "700", "690"), [("sum", "truncation")]),
        ("382000", ("381111", "700", "1189"), [("sum", "contradiction")]),
        ("2000", ("500", "700", "900"), [("sum", "contradiction")]),
    ],
)
def test_sum_of_three_parts(whole, parts, found):
    """Four printed numbers may miss by four half units together, and by no more."""
    findings = list(sum_findings(grants(whole, *parts), CITY, YEAR))

    assert found == [(finding.rule, finding.kind) for finding in findings]


def test_parts_that_may_overlap_are_a_matter_of_definition():
    """40 marks and 19 products are 59, not 58; with one part unknown, nothing is said."""
    rows = [(CITY, YEAR, "geographical_indications", "58"), (CITY, YEAR, "gi_certification_marks", "40")]
    both = list(sum_findings(evidence(*rows, (CITY, YEAR, "gi_products", "19")), CITY, YEAR))
    one = list(sum_findings(evidence(*rows), CITY, YEAR))

    assert [(finding.rule, finding.kind) for finding in both] == [("sum", "definition")]
    assert "40" in both[0].statement("en")
    assert "59" in both[0].statement("zh")
    assert "counted once" in both[0].explanations("en")[0]
    assert one == []


def test_an_open_whole_may_hold_more():
    """Copyright of all kinds also holds pledges: 100 may be 60 + 30, but not 60 + 50."""

    def of(software: str) -> list:
        series = ("copyright_registrations_total", "copyright_registrations", "software_copyright_registrations")
        rows = zip(series, ("100", "60", software), strict=True)
        return list(sum_findings(evidence(*((CITY, YEAR, *row) for row in rows)), CITY, YEAR))

    assert [finding.rule for finding in of("50")] == ["sum"]
    assert of("30") == []


def test_a_part_of_the_codebook_cannot_exceed_its_whole():
    """107 offline cases of 106; about 107 may be 106."""
    whole = (CITY, YEAR, "patent_cases_handled", "106")

    assert [
        found.rule for found in part_findings(evidence(whole, (CITY, YEAR, "patent_cases_offline", "107")), CITY, YEAR)
    ] == ["part"]
    assert [] == list(part_findings(evidence(whole, (CITY, YEAR, "patent_cases_offline", "107 0 about")), CITY, YEAR))


@pytest.mark.parametrize(
    ("share", "found"),
    [
        # 7,819 of 72,390 is 10.801 %
        ("10.8", []),
        ("10.80", []),
        ("11", []),
        ("10.9", ["contradiction"]),
        ("10.7", ["contradiction"]),
        ("10", ["truncation"]),
    ],
)
def test_share_of_two_whole_counts(share, found):
    """A published share may miss by half a unit of its last digit; by a whole unit if its digits were cut off."""
    table = evidence(
        (CITY, YEAR, "invention_patents_granted", "7819"),
        (CITY, YEAR, "patents_granted", "72390"),
        (CITY, YEAR, "invention_share_of_grants_percent", share),
    )

    assert found == [finding.kind for finding in share_findings(table, CITY, YEAR)]


@pytest.mark.parametrize(
    ("rate", "found"),
    [
        # 20,000 over 1,000 万 is 20.0, over 800 万 25.0; a fifth off on either side makes 16.6 to 31.3
        ("20", 0),
        ("24.9", 0),
        ("17", 0),
        ("31", 0),
        ("16.4", 1),
        ("32", 1),
    ],
)
def test_a_rate_per_resident_may_use_any_population_of_its_time(rate, found):
    """Each office chooses its population, so only a rate that none near the published ones gives is found."""
    table = evidence(
        (CITY, YEAR, "valid_invention_patents", "20000"),
        (CITY, YEAR, "population_resident", "1000 4"),
        (CITY, YEAR - 2, "population_resident", "800 4"),
        (CITY, YEAR, "invention_patents_per_10k", rate),
    )
    findings = list(share_findings(table, CITY, YEAR))

    assert ["definition"] * found == [finding.kind for finding in findings]


def test_a_rate_printed_without_a_point_is_still_rounded():
    """198,031 over 1,768.16 万 is 111.998, printed as 112: not a whole number of patents."""
    table = evidence((CITY, YEAR, "invention_patents_per_10k", "112"))

    assert table.rounded(table.figures.chosen(CITY, YEAR, "invention_patents_per_10k")).lower == 111.5


def test_another_published_value_that_fits_is_no_contradiction():
    """The chosen total does not fit its parts, that of a second publication does: a conflict of sources only."""
    rows = [
        (CITY, YEAR, name, "10") for name in ("invention_patents_granted", "utility_models_granted", "designs_granted")
    ]
    table = evidence((CITY, YEAR, "patents_granted", "31"), (CITY, YEAR, "patents_granted", "30", 1), *rows)

    assert [] == list(sum_findings(table, CITY, YEAR))


def test_a_zero_denominator_is_no_finding():
    """A share of nothing has no value, and so says nothing."""
    table = evidence(
        (CITY, YEAR, "invention_patents_granted", "0"),
        (CITY, YEAR, "patents_granted", "0"),
        (CITY, YEAR, "invention_share_of_grants_percent", "10"),
    )

    assert [] == list(share_findings(table, CITY, YEAR))
