"""The dossier ledger of the one-stop software, as a file: read, judged row by row, and handed on.

A dossier is not a visit: how many came, online or at a counter, in time or late, is only ever known from this import.

The file is CSV in UTF-8 with a header: `key, department, procedure, channel, received, due, resolved, delivery`. Codes
are those of the site's files in any case, dates are `YYYY-MM-DD`, `channel` is `counter` or `online`, `resolved` is
empty while the dossier is open, `delivery` is `home` or empty. The same key again replaces the dossier, so a file can
be imported twice, and next week's file closes what this week's left open.

Rules: pure; a row that cannot be right is rejected with its line and a reason, never mended by guess.
"""

import csv
import datetime
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

COLUMNS = ("key", "department", "procedure", "channel", "received", "due", "resolved", "delivery")
LONGEST_KEY = 64


class Dossier(Struct, frozen=True, kw_only=True):
    """One dossier; days are `YYYY-MM-DD`, `resolved` is None while it is open."""

    key: str
    department: str
    procedure: str
    channel: Literal["counter", "online"]
    received: str
    due: str
    resolved: str | None
    delivery: Literal["home"] | None


class Rejected(Struct, frozen=True):
    """A row that was not taken: its line in the file, and why."""

    line: int
    reason: str


class Ledger(Struct, frozen=True):
    """What a file holds: good dossiers in its order, and the rows that are none."""

    dossiers: tuple[Dossier, ...]
    rejected: tuple[Rejected, ...]


class LedgerError(ValueError):
    """The file as a whole cannot be read as a ledger; the text says why."""


class _RowError(ValueError):
    """Why one row is rejected."""


def read(lines: Iterable[str], procedures: Mapping[str, str]) -> Ledger:
    """The ledger in the text `lines`; `procedures` maps each known procedure to its department.

    Raises LedgerError when the header lacks a column or the text is no CSV.
    """
    rows = csv.DictReader(lines, strict=True)
    dossiers: dict[str, Dossier] = {}
    rejected: list[Rejected] = []
    try:
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise LedgerError(f"the header lacks {', '.join(missing)}")
        for row in rows:
            try:
                dossier = _dossier(row, procedures)
                if dossier.key in dossiers:
                    raise _RowError(f"key {dossier.key} stands in this file already")
                dossiers[dossier.key] = dossier
            except _RowError as bad:
                rejected.append(Rejected(rows.line_num, str(bad)))
    except csv.Error as error:
        raise LedgerError(f"line {rows.line_num}: {error}") from error
    return Ledger(tuple(dossiers.values()), tuple(rejected))


def _dossier(row: Mapping[str, str | None], procedures: Mapping[str, str]) -> Dossier:
    cell = {column: (row[column] or "").strip() for column in COLUMNS}
    if None in row:
        raise _RowError("more cells than the header has")
    key, department, procedure = cell["key"], cell["department"].lower(), cell["procedure"].lower()
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise _RowError(f"a key has 1 to {LONGEST_KEY} printable characters")
    if procedure not in procedures:
        raise _RowError(f"unknown procedure {procedure or '(empty)'}")
    if procedures[procedure] != department:
        raise _RowError(f"procedure {procedure} belongs to {procedures[procedure]}, not to {department or '(empty)'}")
    received, due, resolved = (_day(cell, name) for name in ("received", "due", "resolved"))
    if received is None or due is None:
        raise _RowError("received and due cannot be empty")
    if due < received or (resolved is not None and resolved < received):
        raise _RowError(f"due or resolved before it was received on {received}")
    return Dossier(
        key=key,
        department=department,
        procedure=procedure,
        channel=_channel(cell["channel"]),
        received=received,
        due=due,
        resolved=resolved,
        delivery=_delivery(cell["delivery"]),
    )


def _day(cell: Mapping[str, str], name: str) -> str | None:
    text = cell[name]
    if not text:
        return None
    try:
        if datetime.date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass  # because the sentence below is the answer to both
    raise _RowError(f"{name} {text!r} is no day written YYYY-MM-DD")


def _channel(text: str) -> Literal["counter", "online"]:
    match text:
        case "counter" | "online":
            return text
        case _:
            raise _RowError(f"channel {text!r} is neither counter nor online")


def _delivery(text: str) -> Literal["home"] | None:
    match text:
        case "home":
            return "home"
        case "":
            return None
        case _:
            raise _RowError(f"delivery {text!r} is neither home nor empty")
