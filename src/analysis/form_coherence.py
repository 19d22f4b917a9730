"""Whether the forms of one output say the same, and whether its words are of its language, place and year.

An output repeats itself: a table as JSON, as HTML and as plain text, a sentence as Markdown and as plain text. Readers
of a page see one of them, readers of the notebook another.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from analysis.charts import CHART_MIME
from analysis.codebook import regions
from analysis.drawn import picture_of
from analysis.edition import Edition
from analysis.facts import plain
from analysis.headlines import HEADLINES_MIME
from analysis.quotations import QUOTATION
from analysis.tables import TABLE_MIME, plain_text

EXPECTED = {
    TABLE_MIME: {TABLE_MIME, "text/html", "text/plain"},
    CHART_MIME: {CHART_MIME, "image/svg+xml", "text/plain"},
    HEADLINES_MIME: {HEADLINES_MIME, "text/markdown", "text/plain"},
}
"""The forms that an output with this one must have."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
_YEAR = re.compile(r"(?<![\d.,])[12]\d{3}(?!\d|[.,]\d)")
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*%?")


def form_problems(bundle: dict) -> Iterator[str]:
    """Where the forms of an output are missing or say different things."""
    kind = next((mime for mime in EXPECTED if mime in bundle), None)
    expected = EXPECTED.get(kind, {"text/markdown", "text/plain"})
    if set(bundle) != expected:
        yield f"it has the forms {', '.join(sorted(bundle))}, not {', '.join(sorted(expected))}"
        return
    text = _words(bundle["text/plain"])
    if kind == TABLE_MIME:
        yield from _table_forms(bundle)
    elif kind == CHART_MIME:
        chart = bundle[CHART_MIME]
        said = "\n".join(chart[part] for part in ("title", "subtitle", "description", "source"))
        if _words(plain_text(said)) != text:
            yield "its plain text is not that of its title, subtitle, description and source"
        if picture_of(bundle["image/svg+xml"]) is None:
            yield "its picture shows nothing"
    else:
        markdown = bundle["text/markdown"]
        if _words(plain_text(markdown)) != text:
            yield "its plain text is not that of its Markdown"
        if kind == HEADLINES_MIME:
            shown = bundle[HEADLINES_MIME]
            lines = [*(tile["line"] for tile in shown["tiles"]), shown["note"]]
            if _words(plain_text("\n".join(lines))) != _words(plain_text(markdown)):
                yield "its Markdown is not that of its headline numbers"


def _table_forms(bundle: dict) -> Iterator[str]:
    table = bundle[TABLE_MIME]
    cells = [[plain(column["name"]) for column in table["columns"]]]
    cells += [[plain(cell) for cell in row] for row in table["rows"]]
    reader = _Cells()
    reader.feed(bundle["text/html"])
    shown = [row for row in reader.rows if any(row)]
    # A Styler that has the first column as its index writes heads and the index's name in two rows.
    head = shown[: -len(table["rows"])] if table["rows"] else shown
    heads = [cell for row in head for cell in row if cell]
    body = shown[len(head) :]
    if sorted(heads) != sorted(filter(None, cells[0])) or body != cells[1:]:
        odd = next((f"{a} / {b}" for a, b in zip(body, cells[1:], strict=False) if a != b), "rows or columns")
        yield f"its HTML is not that of its data: {odd[:120]}"
    words = [word for row in cells for cell in row for word in _words(cell)]
    if sorted(words + _words(plain_text(table["caption"])) + _words(plain_text(table["note"]))) != sorted(
        _words(bundle["text/plain"])
    ):
        yield "its plain text is not that of its data"


class _Cells(HTMLParser):
    """The cells of a table in HTML, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(plain("".join(self._cell).replace("[", r"\[")))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def language_problems(text: str, language: str) -> Iterator[str]:
    """Whether a text is in another language than it should be; of quotations one may be, and names of cards are."""
    own = plain(QUOTATION.sub("", text)) if language != "en" else text
    han, latin = len(_HAN.findall(own)), len(_LATIN.findall(own))
    if (language == "en" and han > latin / 2 + 2) or (language != "en" and latin > 12 and han * 4 < latin):
        yield f"{plain(text)[:60]} is not in the language of the report, {language}"


def place_problems(edition: Edition, text: str, years: set[int], places: set[str]) -> Iterator[str]:
    """Years and regions that a caption or title names, but has no reason to: ``years`` and ``places`` are allowed."""
    for year in _YEAR.findall(text):
        if int(year) not in years | {edition.reference_year}:
            yield f"{plain(text)[:80]} is of {year}, the report of {edition.reference_year}"
    own = edition.region_name(edition.region_code)
    for code, place in regions(edition.data).items():
        name = place.name(edition.language)
        if code != edition.region_code and name not in places and _names(text, name) and name not in own:
            yield f"{plain(text)[:80]} names {name}, the report is on {own}"


def _names(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name), plain(text)))


def _words(text: str) -> list[str]:
    """The words and numbers of a text, without its layout."""
    return _WORD.findall(plain(text))
