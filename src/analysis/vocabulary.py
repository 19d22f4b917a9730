"""The words of bulletins (``terms.toml``), and which series of the codebook a handful of them names.

A wording of the codebook such as 发明专利授权量 is taken apart into terms (invention, grant). A phrase of a bulletin
names the series whose wording has all its terms in the phrase, when the phrase holds no other term that would narrow
it: 企业发明专利授权量 has one more (firms) and is another number.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.codebook import Series, codebook

FACETS = ("object", "event", "scope", "actor", "optional", "glue")
TABLE = paths.PACKAGE / "terms.toml"

MEASURES = {
    "件": "件项个起宗例次份笔单款双套支只枚种", "项": "项件个笔单宗次起", "个": "个件项种家座", "起": "起件宗个例",
    "家": "家户个", "批次": "批次批票", "类": "类大类种", "条": "条", "天": "天日个工作日", "人": "人", "名": "位名",
    "件/万人": "件项个",
}  # fmt: skip
"""Measure words that bulletins use where the codebook has the one on the left."""

IMPLIED = {"家": "firms", "户": "firms", "笔": "project", "项": "project", "单": "project", "宗": "project"}
"""A measure word can say what a noun would: 融资119笔 are projects, 家 are firms."""

ABROAD = re.compile(r"_(?:all|mainland|wipo|received_all)(?:_|$)")
"""Series that count foreign applicants or leave some regions out: published for a nation only."""
HARMLESS = {
    "protection": frozenset({"handle", "accept", "conclude", "closed", "ranked"}),
    "creation": frozenset({"won", "accept"}),
    "value": frozenset({"firms", "benefit", "record", "won", "handle"}),
}
"""Terms that narrow nothing beside a series of this aspect."""
HELD = frozenset({"held", "cumulative", "total"})
"""Said of what is there, not of what came in the year."""
UNASKED = re.compile(r"_academic(?:_|$)")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the table in a text: its key, its facet, and where it stands."""

    key: str
    facet: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a series, taken apart. ``rest`` are the characters that are no term and must be there."""

    series: str
    text: str
    terms: frozenset[str]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The series that a phrase names; ``exact`` if the phrase has no term that the wording lacks."""

    series: str
    wording: str
    exact: bool


