"""The tables in data/ hold to their descriptor, to each other and to the rules in data/README.md."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from frictionless import Package

DATA = Path(__file__).parents[1] / "data"
TABLES = sorted(DATA.rglob("*.csv"))
FIGURES = sorted((DATA / "figures").glob("*.csv"))
ASPECTS = ["planning", "creation", "protection", "value", "services", "context"]
# What the project began with. Later years add to it; nothing may be lost.
FIRST_COLLECTION = 1841
LONGEST_PHRASE = 60


def table(path):
    """The rows of a table as dicts of text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def short(path):
    """The name of a table inside data/."""
    return path.relative_to(DATA).as_posix()


@pytest.fixture(scope="module")
def figures():
    return [row | {"reference_year": path.stem} for path in FIGURES for row in table(path)]


@pytest.fixture(scope="module")
def codebook():
    return {row["series"]: row for row in table(DATA / "series.csv")}


@pytest.fixture(scope="module")
def regions():
    return {row["region"]: row for row in table(DATA / "regions.csv")}


@pytest.fixture(scope="module")
def sources():
    return {row["source"]: row for row in table(DATA / "sources.csv")}


def test_tables_fit_their_descriptor():
    """Types, allowed values, keys and links between the tables are those of datapackage.json."""
    report = Package(str(DATA / "datapackage.json")).validate()

    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert report.valid


def test_descriptor_lists_every_table():
    """A table that is not in the descriptor is checked by nobody, and one that is only there does not exist."""
    resources = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    paths = [resource["path"] for resource in resources]
    listed = [path for entry in paths for path in ([entry] if isinstance(entry, str) else entry)]

    assert [short(path) for path in TABLES] == sorted(listed)


@pytest.mark.parametrize("path", TABLES, ids=short)
def test_tables_are_written_one_way(path):
    """UTF-8 without a mark, one kind of line end, quotes only where needed: a diff shows what changed."""
    written = path.read_bytes().decode("utf-8")
    again = io.StringIO()
    csv.writer(again, lineterminator="\n").writerows(csv.reader(io.StringIO(written, newline="")))

    assert not written.startswith("\ufeff")
    assert "\r" not in written
    assert again.getvalue() == written


@pytest.mark.parametrize("path", TABLES, ids=short)
def test_cells_have_no_stray_space(path):
    """A space at the end of a cell makes two names of one."""
    stray = [cell for row in table(path) for cell in row.values() if cell != cell.strip()]

    assert stray == []


def test_no_figure_is_lost(figures):
    """The figures the project began with are all there; later years only add."""
    assert len(figures) >= FIRST_COLLECTION


@pytest.mark.parametrize("path", FIGURES, ids=short)
def test_figures_are_filed_by_year(path):
    """The name of a file of figures is its reference year, and all the files have the same columns."""
    with path.open(encoding="utf-8", newline="") as file, FIGURES[0].open(encoding="utf-8", newline="") as first:
        columns, expected = next(csv.reader(file)), next(csv.reader(first))

    assert re.fullmatch("[0-9]{4}", path.stem)
    assert expected == columns


def test_codebook_and_figures_name_the_same_series(figures, codebook):
    """Every series that is used is defined, and nothing is defined that has no figure."""
    assert set(codebook) == {row["series"] for row in figures}


@pytest.mark.parametrize("column", ["unit", "kind"])
def test_figures_agree_with_the_codebook(column, figures, codebook):
    """A series has one unit, and is either a flow or a stock, in every figure."""
    wrong = [row for row in figures if row[column] != codebook[row["series"]][column]]

    assert wrong == []


def test_figures_have_a_known_region_and_source(figures, regions, sources):
    """A figure without a place or without a publication proves nothing."""
    unknown = [row for row in figures if row["region"] not in regions or row["source"] not in sources]

    assert unknown == []


def test_a_source_gives_a_figure_once(figures):
    """Two rows of one place, year and series come from two sources."""
    counts = Counter((row["region"], row["reference_year"], row["series"], row["source"]) for row in figures)

    assert [key for key, count in counts.items() if count > 1] == []


def test_phrases_are_short(figures):
    """Only the shortest phrase that holds a figure is stored, and there is one."""
    wrong = [row for row in figures if not 0 < len(row["phrase"]) <= LONGEST_PHRASE]

    assert wrong == []


def test_regions_lie_inside_one_another(regions):
    """The nation holds the provinces, and a province holds its cities, as the codes say."""
    above = {"nation": None, "province": "nation", "city": "province"}
    wrong = [
        code
        for code, row in regions.items()
        if (regions[row["parent"]]["level"] if row["parent"] else None) != above[row["level"]]
        or (row["level"] == "city" and row["parent"] != f"{code[:2]}0000")
    ]

    assert wrong == []


