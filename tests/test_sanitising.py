"""What a page may hold, element by element (analysis.sanitising)."""

import nbformat
import pytest
from test_downloads import book_of

from analysis import paths, render
from analysis.edition_files import bound
from analysis.errors import RenderingError
from analysis.report import load_report
from analysis.sanitising import sanitised

HARMLESS = """\
<header id="top"><h1>A &amp; b &lt;script&gt;</h1></header><nav aria-label="n"><details><summary>s</summary></details>
</nav><main tabindex="-1"><table class="r2" id="t"><caption>c</caption><thead><tr><th scope="col">a</th></tr></thead>
<tbody><tr><th scope="row">r</th><td>1</td></tr></tbody></table><ul role="list"><li lang="zh-Hans">宁波</li></ul>
<a href="#t">1</a>
<a href="https://example.org/?a=1&amp;b=url(2)" hreflang="en">w</a><a href="charts/a.csv" download="a.csv">f</a>
<a href="../zh/index.html#t">z</a><a href="990100-2021/en/a%20b.html">n</a><q lang="zh-Hans">超3亿元</q>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-label="url(x) \\ of all"><defs>
<clipPath id="p"><rect width="1"/></clipPath><linearGradient id="g"><stop offset="1"/></linearGradient></defs>
<g clip-path="url(#p)" fill="url('#g')" style="stroke-linejoin: round"><use href="#m" x="1"/>
<text text-anchor="end">宁波</text></g></svg>
<dialog aria-labelledby="x"><button type="button" hidden>c</button></dialog>
<section style="--edition: '--region 990100'">x</section><data value="12">12</data>
<time datetime="2022">2022</time></main>
"""


def test_what_a_report_is_made_of_passes():
    """Headings, tables with captions and scopes, links, cards, pictures: the same letters, but for empty tags."""
    expected = HARMLESS.replace("/>", " />").replace("hidden>", 'hidden="">')

    assert expected == sanitised(HARMLESS)


def test_it_changes_nothing_the_second_time():
    """A page that was cleaned is clean."""
    assert sanitised(HARMLESS) == sanitised(sanitised(HARMLESS))


@pytest.mark.fault(17)
@pytest.mark.fault(18)
@pytest.mark.parametrize(
    "markup",
    [
        "<script>x</script>", "<ScRiPt src=//x></sCrIpT>", "<style>a{}</style>", "<iframe src=x></iframe>",
        "<object data=x></object>", "<embed src=x>", "<img src=x>", "<video src=x></video>", "<base href=//x>",
        "<link rel=stylesheet href=x>", "<meta http-equiv=refresh content=0>", "<form action=x></form>", "<input>",
        "<p onclick=x>", "<p onmouseover='x'>", "<details ontoggle=x open>", "<a href=javascript:x>",
        "<a href='jAvA&#x9;script:x'>", "<a href=' javascript:x'>", "<a href='data:text/html,x'>", "<a href=file:///x>",
        "<a href=//outside.example>", "<a href='\\\\outside.example'>", "<a href=/etc/passwd>", "<a href=vbscript:x>",
        "<a href='#x' ping=//x>", "<a href='#x' target=_blank>", "<p style='background: url(//x)'>",
        "<p style=\"background: u\\72l(//x)\">", "<p style='background: URL (https://x)'>",
        "<p style=\"@import 'x'\">", "<p style='width: expression(x)'>", "<p style='background: image-set(x)'>",
        "<svg><script>x</script></svg>", "<svg onload=x></svg>", "<svg><image href=x></image></svg>",
        "<svg><use href='data:image/svg+xml,x'></use></svg>", "<svg><use href='https://x#y'></use></svg>",
        "<svg><animate attributeName=href></animate></svg>", "<svg><a href='#x'><set></set></a></svg>",
        "<svg><rect fill='url(//x#y)'></rect></svg>", "<svg><foreignObject><p>x</p></foreignObject></svg>",
        "<svg><style>@import 'x'</style></svg>", "<math><mtext>x</mtext></math>", "<template>x</template>",
        "<blink>x</blink>", "<button formaction=x>", "<p contenteditable>", "<p srcdoc=x>", "<table background=//x>",
        "<p autofocus onfocus=x tabindex=1>", "<noscript><p title='</noscript><img src=x onerror=x>'></noscript>",
    ],
)  # fmt: skip
def test_what_a_report_never_holds_is_refused(markup):
    """Scripts, handlers, frames, forms, pictures and styles from elsewhere, and addresses that do something."""
    with pytest.raises(RenderingError, match="the page holds"):
        sanitised(f"<p>before</p>{markup}<p>after</p>")


def test_only_a_page_with_a_search_has_controls():
    """The site has a search and boxes to tick; a report has none, and no form can send anything anywhere."""
    search = '<form id="f" hidden=""><label for="a">a</label><input id="a" type="search"></form>'

    assert search == sanitised(search, controls=True)
    for markup in (search, '<form action="//x"></form>', '<input type="image" src="//x">'):
        with pytest.raises(RenderingError, match=r"form|input"):
            sanitised(markup, controls=markup != search)


def test_real_pages_stay_as_they_are(monkeypatch, tiny):
    """With and without the sanitiser, the default report and that of an invented place are the same bytes."""
    notebooks = [nbformat.read(path, 4) for path in sorted((paths.ROOT / "notebooks").glob("0*.ipynb"))]
    books = [bound(load_report("330200", 2021, "en"), notebooks)]
    books += [book_of(load_report("990100", 2021, language, tiny)) for language in ("en", "zh")]
    pages = [render.html(each) for each in books]
    monkeypatch.setattr(render, "sanitised", lambda page: page)

    assert [render.html(each) for each in books] == pages
    assert len(notebooks) > 5
