"""The tables of the chapter on sources and checks: what numbers say against each other, claims, definitions."""

from analysis import wording
from analysis.claim_checks import Verdict, claim_verdicts
from analysis.consistency import Finding, agreements
from analysis.edition import Edition
from analysis.exhibits import figure_words, publication, table_of
from analysis.selection import found
from analysis.tables import Table


def finding_list(edition: Edition) -> str:
    """Published numbers that do not go together: the arithmetic, possible explanations, the cards of the figures."""
    language, findings = edition.language, found(edition)
    shared = _shared(findings, language)
    space = "" if language == "zh" else " "
    lines = [
        edition.words(
            "ledger_finding",
            kind=edition.words(f"ledger_{each.kind}"),
            statement=wording.escaped(each.statement(language)),
            explanations=wording.escaped(space.join(own for own in each.explanations(language) if own not in shared)),
            figures=edition.listed(
                list(dict.fromkeys(edition.figure_link(figure, counted=False) for figure in each.figures))
            ),
        )
        for each in findings
    ]
    first = [edition.words("ledger_shared", explanations=wording.escaped(space.join(shared))), ""] if shared else []
    return "\n".join([*first, *lines])


def _shared(findings: list[Finding], language: str) -> list[str]:
    """The explanations possible for every one of several findings, to be said once, if each has others besides."""
    told = [each.explanations(language) for each in findings]
    shared = [each for each in told[0] if all(each in other for other in told)] if len(told) > 1 else []
    return shared if all(set(each) - set(shared) for each in told) else []


def finding_headline(edition: Edition) -> str:
    """How many rules found something, and how many published numbers were held against others."""
    findings = found(edition)
    own = [each for each in findings if each.reference_year == edition.reference_year]
    if not findings:
        return edition.words("ledger_nothing_found")
    return edition.words("ledger_headline", own=len(own), all=len(findings))


def agreement_table(edition: Edition) -> Table | None:
    """The numbers that publications print in different ways, how these stand to each other, and which is used."""
    rows = []
    for each in agreements(edition.figures, edition.region_code, edition.reference_year):
        if each.verdict == "same":
            continue
        chosen, *others = each.figures
        beside = [f"{figure_words(edition, row)} ({publication(edition, row)})" for row in others]
        rows.append(
            [
                wording.escaped(edition.series_name(each.series)),
                f"{edition.figure_link(chosen)} ({wording.escaped(publication(edition, chosen))})",
                wording.escaped("; ".join(beside)),
                edition.words(f"ledger_agreement_{each.verdict}"),
            ]
        )
    columns = ("series", "ledger_used", "other", "ledger_verdict")
    return table_of(edition, "agreements", "table_conflicts", columns, rows)


def agreement_headline(edition: Edition) -> str:
    """How many numbers of the year several publications print, and how many of them print it alike."""
    found = agreements(edition.figures, edition.region_code, edition.reference_year)
    same = sum(each.verdict == "same" for each in found)
    return edition.words("ledger_agreements" if found else "ledger_no_agreements", number=len(found), same=same)


def claim_list(edition: Edition) -> str:
    """Each claim in words with its verdict, the reason, and what would test it."""
    language = edition.language
    return "\n".join(
        edition.words(
            "ledger_claim",
            statement=wording.escaped(each.claim.text("statement", language)),
            phrase=wording.escaped(edition.quoted(each.claim.phrase)),
            verdict=edition.words(f"consistency_claim_{each.verdict}"),
            reason=wording.escaped(each.reason(language)),
            test=wording.escaped(each.test(language)),
        )
        for each in verdicts(edition)
    )


def verdicts(edition: Edition) -> list[Verdict]:
    """The verdicts on the claims of the region and reference year."""
    return claim_verdicts(edition.figures, edition.region_code, edition.reference_year)
