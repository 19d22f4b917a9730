"""Which published numbers belong together, and how (``data/identities.toml``).

The consistency rules know arithmetic, not statistics: that three kinds of patent make up the total, or that a share is
made from two counts, is data. Each table names series (and regions) and may carry possible explanations of a miss, in
both languages. Beside this file, the codebook says what is part of what (``part_of``) and what a growth rate belongs
to (``growth_of``).
"""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from analysis import paths
from analysis.codebook import codebook, regions
from analysis.errors import BadDefinition, did_you_mean, listed
from analysis.reads import loaded

SERIES = {"names": "series"}
REGION = {"names": "region"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What every table may have: possible explanations of a miss, as many in one language as in the other."""

    explanations_en: tuple[str, ...] = ()
    explanations_zh: tuple[str, ...] = ()

    def explanations(self, language: str) -> tuple[str, ...]:
        """The possible explanations in one language."""
        return self.explanations_en if language == "en" else self.explanations_zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Identity):
    """``parts`` make up ``whole``; ``open``: it holds more than they; ``overlap``: a thing may stand in two parts."""

    whole: str = field(metadata=SERIES)
    parts: tuple[str, ...] = field(metadata=SERIES)
    open: bool = False
    overlap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost(Identity):
    """``lesser`` cannot exceed ``greater``, though it is not a part that the codebook names."""

    lesser: str = field(metadata=SERIES)
    greater: str = field(metadata=SERIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient(Identity):
    """A published share or rate: ``per`` times numerator over denominator.

    The denominator may be of the year itself or up to ``years_back`` years older, or lie between those values.
    ``free`` says that its publisher chooses the denominator, so that a miss is a matter of definition; the one chosen
    may lie ``slack_percent`` off the published ones.
    """

    series: str = field(metadata=SERIES)
    numerator: str = field(metadata=SERIES)
    denominator: str = field(metadata=SERIES)
    per: int
    years_back: int = 0
    slack_percent: int = 0
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFlow(Identity):
    """A stock at the end of the year, and the flow that alone can add to it."""

    stock: str = field(metadata=SERIES)
    flow: str = field(metadata=SERIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSum(Identity):
    """All children of ``parent``, but those ``without``, make up its figure; for these two series, or for all."""

    parent: str = field(metadata=REGION)
    without: tuple[str, ...] = field(default=(), metadata=REGION)
    whole: str = field(default="", metadata=SERIES)
    parts: str = field(default="", metadata=SERIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Identity):
    """Series that regions do not pass up: ``open`` in part (the parent holds more), or else not at all."""

    series: tuple[str, ...] = field(metadata=SERIES)
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Identity):
    """A difference of definition that explains what ``rule`` finds in these series."""

    rule: str
    series: tuple[str, ...] = field(metadata=SERIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers(Identity):
    """Words of a claim that say "first" and among whom: regions of a level whose code ends in ``ending``."""

    words: tuple[str, ...]
    level: str
    ending: str


TABLES = {
    "sum": Sum, "at_most": AtMost, "quotient": Quotient, "stock_flow": StockFlow,
    "region_sum": RegionSum, "scope": Scope, "known": Known, "peers": Peers,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identities:
    """All of ``data/identities.toml``, table by table, in the file's order."""

    sum: tuple[Sum, ...] = ()
    at_most: tuple[AtMost, ...] = ()
    quotient: tuple[Quotient, ...] = ()
    stock_flow: tuple[StockFlow, ...] = ()
    region_sum: tuple[RegionSum, ...] = ()
    scope: tuple[Scope, ...] = ()
    known: tuple[Known, ...] = ()
    peers: tuple[Peers, ...] = ()

    def known_for(self, rule: str, *series: str) -> tuple[Known, ...]:
        """The differences of definition that are known for a rule and any of ``series``."""
        return tuple(known for known in self.known if known.rule == rule and set(known.series) & set(series))


@loaded("identities.toml")
def identities(data: Path = paths.DATA) -> Identities:
    """The identities of a data folder. Raises BadDefinition, naming the table, its place in the file and the key."""
    try:
        tables = tomllib.loads((data / "identities.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadDefinition(f"data/identities.toml cannot be read: {error}") from error
    if unknown := sorted(set(tables) - set(TABLES)):
        raise BadDefinition(
            f"data/identities.toml: unknown table [[{unknown[0]}]]; there are {', '.join(TABLES)}."
            + did_you_mean(unknown[0], TABLES)
        )
    known = {"series": codebook(data), "region": regions(data)}
    found = {}
    for name, entries in tables.items():
        if not isinstance(entries, list):
            raise BadDefinition(f"data/identities.toml: [{name}] must be written [[{name}]], one for each identity")
        found[name] = tuple(
            _identity(f"data/identities.toml, [[{name}]] number {number}", TABLES[name], entry, known)
            for number, entry in enumerate(entries, start=1)
        )
    return Identities(**found)


def _identity(where: str, shape: type, entry: dict, known: dict) -> Identity:
    """One table as its dataclass; keys, types and names are checked against the dataclass's fields."""
    allowed = {each.name: each for each in fields(shape)}
    if unknown := sorted(set(entry) - set(allowed)):
        raise BadDefinition(f"{where}: unknown key {unknown[0]!r}.{did_you_mean(unknown[0], allowed)}")
    values = {}
    for key, value in entry.items():
        values[key] = _typed(where, key, allowed[key].type, value)
        if (kind := allowed[key].metadata.get("names")) and value:
            for name in (value,) if isinstance(value, str) else value:
                if name not in known[kind]:
                    raise BadDefinition(
                        f"{where}: {key} names the {kind} {name!r}, which is not in data/"
                        f"{'regions' if kind == 'region' else 'series'}.csv.{did_you_mean(name, known[kind])}"
                    )
    try:
        identity = shape(**values)
    except TypeError as error:
        lacking = [name for name in allowed if f"'{name}'" in str(error)]
        raise BadDefinition(f"{where}: {listed(lacking)} missing") from error
    if len(identity.explanations_en) != len(identity.explanations_zh):
        raise BadDefinition(f"{where}: explanations_en and explanations_zh must hold equally many")
    return identity


def _typed(where: str, key: str, expected: type, value: object) -> object:
    if expected in (str, int, bool):
        fits = isinstance(value, expected) and (expected is bool or not isinstance(value, bool))
    else:
        fits = isinstance(value, list) and bool(value) and all(isinstance(name, str) for name in value)
    if not fits:
        wanted = {str: "a text", int: "a whole number", bool: "true or false"}.get(expected, "a list of texts")
        raise BadDefinition(f"{where}: found {key} {value!r}, expected {wanted}")
    return tuple(value) if isinstance(value, list) else value
