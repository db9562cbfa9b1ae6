"""What must hold of what was put right about visits, watched fact by fact.

Rules: pure; as those of `broker.invariants`, of which this is a part.
"""

from collections.abc import Iterator

from broker import facts as f
from broker.chain import Row
from broker.visit_facts import Cancelled, PriorityCorrected, ReprintAsked, Reprinted, Restored


class VisitWatch:
    """Sees every fact of a log once, in order. `status` is that of each visit of the day, kept by `Watch`."""

    def __init__(self, status: dict[str, str]) -> None:
        self._status = status
        self._priority: dict[str, bool] = {}
        self._cancelled: dict[str, tuple[str, int]] = {}
        self._papers: dict[str, tuple[str, str]] = {}

    def see(self, row: Row, fact: f.AnyFact) -> Iterator[str]:
        """What is wrong with this fact, given all before it."""
        match fact:
            case f.DayOpened():
                self._priority.clear()
                self._cancelled.clear()
                self._papers.clear()
            case f.Issued():
                self._priority[fact.ticket] = fact.priority
            case PriorityCorrected():
                yield from self._correct(fact)
            case Cancelled():
                yield from self._cancel(row, fact)
            case Restored():
                yield from self._restore(fact)
            case ReprintAsked():
                self._papers[fact.reprint] = (fact.ticket, fact.device)
            case Reprinted():
                if self._papers.pop(fact.reprint, None) != (fact.ticket, fact.device):
                    yield f"a paper of visit {fact.ticket} is told of that nobody waits for"
            case _:
                pass

    def _correct(self, fact: PriorityCorrected) -> Iterator[str]:
        status = self._status.get(fact.ticket, "unknown")
        if status not in ("waiting", "called", "parked", "no_show"):
            yield f"visit {fact.ticket} is {status} and its priority is corrected"
        if self._priority.get(fact.ticket) != fact.before:
            yield f"visit {fact.ticket} did not have the priority that is corrected"
        self._priority[fact.ticket] = fact.after

    def _cancel(self, row: Row, fact: Cancelled) -> Iterator[str]:
        status = self._status.get(fact.ticket, "unknown")
        if status not in ("waiting", "parked", "no_show"):
            yield f"visit {fact.ticket} is {status} and cancelled"
        self._cancelled[fact.ticket] = (status, row.at)
        self._status[fact.ticket] = "cancelled"

    def _restore(self, fact: Restored) -> Iterator[str]:
        status, at = self._cancelled.pop(fact.ticket, ("unknown", 0))
        if self._status.get(fact.ticket) != "cancelled" or at != fact.at:
            yield f"visit {fact.ticket} is brought back from a cancellation that never was"
        self._status[fact.ticket] = status
