"""Sets of parameters that no report can be made of, each with what a helpful refusal has to say; always the same."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from analysis.codebook import regions
from analysis.figures import Figures

SEED = 20220426
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
DISGUISES: list[Callable[[str], str]] = [
    lambda year: year.translate(FULL_WIDTH),
    lambda year: year.translate(CHINESE) + "年",
    lambda year: year.translate(ARABIC),
    lambda year: f"{year[0]}_{year[1:]}",
    lambda year: f"{year[0]},{year[1:]}",
    lambda year: hex(int(year)),
    lambda year: f"{year[0]}.{year[1:]}e3",
    lambda year: year + "年",
    lambda year: "0" + year,
    lambda year: f" {year}",
    lambda year: year + "\n",
    lambda year: year + ".0",
    lambda year: "+" + year,
    lambda year: year.replace("0", "O", 1),
    lambda year: f"{year[:2]}\u200b{year[2:]}",
    lambda year: f"'{year}'",
]
TRADITIONAL = OpenCC("s2t")
NAMES = ("region", "year", "language", "formats")
HOSTILE = (
    '"; import os #',
    "'''",
    "a\nb",
    "nul\0",
    "\ud83d",
    "../../ESCAPED",
    "/etc/passwd",
    "C:\\temp",
    "宁" * 90,
    "x" * 100_000,
    "{region.__class__}",
    "__import__('os').system('touch PLANTED')",
    "line\u2028separator",
    "\u202etxt",
    "$(touch PLANTED)",
    "!!python/object:os.system",
    "no",
    "1:30",
    "nan",
    "1e400",
    "None",
    "",
    " ",
    "<script>alert(1)</script>",
    "=1+1",
)
CODE = (
    "x=1;import os",
    "year=__import__('os').system('touch PLANTED')#",
    "__import__",
    "a.b",
    "a b",
    "def",
    "\ud83d",
    "",
    "1",
    "年",
    "reference_year\n",
    "{year}",
    "lambda: 0",
)


@dataclass(frozen=True)
class BadSet:
    """What is given, whether as text, and the texts of which a helpful refusal has all."""

    given: dict
    text: bool
    helpful: tuple[str, ...]


def bad_sets(figures: Figures, many: int) -> Iterator[BadSet]:
    """``many`` sets, of each kind in turn."""
    chance = random.Random(SEED)
    kinds = (
        disguised, mistyped, absent, named, miscoded, misspelt, coded, unknown_choice, hostile, lacking
    )  # fmt: skip
    for position in range(many):
        yield kinds[position % len(kinds)](figures, chance)


@cache
def years_of(figures: Figures) -> dict[str, list[int]]:
    """The years of each region."""
    return {region: figures.years(region) for region in figures.regions()}


def good(figures: Figures, chance: random.Random) -> tuple[str, int]:
    """A region and a year that exist."""
    region = chance.choice(list(years_of(figures)))
    return region, chance.choice(years_of(figures)[region])


@cache
def span(figures: Figures) -> str:
    return f"from {figures.years()[0]} to {figures.years()[-1]}"


def disguised(figures: Figures, chance: random.Random) -> BadSet:
    """A year that is not plain digits."""
    region, year = good(figures, chance)
    text = chance.choice(DISGUISES)(str(year))
    return BadSet({"region": region, "year": text}, True, ("year: ", f"Did you mean {year}?"))


def mistyped(figures: Figures, chance: random.Random) -> BadSet:
    """A value of a type that would have to be converted."""
    region, year = good(figures, chance)
    name, value, said = chance.choice(
        [
            *(
                ("year", wrong, span(figures))
                for wrong in (str(year), float(year), True, None, [year], 10**5000, -year)
            ),
            *(("region", wrong, "`ipreport list regions`") for wrong in (int(region), None, [region], b"330200", True)),
            *(("language", wrong, "en, zh") for wrong in ("en", 1, None, ["en", 2], {"en"}, ["en", "en"], [])),
        ]
    )
    said = "none of them twice" if value in ([], ["en", "en"]) else said
    return BadSet({"region": region, "year": year} | {name: value}, False, (name, said))


def absent(figures: Figures, chance: random.Random) -> BadSet:
    """A year that the data do not have for the region."""
    region, _ = good(figures, chance)
    known = years_of(figures)[region]
    year = chance.choice([each for each in range(1000, 3000) if each not in known])
    have = ", ".join(map(str, known))
    return BadSet({"region": region, "year": str(year)}, True, ("year: ", have))


def named(figures: Figures, chance: random.Random) -> BadSet:
    """A region's name instead of its code."""
    place = chance.choice(list(regions().values()))
    name = chance.choice([place.name_zh, place.name_en, TRADITIONAL.convert(place.name_zh), place.name_en.upper()])
    dress = chance.choice(
        ["{}", " {}", "{}\u3000", "{}\u200b", "\ufeff{}", "{}市" if ord(name[0]) > 255 else "{} City"]
    )
    return BadSet({"region": dress.format(name), "year": "2021"}, True, ("region: ", f"Did you mean {place.region}?"))


