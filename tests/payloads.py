"""The places of a notebook where a text from outside can end up, each with a payload that would open a dialog.

Most outputs are those that IPython makes of the object; what needs a library that is not ours is written as that
library writes it.
"""

import pandas
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import HTML, SVG, Javascript, Markdown, Math
from ipywidgets import HTML as Widget
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from analysis.layout import CHART_MIME, HEADLINES_MIME, SVG_MIME, TABLE_MIME

ELSEWHERE = "http://outside.example/"
WORD = "PLANTED"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="50pt" viewBox="0 0 200 50"><rect width="90" '
    'height="20"/><text x="5" y="40">{}</text></svg>'
)


def payload(place: str) -> str:
    """A text that opens a dialog and asks another host for a picture where it is taken for markup."""
    return (
        f"{WORD}<script>alert('{place}')</script><img src={ELSEWHERE}{place} onerror=alert('{place}')>"
        f"<svg onload=alert('{place}')></svg><iframe src=javascript:alert('{place}')></iframe>"
        f"<details open ontoggle=alert('{place}')><style>@import '{ELSEWHERE}{place}'</style>"
    )


def shown() -> dict[str, list]:
    """Cells whose payload a page shows as the text that it is, by the name of the place."""
    frame = pandas.DataFrame({"name": [payload("frame")], payload("column"): [1]})
    pandas.set_option("display.max_colwidth", None)
    p = payload
    return {
        "frame": [_made(frame)],
        "series": [_made(pandas.Series([p("series")], name=p("series name"), index=[p("index")]))],
        "to_html": [_made(frame.to_html(escape=False))],
        "printed": [_streamed(p("printed"))],
        "coloured": [_streamed(f"\x1b[31m{p('coloured')}\x1b[0m \x1b]8;;javascript:alert(1)\x07link\x1b]8;;\x07")],
        "markdown": [_made(Markdown(f"A value of **{p('markdown')}** and `{p('code')}`."))],
        "markdown table": [_made(Markdown(f"| a | b |\n|---|---|\n| {p('markdown table')} | 1 |"))],
        "tabulate": [_bundle({"text/html": "<table>&lt;script&gt;</table>", "text/plain": p("tabulate")})],
        "tabulate unsafe": [
            _bundle({"text/html": f"<table><td>{p('unsafe')}</table>", "text/plain": p("tabulate unsafe")})
        ],
        "latex": [
            _bundle({"text/latex": f"$\\href{{javascript:alert(1)}}{{{p('latex')}}}$", "text/plain": p("latex")})
        ],
        "cell": [new_markdown_cell(f"Prose {p('cell')}.\n\n{p('block')}\n\n    {p('indented')}\n\n> {p('quote')}")],
        "heading": [new_markdown_cell(f"## {p('heading')}")],
        "link": [
            new_markdown_cell(
                f"[{WORD}](javascript:alert('link')) [{WORD}](JaVaScRiPt&colon;alert('entity')) "
                f"[{WORD}](data:text/html,{'<script>alert(1)</script>'}) <javascript:alert('auto')> "
                f"[{WORD}](vbscript:alert(1)) [{WORD}](file:///etc/passwd) "
                f"[{WORD}](https://example.org/?q=\"onmouseover=alert('attribute')) "
                f'[{WORD}](https://example.org "{p("title")}")'
            )
        ],
        "table": [_bundle({TABLE_MIME: _table("planted"), "text/html": p("beside"), "text/plain": "x"})],
        "chart": [
            _bundle(
                {
                    CHART_MIME: {
                        "id": "planted-chart",
                        "title": p("title of a chart"),
                        "subtitle": p("subtitle"),
                        "source": p("source"),
                        "description": f'" onload=alert(1) {p("description")}',
                        "table": _table("planted-data"),
                    },
                    SVG_MIME: PICTURE.format(p("letters").replace("<", "&lt;")),
                    "text/plain": "x",
                }
            )
        ],
        "headlines": [
            _bundle(
                {
                    HEADLINES_MIME: {
                        "id": "planted-headlines",
                        "label": p("label"),
                        "note": p("note"),
                        "tiles": [{part: p(part) for part in ("name", "value", "unit", "interval", "change")}],
                    },
                    "text/markdown": "not this",
                    "text/plain": "x",
                }
            )
        ],
    }


