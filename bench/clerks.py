"""Simulated desks of a year: citizens who press or stay silent, children, and clerks who help themselves.

Every press goes through the hub's own rules (`at_terminal`, `keep`, `apply`): counted is what a hub would count.
Honest desks differ: in how many come, how many of them press and how soon, how often somebody plays with the buttons.

Rules: chance is passed in; the centre's hours and rules are those of the first centre.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from math import exp, log
from pathlib import Path
from random import Random
from typing import Any, Literal

from msgspec import Struct

from appliance.wire.messages import Rating
from broker.apply import apply
from broker.facts import Entry
from broker.integrity.counting import keep
from broker.integrity.weeks import Week, week_of
from broker.lobby import Arming, Lobby
from broker.ratings import at_terminal
from broker.refusals import Refusal
from broker.site_files import load_site

Habit = Literal["honest", "at_once", "always", "bursts", "after_hours", "clock", "careful"]
FIRST = datetime.date(2026, 1, 5)
RESPONSE = 0.17
HAMMERED = 0.005
"""Of so many visits a child makes use of the buttons."""
CARE = 0.12
"""A careful cheat presses for so many of the silent, as late as they would."""
SITE = load_site(Path(__file__).parents[1] / "firmware_configs" / "site" / "ca-mau", FIRST.isoformat())
_DESK = SITE.desks["q01a"]
_ANY_ID = "00000000-0000-4000-8000-000000000000"


class Seat(Struct, frozen=True):
    """What is peculiar to an honest desk: visits per day, shares and times of its citizens."""

    per_day: float
    response: float
    median_s: float
    strays: float


def seat(chance: Random) -> Seat:
    """A desk as it may honestly be."""
    return Seat(
        per_day=chance.choice((3, 5, 7, 9, 12, 20, 60)),
        response=min(max(chance.gauss(RESPONSE, 0.035), 0.09), 0.32),
        median_s=8 * exp(chance.gauss(0, 0.2)),
        strays=chance.choice((0.001, 0.003, 0.01)),
    )


def year(desk: Seat, habit: Habit, chance: Random, weeks: int = 52) -> dict[str, Week]:
    """What the hub counts of a desk: Monday -> counts."""
    counted = {}
    for number in range(weeks):
        monday = FIRST + datetime.timedelta(weeks=number)
        counts: Counter[tuple[str, int]] = Counter()
        for weekday in range(5):
            counts += _day(desk, habit, chance, (monday + datetime.timedelta(days=weekday)).isoformat(), weekday)
        counted[monday.isoformat()] = week_of(counts)
    return counted


def _day(desk: Seat, habit: Habit, chance: Random, day: str, weekday: int) -> Counter[tuple[str, int]]:
    lobby = Lobby(SITE)
    lobby.begin(day)
    midnight = lobby.calendar.day_end(day) + 1 - 86_400_000
    ends = sorted(_ends(desk, chance))
    presses = [press for end in ends for press in _citizen(desk, habit, chance, end)]
    presses += [*_strays(desk, chance, len(ends)), *_own(habit, len(ends), weekday, chance)]
    book = _Book({("served", 0): len(ends)})
    steps = [*((end, False) for end in ends), *((press, True) for press in presses)]
    for after_s, pressed in sorted(steps):
        at = midnight + round(after_s * 1000)
        if pressed:
            _press(lobby, book, at)
        else:
            _finish(lobby, at)
    return book


class _Book(Counter[tuple[str, int]]):
    """Where the hub's counts of a desk's day go instead of the database."""

    def execute(self, _sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """As the store's transaction."""
        for _week, _desk, measure, bucket, n in rows:
            self[measure, bucket] += n


def _finish(lobby: Lobby, at: int) -> None:
    ticket = str(at)
    lobby.armed[_DESK.id] = ticket
    lobby.armings[ticket] = Arming(
        ticket=ticket,
        number="",
        lang="vi",
        desk=_DESK.id,
        queue="",
        service="",
        voucher=ticket,
        start=at,
        until=at + SITE.rules.arm_window_s * 1000,
    )


def _press(lobby: Lobby, book: _Book, at: int) -> None:
    message = Rating(id=_ANY_ID, level=1, desk=_DESK.id)
    facts = at_terminal(lobby, _DESK, message, at)
    if isinstance(facts, Refusal):
        raise TypeError(facts)
    keep(book, lobby, message, facts, at)
    apply(lobby, Entry(_ANY_ID, lobby.day, at, facts))


def _ends(desk: Seat, chance: Random) -> Iterator[float]:
    """When visits are finished, seconds of the day; now and then one is at the desk when the bell rings."""
    for start, end in SITE.hours.clerks:
        for _ in range(_poisson(desk.per_day / 2, chance)):
            yield 60 * chance.uniform(start + 3, end + (8 if chance.random() < 0.2 else 0))


def _citizen(desk: Seat, habit: Habit, chance: Random, end: float) -> Iterator[float]:
    if chance.random() < HAMMERED:
        yield from _hammering(chance, end + chance.uniform(1, 30))
    elif chance.random() < desk.response:
        yield end + min(desk.median_s * exp(chance.gauss(0, 0.7)), 170)
    elif habit == "at_once" and chance.random() < 0.6:
        yield end + chance.uniform(0.3, 2.5)
    elif (habit == "always" and chance.random() < 0.9) or (habit == "careful" and chance.random() < CARE):
        yield end + min(desk.median_s * exp(chance.gauss(0, 0.7)), 170)


def _strays(desk: Seat, chance: Random, visits: int) -> Iterator[float]:
    for _ in range(visits):
        if chance.random() < desk.strays:
            at = 60 * chance.uniform(*chance.choice(SITE.hours.clerks))
            yield from _hammering(chance, at) if chance.random() < 0.3 else (at,)


def _hammering(chance: Random, at: float) -> Iterator[float]:
    for _ in range(chance.randint(3, 15)):
        yield at
        at += chance.uniform(0.3, 4)


def _own(habit: Habit, visits: int, weekday: int, chance: Random) -> Iterator[float]:
    """What a clerk presses beside the visits."""
    if habit == "bursts":
        for _ in range(max(2, visits // 5)):
            at = 60 * chance.uniform(*chance.choice(SITE.hours.clerks))
            for _ in range(chance.randint(5, 10)):
                yield at
                at += chance.uniform(0.5, 8)
    elif habit == "after_hours" and weekday % 2 == 0:
        at = 60 * chance.uniform(SITE.hours.clerks[-1][1] + 35, SITE.hours.clerks[-1][1] + 120)
        for _ in range(chance.randint(5, 12)):
            yield at
            at += chance.uniform(20, 150)
    elif habit == "clock":
        for start, end in SITE.hours.clerks:
            for minute in range(start + 5, end, 10):
                yield 60 * (minute + chance.uniform(-1, 1))


def _poisson(mean: float, chance: Random) -> int:
    """How many come when `mean` are expected."""
    count, passed = 0, -log(1 - chance.random())
    while passed < mean:
        count, passed = count + 1, passed - log(1 - chance.random())
    return count
