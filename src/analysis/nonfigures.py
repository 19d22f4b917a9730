"""Numbers that count nothing: dates, names, ordinals, list marks, words that happen to hold a numeral."""

import re
from bisect import bisect_right

from analysis.periods import Timeline
from analysis.tokens import Token

NAMED = re.compile(
    r"《[^》\n]{1,120}》|〔[^〕\n]{1,20}〕[0-9]*号?|\[[12][0-9]{3}\][0-9]*号?|https?://[^\s。，,]+|www\.[^\s。，,]+"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]{1,200}"
    r"|[0-9]{1,2}[·.]?[0-9]{1,2}(?=(?:世界|全国|国际)?(?:知识产权|版权)(?:日|宣传|周)|·|”)|[0-9]{3,4}-[0-9]{7,8}"
    r"|[0-9]{5}(?=热线|投诉|平台|咨询|\()|[0-9]{1,2}:[0-9]{2}(?![0-9])"
)
QUOTED = re.compile(r"[“\"‘][^“”\"‘’,;。\n]{1,24}[”\"’]")
LATIN = re.compile(r"[A-Za-z&/_+]")
ORDINAL = re.compile(r"第$")
RANK_BEFORE = re.compile(
    r"(?:排名?|位居|位列|名列|列|居|占|跃居|上升至|提升至|升至|进入|跻身|保持|稳居|蝉联|荣获|全国|全省|全市|首位|总数|增速|综合|城市|省份|地区|省区市)(?:全国|全省|全市|全球|世界"
    r"|中部|西部|东部|同类|各|[\u4e00-\u9fff]{0,10})?(?:第|前)$"
)
MARK_BEFORE = re.compile(r"(?:^|[\n。;；:：!！?？])[ (（]{0,2}$")
MARK_AFTER = re.compile(r"^[)）]?(?:[、.．)）]|是(?!否)|要(?=[^求])|方面)")
SAID_MARK = re.compile(r"^(?:是|要|则|来)")
EACH = re.compile(r"每(?:一)?$")
BASE_AFTER = re.compile(
    r"^(?:人口?|户|亿元|家|名)?(?:口|均)?(?:有效|高价值|拥有|发明|市场主体|经营主体|企业|从业|GDP|生产总值)"
)
DURATION = frozenset(
    ["年", "月", "周", "小时", "个小时", "分钟", "周年", "岁", "季度", "个月", "届", "期", "年度", "度", "轮", "时"]
)
WORDISH = frozenset("百千万亿十")
IN_WORDS = re.compile(
    r"(?:统|唯|之|进|逐|专|单|同|划|归|不|万|其|合|第|每|任|某|另|这|那|哪)一|一(?:步|体|致|定|直|样|起|同|贯|流|线|些|般|旦|批|系列|方面|站式|网|件事|窗|门|键"
    r"|张|揽子|家|并|次性"
    r"|带一路|路|律|经|度|款|市|企|园|县|区|策|案|品|类|条龙|把手|号|季|手|级|年|月|日|天)|二(?:维码|次)|三(?:位一体|审|合一|农|甲|明|亚|门|峡|级|方|维|产|大)"
    r"|四(?:川|位一体|化|季|海|平|会)"
    r"|[五六七八九](?:金|夕|江|安|一|台|折)|十(?:堰|佳|大|强|足|分)|百(?:姓|色|强|年|家|佳|企|花|度)|千(?:方|岛|家|企)|万(?:众|家|里|州|物|能|象|宁|达|科"
    r"|华)|两(?:岸|翼|手|业|法|会|高|江|化)"
)


