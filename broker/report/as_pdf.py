"""A report as a paper to sign: A4, the official head, tables whose heads repeat, the signatures kept together.

Rules: a row is never cut by the end of a page; a table's title never stands alone at the foot of one.
"""

import datetime
from collections.abc import Sequence

from fpdf.enums import Align

from broker.report.document import Document, Row, Table
from broker.report.paper import INK, LEADING, LEFT, LINE, QUIET, TINT, WIDTH, Paper

SIZE, SMALL, HEAD = 9.0, 7.5, 8.0
PAD = 1.1
SIGNING = 46.0
"""Millimetres that the signatures need, kept together."""


def as_pdf(document: Document, made: datetime.datetime) -> bytes:
    """The file's bytes; `made` becomes its date of creation."""
    paper = Paper((document.centre, document.period), document.made, document.page, made)
    paper.set_title(f"{document.title}. {document.period}")
    paper.set_author(document.centre)
    paper.set_lang({"vi": "vi-VN", "en": "en-GB", "km": "km-KH"}[document.language])
    _head(paper, document)
    for table in document.tables:
        _table(paper, table)
    _sign(paper, document)
    return bytes(paper.output())


def _head(paper: Paper, document: Document) -> None:
    half = WIDTH / 2
    top = paper.y
    left = _block(paper, ((document.authority, 9.5, False), (document.centre, 9.5, True)), LEFT, top, half - 6)
    right = _block(paper, [(line, 9.5, True) for line in document.motto], LEFT + half, top, half)
    for bottom, x in ((left, LEFT + (half - 6) / 2), (right, LEFT + half * 1.5)):
        if bottom > top:
            paper.set_draw_color(*INK)
            paper.line(x - 14, bottom + 1, x + 14, bottom + 1)
    paper.set_draw_color(*LINE)
    y = max(left, right) + 3
    paper.line_of_words(document.number, LEFT, y, size=9.5, width=half - 6, align=Align.C)
    y += 13
    y = _block(paper, ((document.title.upper(), 15, True), (document.period, 11, False)), LEFT, y, WIDTH)
    paper.set_y(y + 6)


def _block(paper: Paper, lines: Sequence[tuple[str, float, bool]], x: float, y: float, width: float) -> float:
    """Centred lines; gives where they end."""
    for words, size, bold in lines:
        for line in paper.broken(words, width, size, bold):
            if line:
                paper.line_of_words(line, x, y, size=size, bold=bold, width=width, align=Align.C)
                y += size * LEADING
    return y


def _table(paper: Paper, table: Table) -> None:
    columns = _widths(table)
    first = _height(paper, table, columns, table.rows[0]) if table.rows else 0.0
    if not paper.room(8 + _head_height(paper, table, columns) + first):
        paper.add_page()
    paper.line_of_words(table.title, LEFT, paper.y, size=12, bold=True)
    paper.set_y(paper.y + 7.5)
    _columns(paper, table, columns)
    for row in table.rows:
        if not paper.room(_height(paper, table, columns, row)):
            paper.add_page()
            _columns(paper, table, columns)
        _row(paper, table, columns, row)
    for note in table.notes:
        lines = paper.broken(note, WIDTH, SMALL)
        if not paper.room(len(lines) * SMALL * LEADING + 2):
            paper.add_page()
        paper.set_y(paper.y + 1.5)
        _lines(paper, lines, LEFT, SMALL)
    paper.set_y(paper.y + 6)


def _widths(table: Table) -> list[float]:
    """The columns' widths, made to fill the paper's."""
    wanted = [column.width for column in table.columns]
    return [width * WIDTH / sum(wanted) for width in wanted]


def _head_height(paper: Paper, table: Table, widths: list[float]) -> float:
    lines = [
        len(paper.broken(column.title, width - 2 * PAD, HEAD, bold=True))
        for column, width in zip(table.columns, widths, strict=True)
    ]
    return max(lines) * HEAD * LEADING + 2 * PAD


def _columns(paper: Paper, table: Table, widths: list[float]) -> None:
    height, top, x = _head_height(paper, table, widths), paper.y, LEFT
    paper.set_fill_color(*TINT)
    paper.rect(LEFT, top, WIDTH, height, style="F")
    for column, width in zip(table.columns, widths, strict=True):
        y = top + PAD
        for line in paper.broken(column.title, width - 2 * PAD, HEAD, bold=True):
            align = Align.R if column.right else Align.L
            paper.line_of_words(line, x + PAD, y, size=HEAD, bold=True, width=width - 2 * PAD, align=align)
            y += HEAD * LEADING
        x += width
    paper.set_y(top + height)


def _height(paper: Paper, table: Table, widths: list[float], row: Row) -> float:
    lines = max(len(cell) for cell in _broken(paper, widths, row))
    return lines * SIZE * LEADING + len(_note(paper, table, widths, row)) * SMALL * LEADING + 2 * PAD


def _broken(paper: Paper, widths: list[float], row: Row) -> list[list[str]]:
    return [
        [cell.text] if cell.value is not None else paper.broken(cell.text, width - 2 * PAD, SIZE, row.strong)
        for cell, width in zip(row.cells, widths, strict=True)
    ]


def _note(paper: Paper, table: Table, widths: list[float], row: Row) -> list[str]:
    return paper.broken(row.note, WIDTH - sum(widths[: table.words]) - 2 * PAD, SMALL) if row.note else []


def _row(paper: Paper, table: Table, widths: list[float], row: Row) -> None:
    top, x, lowest = paper.y, LEFT, paper.y
    for column, width, lines in zip(table.columns, widths, _broken(paper, widths, row), strict=True):
        y = top + PAD
        for line in lines:
            align = Align.R if column.right else Align.L
            paper.line_of_words(line, x + PAD, y, size=SIZE, bold=row.strong, width=width - 2 * PAD, align=align)
            y += SIZE * LEADING
        lowest, x = max(lowest, y), x + width
    paper.set_y(lowest)
    _lines(paper, _note(paper, table, widths, row), LEFT + sum(widths[: table.words]) + PAD, SMALL)
    bottom = paper.y + PAD
    paper.line(LEFT, bottom, LEFT + WIDTH, bottom)
    paper.set_y(bottom)


def _lines(paper: Paper, lines: list[str], x: float, size: float) -> None:
    y = paper.y
    for line in lines:
        paper.line_of_words(line, x, y, size=size, colour=QUIET)
        y += size * LEADING
    paper.set_y(y)


def _sign(paper: Paper, document: Document) -> None:
    if not paper.room(SIGNING):
        paper.add_page()
    half, top = WIDTH / 2, paper.y + 2
    paper.line_of_words(document.place_and_date, LEFT + half, top, size=10, width=half, align=Align.C)
    for place, signature in enumerate(document.signatures):
        lines = ((signature.office.upper(), 10.5, True), (signature.hint, 9, False))
        _block(paper, lines, LEFT + place * half, top + 7, half)
    paper.set_y(top + SIGNING - 2)
