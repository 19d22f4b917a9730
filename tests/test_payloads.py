"""What a text from outside can do in a report: nothing. Every place of a notebook, and three walls one by one.

The first wall is that all text is escaped where it is written, the second that the finished page is sanitised, the
third the policy that the page carries. Each wall is seen to hold with those before it taken away, and with all of them
taken away the same payloads fire, so that these tests are known to see what they look for.
"""

import io
import shutil
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zipfile import ZipFile

import pikepdf
import pytest
from browser import launched, needs_browser
from hostile import PAYLOADS, plant
from markupsafe import Markup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from payloads import ELSEWHERE, WORD, payload, refused, shown
from report_folders import CITY, standing
from test_downloads import book_of

from analysis import hypertext, render
from analysis.citation import citations
from analysis.dataset import dataset
from analysis.downloads import write_downloads
from analysis.errors import RenderingError
from analysis.layout import TABLE_MIME
from analysis.render import book, html, html_with_charts, pdf
from analysis.report import load_report
from analysis.site_files import write_site
from analysis.typesetting import Manuscript

SHOWN, REFUSED = shown(), refused()
CARD = {
    "id": "figure-planted",
    "title": payload("title of a card"),
    "rows": [[payload("label"), payload("card")]],
    "sources": [
        {part: payload(part) for part in ("label", "phrase", "publisher", "title", "date", "reliability", "note")}
        | {"url": "https://example.org/\"'><script>alert('url')</script>", "printed": payload("printed")}
    ],
}


def planted(*cells, **more):
    """A book with a heading and cells, whose metadata are planted too."""
    titles = {"title": payload("book"), "subtitle": payload("subtitle"), "language": "en"}
    chapter = new_notebook(cells=[new_markdown_cell("# A chapter"), *cells])
    chapter.metadata |= {"title": payload("metadata"), "widgets": {"application/vnd.jupyter.widget-state+json": {}}}
    made = book([chapter], **titles, cards=[CARD], labels={"back": payload("word")}, **more)
    made.metadata["title"] = payload("metadata")
    return made


def everything():
    """All that a page shows, in one book."""
    around = {
        "languages": [{"href": "../zh/index.html", "label": payload("tongue"), "lang": payload("tag")}],
        "downloads": [{"href": "report.pdf", "label": payload("download"), "size": payload("size"), "bytes": 1}],
        "edition": "--region 990100 --year 2021",
        "files": True,
        "dataset": {"name": f"</script>{payload('dataset')}"},
    }
    link = new_markdown_cell("[A number](#figure-planted).")
    return planted(*(cell for cells in SHOWN.values() for cell in cells), link, **around)


@contextmanager
def outside():
    """Another host, which answers nothing: its address, and what it was asked for."""
    asked = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_HEAD = do_GET

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


@contextmanager
def seen(browser, path, **settings):
    """A page opened from the disk, unfolded, and each of its own links clicked.

    Its attribute ``dialogs`` holds what dialogs said, ``wrong`` what the console and scripts did.
    """
    context = browser.new_context(reduced_motion="reduce", **settings)
    page = context.new_page()
    page.dialogs, page.wrong, page.asked = [], [], []
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(path.as_uri())
    page.evaluate("""() => {
        document.querySelectorAll('details').forEach((each) => { each.open = true; });
        document.querySelectorAll('a[href^="#"], a[href^="javascript:" i]').forEach((each) => { each.click(); });
    }""")
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


@pytest.fixture(scope="module")
def browser():
    with launched() as found:
        yield found


@pytest.fixture
def no_escaping(monkeypatch):
    """The first wall taken away: the writer of HTML takes all text for markup."""
    monkeypatch.setattr(hypertext, "escape", Markup)


@pytest.fixture
def no_sanitising(monkeypatch):
    """The second wall taken away."""
    monkeypatch.setattr(render, "sanitised", lambda page: page)


