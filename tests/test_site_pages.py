"""The pages of the site: every report is listed, every value leads to its card, what may not be ranked is not."""

import re
import shutil

import pytest
from bs4 import BeautifulSoup
from report_folders import standing, vintage

from analysis.cards import cards
from analysis.report import load_report
from analysis.site_comparison import compared
from analysis.site_files import write_site
from analysis.site_frames import Site
from analysis.site_pages import compare_page, index_page
from analysis.site_reports import site_reports
from analysis.site_voices import VOICES, Voice

ENGLISH, CHINESE, _ = VOICES
pytestmark = pytest.mark.usefixtures("quick_cards")


def page(make, shelf, data, voice=ENGLISH):
    reports, _ = site_reports(shelf, data)
    return BeautifulSoup(make(Site(reports, compared(reports, data), data=data), voice), "html.parser")


def text_of(node):
    return " ".join(node.get_text(" ").split())


def test_index_lists_every_report_by_level_and_place(shelf, tiny):
    """One city, two years, the newest first; the place under both its names and its code."""
    found = page(index_page, shelf, tiny)

    assert ["Cities"] == [text_of(heading) for heading in found.select("main h2")]
    assert ["Testville 试验市 990100"] == [text_of(heading) for heading in found.select("main h3")]
    assert ["990100-2021", "990100-2020"] == [entry["id"] for entry in found.select(".editions > li")]
    assert "2 reports on 1 place, 2020 to 2021." in text_of(found.header)


def test_entry_says_what_the_report_is(shelf, tiny):
    """Headline numbers with their intervals, languages, formats, data, citations, and the newest publication."""
    (shelf / "990100-2021" / "zh" / "report.pdf").write_bytes(b"%PDF-2.0\n%%EOF\n")
    entry = page(index_page, shelf, tiny).find(id="990100-2021")

    assert ["name of invention_share in en 25.00%", "name of grants_per_10000_residents in en 25.0",
            "name of financing_per_resident in en more than 749 yuan"] == [
        f"{text_of(name)} {text_of(name.find_next_sibling('dd'))}" for name in entry.select("dt")
    ]  # fmt: skip
    assert ["English: web page", "简体中文: web page, PDF", "Data: figures.csv, indicators.csv",
            "Cite: CFF, BibTeX, GB/T 7714", "Newest publication used: 2022-04-26"] == [
        text_of(each).replace(" :", ":").replace(" ,", ",") for each in entry.select(".links > li")
    ]  # fmt: skip
    assert "Testville, 2021 (简体中文)" in entry.select_one('a[href$=".pdf"]')["aria-label"]


def test_place_is_found_by_either_name_or_its_code(shelf, tiny, tmp_path):
    """Without spaces or signs, in small letters: Xi'an is found as xian."""
    data = vintage(tiny, tmp_path / "other", ("regions.csv", "Testville,试验市", "Xi'an Town,试验市"))
    traditional = Voice("zh-Hant", "zh", lambda text: text.replace("试验", "試驗"))

    assert "xiantown 试验市 990100" == page(index_page, shelf, data).select_one(".place")["data-search"]
    assert "試驗市" in page(index_page, shelf, data, traditional).select_one(".place")["data-search"].split()


def test_empty_folder_says_how_to_begin(tmp_path, tiny):
    """No form that finds nothing, but the commands that make the first report."""
    for voice in VOICES:
        found = page(index_page, tmp_path, tiny, voice)

        assert "ipreport build --region REGION --year YEAR" in found.pre.get_text()
        assert found.form is None
        assert page(compare_page, tmp_path, tiny, voice).form is None


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("make", [index_page, compare_page])
def test_every_link_leads_somewhere(shelf, tiny, make, voice):
    """To a file that stands, and in it to an id that it has."""
    write_site(shelf, "", tiny)
    links = {link["href"] for link in page(make, shelf, tiny, voice).select("a[href], link[href]")}

    assert len(links) > 10
    for href in links:
        file, _, name = href.partition("#")
        text = (shelf / (file or voice.file(make.__name__.removesuffix("_page")))).read_text(encoding="utf-8")
        assert not name or f'id="{name}"' in text, href


def test_compare_shows_value_interval_and_qualifier(shelf, tiny):
    """3 亿元 and more among 399,500 to 400,500 residents is more than 749 yuan each, and has no upper end."""
    group = page(compare_page, shelf, tiny).find(id="financing_per_resident")
    (row,) = group.select("tbody tr")
    cells = [text_of(cell) for cell in row.select("th, td")]

    assert ["Testville", "2021", "more than 749 yuan", "no upper end known", "more than: a lower bound"] == cells
    assert ("990100", "2021") == (row["data-region"], row["data-year"])
    assert "990100-2021/en/index.html#financing_per_resident" == row.a["href"]


