"""The printer: takes bytes through its door, prints them in its own time, answers as a real one would.

Rules: status requests are answered at once even while the head stands still; everything else is answered in its turn; a
full buffer takes no more. The thread that prints is the only one that moves paper.
"""

import threading
from collections.abc import Callable
from typing import NamedTuple

from virtual_centre.printer.commands import Command, Parser
from virtual_centre.printer.doors import Door, TcpDoor
from virtual_centre.printer.faults import STOPPING, UNPLUGGED, Condition, Fault
from virtual_centre.printer.mechanism import Mechanism
from virtual_centre.printer.nv_memory import NvMemory
from virtual_centre.printer.paper import DOTS_PER_MM, Paper
from virtual_centre.printer.speech import FLUENT, Speech, status_back

BUFFER = 16_384
SLOW_MM_S = 12.0
GARBAGE = b"\xff\x00\xa5"
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
CLEARED = b"\x37\x25\x00"
STATUS = b"\x10\x04"


class PrintedTicket(NamedTuple):
    """A piece of paper that was cut off: its picture, its length in dots, and how many bytes it took."""

    png: bytes
    height: int
    size: int


class PrinterEmulator:
    """A receipt printer behind `door` (by default a free port of this machine), see `address`.

    `on_ticket` is called with each cut ticket, on the printer's thread. `speed_mm_s` 0 prints at once. Without
    `memory` it is a model that keeps no pictures.
    """

    def __init__(
        self,
        on_ticket: Callable[[PrintedTicket], None] = lambda _: None,
        *,
        door: Door | None = None,
        width: int = 576,
        speed_mm_s: float = 0.0,
        speech: Speech = FLUENT,
        memory: NvMemory | None = None,
    ) -> None:
        self._on_ticket = on_ticket
        self._door = door or TcpDoor()
        self._speed = speed_mm_s
        self._speech = speech
        self._at_the_plug = threading.Lock()
        self._changed = threading.Condition()
        self._condition = Condition()
        self._standing: Fault | None = None
        self._told_back: bytes | None = None
        self._clears = 0
        self._waiting = b""
        self._tail = b""
        self._parser = Parser()
        self._mechanism = Mechanism(width, self._cut_off, self._answer_in_turn, memory)
        self._ticket_bytes = 0
        self._plugged = False
        self._closed = False
        self._thread = threading.Thread(target=self._print, name="printer-head", daemon=True)

    # ----------------------------------------------------------------------------------------- for its owner

    @property
    def address(self) -> str:
        """How a kiosk's configuration names it, once it was started."""
        return self._door.address

    def start(self) -> None:
        """Open the door and print. Raises OSError when the door cannot be opened."""
        self._plug()
        self._thread.start()

    def stop(self) -> None:
        """Unplug it for good."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._unplug()
        self._thread.join(5)

    def fault(self, name: Fault | None, after_rows: int = 0) -> None:
        """Play the fault `name`, once `after_rows` rows of a ticket are out; None mends whatever was wrong."""
        with self._changed:
            self._condition, self._standing = Condition(name, after_rows), None
            self._see()
            gone = self._standing in UNPLUGGED
            self._changed.notify_all()
        if gone:
            self._unplug()
        else:
            self._plug()

    @property
    def unfinished(self) -> Paper:
        """The paper that is still in the printer."""
        return self._mechanism.paper

    # ------------------------------------------------------------------------------------------------ the line

    def _plug(self) -> None:
        with self._at_the_plug:
            if not self._plugged:
                self._door.open(self._hear)
                self._plugged = True

    def _unplug(self) -> None:
        with self._at_the_plug:
            self._plugged = False
            with self._changed:
                self._forget()
                self._changed.notify_all()
            self._door.close()

    def _hear(self, data: bytes) -> None:
        """Answer what must be answered at once, queue the rest; keep the last bytes, a request may be cut in two."""
        seen = self._tail + data
        done = seen.rfind(CLEAR) + len(CLEAR) if CLEAR in seen else 0
        if done:
            with self._changed:
                self._drop()
            self._answer(CLEARED)
            data = seen[done:]
        at = seen.find(STATUS, done)
        while 0 <= at < len(seen) - 2:
            self._answer(self._speech.status(seen[at + 2], self._standing))
            done = at + 3
            at = seen.find(STATUS, done)
        self._tail = seen[max(done, len(seen) - len(CLEAR) + 1) :]
        with self._changed:
            self._waiting += data
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or not self._plugged or len(self._waiting) < BUFFER)

    def _drop(self) -> None:
        """Lose what waits to be printed."""
        self._waiting = b""
        self._parser.forget()
        self._clears += 1

    def _forget(self) -> None:
        """Lose all that is lost with the power."""
        self._drop()
        self._tail = b""
        self._told_back = None
        self._mechanism.carry_out(Command("ESC @"))

    def _answer(self, answer: bytes) -> None:
        if answer and self._standing != "silent":
            self._door.say(GARBAGE if self._standing == "garbage" else answer)

    def _answer_in_turn(self, answer: bytes) -> None:
        if self._standing != "never_confirms":
            self._answer(answer)

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
                if command.name == "ESC @":
                    self._ticket_bytes = 0  # a ticket begins; what was said before was about other things
                self._ticket_bytes += 0 if command.name.startswith("DLE") else command.size
                self._speak_of_itself(command)
                self._let_pass(self._mechanism.carry_out(command))

    def _speak_of_itself(self, command: Command) -> None:
        if command.name == "GS I":
            self._answer_in_turn(self._speech.identity(command.args[0]))
        elif command.name == "GS a" and command.args[0] and self._speech.tells:
            self._told_back = b""  # whoever wants to hear of changes hears at once how it is
        elif command.name in ("GS a", "ESC @"):
            self._told_back = None

    def _let_pass(self, rows: int) -> None:
        """The time that `rows` rows take, and the fault that may come with them."""
        speed = SLOW_MM_S if self._standing == "slow" else self._speed
        with self._changed:
            self._see()
            self._changed.wait_for(lambda: self._closed or not self._stands_still())
            if rows and speed:
                self._changed.wait_for(lambda: self._closed, rows / DOTS_PER_MM / speed)
        if self._standing in UNPLUGGED and self._plugged:
            self._unplug()

    def _see(self) -> None:
        """Let the fault begin whose time has come, and tell of it where that was asked for."""
        if self._standing is None:  # what has begun stands until it is mended, whatever is cut meanwhile
            self._standing = self._condition.begun(self._mechanism.paper.height)
            if self._standing == "forgets":
                self._forget()
        self._mechanism.near_end = self._standing == "near_end"
        now = status_back(self._standing)
        if self._told_back is not None and self._told_back != now:
            self._told_back = now
            self._answer(now)

    def _stands_still(self) -> bool:
        return self._standing in STOPPING

    def _cut_off(self, paper: Paper) -> None:
        size, self._ticket_bytes = self._ticket_bytes, 0
        if not paper.blank:
            self._on_ticket(PrintedTicket(paper.png(), paper.height, size))