@needs_browser
@pytest.mark.fault(17)
@pytest.mark.fault(18)
@pytest.mark.fault(20)
@pytest.mark.fault(21)
def test_every_place_of_a_notebook_shows_the_text_and_nothing_runs(browser, tmp_path):
    """No dialog, no request, no error in the console; each payload can be read; headings, tables, captions stand."""
    path = tmp_path / "index.html"
    path.write_text(html(everything()), encoding="utf-8")
    with seen(browser, path, viewport={"width": 1280, "height": 900}) as page:
        assert [] == page.dialogs
        assert [path.as_uri()] == page.asked
        assert [] == page.wrong
        text = page.evaluate("document.body.textContent")
        places = {"frame", "column", "series name", "printed", "coloured", "markdown", "code", "markdown table"}
        places |= {"tabulate", "tabulate unsafe", "latex", "cell", "block", "indented", "quote", "heading", "caption"}
        places |= {"head", "row", "linked", "title of a chart", "letters", "value", "card", "phrase", "book"}
        assert set() == {each for each in places if f"{WORD}<script>alert('{each}')</script>" not in text}
        stand = ("h1", "#a-chapter", "h3", "main table", "main caption", "main th[scope=row]", "figure", "dialog")
        assert (1, 1, 2, 3, 2, 5, 1, 1) == tuple(page.locator(each).count() for each in stand)
        assert 0 == page.locator("img, iframe, object, embed, form, link, base, main script, main style").count()
        assert {"https:"} == set(page.evaluate("[...document.links].map((a) => a.protocol)")) - {"file:"}


def test_text_cannot_leave_the_style_that_it_stands_in():
    """The options of a report stand in a style of the page, from which no address of another host may follow."""
    with pytest.raises(RenderingError, match="style of <section>"):
        html(planted(new_markdown_cell("[1](#figure-planted)"), edition=f"'; background: url({ELSEWHERE})"))


@pytest.mark.fault(18)
@pytest.mark.fault(19)
@pytest.mark.fault(26)
@pytest.mark.fault(27)
@pytest.mark.parametrize("render", [html, pdf])
@pytest.mark.parametrize("place", REFUSED)
def test_what_a_report_has_no_place_for_is_refused(place, render):
    """Dropped, it would be missing without a word; the message names the form and the heading before it."""
    cells, said = REFUSED[place]
    with pytest.raises(RenderingError, match=said) as caught:
        render(planted(*cells))

    assert "after the heading 'A chapter'" in str(caught.value)
    assert "alert(" not in str(caught.value) or place in ("error", "alternative text")


@pytest.mark.fault(17)
@pytest.mark.fault(18)
@pytest.mark.parametrize("place", SHOWN)
def test_second_wall_alone(place, no_escaping):
    """Where text is written as markup, the sanitiser refuses the page, and says what it found."""
    link = new_markdown_cell("[A number](#figure-planted).")
    with pytest.raises(RenderingError, match=r"the page holds .*<(iframe|img|script|style)>"):
        html(planted(*SHOWN[place], link))


@needs_browser
@pytest.mark.fault(17)
@pytest.mark.fault(18)
@pytest.mark.fault(21)
def test_third_wall_alone(browser, tmp_path, no_escaping, no_sanitising):
    """With the payloads in it as markup, the policy of a page opened from the disk lets none run, and none ask."""
    page_of, path = html(everything()), tmp_path / "index.html"
    with outside() as (address, asked):
        path.write_text(page_of.replace(ELSEWHERE, address), encoding="utf-8")
        with seen(browser, path) as page:
            assert 0 < page.locator("main img").count()
            assert [] == page.dialogs
            assert any("Content Security Policy" in each for each in page.wrong)
    assert [] == asked


@needs_browser
def test_without_the_walls_the_same_payloads_fire(browser, tmp_path, no_escaping, no_sanitising):
    """So that the tests above are known to see what they look for."""
    page_of, path = html(everything()), tmp_path / "index.html"
    with outside() as (address, asked):
        unguarded = page_of.replace("Content-Security-Policy", "x-none")
        path.write_text(unguarded.replace(ELSEWHERE, address), encoding="utf-8")
        with seen(browser, path) as page:
            assert 10 < len(page.dialogs)
    assert 10 < len(asked)


