"""The report as a reader meets it: in a real browser, by mouse, touch and keyboard, in the dark, on paper, offline."""

import csv
import io
import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import launched, needs_browser, opened
from hostile import FORMULAS

from analysis.cells import guarded
from analysis.codebook import EDITIONS

pytestmark = needs_browser
NUMBER = 'main a[href="#financing_per_firm"]'
CHART = "#cases"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def browser():
    with launched() as found:
        yield found


@pytest.fixture
def page(browser, reports):
    """The report in English on a desktop."""
    with opened(browser, reports / "en" / "index.html", viewport=DESKTOP) as found:
        yield found
        assert [] == found.wrong


def card_is_whole(page) -> None:
    """The open card says what it is of, how it was made, how open it is, and who printed which words when and where."""
    text = page.locator("#card-dialog").inner_text()

    assert page.evaluate("document.getElementById('card-dialog').open")
    assert "Pledge financing per firm" == page.locator("#card-title").inner_text()
    assert "11.9 billion yuan ÷ 291 firms = 40.89 million yuan" in text
    assert "40.721 to 41.066 million yuan" in text
    assert "质押融资金额119亿元" in text
    assert re.search(r"宁波日报.*2022-04-27", text, re.S)
    assert "ipreport show financing_per_firm --region 330200 --year 2021" in text
    assert page.locator("#card-dialog .body > ul a[href^='http']").count() == 2


def test_a_number_opens_its_card_by_mouse_and_escape_leads_back(page):
    """One click from the number to the words of its source, in place; after Escape the number has the focus again."""
    at = page.evaluate("scrollY")
    page.click(NUMBER)
    card_is_whole(page)
    page.keyboard.press("Escape")

    assert not page.evaluate("document.getElementById('card-dialog').open")
    assert "#financing_per_firm" == page.evaluate("document.activeElement.hash")
    assert page.evaluate("scrollY") - at < DESKTOP["height"]


def test_a_number_opens_its_card_by_keyboard(page):
    """Enter on a number opens the card, the title is read first, and Tab stays inside."""
    page.focus(NUMBER)
    page.keyboard.press("Enter")
    card_is_whole(page)

    assert "card-title" == page.evaluate("document.activeElement.id")
    for _ in range(12):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || document.activeElement.closest('#card-dialog') !== null"
        assert page.evaluate(inside)


def test_a_number_opens_its_card_by_touch(browser, reports):
    """A tap opens the card as a sheet that leaves room to tap beside it; a tap there closes it."""
    with opened(browser, reports / "en" / "index.html", viewport=PHONE, has_touch=True) as page:
        page.tap(NUMBER)
        card_is_whole(page)
        page.touchscreen.tap(160, 20)

        assert not page.evaluate("document.getElementById('card-dialog').open")


def test_cards_lead_to_cards_and_back(page):
    """From the ratio to the amount it was made of, and back by the button, which is there only when it can be used."""
    page.click(NUMBER)
    assert page.locator("#card-dialog .previous").is_hidden()
    page.click('#card-dialog a[href="#pledge_financing_amount"]')
    assert "Financing on pledged intellectual property, 2021" == page.locator("#card-title").inner_text()
    page.click("#card-dialog .previous")

    assert "Pledge financing per firm" == page.locator("#card-title").inner_text()
    assert page.locator("#card-dialog .previous").is_hidden()


def test_the_card_of_another_year_says_what_and_when(page):
    """A number of another year, which stands in the list in one line, has a title and its publication in full."""
    page.locator('main a[href="#patents_granted-2019"]').first.click()
    text = page.locator("#card-dialog").inner_text()

    assert "Patents granted, 2019" == page.locator("#card-title").inner_text()
    assert "about 47,000 patents" in text
    assert page.locator("#card-dialog .body a[href^='http']").count() >= 1


def test_the_card_of_a_peer_stands_in_the_order_of_its_place(page):
    """A peer's number opens its entry in the list of places: what, where and when, the words, the publication."""
    page.locator('main a[href="#valid_utility_models-440300-2021"]').first.dispatch_event("click")
    text = page.locator("#card-dialog .body").inner_text()

    assert "Utility models in force, Shenzhen, 2021" == page.locator("#card-title").inner_text()
    assert text.strip().startswith("491,002")
    assert "Shenzhen 2021 491002" in text
    assert page.locator("#card-dialog .body a[href^='http']").count() >= 1
    assert 1 == page.locator(".ranked #valid_utility_models-440300-2021").count()


@pytest.mark.parametrize("language", EDITIONS)
def test_the_page_is_light(reports, language):
    """The page of the default report, with its cards, pictures and script and without fonts, is below 400 KB."""
    assert (reports / language / "index.html").stat().st_size < 400_000


