"""An executed chapter written down otherwise, with nothing in it that a reader could tell: lawful, and no alarm."""

import json
import re
from collections.abc import Callable
from random import Random
from xml.etree import ElementTree

import nbformat
import pandas as pd
from faults import SVG, charts, shown, tables
from nbformat import NotebookNode

from analysis.charts import CHART_MIME
from analysis.tables import TABLE_MIME, plain_text

Form = Callable[[NotebookNode, Random], NotebookNode]


def json_written_otherwise(notebook: NotebookNode, random: Random) -> NotebookNode:
    """Keys in another order, texts as lists of lines or whole, Chinese as escapes."""

    def shuffled(value):
        if isinstance(value, dict):
            names = list(value)
            random.shuffle(names)
            return {name: shuffled(value[name]) for name in names}
        return [shuffled(each) for each in value] if isinstance(value, list) else value

    split = nbformat.writes(notebook) if random.random() < 0.5 else json.dumps(notebook)
    return nbformat.reads(json.dumps(shuffled(json.loads(split)), indent=random.choice((None, 1, 4))), as_version=4)


def pictures_written_otherwise(notebook: NotebookNode, random: Random) -> NotebookNode:
    """Other ids, attributes in another order or as a style, more groups, white space, coordinates off by 0.04."""
    for output in charts(notebook):
        root = ElementTree.fromstring(output.data[SVG])
        names = {each.get("id"): f"p{random.getrandbits(40):x}" for each in root.iter() if each.get("id")}
        for each in root.iter():
            if each.get("id"):
                each.set("id", names[each.get("id")])
            if each.get("href", "")[1:] in names:
                each.set("href", "#" + names[each.get("href")[1:]])
            for name in ("x", "y"):
                if name in each.attrib:
                    each.set(name, f"{float(each.get(name)) + random.uniform(-0.04, 0.04):.6f}")
            given = list(each.attrib.items())
            random.shuffle(given)
            each.attrib.clear()
            each.attrib.update(given)
            if "style" not in each.attrib and random.random() < 0.3:
                said = {name: each.attrib.pop(name) for name in ("fill", "stroke") if name in each.attrib}
                if said:
                    each.set("style", "; ".join(f"{name}: {value}" for name, value in said.items()))
        wrapped = ElementTree.Element("{http://www.w3.org/2000/svg}g", {"id": f"g{random.getrandbits(20)}"})
        wrapped.extend(list(root))
        root[:] = [wrapped]
        ElementTree.indent(root)
        for text in (each for each in root.iter() if each.tag.endswith("text")):
            text.text = f" {text.text}\n "
        output.data[SVG] = "<?xml version='1.0'?>\n" + ElementTree.tostring(root, encoding="unicode")
    return notebook


def html_of_another_pandas(notebook: NotebookNode, random: Random) -> NotebookNode:
    """Tables as DataFrame.to_html writes them, or as a Styler with random ids, indented."""
    for output in tables(notebook):
        data = output.data[TABLE_MIME]
        frame = pd.DataFrame(data["rows"], columns=[column["name"] for column in data["columns"]]).map(plain_text)
        if random.random() < 0.5:
            output.data["text/html"] = frame.to_html(index=False, border=random.choice((0, 1)))
        else:
            made = re.sub(r"T_[\w-]+", f"T_{random.getrandbits(20):x}", output.data["text/html"])
            output.data["text/html"] = re.sub(r">\s*<", ">\n    <", made)
    return notebook


def plain_text_laid_out_otherwise(notebook: NotebookNode, random: Random) -> NotebookNode:
    """Columns of other widths, and blank lines."""
    for output in tables(notebook):
        data = output.data[TABLE_MIME]
        frame = pd.DataFrame(data["rows"], columns=[column["name"] for column in data["columns"]]).map(plain_text)
        laid = frame.to_string(index=False, justify=random.choice(("left", "right")), col_space=random.choice((4, 30)))
        output.data["text/plain"] = "\n\n".join([plain_text(data["caption"]), laid, plain_text(data["note"])])
    return notebook


def prose_broken_otherwise(notebook: NotebookNode, random: Random) -> NotebookNode:
    """Lines of a paragraph joined, spaces at the ends."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts = cell.source.split("\n\n")
            joined = [part.replace("\n", random.choice((" ", "\n", "  \n"))) for part in parts]
            cell.source = "\n\n".join(joined) + random.choice(("", " ", "\n"))
    return notebook


def escapes_left_out(notebook: NotebookNode, random: Random) -> NotebookNode:
    """``2022-04-27`` where ``2022\\-04\\-27`` was."""
    for output in tables(notebook) + charts(notebook):
        data = output.data.get(TABLE_MIME) or output.data[CHART_MIME]["table"]
        data["rows"] = [[re.sub(r"\\([-.()])", r"\1", cell) for cell in row] for row in data["rows"]]
    return notebook


def noted_by_papermill(notebook: NotebookNode, random: Random) -> NotebookNode:
    """Times, paths and random ids, as papermill and Jupyter leave them."""
    notebook.metadata["papermill"] = {"duration": random.random(), "output_path": "somewhere.ipynb"}
    for cell in notebook.cells:
        cell["id"] = f"{random.getrandbits(32):08x}"
        cell.metadata["papermill"] = {"duration": random.random(), "status": "completed"}
        cell.metadata["execution"] = {"iopub.status.busy": f"{random.random()}"}
    for _, output in shown(notebook):
        output.metadata = NotebookNode()
    return notebook


def code_laid_out_otherwise(notebook: NotebookNode, random: Random) -> NotebookNode:
    """Other quotation marks, white space, a comment."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.startswith("report."):
            cell.source = "# shown below\n" + cell.source.replace('"', "'").replace("(", "( ") + "\n"
    return notebook


FORMS: list[Form] = [
    json_written_otherwise,
    pictures_written_otherwise,
    html_of_another_pandas,
    plain_text_laid_out_otherwise,
    prose_broken_otherwise,
    escapes_left_out,
    noted_by_papermill,
    code_laid_out_otherwise,
]
