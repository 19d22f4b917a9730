"""Asking for known vulnerabilities of everything that is pinned, and never calling audited what was not.

pip-audit does the asking. Left to itself it passes over every pin whose marker does not fit the machine it runs on,
and says that nothing is known against what it could not ask about. So markers are taken off, every pin must be
answered for by name and version, and a package that is known to be vulnerable must be found to be.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.errors import AnalysisError, listed
from analysis.pins import Pin, pins, plain

KNOWN = Pin("nbconvert", "6.5.0", "", (), ())
"""A release with published advisories: whoever knows nothing against it knows nothing."""
SERVICES = ("pypi", "osv")
FOUND, NOT_AUDITED = 1, 3
PATIENCE = 900


class NotAudited(AnalysisError):
    """Not every pin was answered for, so that nothing can be said of any."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """Something known against a pin."""

    pin: Pin
    id: str
    fixed_in: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.pin.name} {self.pin.version}: {self.id}, fixed in {listed(self.fixed_in) or 'no release'}"


def audited(program: Path, pinned: Iterable[Pin], service: str = SERVICES[0]) -> list[Advisory]:
    """What is known against some pins, by pip-audit at ``program``. Raises NotAudited unless all were answered for."""
    if not _asked(program, [KNOWN], service):
        raise NotAudited(
            f"not audited: {service} knows nothing against {KNOWN.name} {KNOWN.version}, which is known to be "
            "vulnerable, so that its silence means nothing"
        )
    return [advisory for turn in _turns(pinned) for advisory in _asked(program, turn, service)]


def _turns(pinned: Iterable[Pin]) -> list[list[Pin]]:
    """The pins in lists that name no package twice, as pip-audit wants it: some have a version for each Python."""
    turns: list[dict[str, Pin]] = []
    for pin in dict.fromkeys(pinned):
        free = next((turn for turn in turns if pin.name not in turn), None)
        if free is None:
            turns.append(free := {})
        free[pin.name] = pin
    return [list(turn.values()) for turn in turns]


def _asked(program: Path, pinned: list[Pin], service: str) -> list[Advisory]:
    """What pip-audit answers about some pins, each of which is another package."""
    code, answered = _answers(program, pinned, service)
    for pin in pinned:
        answer = answered.get(pin.name, {})
        if answer.get("version") != pin.version or "vulns" not in answer or "skip_reason" in answer:
            why = answer.get("skip_reason", "no answer for this version")
            raise NotAudited(f"not audited: {pin.name} {pin.version} was passed over ({why})")
    advisories = [
        Advisory(pin, each["id"], tuple(each["fix_versions"])) for pin in pinned for each in answered[pin.name]["vulns"]
    ]
    if code != bool(advisories):
        raise NotAudited(f"not audited: pip-audit ended with {code}, and named {len(advisories)} advisories")
    return advisories


def _answers(program: Path, pinned: list[Pin], service: str) -> tuple[int, dict[str, dict]]:
    """The exit code of pip-audit, and what it answers by the name of the package."""
    command = [program, "--strict", "--disable-pip", "--no-deps", "--format", "json", "--desc", "off"]
    command += ["--progress-spinner", "off", "--vulnerability-service", service, "--requirement"]
    with tempfile.TemporaryDirectory(prefix="ipreport-") as folder:
        asked = Path(folder) / "pins.txt"
        asked.write_text("".join(map(_line, pinned)), encoding="utf-8")
        try:
            ran = subprocess.run([*command, asked], capture_output=True, timeout=PATIENCE)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotAudited(f"not audited: pip-audit did not run: {error}") from error
    try:
        return ran.returncode, {plain(each["name"]): each for each in json.loads(ran.stdout)["dependencies"]}
    except (ValueError, KeyError, TypeError) as error:
        said = ran.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["pip-audit says nothing"]
        raise NotAudited(f"not audited: {service} gave no answer: {said[0][:500]}") from error


def _line(pin: Pin) -> str:
    """A pin without its marker, as it stands in a requirements file."""
    return " ".join([f"{pin.name}=={pin.version}", *(f"--hash=sha256:{each}" for each in pin.hashes)]) + "\n"


def main(program: str, service: str, *locks: str) -> int:
    """Audit some lock files and say what was found; 0: nothing is known, 1: something is, 3: not audited."""
    pinned = [pin for lock in locks for pin in pins(Path(lock))]
    try:
        found = audited(Path(program), pinned, service)
    except NotAudited as error:
        print(error, file=sys.stderr)
        return NOT_AUDITED
    for advisory in found:
        print(advisory)
    known = f"advisories: {len(found)}" if found else "no known vulnerability"
    print(f"Audited {len(set(pinned))} pins on {datetime.now(UTC).date()} with {service}, none passed over: {known}.")
    return FOUND if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
