"""What a card's sources print, on paper: each wording once, with the numbers of the publications in the list."""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from analysis.blocks import Card
from analysis.markup import Token, plain
from analysis.runs import aside, joined, link, text

SIGNS = "*†‡§¶"
MANY = 3  # sources with one note: then the note is said once
_NOTHING: Mapping[str, str] = MappingProxyType({})


def citations(
    card: Card, numbers: Mapping[str, int], colon: str, signs: Mapping[str, str] = _NOTHING
) -> list[list[Token]]:
    """The wordings of a card's sources. What the card says itself (its title, its value) is not repeated.

    numbers: those of the publications, by id. signs: of notes that are said elsewhere.
    """
    value = plain(card.rows[0][1]) if card.rows else ""
    cited: dict[tuple[str, ...], list[list[Token]]] = {}
    for source in card.sources:
        label = "" if source["label"] == card.title else source["label"]
        printed = source.get("printed", "")
        if printed == value and not label:
            printed = ""
        lead = colon.join(part for part in (label, printed) if part)
        phrase = f"“{source['phrase']}”" if source.get("phrase") else ""
        said = " ".join(part for part in (lead, phrase) if part)
        number = link(f"[{numbers[source['publication']]}]", source["publication"])
        cited.setdefault((said, source.get("note", "")), []).append([number])
    return [
        [text(f"{said} " if said else ""), *joined(found, " "), *_noted(note, signs)]
        for (said, note), found in cited.items()
    ]


def _noted(note: str, signs: Mapping[str, str]) -> list[Token]:
    if not note:
        return []
    return [text(signs[note])] if note in signs else [aside(f" {note}")]


def signs_for_notes(cards: Iterable[Card]) -> dict[str, str]:
    """A sign for each of the notes that many sources of `cards` have, while there are signs."""
    notes = Counter(note for card in cards for note in {source.get("note", "") for source in card.sources} if note)
    return dict(zip(sorted(note for note, times in notes.items() if times >= MANY), SIGNS, strict=False))
