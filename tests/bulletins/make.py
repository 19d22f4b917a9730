"""Makes the bulletins that the reader is tried on from their annotated form, damaged in the ways that bulletins are.

``annotated/NAME.txt`` has a head (region, year, damage, encoding), a line ``---``, and a text of our own in which
every number stands in braces with what it is: ``{72390件|patents_granted}``, ``{22个|.ordinal}``.

A figure may say more: ``@2020`` its reference year, ``> >= < ~`` its qualifier (突破, 以上, 近, 约), ``-`` a decrease,
``=2e8`` a value that its characters do not show, ``+`` a second series that the number stands for. A name that begins
with a dot is a fate of ``analysis.reading.FATES``.

Run ``python tests/bulletins/make.py`` to write ``NAME.txt`` (the text as an analyst gets it) and ``labels.csv``.
"""

import csv
import re
import sys
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from opencc import OpenCC

HERE = Path(__file__).resolve().parent
MARK = re.compile(r"\{([^{}|]+)\|([^{}]+)\}")
QUALIFIERS = {">": "more_than", ">=": "at_least", "<": "nearly", "~": "about"}
POWERS = {"万亿": 12, "亿": 8, "万": 4, "": 0}
PINYIN = dict(
    zip(
        "產權識專發創會業務標註冊處數據長強護衝達總經將當過進質額營辦動報導設關濟務條約種類實審結當員貨",
        [
            "chǎn",
            "quán",
            "shí",
            "zhuān",
            "fā",
            "chuàng",
            "huì",
            "yè",
            "wù",
            "biāo",
            "zhù",
            "cè",
            "chù",
            "shù",
            "jù",
            "zhǎng",
            "qiáng",
            "hù",
            "chōng",
            "dá",
            "zǒng",
            "jīng",
            "jiāng",
            "dāng",
            "guò",
            "jìn",
            "zhì",
            "é",
            "yíng",
            "bàn",
            "dòng",
            "bào",
            "dǎo",
            "shè",
            "guān",
            "jì",
            "wù",
            "tiáo",
            "yuē",
            "zhǒng",
            "lèi",
            "shí",
            "shěn",
            "jié",
            "dāng",
            "yuán",
            "huò",
        ],
        strict=True,
    )
)
COLUMNS = ("bulletin", "number", "fate", "series", "reference_year", "value", "qualifier")


@dataclass(frozen=True)
class Label:
    """What one number of a bulletin is. ``value`` is in whole units; empty for what is no figure."""

    number: str
    fate: str
    series: str = ""
    reference_year: int = 0
    value: str = ""
    qualifier: str = ""


@dataclass(frozen=True)
class Annotated:
    """A bulletin in its annotated form."""

    name: str
    region: str
    year: int
    damage: tuple[str, ...]
    encoding: str
    body: str
    labels: tuple[Label, ...] = field(default=())

    @property
    def text(self) -> str:
        """The text without its annotations."""
        return MARK.sub(r"\1", self.body)


def annotated(path: Path) -> Annotated:
    """One bulletin with its labels in order."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    said = dict(line.split(": ", 1) for line in head.splitlines())
    year = int(said["year"])
    labels = tuple(label for match in MARK.finditer(body) for label in _labels(match[1], match[2], year))
    return Annotated(
        path.stem,
        said["region"],
        year,
        tuple(said.get("damage", "").split()),
        said.get("encoding", "utf-8"),
        body,
        labels,
    )


def every() -> list[Annotated]:
    """All bulletins by name."""
    return [annotated(path) for path in sorted((HERE / "annotated").glob("*.txt"))]


def _labels(number: str, said: str, year: int):
    if said.startswith("."):
        yield Label(number, said[1:])
        return
    for part in said.split(" + "):
        series, *more = part.split()
        value, qualifier, negative = _value(number), "exact", False
        reference_year = year
        for each in more:
            if each in QUALIFIERS:
                qualifier = QUALIFIERS[each]
            elif each == "-":
                negative = True
            elif each.startswith("@"):
                reference_year = int(each[1:])
            elif each.startswith("="):
                value = Fraction(each[1:])
        yield Label(number, "figure", series, reference_year, str(-value if negative else value), qualifier)


def _value(number: str) -> Fraction | None:
    match = re.match(r"([0-9][0-9,]*(?:\.[0-9]+)?) ?[余多]?(万亿|亿|万)?", number)
    return Fraction(match[1].replace(",", "")) * 10 ** POWERS[match[2] or ""] if match else None


def damaged(bulletin: Annotated) -> bytes:
    """The text as it might reach an analyst."""
    text = bulletin.text
    if "traditional" in bulletin.damage:
        text = OpenCC("s2t").convert(text)
    if "pinyin" in bulletin.damage:
        text = "".join(f"{sign}({PINYIN[sign]})" if sign in PINYIN else sign for sign in text)
    if "fullwidth" in bulletin.damage:
        text = "".join(
            chr(ord(sign) + 0xFEE0) if (sign.isascii() and sign.isalnum()) or sign in "%,;:.-" else sign
            for sign in text
        )
    if "html" in bulletin.damage:
        text = "".join(f"<p>&nbsp;&nbsp;{line}</p>\n" for line in text.splitlines())
    if "linewrap" in bulletin.damage:
        text = "\n".join(text.replace("\n", "")[start : start + 38] for start in range(0, len(text), 38))
    return text.encode(bulletin.encoding, errors="strict")


def main() -> int:
    rows = []
    for bulletin in every():
        (HERE / f"{bulletin.name}.txt").write_bytes(damaged(bulletin))
        rows += [
            [bulletin.name, one.number, one.fate, one.series, one.reference_year or "", one.value, one.qualifier]
            for one in bulletin.labels
        ]
    with (HERE / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{len(every())} bulletins, {len(rows)} labels")
    return 0


if __name__ == "__main__":
    sys.exit(main())
