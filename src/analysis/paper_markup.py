"""The tree of a report as Typst for paper: what `markup.TypstWriter` writes, and what only the appendix has."""

from collections.abc import Iterable

from analysis.blocks import Table
from analysis.columns import shape
from analysis.markup import Token, TypstWriter, plain, typst_array, typst_string
from analysis.runs import code, strong
from analysis.sections import Field, Group, Section

KEPT = 12  # lines of a table that stay together
SMALL = (7.5,)  # points: the text of tables of cards
CLOSE = 8.0  # points between two of their columns


class PaperWriter(TypstWriter):
    """Writes a tree as Typst for `report.typ`."""

    def __init__(self, language: str, colon: str = ": ") -> None:
        super().__init__(language)
        self.colon = colon

    def on_anchor(self, token: Token) -> str:
        return f"#anchor(label({typst_string(token['attrs']['id'])}))[{self.children(token)}];"

    def on_aside(self, token: Token) -> str:
        return f"#aside[{self.children(token)}];"

    def fields(self, fields: Iterable[Field]) -> str:
        """Labels and what they say, on one line."""
        return "#aside[~· ];".join(self._field(*each) for each in fields)

    def _field(self, label: str, tokens: list[Token]) -> str:
        said = self.write(tokens)
        return f"#aside[{self.text(label + self.colon)}];{said}" if label else said

    def is_long(self, table: Table) -> bool:
        """Whether a table is too long to be kept on one page."""
        heads = [plain(name) for name, _ in table.columns]
        rows = [[plain(cell) for cell in row] for row in table.rows]
        return shape([heads, *rows], [align for _, align in table.columns]).lines > KEPT

    def cards_table(self, section: Section) -> str:
        """A section of cards as one table, its rows under the names of their groups."""
        heads = [plain(name) for name, _ in section.columns]
        rows = [[plain(cell) for cell in row] for group in section.groups for row in group.rows]
        aligns = [align for _, align in section.columns]
        widths, size, _ = shape([heads, *rows], aligns, SMALL, CLOSE)
        parts = {
            "columns": widths,
            "align": aligns,
            "header": [f"[{self.write(name)}]" for name, _ in section.columns],
            "groups": [self._group(group) for group in section.groups],
        }
        arrays = ", ".join(f"{name}: {typst_array(items)}" for name, items in parts.items())
        return f"#grouped-table(size: {size}pt, {arrays});"

    def _group(self, group: Group) -> str:
        title = f"[{self.write([strong(group.title)])}]"
        command = f"[{self.write(code(group.command))}]"
        notes = typst_array(f"[{self.fields([note])}]" for note in group.notes)
        cells = typst_array(f"[{self.write(cell)}]" for row in group.rows for cell in row)
        return f"({title}, {command}, {notes}, {cells})"
