"""The printed report as a reader of paper has it: the file, its first pages, its appendix (analysis.render.pdf)."""

import io
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from itertools import pairwise
from pathlib import Path

import nbformat
import pikepdf
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis import paths
from analysis.edition_files import bound
from analysis.execution import chapters
from analysis.render import book, html, pdf
from analysis.report import load_report
from analysis.traditional_book import traditional_book
from analysis.typesetting import Manuscript

LIBRARY = (paths.TEMPLATES / "ipreport_pdf" / "report.typ").read_bytes()
A4 = (595.3, 841.9)  # points
SIDE, TOP, BOTTOM = 62.3, 30.0, 28.0  # points that are left free: 22 mm, and what is beyond header and footer


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def standards(data: bytes) -> dict[str, str]:
    """The standards that the file says it keeps to."""
    with opened(data) as file, file.open_metadata(set_pikepdf_as_editor=False) as about:
        names = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
        return {name: str(about[name]) for name in names if name in about}


@pytest.fixture(scope="session")
def real_book():
    """The default report with all its chapters, from their committed outputs."""
    notebooks = [nbformat.read(path, as_version=4) for path in chapters().values()]
    return bound(load_report("330200", 2021, "en"), notebooks)


@pytest.fixture(scope="session")
def real(real_book) -> bytes:
    """The default report in English."""
    return pdf(real_book)


def small_book(data: Path, language: str = "en"):
    """A book of one short chapter on Testville, with its cards and its cover."""
    link = {"en": "It is [10%](#invention_share).", "zh": "为[10%](#invention_share)。"}
    chapter = new_notebook(cells=[new_markdown_cell(f"# A\n\n## B\n\n{link[language]}")])
    return bound(load_report("990100", 2021, language, data), [chapter])


@pytest.fixture
def small(tiny) -> bytes:
    return pdf(small_book(tiny))


def words_of(data: bytes, tmp_path: Path) -> list[list[tuple[str, tuple[float, ...]]]]:
    """The words of each page with their boxes (left, top, right, bottom in points), as poppler reads them."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed: where words stand on a page is not looked at")
    (tmp_path / "report.pdf").write_bytes(data)
    command = ["pdftotext", "-bbox", "report.pdf", "words.html"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "words.html").read_text(encoding="utf-8")
    word = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')
    return [
        [(unescape(found[5]), tuple(map(float, found.groups()[:4]))) for found in word.finditer(page)]
        for page in text.split("<page ")[1:]
    ]


def text_of(page: list[tuple[str, tuple[float, ...]]]) -> str:
    return " ".join(word for word, _ in page)


@pytest.fixture(scope="session")
def real_pages(real, tmp_path_factory) -> list[list[tuple[str, tuple[float, ...]]]]:
    return words_of(real, tmp_path_factory.mktemp("real"))


# The file


def test_a_dated_report_is_for_archives_and_for_all_readers(small):
    """PDF/A-2a and PDF/UA-1 at once: it can be kept for ever, and read aloud."""
    assert {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"} == standards(small)


def test_the_date_of_the_file_is_that_of_its_newest_publication(small):
    """Testville's newest publication is of 26 April 2022; no clock is asked."""
    with opened(small) as file:
        assert "D:20220426000000Z" == str(file.docinfo["/CreationDate"]) == str(file.docinfo["/ModDate"])


@pytest.mark.parametrize(("known", "date"), [("2022-05", "20220501"), ("2022", "20220101")])
def test_a_date_that_is_not_a_day_is_its_first(known, date):
    """A publication of May 2022 dates the file to the first of May: a file for archives must have a day."""
    made = book([], title="T", subtitle="", language="en", cards=[], labels={}, colophon={"date": known})
    with opened(pdf(made)) as file:
        assert f"D:{date}000000Z" == str(file.docinfo["/CreationDate"])


def test_a_report_without_a_date_is_for_all_readers_only():
    """A file for archives must have a date; a report without one says neither."""
    data = pdf(book([], title="T", subtitle="", language="en", cards=[], labels={}))

    assert {"pdfuaid:part": "1"} == standards(data)
    with opened(data) as file:
        assert "/CreationDate" not in file.docinfo


def test_the_file_names_its_author_title_and_language(tiny):
    """What a library's catalogue reads: title, author, subtitle, and the language of each edition."""
    english, chinese = small_book(tiny), small_book(tiny, "zh")
    languages = []
    for each in (english, chinese, traditional_book(chinese)):
        with opened(pdf(each)) as file:
            languages.append(str(file.Root.Lang))
            assert str(file.docinfo["/Title"]) == each.metadata.ipreport["title"]
    with opened(pdf(english)) as file:
        assert ["The ipreport authors"] == [str(file.docinfo["/Author"])]

    assert ["en-GB", "zh-CN", "zh-TW"] == languages


