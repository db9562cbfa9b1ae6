"""Which touches count: a finger that trembles, or hits twice, meant it once. Pure."""

from dataclasses import dataclass

SETTLE_S = 0.4
"""How long a second touch on the same place is taken for the first: the page may have changed under the finger."""
KEYS_SETTLE_S = 0.12
"""The same while a page has a keyboard: there people mean a letter twice, and a wrong one is taken back easily."""
NEAR = 0.06
"""How far apart two touches on the same place may be, as a part of the screen's width or height."""


@dataclass
class Touches:
    """Remembers where and when a touch last counted."""

    at: float = float("-inf")
    x: float = 0.0
    y: float = 0.0

    def counts(self, x: float, y: float, now: float, settle_s: float = SETTLE_S) -> bool:
        """Whether a touch at `now` (monotonic seconds) counts."""
        same_place = abs(x - self.x) < NEAR and abs(y - self.y) < NEAR
        if same_place and now - self.at < settle_s:
            return False
        self.at, self.x, self.y = now, x, y
        return True
