"""What would have been: days like those of a month, in a hall with other desks, rules or demand.

Rules: pure; the same chance gives the same visits, so that two halls are compared on the same days; nothing is foretold
in a simulated hall and nobody is refused before a bell, so that only the change shows.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from broker.histogram import bucket_of, percentile, within
from broker.model import Closing, Forecasting, LocalCalendar, Policy, Site
from broker.simulator.day import Day
from broker.simulator.hall import Hall
from broker.simulator.learned import Draw, Histogram, Learned
from broker.simulator.shifts import Shift
from broker.simulator.visits import Pace

AT_ONCE = Pace((0.0, 0.0), (0.0, 0.0))
"""What people need between two things they do is in the counts already."""
PATIENCE_S = 3600.0
"""So long after a bell clerks still call those who wait."""


class Change(Struct, frozen=True, kw_only=True):
    """What is to be different. `desks`: queue → desks more (or fewer); None leaves a thing as it is."""

    demand: float = 1.0
    desks: Mapping[str, int] = {}
    backup_after_s: int | None = None
    policy: Policy | None = None
    priority_rate: float | None = None
    priority_share: float | None = None
    breaks_min: tuple[float, ...] = ()


class Outlook(Struct, frozen=True, kw_only=True):
    """What a hall is like: waits (histograms, of all and by queue), visits and stranded ones a day."""

    waits: Histogram
    by_queue: Mapping[str, Histogram]
    visits: float
    stranded: float

    def minutes(self, share: float) -> float:
        """The wait (min) that a share of all visits does not exceed."""
        return minutes(self.waits, share)

    @property
    def within_15_min(self) -> float:
        """The share of visits that are called within a quarter of an hour."""
        return within(self.waits, 900) / max(1, sum(self.waits.values()))


def minutes(waits: Histogram, share: float) -> float:
    """The wait (min) that a share of `waits` does not exceed; 0 of nobody."""
    return (percentile(waits, share) or 0.0) / 60


def changed(site: Site, learned: Learned, change: Change) -> tuple[Site, Learned]:
    """The hall and the demand after `change`. Raises ValueError where there is no such queue, or no desk is left."""
    rules = site.rules
    for name in ("backup_after_s", "policy", "priority_rate"):
        value = getattr(change, name)
        rules = rules if value is None else replace(rules, **{name: value})
    desks = dict(site.desks)
    for queue, more in change.desks.items():
        own = [desk for desk in site.desks.values() if queue in desk.skills]
        if not own:
            raise ValueError(f"no desk serves a queue {queue!r}; queues are {', '.join(site.queues)}")
        if len(own) + more < 1:
            raise ValueError(f"queue {queue} has {len(own)} desk(s): one must be left")
        for n in range(more):
            desks[f"{queue}-more-{n + 1}"] = replace(own[0], id=f"{queue}-more-{n + 1}")
        for desk in own[len(own) + min(more, 0) :]:
            del desks[desk.id]
    services = {service: change.demand * mean for service, mean in learned.services.items()}
    priority = learned.priority if change.priority_share is None else change.priority_share
    return replace(site, rules=rules, desks=desks), replace(learned, services=services, priority=priority)


def _working_days(site: Site, day: str) -> Iterator[int]:
    """The midnights (Unix ms) at which working days begin after `day`."""
    calendar = LocalCalendar(site.zone)
    while True:
        midnight = calendar.day_end(day) + 1
        day = calendar.day(midnight)
        if calendar.local(midnight).weekday() in site.hours.days:
            yield midnight


def simulate(
    site: Site, learned: Learned, change: Change, *, day: str, days: int, chance: Callable[[str], Random]
) -> Outlook:
    """`days` working days after the date `day`; `chance` gives a generator for each purpose, the same for the same.

    Raises ValueError as `changed` does, and where `days` is none.
    """
    if days < 1:
        raise ValueError("at least one day must be simulated")
    site, learned = changed(site, learned, change)
    hall = Hall(replace(site, closing=Closing(), forecasting=Forecasting(method="none")))
    draw, midnights = Draw(learned, site), _working_days(site, day)
    waits: Counter[tuple[str, int]] = Counter()
    visits = stranded = 0
    spans = tuple((60.0 * start, 60.0 * end) for start, end in site.hours.clerks)
    for number in range(days):
        coming = draw.day(number, chance(f"visits of day {number}"))
        shift = Shift(next(midnights), spans, change.breaks_min, PATIENCE_S)
        for _ in Day(hall, shift, coming, AT_ONCE, chance(f"clerks of day {number}")).run():
            pass
        for ticket in hall.lobby.tickets.values():
            if ticket.first_call_at:
                waits[ticket.series, bucket_of((ticket.first_call_at - ticket.issued_at) / 1000)] += 1
        visits += len(hall.lobby.tickets)
        stranded += sum(ticket.status == "waiting" for ticket in hall.lobby.tickets.values())
    by_queue: dict[str, Counter[int]] = {}
    for (queue, bucket), n in waits.items():
        by_queue.setdefault(queue, Counter())[bucket] += n
    everybody: Counter[int] = sum(by_queue.values(), Counter())
    return Outlook(waits=everybody, by_queue=by_queue, visits=visits / days, stranded=stranded / days)
