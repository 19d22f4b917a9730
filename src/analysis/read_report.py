"""A reading in words: the text with the fate of each number, what to look at, and the candidates as a table."""

import csv
import io
from collections import Counter

from analysis.figures import COLUMNS
from analysis.reading import FATES, Candidate, Reading, grade
from analysis.surroundings import Finding

TABLE = (
    *("region", "reference_year", "series", "value", "multiplier", "unit", "qualifier", "kind", "source", "phrase"),
    *("note", "grade", "start", "end", "phrase_start", "phrase_end"),
)
assert set(COLUMNS) < set(TABLE)
QUIET = frozenset({"figure", "date", "mark", "word", "ordinal", "name", "base", "duration"})


def table(candidates: tuple[Candidate, ...], source: str) -> str:
    """The candidates as CSV: the columns of ``data/figures``, the reference year, grade and raw offsets."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(TABLE)
    for one in candidates:
        writer.writerow(source if column == "source" else getattr(one, column) for column in TABLE)
    return text.getvalue()


def marked_text(read: Reading) -> str:
    """The mended text with what each number is behind it, in square brackets."""
    parts, place = [], 0
    for finding in read.findings:
        parts.append(read.text.text[place : finding.token.end])
        parts.append(f"[{_mark(finding)}]")
        place = finding.token.end
    return "".join([*parts, read.text.text[place:]])


def summary(read: Reading) -> list[str]:
    """How many numbers have which fate, one line each."""
    if not read.findings:
        return ["nothing found: there is no number in the text"]
    counts = Counter(finding.fate for finding in read.findings)
    grades = Counter(one.grade for one in read.candidates)
    lines = [f"{len(read.findings)} numbers, {len(read.candidates)} figures of {read.region}"]
    lines += [f"  {count:>4}  figures, {name}" for name, count in grades.items()]
    lines += [
        f"  {counts[fate]:>4}  {fate}: {said}" for fate, said in FATES.items() if counts[fate] and fate != "figure"
    ]
    return lines


def to_look_at(read: Reading) -> list[str]:
    """The numbers that were not placed, and the figures in doubt, with the words around each."""
    lines = []
    for finding in read.findings:
        around = read.text.text[max(0, finding.token.start - 14) : finding.token.end + 4].replace("\n", " ")
        if finding.fate == "figure" and grade(finding) == "look":
            lines.append(f"look: {finding.series} {finding.value} ({'; '.join(finding.doubts)}) …{around}…")
        elif finding.fate not in QUIET:
            lines.append(f"{finding.fate}: {finding.reason} …{around}…")
    return lines


def _mark(finding: Finding) -> str:
    if finding.fate == "figure":
        return f"{finding.series} {finding.period.year}, {grade(finding)}"
    return finding.fate
