"""The simulator against theory: the waits of Erlang and of Kleinrock, the conservation law, Little's law.

The hub's own rules serve whole days of Poisson arrivals with exponential service; what comes before a day's line has
settled, and what the end of the day cuts off, is not scored.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import inf
from pathlib import Path
from random import Random
from statistics import fmean

from msgspec import Struct
from msgspec.structs import replace

from bench.report import Figure
from bench.theory import accumulating, erlang_c
from broker.model import Closing, Desk, Forecasting, Hours, Rules, Site
from broker.simulator.day import Day
from broker.simulator.hall import Hall
from broker.simulator.shifts import Shift
from broker.simulator.visits import Pace, Visit, Work, fresh_id
from broker.site_files import load_site

SITE_FOLDER = Path(__file__).parents[1] / "firmware_configs" / "site" / "ca-mau"
MONDAY = 1_795_366_800_000
"""Midnight in the centre, Unix ms."""
DAY_MS = 86_400_000
OPEN_S, BELL_S, SCORED_S = 400.0, 84_000.0, (9_000.0, 82_000.0)
SERVICE_S = 20.0
ARRIVALS = 1_000_000
SERVERS, LOAD = (2, 3, 25), 0.8
RATES = (1.0, 4.0, inf)
PRIORITY_SHARE, PRIORITY_LOAD = 0.2, 0.7
SEED = 1917
AT_ONCE = Pace((0.0, 0.0), (0.0, 0.0))


class Case(Struct, frozen=True):
    """One hall: how many desks, how busy, which share has priority and how fast that gains score."""

    servers: int
    load: float
    priority_share: float = 0.0
    rate: float = 1.0


class Found(Struct, frozen=True):
    """Mean waits (s) of all, and of ordinary and priority visits; the mean number waiting by clock and by Little."""

    wait: float
    waits: tuple[float, float]
    waiting: float
    little: float


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures; errors in per cent of what theory says."""
    classes = [Case(1, PRIORITY_LOAD, PRIORITY_SHARE, rate) for rate in RATES]
    crowds = [Case(servers, LOAD) for servers in SERVERS]
    say(f"{len(classes) + len(crowds)} halls of {ARRIVALS:,} arrivals")
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(classes + crowds, pool.map(serve, classes + crowds), strict=True))
    crowds.insert(0, classes[0])  # where no class is faster, one desk is Erlang's too
    erlang = [_off(found[case].wait, erlang_c(case.servers, case.load, SERVICE_S)) for case in crowds]
    loads = (PRIORITY_LOAD * (1 - PRIORITY_SHARE), PRIORITY_LOAD * PRIORITY_SHARE)
    told = [accumulating(loads, case.rate, SERVICE_S) for case in classes]
    kleinrock = [
        _off(seen, said)
        for case, waits in zip(classes, told, strict=True)
        for seen, said in zip(found[case].waits, waits, strict=True)
    ]
    kept = [sum(load * wait for load, wait in zip(loads, found[case].waits, strict=True)) for case in classes]
    return [
        *(
            Figure(name=f"erlang_c_error_c{case.servers}", value=error, unit="%")
            for case, error in zip(crowds, erlang, strict=True)
        ),
        Figure(name="erlang_c_error_max", value=max(erlang), unit="%", at_most=3.0),
        Figure(name="kleinrock_error_max", value=max(kleinrock), unit="%", at_most=3.0),
        Figure(name="conservation_error_max", value=max(_off(each, kept[0]) for each in kept), unit="%", at_most=1.0),
        Figure(
            name="little_error_max",
            value=max(_off(each.waiting, each.little) for each in found.values()),
            unit="%",
            at_most=1.0,
        ),
    ]


def _off(seen: float, said: float) -> float:
    return 100 * abs(seen / said - 1)


def serve(case: Case, arrivals: int = ARRIVALS) -> Found:
    """Let `case` happen, day after day, until `arrivals` have come."""
    hall, chance = Hall(bare_site([("a",)] * case.servers, case.rate)), Random(f"{SEED} {case.servers} {case.load}")
    group = next(iter(hall.lobby.site.groups))
    waits: tuple[list[float], list[float]] = ([], [])
    area = span = 0.0
    midnight = MONDAY
    while len(waits[0]) + len(waits[1]) < arrivals:
        shift, visits = Shift(midnight, ((OPEN_S, BELL_S),), ()), list(_arrivals(case, group, chance))
        area += _area(hall, Day(hall, shift, visits, AT_ONCE, Random(SEED)))
        span += SCORED_S[1] - SCORED_S[0]
        for ticket in hall.lobby.tickets.values():
            if SCORED_S[0] <= (ticket.issued_at - midnight) / 1000 < SCORED_S[1]:
                waits[ticket.priority].append((ticket.first_call_at - ticket.issued_at) / 1000)
        midnight += DAY_MS
    everybody = waits[0] + waits[1]
    by_class = (fmean(waits[0]), fmean(waits[1] or [0.0]))
    return Found(fmean(everybody), by_class, area / span, sum(everybody) / span)


def _area(hall: Hall, day: Day) -> float:
    """The number waiting, summed over the scored seconds of `day`."""
    area, since, waiting = 0.0, 0.0, 0
    for now in day.run():
        at = min(max((now - MONDAY) % DAY_MS / 1000, SCORED_S[0]), SCORED_S[1])
        area += waiting * (at - since) if since else 0.0
        since, waiting = at, hall.lobby.waiting("a", now)
    return area


def _arrivals(case: Case, group: str, chance: Random) -> Iterator[Visit]:
    at_s = OPEN_S
    while (at_s := at_s + chance.expovariate(case.servers * case.load / SERVICE_S)) < BELL_S:
        priority = chance.random() < case.priority_share
        work = Work("a", chance.expovariate(1 / SERVICE_S), 0.0)
        yield Visit(
            id=fresh_id(chance),
            service="tnmt-nop",
            at_s=at_s,
            group=group if priority else "",
            lang="vi",
            works=(work,),
        )


def bare_site(skills: Sequence[tuple[str, ...]], rate: float) -> Site:
    """The centre with a desk for each of `skills`, and nothing in it but the rule who is next."""
    site = load_site(SITE_FOLDER, "2026-11-23")
    desks = {
        f"d{n}": Desk(id=f"d{n}", counter="q01", label="", skills=queues, backups=()) for n, queues in enumerate(skills)
    }
    policy = "strict" if rate == inf else "apq"
    rules = Rules(policy=policy, priority_rate=min(rate, 1e9))
    return replace(
        site, desks=desks, rules=rules, hours=Hours(), closing=Closing(), forecasting=Forecasting(method="none")
    )
