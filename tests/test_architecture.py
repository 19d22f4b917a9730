"""The shape of the project, held by rules that were each seen to fail (the planted texts below)."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from analysis import paths
from analysis.codebook import regions

MODULES = {path.stem: path for path in sorted(paths.PACKAGE.glob("*.py")) if path.stem != "__init__"}

# A module imports only from the lines above its own.
ORDER = [
    # what was published, and what is defined on it
    {"errors", "paths"},
    {"pins"},
    {"auditing"},
    {"reads", "store"},
    {"shelf"},
    {"placing", "quotations", "traditional", "misreading"},
    {"rounding", "records"},
    {"codebook", "sources"},
    {"figures", "statements", "identities", "breaks"},
    {"indicators"},
    {"comparisons"},
    {"histories", "standings"},
    # in words, and against each other
    {"wording"},
    {"evidence", "comparison_wording"},
    {"compositions", "growths", "stocks", "magnitudes", "nesting", "agreement"},
    {"consistency", "claim_checks"},
    {"advance", "outline"},
    {"advance_wording"},
    # a bulletin read
    {"mending", "numerals", "decoding", "clauses", "rates"},
    {"periods", "places", "vocabulary", "tokens"},
    {"meaning", "nonfigures"},
    {"enumerations", "surroundings"},
    {"percentages"},
    {"quantities"},
    {"reading"},
    {"acceptance", "read_report"},
    # for eyes
    {"edition", "cells"},
    {"tables", "slimming"},
    {"prose"},
    {"charts"},
    {"comparison_charts", "social_cards"},
    {"selection"},
    {"figure_cards", "exhibits"},
    {"comparison_cards"},
    {"cards"},
    {"diagrams", "coverage", "ledger", "trends"},
    {"trend_charts", "peers"},
    {"lead", "headlines", "turns", "assurance"},
    {"drawn"},
    # one report
    {"parameters"},
    {"contract", "injected"},
    {"run_files"},
    {"report", "report_records", "shown"},
    {"made_reports", "observations", "workbook"},
    {"report_sheets", "sdmx_structure", "citation"},
    {"downloads"},
    {"dataset", "inputs"},
    {"manifest", "sbom"},
    {"crate"},
    {"sealing", "signing", "verifying"},
    {"revisions", "revisions_shown"},
    {"revisions_derived"},
    {"editions_compared"},
    {"revisions_wording"},
    {"gate", "hermetic"},
    {"engine", "warm", "warm_shell"},
    {"reuse", "warm_engine", "warm_kernel", "warm_process"},
    {"warm_entry"},
    {"execution"},
    {"sanitising"},
    {"appendix", "colophon", "labels", "columns", "pictures", "printed_numbers"},
    {"markup"},
    {"blocks", "hypertext", "book", "page_numbers"},
    {"known_numbers", "facts"},
    {"differences", "scales", "number_coherence", "form_coherence"},
    {"panel_coherence", "table_coherence", "call_coherence"},
    {"chart_coherence"},
    {"coherence", "accepted"},
    {"links", "runs"},
    {"layout", "same_numbers", "citations"},
    {"sections", "outputs"},
    {"paper", "paper_markup"},
    {"typesetting", "traditional_book"},
    {"render"},
    {"edition_files"},
    {"all_editions"},
    {"all_chapters", "unchanged"},
    {"building", "revisions_pages"},
    {"revisions_files", "rebuilding"},
    # many reports
    {"site_voices", "site_reports"},
    {"site_comparison"},
    {"site_frames"},
    {"site_pages", "site_feeds"},
    {"site_cards"},
    {"site_files"},
    {"run_grid", "parcels", "basis"},
    {"reach"},
    {"run_process"},
    {"workshop", "destinations"},
    {"crew"},
    {"batch"},
    # a class
    {"literals", "notebook_texts", "lesson_cells"},
    {"chart_choices", "lesson_memos", "roster", "source_choices", "worlds", "year_choices"},
    {"place_choices"},
    {"figure_choices", "judgements", "lesson_pictures", "lesson_values"},
    {"lesson_figures", "lessons"},
    {"teaching"},
    {"lesson_pieces"},
    {"memo_texts"},
    {"lesson_texts"},
    {"lesson_findings", "lesson_tables"},
    {"lesson_notebooks", "lesson_keys", "self_check"},
    {"lesson_pages", "pdf_texts"},
    {"teaching_leaks"},
    {"world_files"},
    {"marking"},
    {"nbgrader_course"},
    {"teaching_files"},
    # a report with planted faults
    {"planted_faults"},
    {"fault_sheet"},
    {"fault_checks"},
    {"fault_pages"},
    {"fault_files"},
    # what learners hand in
    {"jail", "learner_run"},
    {"isolation", "submissions"},
    {"grading"},
    {"grade_files"},
    {"accept_command", "batch_command", "build_command"},
    {"edition_commands", "proof_commands", "read_command", "site_command", "teach_commands"},
    {"command", "chapter_plugin"},
]
CORE = {
    "rounding", "records", "codebook", "sources", "figures", "statements", "identities", "breaks", "indicators",
    "comparisons", "histories", "standings", "wording", "evidence", "compositions", "growths", "stocks", "magnitudes",
    "nesting", "agreement", "consistency", "claim_checks",
}  # fmt: skip
HOMES = {
    "papermill": {"execution", "engine", "warm_engine"},
    "pydantic": {"contract", "lesson_memos", "lessons", "manifest"},
    "pytest": {"chapter_plugin"},
    "yaml": {"run_files", "citation"},
    "nbconvert": {"render"},
    "minify_html": {"render"},
    "nh3": {"sanitising"},
    "matplotlib": {"charts"},
    "typst": {"typesetting", "render"},
    "pikepdf": {"pdf_texts", "typesetting"},
    "PIL": {"charts"},
    "click": {
        "accept_command",
        "batch_command",
        "build_command",
        "command",
        "edition_commands",
        "proof_commands",
        "read_command",
        "site_command",
        "teach_commands",
    },
    "opencc": {"traditional"},
    "openpyxl": {"workbook"},
    "distributed": {"crew", "workshop"},
    "dask": {"crew"},
    "fsspec": {"destinations"},
    "tqdm": {"batch_command", "build_command", "proof_commands", "site_command", "teach_commands"},
}
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 250, 40


def imported(text: str) -> set[str]:
    """The modules that a text imports, with ``analysis.`` taken off the project's own (marked by a leading dot)."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "analysis":
            found |= {f"analysis.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
    return {re.sub(r"^analysis\.(\w+).*", r".\1", name) for name in found}


def looks_back(module: str, text: str) -> set[str]:
    """The project's modules that ``module`` imports although they do not stand to its left."""
    level = next(level for level, names in enumerate(ORDER) if module in names)
    left = {f".{name}" for names in ORDER[:level] for name in names}
    return {name for name in imported(text) if name.startswith(".")} - left


def strangers(module: str, text: str) -> set[str]:
    """The libraries that ``module`` imports although their home is elsewhere."""
    libraries = {name.partition(".")[0] for name in imported(text) if not name.startswith(".")}
    return {library for library in libraries if module not in HOMES.get(library, {module})}


def too_long(text: str) -> list[str]:
    """The functions of more than forty lines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]
    return [each.name for each in functions if each.end_lineno - each.lineno + 1 > MOST_LINES_OF_A_FUNCTION]


def years_and_places(text: str) -> list[str]:
    """Year literals, region codes and names of regions that occur in a text."""
    names = [name for place in regions().values() for name in (place.name_en, place.name_zh) if place.level == "city"]
    text = re.sub(r"https?://\S+", "", text)  # the address of an XML namespace holds a year
    years = re.findall(r"(?<![\dA-Fa-f#.x_u+])(?:19|20)\d\d(?![\dA-Fa-f])", text)
    return years + [word for word in [*names, *regions()] if re.search(rf"(?<!\w){word}(?!\w)", text)]


@pytest.mark.parametrize("module", MODULES)
def test_imports_look_one_way(module):
    """A module imports only from modules to its left; a module that is not in the order is not allowed."""
    assert set() == looks_back(module, MODULES[module].read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES)
def test_each_library_has_one_home(module):
    """papermill is used in execution and its engine only, nbconvert in render, matplotlib in charts, and so on."""
    assert set() == strangers(module, MODULES[module].read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", sorted(CORE))
def test_core_is_standard_library_only(module):
    """From rounding to indicators, nothing outside Python itself is needed."""
    import sys

    libraries = {name.partition(".")[0] for name in imported(MODULES[module].read_text(encoding="utf-8"))} - {""}

    assert set() == libraries - set(sys.stdlib_module_names)


@pytest.mark.parametrize("module", MODULES)
def test_modules_and_functions_fit_the_eye(module):
    """A module has at most 250 lines, a function at most 40."""
    text = MODULES[module].read_text(encoding="utf-8")

    assert len(text.splitlines()) <= MOST_LINES
    assert [] == too_long(text)


def hidden_questions(text: str) -> list[str]:
    """The functions whose results outlive a report although they are made from its figures."""
    asking = {"Edition", "Report", "Figures", "Evidence"}
    return [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and any(re.match(r"(functools\.)?(lru_)?cache\b", ast.unparse(each)) for each in node.decorator_list)
        and any(each.annotation and ast.unparse(each.annotation).strip("'\"") in asking for each in node.args.args)
    ]


@pytest.mark.parametrize("module", MODULES)
def test_what_is_asked_of_the_data_is_asked_for_each_report(module):
    """A cache that outlives a report would hide from ``reads`` what the next one depends on; not so ``remembered``."""
    assert [] == hidden_questions(MODULES[module].read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES)
def test_no_year_and_no_place_in_the_code(module):
    """A year or a city in the code would have to be changed next year; both are found in the data."""
    assert [] == years_and_places(MODULES[module].read_text(encoding="utf-8"))


def wall_clocks(text: str) -> set[str]:
    """What asks for the time of day in a text: it can be wrong, can jump, and differs from run to run."""
    asked = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)
    } & {"time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime", "date.today", "datetime.now",
         "datetime.utcnow", "datetime.today", "datetime.datetime.now", "datetime.date.today"}  # fmt: skip
    taken = {
        f"time.{alias.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
    }
    return asked | taken & {"time.time", "time.time_ns", "time.localtime", "time.gmtime"}


@pytest.mark.fault(66)
@pytest.mark.parametrize("module", sorted({*MODULES} - {"auditing"}))
def test_no_module_asks_for_the_time_of_day(module):
    """How long something took is told by time.monotonic, which nobody can set; dates come from the data.

    An audit is of the day on which it asked, and prints it; it writes no file.
    """
    assert set() == wall_clocks(MODULES[module].read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES)
def test_public_names_have_docstrings(module):
    """Whoever reads a module finds what each public function and class is for."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    public = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name[0] != "_"]

    assert ast.get_docstring(tree)
    assert [] == [node.name for node in public if not ast.get_docstring(node)]


def test_both_ways_of_installing_name_the_same_dependencies():
    """environment.yml (conda) and pyproject.toml (pip) hold the same direct dependencies with the same bounds."""
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    by_pip = {*project["dependencies"], *project["optional-dependencies"]["test"]}
    listed = yaml.safe_load((paths.ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    nested = [name for each in listed if isinstance(each, dict) for name in each["pip"]]
    by_conda = {each for each in listed if isinstance(each, str)} | set(nested)

    assert by_pip == by_conda - {"pip", f"python{project['requires-python']}"}


def test_lock_file_pins_every_direct_dependency_by_hash():
    """Whatever is asked for directly stands in requirements.lock with an exact version, and every line has hashes."""
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        re.match(r"[\w-]+", each)[0] for each in [*project["dependencies"], *project["optional-dependencies"]["test"]]
    }
    lock = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w.-]+)==\S+.*\\\n    --hash=sha256:", lock, re.M)

    assert set() == asked - set(pinned)
    assert len(pinned) == len(re.findall(r"^[\w.-]+==", lock, re.M))


