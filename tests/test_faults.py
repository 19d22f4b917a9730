"""docs/faults.md says what the tests hold (tests/faults.py)."""

import re

import pytest
from faults import HERE, PAGE, marked, page, rows

ROWS = {number: row for named in rows().values() for number, row in named.items()}


def test_page_is_what_the_tests_say():
    """Run `make faults` after a test was marked with a row, renamed or taken away."""
    standing = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""

    assert page() == standing, (
        "docs/faults.md is not what tests/faults.toml and the marks of the tests say: make faults"
    )


def test_every_row_has_a_test_or_a_reason():
    """Rows 1 to 88, in order; one without a test says why, and one that does not concern us has none."""
    tests = marked()

    assert list(range(1, 89)) == list(ROWS)
    assert [] == [
        number for number, row in ROWS.items() if not (tests.get(number) or row.keys() & {"without", "until"})
    ]
    assert [] == [
        number for number, row in ROWS.items() if tests.get(number) and ("without" in row or not row["result"])
    ]
    assert set(tests) <= set(ROWS)


def test_every_test_of_the_page_is_there():
    """No name on the page is of a test that was renamed or taken away, and no file has two tests of one name."""
    there = [f"{path.name}::{name}" for path in sorted(HERE.glob("test_*.py"))
             for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)]  # fmt: skip
    named = re.findall(r"`(test_\w+\.py::test_\w+)`", PAGE.read_text(encoding="utf-8"))

    assert set() == set(named) - set(there)
    assert len(set(there)) == len(there)
    assert len(named) > 100


def test_marks_are_found_wherever_they_stand(tmp_path):
    """On a test, on one of its parameters, twice; not on what is no test."""
    (tmp_path / "test_a.py").write_text(
        "import pytest\n@pytest.mark.fault(3)\n@pytest.mark.fault(5)\ndef test_one(): ...\n"
        "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.fault(7))])\ndef test_two(x): ...\n"
        "@pytest.mark.fault(9)\ndef no_test(): ...\n",
        encoding="utf-8",
    )

    assert {3: ["tests/test_a.py::test_one"], 5: ["tests/test_a.py::test_one"], 7: ["tests/test_a.py::test_two"]} == (
        marked(tmp_path)
    )


@pytest.mark.parametrize("number", ROWS)
def test_words_of_a_row_are_for_everyone(number):
    """Short, and without a table's own signs."""
    row = ROWS[number]

    assert {"fault", "result"} <= row.keys() <= {"fault", "result", "without", "until"}
    assert all(len(text) < 260 and "|" not in text and "\n" not in text for text in row.values())
