"""The numbers that this report defines: reading ``data/indicators.toml`` and evaluating it on published figures."""

import tomllib
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import add, mul
from pathlib import Path
from string import Formatter

from analysis import paths
from analysis.codebook import ASPECTS, codebook
from analysis.errors import BadDefinition, NotComputable, UnknownName, did_you_mean
from analysis.figures import Figure, Figures
from analysis.reads import loaded
from analysis.rounding import Rounded, before_growth, exactly, share

KINDS = ("share", "rate", "ratio", "product", "previous")
UNITS = ("percent", "CNY", "number")
TEXTS = ("name", "unit", "sentence", "definition", "caveat", "compare")
FORMULA_KEYS = {
    "share": {"numerator", "denominator"},
    "rate": {"numerator", "denominator"},
    "ratio": {"numerator", "denominator"},
    "product": {"factors"},
    "previous": {"level", "growth"},
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One table of ``data/indicators.toml``.

    ``terms`` holds the formula: series ids by role (numerator, denominator, factors, level, growth).
    ``texts`` holds the words by name and language, as in ``texts["sentence_en"]``.
    """

    id: str
    aspect: str
    kind: str
    per: int
    unit: str
    digits: int
    terms: dict[str, tuple[str, ...]]
    texts: dict[str, str] = field(repr=False)

    def text(self, name: str, language: str) -> str:
        """The name, unit, sentence, definition, caveat or compare text in one language."""
        return self.texts[f"{name}_{language}"]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The series that the formula needs, each once, in the order of the formula."""
        return tuple(dict.fromkeys(series for role in self.terms.values() for series in role))


@dataclass(frozen=True, slots=True)
class Result:
    """An indicator for one region and reference year: a value, or the reason why there is none.

    ``value`` is in the indicator's own unit (per cent, yuan, per 10,000 ...). ``figures`` are the published figures
    used, by series; ``missing`` the series without one; ``problem`` says why a
    complete formula has no value (zero, part, open or other).
    """

    indicator: Indicator
    region: str
    reference_year: int
    value: Rounded | None
    figures: dict[str, Figure]
    missing: tuple[str, ...] = ()
    problem: str = ""


@loaded("indicators.toml")
def indicators(data: Path = paths.DATA) -> dict[str, Indicator]:
    """All indicators by id, in the file's order. Raises BadDefinition, naming the table and the key."""
    path = data / "indicators.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadDefinition(f"data/indicators.toml cannot be read: {error}") from error
    units = {name: series.unit for name, series in codebook(data).items()}
    return {name: _indicator(name, table, units) for name, table in tables.items()}


def indicator_named(name: str, data: Path = paths.DATA) -> Indicator:
    """One indicator. Raises UnknownName."""
    known = indicators(data)
    if name not in known:
        raise UnknownName(
            f"no indicator {name!r} in data/indicators.toml; there are {len(known)}: `ipreport list indicators`."
            + did_you_mean(name, known)
        )
    return known[name]


def evaluate(indicator: Indicator, figures: Figures, region: str, year: int) -> Result:
    """The indicator's value from the chosen figures of one region and year, or the reason why there is none."""
    used = {series: figures.chosen(region, year, series) for series in indicator.inputs}
    present = {series: figure for series, figure in used.items() if figure is not None}
    if missing := tuple(series for series, figure in used.items() if figure is None):
        return Result(indicator, region, year, None, present, missing)
    try:
        numbers = {series: figure.rounded for series, figure in present.items()}
        return Result(indicator, region, year, _value(indicator, numbers), present)
    except NotComputable as error:
        return Result(indicator, region, year, None, present, problem=error.reason)


def _value(indicator: Indicator, numbers: dict[str, Rounded]) -> Rounded:
    def of(role: str) -> list[Rounded]:
        return [numbers[series] for series in indicator.terms[role]]

    match indicator.kind:
        case "product":
            quotient = reduce(mul, of("factors"))
        case "previous":
            quotient = before_growth(of("level")[0], of("growth")[0])
        case "share":
            quotient = _share(indicator, numbers)
        case _:
            quotient = reduce(add, of("numerator")) / reduce(add, of("denominator"))
    if quotient.lower is None and quotient.upper is None:
        raise NotComputable("the figures are bounds that leave both ends of the result open", "open")
    return quotient if indicator.per == 1 else quotient * exactly(indicator.per)


def _share(indicator: Indicator, numbers: dict[str, Rounded]) -> Rounded:
    """A share of a sum that lists its part is made from disjoint parts; a share of a printed whole is at most one."""
    parts, whole = indicator.terms["numerator"], indicator.terms["denominator"]
    if set(parts) <= set(whole):
        rest = [numbers[series] for series in whole if series not in parts]
        return share(reduce(add, (numbers[series] for series in parts)), reduce(add, rest))
    quotient = reduce(add, (numbers[series] for series in parts)) / reduce(add, (numbers[series] for series in whole))
    if quotient.printed > 1:
        raise NotComputable("the part as published is larger than the whole as published", "part")
    if quotient.upper is not None and quotient.upper > 1:
        return Rounded(quotient.printed, quotient.lower, Fraction(1), quotient.about, quotient.strict_lower)
    return quotient


def _indicator(name: str, table: dict, units: dict[str, str]) -> Indicator:
    where = f"data/indicators.toml, [{name}]"
    if not isinstance(table, dict):
        raise BadDefinition(f"data/indicators.toml: {name} stands outside any table; expected [an_indicator] above it")
    if name in units:
        raise BadDefinition(f"{where}: a series is called so too, and each has a card of its name; choose another name")
    kind = table.get("kind")
    if kind not in KINDS:
        raise BadDefinition(f"{where}: found kind {kind!r}, expected one of {', '.join(KINDS)}")
    texts = {f"{text}_{language}" for text in TEXTS for language in ("en", "zh")}
    expected = {"aspect", "kind", "unit"} | FORMULA_KEYS[kind] | texts
    if lacking := sorted(expected - set(table)):
        raise BadDefinition(f"{where}: {', '.join(lacking)} missing")
    if unknown := sorted(set(table) - expected - {"per", "digits"}):
        hint = did_you_mean(unknown[0], expected)
        raise BadDefinition(f"{where}: unknown key {unknown[0]!r}.{hint}")
    for key, allowed in (("aspect", ASPECTS), ("unit", UNITS)):
        if table[key] not in allowed:
            raise BadDefinition(f"{where}: found {key} {table[key]!r}, expected one of {', '.join(allowed)}")
    for key in ("per", "digits"):
        if type(number := table.get(key, 1)) is not int or number < 1:
            raise BadDefinition(f"{where}: found {key} {number!r}, expected a whole number of at least 1")
    terms = {role: _terms(where, role, table[role], units) for role in sorted(FORMULA_KEYS[kind], reverse=True)}
    _check_formula(where, kind, table["unit"], terms, units)
    _check_texts(where, {key: table[key] for key in texts}, {each for role in terms.values() for each in role})
    return Indicator(
        name,
        table["aspect"],
        kind,
        table.get("per", 1),
        table["unit"],
        table.get("digits", 3),
        terms,
        {key: table[key] for key in texts},
    )


def _check_formula(where: str, kind: str, unit: str, terms: dict[str, tuple[str, ...]], units: dict[str, str]) -> None:
    """Refuse what rounding cannot carry (one series above and below the line) and quotients of unlike units."""
    above, below = terms.get("numerator", ()), terms.get("denominator", ())
    both = set(above) & set(below)
    if both and (kind != "share" or not set(above) < set(below)):
        raise BadDefinition(f"{where}: {sorted(both)[0]} stands above and below the line; write a share of a sum")
    found = {role: {units[series] for series in series_ids} for role, series_ids in terms.items()}
    for role in ("numerator", "denominator"):
        if len(found.get(role, ())) > 1:
            raise BadDefinition(f"{where}: {role} adds up unlike units: {', '.join(sorted(found[role]))}")
    if kind == "previous" and ([len(role) for role in terms.values()] != [1, 1] or found["growth"] != {"percent"}):
        raise BadDefinition(f"{where}: a previous value is made from one level and one growth rate in percent")
    like = {
        ("share", "percent"): found.get("numerator") == found.get("denominator"),
        ("ratio", "CNY"): found.get("numerator") == {"CNY"} and "CNY" not in found.get("denominator", ()),
        ("rate", "CNY"): found.get("numerator") == {"CNY"} and "CNY" not in found.get("denominator", ()),
        ("product", "CNY"): [units[series] for series in terms.get("factors", ())].count("CNY") == 1,
        ("previous", "CNY"): found.get("level") == {"CNY"},
    }
    if not like.get((kind, unit), kind != "share" or found["numerator"] == found["denominator"]):
        raise BadDefinition(f"{where}: a {kind} in {unit} cannot be made from the units {found}")


def _check_texts(where: str, texts: dict[str, object], inputs: set[str]) -> None:
    """Refuse a text that is none, and a sentence with a placeholder that nothing would fill."""
    for key, text in texts.items():
        if not isinstance(text, str):
            raise BadDefinition(f"{where}: found {key} {text!r}, expected a text in quotes")
    for key in ("sentence_en", "sentence_zh"):
        try:
            named = {name for _, name, _, _ in Formatter().parse(texts[key]) if name is not None}
        except ValueError as error:
            raise BadDefinition(f"{where}: {key} cannot be filled in: {error}") from error
        if unknown := sorted(named - inputs - {"value"}):
            raise BadDefinition(f"{where}: {key} names {{{unknown[0]}}}, which is neither {{value}} nor an input")


def _terms(where: str, role: str, value: object, known: dict[str, str]) -> tuple[str, ...]:
    terms = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not terms or not all(isinstance(series, str) for series in terms):
        raise BadDefinition(f"{where}: found {role} {value!r}, expected a series or a list of series")
    if len(set(terms)) < len(terms):
        raise BadDefinition(f"{where}: {role} names a series twice: {', '.join(terms)}")
    for series in terms:
        if series not in known:
            hint = did_you_mean(series, known)
            raise BadDefinition(f"{where}: {role} names the series {series!r}, which is not in data/series.csv.{hint}")
    return terms
