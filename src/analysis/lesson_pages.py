"""A lesson as pages: the handout (HTML, PDF), the same with the key, and slides without any script."""

from collections.abc import Sequence

import nbformat
from markupsafe import Markup, escape
from nbformat import NotebookNode

from analysis import paths
from analysis.book import book
from analysis.charts import Chart
from analysis.codebook import CODES
from analysis.hypertext import HtmlWriter
from analysis.lesson_findings import found_by_checks
from analysis.lesson_notebooks import solution_text
from analysis.lesson_pieces import say
from analysis.lesson_texts import asked, heading, pieces, question
from analysis.markup import Token, tree
from analysis.memo_texts import memo_task
from analysis.pictures import inline_svg
from analysis.sanitising import sanitised
from analysis.teaching import Class

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

LAST_NARROW = 0x2E7F
"""Signs behind it, such as Chinese ones, are twice as wide."""
LINE, MOST_ON_A_SLIDE = 20, 430
"""In narrow signs: what a new line costs, and what a slide holds."""


class _SlideWriter(HtmlWriter):
    """Writes headings too, which on a page of the report are laid out before."""

    def on_heading(self, token: Token) -> str:
        level = token["attrs"]["level"]
        return f"<h{level}>{self.children(token)}</h{level}>\n"


def handout(held: Class, with_key: bool = False) -> NotebookNode:
    """The lesson as a notebook of prose for `render.html` and `render.pdf`; ``with_key`` for whoever teaches."""
    texts: list[str | NotebookNode] = []
    for piece in pieces(held)[1:]:
        if piece.kind == "picture":
            texts.append(_shown(held.pictures[piece.name]))
        elif piece.kind == "notes" and with_key:
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
    cells = [
        nbformat.v4.new_markdown_cell(text) if isinstance(text, str) else text
        for text in [f"# {title}\n\n{about}", *texts]
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    place = f"{held.place.name(language)}, {held.parameters.reference_year}"
    return book([notebook], title=title, subtitle=place, language=language, cards=[], labels={}, sheet=True)


def _shown(chart: Chart) -> NotebookNode:
    """A cell that shows a chart."""
    output = nbformat.v4.new_output("execute_result", data=chart._repr_mimebundle_(), execution_count=None)
    return nbformat.v4.new_code_cell(outputs=[output])


def slides(held: Class) -> str:
    """The slides as one page of HTML without any script: scrolled through on a screen, one to a sheet in print."""
    language, contract = held.parameters.language, held.lesson.contract
    texts: list[str | Chart] = [pieces(held)[0].text.partition("\n\n**")[0]]
    goals = "\n".join(f"- {each.text(language)}" for each in contract.objectives)
    texts.append(f"## {say(held, 'objectives')}\n\n{goals}")
    for piece in pieces(held):
        if piece.kind in ("slide", "picture"):
            texts.append(piece.text if piece.kind == "slide" else held.pictures[piece.name])
    for each in held.exercises:
        texts.append(f"## {heading(held, each)}\n\n{question(held, each, brief=True)}\n\n{asked(held, each)}")
    for number, each in enumerate(contract.discussions, 1):
        texts.append(f"## {say(held, 'discussion')} {number}\n\n{each.question.text(language)}")
    if contract.memo:
        texts.append(memo_task(held, contract.memo))
    points = "\n".join(f"- {each.text(language)}" for each in contract.key_points)
    texts.append(f"## {say(held, 'key_points')}\n\n{points}")
    return page(contract.title.text(language), texts, language, "slides.css")


def _long(text: str) -> str:
    """The class of a section that would not fit on a slide in letters of the common size."""
    room = sum(2 if ord(sign) > LAST_NARROW else 1 for sign in text) + LINE * text.count("\n")
    return ' class="long"' if room > MOST_ON_A_SLIDE else ""


def _drawn(chart: Chart) -> Markup:
    picture = inline_svg(chart.svg, chart.id, chart.id, chart.description)
    return Markup(f"<h2>{escape(chart.title)}</h2>\n{picture}\n")


def page(title: str, texts: Sequence[str | Chart], language: str, style: str) -> str:
    """Texts in Markdown, and charts, as a page of sections, which asks for no other file."""
    writer = _SlideWriter(language)
    sections = Markup("\n").join(
        Markup(f"<section>\n{_drawn(text)}</section>" if isinstance(text, Chart) else
               f"<section{_long(text)}>\n{writer.write(tree(text))}</section>")
        for text in texts
    )  # fmt: skip
    css = (paths.TEMPLATES / "teaching" / style).read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{CODES.get(language, language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>\n{css}</style>\n</head>\n<body>\n<main>\n{sanitised(sections)}\n</main>\n</body>\n</html>\n"
    )
