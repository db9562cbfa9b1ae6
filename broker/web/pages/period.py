"""Periods a manager may want, and the address that shows each.

Rules: pure; a week begins on Monday; all days are the centre's own.
"""

import datetime

from msgspec import Struct


class Preset(Struct, frozen=True):
    """A period with a name."""

    word: str
    start: str
    end: str


def presets(today: str) -> tuple[Preset, ...]:
    """Today, this week, this month and this year, each up to `today`."""
    day = datetime.date.fromisoformat(today)
    starts = {
        "period_today": day,
        "period_week": day - datetime.timedelta(days=day.weekday()),
        "period_month": day.replace(day=1),
        "period_year": day.replace(month=1, day=1),
    }
    return tuple(Preset(word, start.isoformat(), today) for word, start in starts.items())
