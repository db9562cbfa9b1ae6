"""Presses into hands: what one press adds to the counts of its desk's week.

A child that hammers a button twenty times is one hand and one burst, not twenty offences. A press of which nobody can
tell when it was, or that is heard of after a later one, counts as a vote only.

Rules: pure; what is remembered of a desk (`Pressed`) lives in the lobby only, never on disk, and a restart
forgets it.
"""

from collections.abc import Iterator

from msgspec import Struct

from broker.integrity.weeks import SHORTEST_GAP_S, gap_class
from broker.lobby import Pressed
from broker.local_calendar import LocalCalendar
from broker.model import Hours
from broker.rating_facts import OfRating, Rated, RatingOrphan

BURST = 4
"""So many presses within `SHORTEST_GAP_S` are a burst."""
GRACE_MIN = 30
"""The centre is closed this long after its clerks have gone, and until this long before they come."""

BURST_EVERY_MS = 600_000
"""Hammering may go on: a desk has another burst so long after the one before."""

Mark = tuple[str, int]
"""What is counted: a measure, and its class."""


class Moment(Struct, frozen=True):
    """When a press was: Unix ms, the local day of the week and minute of the day; `unsure` when nobody can tell."""

    at: int
    weekday: int
    minute: int
    unsure: bool = False


def moment(calendar: LocalCalendar, at: int, unsure: bool = False) -> Moment:
    """The moment `at` (Unix ms) at the centre."""
    local = calendar.local(at)
    return Moment(at, local.weekday(), local.hour * 60 + local.minute, unsure)


def remembered(before: Pressed, now: Moment) -> Pressed:
    """What is remembered after a press."""
    if _unsure(before, now):
        return before
    burst = now.at if _is_burst(before, now) else before.burst
    return Pressed((*_minute(before, now), now.at), burst)


def marks(before: Pressed, fact: OfRating, now: Moment, hours: Hours) -> Iterator[Mark]:
    """What a press adds to its desk's week, given what is remembered of the presses before it."""
    vote = isinstance(fact, Rated) and not fact.replaces
    if isinstance(fact, Rated) and vote:
        yield "latency", fact.latency
    if _unsure(before, now):
        return
    gap_s = (now.at - before.recent[-1]) / 1000 if before.recent else None
    fresh = gap_s is None or gap_s >= SHORTEST_GAP_S
    idle = fresh and isinstance(fact, RatingOrphan)
    if idle:
        yield "idle", 0
    if (idle or vote) and not _near(hours, now):
        yield "after_hours", 0
    if gap_s is not None and fresh and _one_shift(hours, now, gap_s):
        yield "gap", gap_class(gap_s)
    if _is_burst(before, now):
        yield "burst", 0


def _unsure(before: Pressed, now: Moment) -> bool:
    return now.unsure or (bool(before.recent) and now.at < before.recent[-1])


def _minute(before: Pressed, now: Moment) -> tuple[int, ...]:
    """The presses of the minute before."""
    return tuple(at for at in before.recent if now.at - at < SHORTEST_GAP_S * 1000)[1 - BURST :]


def _is_burst(before: Pressed, now: Moment) -> bool:
    calm = not before.burst or now.at - before.burst >= BURST_EVERY_MS
    return calm and len(_minute(before, now)) + 1 >= BURST


def _near(hours: Hours, now: Moment) -> bool:
    """Whether somebody may be there: clerks work, or did so `GRACE_MIN` ago, or soon will."""
    return now.weekday in hours.days and any(
        start - GRACE_MIN <= now.minute < end + GRACE_MIN for start, end in hours.clerks
    )


def _one_shift(hours: Hours, now: Moment, gap_s: float) -> bool:
    """Whether both ends of a gap lie in one span of work: a lunch break is no gap."""
    return any(start <= now.minute - gap_s / 60 and now.minute < end + GRACE_MIN for start, end in hours.clerks)
