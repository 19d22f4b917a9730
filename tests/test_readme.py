"""The README is the first thing that anybody reads: what it says must be so."""

import re
import shlex
from fractions import Fraction

import pytest
from click.testing import CliRunner

from analysis import paths
from analysis.codebook import regions
from analysis.command import main
from analysis.figures import load_figures
from analysis.indicators import indicators
from analysis.report import load_report

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"(?m)^\s*\.venv/bin/ipreport (.+?)(?:\s+#.*)?$", README)
ON_REPORTS = ("build", "batch", "verify", "accept", "check reports/", "teach")
"""What makes reports or classes, or needs some."""
MAKE = re.findall(r"(?m)^make (\w+)|`make (\w+)", README)


def test_numbers_of_the_first_screen_are_computed_ones():
    """7,819 of 72,390 is 10.80 %; 119 亿元 among 291 firms is 40.89 million yuan, from 40.72 to 41.07 million."""
    report = load_report("330200", 2021, "en")
    share, financing = (report.results[name] for name in ("invention_share", "financing_per_firm"))

    assert f"**{report.value(share).replace('%', ' %')}**" in README
    assert f"**{report.value(financing)}**" in README
    assert "between 40.72 and 41.07 million" in README
    assert Fraction("40.72") == round(financing.value.lower / 10**6, 2)
    assert Fraction("41.07") == round(financing.value.upper / 10**6, 2)


def test_counts_are_those_of_the_data():
    """The README says how many indicators there are."""
    assert f" {len(indicators())} indicators " in README
    assert set(re.findall(r"--region (\d{6})", README)) <= set(regions())
    assert {int(year) for year in re.findall(r"--year (\d{4})", README)} <= set(load_figures().years())


@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith((*ON_REPORTS, "read"))])
def test_commands_work_as_written(line):
    """Every command that only looks is run as it stands; those that write are followed in test_add_a_year.

    That verify holds is shown in test_determinism, what check and accept do in test_accept_command.
    """
    result = CliRunner().invoke(main, shlex.split(line))

    assert 0 == result.exit_code, result.output


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith(ON_REPORTS)])
def test_commands_that_need_or_make_reports_are_understood(line):
    """The options of a command that works on reports exist (it is not run here: other tests do)."""
    given = re.findall(r"--[a-z-]+", line)
    words = line.split()
    known = CliRunner().invoke(main, [*words[: 2 if words[0] == "teach" else 1], "--help"]).output

    assert given or line.startswith(("verify ", "check "))
    assert [] == [option for option in given if option not in known]


def test_make_targets_exist():
    """Every `make` that the README speaks of is a target."""
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")

    assert [] == [name for pair in MAKE for name in pair if name and not re.search(rf"(?m)^{name}:", makefile)]


def test_one_sentence_a_line():
    """A change to a sentence is a change to a line: no line of prose holds two sentences."""
    prose = re.sub(r"(?s)```.*?```", "", README)
    several = [
        line for line in prose.splitlines() if re.search(r"[a-z][.?!] [A-Z]", line.strip("> ")) and "|" not in line
    ]

    assert [] == [line for line in several if not re.match(r"\d+\. |- \*\*|> ", line.strip())]


def test_pictures_exist():
    """The pictures of the README are in the repository and have a description."""
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)

    assert pictures
    assert all(len(text) > 20 and (paths.ROOT / path).is_file() for text, path in pictures)
