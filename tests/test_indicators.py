"""Indicators: some worked out by hand, all of them a second time without the package, and definitions refused."""

import csv
import re
import tomllib
from fractions import Fraction as F
from pathlib import Path

import pytest

from analysis import paths
from analysis.errors import BadDefinition, UnknownName
from analysis.figures import load_figures
from analysis.indicators import evaluate, indicator_named, indicators
from analysis.wording import interval_text, value_text

NINGBO = "330200"


@pytest.fixture
def result(published):
    """Evaluate one indicator on the published figures of Ningbo."""
    return lambda name, year=2021: evaluate(indicators()[name], published, NINGBO, year)


def written(found, language: str) -> tuple[str, str]:
    """The value and the interval as a reader sees them."""
    how = found.indicator.unit, found.indicator.digits, language
    return value_text(found.value, *how), interval_text(found.value, *how)


# Worked out by hand from the bulletin on 2021 and the statistics beside it

EXACT = {
    # 7,819 inventions of 72,390 patents granted
    "invention_share": (F(7819 * 100, 72390), "10.80%"),
    # 191 cases solved of 230 filed
    "solved_per_filed": (F(191 * 100, 230), "83.0%"),
    # 106 offline of 1,844 patent cases
    "offline_share": (F(106 * 100, 1844), "5.75%"),
    # 667 PCT applications over 7,819 inventions granted
    "pct_per_1000_invention_grants": (F(667 * 1000, 7819), "85.3"),
    # 1,844 patent cases over 442 trademark cases
    "patent_cases_per_trademark_case": (F(1844, 442), "4.17"),
    # 1,089 licences recorded over 38,289 inventions in force
    "licences_per_1000_valid_inventions": (F(1089 * 1000, 38289), "28.4"),
    # 40 marks of 40 marks and 19 products: the parts, not the printed sum of 58
    "gi_marks_share": (F(40 * 100, 59), "67.8%"),
}


@pytest.mark.parametrize("name", EXACT)
def test_whole_counts_give_an_exact_value(result, name):
    """A quotient of counts printed to the unit has nothing left open."""
    expected, text = EXACT[name]
    found = result(name)

    assert (found.value.printed, found.value.lower, found.value.upper) == (expected, expected, expected)
    assert not found.value.about
    assert written(found, "en") == written(found, "zh") == (text, "")


ROUNDED = {
    # 119 亿元 (118.5 to 119.5) over 291 firms
    "financing_per_firm": (
        (F(119 * 10**8, 291), F(1185 * 10**7, 291), F(1195 * 10**7, 291)),
        ("40.89 million yuan", "40.721 to 41.066 million yuan"),
        ("4,089 万元", "4,072.1 至 4,106.6 万元"),
    ),
    # 38,289 inventions over 954.4 万 residents (954.35 to 954.45)
    "valid_inventions_per_10000_residents": (
        (F(38289 * 10**4, 9_544_000), F(38289 * 10**4, 9_544_500), F(38289 * 10**4, 9_543_500)),
        ("40.1", "40.11 to 40.13"),
        ("40.1", "40.11 至 40.13"),
    ),
    # 119 亿元 over 14,594.9 亿元 (14,594.85 to 14,594.95)
    "financing_to_gdp": (
        (F(11900 * 100, 1459490), F(11850 * 100, 1459495), F(11950 * 100, 1459485)),
        ("0.815%", "0.8119% to 0.8188%"),
        ("0.815%", "0.8119% 至 0.8188%"),
    ),
    # 369 inventions at 2,368.5 万元 each (2,368.45 to 2,368.55)
    "output_of_industrialised_inventions": (
        (F(369 * 23_685_000), F(369 * 23_684_500), F(369 * 23_685_500)),
        ("8.74 billion yuan", "8.739 to 8.740 billion yuan"),
        ("87.4 亿元", "87.39 至 87.40 亿元"),
    ),
    # 2.29 万 (22,850 to 22,950) of 38,289 inventions
    "high_tech_share_of_inventions": (
        (F(22900 * 100, 38289), F(22850 * 100, 38289), F(22950 * 100, 38289)),
        ("59.8%", "59.67% to 59.94%"),
        ("59.8%", "59.67% 至 59.94%"),
    ),
    # 38,289 after growth of 25.3 % (25.25 to 25.35)
    "implied_previous_valid_invention_patents": (
        (38289 / F("1.253"), 38289 / F("1.2535"), 38289 / F("1.2525")),
        ("30,558", "30,545.6 to 30,570.1"),
        ("30,558", "30,545.6 至 30,570.1"),
    ),
}


