"""The report as an RO-Crate 1.1: its files, their licence, and the runs that led from data to them (JSON-LD).

What a report is made from does not lie in its folder, so each input is named with its sha256 and is no file of the
crate. No run has a time: nothing in a report says when it was made, or the same inputs would not give the same bytes.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256

from analysis.codebook import AUTONYMS, CODES, regions
from analysis.manifest import CRATE, MANIFEST, File, Making, Manifest
from analysis.report_records import CREATOR, LICENCE, MEDIA_TYPES
from analysis.wording import words

CONTEXT, SPECIFICATION = "https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/crate/1.1"
SPDX = "https://spdx.org/licenses/"
LICENCES = {
    LICENCE: "Creative Commons Attribution 4.0 International",
    f"{SPDX}MIT": "MIT License",
    f"{SPDX}OFL-1.1": "SIL Open Font License 1.1",
}
INPUT_LICENCES = {"data": LICENCE, "notebooks": LICENCE, "fonts": f"{SPDX}OFL-1.1"} | dict.fromkeys(
    ("code", "words", "templates", "lock"), f"{SPDX}MIT"
)
"""By kind of input, as LICENSE has it. On the published figures themselves no licence is claimed."""
TOGETHER = {"code": "The code", "words": "The fixed phrases and terms", "templates": "The templates"}
"""Kinds of input of which the crate names only the whole; the manifest names every file."""
ENDINGS = {
    "bib": "application/x-bibtex",
    "cff": "application/yaml",
    "csv": "text/csv",
    "html": "text/html",
    "ipynb": "application/x-ipynb+json",
    "json": "application/json",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}
Entity = dict[str, object]


def crate_text(manifest: Manifest) -> str:
    """The text of ``ro-crate-metadata.json`` for the report that a manifest tells of."""
    graph = list(_entities(manifest))
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _entities(manifest: Manifest):
    yield {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": SPECIFICATION},
    }
    files = {name: file for name, file in manifest.files.items() if name != CRATE}
    editions = sorted({name.partition("/")[0] for name in files})
    yield _root(manifest, editions)
    yield {"@id": MANIFEST, "@type": "File", "name": "The sha256 of every file", "encodingFormat": "application/json"}
    for edition in editions:
        mine = [name for name in files if name.startswith(f"{edition}/")]
        yield {
            "@id": f"{edition}/",
            "@type": "Dataset",
            "name": f"The report in {AUTONYMS[edition]}",
            "inLanguage": CODES.get(edition, edition),
            "hasPart": _links(mine),
        }
        yield from (_file(name, files[name]) for name in mine)
    known: dict[object, Entity] = {}
    for number, making in enumerate(manifest.makings, 1):
        for each in _run(number, manifest, making):
            known[each["@id"]] = each
    yield from known.values()
    yield {"@id": "#authors", "@type": "Organization", "name": CREATOR}
    yield from ({"@id": address, "@type": "CreativeWork", "name": name} for address, name in LICENCES.items())


def _root(manifest: Manifest, editions: list[str]) -> Entity:
    place = regions()[manifest.region]
    title = {each: words("report_title", each, region=place.name(each), year=manifest.year) for each in ("en", "zh")}
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": title["en"],
        "alternateName": title["zh"],
        "description": "A report in which every number leads to the words that it came from. "
        f"{MANIFEST} has the sha256 of every file and of everything that the report was made from.",
        "datePublished": _day(max((making.date for making in manifest.makings), default="")),
        "license": {"@id": LICENCE},
        "creator": {"@id": "#authors"},
        "hasPart": _links([*(f"{edition}/" for edition in editions), MANIFEST]),
        "mentions": _links(f"#making-{number}" for number, _ in enumerate(manifest.makings, 1)),
    }


def _run(number: int, manifest: Manifest, making: Making):
    """A run as an action that led from inputs to editions, and the entities that it speaks of."""
    parameters = {
        "region": manifest.region,
        "year": str(manifest.year),
        "language": ",".join(making.language),
        "formats": ",".join(making.formats),
    }
    given = [
        {"@id": f"#making-{number}-{name}", "@type": "PropertyValue", "name": name, "value": value}
        for name, value in parameters.items()
    ]
    used = [_input(kind, name, digest) for kind, files in making.inputs.items() for name, digest in _named(kind, files)]
    version = making.libraries.get("ipreport", "")
    software = f"#ipreport-{version}-python-{making.python}"
    yield {
        "@id": f"#making-{number}",
        "@type": "CreateAction",
        "name": f"Making the report in {', '.join(making.editions)}",
        "description": f"ipreport build --region {manifest.region} --year {manifest.year}",
        "instrument": {"@id": software},
        "object": _links(each["@id"] for each in [*given, *used]),
        "result": _links(f"{edition}/" for edition in making.editions),
    }
    yield {
        "@id": software,
        "@type": "SoftwareApplication",
        "name": "ipreport",
        "softwareVersion": version,
        "softwareRequirements": f"Python {making.python}, and the libraries of the lock file",
        "license": {"@id": f"{SPDX}MIT"},
    }
    yield from given
    yield from used


def _named(kind: str, files: dict[str, str]) -> list[tuple[str, str]]:
    """Each file of a kind with its sha256; of some kinds the whole, with the sha256 of what sha256sum prints of it."""
    if kind not in TOGETHER:
        return list(files.items())
    listing = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return [(kind, sha256(listing.encode()).hexdigest())] if files else []


def _input(kind: str, name: str, digest: str) -> Entity:
    """An input, known by its name and content: two runs may have had two versions of it."""
    return {
        "@id": f"#{name}@{digest[:12]}",
        "@type": "SoftwareSourceCode" if kind in ("code", "templates") else "CreativeWork",
        "name": TOGETHER.get(kind, name),
        "identifier": f"sha256:{digest}",
        "license": {"@id": INPUT_LICENCES[kind]},
    }


def _file(name: str, file: File) -> Entity:
    base = name.rpartition("/")[2]
    kind = MEDIA_TYPES.get(base) or ENDINGS.get(base.rpartition(".")[2])
    found = {"@id": name, "@type": "File", "name": base, "encodingFormat": kind, "contentSize": str(file.bytes)}
    return {key: value for key, value in found.items() if value}


def _links(names) -> list[Entity]:
    return [{"@id": name} for name in names]


def _day(date: str) -> str:
    """The first day that a date may mean; without one, the epoch."""
    return date + "-01-01"[len(date) - 4 :] if date else datetime.fromtimestamp(0, UTC).date().isoformat()
