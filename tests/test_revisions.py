"""Every changed number is of exactly one class, and each class is what a careful reader would call it."""

import csv

import pytest
from report_folders import CITY, made_folder, vintage

from analysis import paths
from analysis.editions_compared import compared
from analysis.made_reports import Recorded, made_report
from analysis.report import load_report
from analysis.revisions import CLASSES, leading, same_to_fewer_digits

GRANTS = "990100,patents_granted,1000,0,count,exact,flow,T01,授权1000件,"
INVENTIONS = "990100,invention_patents_granted,250,0,count,exact,flow,T01,发明250件,"
FINANCING = "990100,pledge_financing_amount,3,8,CNY,more_than,flow,T02,超3亿元,"
TABLE = "figures/2021.csv"
HEAD = "region,series,value,multiplier,unit,qualifier,kind,source,phrase,note\n"
BREAK = "patents_granted,990100,2020,2021,scope,Counted otherwise.,统计口径不同。,\n"


@pytest.fixture
def tiny(tiny):
    """The invented place, with a table of identities even if it is empty."""
    (tiny / "identities.toml").touch()
    return tiny


@pytest.fixture
def between(tiny, tmp_path):
    """The comparison of the report of 2021 with that of a vintage of the data that has some edits."""

    def comparison(*edits, years=(2021, 2021)):
        later = vintage(tiny, tmp_path / "later", *edits)
        before = made_folder(tmp_path / "a", tiny if years[0] == years[1] else later, years[0])
        after = made_folder(tmp_path / "b", later, years[1])
        return compared(made_report(before), made_report(after), later)

    return comparison


def classes(comparison) -> dict[str, tuple[str, str]]:
    """Class and reason of each changed number, by series, indicator or card."""
    published = {change.either.key[2]: (change.why.kind, change.why.reason) for change in comparison.figures}
    return published | {change.id: (change.why.kind, change.why.reason) for change in comparison.derived}


def recorded(value: str, multiplier: int = 0, qualifier: str = "exact", unit: str = "count") -> Recorded:
    key = (CITY, 2021, "patents_granted")
    rest = ("flow", value, "T01", "Office", "2022", value, "All kinds.", "direct")
    return Recorded(key, "Testville", "Patents", True, value, multiplier, unit, qualifier, *rest)


def test_reports_from_the_same_data_do_not_differ(between):
    """Two builds of one thing: no number, no sentence, no chart."""
    comparison = between()

    assert ([], [], []) == (comparison.numbers, comparison.sentences, comparison.charts)


def test_same_publication_with_another_value_is_a_correction(between):
    """T01 now says 1,100: 250 of 1,100 is 22.73%, and what was worked out from the wrong number is corrected too."""
    found = between((TABLE, GRANTS, GRANTS.replace("1000", "1100")))

    assert {
        "patents_granted": ("correction", "same_source"),
        "invention_share": ("correction", "follows"),
        "grants_per_10000_residents": ("correction", "follows"),
        "implied_previous_patents_granted": ("correction", "follows"),
    } == classes(found)
    assert ("25.00%", "22.73%") == next(
        (each.before, each.after) for each in found.derived if each.id == "invention_share"
    )


def test_later_publication_with_another_value_is_a_revision(between):
    """The office prints 1,005 a year later in T04; by the written rule the later of two official ones speaks."""
    source = "T03,A reader's blog"
    later = ("sources.csv", source, f"T04,Patent Office,Yearbook,,2023-03-01,official,\n{source}")
    found = between(later, (TABLE, GRANTS, GRANTS + "\n" + GRANTS.replace("1000", "1005").replace("T01", "T04")))

    assert ("revision", "other_source") == classes(found)["patents_granted"]
    assert ("revision", "follows") == classes(found)["invention_share"]


def test_source_with_a_later_date_is_a_revision_too(between):
    """One address, published again in 2023 with 1,005 in place of 1,000."""
    found = between(("sources.csv", "2022-03-01", "2023-03-01"), (TABLE, GRANTS, GRANTS.replace("1000", "1005")))

    assert ("revision", "later_publication") == classes(found)["patents_granted"]


