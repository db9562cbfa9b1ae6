"""A serial port with a printer at its end: a pty whose name in the file system stays when the port comes back.

Rules: as slow as the line would be: so many bits a second, ten for each byte, and no more is taken; what is said while
nobody has the port open is lost when it is opened, as on a real line.
"""

import contextlib
import os
import select
import threading
import time
import tty
from pathlib import Path

from virtual_centre.printer.doors import Hear

_BITS = 10
"""On the line for each byte: start, eight, stop."""
_TICK_S = 0.005


class SerialDoor:
    """The port at `path`, a link to whatever pty it is; `baud` 0 takes bytes as fast as they come."""

    def __init__(self, path: Path, baud: int = 0) -> None:
        self._path = path
        self._baud = baud
        self._plugged: _Pty | None = None

    @property
    def address(self) -> str:
        """How a kiosk's configuration names it."""
        return f"serial:{self._path}?baud={self._baud or 115_200}"

    def open(self, hear: Hear) -> None:
        """Let the port appear."""
        self._plugged = _Pty(self._baud, hear)
        self._path.unlink(missing_ok=True)
        self._path.symlink_to(self._plugged.name)

    def say(self, data: bytes) -> None:
        """Send it."""
        if self._plugged is not None:
            self._plugged.say(data)

    def close(self) -> None:
        """Let the port vanish."""
        plugged, self._plugged = self._plugged, None
        if plugged is not None:
            self._path.unlink(missing_ok=True)
            plugged.close()


class _Pty:
    """One life of the port."""

    def __init__(self, baud: int, hear: Hear) -> None:
        self._ours, self._theirs = os.openpty()  # theirs stays open here, or a pause between two partners ends it all
        tty.setraw(self._ours)
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self.name = os.ttyname(self._theirs)
        self._baud = baud
        self._hear = hear
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="printer-serial", daemon=True)
        self._thread.start()

    def say(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # nobody reads: the line has no memory
            os.write(self._ours, data)

    def close(self) -> None:
        self._ended.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(2)
        os.close(self._ours)
        os.close(self._theirs)

    def _serve(self) -> None:
        free_at = time.monotonic()
        most = max(1, round(self._baud / _BITS * _TICK_S)) if self._baud else 4096
        while not self._ended.is_set():
            if not select.select([self._ours], [], [], 0.05)[0]:
                continue
            data = os.read(self._ours, most)
            if self._baud:
                free_at = max(free_at, time.monotonic()) + len(data) * _BITS / self._baud
                self._ended.wait(free_at - time.monotonic())
            self._hear(data)
