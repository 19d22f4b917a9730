"""What the pages of the site have in common: a policy that lets nothing in, and addresses that are ones."""

import base64
import hashlib
import re

import pytest
from bs4 import BeautifulSoup
from report_folders import vintage

from analysis.errors import BadParameter
from analysis.site_comparison import compared
from analysis.site_files import write_site
from analysis.site_frames import Site, base_address
from analysis.site_pages import index_page
from analysis.site_reports import site_reports
from analysis.site_voices import VOICES

BASE = "https://example.org/reports/"
pytestmark = pytest.mark.usefixtures("quick_cards")


@pytest.fixture
def pages(shelf, tiny):
    """Every page of the site with an address, by its name."""
    made = write_site(shelf, BASE, tiny)
    return {name: (shelf / name).read_text(encoding="utf-8") for name in made.files if name.endswith(".html")}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org", "https://example.org/"),
        ("http://localhost:8000/a/", "http://localhost:8000/a/"),
        ("https://xn--fsqu00a.cn/~ip", "https://xn--fsqu00a.cn/~ip/"),
    ],
)
def test_address_ends_with_a_slash(text, address):
    """Names of files are put behind it."""
    assert address == base_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "example.org", "//example.org", "ftp://example.org", "javascript:alert(1)", "https://", "https://u:p@example.org",
        "https://example.org/?a=b", "https://example.org/#a", "https://例子.cn/", "https://example.org/a b",
        'https://example.org/"><script>', "https://example.org:99999/", "https://example.org\n", "https://[::1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text):
    """The message shows what was given and what an address looks like."""
    with pytest.raises(BadParameter, match=r"is not the address of a site; expected something like https://"):
        base_address(text)


def test_policy_lets_in_the_one_script_and_nothing_else(pages):
    """default-src 'none'; the script of the page, if it has one, is allowed by its own hash."""
    for name, text in pages.items():
        page = BeautifulSoup(text, "html.parser")
        policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"].split("; ")
        scripts = [
            f"'sha256-{base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()}'"
            for found in re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
        ]

        assert "default-src 'none'" == policy[0]
        assert f"script-src {' '.join(scripts) or chr(39) + 'none' + chr(39)}" == policy[1], name
        assert {"style-src 'unsafe-inline'", "img-src data: 'self'", "base-uri 'none'", "form-action 'none'"} == set(
            policy[2:]
        )


def test_pages_ask_nothing_of_another_host(pages):
    """No script, style, picture or font from anywhere; a link is not asked for before it is followed."""
    for name, text in pages.items():
        page = BeautifulSoup(text, "html.parser")

        assert [] == page.select("script[src], link[rel=stylesheet], img, iframe, object, embed, source"), name
        assert not re.search(r"url\(|@import", text), name


def test_pages_of_other_languages_are_named(pages):
    """Each page says which pages say the same in another language, itself included, with addresses in full."""
    page = BeautifulSoup(pages["990100/2021.zh.html"], "html.parser")
    found = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
    stem = f"{BASE}990100/2021"

    expected = {"en": "", "x-default": "", "zh-Hans": ".zh", "zh-Hant": ".zh-Hant"}
    assert {language: f"{stem}{ending}.html" for language, ending in expected.items()} == found
    assert "zh-Hans" == page.html["lang"]


def test_shared_address_shows_the_card_of_its_report(pages):
    """og:image is an address in full, of the report's year and the page's language."""
    page = BeautifulSoup(pages["990100/index.zh.html"], "html.parser")
    named = {tag["property"]: tag["content"] for tag in page.select("meta[property]")}

    assert f"{BASE}cards/990100-2021-zh.png" == named["og:image"]
    assert ("1200", "630") == (named["og:image:width"], named["og:image:height"])
    assert "试验市" in named["og:image:alt"]
    assert f"{BASE}990100/index.zh.html" == named["og:url"] == page.find("link", rel="canonical")["href"]


def test_without_an_address_no_page_names_one(shelf, tiny):
    """og:image and canonical need an address in full; half a one would be wrong."""
    text = index_page(Site([], [], data=tiny), VOICES[0])

    assert not re.search(r"\"og:|twitter:|canonical|https?://", text)


def test_text_from_data_is_never_markup(shelf, tiny, tmp_path):
    """A name that looks like a script is shown as it is written."""
    named = ("regions.csv", "990100,Testville,试验市", '990100,"<script>alert(1)</script>""\'",<b>市')
    data = vintage(tiny, tmp_path / "other", named)
    reports, _ = site_reports(shelf, data)
    text = index_page(Site(reports, compared(reports, data), BASE, data), VOICES[0])

    assert 1 == text.count("<script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\"'" in text
    assert "<b>" not in text
