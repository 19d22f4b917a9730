"""Chapters to HTML and PDF (analysis.render, analysis.typesetting), on a small book in both languages."""

import io
import re
import subprocess
import sys
from base64 import b64encode
from copy import deepcopy
from hashlib import sha256
from itertools import pairwise

import nbformat
import pikepdf
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import AnalysisError, RenderingError
from analysis.layout import CHART_MIME, HEADLINES_MIME, SVG_MIME, TABLE_MIME
from analysis.render import book, html, html_with_charts, pdf

TITLE = {"en": "What the city did", "zh": "知识产权工作报告"}
DESCRIPTION = {
    "en": "Two bars: 72,390 patents, of them 7,820 inventions.",
    "zh": "两个条形：专利 72,390 件，发明 7,820 件。",
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="50pt" viewBox="0 0 200 50"><defs><clipPath id="p">'
    '<rect width="200" height="50"/></clipPath></defs><g clip-path="url(#p)"><rect width="90" height="20"/>'
    '<text x="5" y="40" style="font: 10px \'Noto Sans SC\'">专利 72,390</text></g></svg>'
)
SOURCE = {
    "label": "Patents granted",
    "phrase": "专利授权量72390件",
    "publisher": "市场监督管理局",
    "title": "新闻发布会",
    "date": "2022-04-26",
    "url": "http://example.org/a?b=1&c=2",
    "reliability": "official",
}
CARDS = [
    {
        "id": "invention_share",
        "title": "Invention share",
        "rows": [["With the values", "[7,820](#patents) ÷ [72,390](#patents) × 100 = 10.80%"]],
        "sources": [SOURCE],
    },
    {"id": "patents", "title": "Patents granted", "rows": [["Value", "72,390"]], "sources": [SOURCE]},
]


def table(name: str) -> dict:
    return {
        "id": name,
        "caption": "Shares of *all*",
        "columns": [{"name": "Indicator", "align": "left"}, {"name": "Value", "align": "right"}],
        "rows": [["Invention share", "[10.80%](#invention_share)"], ["发明专利占比", "more than 9.79"]],
        "note": "All kinds.",
    }


def chart(language: str) -> dict:
    texts = {
        "title": "One in ten",
        "subtitle": "Patents, number",
        "source": "Bureau",
        "description": DESCRIPTION[language],
    }
    return {"id": "parts", **texts, "table": table("parts-data")}


def tile(name: str, unit: str) -> dict:
    texts = {"interval": "Exact as printed", "change": "Rose by 54.0% from about 47,000 in 2019", "way": "rose"}
    return {"id": name, "name": name, "value": "[72,390](#patents)", "unit": unit, "line": "x", **texts}


HEADLINES = {
    "id": "headlines",
    "label": "Headline numbers 主要数字",
    "tiles": [tile("Patents granted", "patents"), tile("专利占比", "")],
    "note": "Each number leads to its card.",
}


def display(data: dict):
    return new_code_cell("secret = 1", outputs=[new_output("display_data", data=data)], execution_count=7)


def tagged(cell, *tags: str):
    cell.metadata["tags"] = list(tags)
    return cell


def chapters(language: str) -> list:
    first = [
        tagged(
            new_markdown_cell("# Summary\n\nIt’s [72,390](#patents).\n\n### x"),
            "lang-en",
        ),
        tagged(new_markdown_cell("# 摘要\n\n共[72,390 件](#patents)，**重点**内容。\n\n### 小节"), "lang-zh"),
        tagged(new_code_cell("year = 1", execution_count=1), "parameters"),
        tagged(
            new_code_cell("print('REPORT-COMPLETE')", outputs=[new_output("stream", text="REPORT-COMPLETE")]), "echo"
        ),
    ]
    second = [
        new_markdown_cell("# Creation 创造\n\nSee [there](https://example.org)."),
        display({"text/markdown": "A share of [10.80%](#invention_share).", "text/plain": "x"}),
        display({HEADLINES_MIME: HEADLINES, "text/markdown": "not this", "text/plain": "x"}),
        display({TABLE_MIME: table("shares"), "text/html": "<p>not this</p>", "text/plain": "x"}),
        display({CHART_MIME: chart(language), SVG_MIME: SVG, "text/plain": "x"}),
        display({CHART_MIME: chart(language), SVG_MIME: SVG, "text/plain": "x"}),
    ]
    return [new_notebook(cells=first), new_notebook(cells=second)]


