"""Counts of today and of the newest days before it; what is older is forgotten.

Rules: pure; whole numbers only, so that what is read back from the read models is exactly what was counted live; what
was counted and taken back again leaves no trace.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Window(Generic[K]):
    """Counts by key: of the open `day`, and of the newest `most` finished days with any."""

    def __init__(self, most: int) -> None:
        self.day = ""
        self._most = most
        self._open: Counter[K] = Counter()
        self._finished: dict[str, Counter[K]] = {}
        self._sums: Counter[K] = Counter()

    @property
    def days(self) -> int:
        """How many finished days there is something of."""
        return len(self._finished)

    def begin(self, day: str) -> None:
        """`day` begins: the one before is finished, and what is older than the window is forgotten."""
        if self._open:
            self._finished[self.day] = self._open
            self._sums.update(self._open)
        for old in sorted(self._finished)[: -self._most]:
            for key, n in self._finished.pop(old).items():
                _count(self._sums, key, -n)
        self.day, self._open = day, Counter()

    def add(self, day: str, key: K, n: int) -> None:
        """Count `n` more on `day`, which is the open one or one before it."""
        if day == self.day:
            _count(self._open, key, n)
            return
        of_day = self._finished.setdefault(day, Counter())
        for counts in (of_day, self._sums):
            _count(counts, key, n)
        if not of_day:
            del self._finished[day]

    def finished(self) -> Iterable[tuple[K, int]]:
        """What was counted on the finished days."""
        return self._sums.items()

    def all(self, key: K) -> int:
        """How many of a key were counted on the finished days and today."""
        return self._sums.get(key, 0) + self._open.get(key, 0)


def _count(counts: Counter[K], key: K, n: int) -> None:
    counts[key] += n
    if not counts[key]:
        del counts[key]
