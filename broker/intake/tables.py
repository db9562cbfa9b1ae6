"""CSV and XLSX files as lines of named cells, one at a time, whatever their length.

Rules: memory does not grow with the file; a file that is not what it says is refused as a whole, before its
first line is taken; a cell that computes is never taken for its value.
"""

import codecs
import csv
import datetime
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from appliance.wire.told import Words
from broker.intake.encodings import refusal
from broker.intake.lines import FileError, Line, formula, is_formula
from broker.intake.mapping import Mapping, plain

CHUNK = 1 << 20
UNPACKED = 1 << 30
"""So many bytes a workbook may have unpacked: a million rows, and no bomb."""
LONGEST_CELL = 32_767


class Columns:
    """Which columns are wanted: all of `known` that the file has; it must have `needed`. `days` hold dates."""

    def __init__(self, known: Sequence[str], needed: Sequence[str], days: Sequence[str] = ()) -> None:
        self.known, self.needed, self.days = tuple(known), tuple(needed), frozenset(days)


def read_table(path: Path, columns: Columns, mapping: Mapping, encoding: str = "") -> Iterator[Line]:
    """The lines of a CSV or XLSX file, told apart by their first bytes. Raises FileError, OSError."""
    with path.open("rb") as file:
        is_book = file.read(4) == b"PK\x03\x04"
    rows = _book(path, mapping) if is_book else _plain(path, encoding)
    yield from _named(rows, columns, mapping)


def _named(rows: Iterable[tuple[int, list[Any]]], columns: Columns, mapping: Mapping) -> Iterator[Line]:
    places: dict[str, int] | None = None
    width = 0
    for number, cells in rows:
        if number < mapping.header:
            continue
        if places is None:
            places, width = _places(cells, columns, mapping), len(cells)
        elif any(cell not in ("", None) for cell in cells):
            line = _line(number, cells, places, columns, mapping)
            yield replace(line, wrong=_TOO_MANY) if any(cell not in ("", None) for cell in cells[width:]) else line
    if places is None:
        raise FileError("tệp không có dòng nào", "the file has no lines")


def _places(cells: Sequence[Any], columns: Columns, mapping: Mapping) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = plain(_text(cell))
        if name and name in found:
            raise FileError(f"cột “{name}” có hai lần", f"column {name!r} stands twice in the header")
        found[name] = place
    places = {
        column: found[plain(mapping.theirs(column))]
        for column in columns.known
        if plain(mapping.theirs(column)) in found
    }
    missing = [mapping.theirs(column) for column in columns.needed if column not in places | mapping.constants]
    if missing:
        raise FileError(
            f"thiếu cột {', '.join(missing)}; hãy sửa dòng tiêu đề của tệp, hoặc nhập bằng dòng lệnh với --mapping",
            f"the header lacks {', '.join(missing)}; correct it, or use the command with --mapping",
        )
    return places


def _line(number: int, cells: Sequence[Any], places: dict[str, int], columns: Columns, mapping: Mapping) -> Line:
    wrong = None
    found = dict(mapping.constants)
    for column, place in places.items():
        cell = cells[place] if place < len(cells) else ""
        text = _text(cell)
        if isinstance(cell, _Computed) or is_formula(text):
            wrong = wrong or formula(mapping.theirs(column))
        found[column] = mapping.value(column, text, column in columns.days)
    return Line(number, found, wrong)


_TOO_MANY = Words(vi="có nhiều ô hơn dòng tiêu đề", en="more cells than the header has")


class _Computed(str):
    """A cell that holds a formula, or an error that one left."""

    __slots__ = ()


def _text(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case datetime.datetime():
            return cell.date().isoformat()
        case datetime.date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return unicodedata.normalize("NFC", str(cell)[:LONGEST_CELL]).strip()


def _plain(path: Path, encoding: str) -> Iterator[tuple[int, list[Any]]]:
    with path.open(encoding=encoding or _encoding(path), newline="") as file:
        try:
            head = file.readline()
            file.seek(0)
            rows = csv.reader(file, delimiter=max(",;\t", key=head.count), strict=True)
            for cells in rows:
                yield rows.line_num, cells
        except csv.Error as error:
            raise FileError(
                f"không đọc được CSV: {error}; hãy lưu lại tệp", f"this is no CSV: {error}; save the file again"
            ) from error
        except UnicodeDecodeError as error:
            raise FileError(f"không phải {encoding}: {error}", f"this is not {encoding}: {error}") from error


def _encoding(path: Path) -> str:
    """UTF-8 or what its byte order mark says. Raises FileError of anything else, which it names where it can."""
    seen: Counter[int] = Counter()
    decoder = codecs.getincrementaldecoder("utf-8")()
    bad_line = lines = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if not seen and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                return "utf-16"
            seen.update(chunk)
            if not bad_line:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    bad_line = lines + 1 + chunk.count(b"\n", 0, error.start)
            lines += chunk.count(b"\n")
    if bad_line:
        raise refusal(seen, bad_line)
    if seen[0]:
        raise FileError("tệp không phải văn bản", "the file is no text")
    return "utf-8-sig"


def _book(path: Path, mapping: Mapping) -> Iterator[tuple[int, list[Any]]]:
    import openpyxl  # noqa: PLC0415  # because a hub to which nobody brings a workbook needs none of its 28 MB
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415  # because of the same

    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if unpacked > UNPACKED:
            raise FileError("tệp XLSX quá lớn khi mở ra", "the workbook is too large when it is unpacked")
        book = openpyxl.load_workbook(path, read_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(f"không mở được XLSX: {error}", f"this is no XLSX workbook: {error}") from error
    try:
        if mapping.sheet and mapping.sheet not in book.sheetnames:
            raise FileError(f"không có trang tính “{mapping.sheet}”", f"there is no sheet {mapping.sheet!r}")
        sheet = book[mapping.sheet] if mapping.sheet else book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            yield number, [_cell(cell) for cell in row]
    finally:
        book.close()


def _cell(cell: Any) -> Any:
    return _Computed(cell.value) if cell.data_type in ("f", "e") else cell.value
