"""A lesson as pages: the handout (HTML, PDF), the same with the key, and slides without any script."""

import nbformat
from markupsafe import Markup, escape
from nbformat import NotebookNode

from analysis import paths
from analysis.book import book
from analysis.codebook import CODES
from analysis.hypertext import HtmlWriter
from analysis.lesson_findings import found_by_checks
from analysis.lesson_notebooks import solution_text
from analysis.lesson_texts import asked, heading, pieces, question, say
from analysis.markup import Token, tree
from analysis.sanitising import sanitised
from analysis.teaching import Class

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class _SlideWriter(HtmlWriter):
    """Writes headings too, which on a page of the report are laid out before."""

    def on_heading(self, token: Token) -> str:
        level = token["attrs"]["level"]
        return f"<h{level}>{self.children(token)}</h{level}>\n"


def handout(held: Class, with_key: bool = False) -> NotebookNode:
    """The lesson as a notebook of prose for `render.html` and `render.pdf`; ``with_key`` for whoever teaches."""
    texts = []
    for piece in pieces(held)[1:]:
        if piece.kind == "notes" and with_key:
            texts.append(piece.text)
        elif piece.kind == "solution" and with_key:
            texts.append(f"```python\n{solution_text(held, piece)}\n```")
        elif piece.kind not in ("notes", "solution", "slide"):
            texts.append(piece.text)
    if with_key and (found := found_by_checks(held)):
        texts.append(found)
    language = held.parameters.language
    title = held.lesson.contract.title.text(language)
    if with_key:
        title = say(held, "teacher_title", title=title)
    about = pieces(held)[0].text.partition("\n\n")[2].replace("## ", "### ")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(text) for text in [f"# {title}\n\n{about}", *texts]]
    )
    place = f"{held.place.name(language)}, {held.parameters.reference_year}"
    return book([notebook], title=title, subtitle=place, language=language, cards=[], labels={})


def slides(held: Class) -> str:
    """The slides as one page of HTML without any script: scrolled through on a screen, one to a sheet in print."""
    language, contract = held.parameters.language, held.lesson.contract
    texts = [pieces(held)[0].text.partition("\n\n**")[0]]
    goals = "\n".join(f"- {each.text(language)}" for each in contract.objectives)
    texts.append(f"## {say(held, 'objectives')}\n\n{goals}")
    texts += [piece.text for piece in pieces(held) if piece.kind == "slide"]
    for each in held.exercises:
        texts.append(f"## {heading(held, each)}\n\n{question(held, each, brief=True)}\n\n{asked(held, each)}")
    for number, each in enumerate(contract.discussions, 1):
        texts.append(f"## {say(held, 'discussion')} {number}\n\n{each.question.text(language)}")
    points = "\n".join(f"- {each.text(language)}" for each in contract.key_points)
    texts.append(f"## {say(held, 'key_points')}\n\n{points}")
    return page(contract.title.text(language), texts, language, "slides.css")


def page(title: str, texts: list[str], language: str, style: str) -> str:
    """Texts in Markdown as a page of sections, which asks for no other file."""
    writer = _SlideWriter(language)
    sections = Markup("\n").join(Markup(f"<section>\n{writer.write(tree(text))}</section>") for text in texts)
    css = (paths.TEMPLATES / "teaching" / style).read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{CODES.get(language, language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>\n{css}</style>\n</head>\n<body>\n<main>\n{sanitised(sections)}\n</main>\n</body>\n</html>\n"
    )
