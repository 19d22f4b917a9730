"""What stands in observations.csv: every column and every code that occurs is described."""

import csv
import re

import pytest
from report_folders import CITY

from analysis.codebook import LANGUAGES
from analysis.observations import ATTRIBUTES, DATAFLOW, DIMENSIONS, write_observations
from analysis.report import load_report
from analysis.sdmx_structure import LISTS, structure


def named(entries: list[dict]) -> dict[str, dict]:
    """Entries by id; none stands twice, and each has a name."""
    found = {entry["id"]: entry for entry in entries}
    assert len(found) == len(entries)
    assert all(entry["name"].strip() for entry in entries)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_occurs_is_described(language, tmp_path):
    """The codes of each column of the real report stand in the list that the structure names for it."""
    report = load_report("330200", 2021, language)
    write_observations(report, tmp_path / "observations.csv")
    lists = named(structure(report)["data"]["codelists"])
    with (tmp_path / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    for concept, (_, name, _) in LISTS.items():
        assert {row[concept] for row in rows} - {""} <= set(named(lists[name]["codes"])), concept
    sources = {source for row in rows for source in row["SOURCE"].split()}
    assert sources <= set(named(lists["CL_SOURCE"]["codes"]))


def test_structure_has_the_columns_of_the_file(tiny):
    """Three dimensions in order and time, one measure, and the attributes of an observation."""
    data = structure(load_report(CITY, 2021, "en", tiny))["data"]
    parts = data["dataStructures"][0]["dataStructureComponents"]
    dimensions = parts["dimensionList"]

    assert list(DIMENSIONS) == [each["id"] for each in dimensions["dimensions"]] + [dimensions["timeDimension"]["id"]]
    assert [1, 2, 3] == [each["position"] for each in dimensions["dimensions"]]
    assert ["OBS_VALUE"] == [each["id"] for each in parts["measureList"]["measures"]]
    assert list(ATTRIBUTES) == [each["id"] for each in parts["attributeList"]["attributes"]]
    assert DATAFLOW == "{agencyID}:{id}({version})".format(**data["dataflows"][0])


def test_every_reference_leads_to_something_in_the_message(tiny):
    """Each URN names a concept, a code list or the structure that the message holds."""
    message = structure(load_report(CITY, 2021, "en", tiny))
    data = message["data"]
    held = {
        "{agencyID}:{id}({version})".format(**each)
        for kind in ("codelists", "dataStructures", "conceptSchemes")
        for each in data[kind]
    }
    concepts = set(named(data["conceptSchemes"][0]["concepts"]))
    urns = re.findall(r"'(urn:sdmx:[^']+)'", str(message))

    # The data flow's structure, thirteen concepts, six code lists.
    assert 20 == len(urns)
    for urn in urns:
        target, _, concept = urn.partition("=")[2].partition(").")
        assert (f"{target})" if concept else target) in held
        assert not concept or concept in concepts


def test_definitions_come_with_the_codes(tiny):
    """A series says what it counts and in what; a source its publisher, title, date and address."""
    lists = named(structure(load_report(CITY, 2021, "en", tiny))["data"]["codelists"])
    series, sources = (named(lists[name]["codes"]) for name in ("CL_INDICATOR", "CL_SOURCE"))

    assert ("Patents granted", "All kinds. Unit: patents.") == tuple(
        series["patents_granted"][key] for key in ("name", "description")
    )
    assert ("Patent Office: Yearbook, 2022-03-01", "https://example.org/yearbook") == tuple(
        sources["T01"][key] for key in ("name", "description")
    )


@pytest.mark.parametrize(
    ("published_on", "prepared"), [("2022-04-26", "2022-04-26"), ("2022-04", "2022-04-01"), ("2022", "2022-03-01")]
)
def test_message_is_dated_by_its_newest_source(tiny, spoil, published_on, prepared):
    """Not by the time of day; a month alone is its first day, and a year alone is older than its third month."""
    spoil("sources.csv", "2022-04-26", published_on)

    assert f"{prepared}T00:00:00Z" == structure(load_report(CITY, 2021, "en", tiny))["meta"]["prepared"]


def test_texts_of_the_report_are_passed_on_and_publications_are_not(tiny):
    """``say`` changes names and definitions, and leaves publishers and titles alone."""
    lists = named(structure(load_report(CITY, 2021, "zh", tiny), lambda text: f"«{text}»")["data"]["codelists"])

    assert "«试验市»" == named(lists["CL_AREA"]["codes"])["990100"]["name"]
    assert "Patent Office：Yearbook，2022-03-01" == named(lists["CL_SOURCE"]["codes"])["T01"]["name"]
