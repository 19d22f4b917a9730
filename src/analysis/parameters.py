"""What a report can be given, checked before anything runs: region, reference year and language."""

import json
import re
from dataclasses import asdict, dataclass

from analysis.codebook import LANGUAGES
from analysis.errors import BadParameter, UnknownName, did_you_mean, listed
from analysis.figures import Figures

ECHO = "REPORT-COMPLETE "


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of every chapter: a GB/T 2260 code as text, a year as a whole number, and a language."""

    region: str
    reference_year: int
    language: str

    def __post_init__(self):
        for name, kind in (("region", str), ("reference_year", int), ("language", str)):
            value = getattr(self, name)
            if type(value) is not kind:
                raise BadParameter(f"{name} is {value!r} ({type(value).__name__}); expected {kind.__name__}")
        if self.language not in LANGUAGES:
            hint = did_you_mean(self.language, LANGUAGES)
            raise UnknownName(f"no language {self.language!r}; there are {listed(LANGUAGES)}.{hint}")

    def require(self, figures: Figures) -> "Parameters":
        """These parameters, if the data have figures for them. Raises UnknownName."""
        figures.require(self.region, self.reference_year)
        return self

    def as_dict(self) -> dict[str, object]:
        """By the names that the chapters declare."""
        return asdict(self)

    def echo(self) -> str:
        """The line that a chapter prints at its end, with the parameters that it really used."""
        return ECHO + json.dumps(self.as_dict(), sort_keys=True)


def year_from(text: str) -> int:
    """A reference year from the command line: four ASCII digits and nothing else. Raises BadParameter."""
    if not re.fullmatch(r"[12][0-9]{3}", text, re.ASCII):
        raise BadParameter(
            f"{text!r} is not a reference year; expected four digits, such as those of `ipreport list years`"
        )
    return int(text)


def check_declared(names: set[str], declared: set[str], chapter: str) -> None:
    """Refuse a chapter that does not declare exactly the parameters of a report. Raises BadParameter."""
    if names != declared:
        raise BadParameter(
            f"notebooks/{chapter}.ipynb declares the parameters {sorted(declared)}; a chapter of this report declares "
            f"{sorted(names)}, in one cell tagged `parameters`"
        )
