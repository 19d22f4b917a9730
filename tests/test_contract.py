"""One contract for everything that a report can be asked for: what is wrong is refused on one line, with a hint."""

import os
import subprocess
import sys
from itertools import islice

import pytest
from bad_sets import NAMES, bad_sets

from analysis.codebook import EDITIONS, LANGUAGES
from analysis.contract import EXPECTED, FORMATS, Request, request
from analysis.errors import BadParameter, BadRequest, UnknownName
from analysis.figures import Figures, load_figures
from analysis.parameters import Parameters

MANY = 10_000


def refusal(given: dict, text: bool, figures: Figures) -> str:
    """What is said of a set of parameters, or nothing if it is accepted."""
    try:
        request(given, text=text, figures=figures)
    except BadRequest as error:
        return str(error)
    return ""


def test_request_has_everything_there_is_unless_told(tiny):
    """Region and year are enough: all languages and formats are made; text and Python come to the same."""
    figures = load_figures(tiny)
    asked = request({"region": "990100", "year": 2021}, figures=figures)

    assert asked == Request.model_construct(region="990100", year=2021, language=EDITIONS, formats=FORMATS)
    assert [Parameters("990100", 2021, language) for language in LANGUAGES] == asked.parameters
    assert asked == request({"region": "990100", "year": "2021", "language": "all"}, text=True, figures=figures)
    assert set(NAMES) == set(EXPECTED)


def test_several_names_are_separated_by_commas_or_spaces(tiny):
    """As a command line and a cell of a table hold them."""
    figures = load_figures(tiny)
    given = {"region": "990100", "year": "2021", "language": "zh, en", "formats": "html pdf"}
    asked = request(given, text=True, figures=figures)

    assert (("zh", "en"), ("html", "pdf")) == (asked.language, asked.formats)


@pytest.mark.fault(1)
@pytest.mark.fault(2)
@pytest.mark.fault(3)
@pytest.mark.fault(5)
@pytest.mark.fault(6)
@pytest.mark.fault(7)
@pytest.mark.fault(10)
@pytest.mark.fault(11)
@pytest.mark.fault(12)
@pytest.mark.fault(13)
@pytest.mark.fault(14)
@pytest.mark.fault(77)
def test_ten_thousand_bad_sets_make_no_report(published, tmp_path, monkeypatch):
    """None is accepted, each is refused on one line, 99 % with the right hint, and none of them runs."""
    monkeypatch.chdir(tmp_path)
    told = [(each, refusal(each.given, each.text, published)) for each in bad_sets(published, MANY)]
    helpful = [all(part in said for part in each.helpful) for each, said in told]

    assert [] == [each for each, said in told if not said]
    assert [] == [said for _, said in told if len(said.splitlines()) != 1 or not said.isprintable()]
    assert sum(helpful) >= 0.99 * MANY
    assert [] == list(tmp_path.iterdir())


def test_everything_that_is_wrong_is_told_at_once(published):
    """Whoever mistypes three things need not try three times."""
    said = refusal({"regoin": "1", "year": "2O21", "formats": "htm"}, True, published)

    assert ["no parameter 'regoin'", "region is missing", "year: '2O21'", "formats: no format 'htm'"] == [
        part for part in ("no parameter 'regoin'", "region is missing", "year: '2O21'", "formats: no format 'htm'")
        if part in said
    ]  # fmt: skip


def test_refusal_is_of_both_kinds(published):
    """Whoever catches an unknown name or a bad parameter catches a bad request."""
    for kind in (BadParameter, UnknownName):
        with pytest.raises(kind):
            request({"region": "1", "year": 2021}, figures=published)


@pytest.mark.fault(3)
@pytest.mark.fault(7)
def test_bad_sets_through_the_command(published, tmp_path):
    """Twenty sets as a file and as options of the real command: one message, no traceback, nothing made."""
    sets = [each for each in islice(bad_sets(published, 60), 60) if each.text and "\0" not in str(each.given)]
    calls = []
    for position, each in enumerate(sets[:20]):
        if set(each.given) == {"region", "year"}:
            given = [f"--{name}={value}" for name, value in each.given.items()]
        else:
            path = tmp_path / f"{position}.csv"
            rows = [
                ",".join('"' + str(cell).replace('"', '""') + '"' for cell in row)
                for row in zip(*each.given.items(), strict=True)
            ]
            path.write_bytes("\n".join(rows).encode("utf-8", "surrogatepass"))
            given = [f"--parameters={path}"]
        calls.append([*given, f"--output={tmp_path / 'reports'}"])
    code = (
        "import sys, json\nfrom analysis.command import main\n"
        "for call in json.loads(sys.stdin.read()):\n"
        "    try: main(['build', *call])\n"
        "    except SystemExit as end: print(end.code, file=sys.stderr)\n"
    )
    import json

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    lines = done.stderr.splitlines()

    assert 20 == len(calls)
    assert ["1"] * 20 == lines[1::2]
    assert all(line.startswith("Error: ") for line in lines[::2])
    assert not (tmp_path / "reports").exists()


def test_help_does_not_wait_for_the_contract():
    """`ipreport --help` loads neither pydantic nor papermill."""
    code = (
        "import sys; from analysis.command import main\nprint({'pydantic', 'papermill', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "set()\n" == done.stdout
