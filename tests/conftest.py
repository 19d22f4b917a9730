"""A small invented place to test on, and the real figures, read once."""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import settings
from report_folders import standing

from analysis import building
from analysis.codebook import EDITIONS
from analysis.figures import Figures, load_figures
from analysis.social_cards import SocialCard

# The same examples at every run: a build that fails can be repeated.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")

TABLES = {
    "regions.csv": """\
region,name_en,name_zh,level,group,parent
000000,Testland,试验国,nation,,
990000,Testshire,试验省,province,,000000
990100,Testville,试验市,city,,990000
990200,Emptyville,空城市,city,,990000
""",
    "sources.csv": """\
source,publisher,title,url,published_on,reliability,note
T01,Patent Office,Yearbook,https://example.org/yearbook,2022-03-01,official,
T02,Evening News,Report of a press conference,https://example.org/news,2022-04-26,press,
T03,A reader's blog,Old numbers,,,secondary,
""",
    "series.csv": """\
series,name_en,name_zh,unit,counted_en,counted_zh,kind,aspect,part_of,growth_of,comparability,\
definition_en,definition_zh,scope_trap_en,scope_trap_zh,wordings
patents_granted,Patents granted,专利授权量,count,patents,件,flow,creation,,,marked,All kinds.,各种。,A trap.,陷阱。,授权
invention_patents_granted,Inventions,发明量,count,patents,件,flow,creation,patents_granted,,direct,One kind.,一种,,,发明
patents_granted_yoy_percent,Growth,增长率,percent,per cent,%,flow,creation,,patents_granted,direct,A rate.,比率。,,,增长
pledge_financing_amount,Pledge financing,质押融资金额,CNY,yuan,元,flow,value,,,direct,Registered.,当年登记。,,,融资
population_resident,Residents,常住人口,persons,people,人,stock,context,,,direct,At the end of the year.,年末。,,,人口
""",
    "figures/2020.csv": """\
region,series,value,multiplier,unit,qualifier,kind,source,phrase,note
990100,patents_granted,800,0,count,exact,flow,T01,授权800件,
""",
    "figures/2021.csv": """\
region,series,value,multiplier,unit,qualifier,kind,source,phrase,note
990100,invention_patents_granted,250,0,count,exact,flow,T01,发明250件,
990100,patents_granted,1000,0,count,exact,flow,T01,授权1000件,
990100,patents_granted,1001,0,count,exact,flow,T02,授权1001件,misprinted
990100,patents_granted_yoy_percent,25.0,0,percent,exact,flow,T01,增长25.0%,
990100,pledge_financing_amount,3,8,CNY,more_than,flow,T02,超3亿元,
990100,population_resident,40.0,4,persons,exact,stock,T01,40.0万人,
""",
    "identities.toml": "",
    "breaks.csv": """\
series,region,earlier_year,later_year,kind,why_en,why_zh,source
""",
    "claims.csv": """\
region,reference_year,aspect,kind,series,statement_en,statement_zh,phrase,source,test_en,test_zh
990100,2021,creation,record_high,patents_granted,A record,创新高,创新高,T02,All earlier years.,此前各年。
""",
    "policies.csv": """\
region,reference_year,kind,name_en,name_zh,detail_en,detail_zh,phrase,source
990100,2021,plan,A plan,规划,Adopted.,已通过。,通过规划,T02
""",
}
FORMULAS = {
    "invention_share": (
        'aspect = "creation"\nkind = "share"\nper = 100\nunit = "percent"\ndigits = 4\n'
        'numerator = "invention_patents_granted"\ndenominator = "patents_granted"\n',
        ("invention_patents_granted", "patents_granted"),
    ),
    "grants_per_10000_residents": (
        'aspect = "creation"\nkind = "rate"\nper = 10000\nunit = "number"\n'
        'numerator = "patents_granted"\ndenominator = "population_resident"\n',
        ("patents_granted", "population_resident"),
    ),
    "financing_per_resident": (
        'aspect = "value"\nkind = "rate"\nunit = "CNY"\n'
        'numerator = "pledge_financing_amount"\ndenominator = "population_resident"\n',
        ("pledge_financing_amount", "population_resident"),
    ),
    "implied_previous_patents_granted": (
        'aspect = "creation"\nkind = "previous"\nunit = "number"\ndigits = 4\n'
        'level = "patents_granted"\ngrowth = "patents_granted_yoy_percent"\n',
        ("patents_granted", "patents_granted_yoy_percent"),
    ),
}


