"""A report is given a region, a year and a language, and nothing that merely looks like one."""

import json

import pytest

from analysis.errors import BadParameter, UnknownName
from analysis.figures import load_figures
from analysis.parameters import ECHO, Parameters, check_declared, year_from


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"region": 990100}, "region is 990100 (int); expected str"),
        ({"region": None}, "region is None (NoneType); expected str"),
        ({"reference_year": "2021"}, "reference_year is '2021' (str); expected int"),
        ({"reference_year": 2021.0}, "reference_year is 2021.0 (float); expected int"),
        ({"reference_year": True}, "reference_year is True (bool); expected int"),
        ({"language": ["en"]}, "language is ['en'] (list); expected str"),
    ],
)
def test_a_parameter_of_the_wrong_type_is_refused(given, said):
    """Nothing is converted: a year in quotes is no year, and True is not 1."""
    with pytest.raises(BadParameter) as caught:
        Parameters(**{"region": "990100", "reference_year": 2021, "language": "en"} | given)

    assert str(caught.value) == said


@pytest.mark.parametrize("language", ["de", "EN", "", "zh-Hans", "english"])
def test_an_unknown_language_is_answered_with_those_that_exist(language):
    """A report is in English or in Chinese."""
    with pytest.raises(UnknownName, match="there are en, zh"):
        Parameters("990100", 2021, language)


def test_figures_are_required(tiny):
    """A region and year pass if there are figures for them; the message is that of the figures."""
    figures = load_figures(tiny)
    parameters = Parameters("990100", 2021, "zh")

    assert parameters.require(figures) is parameters
    with pytest.raises(UnknownName, match="there are figures for 2020, 2021"):
        Parameters("990100", 1999, "zh").require(figures)
    with pytest.raises(UnknownName, match="no region '123'"):
        Parameters("123", 2021, "zh").require(figures)


def test_the_echo_tells_the_parameters_really_used():
    """One line that can be read back; a year stays a number and a code stays text."""
    parameters = Parameters("000000", 2021, "zh")
    line = parameters.echo()

    assert line.startswith(ECHO)
    assert "\n" not in line
    assert json.loads(line.removeprefix(ECHO)) == parameters.as_dict()
    assert parameters.as_dict() == {"region": "000000", "reference_year": 2021, "language": "zh"}


@pytest.mark.parametrize(("text", "year"), [("2021", 2021), ("1985", 1985), ("2999", 2999)])
def test_a_year_is_four_digits(text, year):
    """A reference year as a reader writes it."""
    assert year_from(text) == year


@pytest.mark.parametrize(
    "text",
    [
        *("２０２１", "2_021", "0x7e5", "1e3", "2021年", " 2021", "2021 ", "2021\n", "02021", "", "+2021", "-2021"),
        *("2021.0", "20 21", "21", "20211", "0021", "3021", "٢٠٢١", "二〇二一", "MMXXI", "year"),
    ],
)
def test_what_is_not_four_plain_digits_is_no_year(text):
    """Python's int() would take several of these."""
    with pytest.raises(BadParameter, match="is not a reference year; expected four digits"):
        year_from(text)


def test_a_chapter_declares_exactly_the_parameters_of_a_report():
    """papermill only warns of a parameter that a chapter does not declare; here it is refused."""
    names = {"region", "reference_year", "language"}
    check_declared(names, names, "01_summary")

    for declared in (names - {"language"}, names | {"theme"}):
        with pytest.raises(BadParameter, match=r"notebooks/01_summary\.ipynb declares the parameters"):
            check_declared(names, declared, "01_summary")
