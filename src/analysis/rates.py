"""Numbers in per cent, and numbers that say a change: growth on the year before, a share, a difference."""

import re
from dataclasses import dataclass

UP = r"(?:比增|增长|增加|上升|提升|提高|上涨|递增|攀升|增速|增幅|涨幅|扩大|翻|多)"
DOWN = r"(?:负增长|下降|减少|降低|下滑|回落|缩减|减幅|降幅|收窄|压缩|压减|缩短|少)"
TAIL = (
    r"(?:率|幅度?|速度?)?(?:了|均|都|分别|高)*(?:为|达到?|约|超过?|突破|接近|近乎?|逾|至|在|高达|有|:)*了?"
    r"[ 、和与及]*$"
)
GROWTH = re.compile(rf"(?P<down>{DOWN})(?!到|至){TAIL}|(?P<up>{UP})(?!到|至){TAIL}|同比{TAIL}")
RISEN_TO = re.compile(
    r"(?:增长|增加|上升|提升|提高|下降|减少|降低|缩短|压缩|扩大|增|升|降|缩|减)(?:到|至)(?:了|约|近)*$"
)
SHARE = re.compile(r"(?:占|比重|占比|比例|比率|份额)")
OTHER_BASE = re.compile(
    r"年均|环比|(?:较|比|与)[^,。;]{0,10}(?:“?十[一二三四五]五”?|五年前|十年前|[0-9]+年前|全国|全省|平均|上月|上季度|同期平均)|复合|累计增"
)
BASE_YEAR = re.compile(r"(?:较|比|与|相比)(?:于)?([12][0-9]{3})年")
LAST_YEAR = re.compile(r"同比|比增|(?:较|比)(?:上年|去年|上一年|前一年|上年度|同期)|增速|增幅")
COMPARED_WITH = re.compile(
    r"(?:高于|低于|多于|少于|比|较|高出)[^,。;]{0,14}(?:平均|全国|全省|水平|上年|去年|同期|年初|目标|年底|年末)[^,。;]{0,12}$"
)
HIGHER = re.compile(r"(?:高出?|低|领先|超出|多出?|少|净增加?)(?:了|约|近)*$")


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth found before a number: its sign, whether it is on the year before, and the words of its subject."""

    negative: bool
    on_year_before: bool
    said_outright: bool
    subject: str


def growth(zone: str, year: int) -> Growth | None:
    """The growth that the words before a percentage announce; None if they announce none.

    ``zone`` runs from the number before to this one; ``year`` is the year that the sentence speaks of.
    """
    match = GROWTH.search(zone)
    if match is None or RISEN_TO.search(zone):
        return None
    head = zone[: match.start()]
    base = BASE_YEAR.search(zone)
    other = OTHER_BASE.search(zone[-30:]) is not None or (base is not None and int(base[1]) != year - 1)
    outright = LAST_YEAR.search(zone) is not None or base is not None
    return Growth(bool(match["down"]), not other, outright, head)


def is_share(zone: str) -> bool:
    """Whether the words before a percentage make it a part of a whole."""
    return SHARE.search(zone[-24:]) is not None


def is_change(zone: str) -> bool:
    """Whether the words before a count make it a difference: 增加了120件, 比全国平均水平高15件."""
    if RISEN_TO.search(zone):
        return False
    match = GROWTH.search(zone)
    if match is not None and not zone.endswith(("新增", "新增了")):
        return True
    return bool(HIGHER.search(zone) or COMPARED_WITH.search(zone))
