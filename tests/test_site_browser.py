"""The pages of the site in a real browser: with and without scripts, from disk and over http."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import launched, needs_browser, opened
from playwright.sync_api import expect
from report_folders import standing

from analysis import paths
from analysis.site_files import write_site
from analysis.social_cards import SocialCard

pytestmark = needs_browser
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
PAGES = ("index.html", "index.zh.html", "compare.html", "compare.zh.html")
PLACES = {"330200-2021", "330200-2020", "440300-2021", "330000-2021", "000000-2021"}
ENTRIES, ROWS = ".editions > li:visible", ".indicator:visible tbody tr:not([hidden])"


@pytest.fixture(scope="module")
def browser():
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site of five reports on four places in two years, made from the published figures."""
    output = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SocialCard, "picture", lambda self: b"PNG")
        standing(output, paths.DATA, *(f"{place}/{language}" for place in PLACES for language in ("en", "zh")))
        write_site(output)
    return output


@pytest.fixture
def index(browser, site):
    with opened(browser, site / "index.html", viewport=DESKTOP) as found:
        yield found
        assert [] == found.wrong


@pytest.fixture
def compare(browser, site):
    with opened(browser, site / "compare.html", viewport=DESKTOP) as found:
        yield found
        assert [] == found.wrong


def listed(page):
    """The reports in sight."""
    return {entry.get_attribute("id") for entry in page.locator(ENTRIES).all()}


def values(page):
    """The values that the choice leaves: (region, year) of each row that is not hidden, folded or not."""
    found = page.evaluate("""() => [...document.querySelectorAll('.indicator:not([hidden]) tbody tr:not([hidden])')]
        .map((row) => [row.closest('.indicator').id, row.dataset.region, row.dataset.year])""")
    return [tuple(each) for each in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", PLACES),
        ("ningbo", {"330200-2021", "330200-2020"}),
        ("  Ning BO ", {"330200-2021", "330200-2020"}),
        ("宁波", {"330200-2021", "330200-2020"}),
        ("３３０２", {"330200-2021", "330200-2020"}),
        ("深", {"440300-2021"}),
        ("000000", {"000000-2021"}),
        ("nowhere", set()),
    ],
)
def test_a_report_is_found_by_place(index, typed, found):
    """By its name in English or Pinyin, in Chinese, or by its code, in part and in full-width digits as well."""
    index.fill("#place", typed)

    assert found == listed(index)
    assert str(len(found)) == index.locator("#found").inner_text()
    assert (not found) == index.locator("#none").is_visible()


def test_a_report_is_found_by_year(index):
    """Year and place together; headings of levels without a report left are gone."""
    index.select_option("#year", "2020")

    assert {"330200-2020"} == listed(index)
    assert ["Cities"] == index.locator("main h2:visible").all_inner_texts()
    index.fill("#place", "shenzhen")
    assert set() == listed(index)


def test_going_back_keeps_what_was_looked_for(index, site):
    """A reader who opens a report and comes back finds the list as it was left."""
    index.fill("#place", "ningbo")
    index.select_option("#year", "2020")
    index.click("#\\33 30200-2020 .title a")
    assert index.url.endswith("330200-2020/en/index.html")
    index.go_back()

    expect(index.locator("#place")).to_have_value("ningbo")
    assert {"330200-2020"} == listed(index)


@pytest.mark.parametrize("name", PAGES)
def test_everything_is_there_without_scripts(browser, site, name):
    """The same words, no control that would do nothing, and every value behind its indicator's name."""
    with opened(browser, site / name, viewport=DESKTOP) as page:
        with_scripts = page.evaluate("[...document.querySelectorAll('main li, main tr')].map((each) => each.innerText)")
    with opened(browser, site / name, viewport=DESKTOP, java_script_enabled=False) as page:
        assert page.locator("form").is_hidden()
        assert len(with_scripts) == page.locator("main li, main tr").count() > 5
        if name.startswith("compare"):
            page.locator("#gdp_per_resident > summary").click()
            assert 3 <= page.locator("#gdp_per_resident tbody tr").count()
            assert page.locator("#gdp_per_resident tbody tr").last.is_visible()
        else:
            assert listed(page) == PLACES


@pytest.mark.fault(21)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_for_but_the_file(browser, site, name):
    """With the network off nothing is missing; the policy stops nothing of ours."""
    with opened(browser, site / name, viewport=DESKTOP) as page:
        assert [(site / name).as_uri()] == page.asked
        assert [] == page.wrong
        assert page.locator("form").is_visible()


