"""One report from data to files: complete, the same each time, and nothing lost when it fails."""

import csv
import json
import os
import re

import nbformat
import pikepdf
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook

from analysis import all_chapters, building, render, shelf
from analysis.all_chapters import all_executed
from analysis.codebook import EDITIONS, LANGUAGES
from analysis.downloads import FILES
from analysis.errors import BadRequest, ChapterFailed, OutputError, UnknownName
from analysis.execution import chapters
from analysis.indicators import indicators
from analysis.manifest import CRATE, MANIFEST
from analysis.parameters import Parameters
from analysis.quotations import CLOSE, OPEN
from analysis.report_records import WORDED
from analysis.same_numbers import NumbersDiffer
from analysis.traditional import traditional
from analysis.verifying import verdict

REGION, YEAR = "330200", 2021
SMALL = ("01_summary", "05_value")
# Where cards stand: in full, of other years in one line, of peers in the order of their place.
CARDS = ".cards section[id], .group p[id], .ranked li[id]"


@pytest.fixture
def two_chapters(monkeypatch):
    """Only two chapters, for tests that build and fail."""
    few = {name: chapters()[name] for name in SMALL}
    monkeypatch.setattr(building, "chapters", lambda: few)


def contents(folder) -> dict[str, bytes]:
    """Every file below a folder by its relative name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_report_has_every_file_and_every_chapter(reports):
    """index.html, report.pdf, every download, picture and data of each chart, and the chapters as they ran.

    The edition in traditional characters has no chapters: none was run for it. Beside the editions stand the manifest
    and the crate.
    """
    expected = {"index.html", "report.pdf", *FILES, "citation.bib", "citation.cff", "citation.txt"}
    ran = {f"chapters/{name}.ipynb" for name in chapters()}

    assert {*EDITIONS, MANIFEST, CRATE} == {path.name for path in reports.iterdir()}
    for edition in EDITIONS:
        page = BeautifulSoup((reports / edition / "index.html").read_text(encoding="utf-8"), "lxml")
        charts = {link["href"] for link in page.select("figure a[download]")}
        assert {"charts/cases.svg", "charts/cases.csv"} <= charts
        assert expected | charts | (ran if edition in LANGUAGES else set()) == set(contents(reports / edition))


def test_indicators_csv_has_a_value_or_a_reason_for_every_indicator(reports):
    """119 亿元 / 291 is 40,893,470.79 yuan; its interval is written outward; what is missing is named."""
    with (reports / "en" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["indicator"]: row for row in csv.DictReader(file)}
    financing = rows["financing_per_firm"]

    assert list(indicators()) == list(rows)
    assert all(bool(row["value"]) != bool(row["missing"]) for row in rows.values())
    assert ("40893470.790378", "40721649.484536", "41065292.09622") == (
        financing["value"], financing["lower"], financing["upper"]
    )  # fmt: skip
    assert "utility_models_granted; designs_granted" == rows["utility_model_share"]["missing"]


def test_all_editions_say_the_same_numbers(reports, proofs):
    """Read back from the finished pages, every number that leads to a card; none of these links is left out."""
    [sentence] = proofs
    links = []
    for each in EDITIONS:
        page = BeautifulSoup((reports / each / "index.html").read_text(encoding="utf-8"), "lxml")
        cards = {card["id"] for card in page.select(CARDS)}
        links.append(sum(link["href"][1:] in cards for link in page.select('main a[href^="#"]')))

    assert links[0] > 900
    assert [links[0]] * len(EDITIONS) == links
    assert sentence.startswith(f"{links[0]:,} linked numbers agree in en, zh and zh-Hant, and with the data; so do ")


def test_pages_say_how_they_are_written(reports):
    """A browser and a screen reader need to know; what is quoted in simplified characters says so."""
    pages = {each: (reports / each / "index.html").read_text(encoding="utf-8") for each in EDITIONS}

    read = {each: BeautifulSoup(page, "lxml") for each, page in pages.items()}
    languages = {each: page.html["lang"] for each, page in read.items()}

    assert {"en": "en", "zh": "zh-Hans", "zh-Hant": "zh-Hant"} == languages
    assert all(len(read[each].select("span[lang=zh-Hans]")) > 20 for each in ("en", "zh-Hant"))
    # The marks of quotations stand neither as they are nor shown by their number.
    assert not any(mark in page for page in pages.values() for mark in (OPEN, CLOSE, "‹U+"))


def test_publishers_are_printed_as_they_write_themselves(reports):
    """No name of a publisher is converted, wherever it stands: on a card, in a cell, under a chart."""
    text = BeautifulSoup((reports / "zh-Hant" / "index.html").read_text(encoding="utf-8"), "lxml").text
    with (reports / "zh-Hant" / "figures.csv").open(encoding="utf-8", newline="") as file:
        printed = {f"{row['publisher']}, {row['published_on']}" for row in csv.DictReader(file) if row["published_on"]}
    changed = {words for words in printed if traditional(words) != words}

    assert len(changed) > 20
    assert set() == {words for words in changed if traditional(words) in text}
    assert len({words for words in changed if words in text}) > 5


def test_tables_of_traditional_edition_are_those_of_the_chinese_one(reports):
    """The same rows and numbers; our words in traditional characters, the words of sources as they were printed."""
    for name in ("indicators.csv", "figures.csv"):
        simplified, converted = (
            list(csv.DictReader((reports / each / name).read_text(encoding="utf-8").splitlines()))
            for each in ("zh", "zh-Hant")
        )
        ours = {"name", "unit", "printed"} if name == "indicators.csv" else set(WORDED)

        assert len(simplified) == len(converted)
        for before, after in zip(simplified, converted, strict=True):
            assert {key: traditional(text) if key in ours else text for key, text in before.items()} == after


def test_every_link_of_the_page_leads_somewhere(reports):
    """A number without a card would be a number without a source."""
    for language in EDITIONS:
        page = BeautifulSoup((reports / language / "index.html").read_text(encoding="utf-8"), "lxml")
        ids = [tag["id"] for tag in page.select("[id]")]
        targets = {link["href"][1:] for link in page.select('a[href^="#"]')}

        assert len(ids) == len(set(ids))
        assert set() == targets - set(ids)


@pytest.mark.fault(21)
def test_page_asks_no_other_host_for_anything(reports):
    """The file opens offline: links may be followed, but nothing is fetched, and no script runs but the page's own."""
    for language in EDITIONS:
        html = (reports / language / "index.html").read_text(encoding="utf-8")
        page = BeautifulSoup(html, "lxml")

        data, own = page.select("script")
        assert ("application/ld+json", {}) == (data["type"], own.attrs)
        assert [] == page.select("iframe, object, embed, link[rel=stylesheet], img[src^=http]")
        assert not re.search(r"@import|url\(\s*['\"]?http", html)


