"""Which time a number speaks of: the year of the bulletin, another year, a part of one, the end of one, several."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from analysis.numerals import SIGNS, small_number, year_number

ONE = rf"(?:[12][0-9]{{3}}|[一二][{SIGNS}]{{3}})"
YEAR = rf"(?P<year>{ONE})年度?|(?P<word>去年|上一?年度?|今年|本年度?|前年)"
SMALL = rf"[0-9]{{1,2}}|[{SIGNS}]{{1,3}}"
BARE = re.compile(
    rf"(?P<span>{ONE}年?(?:-|~|至|到){ONE}年(?:期间|间)?|(?:过去|近|最近)(?:{SMALL})年(?:来|间)?|(?:{SMALL})年来"
    r"|“?十[一二三四五]五”?(?:期间|时期|以来|末|初|开局之年|收官之年)?(?:时期)?)"
    rf"|(?:(?P<since>自|从)(?={ONE}年))?(?:{YEAR})?的?"
    rf"(?:(?P<months>(?:前|1月?份?(?:-|~|至|到))(?P<last>{SMALL})个?月份?)|(?P<half>上半年)|(?P<other>下半年|[四4]季度|第[四4]季度)"
    rf"|(?P<quarters>前三季度)|(?P<quarter>第?[一二三1-3]季度)|(?P<end>年?(?:底|末)|12月底|12月末|12月31日)"
    rf"|(?P<month>{SMALL})月(?:份)?(?:(?P<day>{SMALL})日|(?P<close>底|末))?)?"
)
TO_DATE = re.compile(r"(?:截至|截止到?|到)?(?:目前|现在|发稿|今日)|至今|迄今")
COMPARED = re.compile(r"(?:较|比|与|同|对比|相比|相较于?|高于|低于|由|从|自)$")
COMPARED_AFTER = re.compile(r"^(?:同期|相比|增长|增加|增幅|提高|提升|上升|下降|减少|基础上|的?基数|年均)")
LOCAL_AFTER = re.compile(r"^(?:度|的)?[^,。;\d]{0,16}(?:考核|评价|评估|绩效|评选|测评|检查|名单|奖)")
AS_OF = re.compile(r"(?:截至|截止|截止到|至|到)$")
DECEMBER = 12
MOST_STEPS = 100
"""Mentions to go back through; a sentence that names more times than that is none."""


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a number covers: from month ``first`` of ``first_year`` to month ``last`` of ``year``.

    ``to_date``: the text says only "up to now". ``point``: an end is named, as a stock has it.
    """

    first_year: int
    first: int
    year: int
    last: int
    to_date: bool = False
    point: bool = False

    @property
    def whole_year(self) -> bool:
        """Whether it is one calendar year or the end of one."""
        return self.last == DECEMBER and (self.point or (self.first == 1 and self.first_year == self.year))

    def __str__(self) -> str:
        if self.point:
            return f"end of {self.year}-{self.last:02}"
        return f"{self.first_year}-{self.first:02} to {self.year}-{self.last:02}"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that name a time. ``rules`` says that the numbers behind it speak of that time.

    ``local``: the time of an appraisal or a prize, which holds for its own result only. ``compared``: the base of a
    comparison (较 a year). ``dated``: a year is named, not only a part of one.
    """

    start: int
    end: int
    period: Period | None
    rules: bool
    local: bool = False
    compared: bool = False
    dated: bool = False


class Timeline:
    """The times that a text names, and the one that holds at each place."""

    def __init__(self, text: str, year: int):
        self.year, self.text = year, text
        self.this_year = _this_year(text, year)
        self.mentions = sorted([*self._named(), *self._to_date()], key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self.mentions]

    def within(self, start: int, end: int) -> Mention | None:
        """The mention that a number is a part of, such as the 10 of 1-10月."""
        index = bisect_right(self._starts, start) - 1
        while index >= 0 and self.mentions[index].start > start - 30:
            if self.mentions[index].end >= end:
                return self.mentions[index]
            index -= 1
        return None

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions from one place to another, in order."""
        return self.mentions[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    def at(self, place: int, sentence: int, paragraph: int) -> Period:
        """The time that rules at a place: named before it in the sentence, else at the start of an earlier one.

        What a sentence of the same paragraph named at its beginning still holds; a new paragraph begins with the
        year of the bulletin.
        """
        ruling = self.last_ruling(sentence, place)
        if ruling:
            return self._refined(ruling, sentence)
        earlier = self.last_ruling(paragraph, sentence, leading=True)
        if earlier and not earlier.period.to_date:
            return earlier.period
        return Period(self.year, 1, self.year, DECEMBER)

    def last_ruling(self, start: int, end: int, leading: bool = False, dated: bool = False) -> Mention | None:
        """The last mention between two places that rules; if ``leading``, at the beginning of its sentence."""
        first = bisect_right(self._starts, end - 1) - 1
        for index in range(first, max(-1, first - MOST_STEPS), -1):
            mention = self.mentions[index]
            if mention.start < start:
                return None
            if mention.rules and (not leading or self._leads(mention)) and (not dated or mention.dated):
                return mention
        return None

    def _refined(self, last: Mention, sentence: int) -> Period:
        """A part of a year without its year belongs to the year named before it in the sentence."""
        if last.dated or last.period.to_date or not last.period.year:
            return last.period
        named = self.last_ruling(sentence, last.start, dated=True)
        if named is None or not named.period.year:
            return last.period
        return replace(last.period, first_year=named.period.year, year=named.period.year)

    def _leads(self, mention: Mention) -> bool:
        """Whether a mention stands at the beginning of its sentence."""
        before = self.text[max(0, mention.start - 4) : mention.start]
        return not before or bool(re.search(r"[。！？;\n:]|截至|截止|据|其中,?$", before))

    def _named(self) -> list[Mention]:
        return [
            found
            for match in BARE.finditer(self.text)
            if match[0] not in ("", "的") and (found := self._mention(match))
        ]

    def _mention(self, match: re.Match) -> Mention | None:
        start, end = match.span()
        before, after = self.text[max(0, start - 4) : start], self.text[end : end + 24]
        if (
            match["month"]
            and not match["year"]
            and not match["word"]
            and small_number(match["month"]) not in range(1, 13)
        ):
            return None
        named = self.text.rfind("《", max(0, start - 60), start) > self.text.rfind("》", max(0, start - 60), start)
        period = None if named else self._period(match, AS_OF.search(before) is not None)
        if (
            match["end"]
            and not (match["year"] or match["word"])
            and not AS_OF.search(before)
            and match["end"] in "底末"
        ):
            return None
        if after.startswith("以来") and period:
            period = Period(period.first_year, period.first, self.this_year, 0)
        compared = bool(COMPARED.search(before) or COMPARED_AFTER.match(after)) and not after.startswith("以来")
        dated = bool(match["year"] or match["word"] or match["span"])
        local = bool(match["year"] and LOCAL_AFTER.match(after)) and not compared
        return Mention(start, end, period, bool(period) and not compared and not local, local, compared, dated)

    def _period(self, match: re.Match, as_of: bool) -> Period | None:
        if match["span"]:
            return _span(match["span"])
        year = self._year(match)
        if match["months"] or match["half"] or match["quarters"] or match["quarter"]:
            last = 6 if match["half"] else 9 if match["quarters"] else None
            last = last or (_quarter_end(match["quarter"]) if match["quarter"] else small_number(match["last"]) or 0)
            first = last - 2 if match["quarter"] else 1
            return Period(year, first, year, last, point=as_of) if 1 <= last <= DECEMBER else None
        if match["other"]:
            return Period(year, 7, year, DECEMBER)
        if match["end"]:
            return Period(year, 1, year, DECEMBER, point=True)
        if match["month"]:
            month = small_number(match["month"]) or 0
            stated = as_of or match["close"]
            return Period(year, month, year, month, point=True) if stated and 1 <= month <= DECEMBER else None
        return Period(year, 1, year, DECEMBER) if match["year"] or match["word"] else None

    def _year(self, match: re.Match) -> int:
        if match["year"]:
            return year_number(match["year"]) or self.year
        word = match["word"] or ""
        if word[:1] in ("去", "上"):
            return self.this_year - 1
        return self.this_year - 2 if word == "前年" else self.this_year if word else self.year

    def _to_date(self) -> list[Mention]:
        period = Period(self.year, 1, self.year, DECEMBER, to_date=True, point=True)
        return [Mention(match.start(), match.end(), period, True) for match in TO_DATE.finditer(self.text)]


def _this_year(text: str, year: int) -> int:
    """What 今年 means: the year of the bulletin if it dates itself in it and knows no 去年, else the year after."""
    if "今年" in text and "去年" not in text and "上年底" not in text and f"{year + 1}年" not in text:
        return year if re.search(rf"{year}年[0-9]{{1,2}}月|今年以?来|今年[上前1]", text) else year + 1
    return year + 1


def _span(text: str) -> Period | None:
    """Several years between two; of 近三年 or a plan only that they are several is known."""
    years = [year for found in re.findall(ONE, text) if (year := year_number(found))]
    if len(years) == 2:
        return Period(years[0], 1, years[1], DECEMBER)
    several = "五" not in text[:4] or re.search("期间|时期|以来", text)
    return Period(0, 1, 0, DECEMBER - 1) if several else None


def _quarter_end(text: str) -> int:
    return 3 * (small_number(text.removeprefix("第").removesuffix("季度")) or 0)
