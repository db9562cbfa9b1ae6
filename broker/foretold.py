"""What was foretold of a visit's wait, unrounded, as facts carry it.

Rules: pure; whole seconds of work: the clerks' break does not count.
"""

from typing import Literal

from msgspec import Struct


class Foretold(Struct, frozen=True, array_like=True):
    """To be called after `low_s` to `high_s`, as probably before `mid_s` as after it; called after `worked_s`."""

    low_s: int
    mid_s: int
    high_s: int
    worked_s: int = 0

    @property
    def outcome(self) -> Literal["early", "kept", "late"]:
        """What is to be said of it, now that the call has come; `worked_s` has lost its fraction of a second."""
        return "early" if self.worked_s < self.low_s else "late" if self.worked_s >= self.high_s else "kept"
