"""A report as a workbook: the head and a sheet for each table.

Totals and shares are formulas beside the values that the hub computed, so a reader sees figures at once and a
spreadsheet can compute them again. Sheets print on A4, one page wide, with the table's head on each page.

Rules: words are never formulas; a share is rounded as it is printed, so what is not all never reads 100,00 %.
"""

import datetime
import io
import math
from collections.abc import Iterable
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from broker.report.document import Cell, Document, Row, Table

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_NUMBERS = {"count": "#,##0", "minutes": "0.0", "percent": "0.00%", "plain": "0", "text": "@"}
_MM = 1.9
"""Millimetres to characters of a column's width."""
_NOTE = 56
"""Characters of the column of notes."""
_LINE = 16.5
"""Points that a line of words is high: told for every row, since not every program works it out."""
_A4 = 9


def as_xlsx(document: Document, made: datetime.datetime) -> bytes:
    """The file's bytes; `made` becomes its date of creation."""
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    title = f"{document.title}. {document.period}"
    book.set_properties({"title": title, "company": document.centre, "created": made.replace(tzinfo=None)})
    formats = _Formats(book)
    for place, table in enumerate(document.tables):
        sheet = book.add_worksheet(table.name[:31])
        _set_up(sheet, document, table)
        row = _head(sheet, document, formats) if place == 0 else 0
        row = _table(sheet, table, document.note, formats, row)
        if place == 0:
            _signatures(sheet, document, formats, row + 2, len(table.columns))
    book.close()
    return content.getvalue()


class _Formats:
    """Cell formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FONT, **wanted})
        return self._made[key]


def _set_up(sheet: Worksheet, document: Document, table: Table) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L&9{document.centre}&R&9{document.period}".replace("&&", "&"))
    sheet.set_footer("&C&9&P/&N")
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width / _MM)
    if any(row.note for row in table.rows):
        sheet.set_landscape()
        sheet.set_column(len(table.columns), len(table.columns), _NOTE)


def _head(sheet: Worksheet, document: Document, formats: _Formats) -> int:
    lines: list[tuple[str, dict[str, Any]]] = [
        (document.authority, {}),
        (document.centre, {"bold": True}),
        ("", {}),
        (document.title.upper(), {"bold": True, "font_size": 16}),
        (document.period, {}),
        (document.made, {"font_color": "#3B4E66"}),
        (document.place_and_date, {"italic": True}),
    ]
    for row, (line, look) in enumerate(lines):
        sheet.write_string(row, 0, line, formats(**look))
    return len(lines) + 1


def _table(sheet: Worksheet, table: Table, note: str, formats: _Formats, row: int) -> int:
    sheet.write_string(row, 0, table.title, formats(bold=True, font_size=14))
    head = row + 1
    noted = any(each.note for each in table.rows)
    look: dict[str, Any] = {"bold": True, "bg_color": "#E3EEF7", "bottom": 1, "text_wrap": True}
    titles = [(column.title, column.right) for column in table.columns] + ([(note, False)] if noted else [])
    for place, (title, right) in enumerate(titles):
        sheet.write_string(head, place, title, formats(**look, **_side(right, place)))
    sheet.set_row(head, _height(zip([title for title, _ in titles], _room(table), strict=False)))
    sheet.repeat_rows(head)
    if row == 0:
        sheet.freeze_panes(head + 1, 0)
    first = head + 1
    for at, line in enumerate(table.rows, start=first):
        _line(sheet, table, line, formats, at, first)
    end = first + len(table.rows)
    room = _room(table)[: len(titles)]
    for at, words in enumerate(table.notes, start=end + 1):
        sheet.merge_range(at, 0, at, len(titles) - 1, "")
        sheet.write_string(at, 0, words, formats(font_color="#3B4E66", text_wrap=True))
        sheet.set_row(at, _height([(words, sum(room))]))
    return end + 1 + len(table.notes)


def _room(table: Table) -> list[float]:
    """Characters that fit each column, and the one of notes."""
    return [*(column.width / _MM for column in table.columns), _NOTE]


def _height(cells: Iterable[tuple[str, float]]) -> float:
    """How high a row is, in points, whose cells have this text and room: a word may have to go to the next line."""
    return max(_LINE * max(1, math.ceil(1.05 * len(text) / room)) for text, room in cells)


def _side(right: bool, place: int) -> dict[str, Any]:
    """Figures to the right; words to the left, a little away from figures before them."""
    return {"align": "right"} if right else {"align": "left", "indent": min(place, 1)}


def _line(sheet: Worksheet, table: Table, line: Row, formats: _Formats, at: int, first: int) -> None:
    look: dict[str, Any] = {"bottom": 4, "bottom_color": "#D5DDE6"}
    if line.strong:
        look |= {"bold": True, "top": 1}
    for place, (cell, column) in enumerate(zip(line.cells, table.columns, strict=True)):
        side = _side(column.right, place)
        own = formats(**look, **side, num_format=_NUMBERS[cell.form], text_wrap=True)
        _cell(sheet, cell, own, at, place, first)
    texts = [cell.text if cell.value is None else "" for cell in line.cells]
    sheet.set_row(at, _height(zip([*texts, line.note], _room(table), strict=True)))
    if line.note:
        sheet.write_string(
            at, len(table.columns), line.note, formats(**look, indent=1, text_wrap=True, font_color="#3B4E66")
        )


def _cell(sheet: Worksheet, cell: Cell, look: Any, at: int, place: int, first: int) -> None:
    if cell.value is None:
        sheet.write_string(at, place, cell.text, look)
    elif cell.sums and at > first:
        above = f"{xl_rowcol_to_cell(first, place)}:{xl_rowcol_to_cell(at - 1, place)}"
        sheet.write_formula(at, place, f"=SUM({above})", look, cell.value)
    elif cell.share:
        part, whole = (xl_rowcol_to_cell(at, column) for column in cell.share)
        sheet.write_formula(at, place, _SHARE.format(part=part, whole=whole), look, rounded(cell.value))
    else:
        sheet.write_number(at, place, cell.value, look)


_SHARE = "=IF(OR({part}=0,{part}={whole}),{part}/{whole},MIN(MAX(ROUND({part}/{whole},4),0.0001),0.9999))"


def rounded(share: float) -> float:
    """A share as it is printed, to the hundredth of a percent: what is not all never reads 100, not none never 0."""
    return share if share in (0, 1) else min(max(round(share, 4), 0.0001), 0.9999)


def _signatures(sheet: Worksheet, document: Document, formats: _Formats, row: int, columns: int) -> None:
    places = (0, columns - 2)
    for place, signature in zip(places, document.signatures, strict=True):
        sheet.write_string(row, place, signature.office.upper(), formats(bold=True))
        sheet.write_string(row + 1, place, signature.hint, formats(italic=True))
