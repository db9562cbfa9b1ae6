"""The hub as a process: what is opened, in which order, and the heartbeat."""

import time
from typing import Protocol

from appliance.runtime.link import Link
from appliance.wire.messages import HubBeat
from broker.hub import Hub
from broker.local_calendar import LocalCalendar
from broker.publisher import Publisher
from broker.store import Store

BEAT_S = 2.0


class Server(Protocol):
    """The HTTP door."""

    def start(self) -> None:
        """Begin to serve. Raises CannotStart."""

    def stop(self) -> None:
        """Close every connection."""


class HubApp:
    """Hub, bus, pages and what is published under one loop."""

    def __init__(self, hub: Hub, store: Store, link: Link, server: Server, publisher: Publisher) -> None:
        self._hub, self._store, self._link, self._server, self._publisher = hub, store, link, server, publisher
        self._calendar = LocalCalendar(hub.site.zone)
        self._next_beat = 0.0

    def start(self) -> None:
        """Open the doors. Raises CannotStart."""
        self._server.start()
        self._hub.start()
        self._link.start()
        self._publisher.start()

    def handle(self, event: object) -> None:
        """Nothing is posted here: the doors speak to the hub themselves."""

    def deadline(self) -> float | None:
        """When the next heartbeat is due."""
        return self._next_beat

    def tick(self) -> None:
        """Say that the hub lives: the beat comes from the writer itself, so that a stuck one falls silent."""
        self._next_beat = time.monotonic() + BEAT_S
        self._hub.when(self._beat)

    def _beat(self, now: int) -> None:
        self._link.publish(HubBeat(gen=self._hub.generation, at=self._calendar.instant(now)))

    def stop(self) -> None:
        """Close the doors, finish what is waiting, close the book."""
        self._server.stop()
        self._link.stop()
        self._publisher.stop()
        self._hub.stop()
        self._store.close()
