"""A report as text for a terminal: its tables, columns aligned.

Rules: pure; notes stand under their table.
"""

from collections.abc import Sequence

from broker.report.document import Document, Row, Table


def as_text(document: Document) -> str:
    """The whole report."""
    head = [document.authority, document.centre, "", document.title.upper(), document.period, document.made]
    return "\n".join([*filter(None, head), *(_table(table) for table in document.tables)]) + "\n"


def _table(table: Table) -> str:
    lines = [[column.title for column in table.columns], *([cell.text for cell in row.cells] for row in table.rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.columns))]
    text = [_line(line, table, widths) for line in lines]
    text.insert(1, "  ".join("─" * width for width in widths))
    notes = [f"{_name(row)}: {row.note}" for row in table.rows if row.note]
    return "\n".join(["", table.title, *text, *notes, *table.notes])


def _name(row: Row) -> str:
    return row.cells[0].text


def _line(cells: Sequence[str], table: Table, widths: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if column.right else cell.ljust(width)
        for cell, column, width in zip(cells, table.columns, widths, strict=True)
    )
    return "  ".join(padded).rstrip()
