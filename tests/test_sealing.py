"""The manifest is written when a report is whole; what was taken over keeps its own record, or none."""

import json

import pytest
from sealed import PAGES, REGION, YEAR, sealed

from analysis import sealing
from analysis.contract import request
from analysis.errors import OutputError
from analysis.inputs import inputs
from analysis.manifest import MANIFEST, manifest_in
from analysis.report import load_report
from analysis.sealing import Run
from analysis.verifying import verdict

ENGLISH = {name: text for name, text in PAGES.items() if name.startswith("en/")}
CHINESE = {name: text for name, text in PAGES.items() if name.startswith("zh/")}


@pytest.fixture
def before(tmp_path):
    """A report in English that stands."""
    return sealed(tmp_path / "before", ENGLISH, ("en",))


def test_same_files_same_manifest(tmp_path, before):
    """No clock, no path, no order."""
    again = sealed(tmp_path / "another place", dict(reversed(ENGLISH.items())), ("en",))

    assert (before / MANIFEST).read_bytes() == (again / MANIFEST).read_bytes()


def test_edition_taken_over_keeps_its_record(tmp_path, before):
    """English was made by an earlier run, Chinese by this one: two runs, each with its own inputs."""
    text = (before / MANIFEST).read_text(encoding="utf-8")
    made = json.loads(text)
    made["makings"][0]["inputs"]["data"]["data/sources.csv"] = "0" * 64
    (before / MANIFEST).write_text(json.dumps(made), encoding="utf-8")

    both = manifest_in(sealed(tmp_path / "both", PAGES, ("zh",), before=before))

    assert [("en",), ("zh",)] == [run.editions for run in both.makings]
    assert ["0" * 64] == [run.inputs["data"]["data/sources.csv"] for run in both.makings if run.editions == ("en",)]
    assert "0" * 64 != both.makings[1].inputs["data"]["data/sources.csv"]
    assert () == both.unknown


def test_edition_made_anew_has_no_older_record(tmp_path, before):
    """Both made at once: one run, whatever stood there."""
    both = manifest_in(sealed(tmp_path / "both", before=before))

    assert [("en", "zh")] == [run.editions for run in both.makings]


@pytest.mark.fault(78)
@pytest.mark.parametrize("fault", ["altered", "added to", "no manifest", "no good manifest", "another report"])
def test_edition_that_cannot_be_vouched_for_is_not(fault, tmp_path, before):
    """Altered since it was made, or without a record: nobody knows what it was made from, and the manifest says so."""
    files = dict(PAGES)
    if fault == "altered":
        files["en/index.html"] = files["en/index.html"].replace("10.80", "99.80")
    elif fault == "added to":
        files["en/more.csv"] = "x"
    elif fault == "no manifest":
        (before / MANIFEST).unlink()
    elif fault == "no good manifest":
        (before / MANIFEST).write_text("{", encoding="utf-8")
    else:
        text = (before / MANIFEST).read_text(encoding="utf-8")
        (before / MANIFEST).write_text(text.replace(f'"region": "{REGION}"', '"region": "440300"'), encoding="utf-8")

    both = manifest_in(sealed(tmp_path / "both", files, ("zh",), before=before))

    assert ("en",) == both.unknown
    assert [("zh",)] == [run.editions for run in both.makings]


def test_input_that_changes_meanwhile_is_refused(tmp_path, monkeypatch):
    """Nobody could say from which version of it the report was made."""
    run = Run(request({"region": REGION, "year": YEAR}))
    now = {kind: dict(files) for kind, files in run.inputs.items()}
    now["data"]["data/sources.csv"] = "0" * 64
    monkeypatch.setattr(sealing, "inputs", lambda: now)

    with pytest.raises(OutputError, match=r"data/sources\.csv changed while the report was being made; .* stays"):
        run.making(load_report(REGION, YEAR, "en"))


def test_input_that_no_manifest_can_name_is_refused_at_once(monkeypatch):
    """What an editor or a system left in the data: said before a chapter runs, not when the report is whole."""
    now = inputs()
    now["data"]["data/figures/._2021.csv"] = "0" * 64
    monkeypatch.setattr(sealing, "inputs", lambda: now)

    with pytest.raises(OutputError, match=r"'data/figures/\._2021\.csv' would be read for a report, .*; rename it"):
        Run(request({"region": REGION, "year": YEAR}))


def test_file_of_a_strange_name_in_an_edition_that_is_kept_is_no_part_of_it(tmp_path, before):
    """Somebody's note beside the English page: the Chinese one is made all the same, and the note is told as extra."""
    both = sealed(tmp_path / "both", PAGES | {"en/.笔记~": "x"}, ("zh",), before=before)

    assert [("en",), ("zh",)] == [run.editions for run in manifest_in(both).makings]
    assert ("extra: 'en/.笔记~'",) == verdict(both).wrong
