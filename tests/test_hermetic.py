"""What a kernel is given: a list of what is allowed, and a date that is that of the data."""

import json
import sys

import pytest

from analysis import hermetic
from analysis.figures import load_figures
from analysis.parameters import Parameters

DAY = 86_400


@pytest.mark.parametrize(
    ("year", "published_on", "days"),
    [
        (2020, "2022-03-01", 19052),
        (2020, "2022-03", 19052),
        (2020, "2022", 18993),
        (2020, "", 3652),
        (2021, "2022-03-01", 19108),
    ],
)
def test_date_is_that_of_the_newest_publication_used(tiny, spoil, year, published_on, days):
    """2022-03-01 is day 19,052 since 1970; without month and day it is the first; without any date it is 1980.

    In 2021 a newspaper of 2022-04-26 (day 19,108) is used too; other years do not matter.
    """
    if published_on != "2022-03-01":
        spoil("sources.csv", "2022-03-01", published_on)
    figures = load_figures(tiny)

    assert days * DAY == hermetic.epoch(Parameters("990100", year, "zh"), figures)


@pytest.mark.fault(65)
@pytest.mark.fault(75)
def test_environment_holds_what_is_allowed_and_nothing_else(tmp_path, monkeypatch):
    """Whatever stands outside, the names inside are these."""
    figures = load_figures()
    region = figures.regions()[0]
    asked = Parameters(region, figures.years(region)[0], "en")
    before = hermetic.environment(tmp_path, asked)
    for name in (
        "AWS_SECRET_ACCESS_KEY",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "JUPYTER_PATH",
        "TZ",
        "HOME",
        "LD_PRELOAD",
        "PATH",
    ):
        monkeypatch.setenv(name, "planted")

    assert before == hermetic.environment(tmp_path, asked)
    assert {
        *("HOME", "IPREPORT_ROOT", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "LANG", "LC_ALL", "OMP_NUM_THREADS", "PATH"),
        *("PYTHONHASHSEED", "PYTHONNOUSERSITE", "PYTHONUTF8", "SOURCE_DATE_EPOCH", "TMPDIR", "TZ", "USERPROFILE"),
    } == set(before)


def test_the_only_kernel_is_this_python(tmp_path):
    """Named by its path, not found by PATH."""
    folder = hermetic.kernel_folder(tmp_path, network=True)
    spec = json.loads((folder / hermetic.KERNEL / "kernel.json").read_text(encoding="utf-8"))

    assert [hermetic.KERNEL] == [path.name for path in folder.iterdir()]
    assert sys.executable == spec["argv"][0]


def test_network_that_cannot_be_taken_away_is_a_refusal(tmp_path, monkeypatch):
    """Never is a chapter run with a network when it was to have none."""
    monkeypatch.setattr(hermetic, "WAYS_OUT", (["unshare-that-does-not-exist"], ["false", "--net"]))

    with pytest.raises(hermetic.NotIsolated, match="leave out --no-network"):
        hermetic.kernel_folder(tmp_path, network=False)
