"""Several reports asked for by regions and years: those that have figures, and which combinations have none."""

import re
from dataclasses import dataclass

from analysis.contract import EVERY, Request, request
from analysis.errors import BadParameter, listed, quoted
from analysis.figures import Figures, load_figures
from analysis.parameters import region_from, year_from
from analysis.run_files import MOST_RUNS


@dataclass(frozen=True, slots=True)
class Grid:
    """``runs`` are those that can be made, by region and then year; ``without`` are the regions of each year that has
    no figures for them.
    """

    runs: tuple[Request, ...]
    without: dict[int, tuple[str, ...]]


def runs_over(regions: str, years: str, language: str, formats: str, figures: Figures | None = None) -> Grid:
    """The reports on every region and year asked for that has figures.

    ``regions`` are codes separated by commas, ``years`` years or ranges such as ``first-last``; either may be ``all``.
    Raises BadParameter or UnknownName for a name that does not exist, a region without any figures, a region or year
    that stands twice, or if there is nothing to make.
    """
    figures = figures or load_figures()
    codes, asked = _regions(regions, figures), _years(years, figures)
    have = {(code, year) for code in codes for year in figures.years(code)}
    pairs = [(code, year) for code in codes for year in asked if (code, year) in have]
    without = {year: tuple(code for code in codes if (code, year) not in have) for year in asked}
    if not pairs:
        raise BadParameter(
            f"no figures for any region and year asked for; there are figures for {listed(sorted(figures.years()), 30)}"
        )
    if len(pairs) > MOST_RUNS:
        raise BadParameter(f"{len(pairs)} runs, and at most {MOST_RUNS} at once; ask for fewer regions or years")
    given = {"language": language, "formats": formats}
    runs = [request({"region": code, "year": str(year)} | given, text=True, figures=figures) for code, year in pairs]
    return Grid(tuple(runs), {year: codes for year, codes in without.items() if codes})


def _regions(text: str, figures: Figures) -> list[str]:
    if text == EVERY:
        return figures.regions()
    codes = [region_from(each, figures.data) for each in _split("--regions", text)]
    for code in codes:
        if not figures.years(code):
            figures.require(code, figures.years()[-1])
    return codes


def _years(text: str, figures: Figures) -> list[int]:
    if text == EVERY:
        return figures.years()
    found: list[int] = []
    for each in _split("--years", text):
        first, last = (year_from(part) for part in (each.split("-") * 2)[:2]) if each.count("-") < 2 else (1, 0)
        if first > last:
            raise BadParameter(f"--years has {quoted(each)}; expected a year, or the first and the last as FIRST-LAST")
        found += range(first, last + 1)
    return _distinct("--years", found)


def _split(option: str, text: str) -> list[str]:
    return _distinct(option, re.findall(r"[^,\s]+", text))


def _distinct(option: str, found: list) -> list:
    if not found or len(set(found)) < len(found):
        raise BadParameter(f"{option} names {listed(map(quoted, found)) or 'nothing'}; expected each of them once")
    return found
