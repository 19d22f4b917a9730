"""What a bulletin says in words: claims (``data/claims.csv``) and policies (``data/policies.csv``)."""

from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.codebook import ASPECTS, codebook, regions
from analysis.errors import BadRow
from analysis.reads import loaded
from analysis.records import Record, one_of, records, required
from analysis.sources import sources

CLAIM_KINDS = ("record_high", "first_in_province", "first_in_nation", "national_rank", "first_of_its_kind", "rise")
POLICY_KINDS = ("plan", "regulation", "action_plan", "reform", "institution", "platform", "insurance")


@dataclass(frozen=True, slots=True)
class Claim:
    """A comparison made in words ("a record high"), the series it speaks of, and what would test it."""

    region: str
    reference_year: int
    aspect: str
    kind: str
    series: str
    statement_en: str
    statement_zh: str
    phrase: str
    source: str
    test_en: str
    test_zh: str

    def text(self, field: str, language: str) -> str:
        """The statement or the test in one language."""
        return getattr(self, f"{field}_{language}")


@dataclass(frozen=True, slots=True)
class Policy:
    """A plan, rule or institution that a bulletin names."""

    region: str
    reference_year: int
    kind: str
    name_en: str
    name_zh: str
    detail_en: str
    detail_zh: str
    phrase: str
    source: str

    def text(self, field: str, language: str) -> str:
        """The name or the detail in one language."""
        return getattr(self, f"{field}_{language}")


@loaded("claims.csv")
def claims(data: Path = paths.DATA) -> list[Claim]:
    """All claims, in the file's order. Raises BadRow."""
    found = []
    for place, row in records(data / "claims.csv", list(Claim.__dataclass_fields__)):
        required(place, row, "statement_en", "statement_zh", "phrase", "test_en", "test_zh")
        one_of(place, row, "aspect", ASPECTS)
        one_of(place, row, "kind", CLAIM_KINDS)
        for series in filter(None, row["series"].split("|")):
            if series not in codebook(data):
                raise BadRow(f"{place}: the claim names the series {series!r}, which is not in data/series.csv")
        found.append(Claim(**_placed(place, row, data)))
    return found


@loaded("policies.csv")
def policies(data: Path = paths.DATA) -> list[Policy]:
    """All policies, in the file's order. Raises BadRow."""
    found = []
    for place, row in records(data / "policies.csv", list(Policy.__dataclass_fields__)):
        required(place, row, "name_en", "name_zh", "phrase")
        one_of(place, row, "kind", POLICY_KINDS)
        found.append(Policy(**_placed(place, row, data)))
    return found


def _placed(place: str, row: Record, data: Path) -> dict:
    year = row["reference_year"]
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise BadRow(f"{place}: found reference_year {year!r}, expected four digits")
    for column, known in (("region", regions(data)), ("source", sources(data))):
        if row[column] not in known:
            raise BadRow(f"{place}: the {column} {row[column]!r} is not in data/{column}s.csv; add it there first")
    return row | {"reference_year": int(year)}
