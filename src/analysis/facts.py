"""What an executed chapter says, fact by fact, apart from how it is written down.

A fact has a place (cell, part, what) and a text. White space, escapes of Markdown, separators of thousands, the HTML
and the plain text that repeat a table, ids and the order of attributes in a picture are form and make no fact; every
word and digit, link, row, column and mark is one, and so is the order of cells and rows.
"""

import ast
import hashlib
import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple

from nbformat import NotebookNode

from analysis.charts import CHART_MIME
from analysis.drawn import picture_of
from analysis.headlines import HEADLINES_MIME
from analysis.parameters import ECHO
from analysis.tables import TABLE_MIME, plain_text

Place = tuple[str, str, str]
"""The cell, the part of what it shows, and what of that part is said."""

Facts = dict[Place, str]

PICTURE = "picture"
ORDERS = frozenset({"cells", "rows", "columns", "lines", "tiles"})
"""Facts that are the order of others; one on each line."""

SEEN = {"text/html", "text/plain"}
"""What repeats another form of the same output; see ``coherence``, which holds them together."""

LINK = re.compile(r"(?<![\\!])\[(?:\\.|[^\]\\])*\]\((<[^>]*>|(?:\\.|[^)\s])*)(?:\s+\"[^\"]*\")?\)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
MOST_OF_A_NAME = 72


def facts(notebook: NotebookNode) -> Facts:
    """Everything that an executed chapter says, in its order. Prose in another language than the chapter's is left out.

    A cell of code is named by its last call, a cell of prose by its number.
    """
    found: Facts = {}
    names: list[str] = []
    language = echoed(notebook).get("language", "")
    for cell in notebook.cells:
        told = dict(_code(cell) if cell.cell_type == "code" else _prose(cell, language))
        if not told:
            continue
        name = _unlike(_name(cell) if cell.cell_type == "code" else "prose", names)
        names.append(name)
        found |= {(name, *place): value for place, value in told.items()}
    return found | {("", "chapter", "cells"): "\n".join(names)}


def echoed(notebook: NotebookNode) -> dict:
    """The parameters that the chapter says it ran with; none if it does not say them."""
    for output in (output for cell in reversed(notebook.cells) for output in cell.get("outputs", [])):
        text = output.get("text", "")
        if text.startswith(ECHO):
            try:
                said = json.loads(text.removeprefix(ECHO))
            except ValueError:
                return {}
            return said if isinstance(said, dict) else {}
    return {}


def plain(text: str) -> str:
    """Inline Markdown as a reader takes it: no links and escapes, one space for any, no separators of thousands."""
    shown = unicodedata.normalize("NFC", html.unescape(plain_text(text)))
    return _THOUSANDS.sub("", " ".join(shown.replace("*", "").split()))


def targets(text: str) -> list[str]:
    """Where the links in inline Markdown lead, in their order."""
    return [target.strip("<>").replace("\\", "") for target in LINK.findall(text)]


def bundle_of(output: NotebookNode) -> dict:
    """The forms of an output by MIME type; texts are whole."""
    data = output.get("data", {})
    return {
        mime: "".join(each) if isinstance(each, list) and "json" not in mime else each for mime, each in data.items()
    }


def row_names(table: dict) -> list[str]:
    """The rows of a table by their first cell; a name that comes again is numbered."""
    names: list[str] = []
    for row in table["rows"]:
        names.append(_unlike(plain(row[0]) if row else "", names))
    return names


def _name(cell: NotebookNode) -> str:
    """The last statement of a cell, however it is laid out."""
    try:
        body = ast.parse(cell.source).body
        said = ast.unparse(body[-1]) if body else "nothing"
    except SyntaxError:
        said = " ".join(cell.source.split())
    return said if len(said) <= MOST_OF_A_NAME else said[:MOST_OF_A_NAME] + "…"


def _unlike(name: str, names: list[str]) -> str:
    """A name that none of ``names`` is: numbered from its second use on."""
    again = sum(each == name or each.startswith(f"{name} #") for each in names)
    return f"{name} #{again + 1}" if again else name


def _prose(cell: NotebookNode, language: str) -> Iterator[tuple[tuple[str, str], str]]:
    tags = cell.metadata.get("tags", [])
    if any(tag.startswith("lang-") for tag in tags) and f"lang-{language}" not in tags:
        return
    for number, part in enumerate(re.split(r"\n\s*\n", cell.source.strip()), 1):
        yield (f"paragraph {number}", "text"), plain(part)
        if led := targets(part):
            yield (f"paragraph {number}", "leads to"), "\n".join(led)


def _code(cell: NotebookNode) -> Iterator[tuple[tuple[str, str], str]]:
    """What the outputs of a cell say; a cell that set something up and shows nothing says nothing."""
    shows = [output for output in cell.outputs if output.output_type != "stream" or output.text.strip()]
    if not shows and cell.metadata.get("tags") not in ([], None):
        return
    yield ("cell", "outputs"), str(len(shows))
    yield ("cell", "ran"), "no" if cell.execution_count is None else "yes"
    for number, output in enumerate(shows, 1):
        before = "" if number == 1 else f"output {number}, "
        try:
            said = list(_output(output))
        except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
            said = [(("output", "cannot be read"), f"{type(error).__name__}: {error}")]
        for (part, what), value in said:
            yield (before + part, what), value


def _output(output: NotebookNode) -> Iterable[tuple[tuple[str, str], str]]:
    if output.output_type == "stream":
        return _lines(output.text, f"printed to {output.name}")
    if output.output_type == "error":
        return [(("error", "text"), f"{output.ename}: {output.evalue}")]
    return _bundle(bundle_of(output))


def _bundle(bundle: dict) -> Iterator[tuple[tuple[str, str], str]]:
    """What an output says: by the JSON of a table, chart or headline numbers, else by its Markdown or plain text."""
    yield ("output", "forms"), ", ".join(sorted(bundle))
    known = {TABLE_MIME: _table, CHART_MIME: _chart, HEADLINES_MIME: _headlines}
    said = next((mime for mime in (*known, "text/markdown", *sorted(SEEN)) if mime in bundle), None)
    for mime in sorted(set(bundle) - (set() if said in SEEN else SEEN) - {"text/markdown", "image/svg+xml"}):
        if mime in known:
            yield from known[mime](bundle[mime])
        elif mime != said:
            text = bundle[mime] if isinstance(bundle[mime], str) else json.dumps(bundle[mime], sort_keys=True)
            yield ("output", mime), f"{len(text)} characters, sha256 {hashlib.sha256(text.encode()).hexdigest()[:16]}"
    if said not in known and said is not None:
        yield from _lines(bundle[said], "text")
    if "image/svg+xml" in bundle:
        drawn = picture_of(bundle["image/svg+xml"])
        yield ("picture", PICTURE), json.dumps(drawn and astuple(drawn), ensure_ascii=False, separators=(",", ":"))


def _lines(text: str, where: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Each line by the words that it begins with, whatever its numbers are."""
    names: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        begins = _DIGITS.sub("…", plain(line.removeprefix("- ")))[:40]
        names.append(_unlike(begins, names))
        yield (f"{where}, “{names[-1]}”", "text"), plain(line)
        if led := targets(line):
            yield (f"{where}, “{names[-1]}”", "leads to"), "\n".join(led)
    yield (where, "lines"), "\n".join(names)


def _table(table: dict, before: str = "table") -> Iterator[tuple[tuple[str, str], str]]:
    columns = [plain(column["name"]) for column in table["columns"]]
    for what in ("id", "caption", "note"):
        yield (before, what), plain(table[what])
    yield (before, "columns"), "\n".join(columns)
    rows = row_names(table)
    yield (before, "rows"), "\n".join(rows)
    for name, row in zip(rows, table["rows"], strict=True):
        if len(row) != len(columns):
            yield (f"{before}, row {name}", "number of cells"), str(len(row))
        for column, cell in zip(columns, row, strict=False):
            yield (f"{before}, row {name}, column {column}", "text"), plain(cell)
            if led := targets(cell):
                yield (f"{before}, row {name}, column {column}", "leads to"), "\n".join(led)


def _chart(chart: dict) -> Iterator[tuple[tuple[str, str], str]]:
    for what in ("id", "title", "subtitle", "source", "description"):
        yield ("chart", what), plain(chart[what])
    yield from _table(chart["table"], "data of the chart")


def _headlines(shown: dict) -> Iterator[tuple[tuple[str, str], str]]:
    for what in ("id", "label", "note"):
        yield ("headline numbers", what), plain(shown[what])
    yield ("headline numbers", "tiles"), "\n".join(tile["id"] for tile in shown["tiles"])
    counted: Counter = Counter()
    for tile in shown["tiles"]:
        counted[tile["id"]] += 1
        where = f"headline number {tile['id']}" + (f" #{counted[tile['id']]}" if counted[tile["id"]] > 1 else "")
        for what in ("name", "value", "unit", "interval", "change", "way"):
            yield (where, what), plain(tile[what])
            if led := targets(tile[what]):
                yield (where, f"{what} leads to"), "\n".join(led)
