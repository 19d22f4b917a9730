"""README's "Add a year", followed to the letter on a bulletin written for this test: from a text to a new edition."""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from analysis import paths

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")
STEPS = re.findall(
    r"(?m)^\.venv/bin/ipreport (.+)$", re.search(r"(?s)## Add a year.*?```sh\n(.*?)```", README)[1]
)  # fmt: skip
BULLETIN = """4月20日，宁波市举行知识产权新闻发布会，介绍2023年全市知识产权工作情况。
全年专利授权量60210件，其中发明专利授权量9105件；截至2023年底，有效发明专利拥有量52346件，有效注册商标48.2万件。
全年PCT国际专利申请量702件，作品著作权登记量12045件，同比增长11.6%。
全市知识产权质押融资金额达201亿元，惠及企业512家。
公安机关共立侵犯知识产权犯罪案件205起，破案178起。
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A function that runs the command as a newcomer would, in a copy of the project beside ``bulletin.txt``."""
    clone = tmp_path_factory.mktemp("clone")
    for name in ("data", "notebooks"):
        shutil.copytree(paths.ROOT / name, clone / name)
    (clone / "bulletin.txt").write_text(BULLETIN, encoding="utf-8")

    def command(line: str) -> subprocess.CompletedProcess:
        start = [sys.executable, "-c", "from analysis.command import main; main()"]
        environment = os.environ | {"IPREPORT_ROOT": str(clone)}
        return subprocess.run(
            [*start, *shlex.split(line)], cwd=clone, env=environment, capture_output=True, text=True, check=False
        )

    command.clone = clone
    return command


@pytest.fixture(scope="module")
def done(run):
    """What each of the steps answered, run one after the other."""
    return [run(step) for step in STEPS]


def test_five_commands_lead_from_a_text_to_an_edition(done):
    """At most five commands, and each of them succeeds."""
    assert len(STEPS) <= 5
    assert [0] * len(STEPS) == [each.returncode for each in done], [each.stderr for each in done]


def test_figures_of_the_text_are_in_the_data(done, run):
    """All eleven figures of the text, as printed, with the phrase and the new source: 201 at 10^8, 48.2 at 10^4."""
    with (run.clone / "data" / "figures" / "2023.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["series"]: row for row in csv.DictReader(file) if row["source"] == "NB90"}

    assert len(rows) == 11
    assert ("201", "8") == (rows["pledge_financing_amount"]["value"], rows["pledge_financing_amount"]["multiplier"])
    assert ("48.2", "4") == (
        rows["registered_trademarks_valid"]["value"], rows["registered_trademarks_valid"]["multiplier"]
    )  # fmt: skip
    assert "惠及企业512家" == rows["pledge_financing_firms"]["phrase"]


def test_new_edition_is_computed_from_the_text(done, run):
    """9,105 of 60,210 is 15.12 %; 201 亿元 among 512 firms is 39.26 million yuan each."""
    page = (run.clone / "reports" / "330200-2023" / "en" / "index.html").read_text(encoding="utf-8")

    assert "15.12%" in page
    assert "39.26 million yuan" in page
    assert "惠及企业512家" in page


def test_accepting_twice_changes_nothing(done, run):
    """The same text again: every figure stands there already, and no byte of the tables changes."""
    before = {path.name: path.read_bytes() for path in (run.clone / "data").rglob("*.csv")}
    again = run(next(step for step in STEPS if "--accept" in step))

    assert "11 stood there already" in again.stderr
    assert before == {path.name: path.read_bytes() for path in (run.clone / "data").rglob("*.csv")}


def test_other_value_is_not_overwritten_without_a_reason(done, run):
    """A corrected text needs a reason; with one, the old value goes into the note."""
    (run.clone / "bulletin.txt").write_text(BULLETIN.replace("9105", "9106"), encoding="utf-8")
    accept = next(step for step in STEPS if "--accept" in step)
    refused, given = run(accept), run(f"{accept} --reason 'a correction was published'")
    table = (run.clone / "data" / "figures" / "2023.csv").read_text(encoding="utf-8")

    assert 1 == refused.returncode
    assert "give a --reason" in refused.stderr
    assert 0 == given.returncode
    assert "was 9105 (exact), replaced: a correction was published" in table


def test_editions_are_compared(done, run):
    """The path ends with the comparison: the new edition against another one, every changed number classed."""
    other = run("build --region 330200 --year 2022 --formats html")
    compared = run("compare reports/330200-2022 reports/330200-2023")

    assert 0 == other.returncode, other.stderr
    assert 0 == compared.returncode, compared.stderr
    assert re.search(r"\d+ numbers changed, and each is of one of five kinds", compared.stdout)
    assert (run.clone / "reports" / "330200-2022-to-2023" / "zh" / "revisions.md").is_file()
