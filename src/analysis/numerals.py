"""Numbers in Chinese characters and in mixed writing: 两亿, 二十二, 二〇二一, 3千万, 1.87万亿.

A number stays as printed: a text of digits, and the power of ten that the words 万, 亿 or 万亿 say after it.
The library cn2an was measured first: of 27 numbers in the manner of bulletins it reads 22, and refuses those that
begin with their unit (百亿, 千万) or end in 万亿, which bulletins are fond of.
"""

import re
from dataclasses import dataclass

from analysis.errors import BadNumber

DIGITS = {**{sign: value for value, sign in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "两": 2}
UNITS = {"十": 1, "百": 2, "千": 3, "廿": 1}
MAGNITUDES = {"万亿": 12, "亿": 8, "万": 4}
SIGNS = "零〇○一二两三四五六七八九十百千万亿廿"
LONGEST = 40
"""More characters than any count of a bulletin has; what is longer is no number."""

MIXED = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(十|百|千)?(万亿|亿|万)?", re.ASCII)
WORDS = re.compile(rf"([{SIGNS}]+?)(?:点([零〇一二三四五六七八九]+))?(万亿|亿|万)?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed: ``value`` in digits without separators, times ten to the power of ``multiplier``."""

    value: str
    multiplier: int


def numeral(text: str) -> Numeral:
    """The number that a text says, from ``72,390`` to ``两亿五千万``. Raises BadNumber for anything else."""
    if len(text) > LONGEST:
        raise BadNumber(
            f"a number of {len(text)} characters, {text[:12]}…, is longer than any count; at most {LONGEST}"
        )
    if match := MIXED.fullmatch(text):
        digits, tens, magnitude = match.groups()
        power = UNITS[tens] if tens else 0
        return Numeral(_plain(digits), power + (MAGNITUDES[magnitude] if magnitude else 0))
    if (match := WORDS.fullmatch(text)) is None:
        raise BadNumber(f"{text!r} is not a number in digits or in Chinese characters")
    whole, decimals, magnitude = match.groups()
    power = MAGNITUDES[magnitude] if magnitude else 0
    # In 一亿两千万 the last word is the unit of its end only: 12,000 times 万.
    value = str(_whole(whole + magnitude) // 10**power if power and set(whole) & {"万", "亿"} else _whole(whole))
    if decimals:
        value += "." + "".join(str(DIGITS[sign]) for sign in decimals)
    return Numeral(value, power)


def year_number(text: str) -> int | None:
    """The year that four signs say, such as 二〇二一 or digits; None if they say none."""
    digits = "".join(str(DIGITS.get(sign, sign)) for sign in text)
    return int(digits) if re.fullmatch(r"[12][0-9]{3}", digits, re.ASCII) else None


def small_number(text: str) -> int | None:
    """A whole number below ten thousand, such as a month, in either writing; None if it is none."""
    try:
        found = numeral(text)
    except BadNumber:
        return None
    return int(found.value) if found.value.isdigit() and not found.multiplier else None


def _plain(digits: str) -> str:
    """Digits without separators and without zeros in front."""
    whole, point, decimals = digits.replace(",", "").partition(".")
    return (whole.lstrip("0") or "0") + point + decimals


def _whole(signs: str) -> int:
    """The value of characters without a decimal point: digit by digit (二〇二一) or by units (三百二十)."""
    if all(sign in DIGITS for sign in signs) and len(signs) > 1:
        return int("".join(str(DIGITS[sign]) for sign in signs))
    total = section = digit = 0
    seen = False
    for sign in signs:
        if sign in DIGITS:
            digit, seen = DIGITS[sign], True
        elif sign in UNITS:
            # A unit that stands first counts once: 百 is a hundred, 十二 is twelve; 廿 is twenty.
            section += (2 if sign == "廿" else digit if seen and digit else 1) * 10 ** UNITS[sign]
            digit, seen = 0, False
        else:
            section += digit
            total = (
                (total + (section or 1)) * 10 ** MAGNITUDES[sign] if sign == "亿" else total + (section or 1) * 10**4
            )
            section, digit, seen = 0, 0, False
    return total + section + digit
