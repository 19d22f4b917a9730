"""Where a region stands among its peers in one year: rank ranges of counts and of rates, and what is not compared."""

from dataclasses import dataclass
from fractions import Fraction

from analysis.codebook import Series, codebook, regions
from analysis.comparisons import RankRange, rank_range
from analysis.errors import NotComputable
from analysis.figures import Figure, Figures
from analysis.rounding import Rounded, exactly

FEWEST = 5
"""A comparison needs at least so many regions of the peer group with a figure of the same year."""

DENOMINATORS = {"population_resident": 10_000, "gdp": 10_000_000_000}
"""The series that others are divided by, and the number of units (residents, yuan) that a rate is for."""

NOT_RANKED = frozenset({"rank", "days", "percentage_points"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers of a peer group in one year, one series or one series divided by another, and one region's place.

    ``values`` holds a number for each region of the group that has one, the region itself included; ``references``
    the same for the province and the nation; ``figures`` the published figures behind each.
    """

    series: Series
    denominator: str
    year: int
    region: str
    values: dict[str, Rounded]
    references: dict[str, Rounded]
    figures: dict[str, tuple[Figure, ...]]
    missing: tuple[str, ...]

    @property
    def id(self) -> str:
        """The name of its card."""
        per = f"-per-{self.denominator}" if self.denominator else ""
        return f"rank-{self.series.series}{per}-{self.year}"

    @property
    def rank(self) -> RankRange:
        """The places that the region may take, largest first."""
        return self._rank(self.values)

    @property
    def rank_by_count(self) -> RankRange:
        """The places that it may take among the same regions if nothing is divided."""
        return self._rank({code: self.figures[code][0].rounded for code in self.values})

    def _rank(self, numbers: dict[str, Rounded]) -> RankRange:
        rest = [number for code, number in numbers.items() if code != self.region]
        return rank_range(numbers[self.region], rest, len(self.missing))

    def ordered(self) -> list[str]:
        """The regions with a number, largest first, then by code."""
        return sorted(self.values, key=lambda code: (-self.values[code].printed, code))


@dataclass(frozen=True, slots=True)
class Portion:
    """The share of a region in a region that contains it, of one series and year."""

    part: Figure
    whole: Figure
    value: Rounded

    @property
    def id(self) -> str:
        """The name of its card."""
        return f"portion-{self.part.series}-{self.whole.region}-{self.whole.reference_year}"


def peer_group(region: str, figures: Figures) -> tuple[str, ...]:
    """The regions of the same level and group, the region itself included, by code; of one only for the nation."""
    known = regions(figures.data)
    own = known[region]
    return tuple(sorted(code for code, each in known.items() if (each.level, each.group) == (own.level, own.group)))


def standings(figures: Figures, region: str, year: int) -> list[Standing]:
    """The standing in every series that has one, in the codebook's order.

    Where more peers have a figure in another year, that year's standing follows, so that nothing newer hides it.
    """
    found = []
    for name, series in codebook(figures.data).items():
        of_series = _years(figures, region, year, name)
        found += of_series[:1]
        fullest = max(of_series, key=lambda each: len(each.values), default=None)
        if fullest and series.aspect != "context" and len(fullest.values) > len(of_series[0].values):
            found.append(fullest)
    return found


def standing(figures: Figures, region: str, year: int, series: str) -> Standing | None:
    """The standing of a region in a series, by the rule of the codebook.

    The year is the latest up to ``year`` in which the region and enough peers have a figure, else the nearest after.
    None where the codebook refuses the comparison, or no year has enough.
    """
    return next(iter(_years(figures, region, year, series)), None)


def _years(figures: Figures, region: str, year: int, series: str) -> list[Standing]:
    """The standings of every year that has enough figures: the years up to ``year`` first, the nearest first."""
    known = codebook(figures.data)[series]
    if known.comparability == "refused" or known.unit in NOT_RANKED:
        return []
    own = [each for each in figures.years(region) if figures.chosen(region, each, series)]
    nearest = sorted(own, key=lambda each: (each > year, abs(each - year)))
    found = [_in_year(figures, region, each, known, "") for each in nearest]
    return [each for each in found if len(each.values) >= FEWEST]


def rates(figures: Figures, region: str, base: Standing) -> list[Standing]:
    """A standing divided by each denominator that enough peers have in its year; money is not divided by money."""
    if base.series.unit != "count" or base.series.aspect == "context":
        return []
    found = [_in_year(figures, region, base.year, base.series, denominator) for denominator in DENOMINATORS]
    return [each for each in found if region in each.values and len(each.values) >= FEWEST]


def portions(figures: Figures, region: str, base: Standing) -> list[Portion]:
    """The shares of the region in its province and in the nation, where they print the same series for that year.

    A region that is larger than what contains it is left out: the two do not count the same.
    """
    part = figures.chosen(region, base.year, base.series.series)
    if base.series.unit not in ("count", "CNY", "persons") or base.series.comparability != "direct":
        return []
    found = []
    for code in ancestors(region, figures):
        whole = figures.chosen(code, base.year, base.series.series)
        if whole is None or part.rounded.printed > whole.rounded.printed:
            continue
        try:
            found.append(Portion(part, whole, _portion(part.rounded, whole.rounded)))
        except NotComputable:
            continue
    return found


def refused(figures: Figures, region: str) -> list[Series]:
    """The series that the region and a peer both publish, but that mean something else with each publisher."""
    group = [code for code in peer_group(region, figures) if code != region]
    published = {series for _, series in figures.published(region)}
    elsewhere = {series for code in group for _, series in figures.published(code)}
    known = codebook(figures.data).values()
    return [each for each in known if each.comparability == "refused" and each.series in published & elsewhere]


def ancestors(region: str, figures: Figures) -> list[str]:
    """The regions that contain a region, nearest first."""
    known, found = regions(figures.data), []
    while (parent := known[(found or [region])[-1]].parent) and parent not in found:
        found.append(parent)
    return found


def _in_year(figures: Figures, region: str, year: int, series: Series, denominator: str) -> Standing:
    behind: dict[str, tuple[Figure, ...]] = {}
    group = peer_group(region, figures)
    for code in (*group, *ancestors(region, figures)):
        names = (series.series, denominator) if denominator else (series.series,)
        found = tuple(figures.chosen(code, year, name) for name in names)
        if None not in found:
            behind[code] = found
    values = {code: value for code, found in behind.items() if (value := _value(found, denominator)) is not None}
    return Standing(
        series,
        denominator,
        year,
        region,
        {code: value for code, value in values.items() if code in group},
        {code: value for code, value in values.items() if code not in group},
        behind,
        tuple(code for code in group if code not in values),
    )


def _value(found: tuple[Figure, ...], denominator: str) -> Rounded | None:
    if not denominator:
        return found[0].rounded
    try:
        return found[0].rounded / found[1].rounded * exactly(Fraction(DENOMINATORS[denominator]))
    except NotComputable:
        return None


def _portion(part: Rounded, whole: Rounded) -> Rounded:
    """Part by whole in per cent; the whole is known only as a sum, so its rest is what it leaves."""
    quotient = part / whole * exactly(100)
    upper = None if quotient.upper is None else min(quotient.upper, Fraction(100))
    return Rounded(quotient.printed, quotient.lower, upper, quotient.about, quotient.strict_lower)
