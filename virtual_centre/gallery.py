"""What the boxes show now: the last picture and facts of every part, and a bell for those who wait for the next.

Rules: latest wins; every showing gets a higher version than all before, so that a browser names what it has seen by one
number. Any thread may show, look and wait.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Showing:
    """What `device` shows on `part`: `facts`, and a `body` (a PNG when `kind` is picture). `at`: monotonic seconds."""

    device: str
    part: str
    kind: str
    at: float
    version: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    body: bytes = b""


class Gallery:
    """The last showing per device, part and kind."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._version = 0
        self._showings: dict[Key, Showing] = {}
        self._visitors: list[Callable[[Showing], None]] = []
        self._closed = False

    def visit(self, function: Callable[[Showing], None]) -> None:
        """Call `function` with every new showing, on the thread that shows it; it must not block."""
        self._visitors.append(function)

    def show(self, device: str, part: str, kind: str, at: float, facts: Mapping[str, Any], body: bytes = b"") -> None:
        """Put up a new showing and wake all who wait."""
        with self._bell:
            self._version += 1
            showing = Showing(device, part, kind, at, self._version, dict(facts), body)
            self._showings[device, part, kind] = showing
            self._bell.notify_all()
        for function in self._visitors:
            function(showing)

    def forget(self, device: str) -> None:
        """Take down all that `device` showed."""
        with self._bell:
            for key in [key for key in self._showings if key[0] == device]:
                del self._showings[key]

    def look(self, device: str, part: str, kind: str) -> Showing | None:
        """What hangs there now."""
        with self._bell:
            return self._showings.get((device, part, kind))

    def wait(self, seen: int, within_s: float) -> list[Showing]:
        """Everything newer than version `seen`, oldest first, as soon as there is anything; [] after `within_s`."""
        with self._bell:
            self._bell.wait_for(lambda: self._version > seen or self._closed, within_s)
            fresh = [showing for showing in self._showings.values() if showing.version > seen]
            return sorted(fresh, key=lambda showing: showing.version)

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._bell:
            self._closed = True
            self._bell.notify_all()

    @property
    def closed(self) -> bool:
        """Whether it is over."""
        return self._closed
