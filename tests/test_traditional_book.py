"""The edition in traditional characters is the Chinese one, but for its characters and what must stay."""

from copy import deepcopy
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import RenderingError
from analysis.layout import CHART_MIME, HEADLINES_MIME, SVG_MIME, TABLE_MIME
from analysis.quotations import quoted
from analysis.render import book, html, pdf
from analysis.traditional_book import traditional_book, traditional_markdown

SOURCE = {
    "label": "质押融资金额, 2021", "printed": "119 亿元", "phrase": "质押融资金额达119亿元", "publisher": "南京年鉴",
    "title": "新闻发布会", "date": "日期不详", "url": "http://example.org/宁波", "reliability": "新闻报道",
    "note": "见 6.3万", "publication": "T01",
}  # fmt: skip
CARDS = [
    {
        "id": "amount",
        "title": "质押融资金额",
        "rows": [["数值", "119 亿元"], ["重新计算", "`ipreport show 金额`"]],
        "sources": [SOURCE],
    }
]
TABLE = {
    "id": "amounts",
    "caption": "公布的金额",
    "columns": [{"name": "统计项目", "align": "left"}, {"name": "金额", "align": "right"}],
    "rows": [["质押融资", "[119 亿元](#amount)"], [quoted("宁波晚报", "zh"), "超过 4 万"]],
    "note": "按登记额。",
}
CHART = {
    "id": "drawn", "title": "最大的金额", "subtitle": "单位：元", "source": f"来源：{quoted('宁波日报', 'zh')}",
    "description": "两个条形。", "table": {**TABLE, "id": "drawn-data"},
}  # fmt: skip
TILE = {
    "id": "质押", "name": "质押融资", "value": "[119 亿](#amount)", "unit": "元", "interval": "舍入区间：1 至 2",
    "change": "没有更早的数值", "way": "", "line": "质押融资：119 亿元",
}  # fmt: skip
HEADLINES = {"id": "headlines", "label": "主要数字", "tiles": [TILE], "note": "每个数字都链接到它的数据卡。"}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" style="font-family: \'Noto Sans SC\'" width="90pt" height="50pt" '
    'viewBox="0 0 90 50"><defs><clipPath id="国"><rect width="9" height="9"/></clipPath></defs>'
    '<g clip-path="url(#国)"><text x="5" y="40">质押融资 119 亿元</text></g></svg>'
)
PROSE = (
    "# 价值\n\n共[119 亿元](#amount)，见 `data/金额.csv` 与 [网页](http://example.org/专利) "
    "和 https://example.org/专利。"
)


@pytest.fixture
def simplified():
    """A small Chinese book with everything that a book may hold."""
    bundles = [{TABLE_MIME: TABLE, "text/html": "<b>公布</b>"}, {CHART_MIME: CHART, SVG_MIME: SVG}]
    bundles.append({HEADLINES_MIME: HEADLINES})
    bundles.append({"text/markdown": f"（原文：{quoted('创历史新高', 'zh')}）这一说法", "text/plain": "说法"})
    outputs = [new_output("display_data", data=bundle) for bundle in bundles]
    cells = [new_markdown_cell(PROSE), new_code_cell("1", outputs=outputs)]
    made = [new_notebook(cells=cells)]
    return book(made, title="知识产权", subtitle="公布了什么", language="zh", cards=CARDS, labels={"back": "回到正文"})


@pytest.fixture
def page(simplified):
    return BeautifulSoup(html(traditional_book(simplified)), "html.parser")


def test_what_the_report_says_is_in_traditional_characters(page):
    """Title, prose, table, chart, the words in the picture, card and labels."""
    assert "知識產權" == page.title.text
    for words in ("價值", "公布了什麼", "公布的金額", "統計項目", "超過 4 萬", "按登記額。", "最大的金額", "單位：元"):
        assert words in page.text
    for words in ("質押融資金額", "數值", "119 億元"):
        assert words in page.find(id="amount").text
    assert "南京年鉴，新闻发布会 · 日期不詳 · 新聞報道" == page.find(id="s-T01").text
    assert "質押融資 119 億元" == page.svg.find("text").text
    assert "兩個條形。" == page.svg["aria-label"]


def test_headline_numbers_are_in_traditional_characters(page, simplified):
    """All that a reader reads and hears of them; the names that programs read stay."""
    block = page.find(id="headlines")
    tile = traditional_book(simplified).cells[1].outputs[2]["data"][HEADLINES_MIME]["tiles"][0]

    assert "主要數字" == block["aria-label"]
    assert ["質押融資", "119 億 元", "捨入區間：1 至 2", "沒有更早的數值"] == [
        line.text for line in block.find_all("p")
    ]
    assert "每個數字都鏈接到它的數據卡。" in block.find_next("p", class_="note").text
    assert ("质押", "", "質押融資：119 億元") == (tile["id"], tile["way"], tile["line"])


def test_what_a_source_printed_stays_and_says_that_it_is_simplified(page):
    """Phrase, publisher and title on a card, quotations in cells, lines and prose; the note quotes as well."""
    marked = {span.text for span in page.find_all(lang="zh-Hans")}

    assert "zh-Hant" == page.html["lang"]
    assert {"质押融资金额达119亿元", "南京年鉴", "新闻发布会", "宁波日报", "宁波晚报", "创历史新高"} <= marked
    assert "6.3万" in page.text


def test_ids_addresses_and_code_stay(page):
    """What leads somewhere, or is typed into a terminal, works as before."""
    codes = {code.text for code in page.find_all("code")}
    links = {unquote(link["href"]) for link in page.find_all("a")}

    assert {"ipreport show 金额", "data/金额.csv"} == codes
    assert {"#amount", "http://example.org/专利", "http://example.org/宁波"} <= links
    assert page.find(id="amounts")
    assert page.find(id="amount")
    assert "https://example.org/专利" in page.text
    assert page.svg.find("clippath")["id"].endswith("国")


def test_the_book_that_was_given_stays_as_it_was(simplified):
    """The Chinese edition is rendered from the same book."""
    before = deepcopy(simplified)
    traditional_book(simplified)

    assert before == simplified


def test_both_formats_can_be_made_of_it(simplified):
    """The PDF has all glyphs, also that of a picture with fonts for readers in front of ours."""
    assert pdf(traditional_book(simplified)).startswith(b"%PDF")


def test_a_missing_glyph_is_still_refused(simplified):
    """岚 is 嵐, which the fonts lack: an unmarked publisher, say, is named and not printed as a box."""
    simplified.cells[0].source += "\n\n王岚"
    with pytest.raises(RenderingError, match=r"no '嵐' \(U\+5D50"):
        pdf(traditional_book(simplified))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("超过 [4 万元](#a)", "超過 [4 萬元](#a)"),
        ("见[网页](<http://a.b/专利>)", "見[網頁](<http://a.b/专利>)"),
        ('[条](#文字说法 "chapter")', '[條](#文字说法 "chapter")'),
        ("`数据`与数据", "`数据`與數據"),
        ("```\n数据\n```\n数据", "```\n数据\n```\n數據"),
        (f"{quoted('数据', 'zh')}数据", f"{quoted('数据', 'zh')}數據"),
        ("", ""),
    ],
)
def test_markdown_keeps_what_is_not_words(text, expected):
    """Targets, code and quotations pass through; everything else is converted."""
    assert expected == traditional_markdown(text)