def test_policy_stops_what_is_not_ours(index):
    """A script and a request that somebody got into the page do nothing."""
    index.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "taken"';
        document.body.append(script);
    }""")
    stopped = index.evaluate("fetch('https://example.org/').then(() => false, () => true)")

    assert "taken" != index.title()
    assert stopped
    assert any("Content Security Policy" in each for each in index.wrong)
    index.wrong.clear()


def test_a_choice_stands_in_the_address_and_can_be_shared(compare, browser, site):
    """Tick two boxes: rows go, the address tells; whoever opens that address sees the same."""
    compare.locator("summary", has_text="Indicators").click()
    compare.check('input[value="gdp_per_resident"]')
    compare.locator("summary", has_text="Regions").click()
    compare.check('input[value="330200"]')
    expected = [("gdp_per_resident", "330200", "2021"), ("gdp_per_resident", "330200", "2020")]

    assert expected == values(compare)
    assert "#region=330200&indicator=gdp_per_resident" == compare.evaluate("location.hash")
    assert 2 == compare.locator(ROWS).count()
    with opened(browser, site / "compare.html") as other:
        other.goto(compare.evaluate("location.href"))
        other.reload()
        assert expected == values(other)
        assert other.locator('input[value="330200"]').is_checked()
        assert other.locator("#gdp_per_resident").get_attribute("open") is not None


def test_another_address_is_another_choice(compare):
    """Followed within the page, such as by the button back."""
    everything = values(compare)
    compare.evaluate("location.hash = 'year=2020'")
    expect(compare.locator("tbody tr[hidden]")).not_to_have_count(0)

    assert {"2020"} == {year for _, _, year in values(compare)}
    compare.locator('button[type="reset"]').click()
    expect(compare.locator("tbody tr[hidden]")).to_have_count(0)
    assert everything == values(compare)
    assert "" == compare.evaluate("location.hash")


@pytest.mark.parametrize("hash", ["#region=999999", "#year=", "#<img src=x onerror=alert(1)>", "#%E0%A4%A", "#main"])
def test_an_address_that_says_nothing_shows_everything(compare, hash):
    """What is not among the boxes is passed over, and nothing of it gets into the page."""
    everything = values(compare)
    compare.evaluate("hash => { location.hash = hash; }", hash)
    compare.reload()

    assert everything == values(compare)
    assert 0 == compare.locator("img").count()


def test_a_link_to_an_indicator_opens_it(browser, site):
    """compare.html#gdp_per_resident leads to the values, not to a folded line."""
    with opened(browser, site / "compare.html") as page:
        page.goto(f"{(site / 'compare.html').as_uri()}#gdp_per_resident")
        page.reload()

        assert page.locator("#gdp_per_resident tbody tr").first.is_visible()


def test_what_may_not_be_ranked_says_so_beside_the_values(compare):
    """GDP per resident is marked in the codebook: the reason is in sight together with the values."""
    compare.locator("#gdp_per_resident > summary").click()
    text = compare.locator("#gdp_per_resident").inner_text()

    assert "To be compared with care; not ranked" in text
    assert "What it counts is not quite the same everywhere." in text
    assert not {"Place", "1st"} & set(text.split())


def test_a_value_leads_to_its_card(compare):
    """From the comparison to the number in the report that it comes from."""
    compare.locator("#gdp_per_resident > summary").click()
    compare.locator('#gdp_per_resident tr[data-region="330200"] a').first.click()

    assert compare.url.endswith("330200-2021/en/index.html#gdp_per_resident")
    assert 1 == compare.locator("#gdp_per_resident").count()


def test_short_address_leads_to_the_newest_report(browser, site):
    """Of 2020 and 2021 that is 2021, in the language of the address, with no script."""
    with opened(browser, site / "330200" / "index.zh.html", java_script_enabled=False) as page:
        page.wait_for_url("**/330200-2021/zh/index.html")


def test_site_works_over_http_and_asks_no_other_host(browser, site):
    """Served from a folder below the root: search, choice and short address work, and only this host is asked."""
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *arguments: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/{site.name}"
    context = browser.new_context(viewport=DESKTOP)
    try:
        page = context.new_page()
        asked, wrong = [], []
        page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(f"{base}/index.html")
        page.fill("#place", "ningbo")
        assert {"330200-2021", "330200-2020"} == listed(page)
        page.goto(f"{base}/compare.html#year=2020")
        assert {"2020"} == {year for _, _, year in values(page)}
        page.goto(f"{base}/330200/")
        page.wait_for_url("**/330200-2021/en/index.html")
        assert {f"127.0.0.1:{server.server_port}"} == set(asked)
        assert not [each for each in wrong if "favicon" not in each and "404" not in each]
    finally:
        context.close()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_a_small_phone(browser, site, name):
    """At 320 px the page is as wide as the screen, also with everything unfolded; a table scrolls in its own frame."""
    with opened(browser, site / name, viewport=PHONE) as page:
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")

        assert PHONE["width"] == page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser, site, name, scheme, viewport):
    """No rule of axe is broken, with everything unfolded: in light and dark, on desktop and phone."""
    with opened(browser, site / name, viewport=viewport, color_scheme=scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]

        assert {} == {each["id"]: [node["target"] for node in each["nodes"]][:5] for each in found}


@pytest.mark.parametrize("name", ["index.html", "compare.html"])
def test_every_control_shows_its_focus_and_has_a_name(browser, site, name):
    """By keyboard alone: the first thirty stops are seen (an outline) and heard (a name)."""
    with opened(browser, site / name, viewport=DESKTOP) as page:
        page.click("h1")
        for _ in range(30):
            page.keyboard.press("Tab")
            tag, named, outline = page.evaluate("""() => {
                const at = document.activeElement;
                const label = at.labels && at.labels[0] ? at.labels[0].textContent : '';
                return [at.tagName, (at.getAttribute('aria-label') || label || at.textContent).trim(),
                        getComputedStyle(at).outlineStyle];
            }""")

            assert "BODY" != tag
            assert named
            assert "none" != outline, named