def test_the_cover_in_traditional_characters_is_that_of_the_chinese_edition(tiny):
    """Labels and facts of the cover, and the heads of the appendix, are converted; the names of cards are not."""
    chinese = small_book(tiny, "zh").metadata.ipreport
    made = traditional_book(small_book(tiny, "zh")).metadata.ipreport
    cards = [[card for group in section["groups"] for card, _ in group["cards"]] for section in made.appendix]

    assert ["地区与年份", "试验市，2021 年（GB/T 2260 代码 990100）"] == chinese.colophon["facts"][0]
    assert ["地區與年份", "試驗市，2021 年（GB/T 2260 代碼 990100）"] == made.colophon["facts"][0]
    assert "試驗市 2021 年的指標" == made.appendix[0]["title"]
    assert "invention_share" in cards[0]


def test_the_same_data_give_the_same_bytes_anywhere(tiny, tmp_path):
    """In another time zone, another folder, under another locale and with other hashes, the file is equal."""
    (tmp_path / "book.ipynb").write_text(nbformat.writes(small_book(tiny)), encoding="utf-8")
    program = (
        "import hashlib, nbformat, sys; from analysis.render import pdf; "
        "print(hashlib.sha256(pdf(nbformat.read(sys.argv[1], 4))).hexdigest())"
    )
    found = set()
    for number, zone in enumerate(("Pacific/Kiritimati", "America/Los_Angeles")):
        folder = tmp_path / f"folder-{number}"
        folder.mkdir()
        settings = {"TZ": zone, "PYTHONHASHSEED": str(number), "LC_ALL": ("C", "C.UTF-8")[number]}
        command = [sys.executable, "-c", program, str(tmp_path / "book.ipynb")]
        done = subprocess.run(
            command, cwd=folder, env=os.environ | settings, check=True, capture_output=True, timeout=120
        )
        found.add(done.stdout)

    assert 1 == len(found)


def test_the_file_is_small(real):
    """Tags for readers who cannot see are packed: the default report is under a megabyte and a half."""
    assert len(real) < 1_500_000


def test_all_fonts_are_embedded(real):
    """A report printed anywhere has the same letters: each font is ours, and only the letters in use are there."""
    with opened(real) as file:
        fonts = [font for font in file.objects if isinstance(font, pikepdf.Dictionary) and "/FontDescriptor" in font]
        described = [font.FontDescriptor for font in fonts]

        assert {True} == {bool({"/FontFile2", "/FontFile3"} & set(each.keys())) for each in described}
        assert {True} == {bool(re.match(r"/[A-Z]{6}\+NotoSansSC", str(font.BaseFont))) for font in fonts}


# The first pages


@pytest.mark.fault(25)
def test_every_chinese_character_of_the_page_is_in_the_text_of_the_pdf(tiny, tmp_path):
    """Searched, copied and read aloud: nothing that the page says in Chinese is lost on paper."""
    made = small_book(tiny, "zh")
    page = html(made)
    shown = set(re.findall("[\u4e00-\u9fff]", page[page.index("<main") : page.index("</main>")]))
    printed = {sign for words in words_of(pdf(made), tmp_path) for word, _ in words for sign in word}

    assert len(shown) > 60
    assert set() == shown - printed


def test_the_cover_says_what_the_report_is_made_from(tiny, tmp_path):
    """Place, year, code, how much from where, the date of the data, the edition, how to cite it, and the licence.

    Testville has five figures of 2021 from two publications, and one of 2020, which is of another year.
    """
    cover = text_of(words_of(pdf(small_book(tiny)), tmp_path)[0])

    for fact in (
        "Intellectual property in Testville, 2021",
        "Testville, 2021 (code 990100 of GB/T 2260)",
        "5 published figures of 2021 from 2 publications; 1 published figure of other years and places from 1 public",
        "2022-04-26, the date of the newest publication used",
        "Edition English",
        "The ipreport authors: Intellectual property in Testville, 2021. English edition, data as of 2022-04-26.",
        "CC BY 4.0",
    ):
        assert fact in cover


def test_the_cover_has_no_page_number_and_the_pages_after_it_have(real_pages):
    """The cover is bare; every other page says which it is and of how many, and which chapter it belongs to."""
    last = len(real_pages)

    assert f"/ {last}" not in text_of(real_pages[0])
    for number, page in enumerate(real_pages[1:], start=2):
        assert text_of(page).endswith(f"{number} / {last}")
        assert text_of(page).startswith("Intellectual property in Ningbo, 2021")


