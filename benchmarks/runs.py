"""Fifty reports: by a batch on two cores, against the shell loop, and after one figure was corrected.

    make bench-runs [REPORTS=50]

The reports are those on the regions with the most figures of one year, in one language, HTML and PDF. The loop of
`papermill` and `jupyter nbconvert` is measured on some of them, one after the other as a loop does it, and the median
is taken for all. Then figures are corrected, one after the other, each chosen by chance among those of the year and of
the regions asked for; the batch is run again after each. It works on a copy of the data, with a cache of its own.
What was measured goes into docs/benchmarks.md.
"""

import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from statistics import median
from time import perf_counter

import speed
from sheet import keep

from analysis.figures import load_figures

ROOT = Path(__file__).resolve().parents[1]
YEAR, LOOPED, CORRECTIONS, WORKERS = 2021, 2, 3, 2
SEED = 20220426
PROGRAMS = {"analysis.run_process": "worker", "analysis.warm_process": "warm process", "dask": "Dask"}


class Memory(threading.Thread):
    """The most memory that each kind of process has had, in MB, as long as this is open; see VmHWM in proc(5)."""

    def __init__(self, root: Path):
        super().__init__(daemon=True)
        self._mark, self._over = f"IPREPORT_ROOT={root.parent}".encode(), threading.Event()
        self.most: dict[str, int] = {}

    def run(self) -> None:
        while not self._over.wait(0.2):
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    if self._mark not in (process / "environ").read_bytes():
                        continue
                    command = (process / "cmdline").read_bytes().decode(errors="replace")
                    told = (process / "status").read_text(encoding="utf-8")
                except OSError:
                    continue
                kind = next((name for part, name in PROGRAMS.items() if part in command), "command and its cluster")
                size = next((int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")), 0)
                self.most[kind] = max(self.most.get(kind, 0), size // 1024)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self._over.set()
        self.join()


def regions(many: int) -> list[str]:
    """The regions with the most figures of the year, the region measured by `make bench` first."""
    figures = load_figures()
    rows = {code: len(figures.series_of(code, YEAR)) for code in figures.regions()}
    return sorted((code for code in rows if rows[code]), key=lambda code: (-rows[code], code))[:many]


def batch(folder: Path, table: Path) -> tuple[float, float, str]:
    """Seconds from start to end and seconds of processors of one batch, and what it said last."""
    command = [speed.BIN / "ipreport", "batch", "--runs", table, "--output", folder / "made", "--workers", str(WORKERS)]
    command.append("--keep-going")
    here = {"IPREPORT_ROOT": str(folder / "root"), "XDG_CACHE_HOME": str(folder / "cache")}
    start, before = perf_counter(), os.times()
    done = subprocess.run(list(map(str, command)), env=os.environ | here, capture_output=True, text=True, check=False)
    if done.returncode:  # what failed is told, and counted in what it said last
        print("\n".join(each for each in done.stdout.splitlines() if "failed" in each) or done.stderr, file=sys.stderr)
    after = os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return perf_counter() - start, busy, done.stdout.splitlines()[-1]


def correct(table: Path, codes: list[str], chance: random.Random) -> str:
    """Correct the last digit of one figure; returns its region and series."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    row = chance.choice([row for row in rows[1:] if row[0] in codes])
    row[2] = row[2][:-1] + {"9": "8"}.get(row[2][-1], str(int(row[2][-1]) + 1)[-1])
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return f"{row[0]} {row[1]}"


def loop(codes: list[str], folder: Path) -> float:
    """Seconds of the shell loop for one report, the median of some."""
    costs = []
    for code in codes:
        speed.REGION, speed.YEAR = code, str(YEAR)
        (folder / code).mkdir()
        costs.append(speed.by_command_lines(9, folder / code).wall)
        print(f"shell loop, {code}: {costs[-1]:.1f} s", flush=True)
    return median(costs)


def main() -> None:
    many = speed.option("--reports", 50)
    chance, codes = random.Random(SEED), regions(many)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root, table = folder / "root", folder / "runs.csv"
        root.mkdir()
        for each in ("data", "notebooks"):
            shutil.copytree(ROOT / each, root / each)
        shutil.copy(ROOT / "requirements.lock", root)
        lines = [f"{code},{YEAR},en,html pdf" for code in codes]
        table.write_text("\n".join(["region,year,language,formats", *lines]) + "\n", encoding="utf-8")
        looped = loop([codes[len(codes) // 4], codes[len(codes) // 2]][:LOOPED], folder)
        rows = []
        with Memory(root) as memory:
            for what in ("all", "nothing", *("figure",) * CORRECTIONS):
                told = correct(root / "data" / "figures" / f"{YEAR}.csv", codes, chance) if what == "figure" else ""
                wall, busy, said = batch(folder, table)
                rows.append({"what": what, "figure": told, "seconds": wall, "processors": busy, "said": said})
                print(f"{what} {told}: {wall:.1f} s, {busy:.1f} s of processors; {said}", flush=True)
        size = sum(path.stat().st_size for path in (folder / "cache").rglob("*") if path.is_file()) / 1e6
    load = [round(each, 1) for each in os.getloadavg()]
    about = {"reports": len(codes), "workers": WORKERS, "cores": os.cpu_count(), "loop": looped, "looped": LOOPED}
    keep("runs", about | {"rows": rows, "memory": memory.most, "cache_mb": round(size), "load": load})


if __name__ == "__main__":
    main()
