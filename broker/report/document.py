"""A report laid out: head, tables, notes, signatures: what a writer of pages, workbooks or papers is given.

A cell has the text that people read and, where it is a figure, the number itself; it says when that number is the sum
of the cells above or a share of two others in its row, so that a workbook can compute it again.

Rules: pure; knows no file format and no metric.
"""

from typing import Literal

from msgspec import Struct

Form = Literal["text", "count", "minutes", "percent", "plain"]
"""What a number is: `count` whole with groups, `minutes` to one decimal, `percent` a share of 1, `plain` as it is."""


class Cell(Struct, frozen=True):
    """`sums`: the total of the column above. `share`: these two columns of its row divided."""

    text: str
    value: float | None = None
    form: Form = "text"
    sums: bool = False
    share: tuple[int, int] | None = None


class Column(Struct, frozen=True):
    """`width` in millimetres on paper; `right`: figures."""

    title: str
    width: float
    right: bool = True


class Row(Struct, frozen=True):
    """One line of a table; `note` is small print under its first words, `strong` a total."""

    cells: tuple[Cell, ...]
    note: str = ""
    strong: bool = False


class Table(Struct, frozen=True, kw_only=True):
    """`name` is short enough for a sheet's tab. `words` is the column that holds a row's words, where its note goes."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    words: int = 0
    notes: tuple[str, ...] = ()


class Signature(Struct, frozen=True):
    """A place to sign: the office, and what is to be written there."""

    office: str
    hint: str


class Document(Struct, frozen=True, kw_only=True):
    """The whole report in one language. `page` is a template with {page} and {pages}."""

    language: str
    authority: str
    centre: str
    motto: tuple[str, ...]
    number: str
    place_and_date: str
    title: str
    period: str
    made: str
    tables: tuple[Table, ...]
    signatures: tuple[Signature, ...]
    page: str
    note: str


def cell(text: str) -> Cell:
    """Words."""
    return Cell(text)
