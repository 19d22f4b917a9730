"""Numbers in per cent and in percentage points: a growth, a share, an intensity, or a difference."""

import re
from dataclasses import dataclass, replace

from analysis.clauses import pieces
from analysis.meaning import Meaning, Words, joined
from analysis.rates import Growth, growth, is_share
from analysis.surroundings import Finding, Surroundings
from analysis.tokens import Token

EACH = re.compile(r"[均都][^,]{0,4}$")
BESIDE = re.compile(r"(?:全国|全省|平均(?:水平|增速)?)(?:\(|的)?(?:同比|比增|增长|增速|为|是)*$")
LEVEL_UNITS = ("count", "CNY", "persons", "percent")


@dataclass(frozen=True, slots=True)
class Before:
    """What came before a percentage in its sentence: the levels found, and the last number that had words."""

    levels: list[Finding]
    previous: Meaning | None


def percentage(
    around: Surroundings, token: Token, zone: str, following: int, before: Before
) -> tuple[Finding, Meaning | None]:
    """The finding for a number in per cent or points, and the meaning that the next number may inherit."""
    context = around.context(token, zone, following, before.previous)
    if token.unit == "percentage_points":
        return _points(around, token, zone, context, before), None
    year = around.period(token, Words()).year
    found = growth(zone, year)
    if BESIDE.search(zone):
        return Finding(token, "elsewhere", "the growth or rate of another place, for comparison"), None
    if found:
        return _growth(around, token, zone, found, before)
    meaning = around.lexicon.meaning(context)
    if is_share(zone):
        meaning = _of_a_whole(around, token, zone, context, before) or Meaning(None, meaning.words, "own")
    start = token.start - (len(pieces(zone)[0]) if pieces(zone) else 0)
    if meaning.match:
        return Finding(
            token, "figure", "", meaning.match.series, token.value, around.qualifier(token), how=meaning.how,
            start=max(0, start), end=token.end, words=meaning.words,
        ), None  # fmt: skip
    kind = "share" if is_share(zone) or is_share(context.behind) else "no series"
    return Finding(token, kind, "a part of a whole, or a rate, that the codebook has no series for"), None


def growth_series(around: Surroundings, words: Words, token: Token, before: Before) -> tuple[str, str]:
    """``(level, growth)`` for the subject of a growth: both empty if the subject is no series."""
    recent = {one.series: one for one in before.levels if one.series}
    for unit in LEVEL_UNITS:
        match = around.vocabulary.match(words.keys, "", "", unit, around.places.level)
        if match is None and (actor := around.actor(token)):
            match = around.vocabulary.match(words.keys | {actor}, "", "", unit, around.places.level)
        if match and match.series.endswith("_yoy_percent"):
            return match.series, match.series
        if match:
            same = {one.series for one in before.levels if one.words.keys == words.keys and one.series}
            level = same.pop() if len(same) == 1 else match.series
            return level, around.vocabulary.growth_of(level) or ""
    level = next((series for series, one in recent.items() if one.words.objects == words.objects and words.objects), "")
    return level, (around.vocabulary.growth_of(level) or "") if level else ""


def grown(token: Token, found: Growth, level: str, series: str, how: str, start: int, words: Words) -> Finding:
    """The finding for a growth of a level that is known."""
    if not found.on_year_before:
        return Finding(token, "growth", "a growth on another base than the year before", words=words)
    if not series:
        reason = (
            f"the growth of {level}, for which the codebook has no series" if level else "the growth of something else"
        )
        return Finding(token, "growth", reason, words=words)
    value = f"-{token.value}" if found.negative and not token.value.startswith("-") else token.value
    doubts = () if found.said_outright else ("the base of the growth is not said",)
    return Finding(
        token,
        "figure",
        "",
        series,
        value,
        token.qualifier,
        how=how,
        doubts=doubts,
        start=start,
        end=token.end,
        words=words,
    )


