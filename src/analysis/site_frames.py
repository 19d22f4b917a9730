"""What the pages of the site have in common: head, policy, navigation, and how a report is named and linked."""

import base64
import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis import paths, wording
from analysis.errors import BadParameter
from analysis.hypertext import HtmlWriter
from analysis.indicators import indicators
from analysis.made_reports import Computed
from analysis.sanitising import sanitised
from analysis.site_comparison import Compared
from analysis.site_reports import PAGE, SiteReport
from analysis.site_voices import VOICES, Voice, autonym
from analysis.social_cards import SIZE

POLICY = (
    "default-src 'none'; script-src {script}; style-src 'unsafe-inline'; img-src data: 'self'; base-uri 'none'; "
    "form-action 'none'"
)
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/%+:")


@dataclass(frozen=True)
class Site:
    """Everything that the pages show: reports, the comparison of them, and the address that the site will have.

    ``base`` ends with a slash, or is empty where the address is not known. ``pictures`` are the social cards made, as
    path and description by the page's name and language.
    """

    reports: list[SiteReport]
    compared: list[Compared]
    base: str = ""
    data: Path = paths.DATA
    pictures: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def base_address(text: str) -> str:
    """The address of a site, with a slash at its end. Raises BadParameter for what is none."""
    try:
        parts = urlsplit(text)
        fit = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        fit = False
    if not fit or set(text) - PLAIN or parts.query or parts.fragment:
        raise BadParameter(
            f"{text!r} is not the address of a site; expected something like https://example.org/reports/, with "
            "http or https, a host, plain letters (xn--... for others), and no user, query or fragment"
        )
    return text if text.endswith("/") else f"{text}/"


def page(site: Site, voice: Voice, stem: str, template: str, **shown: object) -> str:
    """One page of the site. ``stem`` is its name without language and ending, such as ``index`` or ``REGION/YEAR``."""
    script = _script(template)
    policy = POLICY.format(script=f"'sha256-{_digest(script)}'" if script else "'none'")
    names = {each.name: each.file(stem) for each in VOICES}
    codes = {each.name: each.code for each in VOICES}
    alternates = [(codes[name], names[name]) for name in names]
    found = site.pictures.get((stem, voice.name))
    return _environment(voice.language).get_template(f"{template}.html.j2").render(
        voice=voice,
        stem=stem,
        base=site.base,
        up="../" * stem.count("/"),
        canonical=site.base + voice.file(stem),
        policy=policy,
        script=Markup(script),
        alternates=[*alternates, ("x-default", VOICES[0].file(stem))],
        others=[(codes[name], names[name], autonym(name)) for name in names if name != voice.name],
        picture=found and dict(zip(("path", "description", "width", "height"), (*found, *SIZE), strict=True)),
        **shown,
    )  # fmt: skip


def number_of(report: SiteReport, name: str, voice: Voice) -> Computed:
    """An indicator as the report in the page's language has it, or as another does if that one lacks it."""
    return report.speech(voice.language).numbers.get(name) or report.numbers[name]


def value_shown(site: Site, report: SiteReport, name: str, voice: Voice) -> dict[str, str]:
    """An indicator of a report as shown: its name, the value as printed, its interval, and the link to its card.

    The interval is left out where every value in it is printed alike, and where the value says that it is a bound.
    """
    indicator, number = indicators(site.data)[name], number_of(report, name, voice)
    value, told = number.value, report.told.get(voice.language)
    printed = (
        number.printed
        if told and name in told.numbers
        else wording.value_text(value, indicator.unit, indicator.digits, voice.language)
    )
    plain = value.bound or wording.settled(value, indicator.unit, indicator.digits)
    return {
        "name": voice.text(indicator, "name"),
        "printed": voice.say(printed),
        "interval": "" if plain else openness(site, number, voice),
        "href": link(report, voice, card=name),
    }


def openness(site: Site, number: Computed, voice: Voice) -> str:
    """What rounding leaves open of an indicator: two ends, one, or nothing."""
    indicator, value = indicators(site.data)[number.id], number.value
    if value.bound:
        return voice.words("no_upper" if value.upper is None else "no_lower")
    interval = wording.interval_text(value, indicator.unit, indicator.digits, voice.language)
    return voice.say(interval) or voice.words("exact_counts")


def link(report: SiteReport, voice: Voice, card: str = "") -> str:
    """Where a report, or one of its cards, stands for a reader of a language; empty if it has no page of HTML."""
    language = report.nearest(voice.name)
    if language is None:
        return ""
    return f"{report.name}/{language}/{PAGE}" + (f"#{card}" if card else "")


def title_of(report: SiteReport, voice: Voice) -> str:
    """A report as named in a list: place and year."""
    return voice.words("site_entry", place=voice.place(report.region), year=report.year)


@cache
def _script(template: str) -> str:
    path = paths.TEMPLATES / "site" / f"{template}.js"
    return path.read_text(encoding="utf-8").replace("\r\n", "\n") if path.is_file() else ""


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@cache
def _environment(language: str) -> Environment:
    """Autoescaping is on for everything; Chinese in an English page is marked as such by the report's own writer."""
    loader = FileSystemLoader([paths.TEMPLATES / "site", paths.TEMPLATES / "ipreport_html"])
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["foreign"] = lambda text: Markup(HtmlWriter(language).text(text))
    environment.filters["sanitised"] = lambda page: Markup(sanitised(page, controls=True))
    return environment