def test_sub_provincial_cities_are_fifteen(regions):
    """China has fifteen sub-provincial cities, five of them separate in the State plan."""
    group = {row["name_en"] for row in regions.values() if row["group"] == "sub-provincial"}

    assert len(group) == 15
    assert group >= {"Dalian", "Ningbo", "Qingdao", "Shenzhen", "Xiamen"}


def test_days_of_publication_exist(sources):
    """A day of publication is empty, a year, a month or a day of the calendar."""
    for source, row in sources.items():
        printed = row["published_on"]
        day = printed + "-01" * (2 - printed.count("-")) if printed else "2000-01-01"

        assert re.fullmatch("([0-9]{4}(-[0-9]{2}){0,2})?", printed), source
        assert date.fromisoformat(day), source


@pytest.mark.parametrize("column", ["name", "counted", "definition", "scope_trap"])
def test_codebook_speaks_both_languages(column, codebook):
    """Names and definitions are there in both languages; a trap is told in both or in neither."""
    chinese = re.compile("[一-鿿]")
    needed = column != "scope_trap"
    silent = [
        series
        for series, row in codebook.items()
        if bool(row[f"{column}_en"]) != bool(row[f"{column}_zh"])
        or (needed and not row[f"{column}_en"])
        or chinese.search(row[f"{column}_en"])
        or (row[f"{column}_zh"] and not chinese.search(row[f"{column}_zh"]) and row["unit"] != "percent")
    ]

    assert silent == []


@pytest.mark.parametrize("column", ["name_en", "name_zh", "definition_en", "definition_zh"])
def test_series_can_be_told_apart(column, codebook):
    """No two series have the same name or definition."""
    counts = Counter(row[column] for row in codebook.values())

    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("unit", "counted"),
    [("CNY", {("yuan", "元")}), ("percent", {("per cent", "%")}), ("persons", {("people", "人")})],
)
def test_units_are_counted_in_their_own_words(unit, counted, codebook):
    """Money is counted in yuan, a rate in per cent, a population in people."""
    words = {(row["counted_en"], row["counted_zh"]) for row in codebook.values() if row["unit"] == unit}

    assert counted == words


def test_parts_count_as_their_whole_does(codebook):
    """A part has the unit and kind of its whole, and no series is, step by step, a part of itself."""
    parts = {series: row["part_of"] for series, row in codebook.items() if row["part_of"]}
    unlike = [
        series
        for series, whole in parts.items()
        if whole not in codebook
        or any(codebook[series][column] != codebook[whole][column] for column in ("unit", "kind"))
    ]
    circular = []
    for series in parts:
        chain = [series]
        while parts.get(chain[-1]) and len(chain) <= len(parts):
            chain.append(parts[chain[-1]])
        circular += [series] if series in chain[1:] else []

    assert unlike == []
    assert circular == []


def test_growth_is_of_the_series_it_is_named_after(codebook):
    """A published growth rate is in per cent, of the kind of its level, and carries the name of its level."""
    growing = {series: row["growth_of"] for series, row in codebook.items() if row["growth_of"]}
    wrong = [
        series
        for series, level in growing.items()
        if level not in codebook
        or series != f"{level}_yoy_percent"
        or codebook[series]["unit"] != "percent"
        or codebook[series]["kind"] != codebook[level]["kind"]
    ]

    assert wrong == []


def test_wordings_lead_to_one_series(codebook):
    """A phrase of a bulletin that is listed under two series would leave a reader in doubt."""
    counts = Counter(wording for row in codebook.values() for wording in row["wordings"].split("|"))

    assert [wording for wording, count in counts.items() if count > 1] == []


def test_claims_name_series_of_the_codebook(codebook):
    """A claim can be tested only on series that exist."""
    named = {series for row in table(DATA / "claims.csv") for series in row["series"].split("|") if series}

    assert set() == named - set(codebook)


@pytest.mark.parametrize("path", FIGURES, ids=short)
def test_figures_are_sorted(path):
    """Figures are sorted by region, series and source, so that a new row has one place."""
    keys = [(row["region"], row["series"], row["source"]) for row in table(path)]

    assert sorted(keys) == keys


@pytest.mark.parametrize(("name", "column"), [("regions", "region"), ("sources", "source")])
def test_lists_are_sorted(name, column):
    """Regions and sources are sorted by their ids."""
    keys = [row[column] for row in table(DATA / f"{name}.csv")]

    assert sorted(keys) == keys


def test_codebook_is_sorted_by_aspect(codebook):
    """The codebook follows the chapters of the report; inside an aspect a reader's order is kept."""
    order = [ASPECTS.index(row["aspect"]) for row in codebook.values()]

    assert sorted(order) == order
