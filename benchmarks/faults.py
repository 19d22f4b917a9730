"""Faults planted into executed chapters, one class a function, as a faulty build would make them.

Each takes a chapter (a notebook that may be changed), a seeded generator and the other chapters there are, and returns
what it did, or None where the chapter has no place for such a fault. A fault is carried through all forms of an output
(JSON, HTML, plain text, Markdown) by the package's own classes, unless its name says that only one form is meant.
"""

import json
import re
from collections.abc import Callable, Iterator
from random import Random

import nbformat
import pandas as pd
from nbformat import NotebookNode

from analysis.charts import CHART_MIME
from analysis.headlines import HEADLINES_MIME
from analysis.parameters import ECHO
from analysis.tables import TABLE_MIME, Table, plain_text

SVG = "image/svg+xml"
LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(#([\w-]+)\)")
DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
BRACKET = re.compile(r"(?<=\)) ?[(（][^()（）]*\d[^()（）]*(?: to |至)[^()（）]*[)）]")
ONE_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
Fault = Callable[[NotebookNode, Random, list[NotebookNode]], str | None]
FAULTS: dict[str, Fault] = {}


def fault(plant: Fault) -> Fault:
    FAULTS[plant.__name__] = plant
    return plant


# The places of a chapter


def shown(notebook: NotebookNode, mime: str = "") -> list[tuple[NotebookNode, NotebookNode]]:
    """Cells and their outputs that have a form, or any."""
    return [
        (cell, output)
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "execute_result" and (not mime or mime in output.data)
    ]


def prose(notebook: NotebookNode) -> list[NotebookNode]:
    """The outputs that are sentences."""
    return [output for _, output in shown(notebook, "text/markdown") if HEADLINES_MIME not in output.data]


def tables(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for _, output in shown(notebook, TABLE_MIME)]


def charts(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for _, output in shown(notebook, CHART_MIME)]


def retold(output: NotebookNode) -> None:
    """All forms of an output made again from the one that was changed."""
    if TABLE_MIME in output.data:
        output.data.update(table_of(output.data[TABLE_MIME])._repr_mimebundle_())
    elif CHART_MIME in output.data:
        chart = output.data[CHART_MIME]
        lines = (chart["title"], chart["subtitle"], chart["description"], plain_text(chart["source"]))
        output.data["text/plain"] = "\n".join(lines)
    elif HEADLINES_MIME in output.data:
        said = output.data[HEADLINES_MIME]
        text = "\n".join([*(f"- {tile['line']}" for tile in said["tiles"]), "", said["note"]])
        output.data.update({"text/markdown": text, "text/plain": plain_text(text)})
    else:
        output.data["text/plain"] = plain_text(output.data["text/markdown"])


def table_of(data: dict) -> Table:
    names = [column["name"] for column in data["columns"]]
    numeric = tuple(column["name"] for column in data["columns"] if column["align"] == "right")
    return Table(data["id"], data["caption"], pd.DataFrame(data["rows"], columns=names), numeric, data["note"])


def changed_in(notebook: NotebookNode, random: Random, change: Callable[[str], Iterator[str]]) -> str | None:
    """One text of sentences, tables or headline numbers put in place of another that ``change`` offers."""
    places: list[tuple[NotebookNode, Callable[[str], None], str]] = []
    for output in prose(notebook):
        text = output.data["text/markdown"]
        places.append((output, lambda new, output=output: output.data.update({"text/markdown": new}), text))
    for output in tables(notebook):
        for row in output.data[TABLE_MIME]["rows"]:
            for at, cell in enumerate(row):
                places.append((output, lambda new, row=row, at=at: row.__setitem__(at, new), cell))
    for _, output in shown(notebook, HEADLINES_MIME):
        for tile in output.data[HEADLINES_MIME]["tiles"]:
            for part in ("value", "interval", "change"):

                def put(new: str, tile=tile, part=part) -> None:
                    tile["line"] = tile["line"].replace(tile[part], new)
                    tile[part] = new

                places.append((output, put, tile[part]))
    random.shuffle(places)
    for output, put, text in places:
        offers = [new for new in change(text) if new != text]
        if offers:
            new = random.choice(offers)
            put(new)
            retold(output)
            return f"{around(text, new)}"
    return None


def around(old: str, new: str) -> str:
    at = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"{old[max(0, at - 25) : at + 25]!r} became {new[max(0, at - 25) : at + 25]!r}"


def in_links(change: Callable[[str], str | None]) -> Callable[[str], Iterator[str]]:
    """Each linked number of a text changed, one at a time."""

    def offers(text: str) -> Iterator[str]:
        for link in LINK.finditer(text):
            new = change(link[1])
            if new and new != link[1]:
                yield f"{text[: link.start(1)]}{new}{text[link.end(1) :]}"

    return offers


def replaced(pairs: list[tuple[str, str]], text: str) -> Iterator[str]:
    """A text with one word put in place of another, each occurrence at a time."""
    for old, new in pairs:
        for found in re.finditer(old, text):
            yield text[: found.start()] + found.expand(new) + text[found.end() :]


# Numbers


def another_number(text: str, random: Random) -> str | None:
    found = DIGITS.search(text)
    if not found:
        return None
    digits = found[0].replace(",", "")
    decimals = len(digits.partition(".")[2])
    new = float(digits) * random.choice((0.5, 0.9, 1.1, 1.3, 2)) + (0 if decimals else 1)
    return text[: found.start()] + f"{new:,.{decimals}f}" + text[found.end() :]


@fault
def wrong_number(notebook, random, others):
    return changed_in(notebook, random, in_links(lambda text: another_number(text, random)))


@fault
def last_digit(notebook, random, others):
    def change(text: str) -> str | None:
        found = re.search(r"\d(?=\D*$)", text)
        return found and text[: found.start()] + str((int(found[0]) + 1) % 10) + text[found.end() :]

    return changed_in(notebook, random, in_links(change))


@fault
def magnitude_10_000_times(notebook, random, others):
    """万 for 亿, million for billion."""
    pairs = [("亿", "万"), ("万", "亿"), ("million", "billion"), ("billion", "million"), ("thousand", "million")]
    return changed_in(notebook, random, in_links(lambda text: next(replaced(pairs, text), None)))


@fault
def percent_for_percentage_points(notebook, random, others):
    pairs = [("%", " percentage points"), (" percentage points", "%"), (" 个百分点", "%")]
    return changed_in(notebook, random, in_links(lambda text: next(replaced(pairs, text), None)))


@fault
def sign_flipped(notebook, random, others):
    pairs = [(r"\+(?=\d)", "−"), (r"−(?=\d)", "+")]
    return changed_in(notebook, random, in_links(lambda text: next(replaced(pairs, text), None)))


@fault
def qualifier_lost(notebook, random, others):
    pairs = [("(?:more than|at least|less than|at most|nearly|about) ", ""), ("(?:超过|至少|低于|至多|接近|约) ?", "")]
    return changed_in(notebook, random, in_links(lambda text: next(replaced(pairs, text), None)))


@fault
def interval_lost(notebook, random, others):
    return changed_in(
        notebook, random, lambda text: replaced([(BRACKET.pattern, "")], text) if LINK.search(text) else iter(())
    )


@fault
def interval_rounded_inward(notebook, random, others):
    """The lower end of an interval up by one of its last digit."""

    def change(text: str) -> Iterator[str]:
        for found in re.finditer(r"(?<![\d.,])(?!\d{4} )(\d[\d,]*(?:\.\d+)?)(?=%? ?(?:to|至) [+−\d])", text):
            digits = found[1].replace(",", "")
            decimals = len(digits.partition(".")[2])
            yield text[: found.start()] + f"{float(digits) + 10**-decimals:,.{decimals}f}" + text[found.end() :]

    return changed_in(notebook, random, change)


@fault
def denominator_wrong(notebook, random, others):
    pairs = [
        ("10,000 residents", "100 million yuan of GDP"), ("million residents", "1,000 residents"),
        ("valid inventions?", "patents granted"), ("per firm", "per city"), ("每万人", "每亿元 GDP "),
        ("每万件", "每千件"), ("每千件", "每万件"), ("每百万人", "每万人"), ("GDP", "R&D"), ("每家", "每座"),
    ]  # fmt: skip
    return changed_in(notebook, random, lambda text: replaced(pairs, text))


@fault
def missing_as_zero(notebook, random, others):
    pairs = [
        (r"(?m): cannot be computed.*$", ": 0."),
        (r"(?m)：无法计算.*$", "：0。"),
        (r"(?m)[:：][^:：\n]*(?:无法|不能)计算.*$", "：0。"),
    ]
    offered = changed_in(notebook, random, lambda text: replaced(pairs, text))
    return offered or changed_in(notebook, random, in_links(lambda text: DIGITS.sub("0", text, count=1)))


@fault
def card_of_another_number(notebook, random, others):
    cards = sorted({card for output in prose(notebook) + tables(notebook) for card in cards_of(output)})

    def change(text: str) -> Iterator[str]:
        for link in LINK.finditer(text):
            other = random.choice([card for card in cards if card != link[2]] or [link[2]])
            yield text[: link.start(2)] + other + text[link.end(2) :]

    return changed_in(notebook, random, change)


def cards_of(output: NotebookNode) -> list[str]:
    text = output.data.get("text/markdown") or json.dumps(output.data.get(TABLE_MIME, ""))
    return [card for _, card in LINK.findall(text)]


@fault
def rise_told_as_fall(notebook, random, others):
    pairs = [
        (r"\brose\b", "fell"),
        (r"\bfell\b", "rose"),
        (r"\bRose\b", "Fell"),
        (r"\bFell\b", "Rose"),
        ("上升", "下降"),
        ("下降", "上升"),
    ]
    return changed_in(notebook, random, lambda text: replaced(pairs, text))


@fault
def count_in_words_wrong(notebook, random, others):
    """A number in a sentence that is no link."""

    def change(text: str) -> Iterator[str]:
        bare = LINK.sub(lambda found: "\0" * len(found[0]), text)
        for found in re.finditer(r"(?<![\d.,\0])\d{1,2}(?![\d.,%])", bare):
            yield text[: found.start()] + str(int(found[0]) + 1) + text[found.end() :]

    return changed_in(notebook, random, change)


# Words


@fault
def year_wrong_in_a_text(notebook, random, others):
    def change(text: str) -> Iterator[str]:
        for found in re.finditer(r"(?<![\d.,\-(#])(?:19|20)\d\d(?![\d,\-])", text):
            yield text[: found.start()] + str(int(found[0]) - 1) + text[found.end() :]

    return captions_changed(notebook, random, change) if random.random() < 0.5 else changed_in(notebook, random, change)


def captions_changed(notebook: NotebookNode, random: Random, change: Callable[[str], Iterator[str]]) -> str | None:
    places = [(output, output.data[TABLE_MIME], "caption") for output in tables(notebook)]
    places += [(output, output.data[CHART_MIME], part) for output in charts(notebook) for part in ("title", "subtitle")]
    random.shuffle(places)
    for output, data, part in places:
        offers = [new for new in change(data[part]) if new != data[part]]
        if offers:
            old, data[part] = data[part], random.choice(offers)
            retold(output)
            return around(old, data[part])
    return None


@fault
def region_wrong_in_a_text(notebook, random, others):
    names = {
        "Ningbo": "Qingdao",
        "Hangzhou": "Ningbo",
        "Dalian": "Ningbo",
        "宁波": "青岛",
        "深圳": "宁波",
        "浙江": "江苏",
    }

    def change(text: str) -> Iterator[str]:
        return replaced([(rf"(?<![\w\u2068]){old}(?!日报|晚报|市)", new) for old, new in names.items()], text)

    return captions_changed(notebook, random, change) or changed_in(notebook, random, change)


@fault
def title_stale(notebook, random, others):
    def change(text: str) -> Iterator[str]:
        for found in DIGITS.finditer(text):
            new = another_number(found[0], random)
            yield text[: found.start()] + new + text[found.end() :]

    places = [(output, output.data[CHART_MIME]) for output in charts(notebook)]
    random.shuffle(places)
    for output, chart in places:
        if offers := list(change(chart["title"])):
            old, chart["title"] = chart["title"], random.choice(offers)
            retold(output)
            return around(old, chart["title"])
    return None


@fault
def description_stale(notebook, random, others):
    places = charts(notebook)
    random.shuffle(places)
    for output in places:
        chart = output.data[CHART_MIME]
        numbers = list(DIGITS.finditer(chart["description"]))
        if numbers:
            found = random.choice(numbers)
            old, new = chart["description"], another_number(found[0], random)
            chart["description"] = old[: found.start()] + new + old[found.end() :]
            retold(output)
            return around(old, chart["description"])
    return None


@fault
def source_phrase_altered(notebook, random, others):
    """One letter of a quoted phrase, publisher or title."""

    def change(text: str) -> Iterator[str]:
        for found in re.finditer("[一-鿿]{4,}", text if not LINK.search(text) else ""):
            at = random.randrange(found.start(), found.end())
            yield text[:at] + "某" + text[at + 1 :]

    wanted = [
        output
        for output in tables(notebook)
        if output.data[TABLE_MIME]["id"] in ("policies", "sources")
        or output.data[TABLE_MIME]["id"].endswith("-figures")
    ]
    random.shuffle(wanted)
    for output in wanted:
        cells = [(row, at) for row in output.data[TABLE_MIME]["rows"] for at in ((-1,) if len(row) == 4 else (0, 1))]
        random.shuffle(cells)
        for row, at in cells:
            if offers := list(change(row[at])):
                old, row[at] = row[at], random.choice(offers)
                retold(output)
                return around(old, row[at])
    return None


@fault
def note_removed(notebook, random, others):
    places = [output for output in tables(notebook) if output.data[TABLE_MIME]["note"]]
    if not places:
        return None
    output = random.choice(places)
    old, output.data[TABLE_MIME]["note"] = output.data[TABLE_MIME]["note"], ""
    retold(output)
    return f"no note {old[:40]!r}"


@fault
def chart_source_removed(notebook, random, others):
    if not (places := charts(notebook)):
        return None
    output = random.choice(places)
    output.data[CHART_MIME]["source"] = ""
    retold(output)
    return f"no source under {output.data[CHART_MIME]['id']}"


@fault
def sentence_removed(notebook, random, others):
    places = [output for output in prose(notebook) if len(output.data["text/markdown"].splitlines()) > 1]
    if not places:
        return None
    output = random.choice(places)
    lines = output.data["text/markdown"].splitlines()
    gone = lines.pop(random.randrange(len(lines)))
    output.data["text/markdown"] = "\n".join(lines)
    retold(output)
    return f"no line {gone[:50]!r}"


@fault
def caveat_removed_from_prose(notebook, random, others):
    tag = f"lang-{echo_of(notebook)['language']}"
    cells = [
        c for c in notebook.cells if c.cell_type == "markdown" and tag in c.metadata.tags and "\n" in c.source.strip()
    ]
    if not cells:
        return None
    cell = random.choice(cells)
    *lines, gone = cell.source.rstrip().split("\n")
    cell.source = "\n".join(lines)
    return f"no sentence {gone[:50]!r}"


# Rows, columns, cells


@fault
def rows_reordered(notebook, random, others):
    places = [output for output in tables(notebook) if len(output.data[TABLE_MIME]["rows"]) > 1]
    if not places:
        return None
    output = random.choice(places)
    rows = output.data[TABLE_MIME]["rows"]
    one, other = random.sample(range(len(rows)), 2)
    if rows[one] == rows[other]:
        return None
    rows[one], rows[other] = rows[other], rows[one]
    retold(output)
    return f"rows {one} and {other} of {output.data[TABLE_MIME]['id']}"


@fault
def row_dropped(notebook, random, others):
    places = [output for output in tables(notebook) if len(output.data[TABLE_MIME]["rows"]) > 1]
    if not places:
        return None
    output = random.choice(places)
    rows = output.data[TABLE_MIME]["rows"]
    gone = rows.pop(random.randrange(len(rows)))
    retold(output)
    return f"row {gone[0]} of {output.data[TABLE_MIME]['id']}"


@fault
def row_twice(notebook, random, others):
    if not (places := tables(notebook)):
        return None
    output = random.choice(places)
    rows = output.data[TABLE_MIME]["rows"]
    at = random.randrange(len(rows))
    rows.insert(at, list(rows[at]))
    data = output.data[TABLE_MIME]
    # A Styler refuses an index that repeats, and so this build would have written the HTML in some other way.
    frame = pd.DataFrame(data["rows"], columns=[column["name"] for column in data["columns"]])
    output.data["text/html"] = f"<table><caption>{data['caption']}</caption>" + plain_frame(frame)
    output.data["text/plain"] = plain_of(data)
    return f"row {rows[at][0]} of {data['id']}"


def plain_frame(frame: pd.DataFrame) -> str:
    return frame.map(plain_text).to_html(index=False, border=0, escape=True).partition(">")[2]


def plain_of(data: dict) -> str:
    frame = pd.DataFrame(data["rows"], columns=[column["name"] for column in data["columns"]]).map(plain_text)
    lines = [plain_text(data["caption"]), frame.to_string(index=False), plain_text(data["note"])]
    return "\n".join(line for line in lines if line)


@fault
def column_dropped(notebook, random, others):
    if not (places := tables(notebook)):
        return None
    output = random.choice(places)
    data = output.data[TABLE_MIME]
    at = random.randrange(1, len(data["columns"]))
    gone = data["columns"].pop(at)
    for row in data["rows"]:
        row.pop(at)
    retold(output)
    return f"column {gone['name']} of {data['id']}"


@fault
def cells_of_two_rows_swapped(notebook, random, others):
    places = [output for output in tables(notebook) if len(output.data[TABLE_MIME]["rows"]) > 1]
    random.shuffle(places)
    for output in places:
        data = output.data[TABLE_MIME]
        at = random.randrange(1, len(data["columns"]))
        one, other = random.sample(data["rows"], 2)
        if one[at] != other[at]:
            one[at], other[at] = other[at], one[at]
            retold(output)
            return f"column {data['columns'][at]['name']} of {one[0]} and {other[0]}"
    return None


# Outputs and runs


@fault
def output_wiped(notebook, random, others):
    cell, _ = random.choice(shown(notebook))
    cell.outputs, cell.execution_count = [], None
    return f"nothing under {cell.source[:40]}"


@fault
def all_outputs_wiped(notebook, random, others):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return "no output at all"


@fault
def stopped_half_way(notebook, random, others):
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in cells[random.randrange(len(cells) // 2, len(cells)) :]:
        cell.outputs, cell.execution_count = [], None
    return "the last cells did not run"


@fault
def output_of_another_cell(notebook, random, others):
    places = shown(notebook)
    if len(places) < 2:
        return None
    (cell, _), (_, other) = random.sample(places, 2)
    if cell.outputs[0].data == other.data:
        return None
    cell.outputs = [nbformat.from_dict(json.loads(json.dumps(other)) | {"execution_count": cell.execution_count})]
    return f"under {cell.source[:40]}"


@fault
def charts_swapped(notebook, random, others):
    places = shown(notebook, CHART_MIME)
    if len(places) < 2:
        return None
    (one, _), (other, _) = random.sample(places, 2)
    one.outputs, other.outputs = other.outputs, one.outputs
    return f"{one.source[:40]} and {other.source[:40]}"


@fault
def pictures_swapped(notebook, random, others):
    """The picture of another chart over the right table."""
    if len(places := charts(notebook)) < 2:
        return None
    one, other = random.sample(places, 2)
    one.data[SVG], other.data[SVG] = other.data[SVG], one.data[SVG]
    return f"{one.data[CHART_MIME]['id']} and {other.data[CHART_MIME]['id']}"


def echo_of(notebook: NotebookNode) -> dict:
    text = "".join(o.get("text", "") for c in notebook.cells for o in c.get("outputs", []))
    return json.loads(text[text.index(ECHO) + len(ECHO) :])


def run_of(notebook: NotebookNode, others: list[NotebookNode], random: Random, **alike) -> str | None:
    """All outputs from a run of the same chapter with other parameters, but the same where ``alike``."""
    own = echo_of(notebook)
    fit = [
        other
        for other in others
        if len(other.cells) - len(notebook.cells) in (-1, 0, 1)
        and (theirs := echo_of(other)) != own
        and all((theirs[name] == own[name]) == same for name, same in alike.items())
        and other.cells[0].source == notebook.cells[0].source
    ]
    if not fit:
        return None
    other = random.choice(fit)
    theirs = [cell for cell in other.cells if cell.cell_type == "code"][
        -sum(c.cell_type == "code" for c in notebook.cells) :
    ]
    ours = [cell for cell in notebook.cells if cell.cell_type == "code"][-len(theirs) :]
    sure = random.random() < 0.5
    for cell, their in zip(ours[2:] if sure else ours[2:-1], theirs[2:] if sure else theirs[2:-1], strict=True):
        cell.outputs = their.outputs
    return f"outputs of {echo_of(other)}" + ("" if sure else ", but not the last line")


@fault
def run_of_another_year(notebook, random, others):
    return run_of(notebook, others, random, region=True, reference_year=False)


@fault
def run_of_another_region(notebook, random, others):
    return run_of(notebook, others, random, region=False)


@fault
def run_in_another_language(notebook, random, others):
    return run_of(notebook, others, random, language=False)


@fault
def echo_of_another_year(notebook, random, others):
    output = notebook.cells[-1].outputs[0]
    output.text = re.sub(r'("reference_year": )(\d+)', lambda found: f"{found[1]}{int(found[2]) - 1}", output.text)
    return output.text.strip()


# One form alone


@fault
def number_wrong_in_html_alone(notebook, random, others):
    places = tables(notebook)
    random.shuffle(places)
    for output in places:
        found = list(re.finditer(r"(?<=>)[^<>]*\d[^<>]*(?=</(?:a|td)>)", output.data["text/html"]))
        if found:
            one = random.choice(found)
            html = output.data["text/html"]
            output.data["text/html"] = html[: one.start()] + another_number(one[0], random) + html[one.end() :]
            return one[0]
    return None


@fault
def number_wrong_in_plain_text_alone(notebook, random, others):
    places = [output for _, output in shown(notebook) if re.search(r"\d", output.data["text/plain"])]
    if not places:
        return None
    output = random.choice(places)
    text = output.data["text/plain"]
    one = random.choice(list(DIGITS.finditer(text)))
    output.data["text/plain"] = text[: one.start()] + another_number(one[0], random) + text[one.end() :]
    return one[0]
