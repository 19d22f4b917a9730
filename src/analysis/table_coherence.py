"""Whether tables are whole and quote their sources, and sentences say what the definition of their indicator says."""

import re
from collections.abc import Iterator
from string import Formatter

from analysis.edition import Edition
from analysis.facts import plain
from analysis.number_coherence import linked
from analysis.sources import sources
from analysis.statements import claims, policies

_NUMBERS = re.compile(r"\[(?:\\.|[^\]\\])*\]\(#[\w-]+\)(?: ?[(（][^()（）]*[)）])?")


def table_problems(edition: Edition, table: dict) -> Iterator[str]:
    """What a table of figures, indicators, publications or plans lacks, or quotes otherwise than it was printed."""
    name, rows = table["id"], table["rows"]
    aspect = name.partition("-")[0]
    led = [each.card for row in rows for cell in row[1:2] for each in linked(cell)]
    if name == f"{aspect}-figures":
        own = [series for series in edition.published if edition.series(series).aspect == aspect]
        yield from _whole(edition, own, led)
        for row in rows:
            yield from _source_of(edition, row)
    elif name == f"{aspect}-indicators":
        known = edition.results.values()
        own = [
            r.indicator.id for r in known if r.value and r.indicator.aspect == aspect and r.indicator.kind != "previous"
        ]
        yield from _whole(edition, own, led)
    elif name == "policies":
        phrases = {plain(each.phrase) for each in policies(edition.data)}
        yield from (f"{row[-1]} is no phrase of a source" for row in rows if plain(row[-1]) not in phrases)
    elif name == "sources":
        for row in rows:
            yield from _publication(edition, row)
    marked = any("†" in cell for row in rows for cell in row)
    if not table["note"].strip() and (marked or name.startswith(f"{aspect}-")):
        yield f"the table {name} has no note"


def _whole(edition: Edition, own: list[str], led: list[str]) -> Iterator[str]:
    """Every series or indicator once, in the order of its definitions."""
    if missing := [name for name in own if name not in led]:
        yield f"there is no row for {missing[0]}"
    if extra := [name for name in led if name not in own]:
        yield f"a row leads to {extra[0]}, which does not belong there"
    if not missing and not extra and led != own:
        yield "its rows are in another order than their definitions"


def _source_of(edition: Edition, row: list[str]) -> Iterator[str]:
    """A row of a figure names the publication that the figure is from."""
    for each in linked(row[1]):
        figure = edition.published.get(each.card)
        if figure is None:
            continue
        if len(row) == 4 and plain(row[2]) != plain(edition.words(figure.kind)):
            yield f"the row {plain(row[0])} is said to be {plain(row[2])}"
        source = edition.source(figure)
        publisher, _, date = (told := plain(row[-1])).rpartition(", ")
        # A table may leave out what stands in brackets behind a publisher.
        if not publisher or not plain(source.publisher).startswith(publisher) or source.published_on not in ("", date):
            yield f"the row {plain(row[0])} names the source {told}, which is not that of its figure"


def _publication(edition: Edition, row: list[str]) -> Iterator[str]:
    publisher, title, date = (plain(cell) for cell in row[:3])
    known = sources(edition.data).values()
    if not any(
        plain(each.publisher).startswith(publisher) and plain(each.title) == title and each.published_on in ("", date)
        for each in known
    ):
        yield f"{publisher}, {title}, {date} is no publication of data/sources.csv"


def sentence_problems(edition: Edition, markdown: str) -> Iterator[str]:
    """Sentences on an indicator whose words are not those of its definition."""
    for line in markdown.splitlines():
        cards = [each.card for each in linked(line) if each.card in edition.results]
        if len(cards) != 1:
            continue
        indicator = edition.results[cards[0]].indicator
        parts = Formatter().parse(indicator.text("sentence", edition.language))
        expected = [(text, field) for text, field, _, _ in parts]
        defined = "\0".join(text + ("\0" if field else "") for text, field in expected)
        if _bare(_NUMBERS.sub("\0", line.strip().removeprefix("- "))) != _bare(defined):
            yield f"the sentence on {indicator.id} is not that of its definition: {plain(line)[:80]}"


def _bare(text: str) -> str:
    return re.sub(r"[\s\0]", "", plain(text.replace("\0", "")))


def claim_problems(edition: Edition, markdown: str) -> Iterator[str]:
    """Claims of the region and year whose words are not quoted."""
    own = (edition.region_code, edition.reference_year)
    told = plain(markdown)
    for claim in claims(edition.data):
        if (claim.region, claim.reference_year) == own and plain(claim.phrase) not in told:
            yield f"the claim {claim.phrase} is not quoted in the words of its source"
