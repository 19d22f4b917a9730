"""How long a report takes: against papermill's and nbconvert's command lines, and against plain functions.

    make bench [ROUNDS=5] [CHAPTERS=9]

Everything is measured side by side, round after round, and told as medians and as ratios of what was measured in the
same round, for the machine is never quiet. Python keeps what it compiles, as it does unless told otherwise; a round
before the first, which is not counted, has it compile everything. `--chapters N` takes the first N chapters only, in
every row alike. `--write` puts what is printed into docs/benchmarks.md.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from sheet import keep

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
REGION, YEAR, LANGUAGE = "330200", "2021", "en"
KEPT = {"PYTHONDONTWRITEBYTECODE": ""}
"""Some machines have Python compile every library at every start; most do not, and here it does not."""
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"

OURS = """
import sys
from pathlib import Path
from analysis import building, execution
from analysis.store import Store
many, output, kept = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
chapters = dict(list(execution.chapters().items())[:many])
building.chapters = lambda: chapters
building.build(REGION, YEAR, ("en",), output=output, store=Store(Path(kept)) if kept else None)
"""
RUN = """
import nbformat
from analysis import execution
notebooks = {}
for path in list(execution.chapters().values())[:many]:
    notebook = notebooks[path.name] = nbformat.read(path, as_version=4)
    names = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            try:
                shown = eval(cell.source, names)
            except SyntaxError:
                exec(cell.source, names)
            else:
                getattr(shown, "_repr_mimebundle_", lambda: None)()
