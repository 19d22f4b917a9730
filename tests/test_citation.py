"""Citations of a report: the same from data and from a folder, in the forms that programs and journals expect."""

import re
from dataclasses import replace
from datetime import date

import pytest
import yaml

from analysis.citation import Cited, citations, cited, cited_texts, latex
from analysis.made_reports import made_report
from analysis.report import load_report

BASE = "https://example.org/reports/"
NINGBO = Cited("330200", "Ningbo", 2021, "en", "2022-04-27", "1.2.3")
CHINESE = Cited("330200", "宁波", 2021, "zh", "2022-04")
AUTHOR = "The ipreport authors"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_report_in_its_folder_is_cited_like_the_one_being_made(shelf, tiny, language):
    """Region, title and date are the same; only who makes a report knows with which version."""
    making = cited(load_report("990100", 2021, language, tiny))
    standing = cited(made_report(shelf / "990100-2021" / language))

    assert replace(making, version="") == standing
    assert "2022-04-26" == standing.dated
    assert re.fullmatch(r"\d+\.\d+\.\d+", making.version)


def test_gb_t_7714_with_an_address():
    """Author, title, kind and carrier, date, day of access for the reader to fill in, address."""
    expected = (
        f"{AUTHOR}. Intellectual property in Ningbo, 2021[R/OL]. (2022-04-27)[YYYY-MM-DD]. "
        "https://example.org/reports/330200-2021/en/index.html.\n"
    )

    assert expected == cited_texts([NINGBO], BASE)["txt"]


def test_gb_t_7714_without_an_address():
    """A report that is not online has a publisher and a year; where it appeared is not known."""
    both = cited_texts([NINGBO, CHINESE])["txt"]

    assert f"{AUTHOR}. Intellectual property in Ningbo, 2021[R]. [S.l.]: ipreport, 2022." == both.splitlines()[0]
    assert "ipreport 作者. 宁波知识产权工作报告（2021 年）[R]. [出版地不详]: ipreport, 2022." == both.splitlines()[1]


def test_bibtex_has_an_entry_for_each_language():
    """The year is that of the edition, not the one that the figures describe; the key holds no character to escape."""
    text = cited_texts([NINGBO, CHINESE], BASE)["bib"]

    assert ["ipreport-330200-2021-en", "ipreport-330200-2021-zh"] == re.findall(r"@techreport\{([\w-]+),", text)
    assert "  title = {{Intellectual property in Ningbo, 2021}},\n" in text
    assert "  year = {2022},\n  month = apr,\n" in text
    assert "  url = {https://example.org/reports/330200-2021/zh/index.html},\n" in text
    assert text.count("{") == text.count("}")


def test_latex_prints_what_stands_there():
    """Each of the ten characters that LaTeX reads as a command, and Chinese, which stays."""
    assert r"\#1 \& 50\% \_a\_ \$ \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{} 宁波" == latex(
        "#1 & 50% _a_ $ {x} ~ ^ \\ 宁波"
    )


def test_place_with_special_characters_breaks_no_format():
    """A name with a quote, a colon and a brace is the same name after reading it back."""
    odd = replace(NINGBO, place='O\'Brien: "A & B" {100 %} #1')
    texts = cited_texts([odd], BASE)

    assert odd.title == yaml.safe_load(texts["cff"])["title"]
    assert r"A \& B" in texts["bib"]
    assert r"\{100 \%\} \#1" in texts["bib"]


@pytest.mark.parametrize("report", [NINGBO, CHINESE, replace(NINGBO, dated="", version="")])
@pytest.mark.parametrize("base", ["", BASE])
def test_cff_keeps_the_rules_of_the_schema(report, base):
    """CFF 1.2.0: required keys, none that the schema does not know, a whole date or none, a year that is a number."""
    entry = yaml.safe_load(cited_texts([report], base)["cff"])
    root = {"cff-version", "message", "type", "title", "authors", "version", "date-released", "license", "url",
            "keywords", "preferred-citation"}  # fmt: skip
    reference = {"type", "title", "authors", "institution", "year", "month", "url", "languages", "notes"}

    assert {"cff-version", "message", "title", "authors"} <= set(entry) <= root
    assert {"type", "title", "authors"} <= set(entry["preferred-citation"]) <= reference
    assert "1.2.0" == entry["cff-version"]
    assert "dataset" == entry["type"]
    assert ("url" in entry) == bool(base)
    assert all(isinstance(word, str) for word in entry["keywords"])
    if "date-released" in entry:
        assert report.dated == date.fromisoformat(entry["date-released"]).isoformat()
    assert (2022 if report.dated else None) == entry["preferred-citation"].get("year")
    assert {NINGBO: True}.get(report, False) == ("date-released" in entry)


def test_citations_of_a_report(shelf):
    """One call for whoever makes a report: three texts by the ending of their file."""
    texts = citations(made_report(shelf / "990100-2021" / "zh"), BASE)

    assert {"cff", "bib", "txt"} == set(texts)
    assert all("试验市" in text for text in texts.values())
