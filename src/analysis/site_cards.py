"""What the social cards of the site say: one for the site, and one for each report, in each of the site's languages."""

from collections.abc import Iterator

from analysis.made_reports import Recorded
from analysis.site_frames import Site, number_of, openness, value_shown
from analysis.site_pages import reach
from analysis.site_reports import SiteReport
from analysis.site_voices import Voice
from analysis.social_cards import SocialCard

WHOLE = "site"
"""The name of the card that stands for the site itself."""


def cards_of(site: Site, voice: Voice) -> Iterator[tuple[str, SocialCard]]:
    """Every card in one language with its name: that of the report's folder, or ``WHOLE``."""
    number, name = voice.count("reports", len(site.reports)), reach(site, voice)
    yield WHOLE, SocialCard(voice.words("site_title"), number, name, source=voice.words("site_card_every"))
    for report in site.reports:
        yield report.name, report_card(site, report, voice)


def report_card(site: Site, report: SiteReport, voice: Voice) -> SocialCard:
    """The card of a report: the number that it tells of first, what rounding leaves open of it, and its sources."""
    told = report.speech(voice.language)
    title = voice.words("report_title", region=voice.place(report.region), year=report.year)
    if not told.first:
        return SocialCard(title, name=voice.words("site_card_every"))
    shown = value_shown(site, report, told.first[0], voice)
    number = number_of(report, told.first[0], voice)
    opened = openness(site, number, voice)
    two_ends = not number.value.exact and not number.value.bound
    return SocialCard(
        title,
        number=shown["printed"],
        name=shown["name"],
        interval=voice.words("site_card_interval", interval=opened) if two_ends else opened,
        source=voice.words("site_card_source", sources=_sources(told.behind, voice)),
    )


def picture_path(name: str, voice: Voice) -> str:
    """Where a card's picture stands, relative to the site."""
    return f"cards/{name}-{voice.name}.png"


def stems(site: Site, name: str) -> Iterator[str]:
    """The pages that a card stands for: the short address of its report, and that of the place if it is the newest."""
    if name == WHOLE:
        yield from ("index", "compare")
        return
    report = next(each for each in site.reports if each.name == name)
    yield f"{report.region.region}/{report.year}"
    if report.year == max(each.year for each in site.reports if each.region == report.region):
        yield f"{report.region.region}/index"


def description(card: SocialCard, voice: Voice) -> str:
    """The card in words, for those who cannot see it."""
    if not card.number:
        return f"{card.title}{voice.words('site_colon')}{card.name}"
    return voice.words("site_card_alt", title=card.title, name=card.name, value=card.number)


def _sources(behind: tuple[Recorded, ...], voice: Voice) -> str:
    """The publications behind a number, each with its date first, so that a line that is cut off keeps it."""
    named = [f"{row.published_on} {row.publisher}".strip() for row in behind]
    return voice.words("semicolon").join(dict.fromkeys(named))