def test_same_number_to_fewer_digits_is_rounding_only(between):
    """2.5 hundred is anything from 245 to 255, and 250 is one of these: nothing was revised."""
    found = between((TABLE, INVENTIONS, INVENTIONS.replace(",250,0,", ",2.5,2,")))

    assert {
        "invention_patents_granted": ("rounding", "digits"),
        "invention_share": ("rounding", "follows"),
    } == classes(found)
    assert "open" == found.figures[0].verdict


@pytest.mark.parametrize(
    ("coarse", "fine", "same"),
    [
        (("7.24", 4), ("72390", 0), True),  # 72,350 to 72,450
        (("7.25", 4), ("72390", 0), False),  # 72,450 to 72,550
        (("7.2", 4), ("7.239", 4), True),
        (("5400", 0, "about"), ("5382", 0), True),  # about, to the hundred: 5,300 to 5,500
        (("5400", 0), ("5382", 0), False),  # printed to the unit, both of them
        (("6", 4, "more_than"), ("60230", 0), True),  # 60,230 cut off to ten thousands
        (("5", 4, "more_than"), ("60230", 0), False),  # true of it, but another number
        (("6", 4, "more_than"), ("60000", 0), False),  # 60,000 is not more than 60,000
        (("6", 4, "at_least"), ("60000", 0), True),
        (("7", 4, "nearly"), ("69800", 0), True),
        (("40.1", 0, "exact", "percent"), ("40.10", 0, "exact", "percent"), True),
        (("40.1", 0, "exact", "percent"), ("40.1", 0, "exact", "percent"), False),
    ],
)
def test_fewer_digits(coarse, fine, same):
    """A number is another to fewer digits if its interval holds the other and its last printed place is larger."""
    assert same == same_to_fewer_digits(recorded(*coarse), recorded(*fine))
    assert same == same_to_fewer_digits(recorded(*fine), recorded(*coarse))


def test_another_reference_year_is_a_new_observation(between):
    """800 grants in 2020, 1,000 in 2021: not a revision of anything, and 25% more."""
    found = between(years=(2020, 2021))
    grants = next(change for change in found.figures if change.either.key[2] == "patents_granted")

    assert ("new_observation", "other_year") == (grants.why.kind, grants.why.reason)
    assert "rose" == grants.verdict
    assert ("new_observation", "new_year") == classes(found)["population_resident"]
    assert {"new_observation"} == {change.why.kind for change in found.numbers}


def test_break_between_the_years_is_a_redefinition(between):
    """Across a break nothing rose or fell, and every ratio of such a number is redefined with it."""
    head = "why_zh,source\n"
    found = between(("breaks.csv", head, head + BREAK), years=(2020, 2021))
    grants = next(change for change in found.figures if change.either.key[2] == "patents_granted")

    assert ("redefinition", "break", None) == (grants.why.kind, grants.why.reason, grants.verdict)
    assert ("redefinition", "follows") == classes(found)["invention_share"]
    assert ("new_observation", "follows") == classes(found)["financing_per_resident"]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (("series.csv", "All kinds.,各种。", "All kinds but designs.,各种。"), "definition"),
        (("series.csv", "creation,,,marked", "creation,,,refused"), "comparability"),
    ],
)
def test_another_definition_is_a_redefinition(between, edit, reason):
    """A number that changed together with what the codebook says of its series cannot be called revised."""
    found = between(edit, (TABLE, GRANTS, GRANTS.replace("1000", "1100")))

    assert ("redefinition", reason) == classes(found)["patents_granted"]


def test_words_filed_under_another_series_are_redefined(between):
    """发明250件 of T01 leaves one series and comes to a new one: nothing was published or withdrawn."""
    series = "pledge_financing_amount,Pledge"
    row = "inventions_registered,Registered,登记,count,patents,件,flow,creation,,,direct,One kind.,一种,,,\n"
    moved = INVENTIONS.replace("invention_patents_granted", "inventions_registered")
    found = between(("series.csv", series, row + series), (TABLE, INVENTIONS, moved))

    assert ("redefinition", "moved") == classes(found)["invention_patents_granted"]
    assert ("redefinition", "moved") == classes(found)["inventions_registered"]
    assert ("redefinition", "follows") == classes(found)["invention_share"]


