"""The clock of the business: what day and hour it is for tickets, and how fast it goes.

Rules: waiting people and hands (touch time-outs, link, watchdog) use `time.monotonic()`, never a clock from here, since
this one may run sixty times faster in a demonstration. Nobody orders events by it.
"""

import time
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Protocol

from appliance.runtime.config import ClockSection
from appliance.runtime.shared_clock import SharedClockFile, write_shared_clock
from appliance.runtime.time_sync import is_synchronized
from appliance.wire.choices import ClockQuality

__all__ = [
    "Clock",
    "ManualClock",
    "SharedClock",
    "SystemClock",
    "instant",
    "make_clock",
    "seconds",
    "write_shared_clock",
]

PLAUSIBLE_FROM = 1_735_689_600.0
"""2025-01-01: a clock that says less was never set since power came (no battery, no network yet)."""


class Clock(Protocol):
    """What a box knows of time."""

    def now(self) -> float:
        """Unix seconds of the business clock. May be stepped, also back."""

    def elapsed(self) -> float:
        """Seconds that never jump and never go back, at the clock's pace, from an arbitrary origin."""

    def pace(self) -> float:
        """Business seconds in one second of the machine; 1.0 in real life."""

    def quality(self) -> ClockQuality:
        """synced: may be printed; holdover: was set, drifts; unset: worthless."""


class SystemClock:
    """The machine's clock. `trusted` reports synced whatever the machine thinks."""

    def __init__(self, trusted: bool = False) -> None:
        self._trusted = trusted

    def now(self) -> float:
        """Unix seconds."""
        return time.time()

    def elapsed(self) -> float:
        """Seconds since boot, suspended time included."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def pace(self) -> float:
        """Always 1.0."""
        return 1.0

    def quality(self) -> ClockQuality:
        """Synced when a time service says so, otherwise judged by plausibility."""
        if self._trusted or is_synchronized():
            return "synced"
        return "holdover" if self.now() >= PLAUSIBLE_FROM else "unset"


class SharedClock(SharedClockFile):
    """One clock for all processes of a machine, at any pace, read from the file that `write_shared_clock` made."""

    def quality(self) -> ClockQuality:
        """Always synced: whoever writes the file is right by definition."""
        return "synced"


class ManualClock:
    """A clock that stands until it is moved: for tests and replays."""

    def __init__(self, now: float = 1_767_571_200.0, pace: float = 1.0, quality: ClockQuality = "synced") -> None:
        self._now = now
        self._elapsed = 0.0
        self._pace = pace
        self._quality: ClockQuality = quality

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self._now += seconds
        self._elapsed += seconds

    def jump(self, seconds: float) -> None:
        """Step the clock by `seconds` (negative: back) without any time passing."""
        self._now += seconds

    def judge(self, quality: ClockQuality) -> None:
        """From now on it is as good as that."""
        self._quality = quality

    def now(self) -> float:
        """Unix seconds."""
        return self._now

    def elapsed(self) -> float:
        """Seconds that passed by `advance`."""
        return self._elapsed

    def pace(self) -> float:
        """The pace given at birth."""
        return self._pace

    def quality(self) -> ClockQuality:
        """The quality that was set."""
        return self._quality


def make_clock(section: ClockSection) -> Clock:
    """The clock that the configuration names. Raises CannotStart when a shared clock's file cannot be used."""
    if section.driver == "shared":
        return SharedClock(Path(section.path))
    return SystemClock(section.trusted)


def instant(seconds: float, zone: tzinfo) -> str:
    """RFC 3339 with milliseconds and the offset of `zone`."""
    return datetime.fromtimestamp(seconds, zone).isoformat(timespec="milliseconds")


def seconds(instant: str) -> float:
    """Unix seconds of an RFC 3339 instant with offset. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(instant)
    if moment.tzinfo is None:
        raise ValueError(f"{instant} has no offset")
    return moment.timestamp()
