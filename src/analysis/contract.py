"""What a report can be asked for: one contract for the command, Python, a run table and a YAML file.

Names, types, ranges, and whether it exists in the data, all before a kernel starts. Nothing is converted or guessed:
text is a year if it is four ASCII digits, and a region if it is a code of data/regions.csv.
"""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from analysis.codebook import EDITIONS, LANGUAGES, written_in
from analysis.errors import AnalysisError, BadParameter, BadRequest, UnknownName, did_you_mean, listed, quoted
from analysis.figures import Figures, load_figures
from analysis.parameters import Parameters, region_from, year_from

FORMATS = ("html", "pdf")
EVERY = "all"
EXPECTED = {
    "region": "a GB/T 2260 code as text: `ipreport list regions`",
    "year": "a whole number of four digits: `ipreport list years`",
    "language": f"one or more of {listed(EDITIONS)}, or {EVERY}",
    "formats": f"one or more of {listed(FORMATS)}",
}
"""The names that a request can hold, and what each of them can be."""


def _refused(error: AnalysisError) -> PydanticCustomError:
    """An error that pydantic keeps, so that all of a request's errors are told."""
    return PydanticCustomError("refused", "{said}", {"said": str(error)})


def _region(value: str, info: ValidationInfo) -> str:
    try:
        return region_from(value, info.context["figures"].data)
    except AnalysisError as error:
        raise _refused(error) from error


def _year(value: object, info: ValidationInfo) -> object:
    if not (info.context["text"] and isinstance(value, str)):
        return value
    try:
        return year_from(value)
    except AnalysisError as error:
        raise _refused(error) from error


def _several(value: object, info: ValidationInfo) -> object:
    """Texts as a tuple; from text, names separated by commas or spaces."""
    if isinstance(value, str) and info.context["text"]:
        return tuple(re.findall(r"[^,\s]+", value))
    return tuple(value) if isinstance(value, list) else value


def _languages(values: tuple[str, ...]) -> tuple[str, ...]:
    try:
        for name in () if values == (EVERY,) else values:
            if name not in EDITIONS:
                hint = did_you_mean(name, EDITIONS)
                raise UnknownName(f"no language {quoted(name)}; there are {listed(EDITIONS)}.{hint}")
        return EDITIONS if values == (EVERY,) else _distinct(values)
    except AnalysisError as error:
        raise _refused(error) from error


def _formats(values: tuple[str, ...]) -> tuple[str, ...]:
    try:
        for name in values:
            if name not in FORMATS:
                hint = did_you_mean(name, FORMATS)
                raise UnknownName(f"no format {quoted(name)}; there are {listed(FORMATS)}.{hint}")
        return _distinct(values)
    except AnalysisError as error:
        raise _refused(error) from error


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values or len(set(values)) < len(values):
        raise BadParameter(f"found {quoted(list(values))}; expected at least one name, and none of them twice")
    return values


class Request(BaseModel):
    """One region and year in some languages and formats, all of which exist."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    region: Annotated[str, AfterValidator(_region)]
    year: Annotated[int, Field(ge=1000, lt=10000), BeforeValidator(_year)]
    language: Annotated[tuple[str, ...], AfterValidator(_languages), BeforeValidator(_several)] = Field(EDITIONS)
    formats: Annotated[tuple[str, ...], AfterValidator(_formats), BeforeValidator(_several)] = Field(FORMATS)

    @property
    def parameters(self) -> list[Parameters]:
        """What the chapters are given, for each language in which they must be run."""
        written = [each for each in LANGUAGES if each in map(written_in, self.language)]
        return [Parameters(self.region, self.year, language) for language in written]


def request(given: Mapping[str, object], *, text: bool = False, figures: Figures | None = None) -> Request:
    """What was asked for, if it can be had. Raises BadRequest on one line with everything that is wrong.

    ``given`` holds ``region``, ``year``, and ``language`` and ``formats`` unless all are meant. With ``text``, as from
    a file or a command line, every value is a text; otherwise a year is a whole number and the others are lists.
    """
    figures = figures or load_figures()
    wrong = [_unknown(name) for name in given if name not in EXPECTED]
    known = {name: value for name, value in given.items() if name in EXPECTED}
    try:
        made = Request.model_validate(known, context={"text": text, "figures": figures})
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False)
        wrong += list(dict.fromkeys(_told(each, known, figures) for each in told))
    else:
        try:
            figures.require(made.region, made.year)
        except UnknownName as error:
            wrong.append(f"{'year' if figures.years(made.region) else 'region'}: {error}")
    if wrong:
        raise BadRequest("; ".join(wrong))
    return made


def _unknown(name: object) -> str:
    """What is said of a name that a request cannot hold; names are never run, nor passed on."""
    near = did_you_mean(name, EXPECTED) if isinstance(name, str) else ""
    return f"no parameter {quoted(name)}; there are {listed(EXPECTED)}.{near}"


def _told(error: dict, given: Mapping[str, object], figures: Figures) -> str:
    """One of pydantic's errors in the words of this project."""
    field = str(error["loc"][0])
    if error["type"] == "refused":
        return f"{field}: {error['msg']}"
    years = figures.years()
    expected = EXPECTED[field] + (f", from {years[0]} to {years[-1]}" if field == "year" else "")
    if error["type"] == "missing":
        return f"{field} is missing; expected {expected}"
    return f"{field} is {quoted(given[field])} ({type(given[field]).__name__}); expected {expected}"
