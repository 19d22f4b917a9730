"""Every indicator of many figures: 3,000 synthetic regions, 20 years and 60 series, from Parquet to Parquet.

    make bench-many

The figures are invented, say so in every row and in the file itself, and are deleted at the end. They are evaluated by
the project's own exact indicators, some regions at a time, in two processes; so memory does not grow with their number,
and cost grows as their number does. Both are measured at three sizes, cost by the time of processors too, which other
work on the machine disturbs less. A sample is then evaluated again from the whole file, without chunks, and compared
value by value. What was measured goes into docs/benchmarks.md.
"""

import os
import random
import re
import sys
import tempfile
from collections import Counter, deque
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.codebook import codebook
from analysis.figures import Figure, Figures
from analysis.indicators import evaluate, indicators
from analysis.rounding import unround

SIZES = (750, 1500, 3000)
YEARS, SERIES, REGIONS_AT_A_TIME, PROCESSES, SAMPLE = 20, 60, 25, 2, 500
FIRST_YEAR = 2101
SOURCE = "SYNTHETIC"
MARK = {b"synthetic": b"invented for a benchmark; not one of these numbers was published"}
FIGURES = pa.schema(
    [("region", pa.string()), ("reference_year", pa.int16()), ("series", pa.string()), ("value", pa.string()),
     ("multiplier", pa.int8()), ("qualifier", pa.string()), ("source", pa.string())],
    metadata=MARK,
)  # fmt: skip
RESULTS = pa.schema(
    [("region", pa.string()), ("reference_year", pa.int16()), ("indicator", pa.string()), ("exact", pa.string()),
     ("value", pa.float64()), ("lower", pa.float64()), ("upper", pa.float64()), ("about", pa.bool_()),
     ("missing", pa.string()), ("problem", pa.string())],
    metadata=MARK,
)  # fmt: skip
"""``exact`` is the value as a fraction; an end that is not known, or a value that there is none of, is null."""
MOST_UNEVEN = 1.3
"""How much a figure of the largest size may cost more than one of the smallest."""


def series_used() -> list[str]:
    """The series that most indicators need."""
    asked = Counter(series for each in indicators().values() for series in each.inputs)
    return sorted(sorted(asked), key=lambda series: -asked[series])[:SERIES]


def write_figures(path: Path, regions: int) -> None:
    """Invent figures, a row group for some regions at a time: counts, amounts in 亿, rates, some of them bounds."""
    chance = random.Random(regions)
    units = {series: codebook()[series].unit for series in series_used()}
    with pq.ParquetWriter(path, FIGURES) as writer:
        for first in range(0, regions, REGIONS_AT_A_TIME):
            rows = [
                (f"S{region:05}", FIRST_YEAR + year, series, *_printed(units[series], chance), SOURCE)
                for region in range(first, min(first + REGIONS_AT_A_TIME, regions))
                for year in range(YEARS)
                for series in units
            ]
            writer.write_table(pa.table(dict(zip(FIGURES.names, zip(*rows, strict=True), strict=True)), FIGURES))


def _printed(unit: str, chance: random.Random) -> tuple[str, int, str]:
    qualifier = chance.choice(("exact",) * 8 + ("about", "more_than"))
    if unit == "CNY":
        return f"{chance.uniform(1, 500):.2f}", 8, qualifier
    if unit in ("percent", "percentage_points"):
        return f"{chance.uniform(0.1, 99):.1f}", 0, "exact"
    return str(chance.randint(1, 90_000)), chance.choice((0, 0, 0, 4)), qualifier


def figures_from(table: pa.Table, data: Path) -> Figures:
    """The figures of a table as the project reads them from its own."""
    known = codebook()
    return Figures(
        [
            Figure(
                row["region"], row["reference_year"], row["series"], row["value"], row["multiplier"],
                known[row["series"]].unit, row["qualifier"], known[row["series"]].kind, row["source"], "", "",
            )
            for row in table.to_pylist()
        ],
        data,
    )  # fmt: skip


def evaluated(table: pa.Table, data: Path) -> pa.Table:
    """Every indicator of every region and year in a table."""
    figures = figures_from(table, data)
    rows = []
    for region in figures.regions():
        for year in figures.years(region):
            for name, indicator in indicators().items():
                found = evaluate(indicator, figures, region, year)
                number = found.value
                ends = [None] * 5 if number is None else [
                    str(number.printed), float(number.printed),
                    *(None if end is None else float(end) for end in (number.lower, number.upper)), number.about,
                ]  # fmt: skip
                rows.append((region, year, name, *ends, ";".join(found.missing), found.problem))
    return pa.table(dict(zip(RESULTS.names, zip(*rows, strict=True), strict=True)), RESULTS)


