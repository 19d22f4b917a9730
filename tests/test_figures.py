"""Figures are read as printed, refused where they break a rule, and one is chosen by a written rule."""

import re

import pytest

from analysis.errors import BadRow, UnknownName
from analysis.figures import load_figures

HERE = "990100,pledge_financing_amount,3,8,CNY,more_than,flow,T02,超3亿元,"


def row(**changes: str) -> str:
    """The fifth row of the tiny table with some of its cells changed."""
    columns = ("region", "series", "value", "multiplier", "unit", "qualifier", "kind", "source", "phrase", "note")
    return ",".join((dict(zip(columns, HERE.split(","), strict=True)) | changes).values())


def chosen(spoil, *rows: tuple[str, str, str, str]) -> str:
    """The source that speaks for a number given by rows of (value, multiplier, qualifier, source)."""
    lines = "\n".join(row(value=v, multiplier=m, qualifier=q, source=s) for v, m, q, s in rows)
    return load_figures(spoil("figures/2021.csv", HERE, lines)).chosen("990100", 2021, "pledge_financing_amount").source


# Reading


def test_a_figure_is_text_until_it_is_asked_for_its_interval(tiny):
    """40.0 万 keeps its zero, and so is known to 500 either way."""
    figure = load_figures(tiny).chosen("990100", 2021, "population_resident")

    assert (figure.value, figure.multiplier, figure.reference_year) == ("40.0", 4, 2021)
    assert (figure.rounded.lower, figure.rounded.upper) == (399_500, 400_500)


def test_figures_are_found_by_region_year_and_series(tiny):
    """Years come from the files, the order of series from the codebook, and nothing is invented for what is missing."""
    figures = load_figures(tiny)

    assert figures.years() == figures.years("990100") == [2020, 2021]
    assert figures.regions() == ["990100"]
    assert figures.series_of("990100", 2020) == ["patents_granted"]
    assert figures.series_of("990100", 2021)[:2] == ["patents_granted", "invention_patents_granted"]
    assert figures.chosen("990100", 2020, "population_resident") is None
    assert figures.every("990200", 2021, "patents_granted") == []
    assert len(list(figures)) == 7


def test_asking_changes_nothing(tiny):
    """A question about a place without figures does not make it a place with figures."""
    figures = load_figures(tiny)
    figures.every("990200", 1999, "patents_granted")
    figures.every("990100", 2021, "patents_granted").clear()

    assert figures.regions() == ["990100"]
    assert figures.years() == [2020, 2021]
    assert len(figures.every("990100", 2021, "patents_granted")) == 2


def test_a_new_year_is_a_new_file(tiny):
    """Nothing lists the years."""
    (tiny / "figures" / "2031.csv").write_text(
        (tiny / "figures" / "2020.csv").read_text(encoding="utf-8"), encoding="utf-8"
    )

    assert load_figures(tiny).years() == [2020, 2021, 2031]


@pytest.mark.fault(40)
@pytest.mark.fault(42)
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": ""}, "the column value is empty"),
        ({"unit": ""}, "the column unit is empty"),
        ({"phrase": ""}, "the column phrase is empty"),
        ({"multiplier": ""}, "the column multiplier is empty"),
        ({"source": " "}, "the column source is empty"),
        ({"unit": "count"}, "found unit 'count', expected one of CNY"),
        ({"kind": "stock"}, "found kind 'stock', expected one of flow"),
        ({"kind": ""}, "found kind '', expected one of flow, stock"),
        ({"qualifier": ""}, "found qualifier '', expected one of exact, about, more_than, at_least, nearly"),
        ({"qualifier": "over"}, "found qualifier 'over'"),
        ({"series": "loans"}, "the series 'loans' is not in data/series.csv; define it there first"),
        ({"region": "990300"}, "the region '990300' is not in data/regions.csv; add it there first"),
        ({"source": "T99"}, "the source 'T99' is not in data/sources.csv; add it there first"),
        ({"value": "-3"}, "found -3 for pledge_financing_amount; a CNY cannot be negative"),
        ({"multiplier": "亿"}, "found multiplier '亿', expected a power of ten from 0 to 15"),
        ({"multiplier": "-4"}, "found multiplier '-4'"),
        ({"multiplier": "16"}, "found multiplier '16'"),
        ({"multiplier": "４"}, "found multiplier '４'"),
        ({"multiplier": "8.0"}, "found multiplier '8.0'"),
        ({"note": "x,y"}, "found 11 cells, expected 10: region, series, value"),
    ]
    + [
        ({"value": value}, f"{value!r} is not a printed number; expected digits 0-9")
        for value in ("1_000", "nan", "1e3", "１２", "+3", " 3", "3.", "03", "三")
    ],
    ids=str,
)
def test_a_bad_row_is_refused_with_file_line_and_what_was_expected(spoil, changes, said):
    """Malformed, unit-less, negative, unknown to the codebook, or a value that is not plain digits."""
    data = spoil("figures/2021.csv", HERE, row(**changes))

    with pytest.raises(BadRow, match=re.escape(said)) as caught:
        load_figures(data)
    assert str(caught.value).startswith("data/figures/2021.csv, line 6: ")


def test_a_thousands_separator_splits_the_row_and_is_refused(spoil):
    """1,000 without quotes is two cells; with quotes it is no plain number."""
    with pytest.raises(BadRow, match="line 6: found 11 cells"):
        load_figures(spoil("figures/2021.csv", HERE, row(value="1,000")))


@pytest.mark.fault(40)
def test_a_quoted_thousands_separator_is_refused(spoil):
    """The message repeats what stands there."""
    with pytest.raises(BadRow, match="line 6: '1,000' is not a printed number"):
        load_figures(spoil("figures/2021.csv", HERE, row(value='"1,000"')))