def test_compare_says_what_may_not_be_ranked(shelf, tiny):
    """All patents are marked in the codebook: the trap stands beside the share, and no column of places."""
    group = page(compare_page, shelf, tiny).find(id="invention_share")

    assert "To be compared with care; not ranked" in text_of(group.summary)
    assert "Patents granted: A trap." in text_of(group.dl)
    assert "compare of invention_share in en" in text_of(group.dl)
    assert "Place" not in [text_of(head) for head in group.select("thead th")]


def test_chinese_page_reads_the_chinese_report(shelf, tiny):
    """Values as that report prints them, linked to its cards; 2020 stands in English only, and is linked there."""
    found = page(index_page, shelf, tiny, CHINESE)

    assert "超过 749 元" in text_of(found.find(id="990100-2021"))
    assert "990100-2021/zh/index.html#invention_share" in str(found)
    assert "990100-2020/en/index.html" == found.find(id="990100-2020").a["href"]


def test_chinese_page_has_a_value_that_stands_in_english_only(shelf, tiny):
    """The number is written in Chinese all the same: 749 元, not 749 yuan."""
    shutil.rmtree(shelf / "990100-2021" / "zh")

    assert "超过 749 元" in text_of(page(compare_page, shelf, tiny, CHINESE))


def test_languages_made_at_different_times_each_say_their_own(shelf, tiny, tmp_path):
    """The English report is older and lacks the inventions: the Chinese page shows what the Chinese report has."""
    gone = "990100,invention_patents_granted,250,0,count,exact,flow,T01,发明250件,\n"
    older = vintage(tiny, tmp_path / "older", ("figures/2021.csv", gone, ""))
    shutil.rmtree(shelf / "990100-2021" / "en")
    standing(shelf, older, "990100-2021/en")

    assert "25.00%" not in text_of(page(index_page, shelf, tiny).find(id="990100-2021"))
    assert "25.00%" in text_of(page(index_page, shelf, tiny, CHINESE).find(id="990100-2021"))


def test_name_of_a_file_is_no_part_of_an_address(shelf, tiny):
    """A hash sign or a space in the name of a file beside the report is escaped in the link to it."""
    (shelf / "990100-2021" / "en" / "a #1?.xlsx").write_text("")
    link = page(index_page, shelf, tiny).find("a", string="a #1?.xlsx")

    assert "990100-2021/en/a%20%231%3F.xlsx" == link["href"]


def test_permalinks_come_from_names_not_from_order(tiny, tmp_path):
    """Rows and definitions in another order, and a number less: every card that is left keeps its address."""
    gone = "990100,invention_patents_granted,250,0,count,exact,flow,T01,发明250件,\n"
    other = vintage(tiny, tmp_path / "other", ("figures/2021.csv", gone, ""))
    table = other / "figures" / "2021.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join([head, *reversed(rows)]), encoding="utf-8")
    defined = other / "indicators.toml"
    parts = ["[" + part for part in defined.read_text(encoding="utf-8").split("\n[")]
    defined.write_text("\n".join(reversed([parts[0][1:], *parts[1:]])), encoding="utf-8")
    before, after = ({card["id"] for card in cards(load_report("990100", 2021, "en", data))} for data in (tiny, other))

    assert {"invention_patents_granted", "invention_share"} == before - after
    assert set() == after - before
    assert {"population_resident", "financing_per_resident"} <= after


def test_short_address_leads_to_the_newest_report(shelf, tiny):
    """990100/ goes to 2021 today; 990100/2020.html always to 2020; both by a link as well."""
    write_site(shelf, "", tiny)
    for name, target in [
        ("990100/index.html", "../990100-2021/en/index.html"),
        ("990100/index.zh.html", "../990100-2021/zh/index.html"),
        ("990100/2020.zh.html", "../990100-2020/en/index.html"),
    ]:
        found = BeautifulSoup((shelf / name).read_text(encoding="utf-8"), "html.parser")

        assert f"0; url={target}" == found.find("meta", {"http-equiv": "refresh"})["content"]
        assert target in [link["href"] for link in found.main.select("a")]
        assert (shelf / "990100" / target).is_file()
        assert found.script is None
        assert ("index" in name) == bool(re.search("newest report|最新报告", found.h1.get_text()))


def test_all_chinese_of_ours_passes_the_converter(shelf, tiny):
    """With a converter that puts brackets round what it gets, no Chinese stands outside of brackets."""
    marked = Voice("zh-Hant", "zh", lambda text: f"⟦{text}⟧")
    for make in (index_page, compare_page):
        found = page(make, shelf, tiny, marked)
        for node in found.select("[lang=zh-Hans]"):
            node.decompose()
        text = text_of(found.body)
        while text != (text := re.sub(r"⟦[^⟦⟧]*⟧", "", text)):
            pass

        assert [] == re.findall(r"[\u4e00-\u9fff]+", text)