def test_page_tells_dataset_search_of_itself_and_of_the_files_beside_it(reports):
    """In the language and characters of each edition; each download is named with the size that it has."""
    tags = {"en": "en", "zh": "zh-Hans", "zh-Hant": "zh-Hant"}
    for edition in EDITIONS:
        page = BeautifulSoup((reports / edition / "index.html").read_text(encoding="utf-8"), "lxml")
        told = json.loads(page.select_one('script[type="application/ld+json"]').string)

        assert (tags[edition], page.h1.get_text()) == (told["inLanguage"], told["name"])
        assert {name: f"{(reports / edition / name).stat().st_size} B" for name in FILES} == {
            each["contentUrl"]: each["contentSize"] for each in told["distribution"]
        }


def test_nothing_in_the_report_has_to_be_shown_by_its_number(reports):
    """No hidden character stands in the data, and none that the report itself uses comes to light."""
    for edition in EDITIONS:
        files = contents(reports / edition)
        texts = {name: files[name].decode() for name in files if name.endswith((".html", ".csv", ".json", ".svg"))}

        assert {"index.html", "figures.csv", "structure.json", "charts/cases.csv"} < set(texts)
        assert [] == [name for name, text in texts.items() if "‹U+" in text or "\u202e" in text]


def test_pdf_is_tagged_and_in_its_language(reports):
    """A screen reader finds structure, language, title and outline; every font is embedded."""
    for language, tag in zip(EDITIONS, ("en-GB", "zh-CN", "zh-TW"), strict=True):
        with pikepdf.open(reports / language / "report.pdf") as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == tag
            assert len(pdf.open_outline().root) >= len(chapters())
            assert pdf.docinfo.get("/Title") or pdf.open_metadata().get("dc:title")


