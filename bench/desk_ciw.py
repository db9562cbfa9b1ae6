"""The simulator against Ciw, another simulator of queues, on one mixed case.

Two crowds with priority visits come to desks of their own, with exponential and with lognormal service; some of each go
on to a third desk with the same number. Both programs draw chance for themselves. Ciw serves a later stage in the order
of coming there, the centre in the order of numbers: mean waits are the same, since how long a visit will take plays no
part in either. The standard error is that of independent runs.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from math import inf, log, sqrt
from random import Random
from statistics import fmean, stdev

import ciw

from bench.desk_theory import AT_ONCE, BELL_S, DAY_MS, MONDAY, OPEN_S, SCORED_S, bare_site
from bench.report import Figure
from broker import facts as f
from broker.commands import Command
from broker.decide import Outcome
from broker.lobby import Lobby
from broker.model import Site
from broker.refusals import Refusal
from broker.simulator.day import Day
from broker.simulator.hall import Hall
from broker.simulator.shifts import Shift
from broker.simulator.visits import Visit, Work, fresh_id

ARRIVALS, RUNS = 1_000_000, 10
SEED = 1917
CLASSES = ("ordinary", "priority")
PRIORITY_SHARE = 0.2
QUEUES = ("a", "b", "f")
DESKS = (3, 2, 1)
COME_PER_S = (0.12, 7 / 150)
"""To the first two queues: loads of 0.8 and 0.7."""
GO_ON = (0.5, 0.3)
"""Which share of each goes on to the last queue, whose load is 0.74."""
EXPONENTIAL_S = 20.0
LOGNORMAL = (log(30 / sqrt(1 + 0.6**2)), sqrt(log(1 + 0.6**2)))
"""Mean 30 s, coefficient of variation 0.6."""
UNIFORM_S = (4.0, 16.0)
WARM_S = 20_000.0
Waits = dict[tuple[str, str], float]
"""Queue and class → mean wait, s."""


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures: waits of both, and by how much ours is off beyond two standard errors of the difference."""
    say(f"{RUNS} runs of {ARRIVALS // RUNS:,} arrivals each here and in Ciw")
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        theirs = list(pool.map(in_ciw, range(RUNS)))
        ours = list(pool.map(here, range(RUNS)))
    figures, off, beyond = [], [], []
    for queue in QUEUES:
        for name in CLASSES:
            (mean, error), (said, said_error) = (_told([each[queue, name] for each in runs]) for runs in (ours, theirs))
            apart = abs(mean - said)
            off.append(100 * apart / said)
            beyond.append(100 * max(0.0, apart - 2 * sqrt(error**2 + said_error**2)) / said)
            place = f"{queue}_{name}"
            figures += [
                Figure(name=f"ciw_wait_{place}", value=said, unit="s"),
                Figure(name=f"ciw_wait_{place}_error", value=said_error, unit="s"),
                Figure(name=f"our_wait_{place}", value=mean, unit="s", baseline=f"ciw_wait_{place}"),
                Figure(name=f"our_wait_{place}_error", value=error, unit="s"),
            ]
    return [
        *figures,
        Figure(name="ciw_error_max", value=max(off), unit="%", at_most=5.0),
        Figure(name="ciw_error_beyond_chance_max", value=max(beyond), unit="%", at_most=1.0),
    ]


def _told(values: list[float]) -> tuple[float, float]:
    """The mean of independent runs and its standard error."""
    return fmean(values), stdev(values) / sqrt(len(values))


# ------------------------------------------------------------------------------------------------------------- in Ciw


def in_ciw(number: int) -> Waits:
    """One run of Ciw."""
    ciw.seed(SEED + number)
    simulation = ciw.Simulation(_network())
    end = WARM_S + ARRIVALS / RUNS / sum(COME_PER_S)
    simulation.simulate_until_max_time(end + WARM_S / 10)
    waits = defaultdict(list)
    for record in simulation.get_all_records():
        if WARM_S <= record.arrival_date < end:
            waits[QUEUES[record.node - 1], record.customer_class].append(record.waiting_time)
    return {place: fmean(each) for place, each in waits.items()}


