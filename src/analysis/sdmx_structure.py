"""What stands in ``observations.csv``: dimensions, measure, attributes, codes; an SDMX-JSON 2.0 structure message.

The codes are those that the file of one report may use, with names and definitions in the report's language. The code
lists of SDMX itself (frequency, observation status) are partial copies; what each status means here is its description.
"""

from collections.abc import Iterable

from analysis import wording
from analysis.cells import visible
from analysis.edition import Edition
from analysis.indicators import UNITS as INDICATOR_UNITS
from analysis.observations import ATTRIBUTES, DIMENSIONS, MEASURE, STATUSES
from analysis.report_records import Say, as_it_is, figures_used, newest_day, publications
from analysis.rounding import UNITS
from analysis.sources import Source

AGENCY, VERSION = "IPREPORT", "1.0.0"
SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/"
    "sdmx-json-structure-schema.json"
)
URN = "urn:sdmx:org.sdmx.infomodel"
LISTS = {
    "FREQ": ("SDMX", "CL_FREQ", "2.1"),
    "REF_AREA": (AGENCY, "CL_AREA", VERSION),
    "INDICATOR": (AGENCY, "CL_INDICATOR", VERSION),
    "UNIT_MEASURE": (AGENCY, "CL_UNIT", VERSION),
    "OBS_STATUS": ("SDMX", "CL_OBS_STATUS", "2.2"),
    "OBS_QUALIFIER": (AGENCY, "CL_QUALIFIER", VERSION),
}
"""The code list of each concept that has one, by agency, id and version."""

FORMATS = {"TIME_PERIOD": "GregorianYear", MEASURE: "Decimal", "LOWER": "Decimal", "UPPER": "Decimal"}
"""The type of each concept without codes that is not a text; UNIT_MULT is a whole number."""


def structure(edition: Edition, say: Say = as_it_is) -> dict:
    """The message: one data flow with its structure, its concepts and its code lists."""
    name = say(edition.words("sdmx_name"))
    concepts = [_named(each, say(edition.words(f"concept_{each}"))) for each in (*DIMENSIONS, MEASURE, *ATTRIBUTES)]
    lists = _code_lists(edition, say)
    titles = {LISTS[concept]: say(edition.words(f"concept_{concept}")) for concept in LISTS}
    titles[AGENCY, "CL_SOURCE", VERSION] = say(edition.words("sheet_publications"))
    flow = _kept(AGENCY, "IP_WORK", VERSION, name)
    flow["structure"] = f"{URN}.datastructure.DataStructure={AGENCY}:IP_WORK({VERSION})"
    return {
        "meta": {
            "schema": SCHEMA, "id": f"IP_WORK_{edition.region_code}_{edition.reference_year}", "test": False,
            # The message knows no time but that of the newest source, so that it is the same whenever it is made.
            "prepared": f"{newest_day(edition)}T00:00:00Z", "sender": {"id": AGENCY},
            "contentLanguages": [edition.language],
        },
        "data": {
            "dataflows": [flow],
            "dataStructures": [_kept(AGENCY, "IP_WORK", VERSION, name) | {"dataStructureComponents": _components()}],
            "conceptSchemes": [_kept(AGENCY, "CS_IP_WORK", VERSION, name) | {"concepts": concepts}],
            "codelists": [
                _kept(*key, titles[key]) | {"isPartial": key[0] != AGENCY, "codes": codes}
                for key, codes in lists.items()
            ],
        },
    }  # fmt: skip


def _components() -> dict:
    dimensions = [_component(each) | {"position": place} for place, each in enumerate(DIMENSIONS[:-1], 1)]
    time = _component(DIMENSIONS[-1])
    attributes = [
        _component(each) | {"usage": "optional", "attributeRelationship": {"observation": {}}} for each in ATTRIBUTES
    ]
    return {
        "dimensionList": {"id": "DimensionDescriptor", "dimensions": dimensions, "timeDimension": time},
        "measureList": {"id": "MeasureDescriptor", "measures": [_component(MEASURE) | {"usage": "optional"}]},
        "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
    }


def _component(concept: str) -> dict:
    if concept in LISTS:
        agency, name, version = LISTS[concept]
        values = {"enumeration": f"{URN}.codelist.Codelist={agency}:{name}({version})"}
    else:
        values = {"format": {"dataType": "Integer" if concept == "UNIT_MULT" else FORMATS.get(concept, "String")}}
    identity = f"{URN}.conceptscheme.Concept={AGENCY}:CS_IP_WORK({VERSION}).{concept}"
    return {"id": concept, "conceptIdentity": identity, "localRepresentation": values}


def _code_lists(edition: Edition, say: Say) -> dict[tuple[str, str, str], list[dict]]:
    """The codes by list: agency, id and version."""
    used = [figure for figure, _ in figures_used(edition)]
    regions = sorted({figure.region for figure in used} | {edition.region_code})
    qualifiers = wording.QUALIFIER_WORDS[edition.language]
    codes = {
        "FREQ": [_named("A", say(edition.words("freq_A")))],
        "REF_AREA": [_named(region, say(edition.region_name(region))) for region in regions],
        "INDICATOR": list(_indicators(edition, dict.fromkeys(figure.series for figure in used), say)),
        "UNIT_MEASURE": [
            _named(unit, say(edition.words(f"unit_{unit}"))) for unit in sorted(UNITS | set(INDICATOR_UNITS))
        ],
        "OBS_STATUS": [
            _named(code, say(edition.words(f"obs_status_{code}")), say(edition.words(f"obs_status_{code}_means")))
            for code in STATUSES
        ],
        "OBS_QUALIFIER": [
            _named(code, say(word.strip() or edition.words("qualifier_none"))) for code, word in qualifiers.items()
        ],
    }
    sources = [_source(edition, source, say) for source in publications(edition)]
    return {LISTS[concept]: listed for concept, listed in codes.items()} | {(AGENCY, "CL_SOURCE", VERSION): sources}


def _indicators(edition: Edition, series: Iterable[str], say: Say) -> Iterable[dict]:
    """The codes of series and indicators, with definition and unit."""
    for name in series:
        each = edition.series(name)
        text, definition, unit = (each.text(field, edition.language) for field in ("name", "definition", "counted"))
        yield _named(name, say(text), say(edition.words("sdmx_description", definition=definition, unit=unit)))
    for name, result in edition.results.items():
        text, definition, unit = (
            result.indicator.text(field, edition.language) for field in ("name", "definition", "unit")
        )
        yield _named(name, say(text), say(edition.words("sdmx_description", definition=definition, unit=unit)))


def _source(edition: Edition, source: Source, say: Say) -> dict:
    """The code of a publication; publisher and title are not passed through ``say``."""
    date = source.published_on or say(edition.words("undated"))
    told = edition.words("sdmx_source", publisher=source.publisher, title=source.title, date=date)
    return _named(source.source, told, source.url)


def _named(name: str, text: str, description: str = "") -> dict:
    shown = {"id": name, "name": visible(text)}
    return shown | {"description": visible(description)} if description else shown


def _kept(agency: str, name: str, version: str, text: str) -> dict:
    return {"id": name, "agencyID": agency, "version": version, "name": visible(text)}
