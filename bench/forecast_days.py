"""Days on which waits are foretold: the hall of the replayed year, played on, and every forecast with its truth.

Rules: what foretells knows the log only; who has learned nothing yet is not scored.
"""

import datetime
import time
from collections.abc import Callable
from math import exp, log
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from appliance.wire.messages import TicketRequest
from bench.simulated_days import drawn
from broker import facts as f
from broker.commands import Command
from broker.decide import Outcome
from broker.forecast import gamma
from broker.forecast.band import Band, Situation, gamma_band
from broker.forecast.hall import Place, situation
from broker.forecast.hours import shifts
from broker.forecast.promise import promise
from broker.foretold import Foretold
from broker.lobby import Lobby
from broker.model import Closing, Site
from broker.refusals import Refusal
from broker.simulator.day import Day
from broker.simulator.hall import Hall
from broker.simulator.visits import Visit
from virtual_centre.year_run import YearRun

WARM_DAYS = 20
PATIENCE_S = 600.0
"""Clerks call nobody later than this after a bell."""
SHAPE_STEP = 0.02


class Scored(Struct, frozen=True):
    """A wait of `worked_s` working seconds on test day `day`, and what was foretold of it.

    `ours` as it is kept and scored by the hub; `state` our gamma band of the hall's state; `plain` the gamma band of
    the line's length; `count_s` what kiosks in use print. `spent_ms` of CPU. Printed was `low_min` to `high_min`, 0 to
    0 of nothing; by the clock it took `wait_s`.
    """

    day: int
    worked_s: float
    ours: Foretold
    state: Band
    plain: Band
    count_s: float
    count_divided_s: float
    spent_ms: float
    low_min: int
    high_min: int
    wait_s: int


class Closed(Struct):
    """What became of citizens: put off before the break, refused in the evening; given a number before the break and
    called after it only; left waiting when the day ended.
    """

    before_break: int = 0
    in_the_evening: int = 0
    over_the_break: int = 0
    stranded: int = 0


class Witness:
    """A hall whose every outcome is told."""

    def __init__(self, site: Site, told: Callable[[Command, Outcome, int], None]) -> None:
        self._hall, self._told = Hall(site), told
        self.lobby: Lobby = self._hall.lobby

    def carry_out(self, command: Command, now: int) -> Outcome:
        """Let `command` happen at `now` (Unix ms)."""
        outcome = self._hall.carry_out(command, now)
        self._told(command, outcome, now)
        return outcome


def scored(demand: float, days: int, slower: float = 1.0, slower_from: int = 0) -> list[Scored]:
    """The forecasts of `days` test days at `demand` times the demand.

    From test day `slower_from` on every contact takes `slower` times as long.
    """
    told: dict[str, Scored] = {}
    called: list[Scored] = []
    today = 0

    def see(_: Command, outcome: Outcome, now: int) -> None:
        for fact in () if isinstance(outcome, Refusal) else outcome:
            if isinstance(fact, f.Issued) and fact.foretold and today >= 0:
                told[fact.ticket] = _told(hall.lobby, fact, today, now)
            elif isinstance(fact, f.Called) and fact.first and fact.ticket in told:
                came = hall.lobby.tickets[fact.ticket].issued_at
                worked_s = shifts(hall.lobby.site, hall.lobby.day).worked(came, now) / 1000
                called.append(replace(told[fact.ticket], worked_s=worked_s, wait_s=fact.wait_s))

    year, visits = drawn(demand)
    hall = Witness(replace(year.site, closing=Closing()), see)
    for number, (day, coming) in enumerate(zip(year.plan.days[: WARM_DAYS + days], visits, strict=False)):
        today = number - WARM_DAYS
        told.clear()
        factor = slower if today >= slower_from else 1.0
        _live(hall, year, day, [_slowed(visit, factor) for visit in coming])
    return called


def closed(demand: float, days: int, rule: Closing) -> Closed:
    """What the closing rule does to `days` days."""
    found, today = Closed(), 0

    def see(command: Command, outcome: Outcome, now: int) -> None:
        if today < 0:
            return
        if isinstance(outcome, Refusal):
            if isinstance(command.message, TicketRequest):
                found.before_break += bool(outcome.offers)
                found.in_the_evening += not outcome.offers
            return
        for fact in outcome:
            if isinstance(fact, f.Called) and fact.first:
                found.over_the_break += _over_the_break(hall.lobby, now - 1000 * fact.wait_s, now)

    year, visits = drawn(demand)
    hall = Witness(replace(year.site, closing=rule), see)
    for number, (day, coming) in enumerate(zip(year.plan.days[: WARM_DAYS + days], visits, strict=False)):
        today = number - WARM_DAYS
        _live(hall, year, day, coming)
        if today >= 0:
            found.stranded += sum(ticket.status == "waiting" for ticket in hall.lobby.tickets.values())
    return found


def _over_the_break(lobby: Lobby, came: int, now: int) -> bool:
    """Whether who had a number from `came` on (ms) was left over by the clerks' first bell."""
    spans = shifts(lobby.site, lobby.day).spans
    return came < spans[0][1] and now >= spans[-1][0]


def _live(hall: Witness, year: YearRun, day: datetime.date, coming: list[Visit]) -> None:
    shift = replace(year.shift(day), patience_s=PATIENCE_S)
    for _ in Day(hall, shift, coming, year.plan.visits.pace, Random(str(day))).run():
        pass


def _slowed(visit: Visit, slower: float) -> Visit:
    return replace(visit, works=tuple(replace(work, contact_s=slower * work.contact_s) for work in visit.works))


def _told(lobby: Lobby, fact: f.Issued, today: int, now: int) -> Scored:
    ticket = lobby.tickets[fact.ticket]
    place = Place(ticket.queue, ticket.priority, ticket.line_key, ticket.due)
    began = time.process_time()
    promise(lobby, place, now)
    spent_ms = 1000 * (time.process_time() - began)
    found, confidence = situation(lobby, shifts(lobby.site, lobby.day), place, now), lobby.site.forecasting.confidence
    if found is None or fact.foretold is None:
        raise RuntimeError("what was foretold a moment ago cannot be foretold any more")
    return Scored(
        day=today,
        worked_s=0.0,
        ours=fact.foretold,
        state=gamma_band(found, confidence),
        plain=plain_band(found, confidence),
        count_s=found.ahead * found.work.mean_s,
        count_divided_s=(found.ahead + 1) * found.work.mean_s / found.desks,
        spent_ms=spent_ms,
        low_min=fact.low_min,
        high_min=fact.high_min,
        wait_s=0,
    )


def plain_band(found: Situation, confidence: float) -> Band:
    """The queue-length band: as many calls as people ahead and one more, each mean ÷ desks, gamma distributed."""
    calls = found.ahead + 1
    mean = calls * found.work.mean_s / found.desks
    variance = calls * (found.work.cv * found.work.mean_s / found.desks) ** 2
    shape = exp(round(log(mean**2 / variance) / SHAPE_STEP) * SHAPE_STEP)
    tail = (1 - confidence) / 2
    low_s, mid_s, high_s = (mean / shape * gamma.quantile(shape, p) for p in (tail, 0.5, 1 - tail))
    return Band(low_s, mid_s, high_s)
