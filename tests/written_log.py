"""Facts written down by hand, and what `goiso verify` says of a log that is made of them."""

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from broker import facts as f
from broker.appointment_facts import AppointmentsBooked
from broker.chain import Row
from broker.foretold import Foretold
from broker.invariants import Watch
from broker.rating_facts import Rated
from broker.visit_facts import Cancelled, PriorityCorrected, Restored

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
TOLD = Foretold(60, 120, 180)
BOOKED = AppointmentsBooked(new=9, changed=0, cancelled=0, actor="portal")
Did = TypeVar("Did", bound=f.OfTicket)
Command = f.AnyFact | list[f.AnyFact]
"""What one command did: a fact, or several at once."""
Written = Command | tuple[int, Command]
"""It happened, perhaps at a given moment (ms)."""


def open_day(day: str = MONDAY) -> f.DayOpened:
    return f.DayOpened(day=day)


def issued(n: int, ticket: str = "", **more: object) -> f.Issued:
    facts = {"queue": "a", "number": f"A{n:03d}", "service": "s", "code": "c", "lang": "vi", "device": "k", "ahead": 0}
    return f.Issued(ticket=ticket or f"t{n}", n=n, **facts | more)  # type: ignore[arg-type]  # because of the shared fields


def did(kind: type[Did], ticket: str, desk: object = "one", **more: object) -> Did:
    facts = {"ticket": ticket, "desk": desk, "counter": "q", "actor": "x", "queue": "a", "service": "s"}
    return kind(**facts | more)  # type: ignore[arg-type]  # because of the shared fields


def called(ticket: str, desk: str = "one", **more: object) -> f.Called:
    return did(f.Called, ticket, desk, **{"call_seq": 1, "first": False, "wait_s": 0, "reason": "turn"} | more)


def recalled(ticket: str) -> f.Recalled:
    return did(f.Recalled, ticket, call_seq=2, times=2)


def served(ticket: str, desk: str = "one") -> f.Served:
    return did(f.Served, ticket, desk, service_s=1)


def parked(ticket: str) -> f.Parked:
    return did(f.Parked, ticket, service_s=1)


def returned(ticket: str, **more: object) -> f.Returned:
    return did(f.Returned, ticket, **{"clock0": 1} | more)


def sent(ticket: str, **more: object) -> f.Transferred:
    return did(f.Transferred, ticket, **{"service_s": 1, "to_queue": "b"} | more)


def missed(ticket: str) -> f.Missed:
    return did(f.Missed, ticket)


def void(ticket: str) -> f.Voided:
    return f.Voided(ticket=ticket, queue="a", service="s")


def corrected(ticket: str, before: bool, after: bool) -> PriorityCorrected:
    facts = {"ticket": ticket, "queue": "a", "service": "s", "actor": "x", "series": "a", "at": 1}
    return PriorityCorrected(before=before, after=after, **facts)  # type: ignore[arg-type]  # because of the shared fields


def cancelled(ticket: str) -> Cancelled:
    return Cancelled(ticket=ticket, queue="a", service="s", actor="x", reason="other")


def restored(ticket: str, at: int) -> Restored:
    return Restored(ticket=ticket, queue="a", service="s", actor="x", at=at)


def stranded(ticket: str) -> f.Stranded:
    return f.Stranded(ticket=ticket, queue="a", service="s")


def undone(*facts: f.Undoable, desk: str = "one", at: int = 0, until: int = 0) -> f.Undone:
    """Taken back; `at` 0: the moment at which the first of `facts` was written last."""
    return f.Undone(desk=desk, counter="q", actor="x", at=at, facts=facts, until=until)


def rated(level: int, **more: object) -> Rated:
    facts = {"desk": "one", "counter": "q", "voucher": "v", "queue": "a", "service": "s", "latency": 0, "hour": 0}
    return Rated(level=level, **facts | more)  # type: ignore[arg-type]  # because of the shared fields


def said_of(facts: Iterable[Written]) -> list[str]:
    """What the watch says; each command happens a second after the one before, but for those that say when.

    A portal has booked as many appointments before as anybody can come for.
    """
    watch, day, at, seq = Watch(), MONDAY, 0, 0
    found: list[str] = []
    moments: dict[f.AnyFact, int] = {}
    for command, one in enumerate(((0, BOOKED), *facts)):
        at, written = one if isinstance(one, tuple) else (at + 1000, one)
        for each in written if isinstance(written, list) else [written]:
            fact = _dated(each, moments) if isinstance(each, f.Undone) else each
            moments[fact] = at
            seq += 1
            day = fact.day if isinstance(fact, f.DayOpened) else day
            found += watch.see(Row(seq, f"command {command}", "x", day, at, f.kind(fact), ""), fact)
    return [*found, *watch.at_end()]


def _dated(undone: f.Undone, moments: dict[f.AnyFact, int]) -> f.Undone:
    return replace(undone, at=undone.at or moments.get(undone.facts[0], 0))