def refused() -> dict[str, tuple[list, str]]:
    """Cells that no report is made of, by the name of the place, each with what the message says."""
    frame = pandas.DataFrame({"name": [payload("frame")]})
    p = payload
    javascript = _made(Javascript(f"alert('{WORD}')"))
    chart = {"id": "c", "title": "t", "subtitle": "", "source": "", "description": "d", "table": _table("t")}
    drawn = {CHART_MIME: chart, SVG_MIME: PICTURE.format("</text><script>alert(1)</script><text>")}
    return {
        "HTML": ([_made(HTML(p("HTML")))], "text/html alone"),
        "Styler": ([_made(frame.style)], "text/html alone"),
        "Styler escaped": ([_made(frame.style.format(escape="html"))], "text/html alone"),
        "Javascript": ([javascript], "application/javascript"),
        "Math": ([_made(Math(p("Math")))], "text/latex alone"),
        "SVG": ([_made(SVG(PICTURE.format("<a href='javascript:alert(1)'>x</a>")))], "without a description"),
        "widget": ([_made(Widget(p("widget")))], "application/vnd.jupyter.widget-view"),
        "plotly": ([_bundle({"application/vnd.plotly.v1+json": {"data": [p("plotly")]}})], "plotly"),
        "mermaid": ([_bundle({"text/vnd.mermaid": f"graph TD; A[{p('mermaid')}]", "text/plain": "x"})], "mermaid"),
        "error": ([_failed(p("error"))], "ended in an error"),
        "raw": ([new_raw_cell(p("raw"), metadata={"raw_mimetype": "text/html"})], "raw cell"),
        "alternative text": ([new_markdown_cell(f"![{p('alt')}](data:image/svg+xml,x)")], "the picture 'data:"),
        "picture elsewhere": ([new_markdown_cell(f"![x]({ELSEWHERE}picture)")], "the picture 'http"),
        "picture of the disk": ([new_markdown_cell("![x](file:///etc/passwd)")], "the picture 'file:"),
        "picture above": ([_bundle({"text/markdown": "![x](../../secret.png)", "text/plain": "x"})], "the picture"),
        "attachment": ([_attached(p("attachment"))], "the picture 'attachment:x.svg'"),
        "attachment missing": ([new_markdown_cell("![x](attachment:x.png)")], "the picture 'attachment:x.png'"),
        "script in a chart": ([_bundle(drawn)], "holds a script"),
        "unknown": ([_bundle({"text/x-unheard-of": p("unknown"), "text/plain": "x"})], "text/x-unheard-of"),
    }


def _table(name: str) -> dict:
    return {
        "id": name,
        "caption": payload("caption"),
        "columns": [{"name": payload("head"), "align": "left"}, {"name": "Value", "align": "right"}],
        "rows": [[payload("row"), "1"], [f"[{payload('linked')}](javascript:alert('linked'))", "2"]],
        "note": payload("note"),
    }


def _made(thing: object):
    """A cell with what IPython makes of an object."""
    data, _ = InteractiveShell.instance().display_formatter.format(thing)
    return _bundle(data)


def _bundle(data: dict):
    return new_code_cell("1", outputs=[new_output("display_data", data=data)])


def _streamed(text: str):
    return new_code_cell("1", outputs=[new_output("stream", text=text)])


def _failed(text: str):
    return new_code_cell("1", outputs=[new_output("error", ename="ValueError", evalue=text, traceback=[text])])


def _attached(text: str):
    return new_markdown_cell("![x](attachment:x.svg)", attachments={"x.svg": {"image/svg+xml": text}})
