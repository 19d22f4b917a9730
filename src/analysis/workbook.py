"""Tables as an XLSX workbook for people: the only home of openpyxl.

Against formulas from the data: every text is written with the type "string", so that ``=1+1`` is four characters, also
where openpyxl by itself would make it a formula or an error value. Such a text is marked as quoted besides, because a
spreadsheet would turn an unmarked one into a formula as soon as somebody edits the cell and presses Enter. No
apostrophe is put in front, as in CSV: a workbook has types, and the reader sees the text as it is.

Characters that XML forbids or that nobody can see are shown by their number (``cells.visible``). Only addresses of the
web become links. Same sheets, same bytes: no time stands in the file but the one given, and its parts are in order.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from analysis.cells import visible, would_compute

LONGEST_ADDRESS = 2_000
_TOP = Alignment(vertical="top", wrap_text=True)
_FLAT = Alignment(vertical="top")
_LINE = Border(bottom=Side(style="thin", color="8A9BA8"))
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a plain decimal text, shown with thousands separators and so many decimals."""

    text: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """An address; it becomes a link if it is one of the web, else it stays text."""

    address: str


Content = str | int | date | Number | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head and its width in characters."""

    head: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one table. ``name`` is the table's, of ASCII letters; ``title`` the tab's.

    ``above`` are rows before the table: the first is the title of the whole, the others begin with a label.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Content]]
    above: Sequence[Sequence[Content]] = ()


def workbook(sheets: Iterable[Sheet], *, title: str, creator: str, language: str, dated: date) -> bytes:
    """The sheets as the bytes of an XLSX file; ``dated`` is the only time in it."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _add(book, sheet)
    about = book.properties
    about.title, about.creator, about.language = visible(title), visible(creator), language
    about.created = about.modified = datetime.combine(dated, time())
    unsettled = io.BytesIO()
    # Not book.save, which would write the time of day.
    ExcelWriter(book, ZipFile(unsettled, "w", ZIP_DEFLATED)).save()
    return _settled(unsettled)


def _settled(unsettled: io.BytesIO) -> bytes:
    """The same ZIP file with its parts in order, and without the times at which they were written."""
    settled = io.BytesIO()
    with ZipFile(unsettled) as parts, ZipFile(settled, "w") as file:
        for name in sorted(parts.namelist()):
            # Without a time, a part has the first that such a file can hold.
            part = ZipInfo(name)
            part.compress_type, part.create_system = ZIP_DEFLATED, 0
            file.writestr(part, parts.read(name))
    return settled.getvalue()


def _add(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(visible(sheet.title))
    for row, contents in enumerate(sheet.above, 1):
        for column, content in enumerate(contents, 1):
            # A label may run on over the empty cell beside it.
            cell = _put(page, row, column, content, _FLAT if column == 1 else _TOP)
            if row == 1 or column < len(contents):
                cell.font = Font(bold=True, size=16 if row == 1 else 11)
    head = len(sheet.above) + 1 + bool(sheet.above)
    for column, each in enumerate(sheet.columns, 1):
        cell = _put(page, head, column, each.head, _TOP)
        cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", fgColor="E3EAF0"), _LINE
        page.column_dimensions[get_column_letter(column)].width = each.width
    for row, contents in enumerate(sheet.rows, head + 1):
        for column, content in enumerate(contents, 1):
            _put(page, row, column, content, _TOP)
    _lay_out(page, sheet, head)


def _lay_out(page: Worksheet, sheet: Sheet, head: int) -> None:
    """What a reader needs besides the cells: a table that filters, a head that stays, a page that fits the paper."""
    if sheet.rows:
        last = f"{get_column_letter(len(sheet.columns))}{head + len(sheet.rows)}"
        table = Table(displayName=sheet.name, name=sheet.name, ref=f"A{head}:{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        page.add_table(table)
    if not sheet.above:
        page.freeze_panes = "B2"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight = True, 0


def _put(page: Worksheet, row: int, column: int, content: Content, alignment: Alignment) -> Cell:
    cell = page.cell(row, column)
    cell.alignment = alignment
    if isinstance(content, Number):
        cell.value = float(content.text) if "." in content.text else int(content.text)
        cell.number_format = "#,##0" + ("." + "0" * content.decimals if content.decimals else "")
    elif isinstance(content, Link):
        _write(cell, content.address)
        if address := _web(content.address):
            cell.hyperlink, cell.font = address, Font(color="0B5394", underline="single")
    elif isinstance(content, str):
        _write(cell, content)
    else:
        cell.value = content
        if isinstance(content, date):
            cell.number_format = "yyyy-mm-dd"
    return cell


def _write(cell: Cell, text: str) -> None:
    """Put a text into a cell as what it is."""
    if not (shown := visible(text)):
        return
    # A spreadsheet reads _x003D_ as "="; with the underscore written in that way itself, it shows what stands there.
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", shown)
    cell.data_type = "s"
    cell.quotePrefix = would_compute(shown)


def _web(address: str) -> str:
    """An address of the web with everything encoded that a link may not hold; else nothing."""
    if not address.startswith(("http://", "https://")) or len(address) > LONGEST_ADDRESS:
        return ""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]")
