"""The chapters tell and the package computes: what a chapter may hold."""

import ast
import re

import nbformat
import papermill
import pytest

from analysis import paths
from analysis.codebook import regions
from analysis.execution import chapters, executed
from analysis.parameters import ECHO, Parameters

CHAPTERS = {name: nbformat.read(path, as_version=4) for name, path in chapters().items()}
MOST_LINES_OF_A_CELL = 10
each_chapter = pytest.mark.parametrize("name", CHAPTERS)


def tagged(notebook, tag: str) -> list:
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def own_code(notebook) -> list:
    """The code cells between the imports and the echo."""
    skipped = {"parameters", "imports", "echo"}
    return [c for c in notebook.cells if c.cell_type == "code" and not skipped & set(c.metadata.get("tags", []))]


def typed_numbers(text: str) -> list[str]:
    """Numbers typed in prose, other than those that number a list."""
    return re.findall(r"\d+(?:[.,]\d+)*%?", re.sub(r"(?m)^\d+\. ", "", text))


def computes(source: str) -> list[str]:
    """What a cell does that belongs into the package: definitions, loops, conditions, arithmetic."""
    kinds = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.BinOp, ast.ListComp, ast.Lambda)
    return [type(node).__name__ for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]


@each_chapter
def test_chapter_begins_with_its_question_then_parameters_then_imports(name):
    """Title and question in both languages, the parameters cell, the imports: in this order."""
    first = CHAPTERS[name].cells[:4]

    assert [["lang-en"], ["lang-zh"], ["parameters"], ["imports"]] == [cell.metadata.tags for cell in first]
    assert all(cell.source.startswith("# ") for cell in first[:2])
    assert first[0].source.rstrip().endswith("?")
    assert first[1].source.rstrip().endswith("？")


@each_chapter
def test_chapter_declares_the_parameters_of_a_report_as_literals(name):
    """papermill finds exactly region, reference_year and language, each with a type and a literal default."""
    declared = papermill.inspect_notebook(str(paths.NOTEBOOKS / f"{name}.ipynb"))
    types = {parameter: each["inferred_type_name"] for parameter, each in declared.items()}

    assert {"region": "str", "reference_year": "int", "language": "str"} == types
    assert all(each["help"] for each in declared.values())


@each_chapter
def test_chapter_reads_each_parameter_that_it_declares(name):
    """Each name of the parameters cell is read in the cells below, so that none is asked for in vain."""
    declared = set(papermill.inspect_notebook(str(paths.NOTEBOOKS / f"{name}.ipynb")))
    code = [cell.source for cell in CHAPTERS[name].cells if cell.cell_type == "code"][1:]
    read = {
        node.id for source in code for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }  # fmt: skip

    assert set() == declared - read


@pytest.mark.parametrize(
    "changed",
    [{"region": "330100"}, {"reference_year": 2020}, {"language": "zh"}],
    ids=lambda changed: next(iter(changed)),
)
def test_each_parameter_changes_what_a_chapter_shows(changed):
    """Another region, another year, another language: other outputs, beyond the echo."""
    chapter = chapters()["05_value"]
    base = {"region": "330200", "reference_year": 2021, "language": "en"}
    first, second = (executed(chapter, Parameters(**given)) for given in (base, base | changed))

    assert [cell.outputs for cell in own_code(first)] != [cell.outputs for cell in own_code(second)]


@each_chapter
def test_chapter_computes_nothing_itself(name):
    """No definition, loop, condition or arithmetic in a cell; at most ten lines; two or fewer as a rule."""
    cells = own_code(CHAPTERS[name])
    lengths = sorted(len(cell.source.splitlines()) for cell in cells)

    assert [] == [found for cell in cells for found in computes(cell.source)]
    assert lengths[-1] <= MOST_LINES_OF_A_CELL
    assert lengths[len(lengths) // 2] <= 2


@each_chapter
def test_chapter_tells_more_than_it_calls(name):
    """In each language there are at least as many cells of prose as of code."""
    notebook = CHAPTERS[name]

    assert len(tagged(notebook, "lang-en")) == len(tagged(notebook, "lang-zh")) >= len(own_code(notebook))


@pytest.mark.fault(51)
@each_chapter
def test_no_number_is_typed_in_prose(name):
    """A number in prose that can be wrong next year is computed, so prose cells hold no digits but those of lists."""
    prose = [cell.source for cell in CHAPTERS[name].cells if cell.cell_type == "markdown"]

    assert [] == [number for text in prose for number in typed_numbers(text)]


@each_chapter
def test_chapter_names_no_place(name):
    """A chapter works for any region, so that none is named in its prose or code, but in the parameters cell."""
    notebook = CHAPTERS[name]
    text = "\n".join(cell.source for cell in notebook.cells if "parameters" not in cell.metadata.get("tags", []))
    names = [word for place in regions().values() for word in (place.name_en, place.name_zh) if place.level != "nation"]

    assert [] == [word for word in names if word in text]


@each_chapter
def test_every_cell_is_in_one_language_or_is_code(name):
    """Each prose cell is tagged with one language, and the two languages have the same headings in the same places."""
    cells = CHAPTERS[name].cells
    prose = [cell for cell in cells if cell.cell_type == "markdown"]
    shape = {
        language: [re.findall(r"(?m)^#+(?= )", cell.source) for cell in tagged(CHAPTERS[name], f"lang-{language}")]
        for language in ("en", "zh")
    }

    assert all(cell.metadata.tags in (["lang-en"], ["lang-zh"]) for cell in prose)
    assert shape["en"] == shape["zh"]


@each_chapter
def test_chapter_is_committed_as_it_ran(name):
    """Every code cell ran once, in order, without error or stderr, and the last says with which parameters."""
    code = [cell for cell in CHAPTERS[name].cells if cell.cell_type == "code"]
    outputs = [output for cell in code for output in cell.outputs]

    assert list(range(1, len(code) + 1)) == [cell.execution_count for cell in code]
    assert [] == [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    assert all(cell.outputs for cell in own_code(CHAPTERS[name]))
    assert code[-1].metadata.tags == ["echo"]
    assert code[-1].outputs[0].text.startswith(ECHO)


def test_rules_see_what_they_are_for():
    """Each rule above fails on a cell that breaks it."""
    assert ["10.8%"] == typed_numbers("Inventions were 10.8% of all.")
    assert [] == typed_numbers("1. first\n2. second")
    assert ["BinOp"] == computes("7819 / 72390")
    assert ["For"] == computes("for name in names:\n    show(name)")
