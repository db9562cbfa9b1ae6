"""Which touches count: a finger that trembles, or hits twice, meant it once. Pure."""

from dataclasses import dataclass

SETTLE_S = 0.3


@dataclass
class Touches:
    """Remembers when a touch last counted."""

    counted_at: float = float("-inf")

    def counts(self, now: float) -> bool:
        """Whether a touch at `now` (monotonic seconds) counts: not within `SETTLE_S` of the last that did."""
        if now - self.counted_at < SETTLE_S:
            return False
        self.counted_at = now
        return True
