"""What must hold of emergency blocks in every log.

Rules: pure; independent of the code that grants them, so that a mistake there shows here.
"""

from collections.abc import Iterator

from broker import facts as f
from broker.lease_facts import KioskKnown, LeaseGranted, LeaseLost, LeaseReturned


class LeaseWatch:
    """Sees every fact of a log once, in order. A block ends once: lost with its journal, or returned at day's end."""

    def __init__(self) -> None:
        self._open: dict[str, LeaseGranted] = {}
        self._named: set[str] = set()
        self._ranges: dict[str, list[tuple[int, int]]] = {}
        self._used: dict[str, set[int]] = {}
        self._places: dict[str, int] = {}

    def see(self, fact: f.AnyFact, highest: int) -> Iterator[str]:
        """What is wrong with this fact; the hub itself has given out numbers of its queue up to `highest`."""
        match fact:
            case f.DayOpened():
                yield from self._open_day()
            case f.DayClosed() if self._open:
                yield f"block {next(iter(self._open))} was not returned"
            case KioskKnown():
                yield from self._know(fact)
            case LeaseGranted():
                yield from self._grant(fact, highest)
            case LeaseLost() | LeaseReturned():
                yield from self._end(fact)
            case f.Issued() if fact.lease:
                yield from self._issue(fact)
            case _:
                pass

    def following(self, queue: str, n: int) -> int:
        """The number the hub gives out after `n`: the next one outside of every block."""
        n += 1
        for first, last in sorted(self._ranges.get(queue, ())):
            if first <= n <= last:
                n = last + 1
        return n

    def _open_day(self) -> Iterator[str]:
        if self._open:
            yield f"the day before forgot {len(self._open)} block(s), such as {next(iter(self._open))}"
        self._open.clear()
        self._named.clear()
        self._ranges.clear()
        self._used.clear()

    def _know(self, fact: KioskKnown) -> Iterator[str]:
        if self._places.get(fact.device, fact.place) != fact.place:
            yield f"{fact.device} moves from place {self._places[fact.device]} to {fact.place}"
        elif fact.device not in self._places and fact.place in self._places.values():
            yield f"place {fact.place} is given to {fact.device} too"
        self._places[fact.device] = fact.place

    def _grant(self, fact: LeaseGranted, highest: int) -> Iterator[str]:
        if fact.lease in self._named:
            yield f"block {fact.lease} was granted twice"
        if fact.first <= highest:
            yield f"block {fact.first} to {fact.last} begins at or below {highest}, which the hub gave out"
        ranges = self._ranges.setdefault(fact.queue, [])
        if any(fact.first <= last and first <= fact.last for first, last in ranges):
            yield f"block {fact.first} to {fact.last} of {fact.queue} overlaps another"
        ranges.append((fact.first, fact.last))
        self._named.add(fact.lease)
        self._open[fact.lease] = fact
        self._used[fact.lease] = set()

    def _end(self, fact: LeaseLost | LeaseReturned) -> Iterator[str]:
        lease = self._open.pop(fact.lease, None)
        if lease is None:
            yield f"block {fact.lease} ends, but is not open"
            return
        used = len(self._used[fact.lease])
        if (fact.used, fact.left) != (used, lease.last - lease.first + 1 - used):
            yield f"block {fact.lease} says {fact.used} used and {fact.left} left; {used} were issued"

    def _issue(self, fact: f.Issued) -> Iterator[str]:
        lease = self._open.get(fact.lease)
        if lease is None:
            yield f"number {fact.number} comes from block {fact.lease}, which is not open"
            return
        if (fact.device, fact.queue) != (lease.device, lease.queue) or not lease.first <= fact.n <= lease.last:
            yield f"number {fact.number} of {fact.device} is not in block {fact.lease} of {lease.device}"
        if fact.n in self._used[fact.lease]:
            yield f"number {fact.number} of block {fact.lease} was issued twice"
        self._used[fact.lease].add(fact.n)