"""
PLAIN = f"""
import sys
from pathlib import Path
from analysis.all_editions import write_editions
from analysis.parameters import Parameters
many, output = int(sys.argv[1]), Path(sys.argv[2])
{RUN}
write_editions({{Parameters(REGION, YEAR, "en"): notebooks}}, ("en",), ("html", "pdf"), output, lambda step: None)
"""
PARTS = f"""
import sys
from pathlib import Path
from time import perf_counter
times = [perf_counter()]
from analysis import execution, render
from analysis.edition_files import Written, write_edition
from analysis.report import load_report
times.append(perf_counter())
many, output = int(sys.argv[1]), Path(sys.argv[2])
{RUN}
times.append(perf_counter())
output.mkdir()
written = Written(load_report(REGION, YEAR, "en"), notebooks)
written.book
times.append(perf_counter())
write_edition("en", [], written, ("html",), output)
times.append(perf_counter())
render.manuscript(written.book).typeset(apart=True)
print(*(perf_counter() - each for each in times))
"""
NAMES = ("imports", "chapters", "cards, bound with the chapters", "page and downloads", "PDF")
MOST_MEMORY = """
import resource
print(*(resource.getrusage(which).ru_maxrss for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


def programme(source: str) -> list[str]:
    """A command that runs a program on the report measured here."""
    return [sys.executable, "-c", source.replace("REGION", repr(REGION)).replace("YEAR", YEAR)]


class Cost(NamedTuple):
    """Seconds from start to end, and seconds of processors, which other work on the machine disturbs less."""

    wall: float
    processor: float


def took(*command: object, code: int = 0, **environment: str) -> Cost:
    """What a command costs from start to end. Its output is thrown away; a failure ends the bench."""
    start, before = perf_counter(), os.times()
    done = subprocess.run(
        [str(each) for each in command], cwd=ROOT, env=os.environ | KEPT | environment, capture_output=True, text=True
    )
    if done.returncode != code:
        sys.exit(f"{command[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(perf_counter() - start, processor)


def by_command_lines(many: int, folder: Path) -> Cost:
    """Each chapter with `papermill` and `jupyter nbconvert`; to PDF with Chromium alone, quicker than by nbconvert."""
    costs = []
    for path in sorted((ROOT / "notebooks").glob("[0-8][0-9]_*.ipynb"))[:many]:
        made = folder / path.name
        given = f"-r region {REGION} -p reference_year {YEAR} -p language {LANGUAGE}"
        costs.append(took(BIN / "papermill", path, made, *given.split()))
        costs.append(took(BIN / "jupyter", "nbconvert", "--to", "html", made))
        printed = f"--print-to-pdf={made.with_suffix('.pdf')}"
        costs.append(took(CHROMIUM, "--headless", "--no-sandbox", printed, made.with_suffix(".html")))
    return Cost(*map(sum, zip(*costs, strict=True)))


def one_round(many: int, folder: Path) -> dict[str, Cost]:
    """What each way costs, one after the other."""
    whole, kept = built(folder / "whole"), {"XDG_CACHE_HOME": str(folder / "cache")}
    return {
        "command lines": by_command_lines(many, folder),
        "ipreport": took(*programme(OURS), many, folder / "ours", ""),
        "plain functions": took(*programme(PLAIN), many, folder / "plain"),
        "whole report": took(*whole, **kept),
        "nothing changed": took(*whole, **kept),
        "bad year": took(BIN / "ipreport", "build", "--region", REGION, "--year", "1999", code=1),
        "--help": took(BIN / "ipreport", "--help"),
    }


def measured(rounds: int, many: int) -> dict[str, list[Cost]]:
    """What each way costs, once a round."""
    found: dict[str, list[Cost]] = {}
    for turn in range(rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            for way, cost in one_round(many if turn else 1, Path(folder)).items():
                if turn:
                    found.setdefault(way, []).append(cost)
                print(f"round {turn}: {way} {cost.wall:.2f} s, {cost.processor:.2f} s", file=sys.stderr)
    return found


def built(output: Path) -> list[object]:
    """The command that makes the whole report in one language."""
    return [BIN / "ipreport", "build", "--region", REGION, "--year", YEAR, "--language", LANGUAGE, "--output", output]


def memory() -> tuple[float, float, float]:
    """The most memory, in MB: with every chapter run in a process, with all rendered in it, and of the typesetter."""
    sizes = []
    for source in (PLAIN.partition("write_editions({")[0], PLAIN):
        sizes += [int(each) / 1024 for each in told_by(source + MOST_MEMORY)]
    return sizes[0], sizes[2], sizes[3]


def parts(rounds: int) -> list[str]:
    """A Markdown table: where the seconds of the plain functions go, one after the other."""
    found = []
    for _ in range(rounds):
        left = [float(each) for each in told_by(PARTS)]
        found.append([one - other for one, other in zip(left, [*left[1:], 0.0], strict=True)])
    medians = [median(each) for each in zip(*found, strict=True)]
    lines = ["| part of the plain functions, one after the other | seconds, median |", "|---|---:|"]
    return lines + [f"| {name} | {seconds:.2f} |" for name, seconds in zip(NAMES, medians, strict=True)]


def told_by(source: str) -> list[str]:
    """What a program on the whole report prints last, in words."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*programme(source), "9", str(Path(folder) / "made")]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | KEPT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


def rows(found: dict[str, list[Cost]]) -> list[str]:
    """A Markdown table: what was measured, and how it stands to the aim."""

    def ratio(one: str, other: str, sign: str = "{:.1f}") -> str:
        pairs = list(zip(found[one], found[other], strict=True))
        kinds = [median(first[kind] / second[kind] for first, second in pairs) for kind in (0, 1)]
        return " / ".join(map(sign.format, kinds))

    slower = ratio("ipreport", "plain functions", "{:.2f}")
    faster, unchanged = ratio("command lines", "ipreport"), ratio("whole report", "nothing changed", "{:.0f}")
    limit = ratio("command lines", "plain functions")
    table = [
        ("command lines", "", ""),
        ("ipreport", f"{faster} x faster than the command lines", "15 x or more"),
        ("plain functions", f"the limit: {limit} x faster; ipreport takes {slower} x as long", "1.4 x at most"),
        ("whole report", "", ""),
        ("nothing changed", f"{unchanged} x faster than the whole report", "under 1 s, 50 x"),
        ("bad year", "", "under 0.5 s"),
        ("--help", "", "under 0.3 s"),
    ]  # fmt: skip
    lines = ["| what | seconds, median | of processors | ratio, median | aim |", "|---|---:|---:|---|---|"]
    for what, told, aim in table:
        wall, processor = (median(each[kind] for each in found[what]) for kind in (0, 1))
        lines.append(f"| {what} | {wall:.2f} | {processor:.2f} | {told} | {aim} |")
    return lines


def option(name: str, otherwise: int) -> int:
    """The number behind an option of the command line."""
    return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else otherwise


def main() -> None:
    rounds, many = option("--rounds", 5), option("--chapters", 9)
    found = measured(rounds, many)
    running, rendering, typesetting = memory()
    told = "\n".join([
        f"{many} chapters in one language, HTML and PDF; {rounds} rounds on {os.cpu_count()} cores.",
        "The report of which nothing changed is the whole one.",
        "Ratios are of seconds / of seconds of processors.",
        "",
        *rows(found),
        "",
        *parts(rounds),
        "",
        f"Memory of a process: {running:.0f} MB with every chapter run in it, {rendering:.0f} MB with all rendered; "
        f"{typesetting:.0f} MB in that of the typesetter.",
    ])  # fmt: skip
    print(told)
    if "--write" in sys.argv:
        bars = {
            way: median(each.wall for each in found[way]) for way in ("command lines", "ipreport", "plain functions")
        }
        keep("speed", {"told": told, "bars": bars})


if __name__ == "__main__":
    main()
