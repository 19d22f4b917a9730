"""Chapters to HTML and PDF: the only home of nbconvert.

From Python: `book`, then `html` or `pdf`. From a shell, for any notebook: `jupyter nbconvert --to ipreport_html` or
`--to ipreport_pdf`. A book is a notebook with all chapters and, in `metadata["ipreport"]`, its title, subtitle,
language, cards and labels; a notebook without them is shown with defaults.
"""

import re
from collections.abc import Iterator
from functools import cache

import nbformat
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool, Unicode, default

from analysis import paths
from analysis.blocks import Chart, Layout, Preformatted
from analysis.hypertext import HtmlWriter
from analysis.labels import labels_of
from analysis.layout import layout
from analysis.links import texts
from analysis.markup import TypstWriter, plain, typst_string
from analysis.pictures import inline_svg, natural_width
from analysis.typesetting import pdf_of

# Cells that make the report run, and that a reader has no use for.
MACHINERY = {"parameters", "injected-parameters", "imports", "echo", "remove_cell", "remove-cell"}
LANGUAGE_TAGS = {"en": "lang-en", "zh": "lang-zh"}
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")


def book(
    chapters: list[NotebookNode],
    *,
    title: str,
    subtitle: str,
    language: str,
    cards: list[dict],
    labels: dict[str, str],
) -> NotebookNode:
    """One notebook of all `chapters` in order, in one language ("en" or "zh"), with what its pages need besides.

    The cells of the other language and those of MACHINERY are left out, and nothing is kept that differs from run to
    run. cards: see `cards`; labels: the words around the report, see `labels`. Raises RenderingError for an unknown
    language.
    """
    labels_of(language, labels)
    cells = []
    for chapter in chapters:
        for cell in _kept(chapter.cells, language):
            copy = nbformat.from_dict({**cell, "id": f"cell-{len(cells) + 1}", "metadata": {}})
            if "execution_count" in copy:
                copy.execution_count = None
            cells.append(copy)
    about = {"title": title, "subtitle": subtitle, "language": language, "cards": cards, "labels": labels}
    return nbformat.v4.new_notebook(cells=cells, metadata={"ipreport": about})


def html(book: NotebookNode) -> str:
    """The book as one file of HTML, which asks for no other file and runs no script. Raises RenderingError."""
    return _exporter(ReportHTMLExporter).from_notebook_node(book)[0]


def pdf(book: NotebookNode) -> bytes:
    """The book as PDF/UA-1. Raises RenderingError, for a character that the fonts lack too."""
    return _exporter(ReportPDFExporter).from_notebook_node(book)[0]


@cache
def _exporter(kind: type) -> "_ReportExporter":
    """One exporter of each kind, so that a batch reads the templates once."""
    return kind()


class ReportPreprocessor(Preprocessor):
    """Leaves the cells of one language that have something for a reader, and lays them out for the templates."""

    enabled = Bool(True).tag(config=True)
    language = Unicode("", help="en or zh; by default what the notebook says or is written in").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about = nb.metadata.setdefault("ipreport", NotebookNode())
        about["language"] = self.language or about.get("language") or _language_of(nb)
        nb.cells = list(_kept(nb.cells, about["language"]))
        resources["report"] = layout(nb, name=resources.get("metadata", {}).get("name", ""))
        return nb, resources


class _ReportExporter(TemplateExporter):
    """What both formats share: our templates only, none of the machine's."""

    @default("extra_template_basedirs")
    def _extra_template_basedirs(self) -> list[str]:
        return [str(paths.TEMPLATES)]

    def get_prefix_root_dirs(self) -> list[str]:
        return []

    def _init_preprocessors(self) -> None:
        super()._init_preprocessors()
        # Last, so that what nbconvert's own remove (by tags, say) is not laid out.
        self.register_preprocessor(ReportPreprocessor(parent=self))


class ReportHTMLExporter(_ReportExporter):
    """A notebook as an accessible page of HTML that stands alone."""

    export_from_notebook = "Report as HTML"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".html"

    @default("template_extension")
    def _template_extension(self) -> str:
        return ".html.j2"

    @default("template_name")
    def _template_name(self) -> str:
        return "ipreport_html"

    def _create_environment(self):
        environment = super()._create_environment()
        environment.autoescape = True
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.filters |= {"plain": plain, "picture": _picture}
        environment.globals["writer"] = HtmlWriter
        environment.globals["Markup"] = Markup
        return environment


def _picture(chart: Chart) -> Markup:
    return Markup(inline_svg(chart.svg, chart.id, chart.description))


class ReportPDFExporter(_ReportExporter):
    """A notebook as a tagged PDF, by way of Typst."""

    export_from_notebook = "Report as PDF"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".pdf"

    @default("template_extension")
    def _template_extension(self) -> str:
        return ".typ.j2"

    @default("template_name")
    def _template_name(self) -> str:
        return "ipreport_pdf"

    def _create_environment(self):
        environment = super()._create_environment()
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.filters |= {"plain": plain, "string": typst_string, "points": _points}
        environment.globals["writer"] = TypstWriter
        return environment

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw) -> tuple[bytes, dict]:
        """The PDF as bytes, and nbconvert's resources."""
        source, resources = super().from_notebook_node(nb, resources, **kw)
        report = resources["report"]
        files = {f"{chart.id}.svg": chart.svg.encode() for chart in _charts(report)}
        files["report.typ"] = (paths.TEMPLATES / "ipreport_pdf" / "report.typ").read_bytes()
        return pdf_of(source, files, list(_places(report))), resources


def _points(chart: Chart) -> float:
    return natural_width(chart.svg, chart.id)


def _charts(report: Layout) -> list[Chart]:
    return [block for chapter in report.chapters for block in chapter.blocks if isinstance(block, Chart)]


def _places(report: Layout) -> Iterator[tuple[str, str]]:
    """Every text of the report with its place in words."""
    yield "the title", f"{report.title} {report.subtitle}"
    for place, tokens, _ in texts(report):
        yield place, plain(tokens)
    for chapter in report.chapters:
        for block in chapter.blocks:
            if isinstance(block, Preformatted):
                yield "an output of a cell", block.text
    for chart in _charts(report):
        yield f"the picture of chart {chart.id}", chart.svg
    for card in report.cards:
        yield f"card {card.id}", " ".join([card.title, *(text for source in card.sources for text in source.values())])


def _kept(cells: list[NotebookNode], language: str) -> Iterator[NotebookNode]:
    """The cells without those of MACHINERY and of other languages."""
    left_out = MACHINERY | {tag for code, tag in LANGUAGE_TAGS.items() if code != language}
    return (cell for cell in cells if not left_out.intersection(cell.metadata.get("tags", ())))


def _language_of(nb: NotebookNode) -> str:
    """The language that a notebook is written in, from the cells tagged with one, or else from its letters."""
    prose = [cell for cell in nb.cells if cell.cell_type == "markdown"]
    tags = {tag for cell in prose for tag in cell.metadata.get("tags", ())} & set(LANGUAGE_TAGS.values())
    if tags:
        return "en" if LANGUAGE_TAGS["en"] in tags else "zh"
    text = "\n".join(cell.source for cell in prose)
    return "zh" if len(_HAN.findall(text)) > 2 * len(_LATIN_WORD.findall(text)) else "en"
