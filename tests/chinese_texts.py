"""Every Chinese text of ours that a report may show, with the place that it stands in."""

import csv
import json
import tomllib
from collections.abc import Iterator

from analysis import paths
from analysis.labels import LABELS


def chinese_texts() -> Iterator[tuple[str, str]]:
    """Phrases, names, definitions and reasons in simplified Chinese; not what sources printed."""
    for name, text in LABELS["zh"].items():
        yield f"labels {name}", text
    for path in sorted((paths.PACKAGE / "words").glob("*.toml")):
        for key, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield f"{path.name} {key}", texts["zh"]
    for path in sorted(paths.DATA.glob("*.toml")):
        yield from _under(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    for path in sorted(paths.DATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from ((f"{path.name} {name}", text) for name, text in row.items() if name.endswith("_zh"))
    for path in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if "lang-zh" in cell["metadata"].get("tags", ()):
                yield path.name, "".join(cell["source"])


def _under(place: str, table: dict) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _under(f"{place} {name}", value)
        elif isinstance(value, str) and name.endswith("_zh"):
            yield f"{place} {name}", value
