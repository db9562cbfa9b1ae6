"""Clocks: what is told of a moment, and that time goes as it is told to."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.runtime.clock import Clock, ManualClock, SystemClock, instant, make_clock, seconds
from appliance.runtime.config import ClockSection
from appliance.runtime.errors import CannotStart
from appliance.wire import codec
from appliance.wire.messages import Rating
from appliance.wire.topics import BY_TYPE

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_a_moment_is_told_with_the_centres_offset() -> None:
    assert instant(1_767_571_200.0, ZONE) == "2026-01-05T07:00:00.000+07:00"


@given(st.integers(0, 4_102_444_800_000))
def test_a_moment_that_was_told_is_understood_again_to_the_millisecond(milliseconds: int) -> None:
    text = instant(milliseconds / 1000, ZONE)
    assert round(seconds(text) * 1000) == milliseconds
    payload = b'{"id":"3f2b8c1e-0000-4000-8000-000000000001","level":1,"at":"%s"}' % text.encode()
    assert isinstance(codec.decode(BY_TYPE[Rating], payload), Rating)


@pytest.mark.parametrize("text", ["2026-01-05T07:00:00", "2026-01-05", "yesterday", "", "2026-02-30T07:00:00Z"])
def test_a_moment_without_offset_or_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no offset|Invalid isoformat|day is out of range"):
        seconds(text)


def test_a_jump_of_the_clock_is_no_time_that_passed() -> None:
    clock = ManualClock(now=1000.0)
    clock.advance(5)
    clock.jump(-3600)
    assert (clock.now(), clock.elapsed()) == (1000.0 + 5 - 3600, 5.0)


def test_the_machines_clock_goes_on() -> None:
    clock: Clock = SystemClock()
    assert clock.elapsed() <= clock.elapsed()
    assert clock.pace() == 1.0
    assert clock.quality() in ("synced", "holdover"), "the machine that runs this has a set clock"


def test_a_trusted_clock_is_synced() -> None:
    assert make_clock(ClockSection(trusted=True)).quality() == "synced"


def test_a_shared_clock_that_nobody_writes_stops_the_start() -> None:
    with pytest.raises(CannotStart, match="start the program that writes it"):
        make_clock(ClockSection(driver="shared", path="/nowhere/clock"))