def test_no_path_of_one_machine_stands_in_the_project():
    """Everything is named relative to the repository, so that it works wherever it is cloned."""
    tracked = [
        path for path in paths.ROOT.rglob("*") if path.suffix in {".py", ".md", ".toml", ".yml", ".ipynb", ".csv"}
    ]
    mine = [path for path in tracked if not any(part.startswith(".") for part in path.relative_to(paths.ROOT).parts)]
    named = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w")

    assert len(mine) > 40
    assert [] == [
        path.name for path in mine if named.search(path.read_text(encoding="utf-8")) and path != Path(__file__)
    ]


def test_rules_see_what_they_are_for():
    """Each rule above fails on a text that breaks it."""
    place = next(iter(regions()))

    assert {".report"} == looks_back("rounding", "from analysis.report import load_report")
    assert {"papermill"} == strangers("report", "import papermill.execute")
    assert ["kept"] == hidden_questions("@lru_cache(maxsize=2)\ndef kept(edition: Edition): ...")
    assert [] == hidden_questions("@remembered(2)\ndef kept(edition: Edition): ...")
    assert ["long"] == too_long("def long():\n" + "    x = 1\n" * 40)
    assert ["2021"] == years_and_places("if year == 2021:")
    assert [place] == years_and_places(f'region = "{place}"')
    assert ["Ningbo"] == years_and_places("# for Ningbo only")
    assert {"time.time"} == wall_clocks("from time import monotonic, time")
    assert {"date.today", "datetime.now"} == wall_clocks("a = [date.today(), datetime.now()]")
