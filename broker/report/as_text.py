"""A report as text for a terminal: its tables, columns aligned.

Rules: pure; notes stand under their table.
"""

from collections.abc import Collection, Sequence

from broker.report.document import Document, Row, Table


def as_text(document: Document) -> str:
    """The whole report."""
    head = [document.authority, document.centre, "", document.title.upper(), document.period, document.made]
    return "\n".join([*filter(None, head), *(_table(table) for table in document.tables)]) + "\n"


def aligned(lines: Sequence[Sequence[str]], right: Collection[int]) -> list[str]:
    """Headings and rows with their columns under each other, those of `right` against their right edge."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = [_line(line, widths, right) for line in lines]
    return [text[0], "  ".join("─" * width for width in widths), *text[1:]]


def _table(table: Table) -> str:
    lines = [[column.title for column in table.columns], *([cell.text for cell in row.cells] for row in table.rows)]
    right = [place for place, column in enumerate(table.columns) if column.right]
    notes = [f"{_name(row)}: {row.note}" for row in table.rows if row.note]
    return "\n".join(["", table.title, *aligned(lines, right), *notes, *table.notes])


def _name(row: Row) -> str:
    return row.cells[0].text


def _line(cells: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    padded = (
        cell.rjust(width) if place in right else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(padded).rstrip()
