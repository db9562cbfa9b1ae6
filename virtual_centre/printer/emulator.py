"""The printer on the network: takes bytes over TCP, prints them in its own time, answers as a real one would.

Rules: one connection at a time (a second one waits, as at real interface cards); status requests are answered at
once even while the head stands still; a full buffer stops reading, so the sender feels it. Loopback only.
"""

import contextlib
import logging
import socket
import struct
import threading
from collections.abc import Callable
from typing import NamedTuple

from virtual_centre.printer.commands import Command, Parser
from virtual_centre.printer.faults import STOPPING, UNPLUGGED, Condition, Fault, identity, status, status_back
from virtual_centre.printer.mechanism import Mechanism
from virtual_centre.printer.paper import DOTS_PER_MM, Paper

logger = logging.getLogger(__name__)

BUFFER = 16_384
SLOW_MM_S = 12.0
GARBAGE = b"\xff\x00\xa5"
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
CLEARED = b"\x37\x25\x00"
STATUS = b"\x10\x04"
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class PrintedTicket(NamedTuple):
    """A piece of paper that was cut off: its picture, its length in dots, and how many bytes it took."""

    png: bytes
    height: int
    size: int


class PrinterEmulator:
    """A receipt printer at `host:port` (port 0: any free one, see `port`).

    `on_ticket` is called with each cut ticket, on the printer's thread. `speed_mm_s` 0 prints at once.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        on_ticket: Callable[[PrintedTicket], None] = lambda _: None,
        *,
        width: int = 576,
        speed_mm_s: float = 0.0,
    ) -> None:
        self._host = host
        self.port = port
        self._on_ticket = on_ticket
        self._speed = speed_mm_s
        self._changed = threading.Condition()
        self._condition = Condition()
        self._standing: Fault | None = None
        self._told_back: bytes | None = None
        self._clears = 0
        self._waiting = b""
        self._parser = Parser()
        self._mechanism = Mechanism(width, self._cut_off, self._answer)
        self._ticket_bytes = 0
        self._listener: socket.socket | None = None
        self._line: socket.socket | None = None
        self._closed = False
        self._threads: list[threading.Thread] = []

    # ----------------------------------------------------------------------------------------- for its owner

    def start(self) -> None:
        """Listen and print. Raises OSError when the port is taken."""
        self._listen()
        self._threads = [
            threading.Thread(target=work, name=f"printer-{work.__name__.strip('_')}", daemon=True)
            for work in (self._serve, self._print)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Unplug it for good."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._unplug()
        for thread in self._threads:
            thread.join(5)

    def fault(self, name: Fault | None, after_rows: int = 0) -> None:
        """Play the fault `name`, once `after_rows` rows of a ticket are out; None mends whatever was wrong."""
        if name == "dies" and not after_rows:
            after_rows = 120
        with self._changed:
            self._condition, self._standing = Condition(name, after_rows), None
            self._see()
            gone = self._standing in UNPLUGGED
            if not gone and self._listener is None:
                self._listen()
            self._changed.notify_all()
        if gone:
            self._unplug()

    @property
    def unfinished(self) -> Paper:
        """The paper that is still in the printer."""
        return self._mechanism.paper

    # ------------------------------------------------------------------------------------------------ the line

    def _listen(self) -> None:
        listener = socket.create_server((self._host, self.port), backlog=1)
        self.port = listener.getsockname()[1]
        self._listener = listener

    def _serve(self) -> None:
        while not self._closed:
            listener = self._listener
            if listener is None:
                with self._changed:
                    self._changed.wait_for(lambda: self._closed or self._listener is not None)
                continue
            with contextlib.suppress(OSError):
                line, _ = listener.accept()
                with line:
                    self._converse(line)

    def _converse(self, line: socket.socket) -> None:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line = line
        tail = b""
        try:
            while data := line.recv(4096):
                tail = self._hear(tail, data)
        finally:
            self._line = None

    def _hear(self, tail: bytes, data: bytes) -> bytes:
        """Answer what must be answered at once, queue the rest; the last bytes, in case a request is cut in two."""
        seen = tail + data
        done = seen.rfind(CLEAR) + len(CLEAR) if CLEAR in seen else 0
        if done:
            self._clear_buffer()
            data = seen[done:]
        at = seen.find(STATUS, done)
        while 0 <= at < len(seen) - 2:
            self._answer(bytes([status(seen[at + 2], self._standing)]))
            done = at + 3
            at = seen.find(STATUS, done)
        with self._changed:
            self._waiting += data
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._line is None or len(self._waiting) < BUFFER)
        return seen[max(done, len(seen) - len(CLEAR) + 1) :]

    def _clear_buffer(self) -> None:
        with self._changed:
            self._forget()
        self._answer(CLEARED)

    def _forget(self) -> None:
        """Lose what has not been printed."""
        self._waiting = b""
        self._parser.forget()
        self._clears += 1

    def _answer(self, answer: bytes) -> None:
        line = self._line
        if line is None or self._standing == "silent":
            return
        with contextlib.suppress(OSError):
            line.sendall(GARBAGE if self._standing == "garbage" else answer)

    def _unplug(self) -> None:
        with self._changed:
            listener, self._listener = self._listener, None
            line, self._line = self._line, None
            self._forget()
            self._told_back = None
            self._changed.notify_all()
        for each in (line, listener):
            if each is not None:
                with contextlib.suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                    each.shutdown(socket.SHUT_RDWR)
                each.close()

    # ------------------------------------------------------------------------------------------------ the head

    def _print(self) -> None:
        while not self._closed:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or (self._waiting and not self._stands_still()))
                taken, self._waiting = self._waiting[:64], self._waiting[64:]
                self._changed.notify_all()
                commands, clears = self._parser.feed(taken), self._clears
            for command in commands:
                if clears != self._clears:
                    break
                self._ticket_bytes += 0 if command.name.startswith("DLE") else command.size
                self._speak_of_itself(command)
                self._let_pass(self._mechanism.carry_out(command))

    def _speak_of_itself(self, command: Command) -> None:
        if command.name == "GS I":
            self._answer(identity(command.args[0]))
        elif command.name == "GS a" and command.args[0]:
            self._told_back = b""  # whoever wants to hear of changes hears at once how it is
        elif command.name in ("GS a", "ESC @"):
            self._told_back = None

    def _tell_change(self) -> None:
        """Automatic status back, where it was asked for."""
        now = status_back(self._standing)
        if self._told_back is not None and self._told_back != now:
            self._told_back = now
            self._answer(now)

    def _stands_still(self) -> bool:
        return self._standing in STOPPING

    def _let_pass(self, rows: int) -> None:
        """The time that `rows` rows take, and the fault that may come with them."""
        speed = SLOW_MM_S if self._standing == "slow" else self._speed
        with self._changed:
            self._see()
            self._changed.wait_for(lambda: self._closed or not self._stands_still())
            if rows and speed:
                self._changed.wait_for(lambda: self._closed, rows / DOTS_PER_MM / speed)
        if self._standing in UNPLUGGED and self._listener is not None:
            self._unplug()

    def _see(self) -> None:
        if self._standing is None:  # what has begun stands until it is mended, whatever is cut meanwhile
            self._standing = self._condition.begun(self._mechanism.paper.height)
        self._mechanism.near_end = self._standing == "near_end"
        self._tell_change()

    def _cut_off(self, paper: Paper) -> None:
        size, self._ticket_bytes = self._ticket_bytes, 0
        if not paper.blank:
            self._on_ticket(PrintedTicket(paper.png(), paper.height, size))