def _network() -> ciw.Network:
    shares = dict(zip(CLASSES, (1 - PRIORITY_SHARE, PRIORITY_SHARE), strict=True))
    services = [
        ciw.dists.Exponential(1 / EXPONENTIAL_S),
        ciw.dists.Lognormal(*LOGNORMAL),
        ciw.dists.Uniform(*UNIFORM_S),
    ]
    routes = [[0.0, 0.0, GO_ON[0]], [0.0, 0.0, GO_ON[1]], [0.0, 0.0, 0.0]]
    return ciw.create_network(
        arrival_distributions={
            name: [*(ciw.dists.Exponential(rate * share) for rate in COME_PER_S), None]
            for name, share in shares.items()
        },
        service_distributions=dict.fromkeys(CLASSES, services),
        routing=dict.fromkeys(CLASSES, routes),
        number_of_servers=list(DESKS),
        priority_classes={"ordinary": 1, "priority": 0},
    )


# --------------------------------------------------------------------------------------------------------------- here


class Watched:
    """A hall that notes for how long everybody waited at each stage, of those who came in the scored time."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._since: dict[str, int] = {}
        self.waits: defaultdict[tuple[str, str], list[float]] = defaultdict(list)

    @property
    def lobby(self) -> Lobby:
        return self._hall.lobby

    def carry_out(self, command: Command, now: int) -> Outcome:
        outcome = self._hall.carry_out(command, now)
        for fact in () if isinstance(outcome, Refusal) else outcome:
            if isinstance(fact, f.Issued | f.Transferred):
                self._since[fact.ticket] = now
            elif isinstance(fact, f.Called):
                self._called(fact, now)
        return outcome

    def _called(self, fact: f.Called, now: int) -> None:
        since = self._since.pop(fact.ticket)
        if SCORED_S[0] <= (since - MONDAY) % DAY_MS / 1000 < SCORED_S[1]:
            name = CLASSES[self.lobby.tickets[fact.ticket].priority]
            self.waits[fact.queue, name].append((now - since) / 1000)


def here(number: int) -> Waits:
    """One run of the centre's rules: as many days as the arrivals need."""
    chance = Random(f"{SEED} {number}")
    skills = [(queue,) for queue, desks in zip(QUEUES, DESKS, strict=True) for _ in range(desks)]
    hall = Watched(Hall(bare_site(skills, inf)))
    midnight, came = MONDAY, 0
    while came < ARRIVALS / RUNS:
        visits = list(_visits(hall.lobby.site, chance))
        shift = Shift(midnight, ((OPEN_S, BELL_S),), ())
        for _ in Day(hall, shift, visits, AT_ONCE, chance).run():
            pass
        came += sum(SCORED_S[0] <= visit.at_s < SCORED_S[1] for visit in visits)
        midnight += DAY_MS
    return {place: fmean(each) for place, each in hall.waits.items()}


def _visits(site: Site, chance: Random) -> Iterator[Visit]:
    services, group = {service.queue: service.id for service in site.services.values()}, next(iter(site.groups))
    at_s = OPEN_S
    while (at_s := at_s + chance.expovariate(sum(COME_PER_S))) < BELL_S:
        crowd = chance.random() * sum(COME_PER_S) >= COME_PER_S[0]
        works = [Work(QUEUES[crowd], _service_s(crowd, chance), 0.0)]
        if chance.random() < GO_ON[crowd]:
            works.append(Work(QUEUES[2], chance.uniform(*UNIFORM_S), 0.0))
        yield Visit(
            id=fresh_id(chance),
            service=services[QUEUES[crowd]],
            at_s=at_s,
            group=group if chance.random() < PRIORITY_SHARE else "",
            lang="vi",
            works=tuple(works),
        )


def _service_s(lognormal: bool, chance: Random) -> float:
    return chance.lognormvariate(*LOGNORMAL) if lognormal else chance.expovariate(1 / EXPONENTIAL_S)
