"""Telling systemd how we are, by its datagram socket; silent where there is none.

Rules: the watchdog is fed only by a loop that turned, at half of the time it allows.
"""

import os
import socket
import time
from collections.abc import Callable, Mapping


class Supervisor:
    """systemd, as the environment names it (`NOTIFY_SOCKET`, `WATCHDOG_USEC`)."""

    def __init__(
        self, environment: Mapping[str, str] | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        environment = os.environ if environment is None else environment
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        allowed_us = environment.get("WATCHDOG_USEC", "")
        self._every_s = int(allowed_us) / 2e6 if allowed_us.isdigit() and int(allowed_us) else None
        self._monotonic = monotonic
        self._fed = float("-inf")

    def tell(self, *states: str) -> None:
        """Send states such as `READY=1`."""
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.sendto("\n".join(states).encode(), self._address)

    def feed(self) -> None:
        """Feed the watchdog if it is time."""
        now = self._monotonic()
        if self._every_s is not None and now - self._fed >= self._every_s:
            self._fed = now
            self.tell("WATCHDOG=1")
