"""A printer's door with a stopwatch: what has arrived, and when."""

import threading
import time

from appliance.runtime.errors import CannotStart
from virtual_centre.printer.doors import Door, Hear


class TimedDoor:
    """Another door, which notes what has arrived, and when."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._bell = threading.Condition()
        self._arrived: list[tuple[float, int]] = []
        self._data = b""

    @property
    def address(self) -> str:
        """How a kiosk's configuration names it."""
        return self._door.address

    def open(self, hear: Hear) -> None:
        """Plug it in."""

        def note(data: bytes) -> None:
            self._note(data)
            hear(data)

        self._door.open(note)

    def say(self, data: bytes) -> None:
        """Answer."""
        self._door.say(data)

    def close(self) -> None:
        """Unplug it."""
        self._door.close()

    def _note(self, data: bytes) -> None:
        with self._bell:
            self._data += data
            self._arrived.append((time.monotonic(), len(self._data)))
            self._bell.notify_all()

    def mark(self) -> int:
        """How much has arrived."""
        with self._bell:
            return len(self._data)

    def until(self, wanted: bytes, since: int, patience_s: float) -> tuple[float, bytes]:
        """When the end of `wanted` arrived, and all that came after `since` up to there."""
        with self._bell:
            if not self._bell.wait_for(lambda: wanted in self._data[since:], patience_s):
                raise CannotStart(f"the printer did not get {wanted!r} within {patience_s} s")
            end = self._data.index(wanted, since) + len(wanted)
            return next(at for at, size in self._arrived if size >= end), self._data[since:end]
