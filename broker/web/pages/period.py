"""Periods a manager may want, the address that shows each, and what each is compared with.

Rules: pure; a week begins on Monday; all days are the centre's own; the period before ends before the period begins.
"""

import calendar
import datetime

from msgspec import Struct

_DAY = datetime.timedelta(days=1)


class Preset(Struct, frozen=True):
    """A period with a name."""

    word: str
    start: str
    end: str


class Days(Struct, frozen=True):
    """From the first day to the last, both included."""

    start: str
    end: str


def presets(today: str) -> tuple[Preset, ...]:
    """What is asked for most: none goes beyond `today`."""
    day = datetime.date.fromisoformat(today)
    month, quarter = day.replace(day=1), day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    rows = (
        ("period_today", day, day),
        ("period_yesterday", day - _DAY, day - _DAY),
        ("period_week", day - datetime.timedelta(days=day.weekday()), day),
        ("period_month", month, day),
        ("period_last_month", (month - _DAY).replace(day=1), month - _DAY),
        ("period_quarter", quarter, day),
        ("period_year", day.replace(month=1, day=1), day),
    )
    return tuple(Preset(word, start.isoformat(), end.isoformat()) for word, start, end in rows)


def before(start: str, end: str) -> Days:
    """The period to compare with: the same part of the year, quarter or month before, else the same weekdays before.

    Raises ValueError when a day is none, or too long ago to have a day before.
    """
    first, last = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
    months = _months(first, last)
    if months and first.year * 12 + first.month > months + 12:
        earlier = _back(first, months)
        whole = last == _month_end(last)
        until = _back(last, months)
        return Days(earlier.isoformat(), (_month_end(until) if whole else until).isoformat())
    weeks = datetime.timedelta(weeks=(last - first).days // 7 + 1)
    return Days((first - weeks).isoformat(), (last - weeks).isoformat())


def _months(first: datetime.date, last: datetime.date) -> int:
    """How many months a period from the first of a month steps back by; 0 for one that begins elsewhere."""
    if first.day != 1:
        return 0
    if first.year == last.year and first.month == last.month:
        return 1
    if first.year == last.year and first.month in (1, 4, 7, 10) and last.month - first.month < 3:
        return 3
    if first.year == last.year and first.month == 1:
        return 12
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _back(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months before, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
