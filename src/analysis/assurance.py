"""How sure the numbers of a report are, in a few counts: sources, rounding, what does not go together, claims."""

from collections import Counter
from fractions import Fraction

from analysis import exhibits, ledger, selection
from analysis.claim_checks import VERDICTS
from analysis.edition import Edition
from analysis.rounding import Rounded
from analysis.sources import RELIABILITIES

CLOSE = 1
"""Per cent of a value within which both ends of its rounding interval must lie for it to be called close."""

OPENNESS = ("exact", "close", "wide", "bound")


def how_sure(edition: Edition) -> str:
    """A list of four lines."""
    lines = (_sources(edition), _rounding(edition), _findings(edition), _claims(edition))
    return "\n".join(f"- {line}" for line in lines)


def openness(value: Rounded) -> str:
    """How much rounding leaves open of a number: one of ``OPENNESS``."""
    if value.bound:
        return "bound"
    if value.exact:
        return "exact"
    reach = max(value.upper - value.printed, value.printed - value.lower)
    return "close" if reach <= abs(value.printed) * Fraction(CLOSE, 100) else "wide"


def _sources(edition: Edition) -> str:
    kinds = [edition.source(figure).reliability for figure in edition.published.values()]
    return edition.words(
        "assurance_sources",
        number=edition.count("figures", len(kinds)),
        told=_tallied(edition, kinds, RELIABILITIES),
        single=sum(len(edition.every(series)) == 1 for series in edition.published),
    )


def _rounding(edition: Edition) -> str:
    kinds = [openness(result.value) for result in exhibits.computed(edition)]
    if not kinds:
        return edition.words("assurance_rounding_none")
    number, told = edition.count("indicators", len(kinds)), _tallied(edition, kinds, OPENNESS)
    return edition.words("assurance_rounding", number=number, told=told)


def _findings(edition: Edition) -> str:
    found = selection.found(edition)
    if not found:
        return edition.words("assurance_findings_none")
    return edition.words(
        "assurance_findings",
        own=sum(each.reference_year == edition.reference_year for each in found),
        all=edition.count("places", len(found)),
        contradictions=sum(each.kind == "contradiction" for each in found),
    )


def _claims(edition: Edition) -> str:
    kinds = [each.verdict for each in ledger.verdicts(edition)]
    if not kinds:
        return edition.words("assurance_claims_none")
    number, told = edition.count("claims", len(kinds)), _tallied(edition, kinds, VERDICTS)
    return edition.words("assurance_claims", number=number, told=told)


def _tallied(edition: Edition, kinds: list[str], order: tuple[str, ...]) -> str:
    """How many are of which kind; kinds of which there are none are left out."""
    many = Counter(kinds)
    told = [edition.words(f"assurance_{kind}", number=many[kind], percent=CLOSE) for kind in order if many[kind]]
    return edition.listed(told)
