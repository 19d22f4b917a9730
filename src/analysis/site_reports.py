"""The reports that stand in a folder, each with what the site says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.citation import Cited, cited
from analysis.codebook import LEVELS, Region, regions
from analysis.comparisons import apart
from analysis.errors import AnalysisError
from analysis.indicators import indicators
from analysis.made_reports import Computed, MadeReport, Recorded, made_report

PAGE, PAPER = "index.html", "report.pdf"
REPORT = re.compile(r"([0-9]{6})-([0-9]{4})", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", re.ASCII)
MOST_FIRST = 3

ENDINGS = {PAGE: (b"</html>", b"</body>", b"</script>"), PAPER: (b"%%EOF",)}
"""How a file ends that is whole. The last end tags of a page may be left out."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells in one language: its computed indicators, and what the site needs of its figures.

    ``first`` are the indicators that its first chapter tells of, at most three; ``behind`` the figures from which the
    first of them was worked out; ``revised`` the numbers of the reference year that publications print so differently
    that rounding does not explain it, the used one first. ``cited`` is what a citation says of it.
    """

    numbers: dict[str, Computed]
    first: tuple[str, ...]
    behind: tuple[Recorded, ...]
    revised: tuple[tuple[Recorded, ...], ...]
    cited: Cited


@dataclass(frozen=True, slots=True)
class SiteReport:
    """One report: its files by language, and what it tells in each language that it was computed in."""

    region: Region
    year: int
    files: dict[str, tuple[str, ...]]
    told: dict[str, Told]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.region.region}-{self.year}"

    @property
    def dated(self) -> str:
        """The newest date of a publication that it used: an ISO date, a year and month, a year, or empty."""
        return max(told.cited.dated for told in self.told.values())

    @property
    def numbers(self) -> dict[str, Computed]:
        """Its computed indicators by id, with the words of one of its languages."""
        return next(iter(self.told.values())).numbers

    def speech(self, language: str) -> Told:
        """What it tells in a language, or in another if it was not computed in that one."""
        return self.told.get(language) or next(iter(self.told.values()))

    def nearest(self, language: str, file: str = PAGE) -> str | None:
        """The language of the report to send a reader of ``language`` to who wants a file, if it has that file."""
        having = [each for each, names in self.files.items() if file in names]
        same_tongue = [each for each in having if each.partition("-")[0] == language.partition("-")[0]]
        return language if language in having else next(iter([*same_tongue, *having]), None)


def site_reports(output: Path, data: Path = paths.DATA) -> tuple[list[SiteReport], list[str]]:
    """The reports that stand in a folder, by level, region and year, the newest year first; and what is wrong.

    A folder that cannot be read back is left out, and a message names it. What is no report is passed over.
    """
    found: list[SiteReport] = []
    problems: list[str] = []
    folders = sorted(output.iterdir()) if output.is_dir() else []
    for folder in folders:
        name = REPORT.fullmatch(folder.name)
        if not name or not folder.is_dir():
            continue
        if name[1] not in regions(data):
            problems.append(f"{folder}: the region {name[1]} is not in data/regions.csv")
            continue
        report = _report(folder, regions(data)[name[1]], int(name[2]), problems, data)
        if report:
            found.append(report)
    return sorted(found, key=_order), problems


def _order(report: SiteReport) -> tuple:
    return LEVELS.index(report.region.level), report.region.region, -report.year


def _report(folder: Path, region: Region, year: int, problems: list[str], data: Path) -> SiteReport | None:
    """One report from those of its languages that are whole. A language without chapters was converted from another."""
    files: dict[str, tuple[str, ...]] = {}
    told: dict[str, Told] = {}
    for place in sorted(each for each in folder.iterdir() if LANGUAGE.fullmatch(each.name) and each.is_dir()):
        try:
            names = _files(place)
            if (place / "chapters").is_dir():
                told[place.name] = _told(made_report(place), region.region, year, data)
            files[place.name] = names
        except (AnalysisError, OSError) as error:
            problems.append(str(error) if str(place) in str(error) else f"{place}: {error}")
    if told:
        return SiteReport(region, year, files, told)
    if not any(str(folder) in problem for problem in problems):
        problems.append(f"{folder} holds no report with its chapters; build it again: {_command(region, year)}")
    return None


def _command(region: Region, year: int) -> str:
    return f"`ipreport build --region {region.region} --year {year}`"


def _files(folder: Path) -> tuple[str, ...]:
    """The files of a report in one language, those to read first. Raises AnalysisError for one that is cut off."""
    names = [each.name for each in sorted(folder.iterdir()) if each.is_file() and not each.name.startswith(".")]
    readable = [name for name in (PAGE, PAPER) if name in names]
    if not readable:
        raise AnalysisError(f"{folder} has neither {PAGE} nor {PAPER}; build the report again")
    for name, endings in ENDINGS.items():
        if name in names and not (folder / name).read_bytes().rstrip().endswith(endings):
            raise AnalysisError(f"{folder / name} is cut off; build the report again")
    return (*readable, *(name for name in names if name not in readable))


def _told(report: MadeReport, region: str, year: int, data: Path) -> Told:
    if (report.region, report.year, report.language) != (region, year, report.folder.name):
        raise AnalysisError(
            f"{report.folder} holds the report of {report.region} in {report.year} ({report.language}); "
            "give the folder its own name again"
        )
    numbers = {name: each for name, each in report.indicators.items() if each.value is not None}
    first = tuple(dict.fromkeys(_first(report, numbers, data)))[:MOST_FIRST]
    inputs = numbers[first[0]].inputs if first else ()
    own = [rows for key, rows in report.figures.items() if key[:2] == (region, year)]
    revised = [(rows[0], *(row for row in rows[1:] if apart(rows[0].rounded, row.rounded))) for rows in own]
    return Told(
        numbers,
        first,
        tuple(report.own(series) for series in inputs),
        tuple(rows for rows in revised if len(rows) > 1),
        cited(report),
    )


def _first(report: MadeReport, numbers: dict[str, Computed], data: Path) -> Iterator[str]:
    """The indicators with a value, in the order in which the report tells of them, its first chapter first."""
    for _, key in report.shown.sentences:
        known = indicators(data).get(key[1]) if key[0] == "indicator" else None
        if known and known.kind != "previous" and known.id in numbers:
            yield known.id
