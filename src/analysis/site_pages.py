"""The pages of the site: the list of reports, the comparison of regions, and the short addresses that lead to them."""

from itertools import groupby
from urllib.parse import quote

from analysis.breaks import Break
from analysis.codebook import ASPECTS, LEVELS, regions
from analysis.comparison_wording import rank_text
from analysis.site_comparison import Compared, Row
from analysis.site_frames import Site, link, number_of, openness, page, title_of, value_shown
from analysis.site_reports import PAGE, PAPER, SiteReport
from analysis.site_voices import Voice, autonym, code_of
from analysis.standings import FEWEST
from analysis.wording import qualifier_of

CITATIONS = {"cff": "CFF", "bib": "BibTeX", "txt": "GB/T 7714"}
"""The ways to cite a report: the ending of the file, and what the way is called."""

READ = (PAGE, PAPER)
COLUMNS = ("region", "year", "value", "interval", "qualifier", "place")
NOTES = ("definition", "compare", "caveat")


def index_page(site: Site, voice: Voice) -> str:
    """Every report by level and place, the newest year first; how to make one if there is none."""
    levels = [
        {
            "id": level,
            "title": voice.words(f"site_{level}"),
            "places": [_place(site, list(of_place), voice) for _, of_place in groupby(of_level, key=_region)],
        }
        for level, of_level in groupby(site.reports, key=lambda report: report.region.level)
    ]
    return page(
        site,
        voice,
        "index",
        "index",
        title=voice.words("site_title"),
        lead=lead(site, voice),
        sections=[(level["id"], level["title"]) for level in levels],
        levels=levels,
        years=sorted({report.year for report in site.reports}, reverse=True),
    )


def lead(site: Site, voice: Voice) -> str:
    """How many reports there are, on how many places and years."""
    if not site.reports:
        return voice.words("site_empty")
    return voice.words("site_lead", reports=voice.count("reports", len(site.reports)), reach=reach(site, voice))


def reach(site: Site, voice: Voice) -> str:
    """How many places the reports are on, and which years; empty if there are none."""
    years = sorted({report.year for report in site.reports})
    if not years:
        return ""
    places = voice.count("places", len({report.region.region for report in site.reports}))
    span = voice.words("site_span" + ("" if len(years) > 1 else "_one"), first=years[0], last=years[-1])
    return voice.words("site_reach", places=places, years=span)


def compare_page(site: Site, voice: Voice) -> str:
    """Every indicator with its values in all reports, beside what may be compared and what may not."""
    reports = [row.report for each in site.compared for row in each.rows]
    by_aspect = {aspect: [each for each in site.compared if each.indicator.aspect == aspect] for aspect in ASPECTS}
    aspects = [
        (aspect, voice.words(f"site_{aspect}"), [_group(site, each, voice) for each in found])
        for aspect, found in by_aspect.items()
        if found
    ]
    counted = {
        "indicators": voice.count("indicators", len(site.compared)),
        "reports": voice.count("reports", len({report.name for report in reports})),
    }
    return page(
        site,
        voice,
        "compare",
        "compare",
        title=voice.words("site_compare"),
        lead=voice.words("site_compare_lead" if aspects else "site_compare_nothing", **counted),
        sections=[(aspect, title) for aspect, title, _ in aspects],
        aspects=aspects,
        choices=_choices(site, reports, voice),
        columns=[voice.words(f"site_column_{name}") for name in COLUMNS],
        left_out=any(each.left_out for each in site.compared),
        fewest=FEWEST,
    )


def _choices(site: Site, reports: list[SiteReport], voice: Voice) -> list[tuple[str, str, list]]:
    """The boxes to tick, as (name, title, boxes)."""
    places = sorted({report.region for report in reports}, key=lambda each: (LEVELS.index(each.level), each.region))
    boxes = {
        "indicator": [(each.indicator.id, voice.text(each.indicator, "name")) for each in site.compared],
        "region": [(place.region, voice.place(place)) for place in places],
        "year": [(year, year) for year in sorted({report.year for report in reports}, reverse=True)],
    }
    return [(name, voice.words(f"site_choose_{name}"), of_kind) for name, of_kind in boxes.items()]