@pytest.mark.parametrize(("source", "reason"), [("T03", "first_published"), ("T02", "overlooked")])
def test_figure_that_was_not_there_is_a_new_observation(tiny, tmp_path, source, reason):
    """T03 is new to the report; T02 it drew on already, so that the figure had been overlooked."""
    without = vintage(tiny, tmp_path / "without", (TABLE, FINANCING + "\n", ""))
    later = vintage(tiny, tmp_path / "later", (TABLE, FINANCING, FINANCING.replace("T02", source)))
    reports = [made_report(made_folder(tmp_path / name, data)) for name, data in (("a", without), ("b", later))]
    found = classes(compared(*reports, later))

    assert ("new_observation", reason) == found["pledge_financing_amount"]
    assert ("new_observation", "follows") == found["financing_per_resident"]


def test_withdrawn_figure_is_a_correction(between):
    """A row that is gone from the data without another in its place was not a figure of that year."""
    found = between((TABLE, FINANCING + "\n", ""))

    assert {
        "pledge_financing_amount": ("correction", "withdrawn"),
        "financing_per_resident": ("correction", "follows"),
    } == classes(found)


def test_figure_of_an_earlier_year_is_compared_as_well(between):
    """800 grants in 2020 become 850, in two reports on 2021."""
    found = between(("figures/2020.csv", "800,0,", "850,0,"))

    assert {"patents_granted": ("correction", "same_source")} == classes(found)
    assert (2020, False) == (found.figures[0].either.key[1], found.figures[0].own)


def test_figure_of_another_year_of_the_region_can_be_new(between):
    """Residents of 2020 are added to the data: a new observation in two reports on 2021."""
    row = "990100,population_resident,39.5,4,persons,exact,stock,T01,39.5万人,"
    grants = "990100,patents_granted,800,0,count,exact,flow,T01,授权800件,"
    found = between(("figures/2020.csv", grants, f"{grants}\n{row}"))

    assert {"population_resident": ("new_observation", "overlooked")} == classes(found)
    assert [(None, 2020)] == [(change.before, change.after.key[1]) for change in found.figures]


def test_figure_of_another_region_is_told_only_if_both_reports_show_it(tmp_path):
    """The report on 2022 shows peers in 2022 that the report on 2021 did not: other numbers, and no changed ones."""
    reports = [
        made_report(made_folder(tmp_path / str(year), paths.DATA, year, "en", "330200", shows=lambda report: []))
        for year in (2021, 2022)
    ]
    elsewhere = [{key for key in report.figures if key[0] != "330200"} for report in reports]

    assert elsewhere[0] ^ elsewhere[1]
    assert {"330200"} == {change.either.key[0] for change in compared(*reports).figures}


def test_revised_figure_shows_between_reports_of_different_years(tiny, tmp_path):
    """The report on 2020 said 800; that on 2021, made later, knows 2020 as 850."""
    later = vintage(tiny, tmp_path / "later", ("figures/2020.csv", "800,0,", "850,0,"))
    before = made_report(made_folder(tmp_path / "a", tiny, 2020))
    after = made_report(made_folder(tmp_path / "b", later, 2021))
    kinds = {(change.either.key[2], change.own, change.why.kind) for change in compared(before, after, later).figures}

    assert ("patents_granted", True, "new_observation") in kinds
    assert ("patents_granted", False, "correction") in kinds


def test_number_of_a_new_year_is_told_once(tiny, tmp_path):
    """The report on 2020 was made before the financing of 2021 was known: it is new with its year only."""
    without = vintage(tiny, tmp_path / "without", (TABLE, FINANCING + "\n", ""))
    before = made_report(made_folder(tmp_path / "a", without, 2020))
    after = made_report(made_folder(tmp_path / "b", tiny, 2021))
    found = [change for change in compared(before, after, tiny).figures if change.either.key[2].startswith("pledge")]

    assert [(True, "new_year")] == [(change.own, change.why.reason) for change in found]


