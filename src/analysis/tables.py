"""Tables for eyes: the only home of pandas styling.

A table is a DataFrame of inline Markdown cells with a caption.
Jupyter shows it as HTML, a terminal and nbval as text.
The report's templates make their own HTML and PDF from its JSON.
"""

import re
from dataclasses import dataclass
from functools import cache

import mistune
import pandas as pd

from analysis.quotations import unmarked

TABLE_MIME = "application/vnd.ipreport.table+json"

_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Table:
    """A table as shown: ``frame`` has a column per heading and inline Markdown cells; the first column heads the rows.

    ``numeric`` names the columns that are aligned right. ``note`` is one line of inline Markdown under the table.
    """

    id: str
    caption: str
    frame: pd.DataFrame
    numeric: tuple[str, ...] = ()
    note: str = ""

    def as_json(self) -> dict:
        """What the templates and the tests read: id, caption, columns (name, align), rows, note."""
        columns = [{"name": name, "align": "right" if name in self.numeric else "left"} for name in self.frame.columns]
        return {
            "id": self.id,
            "caption": self.caption,
            "columns": columns,
            "rows": self.frame.astype(str).to_numpy().tolist(),
            "note": self.note,
        }

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/plain": self._text(), "text/html": self._html(), TABLE_MIME: self.as_json()}

    def _text(self) -> str:
        plain = self.frame.map(plain_text)
        lines = [plain_text(self.caption), plain.to_string(index=False), plain_text(self.note)]
        return "\n".join(line for line in lines if line)

    def _html(self) -> str:
        """For notebooks on a screen. The id is fixed, because a random one would differ at each run."""
        head, *_ = self.frame.columns
        styler = self.frame.map(inline_html).set_index(head).style
        styler = styler.set_uuid(self.id).set_caption(inline_html(self.caption))
        styler.cell_ids = False
        right = {"selector": "td", "props": "text-align: right"}
        left = {"selector": "td, th", "props": "text-align: left"}
        styles = {name: [right if name in self.numeric else left] for name in self.frame.columns[1:]}
        return styler.set_table_styles(styles, overwrite=False).to_html()


def plain_text(markdown: str) -> str:
    """Inline Markdown without its links, escapes and marks of quotations, for a terminal."""
    return _ESCAPE.sub(r"\1", _LINK.sub(r"\1", unmarked(markdown)).replace("**", ""))


def inline_html(markdown: str) -> str:
    """Inline Markdown as HTML; HTML in the text is shown, never obeyed."""
    return _markdown()(markdown).strip().removeprefix("<p>").removesuffix("</p>")


@cache
def _markdown() -> mistune.Markdown:
    return mistune.create_markdown(escape=True)
