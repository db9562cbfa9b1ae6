"""Waiting in tests: until something is so, or a bound has passed. Nothing here sleeps for a fixed time."""

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

PATIENT_S = 60.0
"""A bound, not an assertion about time: a machine may be slow, or busy with others."""
QUIET_S = 0.3

T = TypeVar("T")


def eventually(condition: Callable[[], T], within_s: float = PATIENT_S) -> T:
    """The first true value of `condition`, asked every 5 ms. Raises AssertionError after `within_s`."""
    never = threading.Event()
    for _ in range(int(within_s / 0.005)):
        if found := condition():
            return found
        never.wait(0.005)
    raise AssertionError(f"not so within {within_s} s")


class Mailbox:
    """What was posted, waited for one by one. `post` is for any thread."""

    def __init__(self) -> None:
        self._queue: queue.Queue[object] = queue.Queue()

    def post(self, event: object) -> None:
        self._queue.put(event)

    def next(self, kind: type[T], within_s: float = PATIENT_S) -> T:
        """The next event, which must be of `kind`."""
        event = self._queue.get(timeout=within_s)
        assert isinstance(event, kind), event
        return event

    def until(self, kind: type[T], fits: Callable[[T], bool] = lambda _: True, within_s: float = PATIENT_S) -> T:
        """The next event of `kind` that `fits`; others are dropped."""
        while True:
            event = self._queue.get(timeout=within_s)
            if isinstance(event, kind) and fits(event):
                return event

    def quiet(self, for_s: float = QUIET_S) -> None:
        """Nothing may come for so long."""
        try:
            event = self._queue.get(timeout=for_s)
        except queue.Empty:
            return
        raise AssertionError(f"unexpected {event}")