def test_number_of_the_later_year_that_the_earlier_report_knew(tiny, tmp_path):
    """The report on 2020 recorded 1,000 for 2021; that on 2021 says 1,100 from the same source."""
    later = vintage(tiny, tmp_path / "later", (TABLE, GRANTS, GRANTS.replace("1000", "1100")))
    before = made_report(made_folder(tmp_path / "a", tiny, 2020))
    after = made_report(made_folder(tmp_path / "b", later, 2021))
    beside = [change for change in compared(before, after, later).figures if not change.own]

    assert [("correction", "1,000 patents", "1,100 patents")] == [
        (change.why.kind, change.before.printed, change.after.printed) for change in beside
    ]


def test_indicator_that_changed_alone_is_redefined(between):
    """No figure changed and the share is 250.0 in place of 25.00%: it is worked out otherwise."""
    found = between(("indicators.toml", 'kind = "share"\nper = 100\n', 'kind = "share"\nper = 1000\n'))

    assert {"invention_share": ("redefinition", "computed")} == classes(found)


def test_value_printed_to_other_digits_is_rounding_only(between):
    """25.00% and 25.0% are one value."""
    found = between(("indicators.toml", 'unit = "percent"\ndigits = 4', 'unit = "percent"\ndigits = 3'))

    assert {"invention_share": ("rounding", "shown_digits")} == classes(found)


def test_indicator_with_another_formula_is_redefined(between):
    """Inventions per 10,000 residents under the name of all grants."""
    edits = [('numerator = "patents_granted"', 'numerator = "invention_patents_granted"')]
    edits += [
        (f"{word} {{patents_granted}} {{pop", f"{word} {{invention_patents_granted}} {{pop") for word in ("From", "由")
    ]
    found = between(*(("indicators.toml", *edit) for edit in edits))

    assert {"grants_per_10000_residents": ("redefinition", "formula")} == classes(found)


def test_first_class_of_the_causes_speaks():
    """Redefinition before correction before revision before new observation before rounding only."""
    assert ("redefinition", "correction", "revision", "new_observation", "rounding") == CLASSES
    assert "correction" == leading(["rounding", "revision", "correction"])
    assert "new_observation" == leading(["rounding", "new_observation"])
    assert leading([]) is None


@pytest.mark.parametrize("years", [(2020, 2021), (2021, 2021), (2021, 2020)])
def test_every_number_that_differs_is_classed_once(between, years):
    """Counted again from the two figures.csv and indicators.csv: none is left out, none stands there twice."""
    edits = [(TABLE, GRANTS, GRANTS.replace("1000", "1100")), (TABLE, FINANCING + "\n", "")]
    found = between(*edits, years=years)
    own = [change for change in found.figures if change.own]
    indicators_told = [change.id for change in found.derived if not change.card[0]]

    def published(report):
        with (report.folder / "figures.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["used"] == "yes"]
        return {row["series"]: row["value"] for row in rows if row["reference_year"] == str(report.year)}

    def computed(report):
        with (report.folder / "indicators.csv").open(encoding="utf-8", newline="") as file:
            return {row["indicator"]: row["value"] for row in csv.DictReader(file)}

    def differing(one, other):
        return {name for name in {*one, *other} if one.get(name) != other.get(name)}

    assert sorted(differing(published(found.before), published(found.after))) == sorted(
        change.either.key[2] for change in own
    )
    assert sorted(differing(computed(found.before), computed(found.after))) == sorted(indicators_told)
    assert {change.why.kind for change in found.numbers} <= set(CLASSES)
    assert len(found.numbers) == sum(found.counts().values())


def test_real_years_tell_redefinitions_from_new_observations(tmp_path):
    """Police cases filed and solved in 2021, handled in 2022: three counts. Residents are simply those of a year on."""
    reports = [
        made_report(made_folder(tmp_path / str(year), paths.DATA, year, "en", "330200", shows=lambda report: []))
        for year in (2021, 2022)
    ]
    comparison = compared(*reports)
    found = classes(comparison)
    series = [{*load_report("330200", year, "en").published} for year in (2021, 2022)]
    told = {change.either.key[2] for change in comparison.figures if change.own}

    assert {("redefinition", "break")} == {found[f"police_cases_{stage}"] for stage in ("filed", "solved", "handled")}
    assert ("redefinition", "break") == found["patents_granted"]
    assert ("new_observation", "other_year") == found["population_resident"]
    assert ("new_observation", "gone_year") == found["pct_applications"]
    assert (series[0] ^ series[1]) <= told <= (series[0] | series[1])