def test_made_again_the_report_has_the_same_bytes(two_chapters, tmp_path):
    """No clock, path, random id or order of a set stands in any file."""
    first, second = tmp_path / "one", tmp_path / "a longer name"

    for output in (first, second):
        building.build(REGION, YEAR, ("zh", "zh-Hant"), output=output)

    assert contents(first) == contents(second)


def test_traditional_edition_alone_needs_no_other(two_chapters, tmp_path):
    """The Chinese chapters are run for it, and no Chinese folder is left."""
    proofs: list[str] = []
    [folder] = building.build(REGION, YEAR, ("zh-Hant",), ("html",), tmp_path, conclude=proofs.append)

    assert {"zh-Hant", MANIFEST, CRATE} == {path.name for path in folder.parent.iterdir()}
    assert {"index.html", "indicators.csv", "figures.csv"} < set(contents(folder))
    assert not (folder / "chapters").exists()
    assert re.fullmatch(r"\d+ linked numbers of zh-Hant agree with the data", proofs[0])


def test_number_that_differs_publishes_nothing(two_chapters, tmp_path, monkeypatch):
    """One converted wrongly: the message says which, and the report that stood there stays, byte for byte."""
    (tmp_path / f"{REGION}-{YEAR}" / "en").mkdir(parents=True)
    (tmp_path / f"{REGION}-{YEAR}" / "en" / "index.html").write_text("the report before", encoding="utf-8")
    before = contents(tmp_path)
    rendered = render.html_with_charts

    def wrong(book):
        page, charts = rendered(book)
        return page.replace("4,089 萬", "4,089 億"), charts

    monkeypatch.setattr(render, "html_with_charts", wrong)
    with pytest.raises(NumbersDiffer, match=r"financing_per_firm: '40.89 million .* in en, but '4,089 億元"):
        building.build(REGION, YEAR, EDITIONS, ("html",), tmp_path)

    assert before == contents(tmp_path)


@pytest.mark.fault(59)
@pytest.mark.fault(60)
def test_failed_report_leaves_the_previous_one(two_chapters, tmp_path, tmp_path_factory, monkeypatch):
    """A chapter that fails after another has run: the previous report stays, byte for byte."""
    building.build(REGION, YEAR, ("en",), ("html",), tmp_path)
    before = contents(tmp_path)

    notebook = nbformat.read(chapters()["05_value"], as_version=4)
    notebook.cells[-1].source = "raise RuntimeError('planted')"
    broken = tmp_path_factory.mktemp("chapters") / "05_value.ipynb"
    nbformat.write(notebook, broken)
    few = building.chapters() | {"05_value": broken}
    monkeypatch.setattr(building, "chapters", lambda: few)
    with pytest.raises(ChapterFailed, match="planted"):
        building.build(REGION, YEAR, LANGUAGES, ("html",), tmp_path)

    assert before == contents(tmp_path)


@pytest.mark.fault(59)
def test_report_that_cannot_be_moved_into_place_leaves_the_previous_one(two_chapters, tmp_path, monkeypatch):
    """The previous report stays when the new one cannot take its place; what was not asked for stays when it can."""
    building.build(REGION, YEAR, ("en",), ("html",), tmp_path)
    before = contents(tmp_path)

    def refused(*folders):
        raise OSError(28, "No space left on device")

    exchanged = shelf._exchanged
    monkeypatch.setattr(shelf, "_exchanged", refused)
    with pytest.raises(OutputError, match="No space left"):
        building.build(REGION, YEAR, ("zh",), ("html",), tmp_path)
    monkeypatch.setattr(shelf, "_exchanged", exchanged)

    assert before == contents(tmp_path)

    seen = []
    building.build(
        REGION, YEAR, ("zh",), ("html",), tmp_path, then=lambda folder: seen.extend(sorted(folder.iterdir()))
    )
    after = contents(tmp_path)

    kept = {name: text for name, text in before.items() if "/en/" in name}
    assert kept == {name: text for name, text in after.items() if "/en/" in name}
    assert {"en", "zh", MANIFEST, CRATE} == {name.split("/")[1] for name in after} == {path.name for path in seen}
    assert ((), ()) == (verdict(tmp_path / f"{REGION}-{YEAR}").wrong, verdict(tmp_path / f"{REGION}-{YEAR}").elsewhere)