def sample(language: str, *more) -> nbformat.NotebookNode:
    made = chapters(language)
    made[1].cells.extend(more)
    return book(
        made, title=TITLE[language], subtitle="Sub & title", language=language, cards=CARDS, labels={"back": "Up"}
    )


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def page(language) -> BeautifulSoup:
    return BeautifulSoup(html(sample(language)), "lxml")


@pytest.fixture(scope="module")
def printed(language):
    with pikepdf.open(io.BytesIO(pdf(sample(language)))) as file:
        yield file


# The book


def test_a_book_holds_one_language_and_no_machinery():
    """The cells of the other language, the parameters and the last line for the program are left out."""
    sources = [cell.source for cell in sample("zh").cells]

    assert any("摘要" in source for source in sources)
    assert not any(word in source for source in sources for word in ("Summary", "year = 1", "REPORT-COMPLETE"))


def test_a_book_leaves_its_chapters_as_they_were():
    """Making a book changes no notebook."""
    made = chapters("en")
    before = deepcopy(made)
    book(made, title="T", subtitle="", language="en", cards=[], labels={})

    assert before == made


def test_a_book_keeps_nothing_that_differs_from_run_to_run():
    """Ids of cells are numbers, and counts of runs are gone: equal contents give equal books."""
    assert sample("en") == sample("en")
    assert ["cell-1", "cell-2"] == [cell.id for cell in sample("en").cells[:2]]


def test_headings_have_the_same_names_in_every_language():
    """A link to a place in the English report leads to the same place in the Chinese one, and says what is there."""
    both = [
        tagged(new_markdown_cell("# Peer cities\n\nText.\n\n## Who are they?"), "lang-en"),
        tagged(new_markdown_cell("# 同类城市\n\n## 有哪些？"), "lang-zh"),
        tagged(new_markdown_cell("## Who is first?"), "lang-en"),
        tagged(new_markdown_cell("## 谁居首位？"), "lang-zh"),
    ]
    for each in ("en", "zh"):
        made = book([new_notebook(cells=both)], title="T", subtitle="", language=each, cards=[], labels={})
        page = BeautifulSoup(html(made), "lxml")

        assert ["peer-cities", "peer-cities-who-are-they", "peer-cities-who-is-first"] == [
            heading["id"] for heading in page.main.find_all(["h2", "h3"])
        ]


def test_each_chart_has_its_picture_and_its_data_as_files():
    """The picture as it was drawn, and the table of the chart with the words of its cells and without links."""
    files = html_with_charts(sample("en"))[1]

    assert {"parts.svg", "parts.csv", "parts-2.svg", "parts-2.csv"} == set(files)
    assert SVG == files["parts.svg"]
    assert "Indicator,Value\nInvention share,10.80%\n发明专利占比,more than 9.79\n" == files["parts.csv"]


@pytest.mark.fault(28)
def test_data_of_a_chart_run_nothing():
    """A label that begins with an equals sign gets an apostrophe in the file; a decrease stays a number."""
    drawn = chart("en") | {"table": table("parts-data") | {"rows": [["=1+1", "-4.3"]]}}
    files = html_with_charts(sample("en", display({CHART_MIME: drawn | {"id": "planted"}, SVG_MIME: SVG})))[1]

    assert "Indicator,Value\n'=1+1,-4.3\n" == files["planted.csv"]


# HTML


