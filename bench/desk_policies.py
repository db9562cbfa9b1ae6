"""Who waits how long under which rule: the first centre's working days, simulated without absences.

Beside each mean wait stands what another model of the same centre gave (`other_`): by it the rule's defaults were
chosen. Direction and size are to agree, not the last digit: the two share the centre, not a line of code. `slower`:
every contact is half a minute longer, for ways and greetings; it shows how much hangs on them where all pick-ups share
a line.

Rules: every day of a comparison has the same visits; only the rule differs. Scored is the wait from the number to the
first call, over all who were called.
"""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from random import Random
from statistics import fmean

from msgspec import Struct
from msgspec.structs import replace

from bench.report import Figure
from bench.simulated_days import drawn
from broker.model import Closing, Forecasting, Site
from broker.simulator.day import Day
from broker.simulator.hall import Hall
from broker.simulator.visits import Visit

BUSY = 1.5
PICK_UP, CENTRE_QUEUE = "-tra", "c"
SLOWER_S = 30.0


class Means(Struct, frozen=True):
    """Mean waits in minutes, and what a day took to simulate (ms, the middle one)."""

    ordinary: float
    priority: float
    everybody: float
    day_ms: float


def _alone(site: Site) -> Site:
    return replace(site, desks={name: replace(desk, backups=()) for name, desk in site.desks.items()})


def _anyone(site: Site) -> Site:
    intake = {name for name, desk in site.desks.items() if site.counters[desk.counter].kind == "intake"}
    queues = {queue for name in intake for queue in site.desks[name].skills}
    return replace(
        site,
        desks={
            name: replace(desk, backups=tuple(sorted(queues - set(desk.skills)))) if name in intake else desk
            for name, desk in site.desks.items()
        },
    )


def _pooled(site: Site) -> Site:
    services = {
        name: replace(service, queue=CENTRE_QUEUE) if name.endswith(PICK_UP) else service
        for name, service in site.services.items()
    }
    return replace(_alone(site), services=services)


def _policy(**rules: object) -> Callable[[Site], Site]:
    return lambda site: replace(_alone(site), rules=replace(site.rules, **rules))


class Case(Struct, frozen=True):
    """A year at so many times the demand, with `change`d rules; what happens to each visit on its way in."""

    demand: float
    change: Callable[[Site], Site]
    sent: Callable[[Visit], Visit] = lambda visit: visit


def _sent_on(visit: Visit) -> Visit:
    """Who collects a result goes to the centre's own counters."""
    first, *rest = visit.works
    if not visit.service.endswith(PICK_UP):
        return visit
    return replace(visit, works=(replace(first, queue=CENTRE_QUEUE), *rest))


CASES: dict[str, Case] = {
    "fifo_x15": Case(BUSY, _policy(policy="fifo")),
    "rate4_x15": Case(BUSY, _policy(policy="apq", priority_rate=4.0)),
    "strict_x15": Case(BUSY, _policy(policy="strict")),
    "no_help": Case(1.0, _alone),
    "named_help": Case(1.0, lambda site: site),
    "anyone_helps": Case(1.0, _anyone),
    "pooled_pick_ups": Case(1.0, _pooled, _sent_on),
}
TIMED = "named_help"
"""Whose days are timed, before the others and alone: two years side by side slow each other by an eighth."""

OTHER_MIN = {
    "wait_priority_fifo_x15": 19.8,
    "wait_ordinary_fifo_x15": 19.6,
    "wait_priority_rate4_x15": 7.3,
    "wait_ordinary_rate4_x15": 20.7,
    "wait_priority_strict_x15": 3.3,
    "wait_ordinary_strict_x15": 21.0,
    "wait_no_help": 7.2,
    "wait_named_help": 4.7,
    "wait_anyone_helps": 2.4,
    "wait_pooled_pick_ups": 9.8,
}


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures, in minutes."""
    years = [(name, longer_s) for name in CASES for longer_s in (0.0, SLOWER_S)]
    say(f"{len(years)} years of working days")
    timed = (TIMED, 0.0)
    alone = simulate(*timed)
    years.remove(timed)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = {timed: alone, **dict(zip(years, pool.map(simulate, *zip(*years, strict=True)), strict=True))}
    figures = [Figure(name="simulated_day_ms", value=alone.day_ms, unit="ms", at_most=50.0)]
    for name, case in CASES.items():
        both = found[name, 0.0], found[name, SLOWER_S]
        if case.demand == BUSY:
            figures += _beside(f"wait_priority_{name}", [means.priority for means in both])
            figures += _beside(f"wait_ordinary_{name}", [means.ordinary for means in both])
        else:
            figures += _beside(f"wait_{name}", [means.everybody for means in both])
    return figures


def _beside(name: str, minutes: Sequence[float]) -> list[Figure]:
    usual, slower = minutes
    return [
        Figure(name=name, value=usual, unit="min", baseline=f"other_{name}"),
        Figure(name=f"{name}_slower", value=slower, unit="min", baseline=f"other_{name}"),
        Figure(name=f"other_{name}", value=OTHER_MIN[name], unit="min"),
    ]


def simulate(name: str, longer_s: float) -> Means:
    """A year under the rule called `name`, each contact so much longer."""
    case = CASES[name]
    year, visits = drawn(case.demand)
    site = replace(case.change(year.site), closing=Closing(), forecasting=Forecasting(method="none"))
    hall, took_ms = Hall(site), []
    waits: tuple[list[float], list[float]] = ([], [])
    for day, coming in zip(year.plan.days, visits, strict=True):
        sent = [_longer(case.sent(visit), longer_s) for visit in coming]
        began = time.process_time()
        for _ in Day(hall, year.shift(day), sent, year.plan.visits.pace, Random(str(day))).run():
            pass
        took_ms.append(1000 * (time.process_time() - began))
        for ticket in hall.lobby.tickets.values():
            if ticket.first_call_at:
                waits[ticket.priority].append((ticket.first_call_at - ticket.issued_at) / 60_000)
    return Means(fmean(waits[0]), fmean(waits[1]), fmean(waits[0] + waits[1]), sorted(took_ms)[len(took_ms) // 2])


def _longer(visit: Visit, longer_s: float) -> Visit:
    return replace(visit, works=tuple(replace(work, contact_s=work.contact_s + longer_s) for work in visit.works))
