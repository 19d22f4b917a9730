"""What machines read of the site: a feed of editions and revisions, and a map of the pages.

Every date is that of a publication, so that the same reports always give the same feed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from analysis import wording
from analysis.codebook import Series, codebook
from analysis.made_reports import Recorded
from analysis.markup import cleaned
from analysis.site_frames import Site, link, title_of, value_shown
from analysis.site_reports import PAGE, SiteReport
from analysis.site_voices import VOICES, Voice, code_of

ATOM = {"xmlns": "http://www.w3.org/2005/Atom"}
SITEMAP = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
FIRST = "0001-01-01T00:00:00Z"
"""What an empty feed was updated on; Atom wants a date."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the feed; ``name`` makes its id, ``address`` is relative to the site."""

    name: str
    title: str
    summary: str
    moment: str
    address: str


def feed(site: Site, voice: Voice) -> str:
    """The feed in one language (Atom): an entry for each report, and one for each number that was printed in two ways.

    The newest come first. Ids are made from names in the data (region, year, series, sources), and outlive a re-run.
    """
    entries = [entry for report in site.reports for entry in _entries(site, report, voice)]
    entries.sort(key=lambda entry: entry.name)
    entries.sort(key=lambda entry: entry.moment, reverse=True)
    root = ElementTree.Element("feed", ATOM | {"xml:lang": voice.code})
    _add(root, "id", text=_identity(f"feed/{voice.name}"))
    _add(root, "title", text=voice.words("site_feed_title"))
    _add(root, "updated", text=max((entry.moment for entry in entries), default=FIRST))
    _add(root, "link", {"rel": "self", "href": site.base + voice.file("feed", "xml")})
    _add(root, "link", {"rel": "alternate", "type": "text/html", "href": site.base + voice.file("index")})
    _add(_add(root, "author"), "name", text=voice.words("citation_author"))
    for entry in entries:
        node = _add(root, "entry")
        _add(node, "id", text=_identity(f"{entry.name}/{voice.name}"))
        _add(node, "title", text=entry.title)
        _add(node, "updated", text=entry.moment)
        _add(node, "link", {"rel": "alternate", "type": "text/html", "href": site.base + entry.address})
        _add(node, "summary", text=entry.summary)
    return _document(root)


def sitemap(site: Site) -> str:
    """The map of the site's pages and of every report in every language, with what is the same in other languages."""
    root = ElementTree.Element("urlset", SITEMAP)
    newest = max((report.dated for report in site.reports), default="")
    for stem in ("index", "compare"):
        _mapped(root, {voice.code: site.base + voice.file(stem) for voice in VOICES}, newest)
    for report in site.reports:
        pages = [language for language, names in report.files.items() if PAGE in names]
        codes = {code_of(each): f"{site.base}{report.name}/{each}/{PAGE}" for each in pages}
        _mapped(root, codes, report.dated)
    return _document(root)


def _entries(site: Site, report: SiteReport, voice: Voice) -> Iterator[Entry]:
    told = report.speech(voice.language)
    shown = [value_shown(site, report, name, voice) for name in told.first]
    values = [voice.words("site_feed_value", name=each["name"], value=each["printed"]) for each in shown]
    dated = report.dated or voice.words("undated")
    summary = voice.words("site_feed_edition_says", values=voice.words("semicolon").join(values), dated=dated)
    where = link(report, voice) or f"{report.region.region}/{voice.file(str(report.year))}"
    title = voice.words("site_feed_edition", report=title_of(report, voice))
    yield Entry(f"report/{report.name}", title, summary, _moment([report.dated], report), where)
    for rows in told.revised:
        series = rows[0].key[2]
        name = "/".join(["revision", report.name, series, *sorted(row.source for row in rows)])
        known = codebook(site.data).get(series)
        printed = voice.words("semicolon").join(_printed(row, known, voice) for row in rows)
        called = voice.text(known, "name") if known else voice.say(rows[0].name)
        title = voice.words("site_feed_revision", series=called, report=title_of(report, voice))
        yield Entry(
            name,
            title,
            voice.words("site_feed_revision_says", printed=printed),
            _moment([row.published_on for row in rows], report),
            link(report, voice, card=series) or where,
        )


def _printed(row: Recorded, known: Series | None, voice: Voice) -> str:
    """Who printed a number and when; in the voice's language if the codebook still knows what it counts."""
    value = wording.figure_text(row, known, voice.language) if known else row.printed
    dated = row.published_on or voice.words("undated")
    return voice.words("site_feed_printed", publisher=row.publisher, dated=dated, value=voice.say(value))


def _moment(dates: list[str], report: SiteReport) -> str:
    """The newest of some dates as Atom wants it: at its earliest where only a year or a month is known.

    Where no date is known at all, the end of the year that the report is about: nothing on it was printed before.
    """
    day = max(dates) or f"{report.year}-12-31"
    return f"{day}{'-01' * (2 - day.count('-'))}T00:00:00Z"


def _identity(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"urn:ipreport:{name}").urn


def _mapped(root: ElementTree.Element, addresses: dict[str, str], dated: str) -> None:
    """One page in each of its languages."""
    for address in addresses.values():
        url = _add(root, "url")
        _add(url, "loc", text=address)
        if dated:
            _add(url, "lastmod", text=dated)
        for code, other in addresses.items():
            _add(url, "xhtml:link", {"rel": "alternate", "hreflang": code, "href": other})


def _add(parent: ElementTree.Element, name: str, attributes: dict[str, str] | None = None, text: str = ""):
    node = ElementTree.SubElement(parent, name, attributes or {})
    node.text = cleaned(text) or None
    return node


def _document(root: ElementTree.Element) -> str:
    ElementTree.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
