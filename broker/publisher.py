"""When a day is over: publishes its ratings and packs its counts. A thread works it out, the one writer writes it down.

Working it out takes a moment a day and about a second of a quick machine for each month of the year that ends; nobody
at a desk waits for it. What is missed, also for years, is made up for at the next start or the next day.

Rules: never in the way of the hall: a fault here is logged, and tried again with the next day.
"""

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from broker.facts import DayOpened, Entry
from broker.hub import Hub
from broker.lobby import Lobby
from broker.packed import unpacked
from broker.publishing import keep, keep_packed, work_out
from broker.reader import Reader
from broker.store import Store

logger = logging.getLogger(__name__)

PATIENCE_S = 60.0


class Publisher:
    """Looks at `store` through readers of its own; `open_reader` gives one that is closed afterwards."""

    def __init__(self, hub: Hub, store: Store, open_reader: Callable[[], AbstractContextManager[Reader]]) -> None:
        self._hub, self._store, self._open_reader = hub, store, open_reader
        self._days: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="publisher", daemon=True)
        hub.listen_to_facts(self._heard)

    def start(self) -> None:
        """Begin with what was missed."""
        if self._store.open_day:
            self._days.put(self._store.open_day)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is under way, or leave it for the next time."""
        self._days.put(None)
        if self._thread.is_alive():
            self._thread.join(5)

    def _heard(self, entries: list[Entry]) -> None:
        for day in (fact.day for entry in entries for fact in entry.facts if isinstance(fact, DayOpened)):
            self._days.put(day)

    def _run(self) -> None:
        while (before := self._days.get()) is not None:
            try:
                self._publish(before)
            except Exception:
                logger.exception("could not publish the ratings of the days before %s; it is tried again", before)

    def _publish(self, before: str) -> None:
        with self._open_reader() as reader:
            batch = work_out(reader, self._hub.site, before)
            self._hub.look(lambda _: keep(self._store, batch), PATIENCE_S)
            while rows := unpacked(reader, before):
                self._hub.look(partial(self._keep_packed, rows), PATIENCE_S)

    def _keep_packed(self, rows: list[tuple[str, str, bytes]], _lobby: Lobby) -> None:
        keep_packed(self._store, rows)
