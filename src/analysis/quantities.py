"""The counted numbers of a text, judged in order, each in the light of those before it."""

import re
from dataclasses import replace

from analysis.clauses import pieces, without_asides
from analysis.enumerations import RESPECTIVELY, members, runs
from analysis.meaning import Context, Meaning, Words
from analysis.percentages import Before, grown, growth_series, percentage
from analysis.rates import growth, is_change
from analysis.surroundings import REACH, Finding, Surroundings
from analysis.tokens import Token

TARGET = re.compile(
    r"力争|争取|确保(?=.{0,12}(?:达|突破|超))|目标(?:是|为|到|值)|计划(?:到|新增|建|完成|达|在|每)|拟(?:新增|建|到)"
    r"|将(?!近)[^,。;]{0,8}$|规划(?:提出|确定|目标|到)|预期(?:目标|达)|要(?:达到|突破|实现)|任务"
)
DONE = re.compile(r"(?:完成|实现|达到|达成)[^,;。]{0,30}(?:目标|任务|指标)(?:任务)?")
TARGET_BEHIND = re.compile(r"^的?(?:预期|规划|约束性|年度)?(?:性)?(?:目标|任务)")
FROM = re.compile(r"(?:由|从)[^,。;]{0,14}$")
TO = re.compile(r"^[^,。;]{0,10}(?:至|到|增为)")
CONTINUES = re.compile(r"(?:其中|同比|增长|累计|分别|同时,?同比)")
PAST = re.compile(r"已|完成|实现了|较|同比|其中|去年|全年")
PART = "其中"


