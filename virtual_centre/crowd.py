"""Citizens and clerks of a day, simulated: who comes, who is called, how long it takes, who presses which button.

Rules: pure; time is business seconds that never go back, passed in; chance is passed in; what people do comes out as
values (`TakeNumber`, `Press`, `Rate`). A desk that a person of flesh serves by hand is left alone.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

from msgspec import UNSET

from appliance.wire.choices import Action
from appliance.wire.messages import DeskState
from virtual_centre.demand import DAY_S, Demand, Errand

AT_THE_DOOR = 8
"""How many already wait outside when the doors open, so that the hall is not empty for minutes."""
RATING_SHARE = 0.17
NO_SHOW_SHARE = 0.03
PRIORITY_SHARE = 0.08
LEVEL_WEIGHTS = (0.72, 0.2694, 0.008, 0.0026)
"""Best first: 98.94 % are satisfied, as the first centre reports."""
RETRY_S = 60.0
NO_SHOW_S = 75.0


@dataclass(frozen=True)
class TakeNumber:
    """A citizen asks the kiosk for a number."""

    service: str
    priority: bool


@dataclass(frozen=True)
class Press:
    """A clerk presses a key."""

    desk: str
    action: Action
    to_queue: str = ""


@dataclass(frozen=True)
class Rate:
    """A citizen presses a rating button at a desk."""

    desk: str
    level: int


Deed = TakeNumber | Press | Rate
_Seat = Literal["closed", "paused", "free", "busy"]


@dataclass
class _Desk:
    queues: tuple[str, ...]
    seat: _Seat = "closed"
    ticket: str = ""
    plan: Press | None = None
    at: float = math.inf
    rest_until: float = 0.0


class Crowd:
    """Everybody. `desks` maps a desk to all the queues it may call from; the doors open at `now`."""

    def __init__(self, demand: Demand, desks: Mapping[str, tuple[str, ...]], chance: Random, now: float) -> None:
        self._demand = demand
        self._first = demand.first
        self._own_errand = {errand.queue: errand for errand in reversed(demand.errands.values())}
        self._weights = [errand.per_day for errand in self._first]
        self._pause_s = DAY_S / sum(self._weights)
        self._chance = chance
        self._desks = {name: _Desk(queues) for name, queues in desks.items()}
        self._waiting: dict[str, int] = {}
        self._service_of: dict[str, str] = {}
        self._ratings: list[tuple[float, Rate]] = []
        self._levels = len(LEVEL_WEIGHTS)
        self._by_hand: frozenset[str] = frozenset()
        self._arrivals = sorted(now + chance.uniform(0, 30) for _ in range(AT_THE_DOOR))
        self._arrivals.append(self._arrivals[-1] + chance.expovariate(1 / self._pause_s))

    # ---------------------------------------------------------------------------------------------- what is heard

    def knows(self, ticket: str, service: str) -> None:
        """A citizen got `ticket` for `service`."""
        self._service_of[ticket] = service

    def offers(self, levels: int) -> None:
        """The rating terminals have this many buttons."""
        self._levels = levels

    def queue(self, queue: str, waiting: int, now: float) -> None:
        """So many wait in `queue`."""
        self._waiting[queue] = waiting
        for name, desk in self._desks.items():
            if queue in desk.queues and desk.seat == "free" and desk.plan is None:
                self._decide(name, desk, now)

    def desk(self, name: str, state: DeskState, now: float) -> None:
        """The hub says what desk `name` does."""
        desk = self._desks.get(name)
        if desk is None:
            return
        ticket = "" if state.ticket is UNSET else state.ticket
        seat: _Seat = state.status if state.status != "open" else "busy" if ticket else "free"
        if (seat, ticket) != (desk.seat, desk.ticket) or desk.plan is None:
            if desk.ticket != ticket:
                self._service_of.pop(desk.ticket, None)
            desk.seat, desk.ticket = seat, ticket
            self._decide(name, desk, now)

    def by_hand(self, desks: Collection[str], now: float) -> None:
        """People of flesh serve these desks; clerks of ours go back to the others."""
        freed, self._by_hand = self._by_hand - set(desks), frozenset(desks)
        for name in self._by_hand | freed:
            if name in self._desks:
                self._decide(name, self._desks[name], now)

    # ---------------------------------------------------------------------------------------------- what they do

    def due(self) -> float:
        """When somebody does something next."""
        plans = min((desk.at for desk in self._desks.values()), default=math.inf)
        ratings = min((at for at, _ in self._ratings), default=math.inf)
        return min(self._arrivals[0], plans, ratings)

    def deeds(self, now: float) -> list[Deed]:
        """Everything that is due by `now`."""
        done: list[Deed] = []
        while self._arrivals[0] <= now:
            done.append(self._arrive())
        for name, desk in self._desks.items():
            if desk.plan is not None and desk.at <= now:
                done.append(desk.plan)
                self._press(name, desk, now)
        done.extend(rate for at, rate in self._ratings if at <= now)
        self._ratings = [(at, rate) for at, rate in self._ratings if at > now]
        return done

    def _arrive(self) -> TakeNumber:
        came = self._arrivals.pop(0)
        if not self._arrivals:
            self._arrivals.append(came + self._chance.expovariate(1 / self._pause_s))
        (errand,) = self._chance.choices(self._first, self._weights)
        return TakeNumber(errand.service, self._chance.random() < PRIORITY_SHARE)

    def _press(self, name: str, desk: _Desk, now: float) -> None:
        """The key is down; if the hub says nothing new, the clerk tries again later."""
        errand = self._errand(desk)
        if desk.plan is not None and desk.plan.action == "finish":
            desk.rest_until = now + self._chance.expovariate(1 / max(1.0, errand.wrap_up_s))
            if self._chance.random() < RATING_SHARE:
                self._ratings.append((now + self._chance.uniform(4, 30), Rate(name, self._level())))
        desk.at = now + RETRY_S
        if desk.seat == "free":
            desk.plan = self._call(name, desk)
            desk.at = desk.at if desk.plan else math.inf

    def _level(self) -> int:
        weights = LEVEL_WEIGHTS[: self._levels]
        return self._chance.choices(range(1, len(weights) + 1), weights)[0]

    def _decide(self, name: str, desk: _Desk, now: float) -> None:
        """What the clerk at `name` will do, and when, as things stand."""
        desk.plan, desk.at = None, math.inf
        if name in self._by_hand:
            return
        if desk.seat == "closed":
            desk.plan, desk.at = Press(name, "open"), now + self._chance.uniform(0, 30)
        elif desk.seat == "paused":
            desk.plan, desk.at = Press(name, "resume"), now + self._chance.uniform(60, 300)
        elif desk.seat == "busy":
            desk.plan, spent_s = self._serve(name, desk)
            desk.at = now + spent_s
        elif plan := self._call(name, desk):
            desk.plan, desk.at = plan, max(desk.rest_until, now + self._chance.uniform(2, 8))

    def _call(self, name: str, desk: _Desk) -> Press | None:
        return Press(name, "next") if any(self._waiting.get(queue, 0) for queue in desk.queues) else None

    def _serve(self, name: str, desk: _Desk) -> tuple[Press, float]:
        """How the visit at the desk will end, and after how many seconds."""
        if self._chance.random() < NO_SHOW_SHARE:
            return Press(name, "no_show"), NO_SHOW_S
        errand = self._errand(desk)
        spent_s = self._chance.uniform(5, 20) + lognormal(self._chance, errand.contact_s, errand.contact_cv)
        queue, share = self._demand.onward.get(errand.kind, ("", 0.0))
        if queue and self._chance.random() < share:
            return Press(name, "transfer", queue), spent_s
        return Press(name, "finish"), spent_s

    def _errand(self, desk: _Desk) -> Errand:
        """What the visit at the desk is about: what the citizen came for, or else the desk's own kind of work."""
        known = self._demand.errands.get(self._service_of.get(desk.ticket, ""))
        return known if known and known.queue in desk.queues else self._own_errand[desk.queues[0]]


def lognormal(chance: Random, mean: float, cv: float) -> float:
    """A draw from the lognormal distribution of this mean and coefficient of variation."""
    variance = math.log(1 + cv * cv)
    return chance.lognormvariate(math.log(mean) - variance / 2, math.sqrt(variance))
