"""Whether each undo takes back just what its desk did last, watched fact by fact.

Rules: pure; independent of the lobby's own code, so that a mistake there shows here; what the hub allows is judged by
what it wrote down of it, so undos from before that was kept are not judged by the clock, nor by who sits where. That a
rated visit is not taken back cannot be seen: no log ties a vote to its visit.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from broker import facts as f
from broker.chain import Row
from broker.visit_facts import Cancelled, Restored


class _Visit(Struct, frozen=True):
    """Where a visit stands: at a `desk`, called so many `times`, or `kept` for one; cancelled, it `was` so before."""

    status: str
    queue: str
    clock0: int
    desk: str = ""
    kept: str = ""
    times: int = 0
    was: str = ""


class _Step(Struct, frozen=True):
    """What a desk did with one command, whether it had been `open` until then, and the visits before and after it."""

    id: str
    at: int
    open: bool
    facts: tuple[f.AnyFact, ...] = ()
    before: dict[str, _Visit] = {}
    after: dict[str, _Visit] = {}


class UndoWatch:
    """Sees every fact of a log once, in order."""

    def __init__(self) -> None:
        self._visits: dict[str, _Visit] = {}
        self._open: set[str] = set()
        self._last: dict[str, _Step] = {}

    def see(self, row: Row, fact: f.AnyFact) -> Iterator[str]:
        """What is wrong with this fact, given all before it."""
        match fact:
            case f.DayOpened():
                self._visits.clear()
                self._open.clear()
                self._last.clear()
            case f.DayClosed():
                self._last.clear()
            case f.Issued():
                came = fact.clock0 or fact.issued_at or row.at
                self._visits[fact.ticket] = _Visit("waiting", fact.queue, came)
            case f.Undone():
                yield from self._undo(fact, row.at)
            case _ if isinstance(fact, f.Undoable):
                self._do(row, fact)
            case Cancelled() | Restored() | f.Voided() | f.Stranded() if fact.ticket in self._visits:
                self._visits[fact.ticket] = _moved(self._visits[fact.ticket], fact)
            case _:
                pass

    def _do(self, row: Row, fact: f.Undoable) -> None:
        desk = fact.key_of
        step = self._last.get(desk)
        if step is None or step.id != row.id:
            step = _Step(row.id, row.at, desk in self._open)
        before, after = dict(step.before), dict(step.after)
        for ticket in f.moved(fact):
            if visit := self._visits.get(ticket):
                before.setdefault(ticket, visit)
                after[ticket] = self._visits[ticket] = _moved(visit, fact, ticket)
        self._last[desk] = replace(step, facts=(*step.facts, fact), before=before, after=after)
        if isinstance(fact, f.DeskClosed):
            self._open.discard(desk)
        elif isinstance(fact, f.DeskOpened):
            self._open.add(desk)

    def _undo(self, undone: f.Undone, at: int) -> Iterator[str]:
        desk, step = undone.desk, self._last.pop(undone.desk, None)
        others = next((fact.key_of for fact in undone.facts if fact.key_of != desk), None)
        if others is not None:
            yield f"desk {desk} takes back what desk {others} did"
        elif step is None or step.facts != undone.facts:
            yield f"desk {desk} takes back what it did not do last"
        elif step.at != undone.at:
            yield f"desk {desk} takes back what it did at another moment"
        if undone.until and at > undone.until:
            yield f"desk {desk} takes back what it might take back until {at - undone.until} ms before"
        if step is not None:
            yield from self._restore(desk, step, by_the_rules=undone.until > 0)

    def _restore(self, desk: str, step: _Step, *, by_the_rules: bool) -> Iterator[str]:
        for ticket, then in step.after.items():
            if self._visits[ticket] != then:
                yield f"visit {ticket} has gone on since desk {desk} did what it takes back"
        self._visits |= step.before
        (self._open.add if step.open else self._open.discard)(desk)
        if by_the_rules:
            yield from self._forsaken(desk, step)

    def _forsaken(self, desk: str, step: _Step) -> Iterator[str]:
        for ticket, visit in self._visits.items():
            touched = visit.kept == desk or ticket in step.before
            if touched and visit.status == "waiting" and visit.kept and visit.kept not in self._open:
                yield f"visit {ticket} is left to wait for desk {visit.kept}, which is closed"


def _moved(visit: _Visit, fact: f.AnyFact, ticket: str = "") -> _Visit:
    match fact:
        case f.Called():
            return replace(visit, status="called", desk=fact.desk, kept="", times=1)
        case f.Recalled():
            return replace(visit, times=fact.times)
        case f.Missed():
            return replace(visit, status="no_show", desk="")
        case f.Parked():
            return replace(visit, status="parked", desk="")
        case f.Transferred():
            return replace(visit, status="waiting", desk="", queue=fact.to_queue, kept=fact.to_desk)
        case f.Returned():
            return replace(visit, status="waiting", clock0=fact.clock0, kept=fact.desk if fact.kept else "")
        case f.DeskClosed():
            return replace(visit, queue=dict(fact.freed)[ticket], kept="")
        case Cancelled():
            return replace(visit, status="cancelled", was=visit.status)
        case Restored():
            return replace(visit, status=visit.was, kept=fact.desk, was="")
        case _:
            return replace(visit, status="over", desk="", kept="")
