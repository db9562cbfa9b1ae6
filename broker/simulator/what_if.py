"""What would have been: days like those of a month, in a hall with other desks, rules or demand.

Rules: pure; the same chance gives the same visits, so that two halls are compared on the same days; nothing is foretold
in a simulated hall and nobody is refused before a bell, so that only the change shows.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from math import ceil
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from broker.histogram import percentile
from broker.local_calendar import LocalCalendar
from broker.model import Closing, Forecasting, Site
from broker.simulator.attendance import clerks_spans, present
from broker.simulator.change import Change, demand_of, hall_of
from broker.simulator.day import Day
from broker.simulator.hall import Hall
from broker.simulator.learned import Draw, Histogram, Learned
from broker.simulator.shifts import Shift
from broker.simulator.visits import Pace

AT_ONCE = Pace((0.0, 0.0), (0.0, 0.0))
"""What people need between two things they do is in the counts already."""
PATIENCE_S = 3600.0
"""So long after a bell clerks still call those who wait."""
SHORT_S = 900


class SimulatedDay(Struct, frozen=True):
    """One day: who was called after how long (s), by queue; how many came, and waited in the evening."""

    waits: Mapping[str, tuple[float, ...]]
    visits: int
    stranded: int

    @property
    def everybody(self) -> tuple[float, ...]:
        """The waits of all queues."""
        return tuple(chain.from_iterable(self.waits.values()))

    @property
    def called(self) -> int:
        """How many were called."""
        return sum(map(len, self.waits.values()))


class Outlook(Struct, frozen=True):
    """What a hall is like: its days, one like the other."""

    days: tuple[SimulatedDay, ...]

    def minutes(self, share: float) -> float:
        """The wait (min) that a share of all visits does not exceed; 0 of nobody."""
        waits = sorted(chain.from_iterable(day.everybody for day in self.days))
        return waits[ceil(share * len(waits) - 1e-9) - 1] / 60 if waits else 0.0

    @property
    def mean_min(self) -> float:
        """The average wait (min); 0 of nobody."""
        return sum(sum(day.everybody) for day in self.days) / 60 / max(1, sum(day.called for day in self.days))

    @property
    def within_15_min(self) -> float:
        """The share of visits that are called within a quarter of an hour."""
        waits = list(chain.from_iterable(day.everybody for day in self.days))
        return sum(wait <= SHORT_S for wait in waits) / max(1, len(waits))

    @property
    def visits(self) -> float:
        """How many come on a day."""
        return sum(day.visits for day in self.days) / len(self.days)

    @property
    def stranded(self) -> float:
        """How many wait in the evening of a day."""
        return sum(day.stranded for day in self.days) / len(self.days)


def minutes(waits: Histogram, share: float) -> float:
    """The wait (min) that a share of `waits` does not exceed; 0 of nobody."""
    return (percentile(waits, share) or 0.0) / 60


def changed(site: Site, learned: Learned, change: Change) -> tuple[Site, Learned]:
    """The hall and the demand after `change`. Raises ImpossibleError."""
    return hall_of(site, change, present(day.away for day in learned.days)), demand_of(learned, change)


def _working_days(site: Site, day: str) -> Iterator[int]:
    """The midnights (Unix ms) at which working days begin after `day`."""
    calendar = LocalCalendar(site.zone)
    while True:
        midnight = calendar.day_end(day) + 1
        day = calendar.day(midnight)
        if calendar.local(midnight).weekday() in site.hours.days:
            yield midnight


def simulate(
    site: Site,
    learned: Learned,
    change: Change,
    *,
    day: str,
    days: int,
    chance: Callable[[str], Random],
    tell: Callable[[int], None],
) -> Outlook:
    """`days` working days after the date `day`; `chance` gives a generator for each purpose, the same for the same.

    `tell` hears how many days are done. Raises ImpossibleError, and ValueError where `days` is none.
    """
    if days < 1:
        raise ValueError("at least one day must be simulated")
    site, learned = changed(site, learned, change)
    hall = Hall(replace(site, closing=Closing(), forecasting=Forecasting(method="none")))
    draw, midnights, done = Draw(learned, site), _working_days(site, day), []
    for number in range(days):
        coming = draw.day(number, chance(f"visits of day {number}"))
        shift = Shift(next(midnights), clerks_spans(site), change.breaks_min, PATIENCE_S, draw.away(number))
        for _ in Day(hall, shift, coming, AT_ONCE, chance(f"clerks of day {number}")).run():
            pass
        done.append(_seen(hall))
        tell(number + 1)
    return Outlook(tuple(done))


def _seen(hall: Hall) -> SimulatedDay:
    waits: dict[str, list[float]] = {}
    tickets = hall.lobby.tickets.values()
    for ticket in tickets:
        if ticket.first_call_at:
            waits.setdefault(ticket.series, []).append((ticket.first_call_at - ticket.issued_at) / 1000)
    return SimulatedDay(
        waits={queue: tuple(sorted(of)) for queue, of in sorted(waits.items())},
        visits=len(tickets),
        stranded=sum(ticket.status == "waiting" for ticket in tickets),
    )