def short_page(site: Site, voice: Voice, report: SiteReport, stem: str) -> str:
    """A short address that leads to a report: to the newest of its place, or to that of one year."""
    newest = stem.endswith("index")
    place = voice.place(report.region)
    files = [(language, file) for language, names in report.files.items() for file in READ if file in names]
    links = [(f"../{report.name}/{language}/{file}", language, _file_name(file, voice)) for language, file in files]
    return page(
        site,
        voice,
        stem,
        "short",
        sections=[],
        title=voice.words("site_short_title", place=place) if newest else title_of(report, voice),
        lead=voice.words("site_short_lead" if newest else "site_short_year_lead", place=place, year=report.year),
        target=f"../{link(report, voice)}" if link(report, voice) else links[0][0],
        links=[(href, code_of(language), f"{autonym(language)} ({text})") for href, language, text in links],
    )


def _region(report: SiteReport) -> str:
    return report.region.region


def _place(site: Site, reports: list[SiteReport], voice: Voice) -> dict:
    region = reports[0].region
    other, code = (region.name_zh, "zh-Hans") if voice.language == "en" else (region.name_en, "en")
    names = [region.name_en, region.name_zh, voice.place(region), region.region]
    sought = ["".join(filter(str.isalnum, name.lower())) for name in names]
    return {
        "code": region.region,
        "name": voice.place(region),
        "other": other,
        "other_code": code,
        "search": " ".join(dict.fromkeys(sought)),
        "short": f"{region.region}/{voice.file('index')}",
        "entries": [_entry(site, report, voice) for report in reports],
    }


def _entry(site: Site, report: SiteReport, voice: Voice) -> dict:
    title = title_of(report, voice)
    links = []
    for language, names in report.files.items():
        files = [(_file_name(name, voice), f"{report.name}/{language}/{name}") for name in names if name in READ]
        label = f"{title} ({autonym(language)})"
        links.append({"title": autonym(language), "code": code_of(language), "label": label, "links": files})
    language = voice.name if voice.name in report.files else next(iter(report.files))
    others = [name for name in report.files[language] if name not in READ]
    data = [(name, f"{report.name}/{language}/{quote(name)}") for name in others]
    ways = [(way, f"citations/{report.name}.{ending}") for ending, way in CITATIONS.items()]
    for key, found in (("data", data), ("cite", ways)):
        links.append({"title": voice.words(f"site_{key}"), "code": "", "label": title, "links": found})
    return {
        "id": report.name,
        "year": report.year,
        "title": title,
        "href": link(report, voice),
        "numbers": [value_shown(site, report, name, voice) for name in report.speech(voice.language).first],
        "links": [each for each in links if each["links"]],
        "dated": report.dated,
    }


def _file_name(file: str, voice: Voice) -> str:
    return voice.words("site_html" if file == PAGE else "site_pdf")


def _group(site: Site, each: Compared, voice: Voice) -> dict:
    """One indicator: what it is, what it may be compared with, and its values."""
    indicator = each.indicator
    notes = [("rule", _rule(site, each, voice)), *((field, [voice.text(indicator, field)]) for field in NOTES)]
    name = voice.text(indicator, "name")
    return {
        "id": indicator.id,
        "name": name,
        "size": voice.count("values", len(each.rows)),
        "rule": voice.words(f"site_rule_{each.rule}"),
        "ranked": any(row.place for row in each.rows),
        "notes": [(voice.words(f"site_label_{field}"), texts) for field, texts in notes],
        "caption": voice.words("site_caption", name=name, unit=voice.text(indicator, "unit")),
        "rows": [_row(site, row, voice) for row in each.rows],
    }


def _rule(site: Site, each: Compared, voice: Voice) -> list[str]:
    """Whether an indicator may be compared, and why not: between places, and between years."""
    told = [voice.words(f"site_why_{each.rule}")]
    if each.rule == "direct" and not any(row.place for row in each.rows):
        told.append(voice.words("site_too_few", fewest=FEWEST))
    for series in each.traps:
        name, trap = voice.text(series, "name"), voice.text(series, "scope_trap")
        told.append(voice.words("site_trap", series=name, trap=trap))
    return told + [_break(site, one, voice) for one in each.breaks]


def _row(site: Site, row: Row, voice: Voice) -> dict:
    report = row.report
    number = number_of(report, row.number.id, voice)
    return value_shown(site, report, number.id, voice) | {
        "region": report.region.region,
        "place": voice.place(report.region),
        "year": report.year,
        "interval": openness(site, number, voice),
        "qualifier": voice.words(f"site_qualifier_{qualifier_of(number.value)}"),
        "rank": voice.say(rank_text(row.place, voice.language)) if row.place else "",
    }


def _break(site: Site, each: Break, voice: Voice) -> str:
    place = voice.place(regions(site.data)[each.region]) if each.region else voice.words("site_everywhere")
    years = {"earlier": each.earlier_year, "later": each.later_year}
    return voice.words("site_break", place=place, why=voice.say(each.why(voice.language)), **years)
