"""The bill of materials: every pin, the same for everybody, and valid by CycloneDX's own schema."""

import json
import re
import subprocess

import pytest
from click.testing import CliRunner

from analysis import paths
from analysis.command import main
from analysis.inputs import libraries
from analysis.pins import pins
from analysis.sbom import bill_of_materials

LOCK = f"""\
ipykernel==7 \\
    --hash=sha256:{"a" * 64} \\
    --hash=sha256:{"b" * 64}
    # via ipreport (pyproject.toml)
appnope==0.1 ; sys_platform == 'darwin' \\
    --hash=sha256:{"c" * 64}
    # via ipykernel
pytest==9 \\
    --hash=sha256:{"d" * 64}
    # via ipreport (pyproject.toml)
"""


@pytest.fixture
def bill(tmp_path) -> dict:
    """The bill of three pins."""
    (tmp_path / "requirements.lock").write_text(LOCK, encoding="utf-8")
    return json.loads(bill_of_materials(tmp_path, "1.0"))


def test_every_pin_is_a_component(bill):
    """With its address, all its hashes, where it is installed, and whether a report needs it: pytest is for tests."""
    kernel, appnope, tests = bill["components"]

    assert ("pkg:pypi/ipykernel@7", "required") == (kernel["purl"], kernel["scope"])
    assert [{"alg": "SHA-256", "content": letter * 64} for letter in "ab"] == kernel["externalReferences"][0]["hashes"]
    assert ("appnope", "0.1", "required") == (appnope["name"], appnope["version"], appnope["scope"])
    assert [{"name": "ipreport:marker", "value": "sys_platform == 'darwin'"}] == appnope["properties"]
    assert "excluded" == tests["scope"]


def test_graph_says_who_asks_for_what(bill):
    """This project for ipykernel and pytest, ipykernel for appnope."""
    graph = {each["ref"]: each["dependsOn"] for each in bill["dependencies"]}

    assert ["pkg:pypi/ipykernel@7", "pkg:pypi/pytest@9"] == graph["ipreport"]
    assert ["pkg:pypi/appnope@0.1"] == graph["pkg:pypi/ipykernel@7"]
    assert [] == graph["pkg:pypi/pytest@9"]
    assert {each["bom-ref"] for each in bill["components"]} | {"ipreport"} == set(graph)


def test_bill_is_the_same_for_everybody(bill, tmp_path):
    """No time and nothing random; another lock file or another version has another serial number."""
    again = bill_of_materials(tmp_path, "1.0")
    assert bill == json.loads(again)
    assert not re.search(r"timestamp|\d{4}-\d\d-\d\dT", again)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])

    other = json.loads(bill_of_materials(tmp_path, "1.1"))["serialNumber"]
    (tmp_path / "requirements.lock").write_text(LOCK.replace("pytest==9", "pytest==8"), encoding="utf-8")
    assert 3 == len({bill["serialNumber"], other, json.loads(bill_of_materials(tmp_path, "1.0"))["serialNumber"]})


def test_command_prints_the_bill_of_this_project(tmp_path):
    """Every pin of requirements.lock, and every library that is asked for is required."""
    said = CliRunner().invoke(main, ["sbom"]).output
    made = json.loads(said)
    scopes = {each["name"]: each["scope"] for each in made["components"]}

    assert len(pins(paths.ROOT / "requirements.lock")) == len(made["components"])
    assert {"required"} == {scopes[name] for name in libraries() if name != "ipreport"}
    assert {"excluded"} == {scopes[name] for name in ("pytest", "ruff", "hypothesis", "playwright")}
    assert libraries()["ipreport"] == made["metadata"]["component"]["version"]

    result = CliRunner().invoke(main, ["sbom", "--output", str(tmp_path / "sbom.json")])
    assert (0, said) == (result.exit_code, (tmp_path / "sbom.json").read_text(encoding="utf-8"))
    assert 1 == CliRunner().invoke(main, ["sbom", "--output", str(tmp_path / "none/sbom.json")]).exit_code


VALID = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
sys.exit(1 if JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read()) else 0)
"""
TOOLS = paths.ROOT / ".venv/audit/bin/python"


@pytest.mark.skipif(not TOOLS.exists(), reason="CycloneDX's validator is not here; `make sbom` installs and runs it")
def test_bill_is_valid_by_the_schema():
    """The strict validator of CycloneDX accepts it, and refuses it with one word changed."""
    text = bill_of_materials(paths.ROOT, "1.0")
    codes = [
        subprocess.run([TOOLS, "-c", VALID], input=each, text=True, encoding="utf-8", check=False).returncode
        for each in (text, text.replace('"required"', '"needed"', 1))
    ]

    assert [0, 1] == codes
