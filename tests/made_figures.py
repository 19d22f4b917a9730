"""Invented figures in the project's own codebook, for the tests of the consistency rules."""

from analysis import paths
from analysis.codebook import codebook
from analysis.evidence import Evidence
from analysis.figures import Figure, Figures
from analysis.sources import sources

CITY, PROVINCE, NATION = "330200", "330000", "000000"


def made(*rows: tuple) -> Figures:
    """Figures from ``(region, year, series, "value multiplier qualifier", source number)``; all but the value may lack.

    ``("330200", 2021, "patents_granted", "7.2 4 about", 1)`` is about 7.2 万 from the second source.
    """
    return Figures([_figure(*row) for row in rows], paths.DATA)


def evidence(*rows: tuple) -> Evidence:
    """The same, as the rules get it."""
    return Evidence(made(*rows), paths.DATA)


def _figure(region: str, year: int, series: str, printed: str, source: int = 0) -> Figure:
    value, multiplier, qualifier = (*printed.split(), *("0", "exact")[len(printed.split()) - 1 :])
    known = codebook()[series]
    publication = list(sources())[source]
    return Figure(
        region, year, series, value, int(multiplier), known.unit, qualifier, known.kind, publication, value, ""
    )
