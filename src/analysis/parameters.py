"""What a chapter can be given, checked before anything runs: region, reference year and language.

These are the rules for one value; ``contract`` holds whole requests to them, from wherever they come.
"""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from analysis import paths
from analysis.codebook import LANGUAGES, region_meant, region_named
from analysis.errors import BadParameter, UnknownName, did_you_mean, listed, quoted
from analysis.figures import Figures, load_figures

ECHO = "REPORT-COMPLETE "


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of every chapter: a GB/T 2260 code as text, a year as a whole number, and a language."""

    region: str
    reference_year: int
    language: str

    def __post_init__(self):
        for field in fields(self):
            value = getattr(self, field.name)
            if type(value) is not field.type:
                raise BadParameter(
                    f"{field.name} is {quoted(value)} ({type(value).__name__}); expected {field.type.__name__}"
                )
        language_from(self.language)

    def require(self, figures: Figures) -> "Parameters":
        """These parameters, if the data have figures for them. Raises UnknownName."""
        figures.require(region_from(self.region, figures.data), self.reference_year)
        return self

    def as_dict(self) -> dict[str, object]:
        """By the names that the chapters declare."""
        return asdict(self)

    def echo(self) -> str:
        """The line that a chapter prints at its end, with the parameters that it really used."""
        return ECHO + json.dumps(self.as_dict(), sort_keys=True)


def region_from(text: str, data: Path = paths.DATA) -> str:
    """A region by its code. Raises UnknownName; a name, in whichever characters, is answered with its code."""
    try:
        return region_named(text, data).region
    except UnknownName as error:
        from analysis.mending import simplified

        try:
            meant = region_meant(simplified(text[:200]), data)
        except UnicodeError:  # half a character
            meant = None
        if meant is None or "Did you mean" in str(error):
            raise
        raise UnknownName(f"{error} Did you mean {meant}?") from error


def language_from(text: str) -> str:
    """A language by its code. Raises UnknownName."""
    if text not in LANGUAGES:
        raise UnknownName(f"no language {quoted(text)}; there are {listed(LANGUAGES)}.{did_you_mean(text, LANGUAGES)}")
    return text


def year_from(text: str) -> int:
    """A reference year from a text: four ASCII digits and nothing else. Raises BadParameter."""
    if not re.fullmatch(r"[12][0-9]{3}", text):
        years = load_figures().years()
        meant = _year_meant(text)
        hint = f" Did you mean {min(years, key=lambda year: abs(year - meant))}?" if meant else ""
        raise BadParameter(
            f"{quoted(text)} is not a reference year; expected four digits, from {years[0]} to {years[-1]}, such as "
            f"those of `ipreport list years`.{hint}"
        )
    return int(text)


def _year_meant(text: str) -> int | None:
    """The year that a text seems to disguise: full-width, with separators, in Chinese digits, in another notation."""
    plain = unicodedata.normalize("NFKC", text[:40]).strip().replace("零", "〇")
    plain = plain.translate(str.maketrans("〇一二三四五六七八九OoIl", "01234567890011"))
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain if sign.isprintable())
    if match := re.fullmatch(r"0x([0-9a-f]{1,4})", text[:40].strip().casefold()):
        return int(match[1], 16)
    if match := re.fullmatch(r"([0-9])(?:[.]([0-9]{1,3}))?e\+?3", plain.casefold()):
        return int(match[1] + (match[2] or "").ljust(3, "0"))
    match = re.search(r"(?<![0-9])0?([12][0-9]{3})(?![0-9])", re.sub(r"[\s_,'.]", "", re.sub(r"\.0+$", "", plain)))
    return int(match[1]) if match else None


def check_declared(names: set[str], declared: set[str], chapter: str) -> None:
    """Refuse a chapter that does not declare exactly the parameters of a report. Raises BadParameter."""
    if names != declared:
        raise BadParameter(
            f"notebooks/{chapter}.ipynb declares the parameters {sorted(declared)}; a chapter of this report declares "
            f"{sorted(names)}, in one cell tagged `parameters`"
        )
