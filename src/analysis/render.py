"""Chapters to HTML and PDF: the only home of nbconvert.

From Python: `book`, then `html` or `pdf`. From a shell, for any notebook: `jupyter nbconvert --to ipreport_html` or
`--to ipreport_pdf`. A book is a notebook with all chapters and, in `metadata["ipreport"]`, its title, subtitle,
language, cards and labels; a notebook without them is shown with defaults.
"""

import csv
import io
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

import minify_html
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool, Unicode, default

from analysis import paths
from analysis.blocks import Chart, Layout, Preformatted
from analysis.book import book, kept, language_of
from analysis.cells import guarded
from analysis.hypertext import HtmlWriter, data_block
from analysis.layout import layout
from analysis.links import texts
from analysis.markup import plain, typst_string
from analysis.outputs import check_outputs
from analysis.paper import paper
from analysis.paper_markup import PaperWriter
from analysis.pictures import inline_svg, printed_width
from analysis.quotations import unmarked
from analysis.sanitising import sanitised
from analysis.typesetting import Manuscript

_HAN = re.compile("[\u4e00-\u9fff]")


def html(book: NotebookNode) -> str:
    """The book as one file of HTML, which asks for no other file. Raises RenderingError."""
    return _exporter(ReportHTMLExporter).from_notebook_node(book)[0]


def html_with_charts(book: NotebookNode) -> tuple[str, dict[str, str]]:
    """The book as one file of HTML, and the files of its charts that it links to. Raises RenderingError."""
    page, resources = _exporter(ReportHTMLExporter).from_notebook_node(book)
    return page, _chart_files(resources["report"])


def pdf(book: NotebookNode) -> bytes:
    """The book as PDF/UA-1, and as PDF/A-2a too if its colophon has a date.

    Raises RenderingError, for a character that the fonts lack too.
    """
    return manuscript(book).typeset()


def manuscript(book: NotebookNode) -> Manuscript:
    """All that the typesetter needs for the PDF of the book, so that it can do its work while others do theirs."""
    return _exporter(ReportPDFExporter).manuscript(book)[0]


def _chart_files(report: Layout) -> dict[str, str]:
    """The picture (SVG) and the data (CSV) of every chart, by file name."""
    files = {}
    for chart in _charts(report):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(guarded(plain(name)) for name, _ in chart.table.columns)
        writer.writerows([guarded(plain(cell)) for cell in row] for row in chart.table.rows)
        files |= {f"{chart.id}.svg": chart.svg, f"{chart.id}.csv": text.getvalue()}
    return files


@cache
def _exporter(kind: type, **set_to: object) -> "_ReportExporter":
    """One exporter of each kind, so that a batch reads the templates once."""
    return kind(**set_to)


__all__ = ["ReportHTMLExporter", "ReportPDFExporter", "book", "html", "html_with_charts", "manuscript", "pdf"]


class ReportPreprocessor(Preprocessor):
    """Leaves the cells of one language that have something for a reader, and lays them out for the templates."""

    enabled = Bool(True).tag(config=True)
    language = Unicode("", help="en or zh; by default what the notebook says or is written in").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about = nb.metadata.setdefault("ipreport", NotebookNode())
        about["language"] = self.language or about.get("language") or language_of(nb)
        nb.cells = list(kept(nb.cells, about["language"]))
        check_outputs(nb)
        resources["report"] = layout(nb, name=resources.get("metadata", {}).get("name", ""))
        return nb, resources


class PaperPreprocessor(ReportPreprocessor):
    """Lays a report out for print: its cover and its appendix too."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        nb, resources = super().preprocess(nb, resources)
        resources["paper"] = paper(resources["report"])
        return nb, resources


class _ReportExporter(TemplateExporter):
    """What both formats share: our templates only, none of the machine's."""

    laid_out_by = ReportPreprocessor

    @default("extra_template_basedirs")
    def _extra_template_basedirs(self) -> list[str]:
        return [str(paths.TEMPLATES)]

    def get_prefix_root_dirs(self) -> list[str]:
        return []

    def _init_preprocessors(self) -> None:
        super()._init_preprocessors()
        # Last, so that what nbconvert's own remove (by tags, say) is not laid out.
        self.register_preprocessor(self.laid_out_by(parent=self))


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

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw) -> tuple[str, dict]:
        """The page without the spaces and tags that HTML does not need, and nbconvert's resources."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        return minify_html.minify(page, minify_css=True, keep_comments=False), resources

    def _create_environment(self):
        environment = super()._create_environment()
        environment.autoescape = True
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.filters |= {
            "plain": plain,
            "picture": _picture,
            "fingerprint": _fingerprint,
            "is_chinese": _is_chinese,
            "unmarked": unmarked,
            "data_block": data_block,
            "sanitised": lambda page: Markup(sanitised(page)),
        }
        environment.globals["writer"] = HtmlWriter
        environment.globals["Markup"] = Markup
        return environment


def _is_chinese(text: str) -> bool:
    return bool(_HAN.search(text))


def _fingerprint(script: str) -> str:
    """What a page's policy calls a script by, so that no other may run."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()


def _picture(chart: Chart) -> Markup:
    return Markup(inline_svg(chart.svg, chart.id, f"c{chart.number}", chart.description))


class ReportPDFExporter(_ReportExporter):
    """A notebook as a tagged PDF, by way of Typst."""

    laid_out_by = PaperPreprocessor
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
        environment.globals["writer"] = PaperWriter
        return environment

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw) -> tuple[bytes, dict]:
        """The PDF as bytes, and nbconvert's resources."""
        found, resources = self.manuscript(nb, resources, **kw)
        return found.typeset(), resources

    def manuscript(self, nb: NotebookNode, resources: dict | None = None, **kw) -> tuple[Manuscript, dict]:
        """What is typeset, and nbconvert's resources."""
        source, resources = super().from_notebook_node(nb, resources, **kw)
        report = resources["report"]
        files = {f"{chart.id}.svg": chart.svg.encode() for chart in _charts(report)}
        files["report.typ"] = (paths.TEMPLATES / "ipreport_pdf" / "report.typ").read_bytes()
        return Manuscript(source, files, list(_places(report)), bool(resources["paper"].date)), resources


def _points(chart: Chart) -> float:
    return printed_width(chart.svg, chart.id)


def _charts(report: Layout) -> list[Chart]:
    return [block for chapter in report.chapters for block in chapter.blocks if isinstance(block, Chart)]


def _places(report: Layout) -> Iterator[tuple[str, str]]:
    """Every text of the report with its place in words."""
    yield "the title", f"{report.title} {report.subtitle}"
    for label, text in report.about.get("colophon", {}).get("facts", ()):
        yield "the cover", f"{label} {text}"
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
