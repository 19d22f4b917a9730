"""Nothing is called audited that was not: a stand-in for pip-audit passes pins over, says nothing, or finds something.

What it answers was recorded from pip-audit 2.10.1.
"""

import json
import sys
from pathlib import Path

import pytest

from analysis import auditing, paths
from analysis.auditing import KNOWN, Advisory, NotAudited, audited
from analysis.pins import Pin, pins

STAND_IN = """#!{python}
import json, re, sys
how = json.loads({how!r})
text = open(sys.argv[sys.argv.index("--requirement") + 1], encoding="utf-8").read()
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(json.dumps(sys.argv[1:-1] + [text]) + "\\n")
asked = re.findall(r"(?m)^([\\w.-]+)==(\\S+)(.*)$", text)
if how.get("says"):
    sys.stderr.write(how["says"])
    sys.exit(1)
answer = []
for name, version, rest in asked:
    if ";" in rest or name in how.get("drops", []):
        continue
    if name in how.get("skips", []):
        answer.append({{"name": name, "skip_reason": "Dependency not found on PyPI and could not be audited"}})
        continue
    known = how.get("known", {{}}).get(name + " " + version, [])
    vulns = [{{"id": each, "fix_versions": ["6.5.1"], "aliases": []}} for each in known]
    answer.append({{"name": name, "version": how.get("versions", {{}}).get(name, version), "vulns": vulns}})
print(json.dumps({{"dependencies": answer, "fixes": []}}))
sys.exit(how.get("code", any(each.get("vulns") for each in answer)))
"""
NBCONVERT = {"nbconvert 6.5.0": ["CVE-2021-32862"]}
SOME = [
    Pin("mistune", "3.1.4", "", ("a" * 64,), ()),
    Pin("numpy", "2.4.0", "python_full_version < '3.12'", ("b" * 64,), ()),
    Pin("numpy", "2.5.0", "python_full_version >= '3.12'", ("c" * 64,), ()),
    Pin("pywin32", "311", "sys_platform == 'win32'", ("d" * 64,), ()),
]


@pytest.fixture
def stand_in(tmp_path):
    """A function that makes a pip-audit that behaves in some way; ``asked`` reads what it was asked."""

    def made(**how) -> Path:
        program = tmp_path / "pip-audit"
        log = tmp_path / "asked"
        text = STAND_IN.format(python=sys.executable, how=json.dumps({"known": NBCONVERT} | how), log=str(log))
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
        return program

    made.asked = lambda: [json.loads(line) for line in (tmp_path / "asked").read_text(encoding="utf-8").splitlines()]
    return made


@pytest.mark.fault(73)
def test_every_pin_is_asked_about_wherever_it_is_installed(stand_in):
    """Markers are taken off, hashes stay; a package with a version for each Python is asked about twice; strictly."""
    assert [] == audited(stand_in(), SOME)

    first, second, third = stand_in.asked()
    assert "nbconvert==6.5.0\n" == first[-1]
    assert (
        "mistune==3.1.4 --hash=sha256:{}\nnumpy==2.4.0 --hash=sha256:{}\npywin32==311 --hash=sha256:{}\n".format(
            *(letter * 64 for letter in "abd")
        )
        == second[-1]
    )
    assert f"numpy==2.5.0 --hash=sha256:{'c' * 64}\n" == third[-1]
    assert all({"--strict", "--disable-pip"} < set(each) and "pypi" in each for each in (first, second, third))


@pytest.mark.fault(73)
def test_vulnerable_pin_is_red(stand_in, capsys, tmp_path):
    """nbconvert 6.5.0 in the lock file: named, with what mends it, and exit code 1."""
    lock = tmp_path / "some.lock"
    lock.write_text(f"nbconvert==6.5.0 \\\n    --hash=sha256:{'a' * 64}\n", encoding="utf-8")

    assert [Advisory(Pin("nbconvert", "6.5.0", "", ("a" * 64,), ()), "CVE-2021-32862", ("6.5.1",))] == audited(
        stand_in(), pins(lock)
    )
    assert 1 == auditing.main(str(stand_in()), "pypi", str(lock))
    said = capsys.readouterr().out
    assert said.startswith("nbconvert 6.5.0: CVE-2021-32862, fixed in 6.5.1\nAudited 1 pins on ")
    assert said.endswith("none passed over: advisories: 1.\n")


NOT = {
    "service without advisories": ({"known": {}}, "knows nothing against nbconvert 6.5.0"),
    "pin passed over": ({"skips": ["pywin32"]}, r"pywin32 311 was passed over \(Dependency not found on PyPI"),
    "pin left out": ({"drops": ["mistune"]}, r"mistune 3\.1\.4 was passed over \(no answer for this version\)"),
    "another version": ({"versions": {"numpy": "2.4.1"}}, r"numpy 2\.4\.0 was passed over"),
    "no network": ({"says": "Traceback\nConnectionError: Failed to resolve"}, "pypi gave no answer: ConnectionError"),
    "not on this index": ({"says": "ERROR: Dependency not found on PyPI"}, "pypi gave no answer: ERROR: Dependency"),
    "silence": ({"says": "\n"}, "pip-audit says nothing"),
    "failure in spite of answers": ({"code": 2}, "ended with 2"),
    "success in spite of advisories": ({"code": 0}, "ended with 0, and named 1 advisories"),
}


@pytest.mark.fault(73)
@pytest.mark.parametrize("fault", NOT)
def test_whatever_was_not_asked_is_not_audited(fault, stand_in, capsys, tmp_path):
    """Exit code 3, and the word audited stands in no sentence without "not"."""
    how, said = NOT[fault]
    with pytest.raises(NotAudited, match=f"^not audited: .*{said}"):
        audited(stand_in(**how), SOME)

    lock = tmp_path / "some.lock"
    lock.write_text("".join(auditing._line(pin).replace(" --", " \\\n    --") for pin in SOME), encoding="utf-8")
    assert 3 == auditing.main(str(stand_in(**how)), "pypi", str(lock))
    out, err = capsys.readouterr()
    assert ("", 1) == (out, err.casefold().replace("could not be audited", "").count("audited"))


@pytest.mark.fault(73)
def test_without_pip_audit_nothing_is_audited(tmp_path):
    """The program is missing."""
    with pytest.raises(NotAudited, match="not audited: pip-audit did not run: "):
        audited(tmp_path / "pip-audit", [KNOWN])


def test_audit_covers_every_lock_file():
    """What users install, what installs it, and what audits it."""
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    [line] = [line for line in makefile.splitlines() if "-m analysis.auditing" in line]

    assert {path.name for path in paths.ROOT.glob("*.lock")} == {
        word for word in line.split() if word.endswith(".lock")
    }
