"""`ipreport verify` and `ipreport sign` as they are typed: what is said, and with which exit code."""

import json

import pytest
from click.testing import CliRunner
from sealed import sealed

from analysis import rebuilding, verifying
from analysis.command import main
from analysis.manifest import MANIFEST


@pytest.fixture
def folder(tmp_path):
    """A report in two languages."""
    return sealed(tmp_path / "330200-2021")


def run(*arguments) -> tuple[int, str]:
    """The exit code and what was said; a refusal goes to the other stream."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    return result.exit_code, result.stdout or result.stderr


def test_whole_report_made_from_what_is_here(folder):
    """Exit code 0, and nothing else is said."""
    assert (
        0,
        f"{folder}: 4 files in en, zh\n"
        "Whole: every file is as it was made, and none was added.\n"
        "Made from the data, code, lock file and libraries here.\n",
    ) == run("verify", folder)


@pytest.mark.fault(78)
@pytest.mark.fault(79)
def test_altered_missing_and_extra_files_are_one(folder):
    """Exit code 1, and each is named."""
    (folder / "en/index.html").write_text("<!DOCTYPE html>\n<p>99.80%</p>\n", encoding="utf-8")
    (folder / "zh/index.html").unlink()
    (folder / "zh/more.txt").write_text("x", encoding="utf-8")
    code, said = run("verify", folder)

    assert 1 == code
    assert "Not as it was made:\n  altered: en/index.html has the sha256 " in said
    assert "\n  missing: zh/index.html\n  extra: 'zh/more.txt'\n" in said


def test_whole_report_made_from_something_else_is_three(folder):
    """Exit code 3: nobody touched it, but the code was another."""
    made = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    made["makings"][0]["inputs"]["code"]["src/analysis/rounding.py"] = "0" * 64
    (folder / MANIFEST).write_text(json.dumps(made), encoding="utf-8")
    code, said = run("verify", folder)

    assert 3 == code
    assert said.endswith("Otherwise here:\n  made by other code: src/analysis/rounding.py differs\n")


def test_refused_manifest_is_one_line(folder):
    """Exit code 1, and no trace of Python."""
    (folder / MANIFEST).write_text('{"files": {}, "files": {}}', encoding="utf-8")

    assert (1, f"Error: {folder / MANIFEST} is refused: the name 'files' stands twice\n") == run("verify", folder)


@pytest.mark.parametrize(("again", "code"), [([], 0), (["made again otherwise: en/index.html, line 2"], 1)])
def test_made_again_the_bytes_decide(folder, again, code, monkeypatch):
    """The same bytes from other code are 0; other bytes are 1, and what differs is said."""
    monkeypatch.setattr(rebuilding, "differences", lambda *given: again)
    now = verifying.inputs()
    now["code"]["src/analysis/rounding.py"] = "0" * 64
    monkeypatch.setattr(verifying, "inputs", lambda *given: now)
    found, said = run("verify", folder, "--rebuild")

    assert code == found
    assert "Otherwise here:\n  made by other code" in said
    assert said.endswith(
        "Made again, it differs:\n  made again otherwise: en/index.html, line 2\n"
        if again
        else "Made again, every byte is the same.\n"
    )


def test_usage_is_two(folder):
    """--signer without --signers, and a report without a name."""
    assert 2 == run("verify", folder, "--signer", "me")[0]
    assert 2 == run("verify")[0]
