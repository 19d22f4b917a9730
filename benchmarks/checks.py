"""How many planted faults the checks of executed chapters catch, and how often they cry wolf.

    make bench-checks

Runs the chapters of `REPORTS`, plants `FAULTS` into copies, seeded, and asks of each copy: does it differ from the run
that was accepted (`differences`), or, without one, does it disagree with itself or the data (`coherence`)? Beside it,
plain nbval's own comparison of the same stored outputs. Then `CLEAN` lawful copies: chapters really run again, the rest
written down otherwise. `--write` puts the figures into docs/checks.md; `--versions` runs `pytest --chapters` under the
oldest and the newest supported pandas and matplotlib, in environments of their own.
"""

import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from random import Random
from time import monotonic
from types import SimpleNamespace

import nbformat
import picture_faults  # noqa: F401 (its faults join the others)
from faults import FAULTS
from forms import FORMS
from nbformat import NotebookNode
from nbval.plugin import IPyNbCell, coalesce_streams, nocolors

from analysis import gate
from analysis.coherence import problems
from analysis.differences import differences
from analysis.execution import chapters, executed, refreshed
from analysis.facts import echoed, facts
from analysis.parameters import Parameters

ROOT = Path(__file__).resolve().parents[1]
REPORTS = [
    ("330200", 2021, "en"), ("330200", 2021, "zh"), ("440300", 2021, "zh"), ("330100", 2021, "en"),
    ("330200", 2022, "en"), ("330200", 2019, "zh"), ("330000", 2022, "zh"), ("210200", 2021, "en"),
]  # fmt: skip
RUN_AGAIN = 3
"""How many of the reports are run a second time, besides the chapters in notebooks/."""
SEED, EACH, CLEAN = 20260, 28, 200
NOT_COMPARED = (
    "metadata", "traceback", "prompt_number", "output_type", "name", "execution_count",
    "application/vnd.jupyter.widget-view+json", "image/png", "image/jpeg",
)  # fmt: skip
"""What plain nbval leaves out (`IPyNbFile.skip_compare`)."""
OLDEST, NEWEST = ("pandas==2.3.0", "matplotlib==3.10.0"), ("pandas", "matplotlib")


def run(folder: Path) -> dict[tuple, dict[str, NotebookNode]]:
    """The chapters of every report, as they ran; from ``folder`` if they ran before."""
    found = {}
    for region, year, language in REPORTS:
        place = folder / f"{region}-{year}" / language / "chapters"
        place.mkdir(parents=True, exist_ok=True)
        for path in chapters().values():
            if not (place / path.name).exists():
                nbformat.write(executed(path, Parameters(region, year, language)), place / path.name)
        found[region, year, language] = {path.stem: gate.read(path) for path in sorted(place.glob("*.ipynb"))}
    return found


def copied(notebook: NotebookNode) -> NotebookNode:
    return nbformat.reads(nbformat.writes(notebook), as_version=4)


class Compared(IPyNbCell):
    """A cell of nbval without its kernel and its messages: `compare_outputs` is nbval's own."""

    def format_output_compare(self, key, left, right):
        return None


def nbval_sees(stored: NotebookNode, run_again: NotebookNode) -> bool:
    """Whether `pytest --nbval` fails on a stored chapter, if the run that it makes shows the other's outputs."""
    cell = object.__new__(Compared)
    cell.parent = SimpleNamespace(skip_compare=NOT_COMPARED, sanitize_patterns={})
    cell.colors, cell.config = nocolors, None
    code = [[each for each in one.cells if each.cell_type == "code"] for one in (stored, run_again)]
    for mine, fresh in zip(*code, strict=True):
        if mine.execution_count is None:
            if mine.outputs:
                return True
            continue
        outputs = [coalesce_streams(copied_outputs(each)) for each in (fresh, mine)]
        if not cell.compare_outputs(*outputs, NOT_COMPARED):
            return True
    return False


def copied_outputs(cell: NotebookNode) -> list[NotebookNode]:
    return [nbformat.from_dict(output) for output in cell.outputs]


def mutants(reports: dict[tuple, dict[str, NotebookNode]]):
    """(class, report, chapter, sound, faulty, what was done), `EACH` of each class, none twice."""
    every = [(key, name) for key, several in reports.items() for name in several]
    for kind, plant in FAULTS.items():
        random, made, seen = Random(f"{SEED} {kind}"), 0, set()
        for _ in range(EACH * 40):
            key, name = random.choice(every)
            sound = reports[key][name]
            faulty = copied(sound)
            others = [several[name] for other, several in reports.items() if other != key and name in several]
            done = plant(faulty, random, others)
            same = nbformat.writes(faulty)
            if done is None or same in seen or same == nbformat.writes(sound):
                continue
            seen.add(same)
            yield kind, key, name, sound, faulty, done
            made += 1
            if made == EACH:
                break


