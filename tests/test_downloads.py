"""The files beside a report: complete, the same each time, and texts in them stay texts, whatever they hold."""

import csv
import io
import json

import openpyxl
import pikepdf
import pytest
from bs4 import BeautifulSoup
from hostile import FORMULAS, PAYLOADS, plant
from nbformat.v4 import new_code_cell, new_notebook, new_output
from report_folders import CITY, all_sentences, made_folder

from analysis import downloads, render
from analysis.cards import cards
from analysis.cells import unguarded, visible, would_compute
from analysis.codebook import LANGUAGES, codebook
from analysis.dataset import dataset
from analysis.downloads import FILES, listed_downloads, write_downloads
from analysis.hypertext import data_block
from analysis.made_reports import made_report
from analysis.report import Report, load_report

TABLES = ("indicators.csv", "figures.csv", "observations.csv")


def files_of(report: Report, folder, **more) -> dict[str, bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    write_downloads(report, folder, **more)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def cells_of(table: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(table.decode(), newline="")) for cell in row]


def book_of(report: Report, **more):
    """A book of what the chapters show, made without a kernel."""
    shown = [output for _, output in all_sentences(report)]
    shown += [report.policy_table(), report.growth_table(), report.claim_list()]
    shown += [report.figure_table("creation"), report.composition_chart(), report.coverage_table()]
    outputs = [new_output("display_data", data=each._repr_mimebundle_()) for each in shown]
    chapter = new_notebook(cells=[new_code_cell("", outputs=[output]) for output in outputs])
    title, subtitle = report.words("report_title"), report.words("report_subtitle")
    return render.book(
        [chapter], title=title, subtitle=subtitle, language=report.language, cards=cards(report), labels={}, **more
    )


@pytest.fixture(params=list(PAYLOADS))
def hostile(request, tiny):
    """A payload, and the report of Testville in which every text begins with it."""
    payload = PAYLOADS[request.param]
    return payload, load_report(CITY, 2021, "en", plant(tiny, payload))


