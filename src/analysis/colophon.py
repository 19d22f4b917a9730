"""What stands on the cover of the printed report, and what its file says of itself.

No clock is asked: the date of a report is that of the newest publication used.
"""

from collections.abc import Iterable

from analysis import selection
from analysis.citation import cited
from analysis.edition import Edition
from analysis.figures import Figure


def colophon(edition: Edition) -> dict:
    """The facts of the cover (label and text), the author, and the date (ISO; empty if no publication has one)."""
    date, author = cited(edition).dated, edition.words("citation_author")
    elsewhere = selection.figures_shown(edition)
    material = edition.words("paper_material_is", **_counted(edition, edition.published.values()))
    if elsewhere:
        material += edition.words("paper_material_more", **_counted(edition, elsewhere))
    source = {"author": author, "title": edition.words("report_title"), "date": date}
    facts = [
        ("region", edition.words("paper_region_is", code=edition.region_code)),
        ("material", material),
        ("date", edition.words("paper_date_is", date=date) if date else ""),
        ("edition", edition.words("paper_edition_is")),
        ("cite", edition.words("paper_cite_is" if date else "paper_cite_undated", **source)),
        ("licence", edition.words("paper_licence_is")),
    ]
    shown = [[edition.words(f"paper_{label}"), text] for label, text in facts if text]
    return {"author": author, "date": date, "facts": shown}


def _counted(edition: Edition, figures: Iterable[Figure]) -> dict[str, str]:
    sources = [figure.source for figure in figures]
    return {
        "figures": edition.count("figures", len(sources)),
        "sources": edition.count("publications", len(set(sources))),
    }