def test_every_table_and_chart_is_in_the_list_with_its_page(real_book, real_pages):
    """The list after the contents has one line for each, and the page it names holds its caption."""
    listed = text_of(real_pages[2])
    kinds = {"Table": "application/vnd.ipreport.table+json", "Chart": "application/vnd.ipreport.chart+json"}
    outputs = [output for cell in real_book.cells for output in cell.get("outputs", ())]
    for kind, form in kinds.items():
        number = sum(form in output.get("data", {}) for output in outputs)

        assert number > 10
        for each in range(1, number + 1):
            entry = re.search(rf"\b{kind} {each} (.+?)(?: \.)+ .?(\d+)", listed)
            assert f"{kind} {each}: {entry[1]}" in text_of(real_pages[int(entry[2]) - 1])
        assert f"{kind} {number + 1} " not in listed


def test_the_outline_names_chapters_and_parts_of_the_appendix(real):
    """A reader at a screen finds each chapter, each section of cards, each card in full, and the list at the end."""
    with opened(real) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]
        cards = outline.root[-3].children
        sections = [item.title for item in cards]

        assert ["Planning", "Creation"] == titles[1:3]
        assert ["Number cards", "Publications", "Index of number cards"] == titles[-3:]
        assert ["Indicators, Ningbo, 2021", "Published figures, Ningbo, 2021"] == sections[:2]
        assert "Invention share of patents granted" in [item.title for item in cards[0].children]


# The pages


def test_the_default_report_does_not_waste_paper(real_pages):
    """All chapters and some four hundred cards fit on 70 pages; they were 136."""
    assert len(real_pages) <= 70


def test_nothing_stands_in_the_margins(real_pages):
    """No word of a table, a chart or a card reaches beyond the margins, which a printer would cut."""
    for number, page in enumerate(real_pages, start=1):
        outside = [
            word
            for word, (left, top, right, bottom) in page
            # Typst lets a comma at the end of a line hang by two points.
            if left < SIDE - 1 or right > A4[0] - SIDE + 3 or top < TOP or bottom > A4[1] - BOTTOM
        ]

        assert [] == outside, f"page {number}"


def test_no_heading_is_left_at_the_foot_of_a_page(real, real_pages):
    """Below the last heading of a page stands something that it is the heading of."""
    with opened(real) as file, file.open_outline() as outline:
        titles = {item.title for chapter in outline.root for item in (chapter, *chapter.children)}
    for number, page in enumerate(real_pages[3:], start=4):
        body = text_of(page).removesuffix(f" {number} / {len(real_pages)}")

        assert [] == [title for title in titles if body.endswith(f" {title}")], f"page {number}"


def first_of_the_cards(pages) -> int:
    """The place of the first page of cards."""
    return next(n for n, page in enumerate(pages) if n > 2 and text_of(page).count("Number cards") > 1)


def named(tree) -> dict[str, pikepdf.Array]:
    """The places of a file that have a name."""
    pairs = list(tree.get("/Names", []))
    found = {str(name): place for name, place in zip(pairs[::2], pairs[1::2], strict=True)}
    for child in tree.get("/Kids", []):
        found |= named(child)
    return {name: place if isinstance(place, pikepdf.Array) else place.D for name, place in found.items()}


def test_every_number_of_the_chapters_leads_to_a_card(real, real_pages):
    """The links of the chapters go to pages of cards; some go to a chapter or its tables, or to the web."""
    first = first_of_the_cards(real_pages)
    with opened(real) as file:
        places = {page.objgen: number for number, page in enumerate(file.pages)}
        links = [link for page in list(file.pages)[3:first] for link in page.get("/Annots", [])]
        names = named(file.Root.Names.Dests)
        aims = [link.Dest for link in links if "/Dest" in link]
        aims = [aim if isinstance(aim, pikepdf.Array) else names[str(aim)] for aim in aims]
        leading = [places[aim[0].objgen] for aim in aims]
        others = [str(link.A.URI) for link in links if "/Dest" not in link]

    assert sum(place >= first for place in leading) > 500
    assert sum(place < first for place in leading) < 20
    assert all(address.startswith("http") for address in others)


