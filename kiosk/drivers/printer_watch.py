"""Finds the printer, for ever, and tells how it is each time that changes.

Rules: for one thread; a state is told only on the printer's word or for want of it; a printer that was lost or silent
is met again as a stranger.
"""

import logging
import time
from collections.abc import Callable

from kiosk.drivers.escpos_status import Finding
from kiosk.drivers.lines import LineLost, Open
from kiosk.drivers.printer_job import clear
from kiosk.drivers.printer_probe import Found, get_acquainted, greet
from kiosk.drivers.printer_talk import Talk
from kiosk.parts import PrinterIs, PrinterState

logger = logging.getLogger(__name__)

LOOK_S = 1.0
"""How often a printer is asked how it is."""
FRESH_S = 1.5
"""How long the last word of a printer counts."""
OPEN_S = 2.0
_AGAIN_S = 0.2
_PATIENCE = 2
"""Unanswered questions in a row until a printer counts as silent."""
_REOPEN_AFTER = 5


class Watch:
    """The printer that `open_line` reaches; `tell` gets PrinterIs."""

    def __init__(self, open_line: Open, tell: Callable[[object], None]) -> None:
        self._open = open_line
        self._tell = tell
        self._unanswered = 0
        self._known = False
        self._doubt = ""
        self.talk: Talk | None = None
        self.found = Found()
        self.told: PrinterIs | None = None

    def look(self, *, broken: bool = False) -> Finding | None:
        """Reach the printer and ask how it is; None without an answer.

        `broken`: a job was broken off, and a stranger that has half of it would take any question for the rest.
        """
        try:
            if self.talk is None:
                self.talk = Talk(self._open(OPEN_S))
                self._known, self._doubt = False, ""
            finding = self._ask(self.talk, broken)
        except LineLost as lost:
            self.lose(str(lost))
            return None
        if finding is None:
            self._miss(self.talk)
        else:
            self._unanswered = 0
            self._say(finding)
        return finding

    def listen(self) -> Finding | None:
        """Take in what the printer says by itself, without waiting; how it is if it said so lately."""
        if self.talk is None:
            return None
        try:
            self.talk.hear(0.0)
        except LineLost as lost:
            self.lose(str(lost))
            return None
        finding = self.talk.finding
        if finding is None or time.monotonic() - self.talk.said_at > FRESH_S:
            return None
        self._say(finding)
        return finding

    def doubt(self, why: str) -> None:
        """From now on a printer that says it is well is told to be in error; "": it is believed again."""
        self._doubt = why
        if self.talk is not None and self.talk.finding is not None:
            self._say(self.talk.finding)

    @property
    def pause_s(self) -> float:
        """How long to wait before the next look: a first silence is made sure of soon."""
        return _AGAIN_S if 0 < self._unanswered < _PATIENCE else LOOK_S

    @property
    def out_of_reach(self) -> bool:
        """Whether it was silent or gone when it was looked for last."""
        return self.told is not None and self.told.state in (PrinterState.SILENT, PrinterState.GONE)

    @property
    def doubted(self) -> bool:
        """Whether it is not believed."""
        return bool(self._doubt)

    def lose(self, why: str) -> None:
        """The line broke."""
        self.hang_up()
        self._say(Finding(PrinterState.GONE, why))

    def hang_up(self) -> None:
        """Let go of the line."""
        talk, self.talk = self.talk, None
        if talk is not None:
            talk.close()

    def _ask(self, talk: Talk, broken: bool) -> Finding | None:
        if self._known:
            return talk.ask(self.found.requests)
        requests = greet(talk)
        finding = talk.ask(requests)
        if finding is not None and finding.prints:
            if broken:
                clear(talk)
            found = get_acquainted(talk, requests)
            if found != self.found:
                logger.info("printer: %s", found)
            self.found, self._known = found, True
            return talk.finding
        self.found = Found(requests)
        return finding

    def _miss(self, talk: Talk) -> None:
        """An answer did not come. The line may be dead without knowing it: open a new one now and then."""
        self._unanswered += 1
        if self._unanswered >= _PATIENCE or self.told is None:
            self._known = False
            self._doubt = ""
            why = "answers nonsense: wrong speed, or no receipt printer" if talk.nonsense else "does not answer"
            self._say(Finding(PrinterState.SILENT, why))
        if self._unanswered % _REOPEN_AFTER == 0:
            self.hang_up()

    def _say(self, finding: Finding) -> None:
        if self._doubt and finding.prints:
            finding = Finding(PrinterState.ERROR, self._doubt)
        well = finding.state is PrinterState.READY
        told = PrinterIs(finding.state, self.found.name if well else finding.detail)
        if self.told is None or self.told.state is not told.state:
            self._tell(told)
        self.told = told
