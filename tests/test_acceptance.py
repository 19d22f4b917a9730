"""Accepted figures become rows of data/figures; nothing is replaced without a reason, and it is all or nothing."""

import json
from pathlib import Path

import pytest

from analysis.acceptance import NotAccepted, accept, register
from analysis.errors import UnknownName
from analysis.reading import Candidate
from analysis.sources import Source, sources


def candidate(**changes) -> Candidate:
    """Testville's 1,000 patents of 2021."""
    said = {
        "region": "990100", "reference_year": 2021, "series": "patents_granted", "value": "1000", "multiplier": 0,
        "unit": "count", "qualifier": "exact", "kind": "flow", "phrase": "授权1000件", "note": "", "grade": "certain",
        "start": 0, "end": 5, "phrase_start": 0, "phrase_end": 7,
    }  # fmt: skip
    return Candidate(**(said | changes))


def rows(data: Path, year: int) -> list[str]:
    return (data / "figures" / f"{year}.csv").read_text(encoding="utf-8").splitlines()[1:]


def test_new_row_goes_to_its_place(tiny):
    """A figure of a second source stands between the rows of its neighbours, with everything else untouched."""
    before = rows(tiny, 2021)
    done = accept([candidate(value="1002")], "T03", None, data=tiny)

    assert (1, 0, 0) == (done.added, done.same, done.replaced)
    assert "990100,patents_granted,1002,0,count,exact,flow,T03,授权1000件," == rows(tiny, 2021)[3]
    assert before == [row for row in rows(tiny, 2021) if ",T03,授权1000件," not in row]


def test_same_value_changes_nothing(tiny):
    """A figure that stands there already leaves the file as it is."""
    before = rows(tiny, 2021)
    done = accept([candidate()], "T01", None, data=tiny)

    assert (0, 1, 0) == (done.added, done.same, done.replaced)
    assert before == rows(tiny, 2021)


@pytest.mark.fault(45)
def test_other_value_needs_a_reason(tiny):
    """Without a reason nothing at all is written; with one, the note keeps what stood there."""
    before = rows(tiny, 2021)
    both = [candidate(series="patents_granted", value="1003"), candidate(series="pledge_financing_amount", value="5")]
    with pytest.raises(NotAccepted, match="1001 stands there, the bulletin has 1003"):
        accept(both[:1], "T02", None, data=tiny)
    assert before == rows(tiny, 2021)

    done = accept(both[:1], "T02", "corrected in May", data=tiny)
    replaced = next(row for row in rows(tiny, 2021) if ",1003," in row)

    assert 1 == done.replaced
    assert "misprinted; was 1001 (exact), replaced: corrected in May" in replaced


def test_doubtful_figures_stay_out(tiny):
    """Figures to look at are written only when that is asked for."""
    doubtful = candidate(value="999", grade="look")

    assert 0 == accept([doubtful], "T03", None, data=tiny).added
    assert 1 == accept([doubtful], "T03", None, "look", data=tiny).added


def test_unknown_source_or_region_is_refused(tiny):
    """A figure needs a publication and a place that the tables know."""
    with pytest.raises(NotAccepted, match="Add the bulletin there first"):
        accept([candidate()], None, None, data=tiny)
    with pytest.raises(UnknownName):
        accept([candidate(region="123456")], "T01", None, data=tiny)


@pytest.mark.parametrize("year", [2019, 2022, 2030])
def test_new_year_is_listed_in_the_descriptor(tiny, year):
    """The file of a new year is made, and named in datapackage.json in the order of years."""
    descriptor = tiny / "datapackage.json"
    descriptor.write_text('{\n  "path": [\n    "figures/2020.csv",\n    "figures/2021.csv"\n  ]\n}\n', encoding="utf-8")
    done = accept([candidate(reference_year=year)], "T01", None, data=tiny)

    assert 1 == len(rows(tiny, year))
    assert (
        sorted(["figures/2020.csv", "figures/2021.csv", f"figures/{year}.csv"])
        == json.loads(descriptor.read_text(encoding="utf-8"))["path"]
    )
    assert {f"{year}.csv", "datapackage.json"} == {path.name for path in done.files}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"source": ""}, "needs its source"),
        ({"title": " "}, "needs its title"),
        ({"published_on": "20 April"}, "expected YYYY-MM-DD"),
        ({"source": "T01"}, "choose another id"),
    ],
)
def test_publication_without_its_name_is_not_registered(tiny, given, said):
    """A new source has an id of its own, a publisher, a title and a date that can be read; else nothing is written."""
    before = (tiny / "sources.csv").read_bytes()
    whole = {"source": "T9", "publisher": "An office", "title": "A conference", "url": "", "published_on": "2024-04-20"}

    with pytest.raises(NotAccepted, match=said):
        register(Source(**(whole | given), reliability="press", note=""), tiny)

    assert before == (tiny / "sources.csv").read_bytes()


def test_publication_is_registered_once_and_in_its_place(tiny):
    """The table stays sorted by id, and the same publication again changes nothing."""
    new = Source("S0", "An office", "A conference", "", "2024-04-20", "press", "")
    register(new, tiny)
    first = (tiny / "sources.csv").read_bytes()
    register(new, tiny)

    assert first == (tiny / "sources.csv").read_bytes()
    assert new == sources(tiny)["S0"]
