"""Papers that reception asks this kiosk for: printed when nobody uses the screen, each at most once.

Rules: that a paper is begun is on disk before its first byte leaves, so that a request heard again, also in another
life, is not printed again; what became of it is told through the journal; a paper that waits for a citizen to leave
waits no longer than the hub does.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from appliance.runtime.outbox import NotKept, Outbox
from appliance.wire.reprints import BUSY, NO_JOURNAL, NO_PRINTER, PaperOutcome, Reprint, ReprintFate
from kiosk.journal import Instant
from kiosk.parts import Outcome, PrinterState

logger = logging.getLogger(__name__)

OPEN = "reprint"
"""Where the journal remembers the paper under way."""
DONE = "reprints"
"""Where it remembers the last ones that were told of, newest last."""
REMEMBERED = 50
_PRINTS = (PrinterState.READY, PrinterState.NEAR_END)
_OUTCOMES: dict[Outcome, PaperOutcome] = {
    Outcome.PRINTED: "printed",
    Outcome.UNCERTAIN: "uncertain",
    Outcome.UNSENT: "unsent",
}


@dataclass(frozen=True)
class _Waiting:
    request: Reprint
    until: float


class Reprints:
    """The papers of one kiosk, in `outbox`. `put_on_paper` gives one to the printer, under the name of its request.

    Times are monotonic seconds.
    """

    def __init__(
        self,
        outbox: Outbox,
        now: Callable[[], Instant],
        new_id: Callable[[], str],
        put_on_paper: Callable[[Reprint], None],
    ) -> None:
        self._outbox = outbox
        self._now = now
        self._new_id = new_id
        self._put_on_paper = put_on_paper
        self._waiting: dict[str, _Waiting] = {}
        self._owed: ReprintFate | None = None

    def recover(self) -> bool:
        """Tell of the paper that the last run left half printed; whether there was one. Raises NotKept."""
        left = self._outbox.recall(OPEN)
        if left:
            self._owe(left, "uncertain", "the kiosk stopped while printing")
            self.pay()
        return bool(left)

    def hear(self, request: Reprint, now: float) -> None:
        """The hub asks for a paper, perhaps not for the first time."""
        if request.reprint not in (*self._done(), self._outbox.recall(OPEN)):
            self._waiting.setdefault(request.reprint, _Waiting(request, now + request.valid_s))

    def look(self, now: float, idle: bool, printer: PrinterState | None) -> None:
        """Begin with what waits if nobody uses the screen (`idle`), or say why it cannot be."""
        for name, each in list(self._waiting.items()):
            if self.owes:
                return
            if printer is not None and printer not in _PRINTS:
                self._refuse(name, NO_PRINTER)
            elif now >= each.until:
                self._refuse(name, BUSY if printer else NO_PRINTER)
            elif idle and printer and not self._outbox.recall(OPEN):
                self._begin(each.request)

    def deadline(self) -> float | None:
        """When `look` is wanted, if nothing else happens."""
        return None if self.owes else min((each.until for each in self._waiting.values()), default=None)

    def ended(self, job: str, outcome: Outcome, detail: str) -> bool:
        """The printer told what became of `job`; whether that was one of these."""
        if job != self._outbox.recall(OPEN):
            return False
        self._owe(job, _OUTCOMES[outcome], detail)
        return True

    def pay(self) -> None:
        """Write down what the disk refused before, if anything. Raises NotKept."""
        if self._owed is not None:
            with self._outbox.atomic():
                self._outbox.record(self._owed)
                self._outbox.remember(DONE, " ".join([*self._done(), self._owed.reprint][-REMEMBERED:]))
                if self._owed.reprint == self._outbox.recall(OPEN):
                    self._outbox.forget(OPEN)
            self._owed = None

    @property
    def owes(self) -> bool:
        """Whether something is still to be written down."""
        return self._owed is not None

    def _done(self) -> list[str]:
        return (self._outbox.recall(DONE) or "").split()

    def _begin(self, request: Reprint) -> None:
        try:
            self._outbox.remember(OPEN, request.reprint)
        except NotKept as error:
            logger.error("the journal did not take that a paper begins: %s", error)
            self._refuse(request.reprint, NO_JOURNAL)
            return
        del self._waiting[request.reprint]
        self._put_on_paper(request)

    def _refuse(self, name: str, why: str) -> None:
        del self._waiting[name]
        self._owe(name, "unsent", why)

    def _owe(self, name: str, outcome: PaperOutcome, why: str) -> None:
        self._owed = ReprintFate(id=self._new_id(), at=self._now(), reprint=name, outcome=outcome, reason=why[:200])
        try:
            self.pay()
        except NotKept as error:
            logger.error("the journal did not take what became of a paper: %s; trying again", error)
