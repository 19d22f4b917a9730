"""What the definitions (data/indicators.toml) and the tables of words (claims, policies) must hold to."""

import csv
import re
import tomllib
from string import Formatter

import pytest

from analysis import paths

ASPECTS = {"planning", "creation", "protection", "value", "services"}
FORMULAS = {
    "share": ("numerator", "denominator"),
    "rate": ("numerator", "denominator"),
    "ratio": ("numerator", "denominator"),
    "product": ("factors",),
    "previous": ("level", "growth"),
}
TEXTS = [
    f"{text}_{language}" for text in ("name", "unit", "sentence", "definition", "compare") for language in ("en", "zh")
]
# How a sentence says what its value is counted per, in each language.
PER = {
    1_000: ("1,000", "千"),
    10_000: ("10,000", "万"),
    1_000_000: ("million", "百万"),
    100_000_000: ("100 million", "亿"),
}
CLAIM_COLUMNS = [
    *("region", "reference_year", "aspect", "kind", "series", "statement_en", "statement_zh"),
    *("phrase", "source", "test_en", "test_zh"),
]
CLAIM_KINDS = {"record_high", "first_in_province", "first_in_nation", "national_rank", "first_of_its_kind", "rise"}
POLICY_COLUMNS = [
    *("region", "reference_year", "kind", "name_en", "name_zh"),
    *("detail_en", "detail_zh", "phrase", "source"),
]
POLICY_KINDS = {"plan", "regulation", "action_plan", "reform", "institution", "platform", "insurance"}

