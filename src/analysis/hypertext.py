"""Markdown as HTML: the sister of `markup.TypstWriter`, over the same tree."""

import json
import re

from markupsafe import Markup, escape

from analysis.labels import labels_of
from analysis.markup import Column, Token, Writer, table_parts
from analysis.quotations import simplified_runs

# What could end a script, begin another or break its line; and half surrogates, which no page may hold.
_NOT_IN_A_SCRIPT = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def data_block(data: dict) -> Markup:
    """JSON for a `<script>` that holds data and is not run: no text in it can end the script."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(_NOT_IN_A_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


class HtmlWriter(Writer):
    """Writes a tree as HTML. All text is escaped, so that raw HTML shows as what was typed."""

    def literal(self, text: str) -> str:
        return escape(text)

    def together(self, text: str) -> str:
        return f'<span class="range">{escape(text)}</span>'

    def chinese(self, markup: str) -> str:
        return f'<span lang="zh-Hans">{markup}</span>'

    def whole(self, text: str) -> tuple[Markup, Markup]:
        """What an element around `text` says of its language, and the text: for one that holds nothing else."""
        runs = list(simplified_runs(text, self.language))
        if len(runs) != 1 or not runs[0][0]:
            return Markup(), Markup(self.text(text))
        return Markup(' lang="zh-Hans"'), Markup(self.literal(runs[0][1]))

    def on_emphasis(self, token: Token) -> str:
        return f"<em>{self.children(token)}</em>"

    def on_strong(self, token: Token) -> str:
        return f"<strong>{self.children(token)}</strong>"

    def on_codespan(self, token: Token) -> str:
        return f"<code>{escape(token['raw'])}</code>"

    def on_link(self, token: Token) -> str:
        return f'<a href="{escape(token["attrs"]["url"])}">{self.children(token)}</a>'

    def on_linebreak(self, token: Token) -> str:
        return "<br>"

    def on_paragraph(self, token: Token) -> str:
        return f"<p>{self.children(token)}</p>\n"

    def on_block_html(self, token: Token) -> str:
        return f"<p>{escape(token['raw'].strip())}</p>\n"

    def on_block_quote(self, token: Token) -> str:
        return f"<blockquote>{self.children(token)}</blockquote>\n"

    def on_block_code(self, token: Token) -> str:
        return f'<pre tabindex="0"><code>{escape(token["raw"].rstrip())}</code></pre>\n'

    def on_thematic_break(self, token: Token) -> str:
        return "<hr>\n"

    def on_list(self, token: Token) -> str:
        items = "".join(f"<li>{self.children(item)}</li>\n" for item in token["children"])
        start = token["attrs"].get("start", 1)
        if not token["attrs"]["ordered"]:
            return f"<ul>\n{items}</ul>\n"
        return f'<ol start="{start}">\n{items}</ol>\n' if start != 1 else f"<ol>\n{items}</ol>\n"

    def on_table(self, token: Token) -> str:
        name = escape(labels_of(self.language, {})["table"])
        columns, rows = table_parts(token)
        table = f"<table{self.alignment(columns)}>{self.table(columns, rows)}</table>"
        return f'<div class="table scroll" role="group" tabindex="0" aria-label="{name}">{table}</div>\n'

    def alignment(self, columns: list[Column]) -> Markup:
        """The classes of a table that say which columns are aligned right."""
        names = [f"r{number}" for number, (_, align) in enumerate(columns, 1) if align == "right"]
        return Markup(f' class="{" ".join(names)}"' if names else "")

    def table(self, columns: list[Column], rows: list[list[list[Token]]]) -> Markup:
        """The head and body of a table; the first cell of a row is its header."""
        head = "".join(f'<th scope="col">{self.write(name)}</th>' for name, _ in columns)
        lines = []
        for row in rows:
            first, *others = (self.write(cell) for cell in row)
            cells = "".join(f"<td>{cell}</td>" for cell in others)
            lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>\n')
        return Markup(f"<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(lines)}</tbody>")