def test_every_number_opens_a_card(page):
    """No link of the chapters to a card is dead: each opens a card with a title."""
    opened_titles = page.evaluate("""() => {
        const titles = [];
        for (const link of document.querySelectorAll('main > section:not(.cards) a')) {
            const card = document.getElementById(link.getAttribute('href').slice(1));
            if (!card || !card.closest('.cards')) continue;
            link.click();
            const dialog = document.getElementById('card-dialog');
            titles.push(dialog.open ? document.getElementById('card-title').textContent : '');
            dialog.close();
        }
        return titles;
    }""")

    assert len(opened_titles) > 500
    assert "" not in opened_titles


@pytest.mark.parametrize("language", EDITIONS)
def test_the_report_is_complete_without_scripts(browser, reports, language):
    """The same words are there, and a number leads to its card at the end of the report."""
    file = reports / language / "index.html"
    with opened(browser, file, viewport=DESKTOP) as page:
        with_scripts = page.evaluate("document.querySelector('main').textContent")
    with opened(browser, file, viewport=DESKTOP, java_script_enabled=False) as page:
        assert with_scripts == page.locator("main").text_content()
        page.locator(NUMBER).first.click()
        card = page.locator("#financing_per_firm")

        assert page.url.endswith("#financing_per_firm")
        assert 0 <= card.bounding_box()["y"] < DESKTOP["height"]


@pytest.mark.parametrize("language", EDITIONS)
def test_nothing_is_asked_for_but_the_file(browser, reports, language):
    """With the network off nothing is missing, because nothing but the file is asked for."""
    with opened(browser, reports / language / "index.html", viewport=DESKTOP) as page:
        page.locator(NUMBER).first.click()

        assert [(reports / language / "index.html").as_uri()] == page.asked
        assert [] == page.wrong


def test_the_contents_follow_the_reader(page):
    """The entry of the section in sight is marked, and it is in sight itself."""
    for section in ("value-what-was-published", "peer-cities-what-place-does-it-take"):
        page.evaluate(f"document.getElementById('{section}').scrollIntoView()")
        marked = page.locator(f"#contents a[aria-current='location'][href='#{section}']")
        marked.wait_for()
        box = marked.bounding_box()

        assert 1 == page.locator("#contents a[aria-current]").count()
        assert 0 <= box["y"] <= DESKTOP["height"] - box["height"]


@pytest.mark.parametrize("language", EDITIONS)
@pytest.mark.parametrize(
    ("screen", "last"), [(DESKTOP, 5), ({"width": 390, "height": 844}, 1)], ids=["desktop", "phone"]
)
def test_the_first_screen_holds_the_point_and_the_headline_numbers(browser, reports, language, screen, last):
    """Without scrolling: the three sentences and all six numbers; on a phone the sentences and the first two."""
    with opened(browser, reports / language / "index.html", viewport=screen) as page:
        point = page.locator("main section").first.locator("p").first.bounding_box()
        numbers = [value.bounding_box() for value in page.locator(".headlines .value a").all()]

    assert 6 == len(numbers)
    assert 0 < point["y"] < numbers[0]["y"]
    assert numbers[last]["y"] + numbers[last]["height"] < screen["height"]


def test_charts_follow_the_dark(browser, reports):
    """Ink, paper and bars of a chart have other colours in the dark, and labels stay readable: light on dark."""
    colours = {}
    for scheme in ("light", "dark"):
        with opened(browser, reports / "en" / "index.html", viewport=DESKTOP, color_scheme=scheme) as page:
            colours[scheme] = page.evaluate(f"""() => {{
                const of = (what) => getComputedStyle(document.querySelector('{CHART} svg ' + what)).fill;
                return [of('text'), of('path[fill="#0072b2"]'), getComputedStyle(document.body).backgroundColor];
            }}""")

    assert ["rgb(34, 34, 34)", "rgb(0, 114, 178)", "rgb(255, 255, 255)"] == colours["light"]
    assert ["rgb(227, 231, 235)", "rgb(76, 176, 238)", "rgb(20, 24, 29)"] == colours["dark"]


def downloaded(page, chart: str, kind: str) -> str:
    with page.expect_download() as waiting:
        page.click(f'{chart} a[href$=".{kind}"]')
    assert f"{chart[1:]}.{kind}" == waiting.value.suggested_filename
    return waiting.value.path().read_text(encoding="utf-8")


def test_a_chart_downloads_the_data_that_it_shows(page, reports):
    """The CSV made in the page holds what the folded table shows, and is the file beside the report byte for byte."""
    text = downloaded(page, CHART, "csv")
    shown = page.evaluate(f"""() => [...document.querySelector('{CHART} table').rows].map(
        (row) => [...row.cells].map((cell) => cell.textContent))""")

    assert shown == list(csv.reader(io.StringIO(text)))
    assert (reports / "en" / "charts" / "cases.csv").read_text(encoding="utf-8") == text
    assert ["IP cases received by the courts", "2,586 cases"] in shown


