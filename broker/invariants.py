"""What must hold in every log, watched fact by fact.

Rules: pure; independent of the lobby's own code, so that a mistake there shows here; memory for one day of visits only.
"""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from broker import facts as f
from broker.appointment_watch import AppointmentWatch
from broker.call_watch import CallWatch
from broker.chain import Row
from broker.desk_watch import DeskWatch
from broker.foretold import Foretold
from broker.lease_watch import LeaseWatch
from broker.rating_facts import RATING_FACTS, Rated
from broker.undo_watch import UndoWatch
from broker.visit_watch import VisitWatch


class Watch:
    """Sees every fact of a log once, in order."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str, int], int] = {}
        self._series: dict[tuple[str, str], int] = {}
        self._status: dict[str, str] = {}
        self._visits = VisitWatch(self._status)
        self._desk_of: dict[str, str] = {}
        self._votes: dict[tuple[str, str], int] = {}
        self._day = ""
        self._at = 0
        self._before: dict[tuple[str, str], str] = {}
        self._leases = LeaseWatch()
        self._calls = CallWatch()
        self._undos = UndoWatch()
        self._desks = DeskWatch()
        self.appointments = AppointmentWatch()
        self._due: dict[str, int] = {}
        self._foretold: dict[str, Foretold | None] = {}
        self._waived: dict[str, int] = {}
        self._own: Counter[tuple[str, str]] = Counter()
        self._stepped_over: Counter[tuple[str, str]] = Counter()

    def see(self, row: Row, fact: f.AnyFact) -> Iterator[str]:
        """What is wrong with this fact, given all before it."""
        if row.day < self._day:
            yield f"the day goes back from {self._day} to {row.day}"
        if not isinstance(fact, _BESIDE):
            if row.at < self._at:
                yield "the time goes back"
            self._at = row.at
        yield from self._leases.see(fact, self._series.get((row.day, getattr(fact, "queue", "")), 0))
        yield from self._calls.see(fact, row.at)
        yield from self._desks.see(row, fact)
        yield from self._visits.see(row, fact)
        yield from self._undos.see(row, fact)
        yield from self.appointments.see(row, fact)
        match fact:
            case f.DayOpened():
                yield from self._open_day(fact)
            case f.Issued():
                yield from self._issue(row, fact)
            case f.Voided() | f.Stranded():
                yield from self._end(fact.ticket, f.kind(fact))
            case f.Undone():
                self._take_back(fact)
            case f.OfTicket():
                yield from self._at_desk(row, fact)
            case Rated():
                yield from self._rate(fact)
            case _:
                pass

    def at_end(self) -> Iterator[str]:
        """What is wrong with the log as a whole: holes in a number series (blocks of kiosks apart), what is missing."""
        yield from self.appointments.at_end()
        for key, highest in self._series.items():
            if self._own[key] + self._stepped_over[key] != highest:
                yield f"series {key[1]} of {key[0]} has {self._own[key]} numbers up to {highest}"

    def _open_day(self, fact: f.DayOpened) -> Iterator[str]:
        if fact.day <= self._day:
            yield f"day {fact.day} is opened twice"
        left = [ticket for ticket, status in self._status.items() if status in ("waiting", "called", "parked")]
        if left:
            yield f"the day before forgot {len(left)} visit(s), such as {left[0]}"
        self._day = fact.day
        self._status.clear()
        self._desk_of.clear()
        self._before.clear()
        self._due.clear()
        self._foretold.clear()
        self._waived.clear()
        self._votes.clear()

    def _issue(self, row: Row, fact: f.Issued) -> Iterator[str]:
        key = (row.day, fact.queue, fact.n)
        if key in self.numbers:
            yield f"number {fact.number} was given twice on {row.day}"
        if fact.ticket in self._status:
            yield f"visit {fact.ticket} was issued twice"
        self.numbers[key] = row.seq
        self._status[fact.ticket] = "waiting"
        self._due[fact.ticket] = fact.due
        self._foretold[fact.ticket] = fact.foretold
        if not fact.lease:
            yield from self._next_in_series(row.day, fact)

    def _next_in_series(self, day: str, fact: f.Issued) -> Iterator[str]:
        key = (day, fact.queue)
        highest = self._series.get(key, 0)
        expected = fact.n if fact.again else self._leases.following(fact.queue, highest)
        if fact.n != expected:
            yield f"number {fact.number} does not follow {highest}"
        self._own[key] += 1
        self._stepped_over[key] += expected - highest - 1 if expected > highest else -1
        self._series[key] = max(fact.n, highest)

    def _end(self, ticket: str, status: str) -> Iterator[str]:
        if self._status.get(ticket) not in ("waiting", "parked"):
            yield f"visit {ticket} is {self._status.get(ticket, 'unknown')} and becomes {status}"
        self._status[ticket] = status

    def _at_desk(self, row: Row, fact: f.OfTicket) -> Iterator[str]:
        status, desk = self._status.get(fact.ticket, "unknown"), self._desk_of.get(fact.desk)
        if isinstance(fact, f.Called):
            if status not in ("waiting", "parked", "no_show"):
                yield f"visit {fact.ticket} is {status} and called again"
            if desk is not None:
                yield f"desk {fact.desk} calls {fact.ticket} while {desk} is there"
            if fact.reason in ("turn", "backup") and row.at < self._due.get(fact.ticket, 0):
                yield f"visit {fact.ticket} is called before it is due"
            told = fact.foretold and replace(fact.foretold, worked_s=0)
            if fact.first and told != self._foretold.get(fact.ticket):
                yield f"visit {fact.ticket} is scored by what it was not told"
            self._waived[fact.ticket] = self._due.pop(fact.ticket, 0)
            self._move(fact, "called", fact.desk)
        elif isinstance(fact, f.Returned):
            if status not in ("parked", "no_show"):
                yield f"visit {fact.ticket} is {status} and put back in line"
            self._move(fact, "waiting", "")
        elif status != "called" or desk != fact.ticket:
            yield f"visit {fact.ticket} is {status}, not at desk {fact.desk}"
        elif not isinstance(fact, f.Recalled):
            self._move(fact, _AFTER[type(fact)], "")

    def _move(self, fact: f.OfTicket, status: str, desk: str) -> None:
        self._before[fact.key_of, fact.ticket] = self._status.get(fact.ticket, "")
        self._status[fact.ticket] = status
        if desk:
            self._desk_of[desk] = fact.ticket
        elif self._desk_of.get(fact.desk) == fact.ticket:
            del self._desk_of[fact.desk]

    def _take_back(self, undone: f.Undone) -> None:
        for fact in reversed(undone.facts):
            if isinstance(fact, f.Recalled) or not isinstance(fact, f.OfTicket):
                continue
            before = self._before.get((undone.desk, fact.ticket), "waiting")
            self._status[fact.ticket] = before
            if isinstance(fact, f.Called):
                self._desk_of.pop(fact.desk, None)
                self._due[fact.ticket] = self._waived.pop(fact.ticket, 0)
            elif before == "called":
                self._desk_of[fact.desk] = fact.ticket

    def _rate(self, fact: Rated) -> Iterator[str]:
        if self._votes.get((fact.voucher, fact.channel), 0) != fact.replaces:
            yield "a visit has two votes"
        other = "button" if fact.channel == "phone" else "phone"
        if fact.compared != ((fact.voucher, other) in self._votes) and not fact.replaces:
            yield "a visit counts twice in the sum"
        self._votes[fact.voucher, fact.channel] = fact.level


_BESIDE = (*RATING_FACTS, f.LedgerImported)
"""Facts whose time is none of the day's: a rating has its hour only, an import may come before the day is turned."""
_AFTER: dict[type, str] = {
    f.Missed: "no_show",
    f.Parked: "parked",
    f.Transferred: "waiting",
    f.Served: "served",
}
