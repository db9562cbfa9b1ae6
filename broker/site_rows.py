"""The lines of a centre's CSV files, read by column name.

Rules: every mistake is told with file and line and what to do; codes are written in capitals in the files and travel
in lower case; a row holds from `valid_from` to the day before `valid_to`.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from appliance.wire.ids import CODE_PATTERN
from broker.model import Names, minute_of

T = TypeVar("T")


class SiteError(ValueError):
    """A data file that cannot be used: file, line, what is wrong and what to do."""


class Row:
    """One line of a CSV file, read by column name."""

    def __init__(self, path: Path, line: int, cells: dict[str, str]) -> None:
        self._where = f"{path.name}:{line}"
        self._cells = cells

    def text(self, column: str) -> str:
        """The cell, trimmed. Raises SiteError when the column is missing."""
        cell = self._cells.get(column)
        if cell is None:
            raise SiteError(f"{self._where}: column {column} is missing; add it to the first line")
        return cell.strip()

    def code(self, column: str) -> str:
        """A code in lower case. Raises SiteError when it is none."""
        code = self.text(column).lower()
        if not re.fullmatch(CODE_PATTERN, code):
            raise SiteError(f"{self._where}: {column} is {code!r}; use letters, digits and hyphens")
        return code

    def codes(self, column: str) -> tuple[str, ...]:
        """Several codes, separated by `;`."""
        return tuple(code.strip().lower() for code in self.text(column).split(";") if code.strip())

    def names(self, stem: str) -> Names:
        """The columns `stem_vi`, `stem_en`, `stem_km`; empty ones are left out."""
        found = self.optional(stem)
        if "vi" not in found:
            raise SiteError(f"{self._where}: {stem}_vi is empty; every name needs Vietnamese")
        return found

    def optional(self, stem: str) -> Names:
        """The same of words that there need not be."""
        found = {language: (self._cells.get(f"{stem}_{language}") or "").strip() for language in ("vi", "en", "km")}
        return {language: name for language, name in found.items() if name}

    def pick(self, known: dict[str, T], column: str) -> str:
        """A code that must be in `known` (or empty). Raises SiteError."""
        code = self.text(column).lower()
        if code and code not in known:
            raise SiteError(f"{self._where}: {column} is {code}, which no other file has; add it there or correct it")
        return code

    def whole(self, column: str) -> int:
        """A whole number, 0 or more. Raises SiteError."""
        text = self.text(column)
        if not text.isascii() or not text.isdigit():
            raise SiteError(f"{self._where}: {column} is {text!r}; write a whole number")
        return int(text)

    def clock(self, column: str) -> str:
        """A time of day, `HH:MM`. Raises SiteError."""
        text = self.text(column)
        try:
            minute_of(text)
        except ValueError as error:
            raise SiteError(f"{self._where}: {column}: {error}") from None
        return text

    def choice(self, column: str, among: tuple[str, ...]) -> str:
        """One of `among`; "" where the cell is empty or an older file has no such column. Raises SiteError."""
        word = (self._cells.get(column) or "").strip().lower()
        if word and word not in among:
            raise SiteError(f"{self._where}: {column} is {word!r}; use one of {', '.join(among)}, or leave it empty")
        return word

    def holds(self, day: str) -> bool:
        """Whether the row is valid on `day` (YYYY-MM-DD)."""
        start, end = self._cells.get("valid_from") or "", self._cells.get("valid_to") or ""
        return start <= day and (not end or day < end)


def rows(path: Path, day: str | None = "9999-12-31") -> Iterator[Row]:
    """The rows of a CSV file that hold on `day`, or all that ever did. Raises SiteError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for cells in (reader := csv.DictReader(file)):
                row = Row(path, reader.line_num, cells)
                if day is None or row.holds(day):
                    yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SiteError(f"{path.name}: {error}; the file must be CSV in UTF-8") from error