@pytest.mark.parametrize("name", ROUNDED)
def test_rounded_figures_give_an_interval_with_opposing_ends(result, name):
    """The lower end takes the least above the line and the most below it; printed ends are rounded outward."""
    (printed, lower, upper), english, chinese = ROUNDED[name]
    found = result(name)

    assert (found.value.printed, found.value.lower, found.value.upper) == (printed, lower, upper)
    assert (found.value.about, found.value.strict_lower, found.value.strict_upper) == (False, False, False)
    assert written(found, "en") == english
    assert written(found, "zh") == chinese


def test_financing_to_gdp_lies_inside_0_811_and_0_819(result):
    """118.5 / 14,594.95 is 0.8119... % and 119.5 / 14,594.85 is 0.8187... %: outward to three digits 0.811 to 0.819."""
    value = result("financing_to_gdp").value

    assert F("0.811") < value.lower < F("0.812")
    assert F("0.818") < value.upper < F("0.819")


def test_an_approximate_value_stays_approximate(result):
    """About 4,850.3 万元, known to a whole unit of its last place, over 582 batches: about 8.33 万元 each."""
    found = result("customs_value_per_batch")

    assert found.value.about
    assert (found.value.lower, found.value.upper) == (F(48_502_000, 582), F(48_504_000, 582))
    assert written(found, "zh") == ("约 8.33 万元", "8.333 至 8.335 万元")
    assert written(found, "en") == ("about 83,300 yuan", "83,330 to 83,350 yuan")


BOUNDS = {
    # more than 4 亿元 over 4,085 万元 (4,084.5 to 4,085.5)
    "credit_line_over_fund": (F(4 * 10**8, 40_855_000), "more than 9.79", "超过 9.79"),
    # more than 1,200 of 40.11 万 (401,050 to 401,150)
    "madrid_share": (F(1200 * 100, 401_150), "more than 0.299%", "超过 0.299%"),
    # more than 2 亿 records over 8 categories
    "records_per_category": (F(2 * 10**8, 8), "more than 25.0 million", "超过 2,500 万"),
    # 400 亿元 or more over 14,594.9 亿元 (up to 14,594.95)
    "rd_expenditure_to_gdp": (F(400 * 100 * 100, 1_459_495), "at least 2.74%", "至少 2.74%"),
}


@pytest.mark.fault(43)
@pytest.mark.parametrize("name", BOUNDS)
def test_a_bound_stays_a_bound(result, name):
    """Over the most that the denominator may be, rounded down; nothing is known above."""
    lower, english, chinese = BOUNDS[name]
    found = result(name)

    assert (found.value.lower, found.value.upper) == (lower, None)
    assert found.value.strict_lower == english.startswith("more")
    assert written(found, "en") == (english, "")
    assert written(found, "zh") == (chinese, "")


def test_the_two_dates_of_the_high_tech_share_agree(result):
    """3.17 万 at the end of 2022 after growth of 38.4 %: from 3.165 / 1.3845 to 3.175 / 1.3835, all of it within the
    2.285 to 2.295 万 that "2.29 万" at the end of 2021 allows."""
    implied = result("implied_previous_high_tech_enterprise_invention_patents", 2022).value
    printed = result("high_tech_share_of_inventions").figures["high_tech_enterprise_invention_patents"].rounded

    assert (implied.lower, implied.upper) == (31650 / F("1.3845"), 31750 / F("1.3835"))
    assert printed.lower < implied.lower < implied.upper < printed.upper


