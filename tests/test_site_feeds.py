"""The feed and the map: entries for editions and revisions, dated by publications, with ids that outlive a re-run."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from report_folders import vintage

from analysis.site_comparison import compared
from analysis.site_feeds import feed, sitemap
from analysis.site_frames import Site
from analysis.site_reports import site_reports
from analysis.site_voices import VOICES

BASE = "https://example.org/reports/"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ENGLISH, CHINESE, _ = VOICES


@pytest.fixture
def site(shelf, tiny):
    reports, _ = site_reports(shelf, tiny)
    return Site(reports, compared(reports, tiny), BASE, tiny)


def entries(text):
    """(title, updated, address, summary) of each entry, by its id."""
    return {
        node.find(f"{ATOM}id").text: (
            node.find(f"{ATOM}title").text,
            node.find(f"{ATOM}updated").text,
            node.find(f"{ATOM}link").get("href"),
            node.find(f"{ATOM}summary").text,
        )
        for node in ElementTree.fromstring(text.encode()).findall(f"{ATOM}entry")
    }


def test_feed_has_an_entry_for_each_edition_and_each_revision(site):
    """Two reports, and 1,000 patents against 1,001, which no rounding explains; the newest first."""
    found = [each[:3] for each in entries(feed(site, ENGLISH)).values()]

    assert [
        ("Report: Testville, 2020", "2022-04-26T00:00:00Z", f"{BASE}990100-2020/en/index.html"),
        ("Report: Testville, 2021", "2022-04-26T00:00:00Z", f"{BASE}990100-2021/en/index.html"),
        (
            "Printed in two ways: Patents granted, Testville, 2021",
            "2022-04-26T00:00:00Z",
            f"{BASE}990100-2021/en/index.html#patents_granted",
        ),
    ] == found


def test_newest_edition_comes_first(shelf, tiny):
    """The report on 2020 used nothing newer than 2021; it comes after the report and the revision of 2022."""
    path = shelf / "990100-2020" / "en" / "figures.csv"
    path.write_text(re.sub(r"2022-0[34]-\d\d", "2021-05-06", path.read_text(encoding="utf-8")), encoding="utf-8")
    reports, _ = site_reports(shelf, tiny)
    titles = [each[0] for each in entries(feed(Site(reports, [], BASE, tiny), ENGLISH)).values()]

    assert "Report: Testville, 2020" == titles[-1]
    assert 3 == len(titles)


def test_revision_says_who_printed_what(site):
    """The number that is used comes first, each with publisher and date; in Chinese as well."""
    told = {
        voice.name: [each[3] for each in entries(feed(site, voice)).values() if "1,001" in each[3]] for voice in VOICES
    }

    assert [
        "Patent Office (2022-03-01) prints 1,000 patents; Evening News (2022-04-26) prints 1,001 patents. "
        "The report uses the first of these."
    ] == told["en"]
    assert [
        "Patent Office（2022-03-01）公布 1,000 件；Evening News（2022-04-26）公布 1,001 件。报告采用第一个数。"
    ] == told["zh"]


def test_feed_keeps_what_atom_requires(site):
    """An id, a title and a date for feed and entries, ids that are IRIs and each there once, dates with a time zone."""
    for voice in VOICES:
        root = ElementTree.fromstring(feed(site, voice).encode())
        nodes = [root, *root.findall(f"{ATOM}entry")]
        ids = [node.findtext(f"{ATOM}id") for node in nodes]

        assert f"{ATOM}feed" == root.tag
        assert len(ids) == len(set(ids)) == 4
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", each) for each in ids)
        assert all(node.findtext(f"{ATOM}title") for node in nodes)
        assert all(datetime.fromisoformat(node.findtext(f"{ATOM}updated")).tzinfo for node in nodes)
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        assert max(node.findtext(f"{ATOM}updated") for node in nodes) == root.findtext(f"{ATOM}updated")


def test_ids_outlive_a_re_run_elsewhere(site):
    """Another address, another name of a place, fewer reports: what is left has the ids that it had."""
    moved = Site(site.reports[:1], [], "https://example.com/", site.data)
    before, after = (set(entries(feed(each, ENGLISH))) for each in (site, moved))

    assert after < before
    assert set() == before & set(entries(feed(site, CHINESE)))


@pytest.mark.parametrize(
    ("date", "moment"),
    [("2023-05-06", "2023-05-06"), ("2023-05", "2023-05-01"), ("2023", "2023-01-01")],
)
def test_part_of_a_date_is_its_earliest_day(shelf, tiny, tmp_path, date, moment):
    """Atom wants a day, and nothing may be dated later than it can be."""
    rows = (shelf / "990100-2021" / "en" / "figures.csv").read_text(encoding="utf-8")
    (shelf / "990100-2021" / "en" / "figures.csv").write_text(rows.replace("2022-04-26", date), encoding="utf-8")
    (shelf / "990100-2021" / "zh").rename(tmp_path / "aside")
    reports, _ = site_reports(shelf, tiny)
    text = feed(Site(reports, [], BASE, tiny), ENGLISH)

    assert f"{moment}T00:00:00Z" == ElementTree.fromstring(text.encode()).findtext(f"{ATOM}updated")


def test_report_without_any_date_has_the_end_of_its_year(shelf, tiny):
    """Never the clock: nothing on 2021 was printed before 2021 was over."""
    for path in shelf.glob("*/*/figures.csv"):
        path.write_text(re.sub(r"2022-0[34]-\d\d", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    reports, problems = site_reports(shelf, tiny)
    found = {each[0]: each[1] for each in entries(feed(Site(reports, [], BASE, tiny), ENGLISH)).values()}

    assert [] == problems
    assert "2021-12-31T00:00:00Z" == found["Report: Testville, 2021"]
    assert "2020-12-31T00:00:00Z" == found["Report: Testville, 2020"]


def test_text_from_data_is_text_in_the_feed(shelf, tiny, tmp_path):
    """Signs of XML are escaped, and control characters, which XML cannot hold, are gone."""
    for path in shelf.glob("*/*/figures.csv"):
        text = path.read_text(encoding="utf-8").replace("Evening News", "A & B <c>\x0b")
        path.write_text(text, encoding="utf-8")
    reports, _ = site_reports(shelf, tiny)
    told = " ".join(each[3] for each in entries(feed(Site(reports, [], BASE, tiny), ENGLISH)).values())

    assert "A & B <c> (2022-04-26) prints" in told


def test_empty_feed_is_one_all_the_same(tiny):
    """A reader of feeds that subscribes early gets no error."""
    assert {} == entries(feed(Site([], [], data=tiny), ENGLISH))


def test_map_has_every_page_in_full(site, shelf):
    """The pages of the site and the reports, each with the others of the same in other languages."""
    root = ElementTree.fromstring(sitemap(site).encode())
    found = {url.findtext(f"{MAP}loc"): url for url in root}
    report = found[f"{BASE}990100-2021/zh/index.html"]

    expected = {
        "index.html", "index.zh.html", "index.zh-Hant.html", "compare.html", "compare.zh.html", "compare.zh-Hant.html",
        "990100-2021/en/index.html",
        "990100-2021/zh/index.html", "990100-2020/en/index.html",
    }  # fmt: skip
    assert expected == {each.removeprefix(BASE) for each in found}
    assert {"en", "zh-Hans"} == {link.get("hreflang") for link in report.findall(f"{XHTML}link")}
    assert "2022-04-26" == report.findtext(f"{MAP}lastmod")


def test_same_reports_give_the_same_bytes(site, shelf, tiny, tmp_path):
    """Read again from another copy of the data, feed and map are the same."""
    copy = vintage(tiny, tmp_path / "other")
    reports, _ = site_reports(shelf, copy)
    again = Site(reports, compared(reports, copy), BASE, copy)

    assert [feed(site, voice) for voice in VOICES] == [feed(again, voice) for voice in VOICES]
    assert sitemap(site) == sitemap(again)
