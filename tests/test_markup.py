"""Markdown as a tree, as Typst, and as HTML (analysis.markup, analysis.hypertext)."""

import json

import pytest
import typst
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import paths
from analysis.errors import RenderingError
from analysis.hypertext import HtmlWriter
from analysis.markup import TypstWriter, cleaned, inline_tree, plain, tree, typst_string
from analysis.quotations import quoted, simplified_runs
from analysis.typesetting import Manuscript

LIBRARY = (paths.TEMPLATES / "ipreport_pdf" / "report.typ").read_bytes()
EVERYTHING = """
A *stressed* and **strong** word, `code`, a [link](https://example.org/?a=1&b=2), a hard\\
break, <https://example.org>.

- one
- two
  1. deep
  2. deeper
- three
  - below
    - further below

3. from three

> quoted

| name | value |
|------|------:|
| a    | 1     |

---

```python
code = "block"
```

    also code
"""


@pytest.fixture(scope="module")
def characters() -> str:
    """Every character that the fonts of the PDF can draw."""
    with TTFont(paths.FONTS / "NotoSansSC-Regular.ttf", lazy=True) as font:
        return "".join(map(chr, font.getBestCmap()))


def as_typst(markdown: str, language: str = "en") -> str:
    return TypstWriter(language).write(tree(markdown))


def as_html(markdown: str, language: str = "en") -> str:
    return str(HtmlWriter(language).write(tree(markdown)))


def compiled(body: str) -> bytes:
    source = f'#import "report.typ": *\n#show: report.with(title: "T", contents: "C")\n= H\n{body}'
    return Manuscript(source, {"report.typ": LIBRARY}, []).typeset()


def test_every_element_of_markdown_compiles():
    """All that a chapter may hold can be set in the PDF."""
    assert compiled(as_typst(EVERYTHING)).startswith(b"%PDF")


def test_every_element_of_markdown_has_its_html():
    """All that a chapter may hold has an element of its own in the HTML."""
    page = BeautifulSoup(as_html(EVERYTHING), "html.parser")

    assert {"em", "strong", "code", "a", "br", "ul", "ol", "li", "blockquote", "table", "hr", "pre"} <= {
        element.name for element in page.find_all(True)
    }
    assert [element["start"] for element in page.select("ol[start]")] == ["3"]
    assert [element.text for element in page.select("th[scope=row]")] == ["a"]


@pytest.mark.parametrize(
    "text",
    ["a;b", "#x", "$y$", "@ref", "<label>", "_a_", "*a*", "`a`", "//c", "/*c*/", "a~b", "-- ---", "= H", "+ i", "[a]"],
)
def test_no_character_of_typst_is_markup(text):
    """A character that means something to Typst stands in a literal, where it means nothing."""
    token = {"type": "text", "raw": text}

    assert f'#"{text}";' == TypstWriter("en").write([token])


def test_quotes_and_backslashes_cannot_end_a_literal():
    """The two characters that mean something in a literal of Typst are escaped."""
    assert r'"a\"b\\c\nd"' == typst_string('a"b\\c\nd')


@settings(max_examples=25, deadline=None, database=None, derandomize=True)
@given(texts=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30), max_size=40))
def test_literals_keep_every_text(texts):
    """Whatever the text, Typst reads back what was written."""
    source = f"#metadata({typst_string(json.dumps(texts))})<it>"
    found = json.loads(typst.query(source.encode(), "<it>", field="value", one=True))

    assert texts == json.loads(found)


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(data=st.data())
def test_any_text_compiles(characters, data):
    """Whatever prose, line, or cell the fonts can draw, it becomes a PDF, alone or beside markup."""
    # Stars are left out: a pair that Markdown cannot read as strong is an error of its own.
    alphabet = st.one_of(st.sampled_from("#$@<>_`/~-=+[]\\;:\"'(){}&|!^%,.1 \n"), st.sampled_from(characters))
    texts = data.draw(st.lists(st.text(alphabet.filter(lambda c: c != "*"), max_size=24), max_size=40))
    writer = TypstWriter("en")
    bodies = [f"#strong[{writer.text(text)}];{writer.text(text)}\n\n" for text in texts]

    assert compiled("".join(bodies)).startswith(b"%PDF")


