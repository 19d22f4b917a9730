"""Which series a number of a bulletin belongs to, by the words around it and the number before it."""

import re
from dataclasses import dataclass, field, replace

from analysis.clauses import pieces
from analysis.places import Places
from analysis.vocabulary import Match, Term, Vocabulary

NARROWING = re.compile(
    r"(?:领域|产业|行业|技术|公司|集团|园|院|校|中心|平台|基地|团队|类|型|商会|协会|分行|工程|镇|街道|业|港|岛|经济带|示范|都市圈|地区|渠道|窗口|馆)$"
)
PLAIN = frozenset(["市", "省", "区", "其", "期", "度", "第", "届", "该", "各", "按"])
KEPT = re.compile(r"[\u4e00-\u9fffA-Za-z]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The terms of a phrase by facet. ``residue`` are the words between them that the table does not know."""

    objects: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    residue: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """All terms."""
        return self.objects | self.events | self.scopes | self.optional | self.actors

    @property
    def names_nothing(self) -> bool:
        """Whether no object, event or scope is named."""
        return not (self.objects or self.events or self.scopes)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number was found to count. ``match`` is None where no series fits.

    ``words`` are the terms, borrowed ones included, that the next number may inherit; ``how`` says where they were
    found (own, wider, behind, inherited); ``doubts`` are reasons to look; ``reach`` is how many characters behind the
    number were needed.
    """

    match: Match | None
    words: Words
    how: str
    doubts: tuple[str, ...] = ()
    reach: int = 0


@dataclass
class Context:
    """What surrounds a number: the words before and behind it, the acting body, the number before it."""

    zone: str
    behind: str
    near_behind: str
    far_behind: str
    actor: str | None
    actor_near: bool
    previous: Meaning | None
    point: bool
    measure: str
    unit: str
    level: str
    names: tuple[str, ...] = field(default=())


class Lexicon:
    """Takes phrases apart and finds the series that they name."""

    def __init__(self, vocabulary: Vocabulary, places: Places):
        self.vocabulary, self.places = vocabulary, places
        self._cache: dict[str, Words] = {}

    def words(self, text: str) -> Words:
        """The terms of a phrase by facet, and what is left of it."""
        if text not in self._cache:
            self._cache[text] = self._words(text)
        return self._cache[text]

    def _words(self, text: str) -> Words:
        terms = self.vocabulary.terms(text)
        by_facet = {
            facet: frozenset(term.key for term in terms if term.facet == facet)
            for facet in ("object", "event", "scope", "optional", "actor")
        }
        return Words(
            by_facet["object"], by_facet["event"], by_facet["scope"], by_facet["optional"], by_facet["actor"],
            self._residue(text, terms),
        )  # fmt: skip

    def _residue(self, text: str, terms: list[Term]) -> tuple[str, ...]:
        """Words of a phrase that are neither terms, nor times, nor the name of the place."""
        found, place = [], 0
        for term in terms:
            found += KEPT.findall(text[place : term.start])
            place = term.end
        found += KEPT.findall(text[place:])
        own = self.places.name
        cut = [part.replace(own, "") if own else part for part in found]
        return tuple(part for part in cut if part and part not in PLAIN)

    def meaning(self, context: Context) -> Meaning:
        """The series of a level, found in the nearest words that settle it."""
        near = pieces(context.zone)
        first = self.words(near[0]) if near else Words()
        if context.unit == "count":
            first = replace(first, events=first.events - {"share"})
        for words, how, reach in self._tries(context, near, first):
            match = self.match(words, context)
            if match:
                return Meaning(match, words, how, (), reach)
        behind = self.words(context.behind)
        if first.objects == {"award_medal"}:
            first = self._inherited(context, first) or first
        named = first if first.objects or not behind.objects else joined(first, behind)
        return Meaning(None, named, "own")

    def match(self, words: Words, context: Context) -> Match | None:
        """The series that words name for this number, the acting body of the sentence included."""
        if any(NARROWING.search(part) for part in words.residue):
            return None
        text = context.zone + context.measure + context.far_behind
        keys = words.keys
        if context.actor and not words.actors:
            keys |= {context.actor}
        if context.unit == "count":
            keys -= {"share"}
        elif context.unit == "rank":
            keys |= {"ranked"}
        found = self.vocabulary.match(keys, text, context.measure, context.unit, context.level)
        if found is None and context.point and "approve" in keys:
            # By the end of a year so many are approved: what is there, not what came.
            keys |= {"cumulative"}
            found = self.vocabulary.match(keys, text, context.measure, context.unit, context.level)
        if found or (context.actor_near and context.actor not in (None, "market", "bank", "culture")):
            return found
        return self.vocabulary.match(words.keys, text, context.measure, context.unit, context.level)

    def _tries(self, context: Context, near: list[str], first: Words):
        """Readings of the words around a number, the surest first: ``(words, how, reach)``."""
        incomplete = self.vocabulary.incomplete
        open_object = bool(first.objects) and first.objects <= incomplete and not first.events
        behind, reach = self.words(context.behind), len(context.behind)
        if open_object and (inherited := self._inherited(context, first)):
            yield inherited, "inherited", 0
        unsaid = bool(first.objects) and first.objects <= self.vocabulary.ambiguous and context.zone.startswith("、")
        if unsaid and context.previous and "new" in context.previous.words.events:
            yield replace(first, events=first.events | {"new"}), "inherited", 0
        narrowed = context.previous and context.previous.words.keys & NARROWED and not first.objects
        if not open_object and not first.names_nothing and not narrowed:
            yield first, "own", 0
        settled = bool(first.objects) and not open_object
        if "project" in behind.optional and first.objects:
            yield replace(first, optional=first.optional | {"project"}), "behind", reach
        known = not behind.residue or behind.objects & self.vocabulary.far
        if not behind.names_nothing and known and (not settled or behind.objects & self.vocabulary.far):
            yield joined(first, behind), "behind", reach
            if behind.objects and first.names_nothing:
                yield behind, "behind", reach
        inherited = None if first.objects or behind.objects or behind.residue else self._inherited(context, first)
        if inherited:
            yield inherited, "inherited", 0
        yield from self._wider(near, first, behind if known else Words(), reach, settled)
        if open_object:
            yield first, "own", 0
        if not first.objects or open_object:
            for text in (context.near_behind, context.far_behind):
                if (far := self.words(text)).objects & self.vocabulary.far:
                    yield far, "behind", len(text) if text == context.near_behind else 0

    def _wider(self, near: list[str], first: Words, behind: Words, reach: int, settled: bool):
        """The words of up to three more pieces to the left, as long as the nearest do not settle it."""
        wider = first
        for piece in near[1:4]:
            if settled or (first.residue and first.names_nothing and not behind.objects):
                return
            wider = joined(wider, self.words(piece))
            yield wider, "wider", 0
            if not behind.names_nothing:
                yield joined(wider, behind), "wider", reach
            if wider.objects and not wider.objects <= self.vocabulary.incomplete:
                return

    def _inherited(self, context: Context, own: Words) -> Words | None:
        """Own words completed by those of the number before: its object, its event, or both."""
        if context.previous is None or own.residue:
            return None
        past = context.previous.words
        if own.objects == {"award_medal"}:
            return Words(own.objects | past.objects, past.events, own.scopes, own.optional, own.actors)
        if own.objects:
            if own.objects <= self.vocabulary.incomplete and not own.events and past.objects <= INCOMPLETE_PARENTS:
                return Words(own.objects, past.events, own.scopes, own.optional, own.actors)
            return None
        events = own.events or (past.events - {"new", "approve"} if "cumulative" in own.optional else past.events)
        scopes = own.scopes | (past.scopes if not own.scopes else frozenset())
        objects = past.objects - {"award_medal"} if "sum" in own.optional else past.objects
        return Words(objects, events, scopes, own.optional, own.actors or past.actors)


NARROWED = frozenset({"other_case", "civil", "kinds"})
"""What narrows cases: 审结3198件 behind 民事案件4857件 is about civil cases too."""
INCOMPLETE_PARENTS = frozenset(
    {"patent", "invention", "utility", "design", "trademark", "works", "high_value", "pct", "software"}
)


def joined(one: Words, other: Words) -> Words:
    """The terms of two phrases together."""
    return Words(
        one.objects | other.objects,
        one.events | other.events,
        one.scopes | other.scopes,
        one.optional | other.optional,
        one.actors or other.actors,
        one.residue + other.residue,
    )