def _growth(
    around: Surroundings, token: Token, zone: str, found: Growth, before: Before
) -> tuple[Finding, Meaning | None]:
    near = pieces(found.subject)
    subject = near[0] if near and not found.subject.rstrip("、和与及").endswith((",", ")", "(", ":", ";")) else ""
    own = around.lexicon.words(subject)
    start = (
        token.start - (len(zone) - zone.rfind(subject)) if subject else token.start - len(zone.lstrip(",:;(、")[-14:])
    )
    if own.names_nothing and own.residue:
        return Finding(token, "growth", f"the growth of {'、'.join(own.residue)}, which is no series", words=own), None
    if own.names_nothing or (own.events == {"growth"} and not own.objects):
        last = before.levels[-1] if before.levels else None
        if last is None or (not last.series and last.words.names_nothing):
            return Finding(token, "growth", "the growth of something that is not named near it"), None
        return _of_levels(around, token, found, before.levels if EACH.search(zone) else [last], start), None
    words = _completed(around, own, before)
    level, series = growth_series(around, words, token, before)
    if not series and (wider := _wider(around, near, words)):
        level, series = growth_series(around, wider, token, before)
        words = wider if series else words
    how = "own" if words.keys == own.keys else "inherited"
    return grown(token, found, level, series, how, start, words), Meaning(None, words, how)


def _of_levels(around: Surroundings, token: Token, found: Growth, levels: list[Finding], start: int) -> Finding:
    """The growth of the level before, or of each of several (同比增长均为42%)."""
    series = [around.vocabulary.growth_of(one.series) if one.series else None for one in levels]
    named = [one for one in series if one]
    first = grown(token, found, levels[-1].series, named[0] if named else "", "inherited", start, levels[-1].words)
    return replace(first, also=tuple(named[1:]))


def _wider(around: Surroundings, near: list[str], words: Words) -> Words | None:
    return joined(words, around.lexicon.words(near[1])) if len(near) > 1 and not words.objects else None


def _completed(around: Surroundings, own: Words, before: Before) -> Words:
    """The subject of a growth, with the object or the event of the number before where it lacks one."""
    events = own.events - {"growth"}
    past = before.previous.words if before.previous else Words()
    if not own.objects:
        return Words(
            past.objects, events or past.events, own.scopes or past.scopes, own.optional, own.actors, own.residue
        )
    if own.objects <= around.vocabulary.incomplete and not events:
        return Words(own.objects, past.events, own.scopes, own.optional, own.actors, own.residue)
    return Words(own.objects, events, own.scopes, own.optional, own.actors, own.residue)


def _of_a_whole(around: Surroundings, token: Token, zone: str, context, before: Before) -> Meaning | None:
    """The series of a share: the part (named before 占, or the number before) and the whole (named behind it)."""
    part, _, whole = zone.rpartition("占")
    near = pieces(part)
    own = around.lexicon.words(near[0]) if near and part and part[-1] not in ",)(:;" else Words()
    if own.names_nothing and before.levels:
        own = before.levels[-1].words
    words = joined(own, around.lexicon.words(f"占{whole}" if whole or part else zone))
    match = around.lexicon.match(words, context)
    return Meaning(match, words, "own" if own.objects else "inherited") if match else None


def _points(around: Surroundings, token: Token, zone: str, context, before: Before) -> Finding:
    words = around.lexicon.words(pieces(zone)[0] if pieces(zone) else "")
    words = words if words.objects or not before.levels else joined(words, before.levels[-1].words)
    match = around.lexicon.match(words, context)
    if match:
        start = token.start - len(pieces(zone)[0] if pieces(zone) else "")
        return Finding(
            token,
            "figure",
            "",
            match.series,
            token.value,
            around.qualifier(token),
            how="own",
            start=start,
            end=token.end,
            words=words,
        )
    return Finding(token, "change", "a difference in percentage points")