def test_output_that_is_a_file_is_refused(tmp_path):
    """An output folder that cannot be made is one message, before anything runs."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")

    with pytest.raises(OutputError, match="choose another folder"):
        building.build(REGION, YEAR, ("en",), ("html",), tmp_path / "taken")

    assert "mine" == (tmp_path / "taken").read_text(encoding="utf-8")


def test_unknown_format_or_language_is_refused(tmp_path):
    """A format or a language that does not exist is refused before anything runs."""
    with pytest.raises(UnknownName, match="Did you mean html"):
        building.build(REGION, YEAR, ("en",), ("htm",), tmp_path)

    with pytest.raises(UnknownName, match="no language 'zh-Hans'; there are en, zh, zh-Hant"):
        building.build(REGION, YEAR, ("zh-Hans",), ("html",), tmp_path)

    assert [] == list(tmp_path.iterdir())


@pytest.mark.fault(10)
@pytest.mark.parametrize(
    "wrong",
    [{"year": "2021"}, {"year": 1999}, {"region": "../../ESCAPED"}, {"editions": "en"}, {"editions": ("EN",)}],
)
def test_python_is_held_to_the_contract(wrong, tmp_path):
    """From Python as from the command: refused before anything is made."""
    with pytest.raises(BadRequest):
        building.build(**{"region": REGION, "year": YEAR, "editions": ("en",)} | wrong, output=tmp_path / "reports")

    assert not (tmp_path / "reports").exists()


@pytest.mark.fault(63)
def test_chapters_run_side_by_side_on_as_many_workers_as_there_are_cores(tmp_path, monkeypatch):
    """Twelve chapters: all come back, each under its own name and in order, from no more workers than cores.

    Whoever makes several reports at a time asks for fewer, and gets them.
    """
    first = new_code_cell('region: str = ""\nreference_year: int = 0\nlanguage: str = "en"')
    first.metadata["tags"] = ["parameters"]
    said = "from analysis.parameters import Parameters\nprint(Parameters(region, reference_year, language).echo())"
    found = {}
    for number in range(1, 13):
        notebook = new_notebook(cells=[first, new_code_cell(f"print({number})"), new_code_cell(said)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = found[f"{number:02}_invented"] = tmp_path / f"{number:02}_invented.ipynb"
        nbformat.write(notebook, path)
    pools = []
    pool = all_chapters.ThreadPoolExecutor
    monkeypatch.setattr(all_chapters, "ThreadPoolExecutor", lambda most: pools.append(most) or pool(most))
    asked = Parameters(REGION, YEAR, "en")
    jobs = [(path, asked) for path in found.values()]
    made = all_executed(jobs, lambda step: None, True)[0][asked]

    assert [f"{number:02}_invented.ipynb" for number in range(1, 13)] == list(made)
    assert [f"{number}\n" for number in range(1, 13)] == [each.cells[-2].outputs[0].text for each in made.values()]
    assert [min(12, os.cpu_count())] == pools
    monkeypatch.setattr(all_chapters, "executed", lambda *job, **given: None)
    all_executed(jobs, lambda step: None, True, at_once=1)
    assert 1 == pools[-1]


@pytest.mark.fault(48)
def test_no_file_of_a_report_holds_what_is_no_number(reports):
    """Every JSON, chapters too, can be read by a parser that knows no NaN; no table says inf or nan."""

    def never(word):
        raise AssertionError(word)

    files = [path for path in reports.rglob("*") if path.suffix in {".json", ".ipynb"}]
    for path in files:
        json.loads(path.read_text(encoding="utf-8"), parse_constant=never)
    tables = [path.read_text(encoding="utf-8").casefold() for path in reports.rglob("*.csv")]

    assert len(files) > 15
    assert not [table for table in tables if re.search(r"(^|,)-?(nan|inf|infinity)(,|$)", table, re.M)]


def test_chapters_are_kept_as_notebooks_with_their_parameters(reports):
    """The executed chapter says which region, year and language it was run for."""
    notebook = json.loads((reports / "zh" / "chapters" / "05_value.ipynb").read_text(encoding="utf-8"))

    assert f'"reference_year": {YEAR}' in "".join(notebook["cells"][-1]["outputs"][0]["text"])