def test_the_page_says_its_language_and_title(page, language):
    """A screen reader needs the language, a bookmark the title; Chinese is never called English."""
    assert {"en": "en", "zh": "zh-Hans"}[language] == page.html["lang"]
    assert TITLE[language] == page.title.text == page.h1.text
    assert (1, 1, 1, 1) == tuple(len(page.find_all(name)) for name in ("h1", "main", "nav", "footer"))
    assert page.find("a", class_="skip")["href"] == "#main"


def test_no_heading_skips_a_level(page):
    """h1 once, chapters h2, and never more than one level deeper than the heading before."""
    levels = [int(element.name[1]) for element in page.find_all(re.compile("^h[1-6]$"))]

    assert [1, 2] == levels[:2]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_tables_have_captions_and_headers_of_columns_and_rows(page):
    """Each cell can be read aloud with the names of its column and row, and the numbers line up on the right."""
    for each in page.find_all("table"):
        assert each.caption.text.strip()
        assert ["col", "col"] == [cell["scope"] for cell in each.thead.find_all("th")]
        assert ["row", "row"] == [cell["scope"] for cell in each.tbody.find_all("th")]
        assert ["r2"] == each["class"]
        around = each.parent
        assert ("group", "0") == (around["role"], around["tabindex"])
        assert around["aria-label"]


def test_charts_are_described_and_carry_their_data(page, language):
    """Who cannot see the picture hears its description, and anyone can open its table."""
    figures = page.find_all("figure")

    assert 2 == len(figures)
    for each in figures:
        assert ("img", DESCRIPTION[language]) == (each.svg["role"], each.svg["aria-label"])
        assert "One in ten" in each.figcaption.text
        assert "Bureau" in each.text
        assert each.details.table


def test_headline_numbers_are_a_list_that_can_be_read_aloud(page):
    """A named list; each item says name, number with its unit, interval and change, in this order and as words."""
    block = page.find(id="headlines")
    items = [[" ".join(line.text.split()) for line in item.find_all("p")] for item in block.find_all("li")]

    assert ("ul", "list", HEADLINES["label"]) == (block.name, block["role"], block["aria-label"])
    assert ["Patents granted", "72,390 patents", "Exact as printed", HEADLINES["tiles"][0]["change"]] == items[0]
    assert ["专利占比", "72,390"] == items[1][:2]
    assert "#patents" == block.a["href"]
    assert HEADLINES["note"] in block.find_next_sibling("p").text


def test_ids_are_unique_and_every_link_leads_somewhere(page):
    """The same chart twice gives two sets of ids, and no link in the page is dead."""
    ids = [element["id"] for element in page.find_all(id=True)]
    links = [element["href"] for element in page.find_all("a")]

    assert len(set(ids)) == len(ids)
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert {"https://example.org", SOURCE["url"]} == {link for link in links if not link.startswith("#")}


@pytest.mark.fault(21)
def test_the_page_asks_for_nothing(page):
    """No file, no form, one script, which a policy in the page names: any other may not run, and nothing is fetched."""
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    (script,) = page.find_all("script")
    named = "sha256-" + b64encode(sha256(script.string.encode()).digest()).decode()

    assert f"script-src '{named}'" in policy
    assert not page.find_all(["link", "iframe", "object", "embed", "form", "img", "base"])
    assert not [name for element in page.find_all(True) for name in element.attrs if name.startswith(("on", "src"))]
    assert "url(http" not in str(page.style)
    assert "default-src 'none'" in policy


def test_cards_hold_the_words_and_lead_to_the_publication(page):
    """A card has its rows, the words of its source marked as Chinese, and the number of the publication in the list."""
    card = page.find(id="patents")
    (reference,) = card.select("ul a")
    entry = page.find(id=reference["href"][1:])

    assert {"Value": "72,390"} == dict(
        zip([each.text for each in card("dt")], [e.text for e in card("dd")], strict=True)
    )
    assert (SOURCE["phrase"], "zh-Hans") == (card.q.text, card.q["lang"])
    assert "[1]" == reference.text
    assert SOURCE["url"] == entry.a["href"]
    assert all(SOURCE[part] in entry.text for part in ("publisher", "title", "date", "reliability"))