def test_a_growth_rate_may_be_negative(spoil):
    """A fall of 25.0 % is a figure; a number of patents below zero is not."""
    figures = load_figures(spoil("figures/2021.csv", ",25.0,", ",-25.0,"))

    assert figures.chosen("990100", 2021, "patents_granted_yoy_percent").rounded.printed == -25


def test_a_source_gives_a_figure_once(spoil):
    """The second row is refused, and the message names the line of the first."""
    data = spoil("figures/2021.csv", HERE, f"{HERE}\n{row(value='4')}")

    with pytest.raises(BadRow, match=r"2021\.csv, line 7: pledge_financing_amount .* stands already in .*2021\.csv, l"):
        load_figures(data)


def test_a_wrong_header_is_refused(spoil):
    """A renamed column is not guessed at."""
    with pytest.raises(BadRow, match=r"data/figures/2021\.csv, line 1: found the columns \['place'"):
        load_figures(spoil("figures/2021.csv", "region,", "place,"))


@pytest.mark.fault(35)
def test_another_encoding_is_refused(tiny):
    """A table saved as GBK would show wrong characters; the message says how to save it."""
    path = tiny / "figures" / "2021.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))

    with pytest.raises(BadRow, match=r"data/figures/2021\.csv: not UTF-8 text .*; save the table as UTF-8"):
        load_figures(tiny)


@pytest.mark.parametrize("name", ["21", "2021a", "20211", "２０２１", "figures", "2021 (copy)"])
def test_a_file_must_be_named_after_its_year(tiny, name):
    """A copy in the folder would count every figure twice, or under no year."""
    (tiny / "figures" / "2021.csv").rename(tiny / "figures" / f"{name}.csv")

    with pytest.raises(BadRow, match=re.escape(f"figures/{name}.csv: the file's name must be a reference year")):
        load_figures(tiny)


# The rule of choice, one step after the other. T01 is official, T02 press, T03 secondary and without a date.


@pytest.mark.fault(45)
@pytest.mark.parametrize("qualifier", ["about", "more_than", "at_least", "nearly"])
def test_1_a_figure_given_outright_wins_over_a_bound(spoil, qualifier):
    """A blog's 3.21 亿 tells more than the office's "more than 3 亿"."""
    assert chosen(spoil, ("3", "8", qualifier, "T01"), ("3.21", "8", "exact", "T03")) == "T03"


def test_2_then_the_more_reliable_publication_wins(spoil):
    """The office's 3 亿 wins over the newspaper's later and finer 3.21 亿."""
    assert chosen(spoil, ("3.21", "8", "exact", "T02"), ("3", "8", "exact", "T01")) == "T01"


@pytest.mark.parametrize(("value", "multiplier"), [("3.21", "8"), ("32100", "4"), ("321000000", "0")])
def test_3_then_the_finer_place_wins(spoil, value, multiplier):
    """Of two official figures the one printed to the finer place wins, though the other is later."""
    spoil("sources.csv", "T02,Evening News,Report of a press conference", "T02,Patent Office,Revision")
    spoil("sources.csv", "2022-04-26,press", "2022-04-26,official")

    assert chosen(spoil, ("3.2", "8", "exact", "T02"), (value, multiplier, "exact", "T01")) == "T01"


@pytest.mark.fault(45)
@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("2022-03-01", "2022-04-26", "T02"),
        ("2022-05-01", "2022-04-26", "T01"),
        ("2021-12-31", "2022", "T02"),
        ("2022-01", "2022", "T01"),
        ("", "1999", "T02"),
        ("2022-04-26", "2022-04-26", "T01"),
        ("", "", "T01"),
    ],
)
def test_4_then_the_later_publication_wins_and_5_then_the_id(spoil, one, other, later):
    """As far as the dates are known: a year alone counts as its beginning, no date as before all dates."""
    spoil("sources.csv", "2022-03-01,official", f"{one},official")
    spoil("sources.csv", "2022-04-26,press", f"{other},official")

    assert chosen(spoil, ("3.1", "8", "exact", "T02"), ("3.2", "8", "exact", "T01")) == later


def test_the_order_of_rows_decides_nothing(spoil, tmp_path):
    """All rows stay, the chosen one first, in whatever order they were written."""
    figures = load_figures(
        spoil("figures/2021.csv", HERE, "\n".join(row(value=v, source=s) for v, s in (("5", "T03"), ("4", "T01"))))
    )

    assert [each.source for each in figures.every("990100", 2021, "pledge_financing_amount")] == ["T01", "T03"]


# Questions about places and years without figures


def test_an_unknown_region_is_answered_with_those_that_exist(tiny):
    """The message lists codes."""
    with pytest.raises(UnknownName, match=r"no region '123456'.*000000, 990000, 990100, 990200"):
        load_figures(tiny).require("123456", 2021)


def test_a_region_without_figures_is_answered_with_those_that_have_some(tiny):
    """Emptyville is a place, but nothing is published for it."""
    with pytest.raises(UnknownName, match=r"no figures for Emptyville \(990200\); there are figures for 990100"):
        load_figures(tiny).require("990200", 2021)


def test_an_unknown_year_is_answered_with_those_that_exist(tiny):
    """The message lists the years and leads to how to add one."""
    with pytest.raises(UnknownName, match=r"Testville \(990100\) in 2019; there are figures for 2020, 2021\. To add a"):
        load_figures(tiny).require("990100", 2019)


def test_a_known_region_and_year_pass(tiny):
    """Nothing is said where nothing is wrong."""
    assert load_figures(tiny).require("990100", 2021) is None