def test_a_table_made_in_the_page_runs_nothing(page):
    """The page guards texts and leaves numbers alone as the files do, whatever a cell holds."""
    cells = page.locator(f"{CHART} tbody tr > *")
    texts = [*(text for text in FORMULAS if "\r" not in text), "-4.3", "'=1+1"]
    for position, text in enumerate(texts):
        cells.nth(position).evaluate("(cell, text) => { cell.textContent = text; }", text)
    _, *rows = csv.reader(io.StringIO(downloaded(page, CHART, "csv")))

    assert [guarded(text) for text in texts] == [cell for row in rows for cell in row][: len(texts)]


def test_a_chart_downloads_the_picture_that_it_shows(page, reports):
    """The SVG made in the page has the same labels and shapes, its text as text, and a size of its own."""
    text = downloaded(page, CHART, "svg")
    kept = (reports / "en" / "charts" / "cases.svg").read_text(encoding="utf-8")
    labels = re.compile(r"<text[^>]*>([^<]+)</text>")
    shapes = re.compile(r' d="([^"]+)"')

    assert labels.findall(kept) == labels.findall(text)
    assert shapes.findall(kept) == shapes.findall(text)
    assert re.search(r'width="475\.2pt"', text)


@pytest.mark.parametrize("language", EDITIONS)
def test_nothing_scrolls_sideways_on_a_small_phone(browser, reports, language):
    """At 320 px the page is as wide as the screen; what is wider scrolls in its own frame."""
    with opened(browser, reports / language / "index.html", viewport=PHONE) as page:
        assert PHONE["width"] == page.evaluate("document.documentElement.scrollWidth")
        page.locator(NUMBER).first.click()
        assert page.evaluate("document.getElementById('card-dialog').scrollWidth") <= PHONE["width"]


def test_on_paper_everything_is_open_and_controls_are_gone(page):
    """Printed, the data of each chart are there, and buttons, downloads and the contents button are not."""
    page.emulate_media(media="print")

    assert page.locator(f"{CHART} table").is_visible()
    assert not [name for name in (".up", ".files", ".skip", "dialog") if page.locator(name).first.is_visible()]


def test_motion_is_reduced_for_those_who_ask(browser, reports):
    """The page glides to its places, except for readers who asked their system for less motion."""
    behaviour = {}
    for wish in ("reduce", "no-preference"):
        with opened(browser, reports / "en" / "index.html", reduced_motion=wish) as page:
            behaviour[wish] = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")

    assert {"reduce": "auto", "no-preference": "smooth"} == behaviour


def test_every_control_shows_its_focus_and_has_a_name(page):
    """By keyboard alone: the first forty stops are seen (an outline) and heard (a name)."""
    page.click("h1")
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate("""() => {
            const at = document.activeElement;
            const name = at.getAttribute('aria-label') || at.getAttribute('aria-labelledby') || at.textContent;
            return [at.tagName, name.trim(), getComputedStyle(at).outlineStyle];
        }""")

        assert stop[0] != "BODY"
        assert stop[1]
        assert "none" != stop[2], stop


AXE = {"resultTypes": ["violations"]}


def violations(page) -> dict[str, list[str]]:
    """What axe finds, by rule, with the places."""
    found = Axe().run(page, options=AXE).response["violations"]
    return {each["id"]: [json.dumps(node["target"]) for node in each["nodes"]][:5] for each in found}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", EDITIONS)
def test_axe_finds_nothing(browser, reports, language, scheme, viewport):
    """No rule of axe (WCAG 2.2 A and AA, and good practice) is broken: in light and dark, on desktop and phone."""
    with opened(browser, reports / language / "index.html", viewport=viewport, color_scheme=scheme) as page:
        assert {} == violations(page)


def test_axe_finds_nothing_in_an_open_card_or_on_paper(page):
    """A card that is open, and the page as it is printed, break no rule either."""
    page.click(NUMBER)
    assert {} == violations(page)
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    assert {} == violations(page)


@pytest.mark.parametrize("language", EDITIONS)
def test_no_description_is_filler(browser, reports, language):
    """The description of a chart says something of its data: a number at least, and not that it is a picture."""
    with opened(browser, reports / language / "index.html") as page:
        told = page.evaluate("[...document.querySelectorAll('svg')].map((each) => each.getAttribute('aria-label'))")

    assert len(told) > 10
    assert not [each for each in told if not re.search(r"\d", each) or len(each) < 30]
    assert len(set(told)) == len(told)
    assert not [each for each in told if re.search(r"\b(image|picture|no description)\b|图片", each, re.I)]
