"""Between callers that hurry and one thread that works: it does the newest thing only, and learns when to leave off.

Rules: nobody waits but the working thread; a thing that was replaced before it was begun is handed back, so that its
end can be told too.
"""

import threading
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Taken(NamedTuple, Generic[T]):
    """A thing to do, and its turn."""

    turn: int
    thing: T


class Newest(Generic[T]):
    """The newest thing to do, or nothing."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._turn = 0
        self._waiting: T | None = None
        self._ended = False

    def put(self, thing: T | None) -> T | None:
        """From now on `thing` is to be done, or nothing at all; what was waiting and will never be done."""
        with self._changed:
            self._turn += 1
            dropped, self._waiting = self._waiting, thing
            self._changed.notify_all()
            return dropped

    def end(self) -> T | None:
        """Nothing more, for ever; what was waiting and will never be done."""
        with self._changed:
            self._ended = True
            return self.put(None)

    def take(self) -> Taken[T] | None:
        """Wait for the next thing to do; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._waiting is not None)
            thing, self._waiting = self._waiting, None
            return None if thing is None else Taken(self._turn, thing)

    def overtaken(self, turn: int, within_s: float = 0.0) -> bool:
        """Whether something else is to be done instead of what was taken at `turn`, waiting at most so long for it."""
        with self._changed:
            return self._changed.wait_for(lambda: self._turn != turn, within_s)
