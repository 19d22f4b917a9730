"""Numbers said in one breath: 专利授权量、发明专利授权量分别为72390件和7819件."""

import re

from analysis.meaning import INCOMPLETE_PARENTS, Words
from analysis.tokens import Token
from analysis.vocabulary import Vocabulary

BETWEEN = re.compile(r"^(?:左右|以上|人民币)?[、,和与及以\s]{1,3}(?:约|近|超过?|突破|达|逾|共)?$")
SEPARATOR = re.compile(r"、|以及|和|与|及")
RESPECTIVELY = re.compile(r"分别|各")
TAIL = re.compile(
    r"(?:同比|较上年|比上年|较去年|比去年|均|共|总量|分别|各|数量|达到?|为|有|约|近|超过?|突破|增长|下降|减少|提高|上升|提升|至|到)*$"
)


def runs(text: str, counted: list[Token]) -> dict[int, tuple[int, int]]:
    """For the index of each number in an enumeration of numbers: the index of its first, and how many they are."""
    found: dict[int, tuple[int, int]] = {}
    first = 0
    for index in range(1, len(counted) + 1):
        if index < len(counted):
            gap = text[counted[index - 1].end : counted[index].start]
            one_kind = (counted[index].unit == "percent") == (counted[index - 1].unit == "percent")
            if len(gap) <= 6 and one_kind and BETWEEN.match(gap):
                continue
        if index - first > 1:
            found |= dict.fromkeys(range(first, index), (first, index - first))
        first = index
    return found


def members(vocabulary: Vocabulary, lexicon, zone: str, size: int) -> list[Words] | None:
    """The subjects before an enumeration, each completed by its neighbours; None if they are not so many.

    A member without an object has that of the member before it (专利申请、授权量); one without an event has that of
    the first behind it that has one (发明、实用新型、外观设计专利授权量).
    """
    spoken = TAIL.sub("", RESPECTIVELY.split(zone)[0])
    parts = _parts(vocabulary, spoken)
    if len(parts) != size:
        return None
    words = [lexicon.words(part) for part in parts]
    if all(one.names_nothing for one in words) or any(one.names_nothing and one.residue for one in words):
        return None
    return [_completed(words, index) for index in range(size)]


def _parts(vocabulary: Vocabulary, spoken: str) -> list[str]:
    """The text split at its joints, but not inside a term (专利、商标质押融资)."""
    held = [(term.start, term.end) for term in vocabulary.terms(spoken) if term.facet != "glue"]
    cuts = [
        match.span()
        for match in SEPARATOR.finditer(spoken)
        if not any(start < match.end() and match.start() < end for start, end in held)
    ]
    places = [0, *(place for cut in cuts for place in cut), len(spoken)]
    return [
        spoken[start:end] for start, end in zip(places[::2], places[1::2], strict=True) if spoken[start:end].strip()
    ]


def _completed(words: list[Words], index: int) -> Words:
    own = words[index]
    objects, events, scopes = own.objects, own.events, own.scopes
    if not objects:
        objects = next((one.objects for one in reversed(words[:index]) if one.objects), objects)
        scopes = scopes or next((one.scopes for one in reversed(words[:index]) if one.objects), scopes)
    if not events and objects <= INCOMPLETE_PARENTS:
        events = next((one.events for one in words[index + 1 :] if one.events), events)
        events = events or next((one.events for one in reversed(words[:index]) if one.events), events)
    return Words(objects, events, scopes, own.optional, own.actors or words[0].actors, own.residue)
