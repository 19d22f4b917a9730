"""What reports are made from: each difference has a name, and a report that stands is known by it."""

from dataclasses import replace

import pytest

from analysis.basis import Basis, basis_here, input_files

HERE = Basis(
    {"data": {"data/a.csv": "1", "data/b.csv": "2"}, "lock": {"requirements.lock": "3"}}, "3.11", {"pandas": "3.1"}, {}
)


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (HERE, []),
        (replace(HERE, python="3.12"), ["Python 3.12 instead of 3.11"]),
        (replace(HERE, libraries={"pandas": "2.3"}), ["pandas 2.3 instead of 3.1"]),
        (replace(HERE, libraries={}), ["pandas missing instead of 3.1"]),
        (replace(HERE, unlike_lock={"idna": "9"}), ["idna 9, which is not the locked version"]),
        (
            replace(HERE, inputs=HERE.inputs | {"data": {"data/a.csv": "9"}}),
            ["data/a.csv is another", "data/b.csv is missing"],
        ),
        (replace(HERE, inputs=HERE.inputs | {"lock": {"requirements.lock": "9"}}), ["requirements.lock is another"]),
    ],
)
def test_every_difference_is_named(there, said):
    """Python, a library, one that is not as locked, an input, the lock file."""
    assert said == list(HERE.differences(there))
    assert (not said) == (there == HERE)


def test_what_travels_is_what_is_read_and_not_installed():
    """Data, chapters and the lock file go to a worker; code, words, templates and fonts must be there."""
    names = set(input_files(basis_here()))

    assert {"data/regions.csv", "data/indicators.toml", "notebooks/01_summary.ipynb", "requirements.lock"} <= names
    assert {"data", "notebooks", "requirements.lock"} == {name.partition("/")[0] for name in names}