def test_every_file_is_written_and_listed_with_its_size(tiny, tmp_path):
    """Name, key of the label and bytes, in the order of a list on the page."""
    report = load_report(CITY, 2021, "en", tiny)
    made = write_downloads(report, tmp_path)
    listed = listed_downloads(report, made)

    assert list(FILES) == [each.file for each in made] == [each["href"] for each in listed]
    assert all(each.size == (tmp_path / each.file).stat().st_size > 0 for each in made)
    assert {"href": "indicators.csv", "label": "Indicators (CSV)", "bytes": made[1].size, "size": "1 kB"} == listed[1]
    assert (
        "«指标（CSV）»" == listed_downloads(load_report(CITY, 2021, "zh", tiny), made, lambda x: f"«{x}»")[1]["label"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_report_same_bytes(tiny, tmp_path, language):
    """No time, folder or order of a set stands in any file."""
    first = files_of(load_report(CITY, 2021, language, tiny), tmp_path / "one")

    assert first == files_of(load_report(CITY, 2021, language, tiny), tmp_path / "a longer name")


def test_quotations_are_never_passed_on(tiny, tmp_path):
    """``say`` changes the names of series in every file that has them; phrases stay as they were printed."""
    report = load_report(CITY, 2021, "zh", tiny)
    made = files_of(report, tmp_path / "new", say=lambda text: text.replace("授权", "授權"))

    for name in ("figures.csv", "structure.json"):
        assert "专利授權量" in made[name].decode()
        assert "专利授权量" not in made[name].decode()
    assert "授权1000件" in cells_of(made["figures.csv"])


@pytest.mark.fault(28)
@pytest.mark.fault(77)
def test_hostile_texts_are_texts_in_every_table(hostile, tmp_path):
    """No cell computes, nothing is hidden, and the payload can be read."""
    payload, report = hostile
    made = files_of(report, tmp_path / "files")

    for name in TABLES:
        cells = cells_of(made[name])
        assert not any(would_compute(cell) and not cell.startswith("'") for cell in cells)
        assert cells == [visible(cell) for cell in cells]
    for name in ("indicators.csv", "figures.csv"):
        assert any(unguarded(cell).startswith(visible(payload)) for cell in cells_of(made[name]))


@pytest.mark.fault(29)
def test_hostile_texts_are_texts_in_the_workbook(hostile, tmp_path):
    """Every text has the type of a string, no cell is a formula or an error, and only the web is linked."""
    payload, report = hostile
    book = openpyxl.load_workbook(io.BytesIO(files_of(report, tmp_path / "files")["report.xlsx"]))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]

    assert {"s", "n", "d"} == {cell.data_type for cell in cells}
    assert sum(str(cell.value).startswith(visible(payload)) for cell in cells) > 40
    links = {cell.hyperlink.target for cell in cells if cell.hyperlink}
    assert {"https://example.org/yearbook", "https://creativecommons.org/licenses/by/4.0/"} == links


@pytest.mark.fault(17)
def test_hostile_texts_are_texts_for_programs(hostile, tmp_path):
    """The structure and the metadata are JSON, whose texts hold the payload and no hidden character."""
    payload, report = hostile
    made = files_of(report, tmp_path / "files")
    for told in (made["structure.json"].decode(), json.dumps(dataset(report), ensure_ascii=False)):
        assert told == visible(told)
        assert json.dumps(visible(payload), ensure_ascii=False)[1:-1] in json.dumps(
            json.loads(told), ensure_ascii=False
        )


@pytest.mark.fault(17)
@pytest.mark.fault(18)
def test_hostile_texts_are_texts_on_the_page(hostile, tmp_path):
    """The only scripts are the metadata and the page's own; no element, attribute or address comes of a payload."""
    payload, report = hostile
    page = render.html(book_of(report, dataset=dataset(report, write_downloads(report, tmp_path))))
    tree = BeautifulSoup(page, "lxml")
    metadata, own = tree.find_all("script")

    assert ("application/ld+json", {}) == (metadata["type"], own.attrs)
    assert "addEventListener" in own.string
    assert visible(payload) in json.loads(metadata.string)["name"]
    assert [] == tree.find_all(["img", "iframe", "object", "embed"])
    assert not any(name.startswith("on") for tag in tree.find_all(True) for name in tag.attrs)
    assert all(link["href"].startswith(("#", "http://", "https://")) for link in tree.find_all("a"))
    assert tree.get_text().count(visible(payload)) > 40
    assert page == visible(page)


@pytest.mark.fault(17)
@pytest.mark.fault(18)
def test_hostile_texts_are_texts_in_the_pdf(hostile):
    """Nothing in the PDF acts: links lead within it or to the web, and it opens without doing anything."""
    _, report = hostile
    with pikepdf.open(io.BytesIO(render.pdf(book_of(report)))) as pdf:
        actions = [mark.A for page in pdf.pages for mark in page.get("/Annots", []) if "/A" in mark]
        addresses = {str(action.URI) for action in actions if action.S == "/URI"}

        assert {"/URI"} >= {str(action.S) for action in actions} - {"/GoTo"}
        assert all(address.startswith(("http://", "https://")) for address in addresses)
        assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert "/JavaScript" not in pdf.Root.get("/Names", {})


@pytest.mark.fault(28)
@pytest.mark.parametrize("formula", [text for text in FORMULAS if text.strip() == text])
def test_report_reads_its_own_tables_back(tiny, tmp_path, formula):
    """``ipreport compare`` finds names and phrases as they were, without the apostrophe."""
    found = made_report(made_folder(tmp_path / "made", plant(tiny, formula)))

    assert codebook(tiny)["patents_granted"].name_en == found.own("patents_granted").name
    assert f"{formula}授权1000件" == found.own("patents_granted").phrase
    assert f"{formula}name of invention_share in en" == found.indicators["invention_share"].name


def test_metadata_is_left_out_where_there_is_none(tiny):
    """A book without metadata has a page with nothing for dataset search."""
    assert "ld+json" not in render.html(book_of(load_report(CITY, 2021, "en", tiny)))


@pytest.mark.fault(48)
@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_never_written_as_json(tiny, tmp_path, monkeypatch, number):
    """JSON has no NaN: what is made of one is refused, in the page's metadata and in the structure of the data."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        data_block({"value": number})
    monkeypatch.setattr(downloads, "structure", lambda *_: {"value": number})
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_downloads(load_report(CITY, 2021, "en", tiny), tmp_path)
