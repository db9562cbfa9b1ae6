"""The line as it stands, played through `DRAWS` times with what calls have been seen to take.

Each desk gets free when its visit, begun so long ago, has ended and it has tidied up; each who is ahead takes the desk
that is free first, for as long as calls of that service have taken. When the next desk is free is the wait.

Rules: pure; no chance: the same line gives the same waits, so that a hub says after a restart what it said before.
"""

import bisect
from heapq import heapify, heapreplace
from typing import Literal

from msgspec import Struct

from broker.experience.call_times import DRAWS, CallTimes, drawn, order, resized
from broker.forecast.band import Band

Doing = Literal["idle", "busy", "tidying", "away"]
MOST_AHEAD = 40
"""Of longer lines only the length matters."""
AWAY_S = 300.0
"""A desk that pauses is counted on after this."""
OVERDUE = 0.15
"""What nobody has been seen to take goes on for this share of the time it has lasted, and `OVERDUE_S` more."""
OVERDUE_S = 10.0
HELPS_AT_ONCE = 0.3
"""In how many cases a helper is free when he may help; in the others after one more call."""
_STEP = 37
"""Everybody's times are drawn in the same order, begun at other places: odd, so that no two begin at the same."""


class AtDesk(Struct, frozen=True):
    """What a desk does, since when (s), and for whom (queue and service)."""

    doing: Doing
    since_s: float
    whose: tuple[str, str]


class Waiting(Struct, frozen=True):
    """A line that somebody new joins: the services of who is `ahead`, "" where not known, and the desks they wait for.

    About `helpers` more desks help from `help_after_s` on.
    """

    queue: str
    ahead: tuple[str, ...]
    desks: tuple[AtDesk, ...]
    helpers: float
    help_after_s: float


def waits(line: Waiting, times: CallTimes) -> list[float]:
    """How long who joins the line waits (s), `DRAWS` times, in order. Raises ValueError without a desk."""
    if not line.desks:
        raise ValueError("nobody serves this queue")
    free = [_free(desk, place, line, times) for place, desk in enumerate(line.desks)]
    free += _helpers(line, times)
    calls = [
        _turned(times.calls((line.queue, service)), place)
        for place, service in enumerate(line.ahead, start=len(line.desks))
    ]
    if len(free) == 1:
        return sorted(map(sum, zip(*free, *calls, strict=True)))
    if not calls:
        return sorted(map(min, zip(*free, strict=True)))
    return sorted(map(_played, zip(*free, strict=True), zip(*calls, strict=True)))


def band(found: list[float], confidence: float) -> Band:
    """The middle `confidence` of some waits in order."""
    tail = (1 - confidence) / 2
    low_s, mid_s, high_s = (found[min(int(p * len(found)), len(found) - 1)] for p in (tail, 0.5, 1 - tail))
    return Band(low_s, mid_s, high_s)


def _played(free: tuple[float, ...], calls: tuple[float, ...]) -> float:
    """When a desk is free for who comes after all these calls."""
    desks = list(free)
    heapify(desks)
    for call in calls:
        heapreplace(desks, desks[0] + call)
    return desks[0]


def _free(desk: AtDesk, place: int, line: Waiting, times: CallTimes) -> list[float]:
    """When a desk is free for the next call."""
    if desk.doing == "idle":
        return [0.0] * DRAWS
    if desk.doing == "away":
        return [AWAY_S] * DRAWS
    if desk.doing == "tidying":
        tidied = times.tidied(line.queue)
        if line.ahead:
            return _rest(tidied, desk.since_s, place)
        # Nobody waits: the desk may have been done for long without anybody to show it.
        return drawn([max(0.0, tidy - desk.since_s) for tidy in tidied], place)
    rest = _rest(times.served(desk.whose), desk.since_s, place)
    return [stay + tidy for stay, tidy in zip(rest, _turned(times.tidying(line.queue), place), strict=True)]


def _rest(seen: list[float], since_s: float, place: int) -> list[float]:
    """How much longer it takes what has lasted since `since_s`, given what such things took (in order)."""
    longer = seen[bisect.bisect_right(seen, since_s) :]
    if not longer:
        return [OVERDUE * since_s + OVERDUE_S] * DRAWS
    return drawn(resized([took - since_s for took in longer], DRAWS), place)


def _helpers(line: Waiting, times: CallTimes) -> list[list[float]]:
    """When each desk that may help does: some are counted on in some draws only."""
    found = []
    calls = times.calls((line.queue, ""))
    for helper in range(int(line.helpers + 0.999)):
        there = round(DRAWS * min(1.0, line.helpers - helper))
        at_once = round(there * HELPS_AT_ONCE)
        after = [0.0] * at_once + calls[: there - at_once] + [float("inf")] * (DRAWS - there)
        found.append([line.help_after_s + after[i] for i in order(DRAWS, helper)])
    return found


def _turned(twice: list[float], place: int) -> list[float]:
    begin = place * _STEP % DRAWS
    return twice[begin : begin + DRAWS]
