"""Which calls are new, so that the board draws attention to each exactly once, across restarts too.

Rules: pure; a call is named by its seq, its ticket and how many times it was called, so a recall is news and a
retained copy is not; what was announced is a value that the program journals; three soft pulses in three seconds.
"""

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from display_board.calls import Called

PULSE_S = 1.0
PULSES = 3
STEPS_PER_S = 8
SOFTEST = 4
"""Pulse levels run from 0 (the plain colour) to this."""
REMEMBERED = 128
"""Names kept in the journal beside those of calls that are still at their desks."""


@dataclass(frozen=True)
class Pulsing:
    """A call that draws attention since monotonic second `since`."""

    seq: int
    since: float


@dataclass(frozen=True)
class Announcer:
    """`known` names every call already announced, oldest first; None on a board that has never heard of any.

    `since` is the newest call of the first list that such a board heard: what came before it is history.
    """

    known: tuple[str, ...] | None = None
    pulsing: tuple[Pulsing, ...] = ()
    since: int = 0


def name_of(call: Called) -> str:
    """What makes this announcement different from every other one."""
    return f"{call.seq}.{call.times}.{call.ticket[:8]}"


def announce(announcer: Announcer, calls: Sequence[Called], now: float) -> tuple[Announcer, tuple[Called, ...]]:
    """The announcer after `calls` (newest first) were heard of, and those to announce, oldest first.

    A board that hears of calls for the first time in its life takes them as history: nobody is called twice by it.
    """
    if announcer.known is None:
        history = tuple(name_of(call) for call in reversed(calls))
        return replace(announcer, known=history, since=max((call.seq for call in calls), default=0)), ()
    unknown = [call for call in reversed(calls) if call.times and name_of(call) not in announcer.known]
    if not unknown:
        return announcer, ()
    fresh = tuple(call for call in unknown if call.listed or call.seq > announcer.since)
    started = tuple(Pulsing(call.seq, now) for call in fresh)
    still = tuple(old for old in _running(announcer, now) if old.seq not in {new.seq for new in started})
    known = _kept((*announcer.known, *(name_of(call) for call in unknown)), {name_of(call) for call in calls})
    return replace(announcer, known=known, pulsing=still + started), fresh


def _kept(names: tuple[str, ...], at_desks: Set[str]) -> tuple[str, ...]:
    """The newest names, and older ones as long as their visits last: a long visit must not be called anew."""
    return (*(name for name in names[:-REMEMBERED] if name in at_desks), *names[-REMEMBERED:])


def pulsing_since(announcer: Announcer, seq: int, now: float) -> float | None:
    """Since when the call `seq` draws attention, or None when it does not (any more)."""
    return next((pulse.since for pulse in _running(announcer, now) if pulse.seq == seq), None)


def newest_pulsing(announcer: Announcer, now: float) -> tuple[int, ...]:
    """The calls that draw attention now, the latest announced first."""
    return tuple(pulse.seq for pulse in reversed(_running(announcer, now)))


def pulse_level(since: float, now: float) -> int:
    """How soft the colour is at `now`: 0 the plain colour, `SOFTEST` the palest; 0 again after the last pulse."""
    step = math.floor((now - since) * STEPS_PER_S + 1e-6)
    if not 0 <= step < PULSES * PULSE_S * STEPS_PER_S:
        return 0
    return round(SOFTEST * math.sin(math.pi * step / (STEPS_PER_S * PULSE_S)) ** 2)


def next_step_at(announcer: Announcer, now: float) -> float | None:
    """When the picture changes next because of a pulse; None while all is calm."""
    running = _running(announcer, now)
    if not running:
        return None
    return min(pulse.since + _next_step(pulse, now) for pulse in running)


def _next_step(pulse: Pulsing, now: float) -> float:
    return (math.floor((now - pulse.since) * STEPS_PER_S + 1e-6) + 1) / STEPS_PER_S


def _running(announcer: Announcer, now: float) -> tuple[Pulsing, ...]:
    return tuple(pulse for pulse in announcer.pulsing if now < pulse.since + PULSES * PULSE_S - 1e-6)
