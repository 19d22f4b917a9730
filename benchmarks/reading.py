"""How well bulletins are read: precision, recall and F1 over the labelled bulletins of ``tests/bulletins``.

A figure is right if its series, reference year, value and qualifier are; where it stands is not asked, because a
bulletin may print one figure twice. Run ``python benchmarks/reading.py [-v] [NAME ...]``.
"""

import sys
import time
from collections import Counter
from fractions import Fraction
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from analysis.decoding import text_of
from analysis.reading import FATES, reading

BULLETINS = Path(__file__).resolve().parents[1] / "tests" / "bulletins"
HELD_OUT = "h"
"""Names that begin so were written after the reader was done, and measured before anything was mended."""


def corpus():
    """The annotated bulletins."""
    spec = spec_from_file_location("make_bulletins", BULLETINS / "make.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.every()


def measure(bulletin) -> dict:
    """What was found in one bulletin, missed, and found falsely; figures are (series, year, value, qualifier)."""
    raw = text_of(BULLETINS / f"{bulletin.name}.txt").text
    started = time.perf_counter()
    read = reading(raw, bulletin.region, bulletin.year)
    seconds = time.perf_counter() - started
    wanted = {
        (one.series, one.reference_year, Fraction(one.value), one.qualifier)
        for one in bulletin.labels
        if one.fate == "figure"
    }
    grades = {(one.series, one.reference_year, one.number, one.qualifier): one.grade for one in read.candidates}
    found = set(grades)
    return {
        "right": found & wanted, "missed": wanted - found, "false": found - wanted, "grades": grades,
        "unexplained": sum(one.fate == "unexplained" for one in read.findings), "numbers": len(read.findings),
        "fates": fates(bulletin, read), "seconds": seconds, "characters": len(raw),
    }  # fmt: skip


def fates(bulletin, read) -> Counter:
    """How many labelled numbers that are no figures got the fate of their label (``right``), and which did not."""
    counted, place = Counter(), 0
    said = [(read.text.text[one.token.start : one.token.end], one) for one in read.findings]
    for label in bulletin.labels:
        number = label.number.replace(" ", "").replace(",", "")
        for index in range(place, len(said)):
            if said[index][0].replace(",", "").replace(" ", "")[:4].startswith(number[:2]) or number.startswith(
                said[index][0]
            ):
                place = index + 1
                if label.fate != "figure":
                    got = said[index][1].fate
                    counted["right" if got == label.fate else f"{label.fate} read as {got}: {label.number}"] += 1
                    counted["all"] += 1
                break
    return counted


def scores(right: int, missed: int, false: int) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    precision = right / (right + false) if right + false else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def report(title: str, measured: dict[str, dict], verbose: bool) -> float:
    """Print the scores of some bulletins; returns F1."""
    counts = [sum(len(one[key]) for one in measured.values()) for key in ("right", "missed", "false")]
    precision, recall, f1 = scores(*counts)
    print(f"{title}: {len(measured)} bulletins, {counts[0] + counts[1]} figures")
    print(f"  precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}  (missed {counts[1]}, false {counts[2]})")
    for grade in ("certain", "likely", "look"):
        of_grade = [key in one["right"] for one in measured.values() for key, g in one["grades"].items() if g == grade]
        print(f"  {grade:<8}{sum(of_grade):>5} right of {len(of_grade)}")
    explained = sum((one["fates"] for one in measured.values()), Counter())
    numbers, unexplained = (sum(one[key] for one in measured.values()) for key in ("numbers", "unexplained"))
    print(f"  other labelled numbers explained as labelled: {explained['right']} of {explained['all']}")
    print(f"  numbers in all {numbers}, called unexplained {unexplained}")
    for name, one in measured.items() if verbose else ():
        for kind in ("missed", "false"):
            for key in sorted(one[kind], key=str):
                print(f"    {name} {kind}: {key[0]} {key[1]} {float(key[2]):g} {key[3]} {one['grades'].get(key, '')}")
        for key in one["fates"]:
            if key not in ("right", "all"):
                print(f"    {name} fate: {key}")
    return f1


def main(arguments: list[str]) -> int:
    verbose, names = "-v" in arguments, [each for each in arguments if not each.startswith("-")]
    chosen = [one for one in corpus() if not names or any(one.name.startswith(name) for name in names)]
    measured = {one.name: measure(one) for one in chosen}
    own = {name: one for name, one in measured.items() if not name.startswith(HELD_OUT)}
    held = {name: one for name, one in measured.items() if name.startswith(HELD_OUT)}
    results = [report(*each, verbose) for each in (("written before", own), ("written after", held)) if each[1]]
    seconds, characters = (sum(one[key] for one in measured.values()) for key in ("seconds", "characters"))
    print(f"{characters} characters in {seconds:.2f} s; {seconds / characters * 10_000:.2f} s for 10,000")
    assert set(FATES)
    return 0 if min(results) >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
