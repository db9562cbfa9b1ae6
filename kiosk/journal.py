"""The durable side of one ticket: what was asked, that printing began, what became of the paper.

Rules: a step is on disk before the world hears of it; whatever a crash leaves half done is settled at the next start:
asked and never printing is withdrawn, printing without an end is uncertain; nothing else is ever undone by itself. What
the disk refuses is tried again before the next ticket. What the hub has is kept a while with the number that it gave,
so that a hub which comes back with an older copy gives that number to nobody else; a citizen's card is not kept, nor is
the code of an appointment.
"""

import logging
from collections.abc import Callable
from enum import Enum

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from appliance.runtime.outbox import NotKept, Outbox
from appliance.wire.choices import ClockQuality, FateKind
from appliance.wire.messages import Fate, TicketRequest, TicketView
from appliance.wire.parts import Given
from kiosk.events import Ask
from kiosk.parts import Outcome

logger = logging.getLogger(__name__)

WISH = "wish"
"""Where the journal remembers the ticket under way: the step and the id it is about."""
KEPT = 2000
"""Acknowledged events that stay: more than a busy kiosk makes in a day."""
_ASKED, _PRINTING, _ALONE = "asked", "printing", "alone"
_FATES: dict[Outcome, FateKind] = {
    Outcome.PRINTED: "printed",
    Outcome.UNCERTAIN: "uncertain",
    Outcome.UNSENT: "void",
}
_FORGOTTEN = {"card": UNSET, "appointment": UNSET}
Instant = str | UnsetType


class Left(Enum):
    """What the last run left behind."""

    NOTHING = "nothing"
    A_WISH = "a wish without an answer"
    A_PAPER = "a paper that may be half printed"


class Journal:
    """The ticket under way, in `outbox`. `now` gives the instant to write down, `new_id` fresh ids."""

    def __init__(self, outbox: Outbox, now: Callable[[], Instant], new_id: Callable[[], str]) -> None:
        self._outbox = outbox
        self.now = now
        self.new_id = new_id
        self._owed: Fate | None = None
        self._under_way: Fate | None = None

    def recover(self) -> Left:
        """Settle what a crash left. Raises NotKept."""
        step, _, which = (self._outbox.recall(WISH) or "").partition(" ")
        if step == _ASKED:
            self._settle(Fate(id=self.new_id(), at=self.now(), fate="withdrawn", request=which))
            return Left.A_WISH
        if step in (_PRINTING, _ALONE):
            begun = (
                msgspec.json.decode(which, type=Fate)
                if step == _ALONE
                else Fate(id=which, fate="printing", ticket=which)
            )
            self._settle(self._next(begun, "uncertain", "the kiosk stopped while printing"))
            return Left.A_PAPER
        return Left.NOTHING

    def ask(self, wish: Ask, clock: ClockQuality) -> None:
        """A number is about to be asked for. Raises NotKept: then do not ask."""
        self.pay()
        request = TicketRequest(
            id=wish.request,
            at=self.now(),
            service=wish.service or UNSET,
            appointment=wish.appointment or UNSET,
            priority=wish.group or UNSET,
            lang=wish.language,
            card=wish.card or UNSET,
            accept=UNSET if wish.accept is None else wish.accept,
            clock=clock,
        )
        with self._outbox.atomic():
            self._outbox.record(request)
            self._outbox.remember(WISH, f"{_ASKED} {wish.request}")

    def withdraw(self, request: str) -> None:
        """The wish `request` got no answer, or no number; it is taken back, now or when the disk takes it.

        Also after a refusal: a hub that should hear the wish once more must not give nobody a number.
        """
        self._owe(Fate(id=self.new_id(), at=self.now(), fate="withdrawn", request=request))

    def printing(self, ticket: TicketView) -> None:
        """The first byte of `ticket` is about to leave. Raises NotKept: then do not print."""
        if self._under_way is not None and self._under_way.ticket == ticket.id:
            return  # issued by this kiosk itself, which wrote that down already
        self._under_way = Fate(id=self.new_id(), at=self.now(), fate="printing", ticket=ticket.id)
        slot = UNSET if ticket.late else ticket.appointment
        given = Given(number=ticket.number, code=ticket.code, due=ticket.due, appointment=slot)
        told = {"service": ticket.service, "given": given, **_FORGOTTEN}
        with self._outbox.atomic():
            self._outbox.amend(TicketRequest, ticket.id, **told)
            self._outbox.record(self._under_way)
            self._outbox.remember(WISH, f"{_PRINTING} {ticket.id}")

    def issue(self, fate: Fate, instead_of: str, block: tuple[str, str]) -> None:
        """The first byte of a ticket with a number of this kiosk's own is about to leave, as `fate` says.

        `instead_of`: the wish that is taken back for it, if any; `block`: key and value of what is left of the numbers.
        Raises NotKept: then nothing happened, and nothing may be printed.
        """
        self.pay()
        with self._outbox.atomic():
            if instead_of:
                self._record(Fate(id=self.new_id(), at=self.now(), fate="withdrawn", request=instead_of))
            self._outbox.record(fate)
            self._outbox.remember(WISH, f"{_ALONE} {msgspec.json.encode(fate).decode()}")
            self._outbox.remember(*block)
        self._under_way = fate

    def ended(self, ticket: str, outcome: Outcome, reason: str = "") -> bool:
        """What became of the paper of `ticket`, kept now or when the disk takes it; whether that was still open.

        A ticket that was given up is uncertain for ever: a late word from the printer changes nothing.
        """
        begun = self._under_way
        if begun is None or begun.ticket != ticket:
            logger.warning("ticket %s: %s, too late to count", ticket, outcome.value)
            return False
        self._under_way = None
        self._owe(self._next(begun, _FATES[outcome], reason))
        return True

    def pay(self) -> None:
        """Write down what the disk refused before, if anything. Raises NotKept."""
        if self._owed is not None:
            self._settle(self._owed)
            self._owed = None

    @property
    def owes(self) -> bool:
        """Whether something is still to be written down."""
        return self._owed is not None

    def _next(self, begun: Fate, fate: FateKind, reason: str) -> Fate:
        """What became of a paper that was begun. A number of this kiosk's own keeps the time of its issue."""
        at = self.now() if begun.lease is UNSET else begun.at
        return replace(begun, id=self.new_id(), at=at, fate=fate, reason=reason[:200])

    def _owe(self, fate: Fate) -> None:
        self._owed = fate
        try:
            self.pay()
        except NotKept as error:
            logger.error("the journal did not take %s: %s; trying again", fate.fate, error)

    def _settle(self, fate: Fate) -> None:
        with self._outbox.atomic():
            self._record(fate)
            self._outbox.forget(WISH)

    def _record(self, fate: Fate) -> None:
        self._outbox.record(fate)
        if fate.request is not UNSET:
            self._outbox.amend(TicketRequest, fate.request, **_FORGOTTEN)
