"""How much one sender may ask: a token bucket each.

Rules: pure but for the clock that is passed in; a refused sender costs nothing but the look-up.
"""

from collections.abc import Callable

MOST_SENDERS = 4096


class Limits:
    """`per_s` messages a second for each sender, `burst` at once; 0 switches it off.

    `clock` gives monotonic seconds.
    """

    def __init__(self, per_s: float, burst: float, clock: Callable[[], float]) -> None:
        self._per_s, self._burst, self._clock = per_s, burst, clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def allow(self, sender: str) -> bool:
        """Whether `sender` may speak now; if so, it has spoken."""
        if not self._per_s:
            return True
        now = self._clock()
        tokens, last = self._buckets.get(sender, (self._burst, now))
        tokens = min(self._burst, tokens + (now - last) * self._per_s)
        if len(self._buckets) >= MOST_SENDERS:
            self._buckets.clear()
        self._buckets[sender] = (max(0.0, tokens - 1), now)
        return tokens >= 1
