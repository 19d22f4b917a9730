"""A file of runs is read as text: what stands there is what was meant, or it is refused with its line."""

import pytest

from analysis.codebook import EDITIONS
from analysis.errors import BadParameter
from analysis.figures import load_figures
from analysis.run_files import MOST_BYTES, runs_from


@pytest.fixture
def runs(tiny, tmp_path):
    """A function that reads a file of the text given."""

    def read(name: str, text: str | bytes):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return runs_from(tmp_path / name, load_figures(tiny))

    return read


TABLE = "region,year,language,formats\n990100,2021,zh,html\n990100,2020,,\n"
YAML = '- region: "990100"\n  year: 2021\n  language: zh\n  formats: [html]\n- {region: 990100, year: "2020"}\n'


@pytest.mark.parametrize(("name", "text"), [("a.csv", TABLE), ("a.csv", "\ufeff" + TABLE), ("a.yaml", YAML)])
def test_table_and_yaml_ask_for_the_same(runs, name, text):
    """Two runs; where no language or format is given, all are made. Quotes make no difference, nor a BOM."""
    first, second = runs(name, text)

    assert ("990100", 2021, ("zh",), ("html",)) == (first.region, first.year, first.language, first.formats)
    assert ("990100", 2020, EDITIONS, ("html", "pdf")) == (
        second.region, second.year, second.language, second.formats
    )  # fmt: skip


def test_yaml_may_hold_one_run_without_a_list(runs):
    """The shortest file: two lines."""
    assert [2021] == [each.year for each in runs("a.yml", "region: 990100\nyear: 2021\n")]


@pytest.mark.fault(31)
@pytest.mark.fault(4)
@pytest.mark.fault(5)
@pytest.mark.fault(6)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("region: 990100\nyear: 1:30\n", "a.yaml, line 1: year: '1:30' is not a reference year"),
        ("region: 990100\nyear: 2_021\n", "'2_021' is not a reference year"),
        ("region: 990100\nyear: 0x7e5\n", "'0x7e5' is not a reference year; expected four digits"),
        ("region: 990100\nyear: 2021\nlanguage: no\n", "language: no language 'no'; there are en, zh"),
        ("region: Testville\nyear: 2021\n", "Did you mean 990100?"),
        ("region: 990100\nyaer: 2021\n", "no parameter 'yaer'; there are region, year, language, formats. Did you"),
        ("region: 990100\nyear: 2021\nyear: 2020\n", "line 3: the name 'year' stands twice"),
        ("region: !!python/object/apply:os.system ['touch PLANTED']\nyear: 2021\n", "line 1: a tag, 'tag:yaml.org"),
        ("region: &a 990100\nyear: 2021\n", "line 1: an anchor or alias"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "an anchor or alias"),
        ("- - - - x\n", "nothing deeper"),
        ("[" * 5000, "nothing deeper"),
        ("a: 1\n---\nb: 2\n", "expected one list of runs"),
        ("region: {a: b}\nyear: 2021\n", "'region' has names and values of its own"),
        ("- 330200\n", "line 1: found '330200', expected names and values"),
        ("year: [2021\n", "not YAML"),
        ("region: \t990100\0\n", "not YAML"),
        ("", "no run in the file"),
        (
            "- {region: 990100, year: 2021}\n- {region: 990100, year: 2021, language: en}\n",
            "line 2: asks for 990100 2021 en",
        ),
        (b"region: \xc4\xfe\xb2\xa8\n", "line 1: not UTF-8"),
        ("#" * (MOST_BYTES + 1), f"more than {MOST_BYTES} bytes"),
    ],
)
def test_yaml_has_no_surprises(runs, text, said, tmp_path, monkeypatch):
    """No guessing as in YAML 1.1, no tag, no anchor, no name twice; every refusal names the file, on one line."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadParameter) as caught:
        runs("a.yaml", text)

    assert said in str(caught.value)
    assert str(caught.value).startswith("a.yaml")
    assert 1 == len(str(caught.value).splitlines())
    assert not (tmp_path / "PLANTED").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("region,year\n990100,２０２１\n", "a.csv, line 2: year: '２０２１' is not a reference year"),
        ("region,year\n990100,2021\n990100,1999\n", "a.csv, line 3: year: no figures for Testville"),
        ("region,yaer\n990100,2021\n", "a.csv, line 1: found the columns ['region', 'yaer']"),
        ("region,year,year\n990100,2021,2021\n", "none of them twice"),
        (
            "region,year,anguage\n990100,2021,en\n",
            "no parameter 'anguage'; there are region, year, language, formats. Did",
        ),
        ("region,year\n990100,2021,en\n", "line 2: 3 cells, expected 2: region, year"),
        ('region,year\n"990100,2021\n', "a.csv, line 2: "),
        ("region,year\n,2021\n", "region is missing; expected a GB/T 2260 code"),
        ("region,year\n../../x,2021\n", "no region '../../x'"),
        ("region,year\n990100,2021\n990100,2021\n", "as a.csv, line 2 does already"),
        ("", "line 1: found the columns []"),
        ("region,year\n", "no run in the file"),
    ],
)
def test_table_is_refused_with_its_line(runs, text, said):
    """File, line, field, what was found, what exists."""
    with pytest.raises(BadParameter) as caught:
        runs("a.csv", text)

    assert said in str(caught.value)


@pytest.mark.fault(30)
def test_other_files_are_refused(tmp_path):
    """A folder, a missing file, an archive."""
    with pytest.raises(BadParameter, match=r"ends in one of \.csv, \.yaml, \.yml, found '\.gz'"):
        runs_from(tmp_path / "a.csv.gz")
    with pytest.raises(BadParameter, match=r"none\.csv cannot be read: No such file"):
        runs_from(tmp_path / "none.csv")