class Quantities:
    """Goes through the numbers of one text, sentence by sentence."""

    def __init__(self, around: Surroundings):
        self.around, self.text = around, around.text
        self._counted: list[Token] = []
        self._runs: dict[int, tuple[int, int]] = {}
        self._previous: Meaning | None = None
        self._levels: list[Finding] = []
        self._consumed = 0
        self._aiming = False

    def findings(self, counted: list[Token]) -> list[Finding]:
        """The finding for each number. ``counted`` are the tokens that are no dates, names or ordinals."""
        self._counted, self._runs = counted, runs(self.text, counted)
        found, sentence = [], -1
        for index, token in enumerate(counted):
            start, _ = self.around.sentences.sentence(token.start)
            if start != sentence:
                self._begin(start, token)
                sentence = start
            found.append(self._judged(index, token))
        return found

    def _begin(self, start: int, token: Token) -> None:
        """A new sentence forgets the one before, unless it says 其中 or begins with a growth."""
        if not CONTINUES.match(self.text[start : token.start]):
            self._previous, self._levels = None, []
        self._consumed, self._aiming = start, False

    def _judged(self, index: int, token: Token) -> Finding:
        zone = self._zone(index, token)
        if aside := self._aside(token, zone):
            return aside
        if shared := self._shared(index, token):
            return shared
        if token.unit in ("percent", "percentage_points"):
            before = Before(self._levels, self._previous)
            finding, meaning = percentage(self.around, token, zone, self._following(index), before)
            self._previous = meaning or self._previous
            is_level = not finding.series.endswith("_yoy_percent") and "share" not in finding.words.events
            if finding.series and is_level:
                self._levels.append(finding)
            return finding
        return self._level(index, token, zone)

    def _zone(self, index: int, token: Token) -> str:
        """The text between the number before, or the start of the sentence, and this number."""
        start = max(self._consumed, self._counted[index - 1].end if index else 0)
        return without_asides(self.text[max(start, token.start - REACH) : token.start])

    def _following(self, index: int) -> int:
        return self._counted[index + 1].start if index + 1 < len(self._counted) else len(self.text)

    def _aside(self, token: Token, zone: str) -> Finding | None:
        """A target, an old value or a difference: not what the bulletin reports."""
        behind = self.text[token.end : token.end + 14]
        aimed = DONE.sub("", re.split("[;；]", zone)[-1][-40:])
        if TARGET.search(aimed) or TARGET_BEHIND.match(behind) or self.around.is_future(token):
            self._aiming = True
            return Finding(token, "target", "aimed at, not reached")
        if self._aiming and not PAST.search(zone):
            return Finding(token, "target", "aimed at, not reached")
        if token.unit not in ("percent", "percentage_points") and is_change(zone[-40:]):
            return Finding(token, "change", "a difference between two times or places, not a level")
        if FROM.search(zone) and TO.match(behind) and not self.around.dated(token):
            context = self.around.context(token, zone, token.end, self._previous)
            self._previous = replace(self.around.lexicon.meaning(context), match=None)
            return Finding(token, "earlier", "the value before a change")
        return None

    def _shared(self, index: int, token: Token) -> Finding | None:
        """A number of an enumeration whose subjects stand before its first number."""
        if index not in self._runs:
            return None
        first, size = self._runs[index]
        zone = self._zone(first, self._counted[first])
        subjects = members(self.around.vocabulary, self.around.lexicon, zone, size)
        found = growth(zone, self.around.timeline.year) if token.unit == "percent" else None
        if found:
            return self._shared_growth(index, token, zone, subjects)
        if subjects is None:
            apart = RESPECTIVELY.search(zone) and token.unit != "percent"
            return (
                Finding(token, "no series", "one of several numbers whose subjects cannot be told apart")
                if apart
                else None
            )
        words = subjects[index - first]
        context = self.around.context(token, zone, self._following(index), self._previous)
        match = self.around.lexicon.match(words, context)
        if match is None:
            return Finding(token, "no series", "counts something of which the codebook has no series", words=words)
        start = self._counted[first].start - len(pieces(zone)[0]) if pieces(zone) else token.start
        finding = Finding(
            token, "figure", "", match.series, token.value, self.around.qualifier(token), how="inherited",
            doubts=self._doubts(token, Meaning(match, words, "inherited")), start=start, end=token.end, words=words,
        )  # fmt: skip
        self._previous = Meaning(match, words, "inherited")
        self._levels.append(finding)
        return finding

    def _shared_growth(self, index: int, token: Token, zone: str, subjects: list | None) -> Finding | None:
        """同比分别增长19.5%和46.4%: of the subjects named, or of so many levels just before."""
        first, size = self._runs[index]
        found = growth(zone, self.around.period(token, Words()).year)
        start = self._counted[first].start - len(zone.lstrip(",:;(、")[-14:])
        if subjects is not None:
            words = subjects[index - first]
            words = replace(words, events=words.events - {"growth"})
            level, series = growth_series(self.around, words, token, Before(self._levels, self._previous))
            return grown(token, found, level, series, "inherited", start, words)
        if len(self._levels) < size:
            return None
        level = self._levels[-size:][index - first]
        series = (self.around.vocabulary.growth_of(level.series) or "") if level.series else ""
        return grown(token, found, level.series, series, "inherited", start, level.words)

    def _level(self, index: int, token: Token, zone: str) -> Finding:
        context = self.around.context(token, zone, self._following(index), self._previous)
        if self.around.is_rank(token):
            context.unit, context.measure = "rank", ""
        meaning = self.around.lexicon.meaning(context)
        if context.unit == "rank" and meaning.match is None:
            return Finding(token, "rank", "a place in an order, of no series of the codebook")
        whole = self._previous.match if self._previous else None
        finding = self._found(token, meaning, zone, context)
        dated = self.around.timeline.between(token.start - len(zone), token.start)
        if whole and PART in zone and finding.series == whole.series and not dated:
            finding = replace(finding, series="", fate="part", reason="a part of the number before it")
        if self._is_part_of_unknown(meaning, zone) and finding.series:
            return replace(finding, series="", fate="part", reason="a part of a number without a series")
        if not finding.series and self.around.is_bracketed(token):
            return finding
        if not meaning.words.names_nothing:
            self._previous = meaning
        self._levels.append(finding)
        return finding

    def _is_part_of_unknown(self, meaning: Meaning, zone: str) -> bool:
        """其中发明55756件 behind a number of one park's firms is a part of those, not of the region."""
        before = self._previous
        if before is None or before.match or PART not in zone:
            return False
        return bool(before.words.scopes - meaning.words.scopes)

    def _found(self, token: Token, meaning: Meaning, zone: str, context: Context) -> Finding:
        near = pieces(zone)
        if meaning.match is None:
            words = meaning.words
            if words.names_nothing and not words.residue and self._previous:
                words = self._previous.words
            said = "、".join(dict.fromkeys([*words.residue, *sorted(words.keys)]))
            if not said and not context.behind.strip("的"):
                return Finding(token, "unexplained", "no words near it say what it counts", words=meaning.words)
            reason = f"counts something of which the codebook has no series ({said or context.behind})"
            return Finding(token, "no series", reason, words=meaning.words, how=meaning.how)
        text = zone if meaning.how == "wider" else zone[zone.rfind(near[0]) :] if near else ""
        start, end = token.start - len(text.lstrip(",:;、。() ")), token.end
        if meaning.reach:
            end += meaning.reach
            self._consumed = end
        return Finding(
            token, "figure", "", meaning.match.series, token.value, self.around.qualifier(token), how=meaning.how,
            doubts=self._doubts(token, meaning), start=start, end=end, words=meaning.words,
        )  # fmt: skip

    def _doubts(self, token: Token, meaning: Meaning) -> tuple[str, ...]:
        doubts = [*meaning.doubts]
        if meaning.words.residue:
            doubts.append("words beside it are not known: " + "、".join(meaning.words.residue))
        if meaning.words.objects == {*meaning.words.objects & self.around.vocabulary.ambiguous} and not (
            meaning.words.events | meaning.words.optional
        ):
            doubts.append("words beside it do not say whether it is of the year or in force")
        if not token.measure and not self.around.is_rank(token):
            doubts.append("no measure word")
        if self.around.is_expected(token):
            doubts.append("an expectation")
        return tuple(doubts)