class Vocabulary:
    """The table of terms, and the wordings of one codebook taken apart by it."""

    def __init__(self, data: Path):
        self.series: dict[str, Series] = codebook(data)
        table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
        self.incomplete = frozenset(table["context"]["incomplete"])
        self.ambiguous = frozenset(table["context"]["ambiguous"])
        self.far = frozenset(table["context"]["far"])
        dependent = frozenset(table["context"]["dependent"])
        self._facets = {key: facet for facet in FACETS for key in table[facet]}
        self._patterns = [
            (key, re.compile(one)) for facet in FACETS for key in table[facet] for one in table[facet][key]
        ]
        self._wordings = [
            self._taken_apart(series.series, text)
            for series in self.series.values()
            if not series.unit.startswith("percent") or self._is_level(series)
            for text in series.wordings.split("|")
        ]
        self._wordings = [one for one in self._wordings if not one.terms <= dependent]
        self._actors: dict[str, set[str]] = {}
        for one in self._wordings:
            self._actors.setdefault(one.series, set()).update(
                key for key in one.terms if self._facets.get(key) == "actor"
            )

    def terms(self, text: str) -> list[Term]:
        """The terms of a text in order, none overlapping another; of two at one place the longer."""
        hits: dict[int, Term] = {}
        for key, pattern in self._patterns:
            for match in pattern.finditer(text):
                known = hits.get(match.start())
                if match.end() > match.start() and (known is None or match.end() > known.end):
                    hits[match.start()] = Term(key, self._facets[key], match.start(), match.end())
        found, place = [], 0
        for start in sorted(hits):
            if start >= place:
                found.append(hits[start])
                place = hits[start].end
        return found

    def actor_of(self, series: str) -> str | None:
        """The one body whose acts a series counts, if its wordings name one."""
        actors = self._actors.get(series, set())
        return next(iter(actors)) if len(actors) == 1 else None

    def growth_of(self, level: str) -> str | None:
        """The series of the published growth of a level, if the codebook has one."""
        named = f"{level}_yoy_percent"
        return named if named in self.series else None

    def match(self, terms: frozenset[str], text: str, measure: str, unit: str, level: str) -> Match | None:
        """The one series that a set of terms names, for a number with this measure word, in a region of this level.

        ``unit`` is what the measure word stands for (count, CNY, percent ...); ``text`` holds the phrase, for the
        few wordings that are no terms. None if no series fits, or several as well as each other.
        """
        implied = frozenset({IMPLIED[measure]} if measure in IMPLIED else ())
        best: dict[str, tuple[tuple, Match]] = {}
        for wording in self._wordings:
            if not self._fits(wording, terms | implied, text, measure, unit, level):
                continue
            extra = terms - wording.terms - self._harmless(wording.series) - implied
            if extra or (self.series[wording.series].kind == "flow" and self._is_held(wording, terms)):
                continue
            score = (len(wording.rest), len(wording.terms), len(wording.text))
            if wording.series not in best or score > best[wording.series][0]:
                best[wording.series] = (score, Match(wording.series, wording.text, wording.terms >= terms))
        if not best:
            return None
        top = max(score[:2] for score, _ in best.values())
        named = [match for score, match in best.values() if score[:2] == top]
        one = named[0] if len(named) == 1 else self._preferred(named)
        return self._with_foreign(one, terms) if one and level == "nation" else one

    def _fits(self, wording: Wording, terms: frozenset[str], text: str, measure: str, unit: str, level: str) -> bool:
        series = self.series[wording.series]
        if not wording.terms <= terms or not all(rest in text for rest in wording.rest):
            return False
        if UNASKED.search(series.series) or (level != "nation" and ABROAD.search(series.series)):
            return False
        counted = ("count", "rate") if measure else ("count", "rate", "days", "persons")
        if unit != series.unit and not (unit == "count" and series.unit in counted):
            return False
        return not measure or unit != "count" or measure in _allowed(series.counted_zh)

    def _harmless(self, series: str) -> frozenset[str]:
        """Terms that may stand beside a series without narrowing it."""
        optional = {key for key, facet in self._facets.items() if facet in ("optional", "glue")}
        own = self._actors.get(series, set())
        foreign = {key for key, facet in self._facets.items() if facet == "actor" and (not own or key in own)}
        kind = self.series[series]
        verbs = HARMLESS.get(kind.aspect, frozenset())
        verbs |= {"valid"} if kind.kind == "stock" else {"new"}
        return frozenset(optional | foreign | verbs | {"domestic", "growth"})

    def _is_held(self, wording: Wording, terms: frozenset[str]) -> bool:
        """Whether a phrase speaks of what is there, where the series is of what came in the year."""
        said = (terms & HELD) - wording.terms
        return "held" in said or bool(said and wording.series.endswith("_new"))

    def _with_foreign(self, match: Match, terms: frozenset[str]) -> Match:
        """A nation's number without the word 国内 counts foreign applicants too, where there is a series of it."""
        if terms & {"domestic", "mainland"}:
            return match
        wide = f"{match.series}_all" if "accept" not in terms else f"{match.series}_received_all"
        return Match(wide, match.wording, match.exact) if wide in self.series else match

    def _preferred(self, named: list[Match]) -> Match | None:
        """Of series that count alike, the plain one: a nation's own number before the one with foreign applicants."""
        plain = [match for match in named if not ABROAD.search(match.series)]
        return plain[0] if len(plain) == 1 else None

    def _taken_apart(self, series: str, text: str) -> Wording:
        terms, rest, place = self.terms(text), [], 0
        for term in terms:
            rest.append(text[place : term.start])
            place = term.end
        rest.append(text[place:])
        asked = frozenset(term.key for term in terms if term.facet != "glue") - {"amount", "expected"}
        if asked == {"gdp", "share"}:
            asked = frozenset()
        return Wording(series, text, asked, tuple(part for part in rest if len(part) > 1 or (part and not asked)))

    def _is_level(self, series: Series) -> bool:
        """Whether a series in per cent is a level (a share, an intensity), not the growth of something."""
        return not series.series.endswith("_yoy_percent") or not (
            series.growth_of or series.series.removesuffix("_yoy_percent") in self.series
        )


@cache
def vocabulary(data: Path = paths.DATA) -> Vocabulary:
    """The vocabulary on the codebook of a data folder. Raises BadRow."""
    return Vocabulary(data)


@cache
def _allowed(counted: str) -> frozenset[str]:
    words = MEASURES.get(counted, counted)
    split = {"批次": {"批次", "批", "票"}, "类": {"类", "大类", "种"}, "天": {"天", "日", "个工作日", "工作日"}}
    return frozenset(split.get(counted, set(words)))
