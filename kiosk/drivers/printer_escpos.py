"""A real receipt printer: prints, asks how it is, and says only what it has heard from it.

Rules: one thread owns the line; every wait has a deadline; PRINTED only on the printer's own word (a barrier that it
answers after the cut, and a status that makes sense after that); UNSENT only when not one byte can have left; all else
is UNCERTAIN. After a broken job the printer's buffer is cleared before anything new goes in.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

from kiosk.config import PrinterSection
from kiosk.drivers import escpos_bytes as escpos
from kiosk.drivers.escpos_status import REQUESTS, is_barrier, is_status, judge
from kiosk.drivers.lines import Line, LineLost, opener
from kiosk.drivers.strips import draw
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState
from kiosk.ticket import Band

logger = logging.getLogger(__name__)

LOOK_S = 1.0
"""How often an idle printer is asked how it is."""
STATUS_S = 0.5
OPEN_S = 2.0
PATIENCE = 2
"""Unanswered questions in a row until a printer counts as silent."""
REOPEN_AFTER = 5
_PRINTING = frozenset({PrinterState.READY, PrinterState.NEAR_END})
_HOPELESS = frozenset({PrinterState.PAPER_OUT, PrinterState.COVER_OPEN})


class _Job(NamedTuple):
    name: str
    bands: tuple[Band, ...]


class _Clear(NamedTuple):
    bands: tuple[Band, ...]


class EscposPrinter:
    """The printer that `section` describes; `tell` gets PrinterIs and PrintEnded, on the printer's thread."""

    def __init__(self, section: PrinterSection, tell: Callable[[object], None], cache: Path) -> None:
        self._section = section
        self._tell = tell
        self._open = opener(section.address, cache)
        self._orders: queue.SimpleQueue[_Job | _Clear | None] = queue.SimpleQueue()
        self._line: Line | None = None
        self._spoiled: tuple[Band, ...] | None = None
        self._unanswered = 0
        self._told: PrinterIs | None = None
        self._numbers = count(int(time.monotonic() * 10))
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    # ------------------------------------------------------------------------------------------- for the owner

    def start(self) -> None:
        """Look for the printer, for ever."""
        self._thread.start()

    def print(self, job: str, bands: tuple[Band, ...]) -> None:
        """Print a ticket; PrintEnded tells."""
        self._orders.put(_Job(job, bands))

    def clear(self, bands: tuple[Band, ...]) -> None:
        """Forget what a broken job left in the printer, then print `bands`, before anything else."""
        self._orders.put(_Clear(bands))

    def stop(self) -> None:
        """Let go of the printer once the job under way has ended."""
        self._orders.put(None)
        if self._thread.is_alive():
            self._thread.join(self._section.deadline_s + OPEN_S)

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    # --------------------------------------------------------------------------------------- the printer's thread

    def _run(self) -> None:
        while True:
            try:
                order = self._orders.get(timeout=LOOK_S if self._told else 0)
            except queue.Empty:
                self._look()
                continue
            if order is None:
                break
            if isinstance(order, _Clear):
                self._spoiled = order.bands
                self._look()
            else:
                self._finish(order, *self._print(order))
        self._hang_up()

    def _finish(self, job: _Job, outcome: Outcome, detail: str) -> None:
        if outcome is Outcome.UNCERTAIN:
            self._spoiled = self._spoiled or ()
            self._forget()
        if outcome is not Outcome.PRINTED:
            logger.warning("ticket %s: %s, %s", job.name, outcome.value, detail)
        self._tell(PrintEnded(job.name, outcome, detail))

    def _print(self, job: _Job) -> tuple[Outcome, str]:
        ready = self._look() in _PRINTING
        line = self._line
        if line is None or not ready or self._spoiled is not None:
            return Outcome.UNSENT, f"printer {self._told.state.value if self._told else 'unknown'}"
        try:
            confirmed = self._print_on(line, job.bands)
        except LineLost as lost:
            self._lose(str(lost))
            return Outcome.UNCERTAIN, str(lost)
        return (Outcome.PRINTED, "") if confirmed else (Outcome.UNCERTAIN, "not confirmed by the printer")

    def _print_on(self, line: Line, bands: tuple[Band, ...]) -> bool:
        """Send `bands`; whether the printer says that it is past the cut, in time. Raises LineLost."""
        nonce = escpos.nonce(next(self._numbers))
        by_id = self._section.confirm == "process-id"
        end = escpos.process_id(nonce) if by_id else escpos.BARRIER
        deadline = time.monotonic() + self._section.deadline_s
        dots = self._section.dots
        line.send(escpos.ticket(draw(bands, dots), dots, end), self._section.deadline_s)
        return self._confirmed(line, escpos.processed(nonce) if by_id else b"", deadline)

    def _confirmed(self, line: Line, wanted: bytes, deadline: float) -> bool:
        """Whether `wanted` (b"": a barrier) is said before `deadline` and before the printer stops for a person."""
        said = bytearray()
        asked = time.monotonic()
        while (now := time.monotonic()) < deadline:
            said += _without_status(line.receive(min(0.2, deadline - now)))
            if (wanted in said) if wanted else any(is_barrier(byte) for byte in said):
                return self._ask(line, said) is not None
            if now - asked >= LOOK_S:
                asked = now
                if self._ask(line, said) in _HOPELESS:
                    return False
        return False

    # ------------------------------------------------------------------------------------------------- how it is

    def _look(self) -> PrinterState | None:
        """Reach the printer, ask how it is, tidy up after a broken job; its state now, None without an answer."""
        try:
            if self._line is None:
                self._line = self._open(OPEN_S)
            state = self._ask(self._line, bytearray())
            if state is None:
                self._miss()
            elif self._spoiled is not None and state in _PRINTING:
                self._tidy(self._line, self._spoiled)
        except LineLost as lost:
            self._lose(str(lost))
            return None
        return state

    def _ask(self, line: Line, aside: bytearray) -> PrinterState | None:
        """The state by the printer's own word (told, too), or None when it gave no sensible answer.

        Whatever else it says meanwhile goes to `aside`. Raises LineLost.
        """
        answers: dict[int, int] = {}
        while early := line.receive(0.0):
            aside += _without_status(early)  # a status that nobody asked for yet is an old one
        for request in REQUESTS:
            line.send(escpos.status_request(request), STATUS_S)
            heard = line.receive(STATUS_S)
            aside += _without_status(heard)
            found = [byte for byte in heard if is_status(byte)]
            if not found:
                return None
            answers[request] = found[-1]
        self._unanswered = 0
        return self._say(*judge(answers))

    def _miss(self) -> None:
        """An answer did not come. The line may be dead without knowing it: open a new one now and then."""
        self._unanswered += 1
        if self._unanswered >= PATIENCE or self._told is None:
            self._say(PrinterState.SILENT, "does not answer")
        if self._unanswered % REOPEN_AFTER == 0:
            self._hang_up()

    def _forget(self) -> None:
        """Let the printer drop what it still has, now: it would go on with the old ticket as soon as it can."""
        if self._line is not None:
            try:
                self._clear(self._line)
            except LineLost as lost:
                self._lose(str(lost))

    def _clear(self, line: Line) -> None:
        line.send(escpos.CLEAR, STATUS_S)
        line.receive(STATUS_S)  # its word that it did; a printer without that word has had the time

    def _tidy(self, line: Line, bands: tuple[Band, ...]) -> None:
        self._clear(line)
        if self._print_on(line, bands):
            self._spoiled = None

    def _say(self, state: PrinterState, detail: str = "") -> PrinterState:
        if self._told is None or self._told.state is not state:
            self._told = PrinterIs(state, detail)
            self._tell(self._told)
        return state

    def _lose(self, why: str) -> None:
        self._hang_up()
        self._say(PrinterState.GONE, why)

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _without_status(said: bytes) -> bytes:
    return bytes(byte for byte in said if not is_status(byte))
