"""Where bytes go into a printer and answers come out. A door is used by the emulator only.

Rules: loopback only; one partner at a time (a second one waits, as at real interface cards); who hands bytes to `hear`
waits there while the printer's buffer is full, so the sender feels it.
"""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from typing import Protocol

Hear = Callable[[bytes], None]
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
HOST = "127.0.0.1"


class Door(Protocol):
    """A way to the printer."""

    @property
    def address(self) -> str:
        """How a kiosk's configuration names it."""

    def open(self, hear: Hear) -> None:
        """Plug it in. `hear` gets what is said, on the door's thread. Raises OSError."""

    def say(self, data: bytes) -> None:
        """Say something to whoever is there, if anybody is."""

    def close(self) -> None:
        """Unplug it: whoever is there loses the line, whoever comes finds none. Twice does no harm."""


class TcpDoor:
    """A network card at `HOST:port`; port 0 is any free one, which stays the same from then on."""

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._listener: socket.socket | None = None
        self._line: socket.socket | None = None

    @property
    def address(self) -> str:
        """How a kiosk's configuration names it."""
        return f"tcp://{HOST}:{self._port}"

    def open(self, hear: Hear) -> None:
        """Listen."""
        self._listener = socket.create_server((HOST, self._port), backlog=1)
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, args=(self._listener, hear), name="printer-tcp", daemon=True).start()

    def say(self, data: bytes) -> None:
        """Send it."""
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError):
                line.sendall(data)

    def close(self) -> None:
        """Reset the line and refuse new ones."""
        listener, self._listener = self._listener, None
        line, self._line = self._line, None
        for each in (line, listener):
            if each is not None:
                with contextlib.suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                    each.shutdown(socket.SHUT_RDWR)
                each.close()

    def _serve(self, listener: socket.socket, hear: Hear) -> None:
        while listener is self._listener:
            with contextlib.suppress(OSError):
                line, _ = listener.accept()
                with line:
                    self._converse(line, hear)

    def _converse(self, line: socket.socket, hear: Hear) -> None:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line = line
        try:
            while data := line.recv(4096):
                hear(data)
        finally:
            if self._line is line:
                self._line = None
