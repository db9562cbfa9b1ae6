"""Moves bytes between an MQTT client and its socket: the external event loop that paho provides for.

Rules: only the pump's thread touches the socket; publishers queue and ring the bell. What has piled up leaves in one
piece, which is worth a third of a busy hub's time on the line.
"""

import contextlib
import select
import socket
import threading
from collections.abc import Callable
from typing import Any, Protocol

TURN_MS = 1000
BATCH = 200


class Talker(Protocol):
    """What the pump needs of paho's client. The numbers are its error codes, 0 is success."""

    def socket(self) -> Any:
        """The open socket, or None."""

    def loop_read(self) -> int:
        """Take what came."""

    def loop_write(self) -> int:
        """Send what is queued."""

    def loop_misc(self) -> int:
        """Keep the connection alive."""

    def want_write(self) -> bool:
        """Whether something is queued."""


class Pump:
    """One for the life of a link: its bell outlives every connection, so that a late publisher rings in vain."""

    def __init__(self) -> None:
        self._bell, self._rope = socket.socketpair()
        self._bell.setblocking(False)
        self._rope.setblocking(False)
        self._thread = 0
        self.taken = 0
        """Messages taken in; whoever hears one counts it, so that the pump knows there may be more."""

    def ring(self) -> None:
        """Wake the pump. From any thread; on its own it is awake."""
        if threading.get_ident() == self._thread:
            return
        with contextlib.suppress(BlockingIOError):  # a full bell has been rung
            self._rope.send(b"!")

    def run(self, talker: Talker, turned: Callable[[], bool]) -> int:
        """Pump until the connection ends (its error code) or `turned`, called each second or sooner, says no (0)."""
        self._thread = threading.get_ident()
        line = talker.socket()
        poll = select.poll()
        poll.register(self._bell, select.POLLIN)
        code = 0
        while code == 0 and turned() and talker.socket() is line:
            poll.register(line, select.POLLIN | (select.POLLOUT if talker.want_write() else 0))
            for number, event in poll.poll(TURN_MS):
                if number == self._bell.fileno():
                    self._hush()
                elif event & ~select.POLLOUT:
                    code = code or self._take(talker)
            code = code or _send(talker, line) or talker.loop_misc()
        return code

    def _hush(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._bell.recv(4096)

    def _take(self, talker: Talker) -> int:
        for _ in range(BATCH):
            before = self.taken
            code = talker.loop_read()
            line = talker.socket()
            if code or line is None or (self.taken == before and not _decrypted(line)):
                return code
        return 0


def _decrypted(line: Any) -> int:
    """Bytes that a TLS socket has read ahead, which poll does not see."""
    return line.pending() if hasattr(line, "pending") else 0


def _send(talker: Talker, line: socket.socket) -> int:
    """Also with nothing to send: only this makes paho ring again for what is queued next."""
    if not talker.want_write():
        return talker.loop_write()
    _cork(line, 1)
    try:
        return talker.loop_write()
    finally:
        _cork(line, 0)


def _cork(line: socket.socket, on: int) -> None:
    with contextlib.suppress(OSError):  # closed just now, or no TCP
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, on)