def score(reports: dict) -> tuple[dict[str, list[int]], list[str]]:
    """For each class: planted, caught against the accepted run, caught without one, seen by nbval; and the missed."""
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    missed = []
    accepted = {(key, name): facts(each) for key, several in reports.items() for name, each in several.items()}
    for kind, key, name, sound, faulty, done in mutants(reports):
        asked = Parameters(*key)
        alone = problems(name, faulty, asked)
        differs = differences(name, accepted[key, name], facts(faulty))
        row = table[kind]
        row[0] += 1
        row[1] += bool(differs or alone)
        row[2] += bool(alone)
        row[3] += nbval_sees(faulty, sound)
        if not (differs or alone):
            missed.append(f"missed: {kind}, {key}, {name}: {done}")
        elif not alone and "--told" in sys.argv:
            missed.append(f"only against the accepted run: {kind}, {key}, {name}: {done}")
    return table, missed


def clean(reports: dict) -> tuple[int, int, list[str], int]:
    """Chapters really run again, lawful copies, false alarms, and how many of these copies nbval refuses."""
    random, alarms, nbval_alarms = Random(SEED), [], 0
    pairs = [(path.stem, gate.read(path), refreshed(path)) for path in chapters().values()]
    for key in REPORTS[:RUN_AGAIN]:
        for name, path in chapters().items():
            pairs.append((name, reports[key][name], executed(path, Parameters(*key))))
    ran = len(pairs)
    every = [each for several in reports.values() for each in several.items()]
    while len(pairs) < CLEAN:
        name, sound = random.choice(every)
        other = copied(sound)
        for form in random.sample(FORMS, random.randint(1, 3)):
            other = form(other, random)
        nbval_alarms += nbval_sees(other, sound)
        pairs.append((name, sound, other))
    for number, (name, sound, other) in enumerate(pairs):
        found = [*differences(name, facts(sound), facts(other)), *problems(name, other, Parameters(**echoed(sound)))]
        if found:
            alarms.append(f"false alarm {number}: {found[0]}")
    return ran, len(pairs) - ran, alarms, nbval_alarms


def versions() -> int:
    """`pytest --chapters` in two throw-away environments; what failed is printed."""
    uv, failed = Path(sys.executable).parent / "uv", 0
    for asked in (OLDEST, NEWEST):
        with tempfile.TemporaryDirectory() as folder:
            python = Path(folder) / "bin" / "python"
            subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
            given = [
                uv,
                "pip",
                "install",
                "--quiet",
                "--python",
                python,
                "--only-binary",
                ":all:",
                "--no-binary",
                "ipreport",
            ]
            subprocess.run([*given, "-e", f"{ROOT}[test]", *asked], check=True)
            code = "import pandas, matplotlib; print(pandas.__version__, matplotlib.__version__)"
            print("pandas, matplotlib:", subprocess.check_output([python, "-c", code], text=True).strip())
            environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
            done = subprocess.run([python, "-m", "pytest", "--chapters", "-q", "notebooks"], cwd=ROOT, env=environment)
            failed += done.returncode != 0
    return failed


def told(table: dict[str, list[int]], ran: int, formed: int, alarms: list[str], nbval_alarms: int) -> str:
    """The figures as Markdown."""
    total = [sum(row[at] for row in table.values()) for at in range(4)]
    lines = [
        "| fault | planted | caught against the accepted run | caught without one | seen by plain nbval |",
        "|---|--:|--:|--:|--:|",
        *(f"| {kind.replace('_', ' ')} | {' | '.join(map(str, row))} |" for kind, row in sorted(table.items())),
        f"| **all {len(table)} classes** | **{total[0]:,}** | **{total[1]:,} ({total[1] / total[0]:.1%})** "
        f"| **{total[2]:,} ({total[2] / total[0]:.1%})** | **{total[3]:,} ({total[3] / total[0]:.1%})** |",
        "",
        f"Clean: {ran} chapters really run again and {formed} written down otherwise; "
        f"false alarms: {len(alarms)} (plain nbval refuses {nbval_alarms} of the {formed}).",
    ]
    return "\n".join(lines)


def main() -> int:
    if "--versions" in sys.argv:
        return versions()
    begun = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        reports = run(Path(os.environ.get("CHECKS_FOLDER", folder)))
        table, missed = score(reports)
        ran, formed, alarms, nbval_alarms = clean(reports)
    figures = told(table, ran, formed, alarms, nbval_alarms)
    print(figures, *missed, *alarms, sep="\n")
    print(f"{monotonic() - begun:.0f} seconds")
    if "--write" in sys.argv:
        page = ROOT / "docs" / "checks.md"
        head, _, _ = page.read_text(encoding="utf-8").partition("<!-- figures -->")
        page.write_text(f"{head}<!-- figures -->\n\n{figures}\n", encoding="utf-8")
    planted, caught = (sum(row[at] for row in table.values()) for at in (0, 1))
    return int(caught < 0.99 * planted or bool(alarms))


if __name__ == "__main__":
    sys.exit(main())