def chunk(path: Path, number: int, data: Path) -> tuple[bytes, int]:
    """The results of one row group as bytes, and the most memory that this process has had, in KB."""
    sink = pa.BufferOutputStream()
    made = evaluated(pq.ParquetFile(path).read_row_group(number), data)
    unround.cache_clear()  # it keeps every number that it was ever given
    with pa.ipc.new_stream(sink, RESULTS) as stream:
        stream.write_table(made)
    return sink.getvalue().to_pybytes(), most_memory()


def most_memory() -> int:
    """The most that this process has had, in KB; what `getrusage` tells is that of its parent too."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))[1])


def processor_seconds() -> float:
    """What this process and those that it waited for have had of processors."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def evaluate_all(path: Path, results: Path, data: Path) -> tuple[int, int]:
    """Write every result, in the order of the figures; returns how many, and the most memory of a process in KB."""
    groups = iter(range(pq.ParquetFile(path).num_row_groups))
    many, memory = 0, 0
    with (
        ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool,
        pq.ParquetWriter(results, RESULTS, use_dictionary=["region", "indicator", "missing", "problem"]) as writer,
    ):
        begun = deque(pool.submit(chunk, path, number, data) for number in islice(groups, 2 * PROCESSES))
        while begun:
            content, used = begun.popleft().result()
            if (number := next(groups, None)) is not None:
                begun.append(pool.submit(chunk, path, number, data))
            made = pa.ipc.open_stream(content).read_all()
            writer.write_table(made)
            many, memory = many + len(made), max(memory, used)
    return many, memory


def unlike(path: Path, results: Path, data: Path, regions: int) -> tuple[int, int]:
    """How many results of some regions were compared with a reading of the whole file, and how many differ."""
    chosen = [f"S{each:05}" for each in random.Random(1).sample(range(regions), max(1, SAMPLE // YEARS))]
    again = evaluated(pq.read_table(path, filters=[("region", "in", chosen)]), data).to_pylist()
    stored = pq.read_table(results, filters=[("region", "in", chosen)]).to_pylist()
    return len(again), len(again) - sum(one == other for one, other in zip(again, stored, strict=True))


def main() -> int:
    costs, memories, rows, wrong = [], [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        columns = "source,publisher,title,url,published_on,reliability,note"
        (data / "sources.csv").write_text(
            f"{columns}\n{SOURCE},Nobody,Invented numbers,,,secondary,\n", encoding="utf-8"
        )
        for regions in SIZES:
            path, results = Path(folder) / "figures.parquet", Path(folder) / "results.parquet"
            write_figures(path, regions)
            figures = pq.ParquetFile(path).metadata.num_rows
            start, before = perf_counter(), processor_seconds()
            many, memory = evaluate_all(path, results, data)
            seconds, busy = perf_counter() - start, processor_seconds() - before
            compared, differ = unlike(path, results, data, regions)
            costs.append(busy / figures)
            memories.append(memory)
            wrong += differ + (many != regions * YEARS * len(indicators()))
            rows.append({
                "regions": regions, "figures": figures, "results": many, "seconds": round(seconds, 1),
                "processor_seconds": round(busy, 1), "worker_mb": round(memory / 1024),
                "parquet_mb": round(results.stat().st_size / 1e6), "compared": compared, "differ": differ,
            })  # fmt: skip
            print(
                f"{regions:6,} regions, {figures:10,} figures: {many:10,} results in {seconds:6.1f} s, "
                f"{busy:6.1f} s of processors, "
                f"{busy / figures * 1e6:5.1f} µs a figure; {memory / 1024:.0f} MB in each of {PROCESSES} processes; "
                f"{results.stat().st_size / 1e6:.0f} MB of Parquet; {differ} of {compared} compared differ",
                flush=True,
            )
    print(f"A figure of the largest size cost {costs[-1] / costs[0]:.2f} times one of the smallest (processors),")
    print(f"and a process took {memories[-1] / memories[0]:.2f} times the memory.")
    own = most_memory() / 1024
    print(f"The process that writes took up to {own:.0f} MB, with the check of the samples; {os.cpu_count()} cores.")
    from sheet import keep  # not above: the processes that evaluate draw nothing

    load = [round(each, 1) for each in os.getloadavg()]
    keep("many", {"sizes": rows, "processes": PROCESSES, "writer_mb": round(own), "load": load})
    return int(wrong > 0 or costs[-1] > MOST_UNEVEN * costs[0] or memories[-1] > MOST_UNEVEN * memories[0])


if __name__ == "__main__":
    sys.exit(main())
