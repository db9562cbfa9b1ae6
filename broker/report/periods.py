"""Days, weeks, months, quarters and years as people name them.

Rules: pure; a week begins on Monday; first and last day are both included, written `YYYY-MM-DD`.
"""

import calendar
import datetime
import re
from typing import Literal

from msgspec import Struct

Kind = Literal["day", "week", "month", "quarter", "year", "any"]

_NAMED = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>\d\d)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?")


class Days(Struct, frozen=True):
    """From `start` to `end`."""

    start: str
    end: str


def named(text: str) -> Days:
    """What `2026`, `2026-Q4`, `2026-11`, `2026-W48` or `2026-11-23` stand for. Raises ValueError."""
    found = _NAMED.fullmatch(text.upper())
    if not found:
        raise ValueError(f"{text!r} is no period; write 2026, 2026-Q4, 2026-11, 2026-W48 or 2026-11-23")
    year = int(found["year"])
    if found["quarter"]:
        return _months(year, 3 * int(found["quarter"]) - 2, 3)
    if found["week"]:
        monday = datetime.date.fromisocalendar(year, int(found["week"]), 1)
        return Days(monday.isoformat(), (monday + datetime.timedelta(days=6)).isoformat())
    if found["day"]:
        day = datetime.date(year, int(found["month"]), int(found["day"])).isoformat()
        return Days(day, day)
    if found["month"]:
        return _months(year, int(found["month"]), 1)
    return _months(year, 1, 12)


def kind(days: Days) -> Kind:
    """What a period is called; `any` where it has no name."""
    first, last = (datetime.date.fromisoformat(day) for day in (days.start, days.end))
    if first == last:
        return "day"
    if first.isoweekday() == 1 and (last - first).days == 6:
        return "week"
    if first.day == 1:
        for months, name in ((1, "month"), (3, "quarter"), (12, "year")):
            whole = first.month % months == 1 or months == 1
            if whole and _months(first.year, first.month, months) == days:
                return name  # type: ignore[return-value]  # because mypy does not narrow the names of a tuple
    return "any"


def recent(today: str) -> tuple[tuple[str, Days], ...]:
    """Periods that a report is wanted of on `today`, by the word for each."""
    day = datetime.date.fromisoformat(today)
    month, quarter = day.replace(day=1), day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    before_month, before_quarter = (first - datetime.timedelta(days=1) for first in (month, quarter))
    return (
        ("today", Days(today, today)),
        ("this_month", _months(day.year, day.month, 1)),
        ("last_month", _months(before_month.year, before_month.month, 1)),
        ("last_quarter", _months(before_quarter.year, before_quarter.month - 2, 3)),
        ("this_year", _months(day.year, 1, 12)),
    )


def _months(year: int, month: int, count: int) -> Days:
    first = datetime.date(year, month, 1)
    last_month = month + count - 1
    last = datetime.date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Days(first.isoformat(), last.isoformat())
