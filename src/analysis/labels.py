"""The words of a page around the report, for a notebook that brings none of its own."""

from analysis.codebook import EDITIONS, TRADITIONAL, written_in
from analysis.errors import RenderingError
from analysis.traditional import traditional
from analysis.wording import words

LABELS = {
    "en": {
        "contents": "Contents",
        "cards": "Where each number comes from",
        "cards_intro": "",
        "sources": "Source",
        "table": "Table",
        "chart": "Chart",
        "skip": "Skip to the report",
        "data": "The data of this chart",
        "note": "Note",
        "phrase": "Words",
        "publisher": "Publisher",
        "date": "Date",
        "address": "Address",
        "reliability": "Reliability",
        "back": "Back to the text",
        "recompute": "Recompute",
        "publications": "Publications",
        "publications_intro": "",
        "elsewhere": "Other years and places",
        "close": "Close",
        "previous": "Back to the card before",
        "place": "In the list of cards",
        "downloads": "Downloads",
        "languages": "Languages",
        "top": "Back to the top",
        "permalink": "Link to this place",
        "brackets": " (…)",
        "colon": ": ",
        "comma": ", ",
    },
    "zh": {
        "contents": "目录",
        "cards": "每个数字的出处",
        "cards_intro": "",
        "sources": "来源",
        "table": "表",
        "chart": "图",
        "skip": "跳到正文",
        "data": "此图的数据",
        "note": "注",
        "phrase": "原文",
        "publisher": "发布者",
        "date": "日期",
        "address": "网址",
        "reliability": "可靠性",
        "back": "回到正文",
        "recompute": "重新计算",
        "publications": "出版物",
        "publications_intro": "",
        "elsewhere": "其他年份和地区",
        "close": "关闭",
        "previous": "返回上一张数据卡",
        "place": "在数据卡列表中查看",
        "downloads": "下载",
        "languages": "语言",
        "top": "回到顶部",
        "permalink": "此处的链接",
        "brackets": "（…）",
        "colon": "：",
        "comma": "，",
    },
}
PRINTED = ("figure_lists", "cited", "card_index", "other_cards", "used", "pages_comma")
"""What only the printed report has; its words are those of ``words/``."""

ROWS = ("interval", "values", "verdict")
"""The rows of a card that a brief one tells without their labels."""


def labels_of(language: str, given: dict[str, str]) -> dict[str, str]:
    """The labels of an edition, with those `given` in place of them. Raises RenderingError if there is none such."""
    if language not in EDITIONS:
        raise RenderingError(f"no report in the language {language!r}; there are {', '.join(EDITIONS)}")
    written = written_in(language)
    own = LABELS[written] | {name: words(f"labels_{name}", written) for name in PRINTED}
    own |= {name: words(f"card_{name}", written) for name in ROWS}
    if language == TRADITIONAL:
        own = {name: traditional(text) for name, text in own.items()}
    return own | given
