"""What a report was accepted to say, and the ledger of every change to it, each with a reason.

``reports/accepted/REGION-YEAR/LANGUAGE.csv`` holds the accepted facts of one report, ``reports/accepted/ledger.csv``
what changed at each acceptance. Entries of one report are a chain: each begins with what the one before ended with, and
the last ends with what stands in the file, so that a ledger edited by hand does not pass. When it was is told by the
date of the newest publication that the report draws from; who it was is not told.
"""

import csv
import hashlib
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.cells import guarded, unguarded, visible
from analysis.differences import Difference, differences
from analysis.errors import AnalysisError, BadRow, UnknownName, did_you_mean, listed
from analysis.facts import Facts
from analysis.placing import put_in_place, staging
from analysis.records import Record, records, required

FOLDER, LEDGER = "accepted", "ledger.csv"
COLUMNS = ("chapter", "cell", "part", "what", "said")
LEDGER_COLUMNS = (
    "entry", "report", "as_of", "reason", "chapter", "cell", "part", "what", "was", "now", "before", "after",
)  # fmt: skip
"""``entry`` counts acceptances from 1; ``before`` and ``after`` are digests of all that the report said."""
FEWEST_LETTERS = 8
"""A reason that is shorter tells a reader nothing."""

Said = dict[str, Facts]
"""The facts of a report by chapter."""

_DIGEST = re.compile(r"[0-9a-f]{16}")
_DATE = re.compile(r"[12]\d{3}(-\d{2}(-\d{2})?)?")
_REPORT = re.compile(r"\d{6}-\d{4}/[a-z]{2}")


class NotToAccept(AnalysisError):
    """A report that cannot be accepted: no reason, nothing new, or something in it that does not agree."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was just accepted: the number of the entry, the changes in it, and the file that holds what is said."""

    entry: int
    changes: tuple[Difference, ...]
    file: Path


def accepted(report: str, reports: Path) -> Said:
    """What a report (``REGION-YEAR/LANGUAGE``) was accepted to say; nothing if it never was.

    Raises BadRow if the file was edited, or if the ledger is not a chain that ends with it.
    """
    path = reports / FOLDER / f"{report}.csv"
    entries = [row for row in ledger(reports) if row["report"] == report]
    said: Said = {}
    for place, row in records(path, COLUMNS) if path.is_file() else ():
        fact = tuple(unguarded(row[column]) for column in COLUMNS[1:4])
        if fact in said.setdefault(row["chapter"], {}):
            raise BadRow(f"{place}: {', '.join(fact)} stands there twice; take the file from the repository again")
        said[row["chapter"]][fact] = unguarded(row["said"])
    last = entries[-1]["after"] if entries else ""
    if last != (digest(said) if said else ""):
        raise BadRow(
            f"{FOLDER}/{report}.csv is not what the last entry of {FOLDER}/{LEDGER} accepted; one of them was edited. "
            "Take both from the repository again"
        )
    return said


def ledger(reports: Path) -> list[Record]:
    """The rows of the ledger. Raises BadRow for one that cannot have been written here."""
    path = reports / FOLDER / LEDGER
    rows, last, entry = [], {}, 0
    for place, row in records(path, LEDGER_COLUMNS) if path.is_file() else ():
        required(place, row, "report", "reason", "chapter", "what", "after")
        shapes = {"report": _REPORT, "before": _DIGEST, "after": _DIGEST, "as_of": _DATE, "entry": re.compile(r"\d+")}
        for column, shape in shapes.items():
            if row[column] and not shape.fullmatch(row[column]):
                raise BadRow(f"{place}: {column} is {row[column]!r}, which no acceptance writes")
        new = row["entry"] != (rows[-1]["entry"] if rows else "")
        if int(row["entry"] or 0) != entry + new:
            raise BadRow(f"{place}: entry {row['entry']!r} follows entry {entry}; entries count up by one")
        entry += new
        if new and row["before"] != last.get(row["report"], ""):
            raise BadRow(f"{place}: entry {entry} does not begin with what {row['report']} said before it")
        if not new and any(row[each] != rows[-1][each] for each in ("report", "reason", "before", "after", "as_of")):
            raise BadRow(f"{place}: the rows of entry {entry} differ in report, reason, date or digest")
        last[row["report"]] = row["after"]
        rows.append(row)
    return rows


def changes(was: Said, now: Said) -> list[Difference]:
    """All that a report says otherwise than it was accepted to say, chapter by chapter."""
    found: list[Difference] = []
    for chapter in sorted({*was, *now}):
        if chapter in was and chapter in now:
            found += differences(chapter, was[chapter], now[chapter])
        else:
            texts = ("", f"{len(now[chapter])} facts") if chapter in now else (f"{len(was[chapter])} facts", "")
            found.append(Difference(chapter, "", "", "chapter", *texts))
    return found


def accept(
    report: str, now: Said, reason: str, as_of: str, reports: Path, chapters: Iterable[str] | None = None
) -> Accepted:
    """Accept what a report says, all of it or only some ``chapters``, with the reason why it may say something new.

    File and ledger go into place at one stroke. Raises NotToAccept, UnknownName for a chapter, or BadRow.
    """
    if sum(letter.isalnum() for letter in visible(reason)) < (2 if re.search("[一-鿿]", reason) else FEWEST_LETTERS):
        raise NotToAccept("a reason is needed that tells a later reader what changed and why: --reason '...'")
    was, now = accepted(report, reports), {name: shown(facts) for name, facts in now.items()}
    for name in chapters or ():
        if name not in {*was, *now}:
            raise UnknownName(f"no chapter {name!r} in {report}; there are {listed(now)}.{did_you_mean(name, now)}")
    wanted = {*was, *now} if chapters is None else set(chapters)
    after = {
        name: (now if name in wanted else was)[name]
        for name in sorted({*was, *now})
        if name in (now if name in wanted else was)
    }
    if not (found := changes(was, after)):
        raise NotToAccept(f"{report} says what it was accepted to say; there is nothing to accept")
    rows = ledger(reports)
    entry = int(rows[-1]["entry"]) + 1 if rows else 1
    same = {"entry": str(entry), "report": report, "as_of": as_of, "reason": " ".join(reason.split())}
    same |= {"before": digest(was) if was else "", "after": digest(after)}
    rows += [
        same | {name: getattr(each, name) for name in ("chapter", "cell", "part", "what", "was", "now")}
        for each in found
    ]
    with staging(reports) as aside:
        made = aside / FOLDER
        if (reports / FOLDER).is_dir():
            shutil.copytree(reports / FOLDER, made)
        (made / report).parent.mkdir(parents=True, exist_ok=True)
        facts = ((name, *place, said) for name, each in after.items() for place, said in each.items())
        _write(made / f"{report}.csv", COLUMNS, facts)
        _write(made / LEDGER, LEDGER_COLUMNS, ([row[column] for column in LEDGER_COLUMNS] for row in rows))
        put_in_place(made, reports / FOLDER)
    return Accepted(entry, tuple(found), reports / FOLDER / f"{report}.csv")


def shown(facts: Facts) -> Facts:
    """Facts as a table can hold them: every hidden character is shown by its number."""
    return {tuple(map(visible, place)): visible(said) for place, said in facts.items()}


def digest(said: Said) -> str:
    """Sixteen digits that stand for all that a report says."""
    lines = ("\0".join((name, *place, text)) for name in sorted(said) for place, text in said[name].items())
    return hashlib.sha256("\1".join(lines).encode("utf-8")).hexdigest()[:16]


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([guarded(cell) for cell in row] for row in rows)
