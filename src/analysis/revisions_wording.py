"""The changes between two reports in words: for each changed number a row, with its class, direction and reason."""

from dataclasses import dataclass

from analysis import comparisons
from analysis.comparison_wording import change_text
from analysis.editions_compared import Comparison
from analysis.errors import NotComputable
from analysis.histories import COMPARED_UNITS
from analysis.made_reports import Recorded
from analysis.revisions import FigureChange
from analysis.revisions_derived import DerivedChange
from analysis.revisions_shown import SentenceChange
from analysis.rounding import SIGNED, Rounded
from analysis.shown import WAYS
from analysis.wording import close_spaces, words


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A changed number as it is told. Texts are plain and in one language, except ``what``, ``id``, ``change`` and
    ``kind``, which are the same in every language.

    ``what`` is figure, indicator, growth, contribution, rank or portion; ``change`` is changed, added or removed.
    """

    what: str
    id: str
    region: str
    year_before: str
    year_after: str
    name: str
    before: str
    after: str
    change: str
    kind: str
    direction: str
    reason: str
    source_before: str
    published_before: str
    source_after: str
    published_after: str


def summary(comparison: Comparison) -> list[str]:
    """The title, how much changed, and how many numbers of each class: lines for a terminal."""
    teller = Teller(comparison)
    counts = comparison.counts()
    classes = [teller.say("summary", **{"class": teller.say(f"class_{kind}")}, number=counts[kind]) for kind in counts]
    return [teller.title(), teller.lead(), *(f"  {line}" for line in classes)]


class Teller:
    """Puts a comparison into words."""

    def __init__(self, comparison: Comparison):
        self.comparison = comparison
        self.language = comparison.after.language

    def say(self, key: str, **values: object) -> str:
        """A phrase of ``words/`` with the prefix of this module."""
        told = words(f"compare_{key}", self.language, **values)
        return close_spaces(told) if self.language == "zh" else told

    def rows(self) -> list[NumberRow]:
        """Every changed number: the published ones, then the computed ones."""
        figures = [self._figure(change) for change in self.comparison.figures]
        return figures + [self._derived(change) for change in self.comparison.derived]

    def class_of(self, kind: str, change: str) -> str:
        """The name of a class; a new year in which a number is missing is told as such."""
        missing = kind == "new_observation" and change == "removed"
        return self.say("class_nothing_observed" if missing else f"class_{kind}")

    def title(self) -> str:
        """What is compared."""
        before, after = self.comparison.before, self.comparison.after
        key = "title_vintages" if self.comparison.same_year else "title_years"
        return self.say(key, place=after.place, before=before.year, after=after.year)

    def lead(self) -> str:
        """How much changed."""
        parts = {"numbers": self.comparison.numbers, "sentences": self.comparison.sentences}
        counts = {name: len(found) for name, found in (parts | {"charts": self.comparison.charts}).items()}
        return self.say("lead" if any(counts.values()) else "lead_nothing", **counts)

    def way(self, change: SentenceChange) -> str:
        """Which way a sentence turned, or which way the number in it went; empty if neither can be said."""
        if change.kind == "direction":
            told = [self._verdicts(each) for each in change.ways]
            return " → ".join(each or self.say("none") for each in told)
        return self._verdicts((change.moved,)) if change.moved else ""

    def _verdicts(self, verdicts: tuple[str, ...]) -> str:
        told = [self.say("not_compared") if each == "broken" else words(WAYS[each], self.language) for each in verdicts]
        return words("list_separator", self.language).join(told)

    def sides(self) -> tuple[str, str]:
        """What the two reports are called in the head of a table."""
        if self.comparison.same_year:
            return self.say("before"), self.say("after")
        years = (self.comparison.before.year, self.comparison.after.year)
        return self.say("year", year=years[0]), self.say("year", year=years[1])

    def _figure(self, change: FigureChange) -> NumberRow:
        one, other, either = change.before, change.after, change.either
        sources = [(self._source(each), each.published_on) if each else ("", "") for each in (one, other)]
        return NumberRow(
            "figure", either.key[2], either.key[0], *(str(each.key[1]) if each else "" for each in (one, other)),
            self._name(change), *(each.printed if each else "" for each in (one, other)), _change(one, other),
            change.why.kind, self._figure_direction(change), self._reason(change), *sources[0], *sources[1],
        )  # fmt: skip

    def _name(self, change: FigureChange) -> str:
        region, year, _ = change.either.key
        if change.own:
            return change.either.name
        key = "named_year" if region == self.comparison.after.region else "named_place"
        return self.say(key, name=change.either.name, place=change.either.place, year=year)

    def _figure_direction(self, change: FigureChange) -> str:
        if not (change.before and change.after):
            return ""
        size = ""
        if change.either.unit in COMPARED_UNITS:
            values = (change.before.rounded, change.after.rounded)
            size = self._size(*values, points=change.either.unit in SIGNED)
        return self._direction(change.verdict, size)

    def _reason(self, change: FigureChange) -> str:
        one, other, either, why = change.before, change.after, change.either, change.why
        if why.at:
            kind = words(f"break_{why.at.kind}", self.language)
            return self.say("reason_break", kind=kind, why=why.at.why(self.language))
        return self.say(
            f"reason_{why.reason}",
            year=either.key[1],
            before_year=self.comparison.before.year,
            after_year=self.comparison.after.year,
            before=one.printed if one else "",
            after=other.printed if other else "",
            before_source=self._source(one) if one else "",
            after_source=self._source(other) if other else "",
            before_date=self._date(one) if one else "",
            phrase=either.phrase,
        )

    def _source(self, figure: Recorded) -> str:
        return self.say("source", publisher=figure.publisher, date=self._date(figure))

    def _date(self, figure: Recorded) -> str:
        return figure.published_on or words("undated", self.language)

    def _derived(self, change: DerivedChange) -> NumberRow:
        kind, years = change.card if change.card[0] else ("indicator", "")
        name = change.name
        if years:
            name = self.say(f"card_{kind}", name=name, years=years.replace("-", "–"))
        both = (str(self.comparison.before.year), str(self.comparison.after.year))
        within = (years, years) if years else both
        return NumberRow(
            kind, change.id, self.comparison.after.region, *within, name, change.before, change.after,
            _change(change.before, change.after), change.why.kind, self._derived_direction(change),
            self._derived_reason(change), "", "", "", "",
        )  # fmt: skip

    def _derived_reason(self, change: DerivedChange) -> str:
        kinds = {
            cause.either.name: self.class_of(cause.why.kind, _change(cause.before, cause.after))
            for cause in change.causes
        }
        causes = [self.say("cause", name=name, **{"class": kind}) for name, kind in kinds.items()]
        return self.say(f"reason_{change.why.reason}", causes=words("list_separator", self.language).join(causes))

    def _derived_direction(self, change: DerivedChange) -> str:
        one, other = (each and each.value for each in change.values)
        if not (one and other):
            return ""
        return self._direction(change.verdict, self._size(one, other, points=change.after.endswith("%")))

    def _direction(self, verdict: str | None, size: str) -> str:
        if verdict is None:
            return self.say("not_compared")
        told = words(f"verdict_{verdict}", self.language)
        return self.say("size", verdict=told, size=size) if size and verdict in ("rose", "fell") else told

    def _size(self, one: Rounded, other: Rounded, *, points: bool) -> str:
        try:
            change = comparisons.difference(one, other) if points else comparisons.growth(one, other)
        except NotComputable:
            return ""
        if change.lower is None and change.upper is None:
            return ""
        return change_text(change, self.language, points=points)


def _change(before: object, after: object) -> str:
    return "changed" if before and after else "added" if after else "removed"