DEFINITIONS = tomllib.loads((paths.DATA / "indicators.toml").read_text(encoding="utf-8"))
each_indicator = pytest.mark.parametrize("name", DEFINITIONS)
each_language = pytest.mark.parametrize("language", ["en", "zh"])


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table in data/, as text."""
    with (paths.DATA / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns(table: str) -> list[str]:
    """The header of a table in data/."""
    with (paths.DATA / table).open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


SERIES = {row["series"]: row for row in rows("series.csv")}


def terms(name: str, role: str) -> list[str]:
    """The series in one role of a formula; a single series stands without a list."""
    found = DEFINITIONS[name].get(role, [])
    return [found] if isinstance(found, str) else found


def inputs(name: str) -> set[str]:
    """Every series that a formula needs."""
    return {series for role in FORMULAS[DEFINITIONS[name]["kind"]] for series in terms(name, role)}


def placeholders(sentence: str) -> list[str]:
    """The names in braces, in order."""
    return [field for _, field, _, _ in Formatter().parse(sentence) if field is not None]


def words(sentence: str) -> str:
    """A sentence without its placeholders."""
    return "".join(literal for literal, _, _, _ in Formatter().parse(sentence))


def test_there_are_at_least_forty_five_indicators_over_all_five_aspects():
    """A report has enough to say on each of the five aspects of the bulletin."""
    aspects = {table["aspect"] for table in DEFINITIONS.values()}

    assert len(DEFINITIONS) >= 45
    assert aspects == ASPECTS


@each_indicator
def test_an_indicator_has_an_id_a_formula_and_every_text_in_both_languages(name):
    """Ids are snake_case; a formula has the roles of its kind and no others; only the caveat may be empty."""
    table = DEFINITIONS[name]
    roles = {role for kind in FORMULAS.values() for role in kind} & set(table)

    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name)
    assert roles == set(FORMULAS[table["kind"]])
    assert all(table[text].strip() for text in TEXTS)
    assert {"caveat_en", "caveat_zh"} <= set(table)


@each_indicator
def test_kind_unit_aspect_per_and_digits_are_among_those_allowed(name):
    """Per cent means times 100, and nothing else is multiplied by 100; money is not multiplied."""
    table = DEFINITIONS[name]
    per = table.get("per", 1)

    assert table["aspect"] in ASPECTS
    assert table["unit"] in {"percent", "CNY", "number"}
    assert (table["unit"] == "percent") == (per == 100)
    assert per in {1, 100, *PER}
    assert table["unit"] != "CNY" or per == 1
    assert 1 <= table.get("digits", 3) <= 5


@each_indicator
def test_every_series_of_a_formula_is_in_the_codebook(name):
    """A formula speaks of series that the codebook defines."""
    assert inputs(name) <= set(SERIES)


@each_indicator
def test_money_comes_only_from_money(name):
    """A value in yuan has one amount above the line and none below; yuan over yuan is a plain number or per cent."""
    table = DEFINITIONS[name]
    below = {SERIES[series]["unit"] for series in terms(name, "denominator")}
    above = [
        SERIES[series]["unit"] for role in ("numerator", "factors", "level") for series in terms(name, role)
    ].count("CNY")

    assert (table["unit"] == "CNY") == (above == 1 and "CNY" not in below)


@each_indicator
@each_language
def test_a_sentence_has_its_value_once_and_only_its_own_inputs(name, language):
    """{value} stands exactly once; every other placeholder is an input, said once, and every input is said."""
    found = placeholders(DEFINITIONS[name][f"sentence_{language}"])

    assert found.count("value") == 1
    assert sorted(found) == sorted({"value"} | inputs(name))


@each_indicator
@each_language
def test_a_sentence_types_no_digit_but_its_denominator(name, language):
    """No number is typed that could be wrong next year; "per 10,000" agrees with ``per`` and is not left out."""
    table = DEFINITIONS[name]
    typed = words(table[f"sentence_{language}"])
    said = PER.get(table.get("per", 1), ("", ""))[language == "zh"]

    assert said in typed
    assert not re.search(r"[0-9０-９]", typed.replace(said, "", 1) if said else typed)


@each_indicator
@each_language
def test_a_sentence_is_one_sentence_and_says_nothing_twice(name, language):
    """It ends with a full stop and has no other; an English one opens with a word, as "about" may come first."""
    sentence = DEFINITIONS[name][f"sentence_{language}"]
    stop = {"en": ".", "zh": "。"}[language]

    assert sentence.count(stop) == 1
    assert sentence.endswith(stop)
    assert not sentence.startswith("{")


@each_indicator
def test_no_counted_word_follows_its_figure_again(name):
    """``{patents_granted}`` prints "72,390 patents", so the sentence does not go on with "patents"; 件 likewise."""
    table = DEFINITIONS[name]
    repeated = [
        series
        for series in inputs(name)
        if re.search(rf"\{{{series}\}}\s*{re.escape(SERIES[series]['counted_en'])}\b", table["sentence_en"])
        or re.search(rf"\{{{series}\}}\s*{re.escape(SERIES[series]['counted_zh'])}", table["sentence_zh"])
    ]

    assert repeated == []


@each_indicator
def test_a_share_of_a_sum_lists_its_part_in_the_sum(name):
    """A part of a sum of parts stands in the list below the line; other quotients have no series on both sides."""
    above, below = set(terms(name, "numerator")), set(terms(name, "denominator"))
    share_of_sum = DEFINITIONS[name]["kind"] == "share" and len(below) > 1

    assert (above & below) == (above if share_of_sum else set())


@each_indicator
def test_a_share_of_a_printed_whole_agrees_with_the_codebook(name):
    """Where the codebook says what a series is part of, a share of one whole divides by that whole."""
    above, below = terms(name, "numerator"), terms(name, "denominator")
    checked = DEFINITIONS[name]["kind"] == "share" and len(below) == 1 and SERIES[above[0]]["part_of"]

    assert not checked or [SERIES[series]["part_of"] for series in above] == below


@each_indicator
def test_a_previous_value_divides_a_level_by_its_own_growth(name):
    """The growth rate is that of the level, and the indicator is named after the level."""
    table = DEFINITIONS[name]
    is_previous = table["kind"] == "previous"

    assert is_previous == name.startswith("implied_previous_")
    assert not is_previous or table["growth"] == f"{table['level']}_yoy_percent"
    assert not is_previous or name == f"implied_previous_{table['level']}"


def test_every_growth_rate_of_a_known_level_yields_a_previous_value():
    """Each growth rate whose level has a series is used once; GDP grows at constant prices, so it is left out."""
    rates = {series for series in SERIES if series.endswith("_yoy_percent")}
    with_level = {rate for rate in rates if rate.removesuffix("_yoy_percent") in SERIES} - {"gdp_yoy_percent"}

    assert {table["growth"] for table in DEFINITIONS.values() if table["kind"] == "previous"} == with_level


def test_no_two_indicators_share_a_formula_or_a_name():
    """One quantity has one id, and one name in each language."""
    formulas = [
        tuple((role, *terms(name, role)) for role in ("numerator", "denominator", "factors", "level"))
        for name in DEFINITIONS
    ]

    assert len(set(formulas)) == len(formulas)
    assert len({table["name_en"] for table in DEFINITIONS.values()}) == len(DEFINITIONS)
    assert len({table["name_zh"] for table in DEFINITIONS.values()}) == len(DEFINITIONS)


def test_claims_are_of_known_kinds_series_regions_and_sources():
    """Each claim names what it speaks of by ids that exist, and says in both languages what would test it."""
    found = rows("claims.csv")
    regions, sources = ({row[key] for row in rows(f"{key}s.csv")} for key in ("region", "source"))
    named = {series for row in found for series in row["series"].split("|") if series}

    assert columns("claims.csv") == CLAIM_COLUMNS
    assert {row["kind"] for row in found} <= CLAIM_KINDS
    assert {row["aspect"] for row in found} <= ASPECTS
    assert named <= set(SERIES)
    assert {row["region"] for row in found} <= regions
    assert {row["source"] for row in found} <= sources
    assert all(row[column].strip() for row in found for column in CLAIM_COLUMNS if column != "series")


def test_policies_are_of_known_kinds_regions_and_sources():
    """Each policy has a kind, a name and a detail in both languages, and the words it was named by."""
    found = rows("policies.csv")
    regions, sources = ({row[key] for row in rows(f"{key}s.csv")} for key in ("region", "source"))

    assert columns("policies.csv") == POLICY_COLUMNS
    assert {row["kind"] for row in found} <= POLICY_KINDS
    assert {row["region"] for row in found} <= regions
    assert {row["source"] for row in found} <= sources
    assert all(row[column].strip() for row in found for column in POLICY_COLUMNS)


@pytest.mark.parametrize("table", ["claims.csv", "policies.csv"])
def test_a_phrase_is_short_and_no_sentence(table):
    """Only the words that carry the claim are kept: at most 40 characters, no line break, no closing stop."""
    phrases = [row["phrase"] for row in rows(table)]

    assert [phrase for phrase in phrases if len(phrase) > 40 or "\n" in phrase or phrase[-1] in "。.！？"] == []


@pytest.mark.parametrize("table", ["claims.csv", "policies.csv"])
def test_reference_years_are_four_digits_and_rows_are_sorted_by_region_and_year(table):
    """A reader finds a region and a year in one place."""
    keys = [(row["region"], row["reference_year"]) for row in rows(table)]

    assert all(re.fullmatch(r"[0-9]{4}", year) for _, year in keys)
    assert keys == sorted(keys)
