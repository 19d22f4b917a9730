"""How to cite a report: as CITATION.cff, for BibTeX, and by GB/T 7714.

The styles are written out here, because one kind of entry needs no engine: citeproc-py with its styles is 104 MB,
prints the organisation in capitals, and knows nothing of the day of access that GB/T 7714 asks for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

import yaml

from analysis.cells import visible
from analysis.edition import Edition
from analysis.made_reports import MadeReport
from analysis.report_records import newest
from analysis.wording import words

PROJECT = "ipreport"
LICENCE = "CC-BY-4.0"
LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
LANGUAGE_NAMES = {"en": "english", "zh": "chinese"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ACCESSED = "[YYYY-MM-DD]"
"""The day of access, which only the reader knows."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation says of one report in one language.

    ``dated`` is the date of the edition, that of the newest publication that it used: a date, a month, a year, or
    empty. ``version`` is that of ipreport, known only while a report is made. ``folder`` is the language's folder if
    that is not the language itself, as for traditional characters.
    """

    region: str
    place: str
    year: int
    language: str
    dated: str
    version: str = ""
    folder: str = ""

    @property
    def title(self) -> str:
        """The title that the report bears."""
        return words("report_title", self.language, region=self.place, year=self.year)

    def address(self, base: str) -> str:
        """Where the report stands, below the address of the site; empty if that is not known."""
        return f"{base}{self.region}-{self.year}/{self.folder or self.language}/index.html" if base else ""


def cited(report: Edition | MadeReport) -> Cited:
    """What a citation says of a report that is being made, or of one that stands in its folder."""
    if isinstance(report, Edition):
        place, code = visible(report.region.name(report.language)), report.region_code
        return Cited(code, place, report.reference_year, report.language, newest(report), version(PROJECT))
    dates = [row.published_on for rows in report.figures.values() for row in rows]
    return Cited(report.region, visible(report.place), report.year, report.language, max(dates))


def citations(report: Edition | MadeReport, base_url: str = "") -> dict[str, str]:
    """The citations of one report by the ending of their file: cff, bib, and txt for GB/T 7714.

    ``base_url`` is the address of the site, with a slash at its end; without it the citations name no address.
    """
    return cited_texts([cited(report)], base_url)


def cited_texts(reports: Iterable[Cited], base_url: str = "") -> dict[str, str]:
    """The same for a report in several languages; the CFF file is of the first, because it holds one title."""
    every = list(reports)
    return {
        "cff": cff(every[0], base_url),
        "bib": "\n".join(bibtex(each, base_url) for each in every),
        "txt": "".join(f"{gb_t_7714(each, base_url)}\n" for each in every),
    }


def cff(report: Cited, base_url: str = "") -> str:
    """The text of a CITATION.cff (CFF 1.2.0): the report's data, with the report itself as what to cite."""
    author = words("citation_author", report.language)
    year, month = _date_parts(report.dated)
    address = {"url": report.address(base_url)} if base_url else {}
    whole = {"date-released": report.dated} if len(report.dated) == len("YYYY-MM-DD") else {}
    preferred = {
        "type": "report",
        "title": report.title,
        "authors": [{"name": author}],
        "institution": {"name": PROJECT},
    }
    preferred |= ({"year": year} if year else {}) | ({"month": month} if month else {})
    preferred |= address | {"languages": [report.language], "notes": _note(report)}
    entry = {
        "cff-version": "1.2.0",
        "message": words("citation_message", report.language),
        "type": "dataset",
        "title": report.title,
        "authors": [{"name": author}],
        **({"version": report.version} if report.version else {}),
        **whole,
        "license": LICENCE,
        **address,
        "keywords": [report.place, str(report.year), f"GB/T 2260 {report.region}"],
        "preferred-citation": preferred,
    }
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=10_000)


def bibtex(report: Cited, base_url: str = "") -> str:
    """One entry for BibTeX and biblatex, with what LaTeX would take for a command escaped."""
    year, month = _date_parts(report.dated)
    fields = {
        "author": f"{{{latex(words('citation_author', report.language))}}}",
        "title": f"{{{latex(report.title)}}}",
        "institution": PROJECT,
        "type": latex(words("citation_kind", report.language)),
        "year": str(year) if year else "",
        "month": MONTHS[month - 1] if month else "",
        "note": latex(_note(report)),
        "langid": LANGUAGE_NAMES.get(report.language, ""),
        # biblatex and the url package read an address as it is.
        "url": report.address(base_url),
    }
    # The name of a month is a macro of every style, which braces would turn into a text.
    lines = [f"  {name} = {text if name == 'month' else f'{{{text}}}'}," for name, text in fields.items() if text]
    key = f"{PROJECT}-{report.region}-{report.year}-{report.folder or report.language}"
    return "\n".join([f"@techreport{{{key},", *lines, "}\n"])


def gb_t_7714(report: Cited, base_url: str = "") -> str:
    """One line by GB/T 7714: [R/OL] with date and address where the address is known, else [R] with the publisher."""
    author = words("citation_author", report.language)
    if base_url:
        dated = f"({report.dated})" if report.dated else ""
        return f"{author}. {report.title}[R/OL]. {dated}{ACCESSED}. {report.address(base_url)}."
    nowhere = words("citation_nowhere", report.language)
    dated = f", {report.dated[:4]}" if report.dated else ""
    return f"{author}. {report.title}[R]. [{nowhere}]: {PROJECT}{dated}."


def latex(text: str) -> str:
    """A text with every character escaped that LaTeX would not print as it is; Chinese stays."""
    return "".join(LATEX.get(character, character) for character in text)


def _note(report: Cited) -> str:
    dated = report.dated or words("undated", report.language)
    told = {"place": report.place, "region": report.region, "year": report.year, "dated": dated}
    note = words("citation_note", report.language, **told)
    made = words("citation_made", report.language, version=report.version)
    return note + made if report.version else note


def _date_parts(dated: str) -> tuple[int, int]:
    """Year and month, 0 where it is not known."""
    year, month = ([int(part) for part in dated.split("-") if part] + [0, 0])[:2]
    return year, month
