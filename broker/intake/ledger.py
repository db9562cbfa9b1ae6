"""The dossier ledger of the one-stop software, judged line by line.

A dossier is not a visit: how many came, online or at a counter, in time or late, is only ever known from this import.

Columns: `key, department, procedure, channel, received, due, resolved, delivery`. Codes are those of the site's files
in any case, days are `YYYY-MM-DD`, `channel` is `counter` or `online`, `resolved` is empty while the dossier is open,
`delivery` is `home` or empty. The same key again replaces the dossier, so a file can be imported twice, and next week's
file closes what this week's left open.

Rules: pure; a line that cannot be right is rejected with its number and a reason, never mended by guess; a procedure is
known where a row of it holds on the day when the dossier was received.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from broker.intake.lines import Line, Rejected, RowError

COLUMNS = ("key", "department", "procedure", "channel", "received", "due", "resolved", "delivery")
DAYS = ("received", "due", "resolved")
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


class Tenure(Struct, frozen=True):
    """A procedure belongs to `department` from a day to the day before `until`; "" has no end."""

    department: str
    since: str = ""
    until: str = ""

    def holds(self, day: str) -> bool:
        """Whether it does on `day`."""
        return self.since <= day and (not self.until or day < self.until)


Register = Mapping[str, Sequence[Tenure]]
"""Every procedure there is or was."""


def judge(line: Line, register: Register) -> Dossier | Rejected:
    """The dossier in a line, or why there is none."""
    if line.wrong:
        return Rejected(line.number, line.wrong)
    try:
        return _dossier({column: line.cells.get(column, "").strip() for column in COLUMNS}, register)
    except RowError as bad:
        return Rejected(line.number, bad.words)


def _dossier(cell: Mapping[str, str], register: Register) -> Dossier:
    key, department, procedure = cell["key"], cell["department"].lower(), cell["procedure"].lower()
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise RowError(
            f"mã hồ sơ phải có 1 đến {LONGEST_KEY} ký tự in được", f"a key has 1 to {LONGEST_KEY} printable characters"
        )
    received, due, resolved = (_day(cell, name) for name in DAYS)
    if received is None or due is None:
        raise RowError("thiếu ngày nhận hoặc ngày hẹn", "received and due cannot be empty")
    if due < received or (resolved is not None and resolved < received):
        raise RowError(
            f"ngày hẹn hoặc ngày xong sớm hơn ngày nhận {received}",
            f"due or resolved before it was received on {received}",
        )
    _check_procedure(procedure, department, received, register)
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


def _check_procedure(procedure: str, department: str, day: str, register: Register) -> None:
    if procedure not in register:
        raise RowError(f"không có thủ tục {procedure or '(trống)'}", f"unknown procedure {procedure or '(empty)'}")
    owners = [tenure.department for tenure in register[procedure] if tenure.holds(day)]
    if not owners:
        raise RowError(
            f"thủ tục {procedure} không có hiệu lực ngày {day}", f"procedure {procedure} did not hold on {day}"
        )
    if department not in owners:
        raise RowError(
            f"thủ tục {procedure} thuộc {owners[0]}, không thuộc {department or '(trống)'}",
            f"procedure {procedure} belongs to {owners[0]}, not to {department or '(empty)'}",
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
    raise RowError(f"{name} “{text}” không phải ngày dạng YYYY-MM-DD", f"{name} {text!r} is no day written YYYY-MM-DD")


def _channel(text: str) -> Literal["counter", "online"]:
    match text:
        case "counter" | "online":
            return text
        case _:
            raise RowError(
                f"channel “{text}” không phải counter (trực tiếp) hay online (trực tuyến)",
                f"channel {text!r} is neither counter nor online",
            )


def _delivery(text: str) -> Literal["home"] | None:
    match text:
        case "home":
            return "home"
        case "":
            return None
        case _:
            raise RowError(
                f"delivery “{text}” không phải home (trả tại nhà) hay ô trống",
                f"delivery {text!r} is neither home nor empty",
            )
