"""What stands around a number of a text: its sentence, the body that acts, the time and the place that hold there."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from analysis.clauses import Sentences, after_zone, behind_zone
from analysis.meaning import Context, Lexicon, Meaning, Words
from analysis.periods import Period, Timeline
from analysis.places import Place, Places
from analysis.tokens import Token
from analysis.vocabulary import Vocabulary

NO_WORDS = Words()
APPRAISED = frozenset({"appraisal", "appraised_cities"})
REACH, BEHIND = 400, 80
"""Characters before and behind a number that can belong to it; a sentence without end must not cost time."""
EXPECTED = re.compile(r"(?:预计|预期|有望|估计)[^,。;]{0,12}$")
TIGHT = re.compile(r"的?(?:约|近|超)?")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a number of a text is. ``fate`` and ``reason`` say it; ``series`` is empty unless one fits.

    ``value`` is that of the figure (a decrease is negative). ``start`` and ``end`` bound the phrase in the mended
    text. ``how`` says where the words of the series were found, ``doubts`` why a reader should look, ``also`` further
    series of the same number (同比增长均为42%).
    """

    token: Token
    fate: str
    reason: str
    series: str = ""
    value: str = ""
    qualifier: str = "exact"
    period: Period | None = None
    place: Place | None = None
    how: str = "own"
    doubts: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    words: Words = NO_WORDS
    also: tuple[str, ...] = ()


class Surroundings:
    """One text with its sentences, times, places and terms."""

    def __init__(self, text: str, vocabulary: Vocabulary, timeline: Timeline, places: Places):
        self.text, self.vocabulary, self.timeline, self.places = text, vocabulary, timeline, places
        self.sentences, self.lexicon = Sentences(text), Lexicon(vocabulary, places)
        terms = vocabulary.terms(text)
        self._actors = [term for term in terms if term.facet == "actor"]
        self._actor_starts = [term.start for term in self._actors]
        self._held = [(term.start, term.end) for term in terms if term.facet not in ("glue", "optional")]
        self._held_starts = [start for start, _ in self._held]

    def is_rank(self, token: Token) -> bool:
        """Whether a number says which place something took: 第一, 第4位."""
        return self.text[token.start - 1 : token.start] == "第"

    def is_bracketed(self, token: Token) -> bool:
        """Whether a number stands in a bracket, as an aside."""
        before = self.text[max(0, token.start - BEHIND) : token.start]
        return before.rfind("(") > before.rfind(")")

    def dated(self, token: Token) -> Period | None:
        """The time that stands right before a number: 由去年的1000件."""
        close = [one for one in self.timeline.between(max(0, token.start - 12), token.start) if one.period]
        if close and TIGHT.fullmatch(self.text[close[-1].end : token.start]):
            return close[-1].period
        return None

    def is_expected(self, token: Token) -> bool:
        """Whether a number was expected only when the bulletin was made."""
        return EXPECTED.search(self.text[max(0, token.start - 16) : token.start]) is not None

    def qualifier(self, token: Token) -> str:
        """What the words around make of a number; what is only expected is about so much."""
        return "about" if token.qualifier == "exact" and self.is_expected(token) else token.qualifier

    def is_dated(self, token: Token) -> bool:
        """Whether the sentence names the time that it speaks of."""
        sentence, _ = self.sentences.sentence(token.start)
        said = re.search("全年|当年|年内", self.text[max(sentence, token.start - REACH) : token.start])
        return bool(said) or self.timeline.last_ruling(sentence, token.start) is not None

    def is_future(self, token: Token) -> bool:
        """Whether the sentence speaks of a year that had not come when the bulletin was made."""
        sentence, _ = self.sentences.sentence(token.start)
        ruling = self.timeline.last_ruling(sentence, token.start)
        return ruling is not None and ruling.period.first_year > self.timeline.this_year

    def actor(self, token: Token, near: bool = False) -> str | None:
        """Who acts: the body named last in the paragraph, or if ``near`` in the clause."""
        index = bisect_right(self._actor_starts, token.start) - 1
        start = self.sentences.clause(token.start) if near else self.sentences.paragraph(token.start)
        if index < 0 or self._actors[index].start < start:
            return None
        return self._actors[index].key

    def context(self, token: Token, zone: str, following: int, previous: Meaning | None) -> Context:
        """The words around a number. ``following`` is where the next number begins."""
        end = min(self.sentences.sentence(token.start)[1], token.end + BEHIND)
        actor, near = self.actor(token), self.actor(token, near=True) is not None
        if not near and previous and previous.match:
            actor = self.vocabulary.actor_of(previous.match.series) or actor
        return Context(
            zone, behind_zone(self.text, token.end, min(following, end)),
            after_zone(self.text, token.end, min(following, end)), after_zone(self.text, token.end, end),
            actor, near, previous, self.period(token, NO_WORDS).point, token.measure, token.unit, self.places.level,
        )  # fmt: skip

    def period(self, token: Token, words: Words) -> Period:
        """The time that a number speaks of; an appraisal has the year that is named with it."""
        if tight := self.dated(token):
            return tight
        sentence, _ = self.sentences.sentence(token.start)
        if words.objects & APPRAISED:
            start = max(sentence, token.start - REACH)
            local = [one for one in self.timeline.between(start, token.start) if one.local and one.period]
            if local:
                return local[-1].period
        return self.timeline.at(token.start, sentence, self.sentences.paragraph(token.start))

    def place(self, token: Token) -> Place | None:
        """The other place that a number speaks of; None if it is the bulletin's own."""
        clause = self.sentences.clause(token.start)
        for place in self.places.before(token.start, clause):
            if not self._is_in_a_term(place):
                return None if place.own else place
        return None

    def _is_in_a_term(self, place: Place) -> bool:
        """全国 in 全国知识产权行政保护绩效考核 is a part of a name."""
        index = bisect_right(self._held_starts, place.start) - 1
        return index >= 0 and place.end < self._held[index][1]
