"""Whether the log says truly why each visit was called, watched fact by fact.

Rules: pure; independent of the lobby's and the scheduling's own code, so that a mistake there shows here; calls from
before reasons were kept are not judged.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from broker import facts as f
from broker.visit_facts import Cancelled, PriorityCorrected, Restored

_IN_ORDER = ("first", "due", "moved")


class _Visit(Struct, frozen=True):
    """What decides who is next; `place` is when it came, and its rank among those of the same moment.

    `issued` is when it got its number; `slot`: it has the place in line of an appointment; `kept` for that desk alone.
    """

    queue: str
    series: str
    place: tuple[int, int]
    priority: bool
    due: int
    issued: int
    waits: bool = True
    kept: str = ""
    returned: bool = False
    slot: bool = False


class CallWatch:
    """Sees every fact of a log once, in order."""

    def __init__(self) -> None:
        self._visits: dict[str, _Visit] = {}
        self._before: dict[tuple[str, str], _Visit] = {}
        self._waited: dict[str, bool] = {}

    def see(self, fact: f.AnyFact, at: int) -> Iterator[str]:
        """What is wrong with the reason of a call at the moment `at` (ms), given all before it."""
        match fact:
            case f.DayOpened():
                self._visits.clear()
                self._before.clear()
                self._waited.clear()
            case f.Issued():
                issued = fact.issued_at or at
                place = (max(issued, fact.clock0), len(self._visits))
                visit = _Visit(fact.queue, fact.queue, place, fact.priority, fact.due, issued, slot=fact.clock0 > 0)
                self._visits[fact.ticket] = visit
            case f.Undone():
                self._take_back(fact)
            case PriorityCorrected() | Cancelled() | Restored() if fact.ticket in self._visits:
                self._visits[fact.ticket] = self._righted(self._visits[fact.ticket], fact)
            case f.DeskClosed():
                yield from self._free(fact)
            case f.Voided() | f.Stranded() | f.OfTicket() if fact.ticket in self._visits:
                visit = self._visits[fact.ticket]
                if isinstance(fact, f.Called) and fact.why:
                    yield from self._judge(fact, visit, at)
                if isinstance(fact, f.OfTicket):
                    self._before[fact.key_of, fact.ticket] = visit
                self._visits[fact.ticket] = _moved(visit, fact)
            case _:
                pass

    def _righted(self, visit: _Visit, fact: PriorityCorrected | Cancelled | Restored) -> _Visit:
        match fact:
            case PriorityCorrected(after=after):
                return replace(visit, priority=after)
            case Cancelled():
                self._waited[fact.ticket] = visit.waits
                return replace(visit, waits=False)
            case Restored():
                return replace(visit, waits=self._waited.pop(fact.ticket, False), kept=fact.desk)

    def _take_back(self, undone: f.Undone) -> None:
        for ticket in (ticket for fact in reversed(undone.facts) for ticket in f.moved(fact)):
            if before := self._before.get((undone.desk, ticket)):
                self._visits[ticket] = replace(before, priority=self._visits[ticket].priority)

    def _free(self, fact: f.DeskClosed) -> Iterator[str]:
        for ticket, queue in fact.freed:
            visit = self._visits.get(ticket)
            if visit is None or not visit.waits or visit.kept != fact.desk:
                yield f"visit {ticket} does not wait for desk {fact.desk}, which lets it go"
            else:
                self._before[fact.key_of, ticket] = visit
                self._visits[ticket] = replace(visit, queue=queue, kept="")

    def _judge(self, call: f.Called, visit: _Visit, at: int) -> Iterator[str]:
        passed = sum(
            other.waits and not other.kept and other.due <= at and other.place < visit.place
            for other in self._visits.values()
            if visit.waits and other.queue == visit.queue
        )
        if call.overtook != passed:
            yield f"visit {call.ticket} passes {passed} who came before, the call says {call.overtook}"
        if call.priority != visit.priority:
            yield f"visit {call.ticket} has {'' if visit.priority else 'no '}priority, the call says otherwise"
        true = {
            "first": True,
            "due": visit.due > 0,
            "returned": visit.returned,
            "moved": visit.queue != visit.series,
            "priority": visit.priority,
            "appointment": visit.slot,
            call.reason: True,  # of who is taken by hand, or was kept: no other reason is called as a why
        }
        passes = {"priority": passed > 0, "appointment": passed > 0, **dict.fromkeys(_IN_ORDER, passed == 0)}
        if not true.get(call.why) or not passes.get(call.why, True):
            yield f"visit {call.ticket} is called as {call.why}, which it is not"


def _moved(visit: _Visit, fact: f.AnyFact) -> _Visit:
    match fact:
        case f.Called():
            return replace(visit, waits=False, kept="", due=0)
        case f.Returned(kept=True):
            return replace(visit, waits=True, kept=fact.desk)
        case f.Returned():
            place = (max(fact.clock0, visit.issued), visit.place[1])
            return replace(visit, waits=True, returned=True, slot=False, place=place)
        case f.Transferred():
            return replace(visit, waits=True, queue=fact.to_queue, kept=fact.to_desk)
        case f.Recalled():
            return visit
        case _:
            return replace(visit, waits=False)
