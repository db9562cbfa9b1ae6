"""`./run bench forecast`: how well waits are foretold and who is refused before a bell, on simulated days.

The hall of the replayed year with clerks who call nobody later than ten minutes after a bell. Scored are arrivals who
find every desk of their queue with somebody, or tidying up after somebody; the forecast knows the log only. Beside it,
what kiosks in use print: place in line × mean time of a call ÷ desks, give or take 20 %. `coverage`: share of waits
inside the band; `error`: mean distance of the wait from the band's middle; `printed`: what was printed, scored as such.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from random import Random
from statistics import fmean

from msgspec import Struct
from msgspec.structs import replace

from appliance.wire.messages import TicketRequest
from bench.report import Figure
from bench.simulated_days import drawn
from broker.forecast.band import gamma_band
from broker.forecast.hall import Place, situation
from broker.forecast.hours import shifts
from broker.forecast.promise import expect
from broker.lobby import Lobby, Ticket
from broker.model import Closing
from broker.simulator.day import Day
from virtual_centre.twin import Step, Twin

WARM_DAYS, DAYS, CLOSING_DAYS = 20, 60, 40
BUSY, CROWDED = 1.5, 1.25
PATIENCE_S = 600.0
MINUTE_MS = 60_000
Band = tuple[float, float, float]
"""From, to, and when the call came; Unix ms."""
RULES = {
    "none": Closing(),
    "cutoff_30": Closing(rule="cutoff", cutoff_s=1800),
    "cutoff_60": Closing(rule="cutoff", cutoff_s=3600),
    "predicted": Closing(rule="predicted"),
}


class Told(Struct, frozen=True):
    """What was foretold to one arrival, all in Unix ms, and what they were to be told by the usual rule."""

    ticket: str
    came: int
    first: int
    last: int
    usual_first: float
    usual_last: float


class Scored(Struct, frozen=True):
    """The same with the truth."""

    told: Told
    called: int
    low_min: int
    high_min: int


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures."""
    figures = []
    for suffix, demand in (("", 1.0), ("_x15", BUSY)):
        say(f"{WARM_DAYS + DAYS} days at {demand} times the demand")
        scored, spent_ms = _score(demand)
        figures += _quality(scored, suffix)
        if not suffix:
            figures.append(Figure(name="forecast_ms", value=fmean(spent_ms), unit="ms", at_most=1.0))
    for name, rule in RULES.items():
        say(f"{CLOSING_DAYS} days at {CROWDED} times the demand, closing rule {name}")
        figures += _refused_and_stranded(name, rule)
    return figures


def _quality(scored: list[Scored], suffix: str) -> list[Figure]:
    raw = [(each.told.first, each.told.last, each.called) for each in scored]
    usual = [(each.told.usual_first, each.told.usual_last, each.called) for each in scored]
    kept = [
        (each.told.came + each.low_min * MINUTE_MS, each.told.came + each.high_min * MINUTE_MS, each.called)
        for each in scored
        if each.high_min
    ]
    waits = [(each.called - each.told.came) / MINUTE_MS for each in scored]
    return [
        Figure(name=f"arrivals{suffix}", value=len(scored)),
        Figure(name=f"wait_min{suffix}", value=fmean(waits), unit="min"),
        Figure(name=f"coverage_raw{suffix}", value=100 * _coverage(raw), unit="%", at_least=70),
        Figure(name=f"coverage_printed{suffix}", value=100 * _coverage(kept), unit="%", at_least=85),
        Figure(name=f"printed_share{suffix}", value=100 * len(kept) / len(scored), unit="%"),
        Figure(name=f"width_min{suffix}", value=_width(raw), unit="min"),
        Figure(name=f"width_printed_min{suffix}", value=_width(kept), unit="min"),
        Figure(name=f"usual_error_min{suffix}", value=_error(usual), unit="min"),
        Figure(name=f"usual_coverage{suffix}", value=100 * _coverage(usual), unit="%"),
        Figure(name=f"error_min{suffix}", value=_error(raw), unit="min", baseline=f"usual_error_min{suffix}"),
    ]


def _coverage(bands: Sequence[Band]) -> float:
    return fmean(first <= called <= last for first, last, called in bands)


def _width(bands: Sequence[Band]) -> float:
    return fmean(last - first for first, last, _ in bands) / MINUTE_MS


def _error(bands: Sequence[Band]) -> float:
    return fmean(abs(called - (first + last) / 2) for first, last, called in bands) / MINUTE_MS


def _score(demand: float) -> tuple[list[Scored], list[float]]:
    scored: list[Scored] = []
    spent_ms: list[float] = []
    for number, (lobby, steps) in enumerate(_days(demand, Closing(), WARM_DAYS + DAYS)):
        foretold = []
        for step in steps:
            if isinstance(step.message, TicketRequest) and step.expected.ok and number >= WARM_DAYS:
                ticket = lobby.tickets[step.message.id]
                began = time.perf_counter()
                expect(lobby, _place(ticket), ticket.issued_at)
                spent_ms.append(1000 * (time.perf_counter() - began))
                if (told := _foretell(lobby, ticket)) is not None:
                    foretold.append(told)
        for told in foretold:
            ticket = lobby.tickets[told.ticket]
            if ticket.first_call_at:
                scored.append(Scored(told, ticket.first_call_at, ticket.low_min, ticket.high_min))
    return scored, spent_ms


def _place(ticket: Ticket) -> Place:
    return Place(ticket.queue, ticket.priority, ticket.line_key, ticket.due)


def _foretell(lobby: Lobby, ticket: Ticket) -> Told | None:
    """The band of who finds every desk busy."""
    now, day = ticket.issued_at, shifts(lobby.site, lobby.day)
    found = situation(lobby, day, _place(ticket), now)
    if found is None or found.idle:
        return None
    band = gamma_band(found, lobby.site.forecasting.confidence)
    first, last = day.clock(now, band.low_s * 1000), day.clock(now, band.high_s * 1000)
    if first is None or last is None:
        return None
    usual_ms = 1000 * (found.ahead + 1) * found.work.mean_s / found.desks
    return Told(ticket.id, now, first, last, now + 0.8 * usual_ms, now + 1.2 * usual_ms)


def _refused_and_stranded(name: str, rule: Closing) -> list[Figure]:
    before_break = in_the_evening = stranded = 0
    for lobby, steps in _days(CROWDED, rule, CLOSING_DAYS):
        for step in steps:
            if isinstance(step.message, TicketRequest) and not step.expected.ok:
                before_break += bool(step.expected.offers)
                in_the_evening += not step.expected.offers
        stranded += sum(ticket.status == "waiting" for ticket in lobby.tickets.values())
    return [
        Figure(name=f"put_off_before_the_break_per_day_{name}", value=before_break / CLOSING_DAYS),
        Figure(name=f"refused_in_the_evening_per_day_{name}", value=in_the_evening / CLOSING_DAYS),
        Figure(name=f"stranded_per_day_{name}", value=stranded / CLOSING_DAYS),
    ]


def _days(demand: float, rule: Closing, count: int) -> Iterator[tuple[Lobby, Iterator[Step]]]:
    """The first `count` days of a year with `demand` times its visitors; each is to be run before the next is taken."""
    year, visits = drawn(demand)
    twin = Twin(replace(year.site, closing=rule))
    for day, coming in zip(year.plan.days[:count], visits, strict=False):
        shift = replace(year.shift(day), patience_s=PATIENCE_S)
        yield twin.lobby, twin.steps(Day(twin, shift, coming, year.plan.visits.pace, Random(str(day))))
