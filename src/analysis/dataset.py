"""A report as a schema.org ``Dataset``, for its page: by this, dataset search finds it.

It is kept short, for it comes with every page: the first computed indicators of each aspect have their values and
intervals, the others their names, and the publications are those that gave most figures of the reference year.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from math import ceil, floor

from analysis.cells import visible
from analysis.codebook import ASPECTS
from analysis.downloads import Download
from analysis.edition import Edition
from analysis.exhibits import computed
from analysis.indicators import Result
from analysis.report_records import CREATOR, LICENCE, MEDIA_TYPES, Say, as_it_is, decimal, newest
from analysis.sources import RELIABILITIES, Source

HEADLINES, MOST_PUBLICATIONS = 2, 3
"""How many indicators of each aspect have their values, and how many publications are named."""

LANGUAGE_TAGS = {"en": "en", "zh": "zh-Hans"}


def dataset(edition: Edition, made: Iterable[Download] = (), say: Say = as_it_is, tag: str = "") -> dict:
    """The report as a ``Dataset``, with the files ``made`` beside it; every text in it is visible.

    ``tag`` is the language of what ``say`` makes (BCP 47), by default that of the report.
    """
    code = {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": edition.region_code}
    place = visible(say(edition.region_name(edition.region_code)))
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": visible(say(edition.words("report_title"))),
        "description": visible(say(_description(edition))),
        "inLanguage": tag or LANGUAGE_TAGS[edition.language],
        "temporalCoverage": str(edition.reference_year),
        "spatialCoverage": {"@type": "Place", "name": place, "identifier": code},
        "variableMeasured": list(_variables(edition, say)),
        "license": LICENCE,
        "creator": {"@type": "Organization", "name": CREATOR},
        "isAccessibleForFree": True,
        "isBasedOn": [_work(source) for source in _publications(edition)],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": visible(say(edition.words(each.label))),
                "encodingFormat": MEDIA_TYPES[each.file],
                "contentUrl": each.file,
                "contentSize": f"{each.size} B",
            }
            for each in made
        ],
        "dateModified": newest(edition),
        "version": version("ipreport"),
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def _description(edition: Edition) -> str:
    used = edition.published.values()
    return edition.words(
        "dataset_description",
        figures=edition.count("figures", len(used)),
        publications=edition.count("publications", len({figure.source for figure in used})),
        computed=len(computed(edition)),
    )


def _variables(edition: Edition, say: Say) -> Iterator[dict]:
    """The first indicators of each aspect with value and interval; the workbook lists the others."""
    defined = {
        aspect: [each for each in computed(edition, aspect) if each.indicator.kind != "previous"] for aspect in ASPECTS
    }
    for results in defined.values():
        yield from (_variable(edition, result, say) for result in results[:HEADLINES])


def _variable(edition: Edition, result: Result, say: Say) -> dict:
    """A value, and the ends that rounding leaves open; of a bound, only the end that is known."""
    indicator, value = result.indicator, result.value
    name, unit = (visible(say(indicator.text(text, edition.language))) for text in ("name", "unit"))
    ends = {
        "value": decimal(value.printed) if value.bound is None else "",
        "minValue": "" if value.exact else decimal(value.lower, floor),
        "maxValue": "" if value.exact else decimal(value.upper, ceil),
    }
    numbers = {name: float(text) for name, text in ends.items() if text}
    return {"@type": "PropertyValue", "propertyID": indicator.id, "name": name, "unitText": unit} | numbers


def _publications(edition: Edition) -> list[Source]:
    """The publications of the reference year's figures that have an address on the web, most used first."""
    times = Counter(edition.source(figure) for figure in edition.published.values())
    order = sorted(times, key=lambda each: (-times[each], RELIABILITIES.index(each.reliability), each.source))
    return [each for each in order if each.url.startswith(("http://", "https://"))][:MOST_PUBLICATIONS]


def _work(source: Source) -> dict:
    publisher = {"@type": "Organization", "name": visible(source.publisher)}
    work = {"@type": "CreativeWork", "name": visible(source.title), "url": visible(source.url), "publisher": publisher}
    return work | ({"datePublished": source.published_on} if source.published_on else {})