def test_cards_of_other_years_stand_together(language):
    """A brief card stands under what it is of, in one line, and only if something leads to it."""
    brief = {"of": "Patents", "brief": True, "sources": [SOURCE]}
    more = [
        {"id": "patents-1999", "title": "Patents, 1999", "rows": [["Value", "1"]], **brief},
        {"id": "patents-1998", "title": "Patents, 1998", "rows": [["Value", "2"]], **brief},
    ]
    made = sample(language, new_markdown_cell("In 1999 [1](#patents-1999)."))
    made.metadata["ipreport"]["cards"] += more
    page = BeautifulSoup(html(made), "lxml")

    assert ["Patents"] == [each.text for each in page.select(".group h4")]
    assert ["patents-1999"] == [each["id"] for each in page.select(".group p")]
    assert re.fullmatch(r"1999[:：] ?1 专利授权量72390件 \[1\]", " ".join(page.select_one(".group p").text.split()))


def test_code_and_what_is_for_programs_is_not_shown(page):
    """A reader sees what the code found, not the code."""
    assert not [word for word in ("secret", "year = 1", "REPORT-COMPLETE", "not this") if word in page.text]


def test_chinese_in_english_is_marked():
    """In the English report each Chinese phrase says that it is Chinese; the Chinese report needs no such marks."""
    pages = {each: BeautifulSoup(html(sample(each)), "lxml") for each in TITLE}
    marks = {each: page.main.find_all(["span", "a", "cite"], lang=True) for each, page in pages.items()}

    assert SOURCE["publisher"] in [mark.text for mark in marks["en"]]
    assert {SOURCE["phrase"]} == {quote.text for quote in pages["en"].find_all("q", lang="zh-Hans")}
    assert {"zh-Hans"} == {mark["lang"] for mark in marks["en"]}
    assert [] == marks["zh"]


# PDF


def test_the_pdf_is_tagged_and_says_its_language_and_title(printed, language):
    """What PDF/UA-1 asks for is in the file: tags, language, title, and its own name."""
    root = printed.Root

    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert {"en": "en-GB", "zh": "zh-CN"}[language] == str(root.Lang)
    with printed.open_metadata(set_pikepdf_as_editor=False) as about:
        assert TITLE[language] == about["dc:title"]
        assert "1" == about["pdfuaid:part"]


def test_the_pdf_carries_no_date(printed):
    """The same data give the same file on any day."""
    with printed.open_metadata(set_pikepdf_as_editor=False) as about:
        dates = [name for name in about if "Date" in name]

    assert [] == dates
    assert "/CreationDate" not in printed.docinfo


def test_the_pdf_has_an_outline_of_its_chapters(printed, language):
    """The chapters are the reader's bookmarks, the cards below their own heading."""
    with printed.open_outline() as outline:
        titles = [item.title for item in outline.root]
        cards = [item.title for item in outline.root[-2].children]

    assert [{"en": "Summary", "zh": "摘要"}[language], "Creation 创造"] == titles[:2]
    assert ["Invention share", "Patents granted"] == cards


def test_the_pdf_embeds_our_fonts_only_and_maps_them_to_text(printed, language):
    """The same letters everywhere, and text that can be searched and read aloud: the title's characters are mapped."""
    fonts = [font for font in printed.objects if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font"]
    maps = b"".join(font.ToUnicode.read_bytes() for font in fonts if "/ToUnicode" in font)
    described = [font.FontDescriptor for font in fonts if "/FontDescriptor" in font]

    assert all("NotoSansSC" in str(font.BaseFont) for font in fonts)
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(each.keys()) for each in described)
    assert all(f"{ord(character):04x}".encode() in maps.lower() for character in TITLE[language].replace(" ", ""))


