"""Periods that managers ask for, and what each is compared with."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.web.pages.period import before, presets


def test_a_week_begins_on_monday_a_quarter_in_its_first_month_and_a_year_in_january() -> None:
    shown = {preset.word: (preset.start, preset.end) for preset in presets("2026-11-25")}
    assert shown == {
        "period_today": ("2026-11-25", "2026-11-25"),
        "period_yesterday": ("2026-11-24", "2026-11-24"),
        "period_week": ("2026-11-23", "2026-11-25"),
        "period_month": ("2026-11-01", "2026-11-25"),
        "period_last_month": ("2026-10-01", "2026-10-31"),
        "period_quarter": ("2026-10-01", "2026-11-25"),
        "period_year": ("2026-01-01", "2026-11-25"),
    }


@pytest.mark.parametrize(
    ("period", "compared"),
    [
        (("2026-11-23", "2026-11-23"), ("2026-11-16", "2026-11-16")),  # a Monday with a Monday, not with a Sunday
        (("2026-11-23", "2026-11-25"), ("2026-11-16", "2026-11-18")),
        (("2026-11-01", "2026-11-25"), ("2026-10-01", "2026-10-25")),
        (("2026-10-01", "2026-10-31"), ("2026-09-01", "2026-09-30")),
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
        (("2026-10-01", "2026-11-25"), ("2026-07-01", "2026-08-25")),
        (("2026-01-01", "2026-11-25"), ("2025-01-01", "2025-11-25")),
        (("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31")),
        (("2026-11-05", "2026-11-20"), ("2026-10-15", "2026-10-30")),
    ],
)
def test_like_is_compared_with_like(period: tuple[str, str], compared: tuple[str, str]) -> None:
    earlier = before(*period)
    assert (earlier.start, earlier.end) == compared


DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))


@given(DAYS, st.integers(0, 800))
def test_the_period_before_is_as_long_and_ends_before(first: datetime.date, days: int) -> None:
    last = first + datetime.timedelta(days=days)
    earlier = before(first.isoformat(), last.isoformat())
    start, end = datetime.date.fromisoformat(earlier.start), datetime.date.fromisoformat(earlier.end)
    assert start <= end < first
    assert abs((end - start).days - days) <= 5