@pytest.mark.parametrize(("year", "cities", "text"), [(2020, 159, "0.629%"), (2021, 157, "0.637%")])
def test_the_appraisals_of_two_years_are_kept_apart(result, year, cities, text):
    """First of 159 cities for 2020 (published in 2022), first of 157 for 2021."""
    found = result("appraisal_position", year)

    assert found.figures["ip_admin_protection_rank"].value == "1"
    assert found.figures["ip_admin_protection_cities_appraised"].value == str(cities)
    assert found.value.printed == F(100, cities)
    assert written(found, "en") == (text, "")


# All indicators over all regions and years, a second time, from the tables alone


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ends(row: dict[str, str]) -> tuple:
    """(printed, lowest, highest) of a printed figure; an end is None or (value, whether it is excluded)."""
    unit = F(10) ** int(row["multiplier"])
    decimals = len(row["value"].split(".")[1]) if "." in row["value"] else 0
    printed, place = F(row["value"]) * unit, unit / 10**decimals
    if row["qualifier"] in ("more_than", "at_least"):
        return printed, (printed, row["qualifier"] == "more_than"), None
    if row["qualifier"] == "nearly":
        return printed, None, (printed, True)
    if row["qualifier"] == "about":
        digits = row["value"]
        while decimals == 0 and digits.endswith("0"):
            digits, place = digits[:-1], place * 10
        reach = place
    elif place == 1 and row["unit"] in ("count", "persons", "rank", "days"):
        reach = F(0)
    else:
        reach = place / 2
    low = printed - reach
    if low < 0 and printed >= 0 and row["unit"] not in ("percent", "percentage_points"):
        low = F(0)
    return printed, (low, False), (printed + reach, False)


def meet(operation, *operands):
    """An end of a result from ends of its operands: unknown if one is, excluded if one is."""
    if None in operands:
        return None
    return operation(*(value for value, _ in operands)), any(excluded for _, excluded in operands)


def added(terms: list[tuple]) -> tuple:
    return (
        sum(printed for printed, _, _ in terms),
        meet(lambda *values: sum(values), *(low for _, low, _ in terms)),
        meet(lambda *values: sum(values), *(high for _, _, high in terms)),
    )


def divided(above: tuple, below: tuple) -> tuple | str:
    if below[0] == 0 or (below[1] is not None and below[1][0] <= 0):
        return "zero"
    return (
        above[0] / below[0],
        meet(lambda a, b: a / b, above[1], below[2]),
        meet(lambda a, b: a / b, above[2], below[1]),
    )


def part_of_parts(part: tuple, rest: tuple) -> tuple | str:
    if part[0] + rest[0] == 0:
        return "zero"
    return (
        part[0] / (part[0] + rest[0]),
        meet(lambda a, b: a / (a + b), part[1], rest[2]),
        meet(lambda a, b: a / (a + b), part[2], rest[1]),
    )