@needs_browser
@pytest.mark.fault(17)
@pytest.mark.fault(77)
@pytest.mark.usefixtures("quick_cards")
def test_texts_of_the_data_do_nothing_in_the_report_and_the_site(browser, tiny, tmp_path):
    """Names, notes, phrases, titles and definitions begin with every payload: no page asks, and none opens a dialog."""
    data = plant(tiny, "".join(PAYLOADS.values()))
    output = standing(tmp_path / "reports", data, f"{CITY}-2021/en", f"{CITY}-2021/zh", f"{CITY}-2020/en")
    report = load_report(CITY, 2021, "en", data)
    made = write_downloads(report, output / f"{CITY}-2021" / "en")
    page_of = html(book_of(report, dataset=dataset(report, made)))
    (output / f"{CITY}-2021" / "en" / "index.html").write_text(page_of, encoding="utf-8")
    write_site(output, "https://example.org/", data)
    pages = [output / each for each in ("index.html", "index.zh.html", "compare.html", f"{CITY}-2021/en/index.html")]
    for path in pages:
        with seen(browser, path) as page:
            assert ([], [], [path.as_uri()]) == (page.dialogs, page.wrong, page.asked)
            assert 0 == page.locator("img, iframe, object, embed, base, main script, main style").count()
            assert {"http:", "https:", "file:"} >= set(
                page.evaluate("[...document.links].map((a) => a.protocol)")
            )  # fmt: skip


# The PDF

CANARY = "canary-in-the-folder"
TYPST = (
    '#read("canary.txt")', '#include "canary.typ"', '#image("canary.svg")', '#import "@preview/example:0.1.0": *',
    '"); #read("canary.txt"); ("', ']; #read("canary.txt"); #text[', '\\"); #read("canary.txt")', "$ sum_x $", "`raw`",
    "*/ #read(\"canary.txt\") /*", "// comment", "@label <label>", "= Heading", "#eval(\"1+1\")",
)  # fmt: skip
"""What Typst would do something with, if it were taken for markup."""


