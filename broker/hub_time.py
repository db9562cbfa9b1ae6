"""The hub's own time: what "now" is for every decision.

Rules: never goes back; once the day has a visit it runs on the clock that cannot be stepped, so that a wait is never
negative and a corrected wall clock moves nobody in line; before that it follows the machine. A machine whose clock is
behind the log is not waited for: time goes on from the log's.
"""

from collections.abc import Callable
from typing import Protocol

import msgspec
from msgspec import UNSET

from appliance.runtime.clock import Clock, seconds
from appliance.wire.messages import Up


class HubTime(Protocol):
    """Where a decision's `now` comes from."""

    def now(self, message: msgspec.Struct | None = None) -> int:
        """Unix milliseconds, never less than before."""

    def trusted(self) -> bool:
        """Whether a business day may be opened by it."""

    def pace(self) -> float:
        """How many of its seconds pass in one of a person's."""


class ClockTime:
    """Time from a clock.

    `settled` says whether today has visits already; `floor` is the newest time in the log (ms).
    """

    def __init__(self, clock: Clock, floor: int, settled: Callable[[], bool]) -> None:
        self._clock = clock
        self._settled = settled
        self._last = floor
        self._anchor()

    def _anchor(self) -> None:
        self._wall = max(self._last, self._clock.now() * 1000)
        self._base = self._clock.elapsed() * 1000

    def now(self, message: msgspec.Struct | None = None) -> int:  # noqa: ARG002  # because of the protocol
        """Unix milliseconds, never less than before."""
        if not self._settled():
            self._anchor()
        self._last = max(self._last, int(self._wall + self._clock.elapsed() * 1000 - self._base))
        return self._last

    def trusted(self) -> bool:
        """Whether the machine's clock was set."""
        return self._clock.quality() == "synced"

    def pace(self) -> float:
        """The clock's own: 1, but in a demonstration."""
        return self._clock.pace()


class MessageTime:
    """Time from the messages themselves: each says when it happened. For replays, where a year passes in minutes."""

    def __init__(self, floor: int) -> None:
        self._last = floor

    def now(self, message: msgspec.Struct | None = None) -> int:
        """The `at` of the message, never less than before."""
        if isinstance(message, Up) and message.at is not UNSET:
            self._last = max(self._last, round(seconds(message.at) * 1000))
        return self._last

    def trusted(self) -> bool:
        """A replay's time is what its author says."""
        return True

    def pace(self) -> float:
        """Nobody presses keys in a replay."""
        return 1.0
