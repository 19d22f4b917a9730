"""The bill of materials of this software (CycloneDX 1.6, JSON), from the lock file alone: the same for everybody.

What is installed differs from machine to machine; what may be installed, and by which hashes, is in the lock file.
"""

import json
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from analysis.inputs import LOCK, PROJECT, libraries
from analysis.pins import Pin, pins

SPECIFICATION = "1.6"
LICENCE = "MIT"
INDEX = "https://pypi.org/project"


def bill_of_materials(root: Path, version: str) -> str:
    """The text of the bill for the lock file in ``root`` and one version of this project. Raises BadLock."""
    pinned = pins(root / LOCK)
    content = sha256((root / LOCK).read_bytes()).hexdigest()
    used = _used(pinned)
    bill = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPECIFICATION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "serialNumber": uuid5(NAMESPACE_URL, f"{INDEX}/{PROJECT}/{version}/#{content}").urn,
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": PROJECT,
                "name": PROJECT,
                "version": version,
                "licenses": [{"license": {"id": LICENCE}}],
            }
        },
        "components": [_component(pin, pin.name in used) for pin in pinned],
        "dependencies": [
            {"ref": PROJECT, "dependsOn": _asked_for(PROJECT, pinned)},
            *({"ref": _address(pin), "dependsOn": _asked_for(pin.name, pinned)} for pin in pinned),
        ],
    }
    return json.dumps(bill, ensure_ascii=False, indent=1) + "\n"


def _used(pinned: list[Pin]) -> set[str]:
    """The names of everything that making a report needs; the rest is there for tests."""
    found = set(libraries()) - {PROJECT}
    before: set[str] = set()
    while found != before:
        before = found
        found = found | {pin.name for pin in pinned if found & set(pin.asked_by)}
    return found


def _component(pin: Pin, used: bool) -> dict[str, object]:
    """A package with the hashes of all its files: which of them is installed depends on the machine."""
    files = {
        "type": "distribution",
        "url": f"{INDEX}/{pin.name}/{pin.version}/",
        "hashes": [{"alg": "SHA-256", "content": each} for each in pin.hashes],
    }
    return {
        "type": "library",
        "bom-ref": _address(pin),
        "name": pin.name,
        "version": pin.version,
        "scope": "required" if used else "excluded",
        "purl": _address(pin),
        "externalReferences": [files],
    } | ({"properties": [{"name": f"{PROJECT}:marker", "value": pin.marker}]} if pin.marker else {})


def _asked_for(name: str, pinned: list[Pin]) -> list[str]:
    return [_address(pin) for pin in pinned if name in pin.asked_by]


def _address(pin: Pin) -> str:
    """The package URL of a pin."""
    return f"pkg:pypi/{pin.name}@{pin.version}"
