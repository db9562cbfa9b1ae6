"""The tables of a centre that may be imported, and what a line of each must look like.

Rules: pure; a code is compared in small letters and kept in capitals; what only the whole centre can tell (a counter's
queue, a queue's counters) is judged by loading the whole centre afterwards.
"""

import datetime
from collections.abc import Callable, Mapping

from msgspec import Struct

from broker.intake.lines import Line, Rejected, RowError

SPAN = ("valid_from", "valid_to")
Check = Callable[[str, str], None]


class Kind(Struct, frozen=True):
    """A table `name.csv`: its columns, those that a file must have, those that may not be empty, and their checks.

    A row is known by its `code`.
    """

    name: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    checks: Mapping[str, Check]


def judge(line: Line, kind: Kind) -> dict[str, str] | Rejected:
    """The row in a line, or why there is none."""
    if line.wrong:
        return Rejected(line.number, line.wrong)
    try:
        return _row(line.cells, kind)
    except RowError as bad:
        return Rejected(line.number, bad.words)


def _row(cells: Mapping[str, str], kind: Kind) -> dict[str, str]:
    row = {column: text.strip() for column, text in cells.items()}
    for column in kind.needed:
        if not row.get(column):
            raise RowError(f"ô “{column}” trống", f"{column} is empty")
    for column, text in row.items():
        if text and column in kind.checks:
            kind.checks[column](column, text)
        if "\ufffd" in text or not text.isprintable():
            raise RowError(f"ô “{column}” có ký tự hỏng", f"{column} has broken characters")
    if row.get("valid_from") and row.get("valid_to") and row["valid_to"] <= row["valid_from"]:
        raise RowError("ngày hết hiệu lực không sau ngày có hiệu lực", "valid_to is not after valid_from")
    row["code"] = row["code"].upper()
    return row


def _code(column: str, text: str) -> None:
    if not all("a" <= letter <= "z" or letter.isdecimal() or letter == "-" for letter in text.lower()):
        raise RowError(
            f"{column} “{text}”: mã chỉ gồm chữ không dấu, số và dấu gạch nối",
            f"{column} {text!r}: a code has letters, digits and hyphens",
        )


def _day(column: str, text: str) -> None:
    try:
        if datetime.date.fromisoformat(text).isoformat() == text:
            return
    except ValueError:
        pass  # because the sentence below is the answer to both
    raise RowError(f"{column} “{text}” không phải ngày dạng YYYY-MM-DD", f"{column} {text!r} is no day YYYY-MM-DD")


def _among(*words: str) -> Check:
    def check(column: str, text: str) -> None:
        if text not in words:
            raise RowError(
                f"{column} “{text}” phải là một trong: {', '.join(words)}",
                f"{column} {text!r} is none of {', '.join(words)}",
            )

    return check


def _whole(column: str, text: str) -> None:
    if not text.isdecimal() or len(text) > 9:
        raise RowError(f"{column} “{text}” phải là số nguyên", f"{column} {text!r} is no whole number")


_DAYS: dict[str, Check] = dict.fromkeys(SPAN, _day)
_YES_NO = _among("0", "1")

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "procedures",
            ("code", "department", "name_vi", "level", "on_the_spot", "bring_vi", *SPAN, "basis"),
            ("code", "department", "name_vi", "level"),
            {**_DAYS, "code": _code, "department": _code, "level": _among("1", "2", "3", "4"), "on_the_spot": _YES_NO},
        ),
        Kind(
            "departments",
            (
                *("code", "name_vi", "name_en", "field_vi", "field_en", "field_km", "delegated_to_centre", "queue"),
                *("successor_unit_2025", *SPAN, "basis"),
            ),
            ("code", "name_vi", "field_vi", "queue"),
            {**_DAYS, "code": _code, "queue": _code, "delegated_to_centre": _YES_NO},
        ),
        Kind(
            "counters",
            (
                *("code", "label_vi", "label_en", "label_km", "serves_vi", "serves_en", "kind", "departments", "queue"),
                *("owner", "way", *SPAN, "basis"),
            ),
            ("code", "label_vi", "serves_vi", "kind"),
            {**_DAYS, "code": _code, "queue": _code},
        ),
        Kind(
            "staff",
            ("code", "employer", "role", "staff", "in_total", *SPAN, "basis"),
            ("code", "employer", "role"),
            {**_DAYS, "code": _code, "staff": _whole, "in_total": _YES_NO},
        ),
    )
}
DEFAULTS = {
    "staff": {"staff": "1", "in_total": "1"},
    "procedures": {"on_the_spot": "0"},
    "departments": {"delegated_to_centre": "0"},
}
"""What a new row has where the file says nothing: one line of staff is one person."""
