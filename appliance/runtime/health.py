"""How a box is, told when it changes: one line in the log, one message on the bus.

Rules: nothing is repeated while nothing changes; a part is ready, degraded (works, needs a human soon) or at fault.
"""

import logging
from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import UNSET, UnsetType

from appliance.wire.choices import ClockQuality, PartState
from appliance.wire.messages import Health
from appliance.wire.told import Part

_LEVELS: dict[PartState, int] = {"ready": logging.INFO, "degraded": logging.WARNING, "fault": logging.ERROR}


class PartChanged(NamedTuple):
    """A driver says how its part is."""

    part: str
    state: PartState
    reason: str


class Changed:
    """Logs a condition when it changes: once down, once up."""

    def __init__(self, logger: logging.Logger, name: str) -> None:
        self._logger = logger
        self._name = name
        self._last: tuple[PartState, str] | None = None

    def say(self, state: PartState, reason: str = "") -> bool:
        """Log state and reason unless they were said last; whether they are new."""
        if (state, reason) == self._last:
            return False
        self._last = (state, reason)
        self._logger.log(_LEVELS[state], "%s: %s%s", self._name, state, f", {reason}" if reason else "")
        return True


class HealthReport:
    """Sends `Health` through `publish` at birth (`send`) and whenever something in it changes."""

    def __init__(
        self,
        publish: Callable[[Health], object],
        logger: logging.Logger,
        versions: dict[str, str] | None = None,
    ) -> None:
        self._publish = publish
        self._logger = logger
        self._versions = versions or {}
        self._parts: dict[str, Part] = {}
        self._said: dict[str, Changed] = {}
        self._clock: ClockQuality = "unset"
        self._epoch: str | UnsetType = UNSET
        self._highest = 0
        self._gen = 0
        self._leases: tuple[str, ...] = ()

    def part(self, name: str, state: PartState, reason: str = "") -> None:
        """Part `name` is `state` now; logged and sent when that is new."""
        if self._said.setdefault(name, Changed(self._logger, name)).say(state, reason):
            self._parts[name] = Part(state=state, reason=reason)
            self.send()

    def clock(self, quality: ClockQuality) -> None:
        """The clock's quality; sent when new."""
        if quality != self._clock:
            self._clock = quality
            self.send()

    def leases(self, leases: Iterable[str]) -> None:
        """The emergency blocks in hand; sent when new."""
        held = tuple(leases)
        if held != self._leases:
            self._leases = held
            self.send()

    def journal(self, epoch: str, highest: int) -> None:
        """How far the journal is; goes with the next message."""
        self._epoch, self._highest = epoch, highest

    def hub(self, gen: int) -> None:
        """The hub's generation was heard; a new one is told who we are."""
        if gen > self._gen:
            self._gen = gen
            self.send()

    def send(self) -> None:
        """Send the whole, as at birth and at each LinkUp."""
        self._publish(
            Health(
                parts=dict(self._parts),
                clock=self._clock,
                versions=self._versions,
                epoch=self._epoch,
                seq=self._highest,
                gen=self._gen,
                leases=self._leases,
            )
        )