class NonFigures:
    """What of a text is no count, told by its shape and its neighbours."""

    def __init__(self, text: str, timeline: Timeline):
        self.text, self.timeline = text, timeline
        self._names = [(match.start(), match.end(), "name") for match in NAMED.finditer(text)]
        self._names += [(match.start(), match.end(), "quoted") for match in QUOTED.finditer(text)]
        self._names.sort()

    def fate(self, token: Token) -> tuple[str, str] | None:
        """The kind and the reason why a number is no figure; None if it counts something."""
        text = self.text
        before, after = text[max(0, token.start - 16) : token.start], text[token.end : token.end + 16]
        if not token.value:
            return "name", "too many digits for a count"
        if kind := self._inside(token):
            return kind
        if self.timeline.within(token.start, token.number_end):
            return "date", "part of a date or a period"
        if not token.measure and after[:1] in ("底", "末"):
            return "date", "part of a date or a period"
        if (LATIN.match(before[-1:] or "-") and not before.endswith(("GDP", "PCT"))) or LATIN.match(
            text[token.number_end : token.number_end + 1] or "-"
        ):
            return "name", "part of a code or an abbreviation"
        if (
            token.measure == "日"
            and re.match(r"[,讯电上下在从晚,]", after or ",")
            and not re.search("[至为到短]$", before)
        ):
            return "date", "a day of the month"
        if before.endswith("第") or (before.endswith("前") and token.measure in ("名", "位", "强", "列", "")):
            return self._ordinal(token, before)
        if MARK_BEFORE.search(before) and self._marks(token):
            return "mark", "the number of a point in a list"
        if EACH.search(before) or (token.value in ("10000", "100", "1") and self._is_base(token)):
            return "base", "the base of a rate, such as 每万人"
        if before.endswith("分之") or text[token.number_end : token.number_end + 2] == "分之":
            return "share", "a fraction"
        if token.chinese and (word := self._word(token, before, after)):
            return word
        if token.measure in DURATION or (token.measure == "年" and not token.chinese):
            return "duration", "a length of time, or how often something was done"
        if token.measure in ("倍", "成"):
            return "multiple", "how many times, or how many tenths"
        return None

    def _inside(self, token: Token) -> tuple[str, str] | None:
        index = bisect_right(self._names, (token.start + 1, 0, "")) - 1
        for start, end, kind in reversed(self._names[max(0, index - 3) : index + 1]):
            if start <= token.start and token.number_end <= end:
                if kind == "quoted" and token.unit in ("CNY", "percent"):
                    return None
                return "name", "part of a name, a title or a slogan"
        return None

    def _ordinal(self, token: Token, before: str) -> tuple[str, str] | None:
        if token.measure in ("名", "位") or (not token.measure and RANK_BEFORE.search(before)):
            return None
        return "ordinal", "tells which one, not how many"

    def _marks(self, token: Token) -> bool:
        after = self.text[token.number_end : token.number_end + 3]
        if token.chinese:
            return bool(MARK_AFTER.match(after) or SAID_MARK.match(after))
        return bool(re.match(r"^[、.．)）](?![0-9])|^是", after)) and len(token.value) <= 2

    def _is_base(self, token: Token) -> bool:
        """万人发明专利拥有量, 户均: the first word is no count."""
        number = self.text[token.start : token.number_end]
        return number in ("万", "百", "亿") and bool(
            BASE_AFTER.match(self.text[token.number_end : token.number_end + 8])
        )

    def _word(self, token: Token, before: str, after: str) -> tuple[str, str] | None:
        number = self.text[token.start : token.number_end]
        around_start = max(0, token.start - 2)
        around = self.text[around_start : token.number_end + 4]
        for match in IN_WORDS.finditer(around):
            if around_start + match.start() <= token.start and token.number_end <= around_start + match.end():
                return "word", "a numeral inside a word"
        if re.match(r"(?:[一二三四五六七八九十]{1,2})$", number) and SAID_MARK.match(
            self.text[token.number_end : token.number_end + 2]
        ):
            return "mark", "the number of a point in a list"
        if number in WORDISH and before.endswith("("):
            return "word", "the unit of a column"
        if set(number) == {"一"}:
            return "word", "the article 一"
        if not token.measure:
            return "word", "a numeral inside a word"
        if number in WORDISH and token.qualifier == "exact" and token.unit == "count":
            return "word", "a round word, not a count"
        return None
