"""The RO-Crate of a report, held to the rules of RO-Crate 1.1 one by one, and to what the folder really has."""

import json
import re

import pytest
from sealed import PAGES, sealed

from analysis.manifest import CRATE, MANIFEST, contents, manifest_in


@pytest.fixture
def folder(tmp_path):
    """A report in two languages, made by two runs."""
    first = sealed(tmp_path / "first", {name: text for name, text in PAGES.items() if name[:2] == "en"}, ("en",))
    return sealed(tmp_path / "330200-2021", PAGES, ("zh",), before=first)


@pytest.fixture
def graph(folder):
    """Its entities by id."""
    return entities(folder)


def entities(folder) -> dict[str, dict]:
    """The entities of a crate by id, none of which stands twice."""
    crate = json.loads((folder / CRATE).read_text(encoding="utf-8"))
    assert {"@context", "@graph"} == set(crate)
    assert "https://w3id.org/ro/crate/1.1/context" == crate["@context"]
    assert len(crate["@graph"]) == len({each["@id"] for each in crate["@graph"]})
    return {each["@id"]: each for each in crate["@graph"]}


def linked(value) -> list[str]:
    """The ids that a value refers to."""
    values = value if isinstance(value, list) else [value]
    return [each["@id"] for each in values if isinstance(each, dict)]


def shape(graph: dict[str, dict], files: set[str]) -> list[str]:
    """What breaks a MUST of RO-Crate 1.1, in words: descriptor, root, flat graph, data entities."""
    return [*head_faults(graph), *entity_faults(graph), *part_faults(graph, files)]


def head_faults(graph: dict[str, dict]) -> list[str]:
    """What is wrong with the descriptor of the crate and with its root."""
    about, root = graph.get(CRATE, {}), graph.get("./", {})
    expected = {"about": {"@id": "./"}, "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}}
    wholes = ("name", "description", "license", "hasPart")
    faults = {
        "descriptor": {"@id": CRATE, "@type": "CreativeWork"} | expected != about,
        "root": "Dataset" != root.get("@type") or not all(root.get(each) for each in wholes),
        "datePublished": not re.fullmatch(r"\d{4}-\d\d-\d\d", root.get("datePublished", "")),
    }
    return [name for name, wrong in faults.items() if wrong]


def entity_faults(graph: dict[str, dict]) -> list[str]:
    """Entities within entities, entities without a type or a name, and links that lead nowhere."""
    wrong = []
    for name, entity in graph.items():
        values = [each for value in entity.values() for each in (value if isinstance(value, list) else [value])]
        inner = [each for each in values if isinstance(each, dict)]
        if any({"@id"} != set(each) for each in inner):
            wrong.append(f"nested {name}")
        if "@type" not in entity or (name != CRATE and "name" not in entity):
            wrong.append(f"no type or name: {name}")
        targets = {each.get("@id", name) for each in inner} - {"https://w3id.org/ro/crate/1.1"}
        wrong += [f"{name} names {each}" for each in sorted(targets - set(graph))]
    return wrong


def part_faults(graph: dict[str, dict], files: set[str]) -> list[str]:
    """Data entities that the root does not lead to, folders without a slash, and files that are told or there only."""
    data = {name for name, each in graph.items() if each.get("@type") in ("File", "Dataset")}
    parts = {"./"}
    for _ in data:
        parts |= {part for each in parts for part in linked(graph.get(each, {}).get("hasPart", []))}
    folders = {name for name in data if graph[name]["@type"] == "Dataset"}
    return [
        *(f"not part of the root: {name}" for name in sorted(data ^ parts)),
        *(f"no folder: {name}" for name in sorted(data) if (name in folders) != name.endswith("/")),
        *(f"there or told, not both: {name}" for name in sorted((data - folders) ^ files)),
    ]


def test_crate_keeps_the_rules(folder, graph):
    """Descriptor, root, flat graph, names, links that lead somewhere, and every file of the folder."""
    files = {name for name, _ in contents(folder)} - {CRATE}

    assert [] == shape(graph, files)


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (lambda graph: graph[CRATE].pop("about"), "descriptor"),
        (lambda graph: graph["./"].pop("license"), "root"),
        (lambda graph: graph["./"].update(datePublished="2022"), "datePublished"),
        (lambda graph: graph["./"].update(creator={"@type": "Person"}), "nested ./"),
        (lambda graph: graph.pop("#authors"), "./ names #authors"),
        (lambda graph: graph["en/"]["hasPart"].pop(), "not part of the root: en/index.html"),
        (lambda graph: graph["zh/index.html"].pop("name"), "no type or name: zh/index.html"),
    ],
)
def test_rules_see_what_they_are_for(plant, said, folder, graph):
    """Each rule above fails on a crate that breaks it."""
    plant(graph)

    assert said in shape(graph, {name for name, _ in contents(folder)} - {CRATE})


def test_each_run_leads_from_inputs_to_editions(folder, graph):
    """Two runs: parameters and inputs with their sha256 on one side, the folders of the editions on the other."""
    runs = [each for each in graph.values() if each["@type"] == "CreateAction"]
    made = manifest_in(folder).makings

    assert [["en/"], ["zh/"]] == [linked(run["result"]) for run in runs]
    for run, making in zip(runs, made, strict=True):
        used = [graph[name] for name in linked(run["object"])]
        told = {each["name"]: each["identifier"] for each in used if "identifier" in each}
        given = {each["name"]: each["value"] for each in used if "value" in each}
        assert f"sha256:{making.inputs['data']['data/sources.csv']}" == told["data/sources.csv"]
        assert {f"sha256:{each}" for each in making.inputs["fonts"].values()} < set(told.values())
        assert {"The code", "The templates", "requirements.lock", "notebooks/01_summary.ipynb"} < set(told)
        assert {"region": "330200", "year": "2021", "language": making.language[0], "formats": "html"} == given
        assert "SoftwareApplication" == graph[run["instrument"]["@id"]]["@type"]
        assert not {"startTime", "endTime"} & set(run)


def test_licences_are_those_of_the_project(graph):
    """The report under CC BY 4.0, the code under MIT, the fonts under the OFL; the author is the one of LICENSE."""
    licence = {each["name"]: each["license"]["@id"] for each in graph.values() if "license" in each}

    assert "https://creativecommons.org/licenses/by/4.0/" == licence[graph["./"]["name"]]
    assert "https://spdx.org/licenses/MIT" == licence["The code"]
    assert "https://spdx.org/licenses/OFL-1.1" == licence["src/analysis/fonts/NotoSansSC-Bold.ttf"]
    assert "The ipreport authors" == graph["#authors"]["name"]
    assert "File" == graph[MANIFEST]["@type"]