def definition(name: str) -> str:
    """One table of ``indicators.toml``, with short texts."""
    formula, inputs = FORMULAS[name]
    said = " ".join(f"{{{series}}}" for series in inputs)
    texts = [
        f'{text}_{language} = "{text} of {name} in {language}"\n'
        for text in ("name", "unit", "definition", "caveat", "compare")
        for language in ("en", "zh")
    ]
    sentences = [f'sentence_en = "From {said} follows {{value}}."\n', f'sentence_zh = "由 {said} 得 {{value}}。"\n']
    return f"[{name}]\n{formula}{''.join(texts)}{''.join(sentences)}\n"


@pytest.fixture(autouse=True)
def no_results_from_before(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test finds what a user, or another test, had made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A data folder with every table: six figures of Testville (990100) in 2021, one in 2020, three sources."""
    return _written(tmp_path / "data")


@pytest.fixture(scope="session")
def tiny_to_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder, once for all tests that only read it."""
    return _written(tmp_path_factory.mktemp("tiny") / "data")


def _written(data: Path) -> Path:
    for name, text in (TABLES | {"indicators.toml": "".join(map(definition, FORMULAS))}).items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return data


@pytest.fixture
def spoil(tiny: Path) -> Callable[[str, str, str], Path]:
    """Put ``new`` in place of ``old``, which must stand exactly once in a table of ``tiny``; returns the folder."""

    def replaced(table: str, old: str, new: str) -> Path:
        text = (tiny / table).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {table}"
        (tiny / table).write_text(text.replace(old, new), encoding="utf-8")
        return tiny

    return replaced


@pytest.fixture
def shelf(tiny: Path, tmp_path: Path) -> Path:
    """A folder with the reports on Testville in 2021, in both languages, and in 2020, in English."""
    return standing(tmp_path / "reports", tiny, "990100-2021/en", "990100-2021/zh", "990100-2020/en")


@pytest.fixture
def quick_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Social cards that are not drawn, for tests of what stands beside them."""
    monkeypatch.setattr(SocialCard, "picture", lambda self: b"PNG")


@pytest.fixture(scope="session")
def published() -> Figures:
    """Every published figure of the project."""
    return load_figures()


@pytest.fixture(scope="session")
def places(published: Figures) -> list[tuple[str, int]]:
    """Every region and reference year that has a figure."""
    return sorted({(figure.region, figure.reference_year) for figure in published})


@pytest.fixture(scope="session")
def read_back() -> Callable[[str], list[Fraction]]:
    """The numbers that a reader reads in a text of either language: 40.89 million and 4,089 万 are 40,890,000.

    The first end of an interval has the magnitude of its second: "39.1 to 39.3 billion".
    """
    magnitudes = {"trillion": 12, "billion": 9, "million": 6, "thousand": 3, "亿": 8, "万": 4, "": 0}
    number = re.compile(rf"(−?)([0-9][0-9,]*(?:[.][0-9]+)?)%? ?({'|'.join(magnitudes)})( ?(?:to|至) (?=[−0-9]))?")

    def numbers(text: str) -> list[Fraction]:
        found, next_word = [], ""
        for sign, digits, word, first_of_two in reversed(number.findall(text)):
            next_word = word or (next_word if first_of_two else "")
            value = Fraction(digits.replace(",", "")) * 10 ** magnitudes[next_word]
            found.insert(0, -value if sign else value)
        return found

    return numbers


@pytest.fixture(scope="session")
def proofs() -> list[str]:
    """What the proof of the numbers concluded when ``reports`` was made."""
    return []


@pytest.fixture(scope="session")
def reports(tmp_path_factory, proofs: list[str]) -> Path:
    """The default report in all editions, made once: the folder that holds them."""
    output = tmp_path_factory.mktemp("reports")
    building.build("330200", 2021, EDITIONS, output=output, conclude=proofs.append)
    return output / "330200-2021"
