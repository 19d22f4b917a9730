"""Files travel as bytes and come out as they were."""

import io
import zipfile

import pytest

from analysis import parcels
from analysis.parcels import BadParcel, packed, packed_folder, unpack


def test_what_is_unpacked_is_what_was_packed(tmp_path):
    """Names and contents; a folder in which there is nothing counts for nothing."""
    here = tmp_path / "here"
    (here / "a" / "empty").mkdir(parents=True)
    (here / "a" / "b.bin").write_bytes(bytes(range(256)))
    unpack(packed_folder(here), tmp_path / "there")

    assert bytes(range(256)) == (tmp_path / "there" / "a" / "b.bin").read_bytes()
    assert ["b.bin"] == [each.name for each in (tmp_path / "there" / "a").iterdir()]


def test_same_files_are_the_same_bytes(tmp_path):
    """Neither the order in which they are named nor their dates make a difference."""
    for name in "ab":
        (tmp_path / name).write_text(name)
    one = packed({"a": tmp_path / "a", "b": tmp_path / "b"})
    (tmp_path / "a").touch()

    assert one == packed({"b": tmp_path / "b", "a": tmp_path / "a"})


@pytest.mark.fault(13)
def test_no_name_leads_out(tmp_path):
    """A parcel with a name above its folder puts nothing there."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../escaped", "x")
    unpack(buffer.getvalue(), tmp_path / "there")

    assert not (tmp_path / "escaped").exists()
    assert [tmp_path / "there" / "escaped"] == list((tmp_path / "there").iterdir())


@pytest.mark.fault(30)
def test_damaged_and_huge_parcels_are_refused(tmp_path, monkeypatch):
    """Bytes that are no parcel, one that was cut short or altered, and one that would become too large."""
    (tmp_path / "a").write_text("a" * 1000)
    parcel = packed({"a": tmp_path / "a"})
    altered = parcel.replace(parcel[31:36], b"\xff" * 5)

    for damaged in (b"no parcel", parcel[:-30], altered):
        with pytest.raises(BadParcel, match="damaged on its way"):
            unpack(damaged, tmp_path / "there")
    monkeypatch.setattr(parcels, "MOST_BYTES", 999)
    with pytest.raises(BadParcel, match="more than 999 bytes"):
        unpack(parcel, tmp_path / "there")