def test_raw_html_is_text_in_both_formats():
    """HTML typed into a chapter or found in the data is shown, never obeyed."""
    markdown = "<script>alert(1)</script>\n\nan <img src=x onerror=alert(1)> inline"
    page = BeautifulSoup(as_html(markdown), "html.parser")

    assert not page.find_all(["script", "img"])
    assert "<script>alert(1)</script>" in page.text
    assert "<script>alert(1)</script>" in as_typst(markdown)


def test_entities_are_read_and_escaped_ones_are_not():
    """`&nbsp;` is a no-break space; what a backslash protects, or code holds, stays as typed."""
    assert "a\xa0b &amp; &lt;" == plain(inline_tree(r"a&nbsp;b \&amp; `&lt;`"))


def test_line_ends_vanish_between_chinese_characters_only():
    """A line end in the source is a space between words, and nothing between Chinese characters."""
    assert "one two" == plain(tree("one\ntwo"))
    assert "知识产权" == plain(tree("知识\n产权"))
    assert "知识 IP" == plain(tree("知识\nIP"))


def test_control_characters_are_left_out():
    """No control character reaches a page; line ends become those of Unix."""
    assert "ab\ncd\te" == cleaned("a\x00b\r\nc\x1bd\te")


def test_marks_of_quotations_are_not_shown():
    """They are this project's own, and dropped by whoever writes the text."""
    tokens = inline_tree(f"原文为{quoted('授权1000件', 'zh')}。")

    assert "原文为授权1000件。" == HtmlWriter("zh").write(tokens)
    assert "U+" not in TypstWriter("zh").write(tokens)


def test_hidden_characters_are_shown():
    """A name that turns the line around, or hides a letter, shows by what."""
    assert "a‹U+202E›b‹U+200B›c" == cleaned("a\u202eb\u200bc") == plain(inline_tree("a\u202eb&#8203;c"))


def test_strong_that_markdown_cannot_read_is_an_error():
    """`**重点：**内容` is not bold by the rules of Markdown; stars must not reach the reader."""
    with pytest.raises(RenderingError, match="Move the punctuation"):
        tree("**重点：**内容")

    assert "重点：内容" == plain(tree("**重点**：内容"))


def test_unknown_elements_are_an_error_that_names_them():
    """A picture in Markdown has no description worth the name, and is refused by name."""
    for write in (as_typst, as_html):
        with pytest.raises(RenderingError, match=r"'image'.*chart\.png"):
            write("![a chart](chart.png)")


def test_chinese_in_an_english_report_is_marked_as_chinese():
    """A run of Chinese includes the digits inside it, and neither the Latin words around nor lone punctuation."""
    runs = list(simplified_runs("It says 专利授权量72390件。 In PCT （x）", "en"))

    assert [(False, "It says "), (True, "专利授权量72390件。"), (False, " In PCT （x）")] == runs
    assert '<p>a <span lang="zh-Hans">专利</span></p>\n' == as_html("a 专利")
    assert "<p>a 专利</p>\n" == as_html("a 专利", "zh")


def test_ranges_stay_on_one_line():
    """An interval is not torn at its dash."""
    assert '<p>is <span class="range">(10.79%–10.81%),</span> so</p>\n' == as_html("is (10.79%–10.81%), so")
    assert '#box[#"10.79%–10.81%";];' in as_typst("is 10.79%–10.81% now")


def test_inline_markdown_knows_no_blocks():
    """A cell that begins like a list or a heading is still one line of text."""
    assert "- 1. # a" == plain(inline_tree("- 1. # a"))
    assert [] == inline_tree("")
