"""The proof that all editions of a report say the same numbers, and the numbers that the data give.

Each finished page is read back: every link to a number card with the interval behind it, and every cell or row that
is one number. The editions must say the same, and each what its card stands for. A report that fails is not published.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, zip_longest

from analysis.codebook import TRADITIONAL
from analysis.errors import AnalysisError
from analysis.known_numbers import Known
from analysis.page_numbers import Page, Shown

MOST_TOLD = 5
SIMPLIFIED = "zh"


class NumbersDiffer(AnalysisError):
    """Two editions of a report say different numbers, or one says another number than the data give."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many numbers were compared, of each edition: links to cards, of these those that the data hold, and cells.

    ``words`` are the texts of links to cards that are not a number, and so were only counted.
    """

    editions: tuple[str, ...]
    linked: int
    held: int
    alone: int
    words: tuple[str, ...]

    def __str__(self) -> str:
        *most, last = self.editions
        held = "the data" if self.held == self.linked else f"the data that {self.held:,} of them have"
        words = f"; links to cards that are words: {len(self.words):,}" if self.words else ""
        if not most:
            return f"{self.linked:,} linked numbers of {last} agree with {held}{words}"
        where = f"{', '.join(most)} and {last}"
        cells = f"; so do {self.alone:,} that stand alone in cells" if self.alone else ""
        return f"{self.linked:,} linked numbers agree in {where}, and with {held}{cells}{words}"


def prove(pages: dict[str, Page], cards: set[str], known: dict[str, dict[str, list[Known]]]) -> Agreement:
    """Hold the pages of a report, by edition, against each other and against what its cards stand for.

    cards: the ids of all cards; known: for each edition, the numbers that a card may show, as far as they are known.
    Raises NumbersDiffer, which names the card, what each edition says and what it means.
    """
    linked = {name: list(page.linked(cards)) for name, page in pages.items()}
    alone = {name: list(page.alone()) for name, page in pages.items()}
    problems = []
    for first, second in combinations(pages, 2):
        problems += _differences(first, linked[first], second, linked[second])
        problems += _differences(first, alone[first], second, alone[second])
    if {SIMPLIFIED, TRADITIONAL} <= set(pages):
        problems += _other_digits(pages[SIMPLIFIED], pages[TRADITIONAL])
    for name, shown in linked.items():
        problems += _against_data(name, shown, known[name])
    if problems:
        told = "\n".join(f"  {problem}" for problem in list(dict.fromkeys(problems))[:MOST_TOLD])
        raise NumbersDiffer(
            f"numbers differ that should be the same, so that nothing is published; {len(problems)} times, such as\n"
            f"{told}\n"
            "Look at the text around such a number in src/analysis/words/, data/indicators.toml or notebooks/."
        )
    first = next(iter(pages))
    numbers = [each for each in linked[first] if each.number is not None]
    words = tuple(each.text for each in linked[first] if each.number is None)
    held = sum(each.of in known[first] for each in numbers)
    return Agreement(tuple(pages), len(numbers), held, len(alone[first]), words)


def _differences(first: str, ours: list[Shown], second: str, theirs: list[Shown]) -> list[str]:
    """What one edition says and the other does not, by card."""
    problems = []
    left, right = (Counter((each.of, each.meaning) for each in shown) for shown in (ours, theirs))
    lost, gained = (_told_by_id(*pair) for pair in ((left - right, ours), (right - left, theirs)))
    for name in dict.fromkeys([*lost, *gained]):
        for one, other in zip_longest(lost[name], gained[name], fillvalue="nothing"):
            problems.append(f"{name}: {one} in {first}, but {other} in {second}")
    return problems


def _told_by_id(counted: Counter, shown: list[Shown]) -> dict[str, list[str]]:
    """What one edition says more often, by id, each as its text and its meaning."""
    texts = {(each.of, each.meaning): each for each in shown}
    found: dict[str, list[str]] = defaultdict(list)
    for name, meaning in counted.elements():
        found[name].append(_quoted(texts[name, meaning]))
    return found


def _other_digits(simplified: Page, traditional: Page) -> list[str]:
    """The first digits that conversion changed, anywhere in the text."""
    pairs = zip_longest(simplified.digits(), traditional.digits(), fillvalue="nothing")
    for place, (one, other) in enumerate(pairs, 1):
        if one != other:
            return [f"number {place} of the whole text: {one} in {SIMPLIFIED}, but {other} in {TRADITIONAL}"]
    return []


def _against_data(edition: str, shown: list[Shown], known: dict[str, list[Known]]) -> list[str]:
    """The numbers that no number behind their card allows."""
    return [
        f"{each.of}: {_quoted(each)} in {edition}, but the data give "
        + " or ".join(_meant(one) for one in known[each.of])
        for each in shown
        if each.number is not None and each.of in known and not any(one.allows(each) for one in known[each.of])
    ]


def _quoted(shown: Shown) -> str:
    """A text with its meaning: ``'40.89 million yuan' (40,890,000 CNY)``."""
    read = [each for each in (shown.number, *(shown.span or ())) if each is not None]
    told = "; ".join(_told(*each.meaning) for each in read) or "not a number"
    return f"{shown.text!r} ({told})"


def _told(values: tuple[Fraction, ...], unit: str, qualifier: str) -> str:
    shown = " ".join(_decimal(value) for value in values)
    return " ".join(part for part in (qualifier.replace("_", " ").replace("exact", ""), shown, unit) if part)


def _meant(known: Known) -> str:
    ends = [_decimal(end) if end is not None else "open" for end in (known.value.lower, known.value.upper)]
    values = known.rank or (known.value.printed,)
    return f"{_told(values, known.unit, known.qualifier)} ({' to '.join(ends)})"


def _decimal(value: Fraction) -> str:
    return f"{float(value):,.10g}" if value.denominator != 1 else f"{value.numerator:,}"
