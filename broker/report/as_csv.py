"""A report as a plain file for a spreadsheet: its tables one below the other.

UTF-8 with a byte order mark, lines end as RFC 4180 says. A comma in Vietnamese is a decimal point, and Vietnamese
spreadsheets expect semicolons between cells: so a Vietnamese report has `98,94;11744`, an English one `98.94,11744`.

Rules: pure; figures are bare numbers, a percentage in percent; words that a spreadsheet would take for a formula are
given an apostrophe.
"""

import csv
import io

from broker.report.document import Cell, Document, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(document: Document) -> bytes:
    """The file's bytes."""
    comma = document.language != "en"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if comma else ",", lineterminator="\r\n")
    for line in (document.authority, document.centre, document.title, document.period, document.made):
        if line:
            writer.writerow([harmless(line)])
    for table in document.tables:
        writer.writerow([])
        writer.writerow([harmless(table.title)])
        writer.writerows(_rows(table, document.note, comma))
        writer.writerows([harmless(note)] for note in table.notes)
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Words that no spreadsheet computes."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _rows(table: Table, note: str, comma: bool) -> list[list[str]]:
    noted = any(row.note for row in table.rows)
    rows = [[column.title for column in table.columns] + ([note] if noted else [])]
    rows += [[_bare(cell, comma) for cell in row.cells] + ([harmless(row.note)] if noted else []) for row in table.rows]
    return rows


def _bare(cell: Cell, comma: bool) -> str:
    if cell.value is None:
        return harmless(cell.text)
    match cell.form:
        case "percent":
            bare = cell.text.removesuffix(" %").replace(",", ".")  # rounded once, as it is printed
        case "minutes":
            bare = f"{cell.value:.1f}"
        case _:
            bare = f"{cell.value:g}" if cell.value % 1 else f"{cell.value:.0f}"
    return bare.replace(".", ",") if comma else bare
