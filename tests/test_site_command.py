"""The command `ipreport site` as a person uses it."""

import re

import pytest
from click.testing import CliRunner

from analysis.command import main


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, ["site", *arguments])


def test_help_says_what_is_made(run):
    """Every option, every kind of file, and the exit codes."""
    text = run("--help").output

    assert all(word in text for word in ("--output", "--base-url", "index.html", "feed.xml", "Exit codes"))
    assert "ipreport site" in CliRunner().invoke(main, ["--help"]).output


def test_empty_folder_is_no_error(run, tmp_path):
    """The page that says how to begin is made; why there is no map is said."""
    result = run("--output", str(tmp_path))

    assert 0 == result.exit_code
    assert f"The site is ready: {tmp_path / 'index.html'}" in result.output
    assert re.search(r"No sitemap\.xml.*--base-url https://", result.output)


def test_with_an_address_there_is_a_map(run, tmp_path):
    """And nothing is said of a map that is missing."""
    result = run("--output", str(tmp_path), "--base-url", "https://example.org")

    assert (tmp_path / "sitemap.xml").is_file()
    assert "No sitemap.xml" not in result.output


def test_damaged_report_is_named_on_stderr(run, tmp_path):
    """Exit code 1, and the site without it."""
    (tmp_path / "330200-2021" / "en").mkdir(parents=True)
    result = run("--output", str(tmp_path))

    assert 1 == result.exit_code
    assert "330200-2021/en has neither index.html nor report.pdf" in result.stderr
    assert "330200-2021" not in result.stdout
    assert (tmp_path / "index.html").is_file()


@pytest.mark.parametrize("address", ["example.org", "file:///srv", "https://example.org/?q"])
def test_wrong_address_is_one_message(run, tmp_path, address):
    """Exit code 1, one line, no traceback, nothing made."""
    result = run("--output", str(tmp_path / "new"), "--base-url", address)

    assert 1 == result.exit_code
    assert "is not the address of a site" in result.stderr
    assert not (tmp_path / "new").exists()
