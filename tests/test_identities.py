"""identities.toml: it is read as written, and anything it does not say clearly is refused, naming the place."""

import shutil

import pytest

from analysis import paths
from analysis.codebook import codebook
from analysis.errors import BadDefinition
from analysis.identities import identities

SUM = '[[sum]]\nwhole = "patents_granted"\nparts = ["invention_patents_granted"]\n'


@pytest.fixture
def folder(tmp_path):
    """A copy of the data folder with other identities."""

    def written(text: str):
        data = tmp_path / "data"
        shutil.copytree(paths.DATA, data)
        (data / "identities.toml").write_text(text, encoding="utf-8")
        return data

    return written


def test_identities_of_the_project_are_sound():
    """Every table is read, every quotient and stock differs from its parts, and units that are added are alike."""
    found, series = identities(), codebook()
    units = [{series[part].unit for part in (sum_.whole, *sum_.parts)} for sum_ in found.sum]
    kinds = {(series[pair.stock].kind, series[pair.flow].kind) for pair in found.stock_flow}

    assert all(found.__getattribute__(table) for table in found.__slots__)
    assert {len(unit) for unit in units} == {1}
    assert kinds == {("stock", "flow")}


def test_only_what_is_written_is_there(folder):
    """One sum and nothing else: the defaults are a whole that its parts make up, counted once."""
    found = identities(folder(SUM))

    assert [(sum_.whole, sum_.parts, sum_.open, sum_.overlap) for sum_ in found.sum] == [
        ("patents_granted", ("invention_patents_granted",), False, False)
    ]
    assert found.quotient == found.known == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            SUM.replace('_granted"]', '_grantd"]'),
            r"\[\[sum\]\] number 1: parts names the series 'invention_patents_grantd'",
        ),
        (SUM + SUM.replace("patents_granted", "patents"), r"number 2: whole names the series 'patents'"),
        (SUM.replace("[[sum]]", "[[sums]]"), r"unknown table \[\[sums\]\].* Did you mean sum"),
        (SUM.replace("[[sum]]", "[sum]"), r"must be written \[\[sum\]\]"),
        (SUM.replace("whole", "hole"), r"unknown key 'hole'. Did you mean whole"),
        (SUM.split("parts")[0], r"number 1: parts missing"),
        (SUM.replace('["invention_patents_granted"]', '"invention_patents_granted"'), "expected a list of texts"),
        (SUM + 'open = "yes"\n', "found open 'yes', expected true or false"),
        (SUM + 'explanations_en = ["Why."]\n', "must hold equally many"),
        ('[[region_sum]]\nparent = "0"\n', r"parent names the region '0', which is not in data/regions.csv"),
        ("[[sum]\n", "cannot be read"),
    ],
)
def test_bad_definitions_are_refused(folder, text, said):
    """An unknown series, region, table or key, a missing one, or one of another type."""
    with pytest.raises(BadDefinition, match=said):
        identities(folder(text))


def test_a_folder_without_identities_is_refused(tiny):
    """Without the file nothing could be checked, and that must not look like a clean bill."""
    (tiny / "identities.toml").unlink()
    with pytest.raises(BadDefinition, match=r"identities.toml cannot be read"):
        identities(tiny)
