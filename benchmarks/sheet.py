"""docs/benchmarks.md from what was measured last: each part by a command of its own, all of them on one page.

    python benchmarks/sheet.py

Every part leaves its numbers in benchmarks/measured/PART.json; the page and its charts are made of these and of
nothing else, so that the same numbers give the same bytes.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
MEASURED, DOCS = Path(__file__).with_name("measured"), ROOT / "docs"
BLUE, GREY = "#1f5fa8", "#8a8a8a"


def keep(part: str, measured: dict[str, object]) -> None:
    """Keep what was measured, and write the page anew."""
    MEASURED.mkdir(exist_ok=True)
    text = json.dumps(measured, indent=1, ensure_ascii=False)
    (MEASURED / f"{part}.json").write_text(text + "\n", encoding="utf-8")
    write()


def write() -> None:
    """Write the page and its charts."""
    lines = ["# How long it takes", "", "Each part is written by the command that it names, the charts too."]
    for part, told in PARTS.items():
        if (path := MEASURED / f"{part}.json").is_file():
            lines += ["", *told(json.loads(path.read_text(encoding="utf-8")))]
    (DOCS / "benchmarks.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def one_report(found: dict) -> Iterator[str]:
    """One report against the command lines and against plain functions."""
    yield from ["## One report", "", "Printed by `make bench`.", *found["told"].splitlines()]
    if bars := found.get("bars"):
        yield from chart("benchmarks-report", "Seconds for one report, medians", "s", list(bars.items()))


def many_reports(found: dict) -> Iterator[str]:
    """A batch against the shell loop, and after a correction."""
    reports = found["reports"]
    whole, nothing = found["rows"][0]["seconds"], found["rows"][1]["seconds"]
    corrected = [each for each in found["rows"] if each["what"] == "figure"]
    typical = median(each["seconds"] for each in corrected)
    looped, busy = found["loop"] * reports, found["rows"][0]["processors"]
    yield from [
        "## Many reports",
        "",
        "Printed by `make bench-runs`.",
        f"{reports} reports of one year in one language, HTML and PDF; a batch of {found['workers']} workers on "
        f"{found['cores']} cores, each row once.",
        f"The loop was measured on {found['looped']} of the reports, one after the other; its row is the median, times "
        f"{reports}.",
        f"Load of the machine at the end: {', '.join(map(str, found['load']))} (1, 5 and 15 minutes).",
        "",
        "| what | seconds | of processors | ratio | aim |",
        "|---|---:|---:|---|---|",
        f"| shell loop | {looped:.0f} |  |  |  |",
        f"| batch, nothing kept | {whole:.1f} | {found['rows'][0]['processors']:.1f} | {looped / whole:.1f} x the "
        "throughput of the loop | 30 x or more |",
        f"| batch, nothing changed | {nothing:.1f} | {found['rows'][1]['processors']:.1f} | 1/{whole / nothing:.0f} of "
        "the full time |  |",
    ]
    for each in corrected:
        yield (
            f"| one figure corrected: {each['figure']} | {each['seconds']:.1f} | {each['processors']:.1f} | "
            f"1/{whole / each['seconds']:.1f} of the full time; {each['said'].removesuffix('.')} | only its "
            "dependants, 1/20 at most |"
        )
    yield from [
        "",
        f"The cores were busy {busy / whole / found['cores']:.0%} of the batch's time; without an idle moment it would "
        f"have {looped * found['cores'] / busy:.1f} x the throughput of the loop, the limit for this work.",
        f"One figure corrected, median of {len(corrected)} chosen by chance: 1/{whole / typical:.1f} of the full time.",
        "A report that prints the figure, as every peer does, is made again; page and PDF are most of what that takes.",
        "Most memory of a process: "
        + ", ".join(f"{name} {size} MB" for name, size in sorted(found["memory"].items()))
        + f" (aim: a worker under 500 MB). The cache had {found['cache_mb']} MB at the end.",
    ]
    bars = [
        ("batch, nothing kept", whole),
        ("batch, one figure corrected", typical),
        ("batch, nothing changed", nothing),
    ]
    yield from chart("benchmarks-batch", f"Seconds for {reports} reports", "s", bars)


def many_figures(found: dict) -> Iterator[str]:
    """All indicators of many synthetic figures."""
    sizes = found["sizes"]
    yield from [
        "## Many figures",
        "",
        "Printed by `make bench-many`: invented figures, from Parquet to Parquet, in "
        f"{found['processes']} processes; load {', '.join(map(str, found['load']))}.",
        "",
        "| regions | figures | results | seconds | of processors | microseconds a figure | MB in a process |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in sizes:
        cost = each["processor_seconds"] / each["figures"] * 1e6
        yield (
            f"| {each['regions']:,} | {each['figures']:,} | {each['results']:,} | {each['seconds']:.1f} | "
            f"{each['processor_seconds']:.1f} | {cost:.1f} | {each['worker_mb']} |"
        )
    differ, compared = (sum(each[name] for each in sizes) for name in ("differ", "compared"))
    yield f"\n{differ} of {compared:,} results differ from those of a reading of the whole file."
    yield f"The process that writes took up to {found['writer_mb']} MB, with that check."
    points = [(each["figures"] / 1e6, each["processor_seconds"]) for each in sizes]
    yield from line("benchmarks-figures", "Seconds of processors against millions of figures", points)


def kills(found: dict) -> Iterator[str]:
    """A batch that is killed at random."""
    counts = ", ".join(f"{many} {name}" for name, many in sorted(found["found"].items()))
    yield from [
        "## Killed at random",
        "",
        f"Printed by `make bench-batch`: {found['rounds']} batches of three small reports, each killed with -9 after a "
        f"time chosen by chance, in {found['seconds']:.0f} s.",
        f"{counts}.",
        f"At the end, {'the same bytes as' if found['same'] else 'OTHER BYTES THAN'} made one after the other.",
    ]


PARTS = {"speed": one_report, "runs": many_reports, "many": many_figures, "batch": kills}


def chart(name: str, title: str, unit: str, bars: list[tuple[str, float]]) -> Iterator[str]:
    """A picture of bars in docs/, and the line that shows it."""
    figure, axes = _axes(0.45 * len(bars) + 0.9)
    drawn = axes.barh([label for label, _ in bars][::-1], [value for _, value in bars][::-1], color=BLUE, height=0.6)
    axes.bar_label(drawn, [f"{value:.1f} {unit}" for _, value in bars][::-1], padding=4)
    axes.set_xlim(0, max(value for _, value in bars) * 1.15)
    axes.xaxis.set_visible(False)
    yield from _shown(figure, axes, name, title, "; ".join(f"{label} {value:.1f} {unit}" for label, value in bars))


def line(name: str, title: str, points: list[tuple[float, float]]) -> Iterator[str]:
    """A picture of points with the straight line from nought to the last of them, and the line that shows it."""
    figure, axes = _axes(3)
    (x, y) = points[-1]
    axes.plot([0, x], [0, y], color=GREY, linestyle="--", linewidth=1)
    axes.plot(*zip(*points, strict=True), "o", color=BLUE)
    axes.set_xlim(0)
    axes.set_ylim(0)
    yield from _shown(figure, axes, name, title, "; ".join(f"{each[0]:.1f}: {each[1]:.1f} s" for each in points))


def _axes(height: float):
    import matplotlib.figure

    matplotlib.rcParams.update({"svg.hashsalt": "benchmarks", "svg.fonttype": "none", "font.family": "sans-serif"})
    figure = matplotlib.figure.Figure(figsize=(7, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _shown(figure, axes, name: str, title: str, description: str) -> Iterator[str]:
    axes.set_title(title, loc="left", fontsize=11)
    figure.savefig(DOCS / f"{name}.svg", metadata={"Date": None, "Creator": None})
    yield from ["", f"![{title}: {description}]({name}.svg)"]


if __name__ == "__main__":
    sys.exit(write())
