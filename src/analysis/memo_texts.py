"""The texts of a memo: the task, the table of evidence, the rubric; for whoever teaches, what the report computes."""

from collections.abc import Iterator

from analysis.edition import Edition
from analysis.indicators import Result, evaluate, indicators
from analysis.lesson_figures import Shown
from analysis.lesson_memos import Memo
from analysis.lesson_pieces import Piece, place_values, say, used
from analysis.teaching import Class
from analysis.wording import escaped

ROOM = "…" * 12
"""Space to write in, in a table on paper."""


def memo_pieces(held: Class, notes: bool) -> Iterator[Piece]:
    """The task, the table of evidence and the rubric; for whoever teaches (``notes``), what the report computes."""
    language, memo = held.parameters.language, held.lesson.contract.memo
    if memo is None:
        return
    yield Piece("front", memo_task(held, memo))
    for title, listed, mark in (("alternatives", memo.alternatives, "1."), ("criteria", memo.criteria, "-")):
        items = "\n".join(f"{mark} {each.text(language)}" for each in listed)
        yield Piece("front", f"### {say(held, f'memo_{title}')}\n\n{items}")
    shown = [Shown(figure, held.id_of(figure), language) for figure in used(held)]
    rows = [f"| {escaped(each.name)}{_of_year(held, each)} | {each.printed} | {ROOM} | {ROOM} |" for each in shown]
    lines = [f"### {say(held, 'memo_evidence')}\n", say(held, "memo_evidence_heads"), "|---|--:|---|---|", *rows]
    yield Piece("front", "\n".join(lines))
    if notes:
        yield Piece("notes", _evidence(held, memo))
    rows = [f"| {each.name.text(language)} | {' | '.join(level.text(language) for level in each.levels)} |"
            for each in memo.rubric]  # fmt: skip
    lines = [f"### {say(held, 'memo_rubric')}\n", say(held, "memo_rubric_heads"), "|---|---|---|---|", *rows]
    yield Piece("memo", "\n".join(lines), "memo")
    mentions = "\n".join(f"- {each.text(language)}" for each in memo.mentions)
    yield Piece("notes", f"**{say(held, 'mentions')}**\n\n{mentions}")


def memo_task(held: Class, memo: Memo) -> str:
    """What the memo is to decide, for whom, and how long it may be."""
    return f"## {say(held, 'memo')}\n\n{memo.task.text(held.parameters.language).format(**place_values(held))}"


def _of_year(held: Class, each: Shown) -> str:
    return "" if each.year == held.parameters.reference_year else f" ({each.year})"


def _evidence(held: Class, memo: Memo) -> str:
    """The indicators that the memo can stand on, computed by the report from the figures of the class."""
    edition, rows = held.edition, []
    for name in memo.evidence:
        result = evaluate(indicators()[name], edition.figures, edition.region_code, edition.reference_year)
        if result.value is not None:
            named = (
                f"{result.indicator.text('name', edition.language)} ({result.indicator.text('unit', edition.language)})"
            )
            told = [named, edition.value(result), _left_open(edition, result)]
            rows.append(f"| {' | '.join(map(escaped, told))} | {result.indicator.text('caveat', edition.language)} |")
    if not rows:
        return say(held, "memo_none", **place_values(held))
    return "\n".join([say(held, "memo_key_heads"), "|---|--:|---|---|", *rows])


def _left_open(edition: Edition, result: Result) -> str:
    if interval := edition.interval(result):
        return interval
    return edition.words(
        "exact_counts" if result.value.exact else "no_upper" if result.value.upper is None else "no_lower"
    )