def test_a_figure_of_another_place_is_a_row_with_its_code_and_source(real_pages):
    """Xi'an's population is a row under the name of its series: value, interval, phrase and publication."""
    appendix = " ".join(map(text_of, real_pages[first_of_the_cards(real_pages) :]))

    assert re.search(
        r"Xi'an, 2021 13.1630 million 13,162,950 to 13,163,050 (?:\w )?“西安 1316.30 万人” \[\d+\]", appendix
    )
    assert "ipreport show population_resident --region … --year …" in appendix
    assert "Xi'an 610100" in appendix


def test_a_card_says_on_which_pages_its_number_is_used(real_pages):
    """The number of patents granted stands on the pages that its card names."""
    first = first_of_the_cards(real_pages)
    appendix = " ".join(map(text_of, real_pages[first:]))
    named = re.search(r"72,390 patents, exact .*? patents_granted · Used on page ([\d, ]+)", appendix)
    pages = [int(page) for page in named[1].split(",") if page.strip()]

    assert len(pages) > 2
    assert all("72,390" in text_of(real_pages[page - 1]) for page in pages)


def test_publications_are_described_once_and_cited_by_number(real_pages, real_book):
    """Each publication behind the cards has one number; cards name it in square brackets, and the list is complete."""
    text = " ".join(map(text_of, real_pages))
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", text)}

    assert cited == set(range(1, len(cited) + 1))
    assert len(cited) > 50


# The template


def compiled(body: str, **more) -> bytes:
    source = f'#import "report.typ": *\n#show: report.with(title: "T", contents: "C", lists: "L")\n= H\n{body}'
    return Manuscript(source, {"report.typ": LIBRARY} | more, []).typeset()


def rows(number: int) -> str:
    cells = ", ".join(f"[row{each}], [{each}]" for each in range(number))
    look = "columns: (1fr, 1fr), align: (left, right), header: ([A], [B])"
    return f"#table-block()[#report-table({look}, cells: ({cells}))]"


@pytest.mark.parametrize("number", range(42, 52))
def test_no_page_begins_with_a_single_row(number, tmp_path):
    """Whatever the length of a table, its last row stands below another, under the heads of the columns."""
    pages = [text_of(page) for page in words_of(compiled(rows(number)), tmp_path)]
    last = next(page for page in pages if f"row{number - 1}" in page)

    assert f"row{number - 2}" in last
    assert re.search(r"\bA B\b", last)


def test_a_chart_is_never_higher_than_the_page(tmp_path):
    """A picture of two metres is reduced until it stands on one page with its title and source."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="6000pt" viewBox="0 0 200 6000">'
        '<text x="5" y="40" font-size="90">top</text><text x="5" y="5990" font-size="90">foot</text></svg>'
    )
    body = '#chart-block(picture: "p.svg", width: 200pt, description: "d", title: [Title], source: [Source])'
    pages = words_of(compiled(body, **{"p.svg": svg.encode()}), tmp_path)
    (page,) = (page for page in pages if "top" in text_of(page))

    assert {"Title", "top", "foot", "Source"} <= {word for word, _ in page}
    assert all(bottom < A4[1] - BOTTOM for _, (_, _, _, bottom) in page)


def test_a_chapter_does_not_begin_at_the_foot_of_a_page(tmp_path):
    """With less than nine centimetres left, a chapter goes to the next page, where its heading stands on top."""
    body = "#v(18cm)\nend\n#room(9cm, above: 34pt)\n= Next\nwords"
    pages = words_of(compiled(body), tmp_path)
    ((_, (_, top, _, _)),) = (word for word in pages[-1] if word[0] == "Next" and word[1][1] > 50)

    assert "end" in text_of(pages[-2])
    assert top < 80


@pytest.mark.parametrize("above", ["20", "21", "22", "22.5", "23"])
def test_a_heading_stands_above_what_it_is_the_heading_of(above, tmp_path):
    """Wherever a page ends, a heading is on the page of the words that follow it."""
    pages = words_of(compiled(f"first\n#v({above}cm)\n== Question\n\n{'words ' * 60}"), tmp_path)
    (page,) = (text_of(page) for page in pages[2:] if "Question" in text_of(page))

    assert page.count("words") > 9


def test_the_name_of_a_series_can_be_broken_and_is_copied_whole(tmp_path):
    """A line may end after an underscore, but nothing is put there that a reader would copy along."""
    name = "invention_patents_granted_all_yoy_percent"
    pages = words_of(compiled(f'#block(width: 4cm)[#"{name}"]'), tmp_path)
    parts = [(word, box) for word, box in pages[-1] if "_" in word or word == "percent"]

    assert name == "".join(word for word, _ in parts)
    assert len({top for _, (_, top, _, _) in parts}) > 1
    assert all(left <= right for (_, (left, *_)), (_, (_, _, right, _)) in pairwise(parts))
