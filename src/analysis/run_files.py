"""Several reports asked for in a file: a run table (CSV) or YAML, each held to the contract.

Both are read as text: what stands there is what was meant. `no` is no language, `1:30` and `1_000` are no years, and
a region's zeros stay. A YAML file holds one mapping or a list of mappings, and neither tags, anchors nor aliases.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import yaml

from analysis.contract import EXPECTED, Request, request
from analysis.errors import BadParameter, listed, quoted
from analysis.figures import Figures

MOST_BYTES, MOST_RUNS, DEEPEST = 1_000_000, 10_000, 3
SUFFIXES = (".csv", ".yaml", ".yml")
Place = str
Given = dict[str, object]


def runs_from(path: Path, figures: Figures | None = None) -> list[Request]:
    """The reports that a file asks for, in its order. Raises BadParameter with file, line, field and what exists."""
    if path.suffix.casefold() not in SUFFIXES:
        raise BadParameter(
            f"{path.name}: a file of runs ends in one of {listed(SUFFIXES)}, found {quoted(path.suffix)}"
        )
    text = _text(path)
    found: list[Request] = []
    seen: dict[tuple[str, int, str], Place] = {}
    for place, given in _table(path.name, text) if path.suffix.casefold() == ".csv" else _yaml(path.name, text):
        if len(found) == MOST_RUNS:
            raise BadParameter(f"{place}: more than {MOST_RUNS} runs; split the file")
        try:
            made = request(given, text=True, figures=figures)
        except BadParameter as error:
            raise BadParameter(f"{place}: {error}") from error
        for each in made.parameters:
            key = (each.region, each.reference_year, each.language)
            if key in seen:
                raise BadParameter(f"{place}: asks for {' '.join(map(str, key))}, as {seen[key]} does already")
            seen[key] = place
        found.append(made)
    if not found:
        raise BadParameter(f"{path.name}: no run in the file; expected {listed(EXPECTED)} of at least one")
    return found


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadParameter(f"{path.name} cannot be read: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise BadParameter(f"{path.name} has more than {MOST_BYTES} bytes; that is no file of runs")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadParameter(f"{path.name}, line {line}: not UTF-8; save the file as UTF-8") from error


def _table(name: str, text: str) -> Iterator[tuple[Place, Given]]:
    """Each row of a run table with its line; an empty cell stands for nothing given."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if not header or len(set(header)) < len(header) or not {"region", "year"} <= set(header):
            raise BadParameter(
                f"{name}, line 1: found the columns {quoted(header)}, expected region, year and, if wanted, language "
                "and formats, none of them twice"
            )
        for row in reader:
            place = f"{name}, line {reader.line_num}"
            if len(row) != len(header):
                raise BadParameter(f"{place}: {len(row)} cells, expected {len(header)}: {listed(header)}")
            yield place, {column: cell for column, cell in zip(header, row, strict=True) if cell}
    except csv.Error as error:
        raise BadParameter(f"{name}, line {reader.line_num}: {error}") from error


def _yaml(name: str, text: str) -> Iterator[tuple[Place, Given]]:
    """Each mapping of a YAML file with its line, every scalar as the text that stands there."""
    try:
        _refuse_surprises(name, text)
        root = yaml.compose(text, Loader=yaml.BaseLoader)
        for node in root.value if isinstance(root, yaml.SequenceNode) else [root] if root else []:
            place = f"{name}, line {node.start_mark.line + 1}"
            if not isinstance(node, yaml.MappingNode):
                raise BadParameter(f"{place}: found {quoted(node.value)}, expected names and values, as `year: ...`")
            yield place, _mapping(name, node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}, line {mark.line + 1}" if mark else name
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable"
        raise BadParameter(f"{where}: not YAML: {said}") from error


def _refuse_surprises(name: str, text: str) -> None:
    """Refuse what a list of runs has no use for, before anything is built from it."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        place = f"{name}, line {event.start_mark.line + 1}"
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadParameter(f"{place}: an anchor or alias; write every run out")
        if getattr(event, "tag", None):
            raise BadParameter(f"{place}: a tag, {quoted(event.tag)}; expected plain text")
        if depth > DEEPEST or documents > 1:
            raise BadParameter(f"{place}: expected one list of runs, each with names and values, and nothing deeper")


def _mapping(name: str, node: yaml.MappingNode) -> Given:
    found: Given = {}
    for key, value in node.value:
        place = f"{name}, line {key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode) or key.value in found:
            raise BadParameter(f"{place}: the name {quoted(key.value)} stands twice, or is no name")
        if isinstance(value, yaml.SequenceNode) and all(isinstance(each, yaml.ScalarNode) for each in value.value):
            found[key.value] = [each.value for each in value.value]
        elif isinstance(value, yaml.ScalarNode):
            found[key.value] = value.value
        else:
            raise BadParameter(f"{place}: {quoted(key.value)} has names and values of its own; expected text")
    return found
