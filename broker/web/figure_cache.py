"""Figures on live pages, computed at most so often that they cost a twentieth of the time.

A year by department takes a while; ten managers who watch it must not ask for it ten times every two seconds.

Rules: the same question is worked out by one thread at a time; what is shown is never older than `SHORTEST_S` or twenty
times what it took; the API is always exact and does not come here.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

SHORTEST_S = 1.0
SHARE = 20
KEPT = 64
T = TypeVar("T")


class _Known:
    """One question: its last answer, and until when it is good."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.until = float("-inf")
        self.answer: Any = None


class FigureCache:
    """The last answers, bounded. `clock` gives seconds that never jump."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[Hashable, _Known] = OrderedDict()

    def get(self, question: Hashable, work_out: Callable[[], T]) -> T:
        """The answer to `question`: a fresh enough one, or what `work_out` gives now."""
        with self._lock:
            known = self._known.setdefault(question, _Known())
            self._known.move_to_end(question)
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        with known.lock:
            started = self._clock()
            if started >= known.until:
                known.answer = work_out()
                finished = self._clock()
                known.until = finished + max(SHORTEST_S, SHARE * (finished - started))
            answer: T = known.answer
            return answer
