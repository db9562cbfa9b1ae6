"""Rating terminals that appear when somebody looks at their desk, a few at a time.

Rules: the one that was looked at longest ago makes room; a terminal that is closed ends in good order and keeps its
journal, so that nothing pressed on it is lost.
"""

import threading
from collections.abc import Callable, Collection

MOST = 3


class Terminals:
    """Opens and closes terminals by desk, through `begin` and `finish`; calls may come from any thread."""

    def __init__(self, desks: Collection[str], begin: Callable[[str], object], finish: Callable[[str], object]) -> None:
        self._desks = desks
        self._begin = begin
        self._finish = finish
        self._open: list[str] = []
        self._lock = threading.Lock()

    def look(self, desk: str) -> None:
        """Somebody wants to see the terminal of `desk`. Raises LookupError when there is no such desk."""
        if desk not in self._desks:
            raise LookupError(f"Không có bàn này · no such desk: {desk}")
        with self._lock:
            if desk in self._open:
                self._open.remove(desk)
            else:
                if len(self._open) >= MOST:
                    self._finish(self._open.pop(0))
                self._begin(desk)
            self._open.append(desk)