def names(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def evaluated(table: dict, numbers: dict[str, tuple]) -> tuple | str:
    """An indicator as (printed, low, high), or the word for why there is none."""

    def of(role: str) -> list[tuple]:
        return [numbers[series] for series in names(table[role])]

    if table["kind"] == "product":
        first, second = of("factors")
        found = (first[0] * second[0], *(meet(lambda a, b: a * b, first[end], second[end]) for end in (1, 2)))
    elif table["kind"] == "previous":
        grown = tuple(
            1 + end / 100 if index == 0 else end and (1 + end[0] / 100, end[1])
            for index, end in enumerate(of("growth")[0])
        )
        found = divided(of("level")[0], grown)
    elif table["kind"] == "share" and set(names(table["numerator"])) <= set(names(table["denominator"])):
        rest = [numbers[each] for each in names(table["denominator"]) if each not in names(table["numerator"])]
        found = part_of_parts(added(of("numerator")), added(rest))
    else:
        found = divided(added(of("numerator")), added(of("denominator")))
        if table["kind"] == "share" and not isinstance(found, str):
            if found[0] > 1:
                return "part"
            if found[2] and found[2][0] > 1:
                found = (found[0], found[1], (F(1), False))
    if isinstance(found, str):
        return found
    if found[1] is None and found[2] is None:
        return "open"
    per = table.get("per", 1)
    return (found[0] * per, *(end and (end[0] * per, end[1]) for end in found[1:]))


@pytest.fixture(scope="module")
def best_rows() -> dict[tuple[str, int], dict[str, dict[str, str]]]:
    """The row that speaks for each region, year and series, by the written rule, from the files alone."""
    sources = {row["source"]: row for row in rows(paths.DATA / "sources.csv")}

    def before(row: dict[str, str]) -> tuple:
        source = sources[row["source"]]
        year, month, day = f"{source['published_on']}--".split("-")[:3]
        return (
            0 if row["qualifier"] == "exact" else 1,
            {"official": 1, "press": 2, "secondary": 3}[source["reliability"]],
            int(row["multiplier"]) - len(row["value"].partition(".")[2]),
            -int(year or 0),
            -int(month or 0),
            -int(day or 0),
            row["source"],
        )

    best: dict[tuple[str, int], dict[str, dict[str, str]]] = {}
    for path in sorted((paths.DATA / "figures").glob("*.csv")):
        for row in sorted(rows(path), key=before):
            best.setdefault((row["region"], int(path.stem)), {}).setdefault(row["series"], row)
    return best


def test_every_indicator_of_every_place_and_year_comes_out_the_same_a_second_time(published, best_rows):
    """Chosen rows, intervals, shares, bounds and reasons, worked out in plain fractions without the package."""
    definitions = tomllib.loads((paths.DATA / "indicators.toml").read_text(encoding="utf-8"))
    different, values, reasons = [], 0, 0
    for (region, year), chosen in best_rows.items():
        numbers = {series: ends(row) for series, row in chosen.items()}
        for name, table in definitions.items():
            found = evaluate(indicators()[name], published, region, year)
            roles = ("numerator", "denominator", "factors", "level", "growth")
            needed = {series for role in roles for series in names(table.get(role, []))}
            expected = evaluated(table, numbers) if needed <= set(numbers) else needed - set(numbers)
            if found.value is None:
                seen = found.problem or set(found.missing)
                reasons += bool(found.problem)
            else:
                low, high = found.value.lower, found.value.upper
                seen = (
                    found.value.printed,
                    low if low is None else (low, found.value.strict_lower),
                    high if high is None else (high, found.value.strict_upper),
                )
                values += 1
                about = any(chosen[series]["qualifier"] == "about" for series in needed)
                different += [(region, year, name, "about")] * (about != found.value.about)
            different += [(region, year, name, seen, expected)] * (seen != expected)

    assert different == []
    assert {(figure.region, figure.reference_year) for figure in published} == set(best_rows)
    assert values >= 600
    assert reasons >= 1


# Reasons instead of crashes


def test_a_missing_input_is_named(tiny):
    """In 2020 only the grants are published, so the inventions are missing."""
    found = evaluate(indicators(tiny)["invention_share"], load_figures(tiny), "990100", 2020)

    assert found.value is None
    assert found.missing == ("invention_patents_granted",)
    assert list(found.figures) == ["patents_granted"]


def test_a_place_without_any_figure_lacks_every_input(tiny):
    """Nothing is published for Emptyville, and nothing breaks."""
    found = evaluate(indicators(tiny)["invention_share"], load_figures(tiny), "990200", 2021)

    assert (found.value, found.missing) == (None, ("invention_patents_granted", "patents_granted"))


@pytest.mark.fault(47)
@pytest.mark.parametrize(
    ("old", "new", "name", "problem"),
    [
        (",40.0,4,persons,exact", ",0,0,persons,exact", "grants_per_10000_residents", "zero"),
        (",40.0,4,persons,exact", ",0,4,persons,exact", "grants_per_10000_residents", "zero"),
        (",40.0,4,persons,exact", ",100,4,persons,about", "grants_per_10000_residents", "zero"),
        (",250,0,count,exact", ",1250,0,count,exact", "invention_share", "part"),
        (",25.0,0,percent,exact", ",-100,0,percent,exact", "implied_previous_patents_granted", "other"),
        (",25.0,0,percent,exact", ",-120,0,percent,exact", "implied_previous_patents_granted", "other"),
        (",40.0,4,persons,exact", ",40,4,persons,more_than", "financing_per_resident", "open"),
    ],
)
def test_figures_that_do_not_divide_give_a_reason(spoil, old, new, name, problem):
    """Zero; zero when rounded; maybe zero; a part above its whole; a fall to nothing; a bound over a bound."""
    data = spoil("figures/2021.csv", old, new)
    found = evaluate(indicators(data)[name], load_figures(data), "990100", 2021)

    assert (found.value, found.problem, found.missing) == (None, problem, ())
    assert set(found.figures) == set(found.indicator.inputs)


def test_a_share_of_a_printed_whole_is_at_most_one(spoil):
    """0.1 万 (500 to 1,500) of 1,000: the interval ends at 100 %, not at 150 %."""
    data = spoil("figures/2021.csv", ",250,0,count,exact", ",0.1,4,count,exact")
    found = evaluate(indicators(data)["invention_share"], load_figures(data), "990100", 2021).value

    assert (found.printed, found.lower, found.upper) == (100, 50, 100)


def test_a_share_of_a_sum_is_made_from_disjoint_parts(spoil):
    """0.1 万 (500 to 1,500) of twice 0.1 万: from 500 of 2,000 to 1,500 of 2,000, not from 500 of 3,000 to all."""
    spoil("figures/2021.csv", ",250,0,count,exact", ",0.1,4,count,exact")
    spoil("figures/2021.csv", ",1000,0,count,exact", ",0.1,4,count,exact")
    spoil("figures/2021.csv", ",1001,0,count,exact", ",0.1,4,count,exact")
    data = spoil(
        "indicators.toml",
        f'{ABOVE}\ndenominator = "patents_granted"',
        f'{ABOVE}\ndenominator = ["invention_patents_granted", "patents_granted"]',
    )
    found = evaluate(indicators(data)["invention_share"], load_figures(data), "990100", 2021).value

    assert (found.printed, found.lower, found.upper) == (50, 25, 75)


# Definitions that are refused

ABOVE = 'numerator = "invention_patents_granted"'
MONEY = 'numerator = "pledge_financing_amount"'


@pytest.mark.fault(42)
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "share"', 'kind = "quota"', "[invention_share]: found kind 'quota', expected one of share, rate"),
        ('kind = "share"', 'sort = "share"', "[invention_share]: found kind None"),
        (ABOVE, 'numerator = "inventions"', "numerator names the series 'inventions'"),
        (
            ABOVE,
            'numerator = "invention_patent_granted"',
            "not in data/series.csv. Did you mean invention_patents_granted?",
        ),
        (ABOVE, "numerator = []", "found numerator [], expected a series or a list"),
        (ABOVE, "numerator = 7", "found numerator 7, expected a series or a list"),
        (ABOVE, 'numerator = ["patents_granted", 7]', "expected a series or a list"),
        (ABOVE, 'above = "invention_patents_granted"', "numerator missing"),
        (
            ABOVE,
            'numerator = ["invention_patents_granted", "invention_patents_granted"]',
            "numerator names a series twice",
        ),
        (
            ABOVE,
            'numerator = "patents_granted"',
            "patents_granted stands above and below the line; write a share of a sum",
        ),
        (
            ABOVE,
            MONEY,
            "a share in percent cannot be made from the units",
        ),
        (
            MONEY,
            'numerator = "population_resident"',
            "population_resident stands above and below the line",
        ),
        (
            MONEY,
            'numerator = "patents_granted"',
            "[financing_per_resident]: a rate in CNY cannot be made from the units",
        ),
        (
            MONEY,
            'numerator = ["pledge_financing_amount", "patents_granted"]',
            "[financing_per_resident]: numerator adds up unlike units: CNY, count",
        ),
        ('level = "patents_granted"', 'level = ["patents_granted", "population_resident"]', "one level and one growth"),
        ('growth = "patents_granted_yoy_percent"', 'growth = "population_resident"', "one growth rate in percent"),
        ("per = 100\n", "per = 0\n", "found per 0, expected a whole number of at least 1"),
        ("per = 100\n", "per = true\n", "found per True, expected a whole number"),
        ("per = 100\n", 'per = "100"\n', "found per '100', expected a whole number"),
        ("per = 100\n", "pro = 100\n", "unknown key 'pro'"),
        ("per = 100\n", "per = 100\nsentense_en = 1\n", "unknown key 'sentense_en'. Did you mean sentence_en?"),
        ("per = 100\n", 'per = 100\nfactors = ["a"]\n', "unknown key 'factors'"),
        ('unit = "percent"', 'unit = "%"', "found unit '%', expected one of percent, CNY, number"),
        ('aspect = "value"', 'aspect = "worth"', "[financing_per_resident]: found aspect 'worth'"),
        ('name_zh = "name of invention_share in zh"\n', "", "[invention_share]: name_zh missing"),
        ('"name of invention_share in zh"', "5", "[invention_share]: found name_zh 5, expected a text in quotes"),
        (
            "From {invention_patents_granted} {",
            "From {inventions} {",
            "[invention_share]: sentence_en names {inventions}, which is neither {value} nor an input",
        ),
        ("From {invention_patents_granted} {", "From {} {", "sentence_en names {}"),
        ("From {invention_patents_granted} {", "From {invention_patents_granted {", "sentence_en cannot be filled in"),
        ("[invention_share]\n", 'title = "x"\n[invention_share]\n', "title stands outside any table"),
        ("[invention_share]\n", "[invention_share\n", "data/indicators.toml cannot be read"),
        ("[invention_share]\n", "[financing_per_resident]\n", "data/indicators.toml cannot be read"),
        ("[invention_share]\n", "[patents_granted]\n", "[patents_granted]: a series is called so too"),
    ],
)
def test_a_definition_that_breaks_a_rule_is_refused(spoil, old, new, said):
    """The message names the table and the key, what was found and what was expected."""
    data = spoil("indicators.toml", old, new)

    with pytest.raises(BadDefinition, match=re.escape(said)):
        indicators(data)


def test_definitions_that_are_not_there_or_not_utf_8_are_refused(tiny):
    """A lost or wrongly saved file is told as such."""
    path = tiny / "indicators.toml"
    path.write_bytes("名 = 1".encode("gbk"))
    with pytest.raises(BadDefinition, match="cannot be read"):
        indicators(tiny)
    path.unlink()
    with pytest.raises(BadDefinition, match="cannot be read"):
        indicators(tiny)


def test_an_unknown_indicator_is_answered_with_a_hint(tiny):
    """A slip of the finger leads to the indicator that was meant."""
    assert indicator_named("invention_share", tiny).kind == "share"

    with pytest.raises(UnknownName, match=r"no indicator 'invention_shares'.*Did you mean invention_share\?"):
        indicator_named("invention_shares", tiny)


def test_inputs_come_once_each_in_the_order_of_the_formula():
    """A share of a sum lists its part twice, but needs it once."""
    assert indicators()["gi_marks_share"].inputs == ("gi_certification_marks", "gi_products")
    assert indicators()["financing_per_firm"].inputs == ("pledge_financing_amount", "pledge_financing_firms")
