"""What must hold of appointments, watched fact by fact.

The log names no code, so no fact says whose appointment was missed or cancelled. What it tells is balanced all the
same: each that was made is cancelled, missed, or becomes one number, until that number is void.

Rules: pure; as those of `broker.invariants`, of which this is a part.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from msgspec import Struct

from broker import facts as f
from broker.appointment_facts import AppointmentFreed, AppointmentMissed, AppointmentsBooked
from broker.chain import Row

LONGEST_DAY_MS = 25 * 3_600_000
Come = tuple[str, int, str]
"""Service, slot (ms) and visit of an appointment for which somebody came."""


class _CheckIn(Struct, frozen=True):
    """Who came for the appointment at `slot` (ms), and what is to follow if his number is void.

    One that was given `again` may stand for an appointment that this log, an older copy, never heard of.
    """

    slot: int
    freed: AppointmentFreed
    again: bool


class AppointmentWatch:
    """Sees every fact of a log once, in order."""

    def __init__(self) -> None:
        self._left = 0
        self._come: dict[str, _CheckIn] = {}
        self._void: set[str] = set()
        self._owed: tuple[str, str] | None = None

    def see(self, row: Row, fact: f.AnyFact) -> Iterator[str]:
        """What is wrong with this fact, given all before it."""
        if self._owed or isinstance(fact, AppointmentFreed):
            yield from self._free(row, fact)
        match fact:
            case f.DayOpened():
                self._come.clear()
                self._void.clear()
            case AppointmentsBooked():
                if min(fact.new, fact.changed, fact.cancelled) < 0:
                    yield "a file of appointments makes, changes or cancels fewer than none"
                yield from self._ends(fact.cancelled - fact.new, "cancelled")
            case f.Issued() if fact.appointment or fact.clock0:
                yield from self._check_in(row, fact)
            case f.Voided() if fact.ticket in self._come and fact.ticket not in self._void:
                self._void.add(fact.ticket)
                self._owed = row.id, fact.ticket
            case AppointmentMissed():
                if not 0 <= row.at - fact.slot < LONGEST_DAY_MS:
                    yield "an appointment is missed that was not on this day"
                yield from self._ends(1, "missed")
            case f.Called():
                yield from self._call(row, fact)
            case _:
                pass

    def at_end(self) -> Iterator[str]:
        """What is wrong with the log as a whole: the last number is void and its appointment not free."""
        if self._owed:
            yield f"visit {self._owed[1]} is void and its appointment still counts as kept"

    def beside(self, kept: Collection[Come]) -> Iterator[str]:
        """Where what is `kept` beside the log of the open day is not what the log says."""
        for service, slot, ticket in kept:
            come = self._come.get(ticket)
            if come is None or (come.freed.service, come.slot) != (service, slot):
                yield f"table appointments says that {ticket} came for one, the log does not"
        rows = Counter(ticket for _, _, ticket in kept)
        for ticket, come in self._come.items():
            least = 0 if come.again or ticket in self._void else 1
            if not least <= rows[ticket] <= 1:
                yield f"table appointments has {rows[ticket]} for which {ticket} came"

    def _check_in(self, row: Row, fact: f.Issued) -> Iterator[str]:
        at = fact.issued_at or row.at
        if fact.clock0 > fact.appointment:
            yield f"number {fact.number} stands in line by an appointment that there is not"
        if not fact.clock0 and at <= fact.appointment:
            yield f"number {fact.number} counts as late before its time"
        freed = AppointmentFreed(queue=fact.queue, service=fact.service, late=not fact.clock0, at=at)
        self._come[fact.ticket] = _CheckIn(fact.appointment, freed, fact.again)
        if not fact.again:
            yield from self._ends(1, "kept")

    def _ends(self, n: int, how: str) -> Iterator[str]:
        self._left -= n
        if self._left < 0:
            yield f"an appointment is {how} that was never made, or has ended before"
            self._left = 0

    def _free(self, row: Row, fact: f.AnyFact) -> Iterator[str]:
        """A void number frees its appointment in the same breath; nothing else does."""
        owed, self._owed = self._owed, None
        if owed is None:
            yield "an appointment is freed by no number that is void"
            return
        come = self._come[owed[1]]
        if (row.id, fact) != (owed[0], come.freed):
            yield f"visit {owed[1]} is void and its appointment still counts as kept"
        elif not come.again:
            self._left += 1

    def _call(self, row: Row, fact: f.Called) -> Iterator[str]:
        come = self._come.get(fact.ticket)
        in_time = fact.first and come is not None and not come.freed.late
        after_s = max(0, row.at - come.slot) // 1000 if come is not None and in_time else None
        if fact.after_slot_s != after_s:
            yield f"visit {fact.ticket} waited {after_s} s after its time, the call says {fact.after_slot_s}"
