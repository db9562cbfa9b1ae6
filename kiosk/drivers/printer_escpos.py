"""A real receipt printer: prints, asks how it is, and says only what it has heard from it.

Rules: one thread owns the line; every wait has a deadline; PRINTED only on the printer's own word; UNSENT only when not
one byte can have left; all else is UNCERTAIN. After a broken job the printer's buffer is cleared before anything new
goes in. What can wait is done while nobody does (`Idle`), one short piece at a time.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kiosk.config import PrinterSection
from kiosk.drivers.compose import Way, ticket_bytes
from kiosk.drivers.escpos_status import Finding
from kiosk.drivers.lines import LineLost, opener
from kiosk.drivers.logo import read_logo
from kiosk.drivers.printer_idle import Idle, Nothing
from kiosk.drivers.printer_job import Confirmation, Word, answers_roll_call, clear, put_on_paper
from kiosk.drivers.printer_memory import PrinterMemory
from kiosk.drivers.printer_talk import Talk
from kiosk.drivers.printer_watch import OPEN_S, Watch
from kiosk.parts import Outcome, PrintEnded
from kiosk.ticket import Band

logger = logging.getLogger(__name__)

LISTEN_S = 0.2
"""How soon an idle printer is heard that says something by itself."""
TIDY_TRIES = 2
"""Papers that a printer may leave unconfirmed in a row until a person is told."""
TIDY_AGAIN_S, TIDY_RARELY_S = 30.0, 3600.0
"""After that it is tried again so rarely, and ever more rarely."""
UNCONFIRMING = "does not confirm what it prints"


class _Job(NamedTuple):
    name: str
    bands: tuple[Band, ...]


class _Clear(NamedTuple):
    bands: tuple[Band, ...]


class EscposPrinter:
    """The printer that `section` describes; `tell` gets PrinterIs and PrintEnded, on the printer's thread."""

    def __init__(
        self, section: PrinterSection, tell: Callable[[object], None], cache: Path, idle: Idle | None = None
    ) -> None:
        self._section = section
        self._tell = tell
        self._memory = PrinterMemory(section.dots)
        self._idle = idle or (self._memory if section.mode == "hybrid" else Nothing())
        self._watch = Watch(opener(section.address, cache), tell)
        self._way = Confirmation(section.confirm)
        self._orders: queue.SimpleQueue[_Job | _Clear | None] = queue.SimpleQueue()
        self._spoiled: tuple[Band, ...] | None = None
        self._tidied = 0
        self._tidy_at = float("-inf")
        self._look_at = float("-inf")
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    # ------------------------------------------------------------------------------------------- for the owner

    def start(self) -> None:
        """Look for the printer, for ever."""
        self._thread.start()

    def print(self, job: str, bands: tuple[Band, ...]) -> None:
        """Print a ticket; PrintEnded tells."""
        self._orders.put(_Job(job, bands))

    def keep(self, bands: tuple[Band, ...]) -> None:
        """Write these words into the printer's memory when there is time."""
        self._memory.keep(bands)

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
        more = True
        self._memory.logo = read_logo(self._section.logo, self._section.dots)
        while True:
            try:
                order = self._orders.get(timeout=0 if more else LISTEN_S)
            except queue.Empty:
                more = self._rest()
                continue
            if order is None:
                break
            if isinstance(order, _Clear):
                self._spoiled = order.bands
                self._look()
            else:
                self._finish(order, *self._print(order))
        self._watch.hang_up()

    def _rest(self) -> bool:
        """Nothing is ordered: look, listen, and do what could wait; whether there is more of that."""
        finding = self._look() if time.monotonic() >= self._look_at else self._watch.listen()
        talk = self._watch.talk
        if finding is None or not finding.prints or self._spoiled is not None or talk is None:
            return False
        try:
            return self._idle.step(talk, self._watch.found)
        except LineLost as lost:
            self._watch.lose(str(lost))
            return False

    def _look(self) -> Finding | None:
        """How the printer is, asked now; one that is well is tidied up after a broken job."""
        finding = self._watch.look(
            broken=self._spoiled is not None or (self._section.mode == "hybrid" and self._memory.half_written)
        )
        self._look_at = time.monotonic() + self._watch.pause_s
        if finding is None:
            self._tidied = 0
        elif self._spoiled is not None and finding.prints and self._tidies_now():
            self._tidy(self._spoiled)
        return finding

    def _newest(self) -> Finding | None:
        """How the printer is, not older than the last look at one that cannot be reached."""
        lately = self._watch.listen()
        if lately is not None and self._watch.found.tells and self._spoiled is None:
            return lately
        known = self._watch.out_of_reach and time.monotonic() < self._look_at
        return None if known else self._look()

    def _print(self, job: _Job) -> tuple[Outcome, str]:
        finding = self._newest()
        talk = self._watch.talk
        if talk is None or finding is None or not finding.prints or self._spoiled is not None:
            return Outcome.UNSENT, f"printer {self._watch.told.state.value if self._watch.told else 'unknown'}"
        try:
            word = self._put(talk, job.bands)
        except LineLost as lost:
            self._watch.lose(str(lost))
            return Outcome.UNCERTAIN, str(lost)
        return (Outcome.PRINTED, "") if word is Word.CONFIRMED else (Outcome.UNCERTAIN, word.value)

    def _put(self, talk: Talk, bands: tuple[Band, ...]) -> Word:
        data = ticket_bytes(bands, self._means(), self._way.question())
        return put_on_paper(talk, self._watch.found, data, self._way, self._section.deadline_s)

    def _means(self) -> Way:
        """How the printer that stands there now is used."""
        mode, dots = self._section.mode, self._section.dots
        kept = self._memory.kept(self._watch.found) if mode == "hybrid" else {}
        if kept is None:
            return Way(dots, logo=self._memory.logo)
        return Way(dots, mode, kept, self._section.tables, self._section.smooth, self._memory.logo)

    def _finish(self, job: _Job, outcome: Outcome, detail: str) -> None:
        if outcome is Outcome.UNCERTAIN:
            self._spoiled = self._spoiled or ()
            self._forget()
        if outcome is not Outcome.PRINTED:
            logger.warning("ticket %s: %s, %s", job.name, outcome.value, detail)
        self._tell(PrintEnded(job.name, outcome, detail))

    def _forget(self) -> None:
        """Let the printer drop what it still has, now: it would go on with the old ticket as soon as it can."""
        if self._watch.talk is not None:
            try:
                clear(self._watch.talk)
            except LineLost as lost:
                self._watch.lose(str(lost))

    def _tidies_now(self) -> bool:
        return not self._watch.doubted or time.monotonic() >= self._tidy_at

    def _tidy(self, bands: tuple[Band, ...]) -> None:
        talk = self._watch.talk
        if talk is None:
            return
        try:
            clear(talk)
            word = self._put(talk, bands) if answers_roll_call(talk, self._way) else Word.UNCONFIRMED
        except LineLost as lost:
            self._watch.lose(str(lost))
            return
        if word is Word.CONFIRMED:
            self._spoiled, self._tidied = None, 0
            self._watch.doubt("")
        elif word is Word.UNCONFIRMED:
            self._tidied += 1
        if self._tidied >= TIDY_TRIES:
            wait_s = min(TIDY_RARELY_S, TIDY_AGAIN_S * 2 ** (self._tidied - TIDY_TRIES))
            self._tidy_at = time.monotonic() + wait_s
            self._watch.doubt(UNCONFIRMING)
