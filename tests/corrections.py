"""A report of a copied project, made once, and what becomes of it after one change of the data or another.

A program of its own, run by the tests of ``reach`` with ``IPREPORT_ROOT`` naming the copy, for a process reads the data
of one project only. It prints what it found as JSON.
"""

import csv
import json
import random
import shutil
import sys
from pathlib import Path

from batches import files

from analysis import paths, reads
from analysis.basis import basis_here
from analysis.building import build
from analysis.contract import request
from analysis.manifest import manifest_in
from analysis.placing import staging
from analysis.reach import Readings, packed_notes
from analysis.store import Store

REGION, YEAR = "330600", 2021
NAME = f"{REGION}-{YEAR}"
ASKED = {"region": REGION, "year": YEAR, "language": ["en"], "formats": ["html"]}
ROUNDS, COMPARED = 30, 2
CHANGES = {
    "a figure of its own": ("figures/2021.csv", f"{REGION},gdp,6795,", f"{REGION},gdp,6796,"),
    "a publication that it cites": ("sources.csv", "\nS058,", "\nS058,The "),
    "a definition": ("indicators.toml", "\n[", "\n# another\n["),
}


def corrected(path: Path, number: int) -> tuple[str, str]:
    """One more digit in one figure of a table; returns its region and series."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    row = rows[1 + number]
    row[2] = f"1{row[2]}".replace("1-", "-1")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return row[0], row[1]


def numbered(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a table of figures with their places."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(enumerate([*csv.reader(file)][1:]))


class Standing:
    """A report that was made and kept, of the data as they were then."""

    def __init__(self, folder: Path):
        self.folder, self.store, self.asked = folder, Store(folder / "kept"), request(ASKED)
        self.notes = self.made("made")
        self.keep(self.notes)

    def made(self, name: str) -> dict[tuple, str]:
        """Make the report anew in a folder of its own; returns what it asked."""
        shutil.rmtree(self.store.folder / "reports", ignore_errors=True)
        with reads.recorded() as notes:
            build(REGION, YEAR, ("en",), ("html",), self.folder / name, store=self.store)
        return dict(notes)

    def keep(self, notes: dict[tuple, str]) -> None:
        """Have these notes be what it asked."""
        shutil.rmtree(self.store.folder / "reads", ignore_errors=True)
        manifest = manifest_in(self.folder / "made" / NAME)
        Readings(self.store, basis_here()).keep(self.asked, manifest, packed_notes(notes.items()))

    def renewed(self, name: str = "made") -> bool:
        """Whether it need not be made again now."""
        with staging(self.folder / name) as aside:
            return Readings(self.store, basis_here()).renewed(self.folder / name / NAME, self.asked, aside)


def by_chance(standing: Standing) -> dict[str, object]:
    """Figures corrected one by one, in turn one that was asked for and one that was not.

    Which were judged otherwise, how many were not asked for, and whether what was compared is the same.
    """
    chance, wrong, untouched, same = random.Random(20), [], 0, []
    rows = [(path, at, row) for path in sorted((paths.DATA / "figures").glob("*.csv")) for at, row in numbered(path)]
    kinds: dict[bool, list] = {True: [], False: []}
    for path, at, [region, series, *_] in rows:
        kinds[("figures", region, int(path.stem), series) not in standing.notes].append((path, at))
    for turn in range(ROUNDS):
        expected = turn % 2 == 1
        path, at = chance.choice(kinds[expected])
        before = path.read_bytes()
        region, series = corrected(path, at)
        shutil.copytree(standing.folder / "made", standing.folder / "again")
        if expected != standing.renewed("again"):
            wrong.append([path.name, region, series])
        untouched += expected
        if expected and len(same) < COMPARED:
            build(REGION, YEAR, ("en",), ("html",), standing.folder / "fresh")
            same.append(files(standing.folder / "fresh") == files(standing.folder / "again"))
            shutil.rmtree(standing.folder / "fresh")
        shutil.rmtree(standing.folder / "again")
        path.write_bytes(before)
    return {"wrong": wrong, "untouched": untouched, "same": same}


def by_hand(standing: Standing) -> dict[str, bool]:
    """Whether it stays, after each of the changes above, and when it is not what was kept."""
    found = {}
    for name, (table, old, new) in CHANGES.items():
        path = paths.DATA / table
        before = path.read_text(encoding="utf-8")
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        found[name] = standing.renewed()
        path.write_text(before, encoding="utf-8")
    page = standing.folder / "made" / NAME / "en" / "index.html"
    before = page.read_text(encoding="utf-8")
    page.write_text("altered", encoding="utf-8")
    found["its page altered"] = standing.renewed()
    page.write_text(before, encoding="utf-8")
    found["nothing"] = standing.renewed()
    for name, question in (("other data asked", ("outside", "data")), ("a strange table", ("table", "nobody.csv"))):
        standing.keep(standing.notes | {question: ""})
        found[name] = standing.renewed()
    standing.keep({("figures", REGION, YEAR, "gdp"): reads.fingerprint("another")})
    corrected(paths.DATA / "figures" / "2021.csv", 0)
    found["an answer that is another"] = standing.renewed()
    return found


def main() -> None:
    standing = Standing(Path(sys.argv[1]))
    chance, hand = by_chance(standing), by_hand(standing)
    second = standing.made("second")
    shutil.rmtree(standing.store.folder)
    third = standing.made("third")
    print(json.dumps({"chance": chance, "hand": hand, "asked": [second == third, sorted({each[0] for each in third})]}))


if __name__ == "__main__":
    main()
