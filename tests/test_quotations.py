"""A quotation is marked where it is written and shown as it was printed; the marks reach no reader."""

import json

from analysis.hypertext import HtmlWriter
from analysis.markup import TypstWriter, cleaned, inline_tree, plain
from analysis.quotations import CLOSE, OPEN, quoted, simplified_runs, unmarked
from analysis.report import load_report
from analysis.tables import plain_text


def test_a_quotation_is_marked_in_chinese_only():
    """In English every Chinese word is one, and what is nothing stays nothing."""
    assert f"{OPEN}宁波日报{CLOSE}" == quoted("宁波日报", "zh")
    assert "宁波日报" == quoted("宁波日报", "en")
    assert "" == quoted("", "zh")


def test_marked_twice_is_marked_once():
    """A quotation inside a quotation has one pair of marks."""
    assert quoted("甲", "zh") == quoted(quoted("甲", "zh"), "zh")
    assert "甲" == unmarked(quoted("甲", "zh"))


def test_each_page_says_what_is_simplified():
    """All Chinese in English; in traditional characters the Chinese of quotations, not its Latin letters; else none."""
    text = f"来源：{quoted('宁波日报 reporter 王岚', 'zh')}，2022"

    assert [(True, "来源：宁波日报"), (False, " reporter "), (True, "王岚，"), (False, "2022")] == list(
        simplified_runs(unmarked(text), "en")
    )
    assert [(False, "来源："), (True, "宁波日报"), (False, " reporter "), (True, "王岚"), (False, "，2022")] == list(
        simplified_runs(text, "zh-Hant")
    )
    assert "来源：宁波日报 reporter 王岚，2022" == "".join(run for _, run in simplified_runs(text, "zh"))
    assert not any(simplified for simplified, _ in simplified_runs(text, "zh"))


def test_pages_carry_the_language_of_a_quotation_and_not_its_marks():
    """In HTML a span, in the PDF a change of language, in a terminal the words alone."""
    line = f"來源：{quoted('宁波日报', 'zh')}，[3](#a)"
    tokens = inline_tree(line)

    assert '來源：<span lang="zh-Hans">宁波日报</span>，<a href="#a">3</a>' == HtmlWriter("zh-Hant").write(tokens)
    assert '#chinese[#"宁波日报";];' in TypstWriter("zh-Hant").write(tokens)
    assert "來源：宁波日报，3" == plain(tokens) == plain_text(line)
    assert "來源：宁波日报，" in HtmlWriter("zh").write(tokens)


def test_every_exhibit_marks_what_sources_printed(tiny_to_read):
    """Phrases of policies and claims, publishers and titles: in cells, beside numbers, and in prose."""
    report = load_report("990100", 2021, "zh", tiny_to_read)
    shown = {
        "通过规划": report.policy_table(),
        "创新高": report.claim_list(),
        "Patent Office": report.figure_table("creation"),
        "Evening News": report.source_table(),
        "Report of a press conference": report.source_table(),
    }
    texts = {words: json.dumps(each._repr_mimebundle_(), ensure_ascii=False) for words, each in shown.items()}

    assert [] == [words for words, text in texts.items() if quoted(words, "zh") not in text]
    assert quoted("Patent Office", "zh") in report.composition_chart().source
    assert "创新高" in load_report("990100", 2021, "en", tiny_to_read).claim_list().markdown
    assert OPEN not in load_report("990100", 2021, "en", tiny_to_read).claim_list().markdown


def test_marks_are_the_only_hidden_characters_that_pass():
    """What turns text around is shown by its number, inside a quotation too, and a mark without its partner as well."""
    line = quoted("宁\u202e波", "zh") + f" \u2066 {OPEN} a"

    assert f"{quoted('宁‹U+202E›波', 'zh')} ‹U+2066› ‹U+2068› a" == cleaned(line)
    assert "宁‹U+202E›波 ‹U+2066› ‹U+2068› a" == plain(inline_tree(line))
