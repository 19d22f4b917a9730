"""Which place a number speaks of: the place of the bulletin, or a part of it, another one, its province, the nation."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.codebook import regions

OWN = {
    "nation": r"全国|我国|中国(?!专利|驰名|外观|版权|知识|质量)",
    "province": r"全省|我省|本省|全区|我区|自治区|全市|我市|本市",
    "city": r"全市|我市|本市|市(?=中院|中级)",
}
WIDER = {
    "nation": r"(?!)",
    "province": r"全国|我国|国家知识产权局",
    "city": r"全国|我国|全省|我省|全区(?!域)|自治区",
}
NARROWER = {"nation": r"全省|全市|我省|我市|本市", "province": r"(?!)", "city": r"(?!)"}
WHOLES = {"全国": "nation", "我国": "nation", "中国": "nation", "全省": "province", "我省": "province"}
SHARED = frozenset("全我本各该县城省地上门都强夜股开个多两分外它他")
PART = re.compile(
    r"(?:(?<=[,、;:。\n(和与及])|^|(?<=其中)|(?<=其中,))(?P<name>[\u4e00-\u9fff]{2,5}?(?:新区|高新区|开发区|保税区|自贸片区|区|县|市|州))"
    r"(?=[^,。;、\n]{0,16}[0-9]|\(|以)"
)
NOT_A_PART = re.compile(
    r"(?:地|湾|范|护|片|辖|社|校|特|设|验|聚|能|治|景|库|专|园|牧|林|灾|全|我|本|该|各|个|两|多|省|级|强|上|夜|超)(?:区|市|县|州)$"
    r"|示范|试点|^其中|城市$|^(?:城|市|郊)区$|^(?:老|新|主|中心)城区$|^(?:在|对|为|由|向|全|与|将|把|使|让|从)"
)
CITY = re.compile(r"([\u4e00-\u9fff]{2})市(?![场民县区委级直内长面])")
RANKING = re.compile(
    r"^(?:的|的比重|的比例)?(?:第|首|前|平均|总量的|总数的|总额的|授权总量的|[0-9.]+%|各|范围(?!内[,:])|领先|领跑|最|唯一|排名|位居|占比|之首|之最|前列|水平|同期|"
    r"副省级|大中城市|城市中|城市第|主要|万亿|[0-9]+个|[0-9]+家|[0-9]+强|百强|试点|示范|优秀|先进|文明|的?比重|率先|人大|政协|两会|性|一流|有影响)"
)
COMPARING = re.compile(
    r"(?:居|占|列|位|为|高于|低于|优于|快于|比|较|超|超过|领跑|领先|跻身|名列|处|排|入选|获|中|均处|均居|约占|约为|相当于|国家|面向|走在|接近|达到|达|在|是|被|由|向|辐射|服务)$"
)
SHORT_FORM = re.compile(r"(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a text names: ``own`` if it is the bulletin's; ``name`` as written."""

    name: str
    own: bool
    start: int
    end: int


class Places:
    """The places that a text names, seen from one region."""

    def __init__(self, text: str, code: str, data: Path = paths.DATA):
        known = regions(data)
        region = known.get(code)
        self.text = text
        self.level = region.level if region else level_of(code)
        self.name = SHORT_FORM.sub("", region.name_zh) if region else city_of(text) if self.level == "city" else ""
        self._others = {
            place.name_zh: place.level for place in known.values() if place.region != code and place.level != "nation"
        }
        self.inside = {place.name_zh for place in known.values() if place.parent == code}
        self.mentions = sorted(self._mentions(), key=lambda place: place.start)
        self._starts = [place.start for place in self.mentions]

    def before(self, end: int, start: int) -> Iterator[Place]:
        """The places named before one place of the text and not before another, the last first."""
        for index in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self.mentions[index].start < start:
                return
            yield self.mentions[index]

    def tally(self) -> Counter:
        """How often the text names the region itself (under its name) and each other one that the data know."""
        counts = Counter({name: self.text.count(name) for name in self._others})
        counts[self.name] = self.text.count(self.name) if self.name else 0
        return +counts

    def _mentions(self) -> list[Place]:
        found = []
        own = OWN[self.level] + (f"|{self.name}市?" if self.name and self.level != "nation" else "")
        for match in re.finditer(own, self.text):
            if not self._ranks(match.start(), match.end()):
                found.append(Place(match[0], True, match.start(), match.end()))
        for match in re.finditer(f"{WIDER[self.level]}|{NARROWER[self.level]}", self.text):
            if not self._ranks(match.start(), match.end()):
                found.append(Place(match[0], False, match.start(), match.end()))
        taken = {place.start for place in found}
        for match in PART.finditer(self.text):
            name = match["name"]
            if name.startswith(self.name or "\0") and name[len(self.name) :] in ("", "市", "省"):
                continue
            if not NOT_A_PART.search(name) and match.start("name") not in taken:
                found.append(Place(name, False, match.start("name"), match.end("name")))
        return [*found, *self._other_names(taken)]

    def _other_names(self, taken: set[int]) -> list[Place]:
        """Known names at the beginning of a piece, with a number or a kind of right behind them: 杭州31981件."""
        if not self._others:
            return []
        names = "|".join(sorted(self._others, key=len, reverse=True))
        counted = r"[0-9]|的?(?:专利|发明|有效|商标|共|以|达|为|\()"
        pattern = rf"(?:(?<=[,、;:。\n(和与及])|^|(?<=其中))({names})[省市]?(?={counted})"
        return [
            Place(match[1], False, match.start(1), match.end())
            for match in re.finditer(pattern, self.text)
            if match.start(1) not in taken
        ]

    def _ranks(self, start: int, end: int) -> bool:
        """Whether a place only gives the field of a comparison: 居全省第一, 占全国的3%, 全国首个."""
        before, after = self.text[max(0, start - 4) : start], self.text[end : end + 12]
        return bool(
            RANKING.match(after) or COMPARING.search(before) or re.match(r"(?:知识产权)?(?:示范|强市|试点)", after)
        )


def city_of(text: str) -> str:
    """The city that a text names most, for a code that the data do not know; empty if it names none."""
    names = Counter(name for name in CITY.findall(text) if name[-1] not in SHARED and name[0] not in SHARED)
    return names.most_common(1)[0][0] if names else ""


def level_of(code: str) -> str:
    """Whether a GB/T 2260 code is of a nation, a province or a city."""
    if not code.strip("0"):
        return "nation"
    return "province" if code.endswith("0000") else "city"
