"""How long a wrong password must wait.

Rules: pure; `now` is in seconds of a clock that never jumps; five errors are free, then 15 s that double with each
further error, and the fifteenth locks. A lock of an account holds until an administrator lifts it; one of an address
fades.
"""

import math
from collections import OrderedDict

from msgspec import Struct

FREE = 5
FIRST_WAIT_S = 15.0
LOCK_AT = 15


class Failures(Struct, frozen=True):
    """How often in a row it went wrong, and when last."""

    count: int = 0
    last: float = 0.0


def wait_s(failures: Failures, now: float) -> float:
    """Seconds until the next try is looked at: 0 when it may come now, infinite when locked."""
    if failures.count < FREE:
        return 0.0
    if failures.count >= LOCK_AT:
        return math.inf
    pause = FIRST_WAIT_S * 2.0 ** (failures.count - FREE)
    return max(0.0, failures.last + pause - now)


class Throttle:
    """Failures per key, in memory and bounded: the least recent key is forgotten first, each one after `forget_s`.

    An error is counted before the password is looked at, so that many tries at once are no way round it, and taken back
    when the password was right.
    """

    def __init__(self, forget_s: float = 3600.0, capacity: int = 4096) -> None:
        self._forget_s = forget_s
        self._capacity = capacity
        self._seen: OrderedDict[str, Failures] = OrderedDict()

    def wait_s(self, key: str, now: float) -> float:
        """Seconds until a try of `key` is looked at."""
        failures = self._seen.get(key, Failures(0, now))
        left = failures.last + self._forget_s - now
        return 0.0 if left <= 0 else min(left, wait_s(failures, now))

    def charge(self, key: str, now: float) -> None:
        """Count one error of `key`."""
        before = self._seen.pop(key, Failures(0, now))
        count = 0 if now - before.last >= self._forget_s else before.count
        self._seen[key] = Failures(count + 1, now)
        if len(self._seen) > self._capacity:
            self._seen.popitem(last=False)

    def forgive(self, key: str) -> None:
        """Take one error of `key` back."""
        before = self._seen.get(key)
        if before is not None:
            self._seen[key] = Failures(max(0, before.count - 1), before.last)
