"""A period cut into whole months that are over and the days beside them.

Rules: pure; every day of the period is in exactly one piece; a month counts as over before the month of the open day.
"""

import calendar
import datetime

from msgspec import Struct

_DAY = datetime.timedelta(days=1)


class Cut(Struct, frozen=True):
    """Spans of days (first, last) and the span of months (`YYYY-MM`), all ends included; no months is None."""

    days: tuple[tuple[str, str], ...]
    months: tuple[str, str] | None


def cut(start: str, end: str, open_day: str) -> Cut:
    """The days from `start` to `end`. Raises ValueError when a day is not `YYYY-MM-DD`."""
    first, last = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
    if not open_day:
        return Cut(((start, end),), None)
    begins = first if first.day == 1 else _next_month(first)
    over = min(last + _DAY, datetime.date.fromisoformat(open_day).replace(day=1))
    ends = over.replace(day=1)
    if begins >= ends:
        return Cut(((start, end),), None)
    beside = ((first, begins - _DAY), (ends, last))
    return Cut(
        tuple((one.isoformat(), other.isoformat()) for one, other in beside if one <= other),
        (begins.isoformat()[:7], (ends - _DAY).isoformat()[:7]),
    )


def _next_month(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1]) + _DAY
