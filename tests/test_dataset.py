"""What a page says of itself to dataset search (schema.org Dataset)."""

import json
from importlib.metadata import version

import pytest
from report_folders import CITY

from analysis.codebook import LANGUAGES
from analysis.dataset import dataset
from analysis.downloads import FILES, Download
from analysis.hypertext import data_block
from analysis.report import load_report
from analysis.report_records import MEDIA_TYPES

MADE = [Download(name, label, 123_456) for name, label in FILES.items()]


@pytest.fixture
def described(tiny):
    """The description of Testville in 2021."""
    return lambda language="en", *more, **named: dataset(load_report(CITY, 2021, language, tiny), *more, **named)


def test_description_says_what_where_when_and_by_whom(described):
    """Name, language, year, place with its code, licence, creator, version, and the newest date of a source."""
    found = described()

    assert ("https://schema.org/", "Dataset") == (found["@context"], found["@type"])
    assert "Intellectual property in Testville, 2021" == found["name"]
    assert "5 published figures from 2 publications" in found["description"]
    assert 50 <= len(found["description"]) <= 5000  # what dataset search asks for
    assert ("en", "2021", "2022-04-26", version("ipreport")) == tuple(
        found[name] for name in ("inLanguage", "temporalCoverage", "dateModified", "version")
    )
    assert ("Testville", "GB/T 2260", "990100") == (
        found["spatialCoverage"]["name"],
        found["spatialCoverage"]["identifier"]["propertyID"],
        found["spatialCoverage"]["identifier"]["value"],
    )
    assert "https://creativecommons.org/licenses/by/4.0/" == found["license"]
    assert "The ipreport authors" == found["creator"]["name"]


def test_variables_have_values_between_their_ends(described):
    """25.00% is exact; 1,000 / 40.0 万 lies from 24.97 to 25.03; more than 749 yuan has a lower end alone."""
    share, rate, money = described()["variableMeasured"]

    assert {"value": 25.0} == {name: share[name] for name in share if name.lower().endswith("value")}
    assert {"value": 25.0, "minValue": 24.968789, "maxValue": 25.03129} == {
        name: rate[name] for name in rate if name.lower().endswith("value")
    }
    assert {"minValue": 749.063670} == {name: money[name] for name in money if name.lower().endswith("value")}
    assert ("invention_share", "name of invention_share in en", "unit of invention_share in en") == (
        share["propertyID"], share["name"], share["unitText"]
    )  # fmt: skip


def test_publications_come_with_their_addresses(described, spoil):
    """The office's yearbook gave most; a publication without an address on the web is not named."""
    works = described()["isBasedOn"]

    assert [("Yearbook", "https://example.org/yearbook", "Patent Office", "2022-03-01")] == [
        (work["name"], work["url"], work["publisher"]["name"], work["datePublished"]) for work in works[:1]
    ]
    assert ["Yearbook", "Report of a press conference"] == [work["name"] for work in works]


def test_publication_that_is_not_on_the_web_is_not_named(described, spoil):
    """An address that is none, or that acts, does not stand in the metadata."""
    spoil("sources.csv", "https://example.org/news", "javascript:alert(1)")

    assert ["Yearbook"] == [work["name"] for work in described()["isBasedOn"]]


def test_every_file_is_a_distribution(described):
    """Each file has a relative address, a media type, a name and a size."""
    found = described("en", MADE)["distribution"]

    assert list(FILES) == [each["contentUrl"] for each in found] == list(MEDIA_TYPES)
    assert all(each["encodingFormat"] == MEDIA_TYPES[each["contentUrl"]] for each in found)
    assert {"123456 B"} == {each["contentSize"] for each in found}
    assert all(each["name"] for each in found)
    assert "distribution" not in described()


@pytest.mark.parametrize("language", LANGUAGES)
def test_description_is_short(published, places, language):
    """It comes with every page, so it has at most 8 KB, also where most is published."""
    fullest = max(places, key=lambda place: len(published.series_of(*place)))

    assert len(data_block(dataset(load_report(*fullest, language), MADE)).encode()) <= 8 * 1024


def test_texts_of_the_report_are_passed_on_and_publications_are_not(described):
    """``say`` changes names, units and the description, and leaves titles and publishers alone; the tag follows."""
    found = described("zh", MADE, lambda text: f"«{text}»", "zh-Hant")

    assert "zh-Hant" == found["inLanguage"]
    assert "zh-Hans" == described("zh")["inLanguage"]
    assert all(text.startswith("«") for text in (found["name"], found["description"], found["spatialCoverage"]["name"]))
    assert all(each["name"].startswith("«") for each in (*found["variableMeasured"], *found["distribution"]))
    assert ["Yearbook", "Patent Office"] == [
        found["isBasedOn"][0]["name"], found["isBasedOn"][0]["publisher"]["name"]
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "a & b", "\u2028\u2029", "\ud83d"])
def test_no_text_can_end_the_script(text):
    """``<``, ``>``, ``&``, line ends of Unicode and half surrogates are written by number; JSON reads them."""
    block = str(data_block({"name": text}))

    assert not set("<>&\u2028\u2029\ud83d") & set(block)
    assert {"name": text} == json.loads(block)


def test_what_is_no_number_is_refused():
    """NaN is no JSON, and would make the whole description unreadable."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        data_block({"value": float("nan")})