@pytest.fixture
def canaries(tmp_path, monkeypatch):
    """A folder to stand in, with files that no page may show."""
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>canary-in-the-folder</text></svg>'
    for name, text in {"canary.txt": CANARY, "canary.typ": CANARY, "canary.svg": picture}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text_of(made: bytes) -> str:
    """What a reader of the PDF can search, without white space."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed: the text of the PDF is not looked at")
    run = subprocess.run(["pdftotext", "-", "-"], input=made, capture_output=True, check=True, timeout=60)
    return "".join(run.stdout.decode().split())


def spaceless(text: str) -> str:
    return "".join(text.split())


@pytest.mark.fault(23)
@pytest.mark.fault(24)
@pytest.mark.parametrize("text", TYPST)
def test_markup_of_the_typesetter_is_text_everywhere(canaries, text):
    """In prose, code, tables, charts, cards, titles and outputs: every one can be read as typed, and reads no file."""
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("*", "\\*").replace("<", "\\<").replace("[", "\\[")
    table = {"id": "t", "caption": escaped, "columns": [{"name": escaped}], "rows": [[escaped]], "note": escaped}
    printed = new_code_cell("1", outputs=[new_output("stream", text=text)])
    shown_table = new_code_cell("1", outputs=[new_output("display_data", data={TABLE_MIME: table})])
    card = {
        "id": "c",
        "title": text,
        "rows": [[text, escaped]],
        "sources": [
            {
                "label": text,
                "phrase": text,
                "publisher": text,
                "title": text,
                "date": text,
                "reliability": text,
                "note": text,
                "printed": text,
                "url": "https://example.org/",
            }
        ],
    }
    chapter = new_notebook(
        cells=[new_markdown_cell(f"# {escaped}\n\n{escaped}\n\n> x{escaped}\n\n[1](#c)"), printed, shown_table]
    )
    made = text_of(pdf(book([chapter], title=text, subtitle=text, language="en", cards=[card], labels={"note": text})))

    assert CANARY not in made
    assert 12 <= made.count(spaceless(text))


@pytest.mark.fault(23)
@pytest.mark.fault(26)
@pytest.mark.parametrize("source", ['#read("canary.txt")', '#image("canary.svg")', '#include "canary.typ"'])
def test_typesetter_can_read_no_file_of_the_folder(canaries, source):
    """Not even by markup of its own: nothing but what it is given, and the fonts of the project."""
    with pytest.raises(RenderingError, match="not found"):
        Manuscript(f'#set document(title: "t")\n{source}', {}, []).typeset()


@pytest.mark.fault(17)
@pytest.mark.fault(18)
@pytest.mark.fault(23)
def test_every_place_of_a_notebook_is_text_in_the_pdf(canaries):
    """The payloads can be read, links lead within the file or to the web, and nothing acts."""
    made = pdf(everything())
    text = text_of(made)

    for place in ("frame", "printed", "markdown", "cell", "heading", "head", "row", "title of a chart", "card", "book"):
        assert spaceless(f"{WORD}<script>alert('{place}')</script>") in text.replace("‘", "'").replace("’", "'")
    assert {"http", "https"} >= {address.partition(":")[0] for address in addresses_of(made)}
    assert "root:" not in text


def addresses_of(made: bytes) -> set[str]:
    """Where the links of a PDF lead to; there is no other action, of the file, of a page or of an annotation."""
    with pikepdf.open(io.BytesIO(made)) as file:
        found = [thing for thing in file.objects if isinstance(thing, pikepdf.Dictionary)]
        assert not {"/OpenAction", "/AA", "/AF"} & set(file.Root.keys())
        assert not any({"/JS", "/AA", "/EF", "/Launch"} & set(thing.keys()) for thing in found)
        actions = [mark.A for page in file.pages for mark in page.get("/Annots", []) if "/A" in mark]
        assert {"/URI", "/GoTo"} >= {str(action.S) for action in actions}
        return {str(action.URI) for action in actions if action.S == "/URI"}


# What cannot be seen


HIDDEN = "\u202egnp.exe\u2066\u200b\u200f\u00ad\ufeff\U000e0041"
SHOWN_HIDDEN = "‹U+202E›gnp.exe‹U+2066›‹U+200B›‹U+200F›‹U+00AD›‹U+FEFF›‹U+E0041›"


@pytest.mark.fault(77)
@pytest.mark.usefixtures("quick_cards")
def test_signs_that_nobody_can_see_are_shown_in_every_file(tiny, tmp_path):
    """Those that turn writing around and those without width, in names, notes and phrases: page, PDF, tables, site.

    No file of the report or of the site holds one of them, and each of the main ones shows them by their numbers.
    """
    data = plant(tiny, HIDDEN)
    output = standing(tmp_path / "reports", data, f"{CITY}-2021/en", f"{CITY}-2020/en")
    folder = output / f"{CITY}-2021" / "en"
    report = load_report(CITY, 2021, "en", data)
    made = book_of(report, files=True, dataset=dataset(report, write_downloads(report, folder)))
    (folder / "index.html").write_text(html(made), encoding="utf-8")
    (folder / "charts").mkdir()
    for name, text in html_with_charts(made)[1].items():
        (folder / "charts" / name).write_text(text, encoding="utf-8")
    for ending, text in citations(report).items():
        (folder / f"citation.{ending}").write_text(text, encoding="utf-8")
    printed = text_of(pdf(made))
    write_site(output, "https://example.org/", data)
    texts = {"report.pdf": printed} | {
        str(path.relative_to(output)): text
        for path in sorted(output.rglob("*"))
        if path.is_file() and "chapters" not in path.parts and (text := readable(path))
    }

    assert {} == {name: sign for name, text in texts.items() for sign in HIDDEN if not sign.isascii() and sign in text}
    lacking = {name for name, text in texts.items() if SHOWN_HIDDEN not in text}
    assert "‹U+202E›gnp.exe‹U+2066›" in printed
    assert not lacking & {"index.html", "compare.html", "feed.xml"}
    here = f"{CITY}-2021/en"
    names = ("index.html", "indicators.csv", "figures.csv", "report.xlsx", "structure.json", "citation.bib")
    assert not lacking & {f"{here}/{name}" for name in names}
    assert len(texts) > 25


def readable(path) -> str:
    """The text of a file; of a workbook, the text of all its parts."""
    if path.suffix == ".xlsx":
        with ZipFile(path) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist())
    return "" if path.suffix == ".png" else path.read_text(encoding="utf-8")
