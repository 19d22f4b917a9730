"""What the report's own checks find for the place and year of a class; for whoever teaches."""

from analysis.consistency import findings_for
from analysis.figures import load_figures
from analysis.lesson_pieces import say
from analysis.teaching import Class
from analysis.wording import escaped


def found_by_checks(held: Class) -> str:
    """Every contradiction that the report finds in the published figures, with what may explain it, as Markdown.

    Empty for a lesson that does not ask for it.
    """
    if not held.lesson.contract.checks:
        return ""
    about, language = held.parameters, held.parameters.language
    found = findings_for(load_figures(), about.region, about.reference_year)
    lines = [
        say(held, "checks_finding", statement=escaped(each.statement(language)),
            explanations=escaped(" ".join(each.explanations(language))))
        for each in found
    ]  # fmt: skip
    title = say(held, "checks", place=held.place.name(language), year=about.reference_year)
    return f"## {title}\n\n" + ("\n".join(lines) or say(held, "checks_none"))
