"""A printed number read back: ``40.89 million yuan``, ``4,089 万元`` and ``4,089 萬元`` are all 40,890,000 yuan.

The words are listed here once more, and for all languages together, because a proof of what was written must not ask
the module that wrote it. Exact arithmetic; a text that cannot be read to its end is not read at all.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

MAGNITUDES = {
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "万": 4, "萬": 4, "亿": 8, "億": 8, "": 0,
}  # fmt: skip
QUALIFIERS = {
    "more than": "more_than", "超过": "more_than", "超過": "more_than",
    "at least": "at_least", "至少": "at_least",
    "less than": "less_than", "低于": "less_than", "低於": "less_than",
    "at most": "at_most", "至多": "at_most",
    "nearly": "nearly", "接近": "nearly",
    "about": "about", "约": "about", "約": "about",
    None: "exact",
}  # fmt: skip
UNITS = {
    "%": "percent",
    "percentage points": "points", "个百分点": "points", "個百分點": "points",
    "yuan": "CNY", "元": "CNY",
    "": "", "年": "",
}  # fmt: skip
"""Any other unit is a thing counted, ``counted``: patents, 件, people. A year has 年 behind it in Chinese only."""

_QUALIFIER = "|".join(filter(None, QUALIFIERS))
_DIGITS = r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<decimals>[0-9]+))?"
_NUMBER = rf"(?:(?P<qualifier>{_QUALIFIER}) ?)?(?P<sign>[+−]?){_DIGITS}(?P<percent>%?)"
_WORD = "|".join(filter(None, MAGNITUDES))
# Behind the magnitude stands the thing counted, or nothing; digits there would be a second number, but after "per".
_UNIT = r"(?P<unit>\D+(?: per \d[\d,]* \D+)?)"
_PRINTED = re.compile(rf"{_NUMBER}(?: ?(?P<word>{_WORD})(?![a-z]))?(?:(?: |(?![a-z])){_UNIT})?")
_SPAN = re.compile(r"(?P<lower>[+−]?[\d,.]+%?) ?(?:to|至) ?(?P<upper>[+−]?[\d,.]+(?P<ending>.*))")
_RANK = re.compile(
    r"(?P<best>\d+)(?:st|nd|rd|th)(?: to (?P<worst>\d+)(?:st|nd|rd|th))? of (?P<among>\d+)(?P<tied>, shared)?"
    r"|(?P<tied_zh>并列|並列)?第 (?P<best_zh>\d+)(?: 至第 (?P<worst_zh>\d+))? 位（共 (?P<among_zh>\d+) [个個]）"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number. ``place`` is the size of one unit of the last digit that must have been meant.

    ``values`` is one value; of a place among others (``2nd to 4th of 12``) the best, the worst and how many. ``unit``
    is percent, points, CNY, rank, counted or nothing; ``qualifier`` exact, about, more_than and the like, or shared.
    """

    values: tuple[Fraction, ...]
    unit: str
    qualifier: str
    place: Fraction

    @property
    def meaning(self) -> tuple:
        """What must be the same in every language; how many zeros are printed may differ."""
        return self.values, self.unit, self.qualifier


@cache
def printed(text: str) -> Printed | None:
    """The number that ``text`` prints, or None if it is not one number with its unit and qualifier."""
    if found := _RANK.fullmatch(text):
        named = {name.removesuffix("_zh"): part for name, part in found.groupdict().items() if part}
        best, among = named["best"], named["among"]
        values = tuple(Fraction(part) for part in (best, named.get("worst", best), among))
        return Printed(values, "rank", "shared" if "tied" in named else "exact", Fraction(1))
    if text.startswith(("rank ", "第 ")):
        inner = printed(text.removeprefix("rank ").removeprefix("第 ").removesuffix(" 位"))
        return inner and Printed(inner.values, "rank", inner.qualifier, inner.place)
    found = _PRINTED.fullmatch(text)
    if not found:
        return None
    unit = "%" if found["percent"] else (found["unit"] or "").strip()
    if found["percent"] and found["unit"]:
        return None
    return _read(found, UNITS.get(unit, "counted"))


def printed_span(text: str) -> tuple[Printed, Printed] | None:
    """The two ends of an interval such as ``40.721 to 41.066 million yuan``; the first has the second's magnitude."""
    found = _SPAN.fullmatch(text)
    if not found or not (upper := printed(found["upper"])):
        return None
    lower = printed(found["lower"].removesuffix("%") + found["ending"])
    return (lower, upper) if lower else None


def _read(found: re.Match, unit: str) -> Printed:
    exponent = MAGNITUDES[found["word"] or ""]
    decimals = found["decimals"] or ""
    digits = found["whole"].replace(",", "") + decimals
    value = int(digits) * Fraction(10) ** (exponent - len(decimals))
    place = Fraction(10) ** (exponent - len(decimals))
    # 153,000 亿 is 15.3 trillion: where numbers are rounded to more than a unit, zeros at the end may only fill.
    if not decimals and (exponent or unit == "CNY"):
        place *= 10 ** (len(digits) - len(digits.rstrip("0") or "0"))
    signed = -value if found["sign"] == "−" else value
    return Printed((signed,), unit, QUALIFIERS[found["qualifier"]], place)
