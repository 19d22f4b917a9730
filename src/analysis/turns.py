"""What changed up to the reference year, in a few lines: which way the series went, the steepest, breaks, revisions."""

from fractions import Fraction

from analysis import selection, wording
from analysis.comparison_cards import break_kinds, sized_change, told_name
from analysis.edition import Edition
from analysis.histories import Change
from analysis.trends import counted


def what_changed(edition: Edition) -> str:
    """A list of one to five lines."""
    changes = selection.steps(edition)
    if changes:
        told = counted(edition, [change.verdict or "broken" for change in changes])
        lines = [edition.words("turns_count" if len(changes) == 1 else "turns_counts", number=len(changes), told=told)]
    else:
        lines = [edition.words("turns_none")]
    lines += [_steepest(edition, changes, way) for way in ("rose", "fell")]
    broken = [
        edition.words(
            "turns_broken_item",
            name=wording.escaped(edition.series_name(change.history.name)),
            kinds=break_kinds(edition, change),
        )
        for change in changes
        if change.breaks
    ]
    lines.append(edition.words("turns_broken", told=edition.listed(broken)) if broken else "")
    if revised := selection.revised(edition):
        own = [used for used, *_ in revised if used.reference_year == edition.reference_year]
        lines.append(edition.words("turns_revised", all=edition.count("numbers", len(revised)), own=len(own)))
    told = [wording.close_spaces(line) if edition.language == "zh" else line for line in lines if line]
    return "\n".join(f"- {line}" for line in told)


def _steepest(edition: Edition, changes: list[Change], way: str) -> str:
    """The rise or fall that is the largest even where rounding makes it smallest, by the year; empty without one."""
    all_such = [change for change in changes if change.verdict == way]
    moved = [change for change in all_such if not change.in_points and change.size and _sure(change) is not None]
    if not moved:
        return ""
    change = max(moved, key=_sure)
    return edition.words(
        f"turns_{way}_yearly" if change.yearly else f"turns_{way}",
        name=told_name(edition, change.history.name),
        size=sized_change(edition, change, yearly=change.yearly is not None),
        earlier=change.earlier.year,
        later=change.later.year,
        which=edition.words(f"turns_{way}_only" if len(all_such) == 1 else f"turns_{way}_fastest"),
    )


def _sure(change: Change) -> Fraction | None:
    """The least that a rise or fall can be in a year, whatever the rounding, in per cent; None if that is not known."""
    size = change.yearly or change.size
    end = size.lower if change.verdict == "rose" else size.upper
    return None if end is None else abs(end)
