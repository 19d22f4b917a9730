"""A bulletin read: every number of its text with its fate, and the figures that could go into ``data/figures``.

A figure has a series, a reference year, a place and a grade: ``certain`` (its own words name the series, the time is
a whole year or the end of one, the place is the bulletin's), ``likely`` (a part of its name was said for a number
before it, or words stand by that are not known), ``look`` (a reader should decide).
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from analysis import paths
from analysis.errors import AnalysisError
from analysis.mending import Mended, mended
from analysis.nonfigures import NonFigures
from analysis.periods import Timeline
from analysis.places import Places
from analysis.quantities import Quantities
from analysis.surroundings import Finding, Surroundings
from analysis.tokens import tokens
from analysis.vocabulary import Vocabulary, vocabulary

GRADES = ("certain", "likely", "look")
FATES = {
    "figure": "a figure of the region and a whole year",
    "again": "a figure said before, or said again less exactly",
    "other value": "another value for a figure already found",
    "part": "a part of a figure, without a series of its own",
    "part year": "a figure of a part of a year, of several years, or up to an unnamed day",
    "elsewhere": "a figure of another place",
    "no series": "a count of which the codebook has no series",
    "growth": "a growth without a series",
    "share": "a share or rate without a series",
    "multiple": "how many times",
    "rank": "a place in an order",
    "change": "a difference, not a level",
    "earlier": "the value before a change",
    "target": "aimed at, not reached",
    "date": "a date or a period",
    "duration": "a length of time",
    "ordinal": "which one, not how many",
    "mark": "the number of a point in a list",
    "name": "a part of a name or a code",
    "base": "the base of a rate",
    "word": "a numeral inside a word",
    "unexplained": "not explained",
}
LONGEST_PHRASE = 60
MOST_CHARACTERS = 300_000


class NotThisPlace(AnalysisError):
    """The bulletin is of another place than the one asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that could go into ``data/figures``. Offsets count characters of the raw text, ends not included."""

    region: str
    reference_year: int
    series: str
    value: str
    multiplier: int
    unit: str
    qualifier: str
    kind: str
    phrase: str
    note: str
    grade: str
    start: int
    end: int
    phrase_start: int
    phrase_end: int

    @property
    def number(self) -> Fraction:
        """The printed number in whole units."""
        return Fraction(self.value) * 10**self.multiplier


@dataclass(frozen=True, slots=True)
class Reading:
    """A bulletin read. ``findings`` has one entry for each number of the text, in order."""

    region: str
    reference_year: int
    text: Mended
    findings: tuple[Finding, ...]
    candidates: tuple[Candidate, ...]
    remarks: tuple[str, ...]


def reading(raw: str, region: str, year: int, data: Path = paths.DATA) -> Reading:
    """What a raw text says about a region and a year. Raises NotThisPlace, and BadRow for a malformed codebook."""
    if len(raw) > MOST_CHARACTERS:
        raise AnalysisError(f"the text has {len(raw):,} characters; a bulletin has at most {MOST_CHARACTERS:,}")
    text, words = mended(raw), vocabulary(data)
    timeline, places = Timeline(text.text, year), Places(text.text, region, data)
    remarks = _remarks(text.text, places, region)
    around = Surroundings(text.text, words, timeline, places)
    nonfigures = NonFigures(text.text, timeline)
    every = tokens(text.text)
    fates = {token.start: nonfigures.fate(token) for token in every}
    counted = [token for token in every if fates[token.start] is None]
    judged = {finding.token.start: finding for finding in Quantities(around).findings(counted)}
    findings = [
        _settled(judged[token.start], around, words) if token.start in judged else Finding(token, *fates[token.start])
        for token in every
    ]
    findings = _unrepeated(findings)
    candidates = tuple(
        _candidate(replace(finding, series=series), text, region, words)
        for finding in findings
        if finding.fate == "figure"
        for series in (finding.series, *finding.also)
    )
    return Reading(region, year, text, tuple(findings), candidates, tuple(remarks))


def _settled(finding: Finding, around: Surroundings, words: Vocabulary) -> Finding:
    """A finding with its time and place; what is not of the region or not of a whole year is no figure for the data."""
    if finding.fate == "no series" and (place := around.place(finding.token)):
        return replace(finding, fate="elsewhere", reason=f"a number of another place: {place.name}", place=place)
    if finding.fate != "figure":
        return finding
    period, place = around.period(finding.token, finding.words), around.place(finding.token)
    finding = replace(finding, period=period, place=place)
    if place is not None:
        return replace(finding, fate="elsewhere", reason=f"{finding.series} of another place: {place.name}")
    flow = words.series[finding.series].kind == "flow"
    summed = flow and "cumulative" in finding.words.optional
    rights = words.series[finding.series].aspect == "creation"
    several = summed and (period.point or (rights and not around.is_dated(finding.token)))
    if not period.whole_year or several or (period.to_date and flow):
        when = "up to an unnamed day" if period.to_date else "since the beginning" if several else str(period)
        return replace(finding, fate="part year", reason=f"{finding.series}, {when}")
    doubts = [*finding.doubts]
    if period.to_date:
        doubts.append("given to date, the day is not said")
    if flow and period.point and not period.to_date:
        doubts.append("the end of the year is named, although it is of the whole year")
    if flow and "cumulative" in finding.words.optional:
        doubts.append("said to be cumulative")
    return replace(finding, doubts=tuple(doubts))


def _unrepeated(findings: list[Finding]) -> list[Finding]:
    """Of several numbers for one series and year one is kept: exact before bounds, sure before doubtful, fine first."""
    chosen: dict[tuple[str, int], int] = {}
    order = sorted(
        (index for index, finding in enumerate(findings) if finding.fate == "figure"),
        key=lambda index: (
            findings[index].qualifier != "exact",
            GRADES.index(grade(findings[index])),
            findings[index].how != "own",
            index,
        ),
    )
    kept = list(findings)
    for index in order:
        finding = findings[index]
        key = (finding.series, finding.period.year)
        first = chosen.setdefault(key, index)
        if first != index:
            kept[index] = _repeat(finding, findings[first])
            if kept[index].fate == "other value":
                doubt = f"another value is printed for it: {finding.value} times 10^{finding.token.multiplier}"
                kept[first] = replace(kept[first], doubts=(*kept[first].doubts, doubt))
    return kept


def _repeat(finding: Finding, first: Finding) -> Finding:
    """A second number for one series and year: the same, a rounder one, a bound that holds, or another value."""
    one, other = _number(finding), _number(first)
    coarse = Fraction(10) ** (finding.token.multiplier - len(finding.value.partition(".")[2]))
    fine = Fraction(10) ** (first.token.multiplier - len(first.value.partition(".")[2]))
    agrees = abs(one - other) <= max(coarse, fine) or (finding.qualifier in ("more_than", "at_least") and one <= other)
    agrees = agrees or (finding.qualifier == "nearly" and one >= other)
    if agrees:
        return replace(finding, fate="again", reason=f"{finding.series} again: {first.value} is kept")
    return replace(finding, fate="other value", reason=f"{finding.series} again with another value than {first.value}")


def _number(finding: Finding) -> Fraction:
    return Fraction(finding.value) * 10**finding.token.multiplier


def grade(finding: Finding) -> str:
    """How sure a figure is: certain, likely or look."""
    serious = [
        doubt
        for doubt in finding.doubts
        if not doubt.startswith(("no measure", "words beside", "the base", "the end of"))
    ]
    if serious or len(finding.doubts) > 1:
        return "look"
    return "certain" if finding.how == "own" and not finding.doubts else "likely"


def _candidate(finding: Finding, text: Mended, region: str, words: Vocabulary) -> Candidate:
    series = words.series[finding.series]
    start, end = max(0, finding.start), max(finding.end, finding.token.end)
    if end - start > LONGEST_PHRASE:
        start = max(start, finding.token.end - LONGEST_PHRASE)
        end = min(end, start + LONGEST_PHRASE)
    phrase = text.text[start:end].strip(",:;、。()（） \n").replace("\n", "")
    raw_start, raw_end = text.raw_span(finding.token.start, finding.token.end)
    phrase_start, phrase_end = text.raw_span(start, end)
    return Candidate(
        region, finding.period.year, finding.series, finding.value, finding.token.multiplier, series.unit,
        finding.qualifier, series.kind, phrase, "; ".join(finding.doubts), grade(finding),
        raw_start, raw_end, phrase_start, phrase_end,
    )  # fmt: skip


def _remarks(text: str, places: Places, region: str) -> list[str]:
    """What to know before trusting the reading; refuses a bulletin of another place."""
    tally = places.tally()
    own = tally.pop(places.name, 0) if places.name else 0
    name, most = tally.most_common(1)[0] if tally else ("", 0)
    if places.name and not own and most >= 2 and places.level != "nation":
        raise NotThisPlace(
            f"the text never names {places.name} ({region}), but names {name} {most} times; is it a bulletin of {name}?"
        )
    remarks = []
    if places.name and places.level != "nation" and not own:
        remarks.append(f"the text does not name {places.name}; every figure is taken to be of it all the same")
    elif own and most > 2 * own and name not in places.inside:
        remarks.append(f"the text names {name} ({most} times) more often than {places.name} ({own})")
    return remarks
