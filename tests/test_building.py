"""One report from data to files: complete, the same each time, and nothing lost when it fails."""

import csv
import json
import re
from collections import Counter
from fractions import Fraction

import nbformat
import pikepdf
import pytest
from bs4 import BeautifulSoup

from analysis import building
from analysis.codebook import LANGUAGES
from analysis.downloads import FILES
from analysis.errors import OutputError, UnknownName
from analysis.execution import ChapterFailed, chapters
from analysis.indicators import indicators

REGION, YEAR = "330200", 2021
SMALL = ("01_summary", "05_value")
MAGNITUDES = {
    "万": 10**4, "亿": 10**8, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "": 1
}  # fmt: skip


@pytest.fixture
def two_chapters(monkeypatch):
    """Only two chapters, for tests that build and fail."""
    few = {name: chapters()[name] for name in SMALL}
    monkeypatch.setattr(building, "chapters", lambda: few)


def contents(folder) -> dict[str, bytes]:
    """Every file below a folder by its relative name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cited(html: str) -> list[tuple[str, Fraction, bool, str]]:
    """Every number that links to a card: the card, its value in whole units, whether it is money, its qualifier."""
    found = []
    for link in BeautifulSoup(html, "lxml").main.select('a[href^="#indicator-"], a[href^="#figure-"]'):
        text = link.get_text()
        if match := re.search(r"([−-]?[\d,]+(?:\.\d+)?)\s*(万|亿|thousand|million|billion|trillion)?", text):
            number = Fraction(match[1].replace(",", "").replace("−", "-")) * MAGNITUDES[match[2] or ""]
            bound = re.match(r"(more than|超过|at least|至少|about|约|nearly|接近|less than|低于|at most|至多)?", text)[
                0
            ]
            found.append((link["href"], number, "yuan" in text or "元" in text, bound))
    return found


def test_report_has_every_file_and_every_chapter(reports):
    """index.html, report.pdf, every download, each chapter as it ran, picture and data of each chart, per language."""
    expected = {
        "index.html",
        "report.pdf",
        *FILES,
        *(f"chapters/{name}.ipynb" for name in chapters()),
    }

    assert set(LANGUAGES) == {path.name for path in reports.iterdir()}
    for language in LANGUAGES:
        page = BeautifulSoup((reports / language / "index.html").read_text(encoding="utf-8"), "lxml")
        charts = {link["href"] for link in page.select("figure a[download]")}
        assert {"charts/cases.svg", "charts/cases.csv"} <= charts
        assert expected | charts == set(contents(reports / language))


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


def test_both_languages_print_the_same_numbers(reports):
    """The same cards are cited as often, with the same value, unit and qualifier; only the order of words differs."""
    words = {"more than": "超过", "at least": "至少", "about": "约", "nearly": "接近", "less than": "低于", "": ""}
    english, chinese = (cited((reports / name / "index.html").read_text(encoding="utf-8")) for name in LANGUAGES)

    assert len(english) > 200
    assert Counter((*each[:3], words[each[3]]) for each in english) == Counter(chinese)


def test_every_link_of_the_page_leads_somewhere(reports):
    """A number without a card would be a number without a source."""
    for language in LANGUAGES:
        page = BeautifulSoup((reports / language / "index.html").read_text(encoding="utf-8"), "lxml")
        ids = [tag["id"] for tag in page.select("[id]")]
        targets = {link["href"][1:] for link in page.select('a[href^="#"]')}

        assert len(ids) == len(set(ids))
        assert set() == targets - set(ids)


def test_page_asks_no_other_host_for_anything(reports):
    """The file opens offline: links may be followed, but nothing is fetched; only the page's own script runs."""
    for language in LANGUAGES:
        html = (reports / language / "index.html").read_text(encoding="utf-8")
        page = BeautifulSoup(html, "lxml")

        data, own = page.select("script")
        assert ("application/ld+json", {}) == (data["type"], own.attrs)
        assert [] == page.select("iframe, object, embed, link[rel=stylesheet], img[src^=http]")
        assert not re.search(r"@import|url\(\s*['\"]?http", html)


def test_page_tells_dataset_search_of_the_files_beside_it(reports):
    """Each download is named with the size that it has."""
    for language in LANGUAGES:
        page = BeautifulSoup((reports / language / "index.html").read_text(encoding="utf-8"), "html.parser")
        told = json.loads(page.select_one('script[type="application/ld+json"]').string)["distribution"]

        assert {name: f"{(reports / language / name).stat().st_size} B" for name in FILES} == {
            each["contentUrl"]: each["contentSize"] for each in told
        }


def test_pdf_is_tagged_and_in_its_language(reports):
    """A screen reader finds structure, language, title and outline; every font is embedded."""
    for language, tag in zip(LANGUAGES, ("en", "zh"), strict=True):
        with pikepdf.open(reports / language / "report.pdf") as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith(tag)
            assert len(pdf.open_outline().root) >= len(chapters())
            assert pdf.docinfo.get("/Title") or pdf.open_metadata().get("dc:title")


def test_made_again_the_report_has_the_same_bytes(two_chapters, tmp_path):
    """No clock, path, random id or order of a set stands in any file."""
    first, second = tmp_path / "one", tmp_path / "a longer name"

    for output in (first, second):
        building.build(REGION, YEAR, ("zh",), output=output)

    assert contents(first) == contents(second)


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


def test_report_that_cannot_be_moved_into_place_leaves_the_previous_one(two_chapters, tmp_path, monkeypatch):
    """The previous report is put back when the new one cannot take its place."""
    building.build(REGION, YEAR, ("en",), ("html",), tmp_path)
    before = contents(tmp_path)
    rename = type(tmp_path).rename

    def refused(path, target):
        if path.parent.name.startswith(".making-") and path.name == "en":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(type(tmp_path), "rename", refused)
    with pytest.raises(OutputError, match="No space left"):
        building.build(REGION, YEAR, ("en",), ("html",), tmp_path)

    assert before == contents(tmp_path)


def test_output_that_is_a_file_is_refused(tmp_path):
    """An output folder that cannot be made is one message, before anything runs."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")

    with pytest.raises(OutputError, match="choose another folder"):
        building.build(REGION, YEAR, ("en",), ("html",), tmp_path / "taken")

    assert "mine" == (tmp_path / "taken").read_text(encoding="utf-8")


def test_unknown_format_is_refused(tmp_path):
    """A format that does not exist is refused before anything runs."""
    with pytest.raises(UnknownName, match="Did you mean html"):
        building.build(REGION, YEAR, ("en",), ("htm",), tmp_path)

    assert [] == list(tmp_path.iterdir())


def test_chapters_are_kept_as_notebooks_with_their_parameters(reports):
    """The executed chapter says which region, year and language it was run for."""
    notebook = json.loads((reports / "zh" / "chapters" / "05_value.ipynb").read_text(encoding="utf-8"))

    assert f'"reference_year": {YEAR}' in "".join(notebook["cells"][-1]["outputs"][0]["text"])