def miscoded(figures: Figures, chance: random.Random) -> BadSet:
    """A code with one digit changed, left out or doubled, which is not another code."""
    while True:
        code, year = good(figures, chance)
        at = chance.randrange(6)
        wrong = chance.choice([code[:at] + chance.choice("0123456789") + code[at + 1 :], code[:at] + code[at + 1 :]])
        if wrong not in regions():
            return BadSet({"region": wrong, "year": str(year)}, True, ("region: ", "Did you mean "))


def misspelt(figures: Figures, chance: random.Random) -> BadSet:
    """The name of a parameter with two letters exchanged, one left out or one doubled."""
    region, year = good(figures, chance)
    name = chance.choice(NAMES)
    at = chance.randrange(len(name) - 1)
    wrong = chance.choice(
        [
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
        ]
    )
    said = ("no parameter", f"Did you mean {name}?")
    return BadSet({"region": region, "year": str(year), wrong: "2021"}, True, said)


def coded(figures: Figures, chance: random.Random) -> BadSet:
    """A name that would be a statement if it were put into a chapter."""
    region, year = good(figures, chance)
    said = ("no parameter", "there are region, year, language, formats")
    return BadSet({"region": region, "year": str(year), chance.choice(CODE): "1"}, True, said)


def unknown_choice(figures: Figures, chance: random.Random) -> BadSet:
    """A language or a format that does not exist."""
    region, year = good(figures, chance)
    name, value, said = chance.choice(
        [
            *(
                ("language", value, "there are en, zh, zh-Hant")
                for value in ("EN", "english", "fr", "中文", "zh-Hans", "en,fr", "eng")
            ),
            *(("formats", value, "there are html, pdf") for value in ("htm", "PDF", "docx", "html,pfd", "../pdf")),
            *((name, value, "at least one name") for name in ("language", "formats") for value in (",", "  ")),
        ]
    )
    return BadSet({"region": region, "year": str(year), name: value}, True, (f"{name}: ", said))


def hostile(figures: Figures, chance: random.Random) -> BadSet:
    """A text that means harm, or is none, as a value."""
    region, year = good(figures, chance)
    name = chance.choice(NAMES)
    value = chance.choice([*HOSTILE, "".join(map(chr, chance.choices(range(1, 0x2FFFF), k=chance.randrange(1, 30))))])
    said = {"region": "`ipreport list regions`", "year": span(figures), "language": "en, zh", "formats": "html, pdf"}
    helpful = said[name] if name in ("region", "year") or value.strip() else "at least one name"
    return BadSet({"region": region, "year": str(year)} | {name: value}, True, (name, helpful))


def lacking(figures: Figures, chance: random.Random) -> BadSet:
    """A set without its region or its year."""
    region, year = good(figures, chance)
    name = chance.choice(("region", "year"))
    given = {"region": region, "year": str(year)}
    del given[name]
    return BadSet(given, True, (f"{name} is missing", f"`ipreport list {name}s`"))
