"""Every number in a mended text, with its measure word and the words that qualify it."""

import re
from dataclasses import dataclass

from analysis.errors import BadNumber
from analysis.numerals import SIGNS, numeral

MEASURES = (
    "个百分点|百分点|个工作日|工作日|个月|个小时|平方米|平方公里|人民币|批次|人次|场次|件次|万元|大类|小时|分钟|周年|公里|美元|欧元|港元|年度"
    "|%|％|‰|元|件|项|个|家|户|起|宗|例|批|票|条|类|种|款|人|名|位|天|日|场|次|笔|单|份|所|支|门|篇|套|台|辆|只|双|张|枚|瓶|箱|袋|顶|副|部"
    "|吨|斤|千克|公斤|亩|分(?!别|布|行|公司|局|中心|会|院|之|类)|倍|成(?!立|功|果|效|为|长|员|都|交|绩|品|本|熟|就)|届|期|岁|年|月|周|季度|级|星|强|处|座|本|册"
    "|步|环|轮|度|例|组|对|版|层|代|路|线|章|节|幅|首|卷|词|字"
)
BEFORE = (
    (
        "more_than",
        r"(?:首次|一举|已经?|均|都|达到?)?(?:突破|超过|超出|超|逾|多于|高于|大于|(?<![通经不])过)(?:了|至|到)?",
    ),
    ("at_least", r"(?:不少于|不低于|至少|不下)"),
    ("nearly", r"(?:接近|将近|逼近|近|不足|不到|低于|少于)"),
    ("about", r"(?:大约|约为|约合|约|大概|(?<![达以])上(?!以))"),
)
AFTER = (
    ("at_least", r"(?:及)?以上|起(?=的)"),
    ("about", r"左右|上下|之多"),
    ("nearly", r"以下|以内"),
)
DIGITS = r"[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?"
MAGNITUDE = r"(?:[十百千](?=[万亿])|[百千](?![分强佳年]))?(?:万亿|亿|万(?!众|家灯|里|物|能|象))?"
NUMBER = re.compile(
    rf"(?P<sign>(?<![0-9A-Za-z年月])-(?=[0-9.]+%))?"
    rf"(?P<number>(?:{DIGITS})[ ]?{MAGNITUDE}|百分之[{SIGNS}点]+|[{SIGNS}]+(?:点[{SIGNS}]+)?)"
    rf"(?P<odd>[余多几来](?![元年])|[余多](?=[元年]))?(?P<more>[万亿](?=[元件人家户项条多余个次批种]))?(?P<odd2>[余多])?"
    rf" ?(?P<measure>{MEASURES})?"
)
QUALIFIED = tuple((name, re.compile(rf"{pattern}(?:人民币)?$")) for name, pattern in BEFORE)
MONEY_BEFORE = re.compile(r"人民币$")
COLUMN = re.compile(r"\((万亿|亿|万)?(件|项|家|户|元|个|人|起|批次|批|%)\)[::]?$")
FOREIGN = re.compile(r"^(?:美元|欧元|港元|日元|英镑)")
WORDS_OF_ONE = frozenset("一两〇零○")
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Token:
    """A number of a text: digits or Chinese characters with measure word, from ``start`` to ``end`` (not included).

    ``value`` is the text of the figure, ``multiplier`` a power of ten; ``value`` is empty where the number is too
    long to be one. ``chinese`` says that it is written in characters.
    """

    start: int
    end: int
    number_end: int
    value: str
    multiplier: int
    measure: str
    qualifier: str
    chinese: bool

    @property
    def unit(self) -> str:
        """The unit that the measure word stands for, by the codebook's names; other words count things."""
        if self.measure in ("元", "万元", "人民币"):
            return "CNY"
        units = {"%": "percent", "％": "percent", "个百分点": "percentage_points", "百分点": "percentage_points"}
        units |= {"人": "persons", "天": "days", "日": "days", "个工作日": "days", "工作日": "days"}
        return units.get(self.measure, "foreign" if FOREIGN.match(self.measure) else "count")


def tokens(text: str) -> list[Token]:
    """All numbers of a mended text in order."""
    return [_token(text, match) for match in NUMBER.finditer(text)]


def _token(text: str, match: re.Match) -> Token:
    number, measure = match["number"].replace(" ", ""), match["measure"] or ""
    chinese = number[0] not in "0123456789"
    if number.startswith("百分之"):
        number, measure = number.removeprefix("百分之"), "%"
    if match["more"]:
        number += match["more"]
    try:
        if len(number) > LONGEST:
            raise BadNumber("too long")
        found = numeral(number)
        value, multiplier = found.value, found.multiplier
    except BadNumber:
        value, multiplier = "", 0
    if measure == "万元":
        measure, multiplier = "元", multiplier + 4
    if match["sign"] and value:
        value = f"-{value}"
    odd = match["odd"] or match["odd2"] or ""
    if (
        measure in ("", "人民币")
        and MONEY_BEFORE.search(text[max(0, match.start() - 3) : match.start()])
        and not chinese
    ):
        measure = "元"
    start, end = match.start(), match.end()
    if not measure and not chinese and (column := COLUMN.search(text[max(0, start - 12) : start])):
        measure, multiplier = column[2], multiplier + {"万亿": 12, "亿": 8, "万": 4}.get(column[1], 0)
    return Token(
        start, end, match.end("number"), value, multiplier, measure, _qualifier(text, start, end, odd), chinese
    )


def _qualifier(text: str, start: int, end: int, odd: str) -> str:
    """What the words beside a number make of it; a bound before it outweighs an ``about`` behind it."""
    before = text[max(0, start - 10) : start]
    for name, pattern in QUALIFIED:
        if pattern.search(before):
            return name
    if odd:
        return "about"
    for name, pattern in AFTER:
        if re.match(pattern, text[end : end + 4]):
            return name
    return "exact"
