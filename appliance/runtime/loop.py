"""The only `while` of a box: one inbox, one owner thread.

Rules: any thread posts, only the owner's thread handles, first what has happened, then what time alone brings; an error
in a handler ends the process, because state that a half-done handler left behind is not to be trusted and the
supervisor starts a clean one within a second.
"""

import logging
import queue
import time
from collections.abc import Callable
from typing import Protocol

logger = logging.getLogger(__name__)

TURN_S = 1.0
"""The loop turns at least this often, so that a watchdog can tell idle from stuck."""


class App(Protocol):
    """A box, as the loop sees it. Every method is called on the owner's thread only."""

    def start(self) -> None:
        """Open parts, start the link. Raises CannotStart."""

    def handle(self, event: object) -> None:
        """Take one event."""

    def tick(self) -> None:
        """The deadline has come."""

    def deadline(self) -> float | None:
        """When `tick` is wanted next, in `time.monotonic()` seconds; None: not before the next event."""

    def stop(self) -> None:
        """Close what `start` opened. Called once, also after an error."""


class Watched(Protocol):
    """A part with a thread of its own whose death must not go unseen."""

    @property
    def alive(self) -> bool:
        """Whether its thread still runs."""


class _Stop:
    """Ends the loop when its turn in the inbox comes."""


class Loop:
    """The inbox and the turning of it."""

    def __init__(self) -> None:
        self._inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._watched: list[Watched] = []

    def post(self, event: object) -> None:
        """Queue `event` for the app. From any thread or signal handler; never blocks."""
        self._inbox.put(event)

    def stop(self) -> None:
        """End `run` after the events that are queued now. From any thread or signal handler."""
        self._inbox.put(_Stop())

    def watch(self, part: Watched) -> None:
        """Let the watchdog starve when `part` dies."""
        self._watched.append(part)

    @property
    def alive(self) -> bool:
        """Whether every watched part lives."""
        return all(part.alive for part in self._watched)

    def run(
        self, app: App, started: Callable[[], None] = lambda: None, turned: Callable[[], None] = lambda: None
    ) -> int:
        """Run `app` until `stop`; 0 then, 1 after an error. Raises what `app.start` raises.

        `started` is called once after the start, `turned` after each turn.
        """
        try:
            app.start()
            started()
            return self._turn(app, turned)
        finally:
            app.stop()

    def _turn(self, app: App, turned: Callable[[], None]) -> int:
        try:
            while True:
                due = app.deadline()
                event = self._next(due)
                if isinstance(event, _Stop):
                    return 0
                if event is not None:
                    app.handle(event)
                    due = app.deadline()
                if due is not None and self._is_time(due):
                    app.tick()
                turned()
        except Exception:  # because the top of the loop is where every surprise ends, loudly
            logger.exception("stopped by an error")
            return 1

    def _is_time(self, due: float) -> bool:
        """Whether the deadline counts now: what has happened before it, and waits in the inbox, comes first."""
        overdue = time.monotonic() - due
        return overdue >= 0 and (self._inbox.empty() or overdue > TURN_S)

    def _next(self, due: float | None) -> object | None:
        """The next event, or None when nothing came until `due` or for one turn."""
        wait = TURN_S if due is None else min(TURN_S, due - time.monotonic())
        try:
            return self._inbox.get(timeout=wait) if wait > 0 else self._inbox.get_nowait()
        except queue.Empty:
            return None
