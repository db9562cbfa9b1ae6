"""Working time: what the clock says after so much work, across the break and the end of the day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.forecast.hours import Shifts, shifts
from tests.hub_core import MONDAY_0800, centre

SITE = centre(always_open=False)
HOUR = 3_600_000
DAY = shifts(SITE, "2026-11-23")
SEVEN, ELEVEN, ONE, FIVE = (MONDAY_0800 + hours * HOUR for hours in (-1, 3, 5, 9))
GRACE = 600_000


def test_clerks_work_in_two_halves() -> None:
    assert Shifts(((SEVEN, ELEVEN), (ONE, FIVE)), GRACE) == DAY


def test_on_a_sunday_nobody_works() -> None:
    sunday = shifts(SITE, "2026-11-22")
    assert (sunday.resumes(0), sunday.span(0), sunday.after_the_break(0)) == (None, None, None)


@pytest.mark.parametrize(
    ("at", "minutes", "clock"),
    [
        (SEVEN - HOUR, 0, SEVEN),
        (SEVEN, 60, SEVEN + HOUR),
        (ELEVEN - 60_000, 10, ELEVEN + 9 * 60_000),  # a clerk calls for ten minutes after the bell
        (ELEVEN - 60_000, 11, ONE),
        (ELEVEN - 60_000, 20, ONE + 9 * 60_000),
        (ELEVEN + HOUR, 30, ONE + HOUR // 2),
        (FIVE, 10, None),
        (FIVE + HOUR, 0, None),
    ],
)
def test_work_jumps_the_break_and_ends_with_the_day(at: int, minutes: int, clock: int | None) -> None:
    assert DAY.clock(at, minutes * 60_000) == clock


@given(st.integers(SEVEN - 2 * HOUR, FIVE + HOUR), st.integers(0, 10 * HOUR), st.integers(0, 10 * HOUR))
def test_more_work_never_ends_sooner_and_never_in_the_break(at: int, work: int, more: int) -> None:
    end, later = DAY.clock(at, work), DAY.clock(at, work + more)
    if end is not None:
        assert end >= at
        assert not ELEVEN + GRACE <= end < ONE
        assert later is None or later >= end


@given(st.integers(SEVEN - 2 * HOUR, FIVE + HOUR), st.integers(0, 10 * HOUR))
def test_what_is_worked_until_work_is_done_is_that_work(at: int, work: int) -> None:
    end = DAY.clock(at, work)
    if end is not None:
        assert DAY.worked(at, end) == work
        assert DAY.worked(at, at) == 0


@given(st.integers(SEVEN - 2 * HOUR, FIVE - 1))
def test_after_the_break_is_after_the_next_bell(at: int) -> None:
    span, then = DAY.span(at), DAY.after_the_break(at)
    assert span is not None
    assert then == (ONE if span[1] == ELEVEN else None)
