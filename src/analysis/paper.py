"""What a report has on paper only: a cover, and number cards set densely.

On paper nothing opens in place, so that cards set like those on a page of HTML would fill most of it.
"""

from dataclasses import dataclass

from analysis.blocks import Layout
from analysis.sections import Section, full_section, table_section


@dataclass(slots=True)
class Paper:
    """The cover's facts, and the sections of the appendix."""

    author: str
    date: str
    facts: list[list[str]]
    sections: list[Section]


def paper(report: Layout) -> Paper:
    """The printed parts of `report`, which says of itself what `colophon` and `appendix` gave, or nothing.

    A card that no section names is printed in full after all others, so that no link is left without an end.
    """
    wanted = list(report.about.get("appendix", []))
    wanted += _rest(report, wanted)
    cards = {card.id: card for card in report.cards}
    sections = []
    for section in wanted:
        # Layout leaves out short cards that nothing leads to.
        groups = [
            (group["title"], [(cards[name], label) for name, label in group["cards"] if name in cards])
            for group in section["groups"]
        ]
        if groups := [group for group in groups if group[1]]:
            make = table_section if section["form"] == "table" else full_section
            sections.append(make(section, groups, report))
    about = {"author": "", "date": "", "facts": []} | report.about.get("colophon", {})
    return Paper(**about, sections=sections)


def _rest(report: Layout, appendix: list[dict]) -> list[dict]:
    """A section of the cards that `appendix` leaves out, if there are any."""
    named = {name for section in appendix for group in section["groups"] for name, _ in group["cards"]}
    left = [[card.id, ""] for card in report.cards if card.id not in named]
    title = report.labels["other_cards"] if appendix else ""
    groups = [{"title": "", "cards": left}]
    return [{"title": title, "form": "full", "listed": False, "lettered": [], "groups": groups}] if left else []
