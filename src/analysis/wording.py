"""Numbers and sentences for readers, in English and Chinese: the only place where a number is rounded for print.

A value is rounded half up to its own last place; a bound and the ends of an interval are rounded outward, so that
what is printed never claims more than what is known. Thousands, millions and billions stand against 万 and 亿; the
last printed place is chosen before the language, so that both languages print the same number.
"""

import re
import tomllib
from fractions import Fraction
from functools import cache
from math import ceil, floor

from analysis import paths
from analysis.codebook import Series
from analysis.figures import Figure
from analysis.rounding import Rounded, printed_place

MAGNITUDES = {
    "en": ((12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand")),
    "zh": ((8, "亿"), (4, "万")),
}
QUALIFIER_WORDS = {
    "en": {"more_than": "more than ", "at_least": "at least ", "less_than": "less than ", "at_most": "at most ",
           "nearly": "nearly ", "about": "about ", "exact": ""},
    "zh": {"more_than": "超过 ", "at_least": "至少 ", "less_than": "低于 ", "at_most": "至多 ",
           "nearly": "接近 ", "about": "约 ", "exact": ""},
}  # fmt: skip
_SPACE_BEFORE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=\[?[约超至低接第])")
_COPULA = re.compile(r"为(?=\[?(?:超过|至少|低于|至多|接近|约) )")
_SPACE_AFTER = re.compile(r"(）|[万亿位]\]\([^)]*\)) (?=[\u4e00-\u9fff])")
_LINKING = re.compile(r"[\[\]<`\\]")
MARKDOWN_SPECIAL = r"\`*_{}[]()<>#+-.!|~$&"


def escaped(text: str) -> str:
    """Text from a table made safe inside Markdown: every special character stands for itself."""
    flat = " ".join(text.split())
    return "".join("\\" + character if character in MARKDOWN_SPECIAL else character for character in flat)


def linked(text: str, target: str) -> str:
    """A link to the card ``target`` (such as ``invention_share``)."""
    return f"[{no_link(text)}](#{target})"


def no_link(text: str) -> str:
    """Text from a table for the middle of Markdown, in which nothing begins or ends a link, code or a tag."""
    return _LINKING.sub(r"\\\g<0>", text)


def place_of(value: Rounded, digits: int, unit: str) -> int:
    """The power of ten of the last digit worth printing.

    ``digits`` significant digits, but none so fine that the rounding interval spans a hundred of its units. Money
    and numbers from a million on give up whole units; smaller numbers and per cent are printed to the unit at least.
    """
    if value.printed == 0:
        return 0
    place = leading(abs(value.printed)) - digits + 1
    if value.lower is not None and value.upper is not None and value.upper > value.lower:
        place = max(place, leading((value.upper - value.lower) / 10))
    return place if unit == "CNY" or value.printed >= 10**6 else min(place, 0)


def number(
    value: Fraction, place: int, language: str, *, rounding=None, of: Fraction | None = None, least: int = 3
) -> str:
    """A number rounded to 10^place, with a magnitude word: ``40.89 million``, ``4,089 万``, ``72,390``.

    ``rounding`` is floor or ceil (half up if None). ``of`` is the number whose magnitude word is used, so that the
    ends of an interval are written like its middle. A number known to the unit is written out in full, and so is an
    English one below 10^``least``: a published 2.29 万 is 22.9 thousand, to keep its digits, but a computed number,
    which has its interval beside it, is not written in thousands.
    """
    exponent, word = _magnitude(of if of is not None else value, place, language, least)
    if place > exponent:
        value = _rounded(value / Fraction(10) ** place, rounding) * Fraction(10) ** place
    text = _digits(value / Fraction(10) ** exponent, max(0, exponent - place), rounding)
    return f"{text} {word}" if word else text


def value_text(value: Rounded, unit: str, digits: int, language: str) -> str:
    """An indicator's value as printed in prose and tables: ``10.80%``, ``more than 9.79``, ``约 8.33 万元``."""
    place = place_of(value, digits, unit)
    shown, outward = {"lower": (value.lower, floor), "upper": (value.upper, ceil)}.get(
        value.bound, (value.printed, None)
    )
    text = _with_unit(number(shown, place, language, rounding=outward, least=6), unit, language)
    return QUALIFIER_WORDS[language][qualifier_of(value)] + text


def interval_text(value: Rounded, unit: str, digits: int, language: str) -> str:
    """The two ends of the rounding interval, outward, one digit finer than the value; empty where there are not two."""
    if value.lower is None or value.upper is None or value.exact:
        return ""
    place = place_of(value, digits, unit) - 1
    lower = number(value.lower, place, language, rounding=floor, of=value.printed, least=6)
    upper = number(value.upper, place, language, rounding=ceil, of=value.printed, least=6)
    if unit == "percent":
        return f"{lower}% {_to(language)} {upper}%"
    word = _magnitude(value.printed, place, language, 6)[1]
    return f"{lower.removesuffix(word).strip()} {_to(language)} {_with_unit(upper, unit, language)}"


def settled(value: Rounded, unit: str, digits: int) -> bool:
    """Whether every value in the interval is printed alike, so that the interval tells a reader nothing more."""
    if value.lower is None or value.upper is None:
        return False
    size = Fraction(10) ** place_of(value, digits, unit)
    return _rounded(value.lower / size, None) == _rounded(value.upper / size, None)


def qualifier_of(value: Rounded) -> str:
    """How a computed number must be qualified: exact, about, more_than, at_least, less_than or at_most."""
    if value.bound == "lower":
        return "more_than" if value.strict_lower else "at_least"
    if value.bound == "upper":
        return "less_than" if value.strict_upper else "at_most"
    return "about" if value.about else "exact"


def figure_place(figure: Figure) -> int:
    """The power of ten of a published number's last printed digit: 2 for 40.11 万."""
    return _exponent(printed_place(figure.value, figure.multiplier))


def number_of_power(power: int, language: str) -> str:
    """A power of ten on an axis: ``10 million``, ``1,000 万``."""
    return number(Fraction(10) ** power, power, language)


def figure_number(figure: Figure, language: str) -> str:
    """A published number with all its printed digits and its qualifier, without the thing counted."""
    value = figure.rounded.printed
    place = figure_place(figure)
    sign, value = ("−" if value < 0 else ""), abs(value)
    word = QUALIFIER_WORDS[language][figure.qualifier]
    if figure.unit == "percent":
        return f"{word}{sign}{number(value, place, language)}%"
    if language == "zh" and figure.multiplier in (4, 8):
        text = _digits(value / Fraction(10) ** figure.multiplier, figure.multiplier - place, None)
        return f"{word}{sign}{text} {'万' if figure.multiplier == 4 else '亿'}"
    return f"{word}{sign}{number(value, place, language)}"


def figure_text(figure: Figure, series: Series, language: str) -> str:
    """A published number with the thing counted: ``72,390 patents``, ``40.11 万件``, ``119 亿元``, ``19.5%``."""
    text = figure_number(figure, language)
    if figure.unit == "percent":
        return text
    if figure.unit == "rank":
        return f"第 {text} 位" if language == "zh" else f"rank {text}"
    counted = series.text("counted", language)
    if language == "zh":
        return text + counted if text.endswith(("万", "亿")) else f"{text} {counted}"
    return f"{text} {_singular(counted) if text == '1' else counted}"


def _singular(counted: str) -> str:
    """One of the things counted, where they are a single word: ``variety`` of ``varieties``."""
    if " " in counted or not counted.endswith("s"):
        return counted
    return counted[:-3] + "y" if counted.endswith("ies") else counted[:-1]


def figure_interval(figure: Figure, series: Series, language: str) -> str:
    """The ends of a published figure's rounding interval, in full digits; empty where exact or one-sided."""
    value = figure.rounded
    if value.lower is None or value.upper is None or value.exact:
        return ""
    # Half a unit of the last place needs one digit more, a whole unit ("about") does not.
    place = figure_place(figure) - (figure.qualifier != "about")
    ends = [("−" if end < 0 else "") + _digits(abs(end), max(0, -place), None) for end in (value.lower, value.upper)]
    if figure.unit == "percent":
        return f"{ends[0]}% {_to(language)} {ends[1]}%"
    counted = series.text("counted", language)
    return f"{ends[0]} {_to(language)} {ends[1]} {counted}"


def close_spaces(text: str) -> str:
    """Chinese text with links, without the spaces that a number put in leaves before 约 or after a bracket or 位.

    为 goes as well where 超过, 约 or the like takes its place.
    """
    return _COPULA.sub("", _SPACE_AFTER.sub(r"\1", _SPACE_BEFORE.sub("", text)))


def words(key: str, language: str, **values: object) -> str:
    """A fixed phrase of the report (``words/``) in one language, with ``values`` put in."""
    return phrase(key, language).format(**values)


def phrase(key: str, language: str) -> str:
    """A fixed phrase as it stands in ``words/``, with the names of what is to be put in."""
    return phrases()[key][language]


@cache
def phrases() -> dict[str, dict[str, str]]:
    """Every fixed phrase, by its key and language."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((paths.PACKAGE / "words").glob("*.toml")):
        for key, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert key not in found, f"words/{path.name}: {key} stands in another file too"
            found[key] = texts
    return found


def _with_unit(text: str, unit: str, language: str) -> str:
    if unit == "percent":
        return f"{text}%"
    if unit == "CNY":
        yuan = "元" if language == "zh" else " yuan"
        return f"{text}{yuan}" if text.endswith(("万", "亿")) or language == "en" else f"{text} {yuan}"
    return text


def _to(language: str) -> str:
    return "至" if language == "zh" else "to"


def _magnitude(value: Fraction, place: int, language: str, least: int) -> tuple[int, str]:
    if place > 0:
        for exponent, word in MAGNITUDES[language]:
            if (language == "zh" or exponent >= least) and abs(value) >= Fraction(10) ** exponent:
                return exponent, word
    return 0, ""


def _digits(value: Fraction, decimals: int, rounding) -> str:
    """The digits of a number that is not negative, with thousands separators and ``decimals`` places."""
    whole = _rounded(value * 10**decimals, rounding)
    integer, fraction = divmod(whole, 10**decimals)
    return f"{integer:,}" + (f".{fraction:0{decimals}d}" if decimals else "")


def _rounded(value: Fraction, rounding) -> int:
    return floor(value + Fraction(1, 2)) if rounding is None else rounding(value)


def leading(value: Fraction) -> int:
    """The power of ten of the first digit of a positive number."""
    power = len(str(floor(value))) - 1 if value >= 1 else -len(str(floor(1 / value)))
    return power + 1 if value >= Fraction(10) ** (power + 1) else power


def _exponent(place: Fraction) -> int:
    """The exponent of a power of ten."""
    return len(str(place.numerator)) - len(str(place.denominator))