def test_pictures_and_tables_of_the_pdf_are_tagged(printed, language):
    """Each chart has its description, each table the headers of its columns."""
    found: dict[str, list] = {}
    for each in printed.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem":
            found.setdefault(str(each.S), []).append(each)

    assert 2 == [str(figure.get("/Alt")) for figure in found["/Figure"]].count(DESCRIPTION[language])
    assert 2 == len(found["/TH"])
    assert {"/H1", "/H2", "/Table", "/TR", "/TD", "/Link", "/Caption"} <= set(found)


def test_numbers_of_the_pdf_lead_to_their_cards(printed):
    """Links inside the file have a place to go to; links to the web have their address."""
    links = [link for page in printed.pages for link in page.get("/Annots", [])]
    addresses = {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}
    inside = [link for link in links if "/Dest" in link or ("/A" in link and "/D" in link.A)]

    assert {"https://example.org", SOURCE["url"]} == addresses
    assert len(inside) > 8


@pytest.mark.fault(25)
def test_a_character_without_a_glyph_fails_with_its_name_and_place():
    """No empty box is ever printed: the message names the character and where it stands."""
    for cell in (new_markdown_cell("A rocket 🚀 flies"), display({"text/plain": "rocket 🚀"})):
        with pytest.raises(RenderingError, match=r"U\+1F680 ROCKET.*(chapter 'Creation 创造'|output).*ocket 🚀"):
            pdf(sample("en", cell))
    # Typst's own fonts, which must not step in, have this letter.
    picture = {CHART_MIME: chart("en"), SVG_MIME: SVG.replace("专利", "Ա"), "text/plain": "x"}
    with pytest.raises(RenderingError, match=r"U\+0531 ARMENIAN CAPITAL LETTER AYB.*chart parts-3"):
        pdf(sample("en", display(picture)))


def test_a_wide_table_still_makes_a_pdf():
    """Twenty columns and eighty rows, in both alphabets, break over pages and not over the margin."""
    columns = [{"name": f"Column number {n} 列", "align": "right"} for n in range(20)]
    wide = {**table("wide"), "columns": columns, "rows": [["72,390 件"] * 20 for _ in range(80)]}

    assert pdf(sample("zh", display({TABLE_MIME: wide}))).startswith(b"%PDF")


# Both


@pytest.mark.parametrize("render", [html, pdf])
def test_the_same_book_gives_the_same_bytes(render):
    """Whatever ids and counts the notebooks had, and whatever was made between, the pages are the same."""
    first = render(sample("en"))
    render(sample("zh"))
    changed = sample("en")
    for cell in changed.cells:
        cell.id = f"other-{cell.id}"

    assert first == render(changed)


@pytest.mark.parametrize("render", [html, pdf])
def test_an_error_in_a_chapter_fails(render):
    """A traceback is never published."""
    failed = new_code_cell(outputs=[new_output("error", ename="KeyError", evalue="'x'", traceback=[])])

    with pytest.raises(AnalysisError, match="KeyError: 'x'"):
        render(sample("en", failed))


@pytest.mark.parametrize("render", [html, pdf])
def test_a_dead_link_fails(render):
    """A link to a card that is not there is found before a reader finds it."""
    with pytest.raises(AnalysisError, match=r"#patent'.*Did you mean patents"):
        render(sample("en", new_markdown_cell("[1](#patent)")))


def test_the_command_line_renders_a_plain_notebook(tmp_path):
    """`jupyter nbconvert` knows both formats, and a notebook without our metadata needs nothing else."""
    plain = new_notebook(cells=[new_markdown_cell("# 知识产权\n\n一段文字。"), display({"text/plain": "'打印'"})])
    nbformat.write(plain, tmp_path / "plain.ipynb")
    for kind in ("html", "pdf"):
        command = [sys.executable, "-m", "nbconvert", "--to", f"ipreport_{kind}", "plain.ipynb"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    page = BeautifulSoup((tmp_path / "plain.html").read_text(encoding="utf-8"), "lxml")

    assert ("zh-Hans", "知识产权") == (page.html["lang"], page.title.text)
    assert "'打印'" == page.pre.text
    assert (tmp_path / "plain.pdf").read_bytes().startswith(b"%PDF")
