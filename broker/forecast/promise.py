"""What a citizen is told of the wait: whole minutes by the clock, rounded outward, or nothing.

Rules: pure; the promise that stands on paper is the one in the log.
"""

from math import ceil, floor

from appliance.wire.messages import WaitRange
from broker.forecast.band import gamma_band
from broker.forecast.hall import Place, situation
from broker.forecast.hours import shifts
from broker.lobby import LATEST, Lobby, Ticket

MINUTE_MS = 60_000


def for_ticket(lobby: Lobby, ticket: Ticket, now: int) -> WaitRange | None:
    """When a waiting visit is called; None where nobody can say, and for who is kept for one desk."""
    if ticket.status != "waiting" or ticket.for_desk:
        return None
    return expect(lobby, Place(ticket.queue, ticket.priority, ticket.line_key, ticket.due), now)


def for_arrival(lobby: Lobby, queue: str, now: int) -> WaitRange | None:
    """When somebody without priority is called who takes a number now."""
    return expect(lobby, Place(queue, False, (now, LATEST, "")), now)


def expect(lobby: Lobby, place: Place, now: int) -> WaitRange | None:
    """Between how many minutes from now the visit at `place` is called.

    None where it cannot be said, and where the range would be too wide to be of use.
    """
    rules = lobby.site.forecasting
    if rules.method == "none" or place.key[0] > now:
        return None  # who is early for an appointment: how many come before its time is foretold by nobody
    day = shifts(lobby.site, lobby.calendar.day(now))
    found = situation(lobby, day, place, now)
    if found is None:
        return None
    band = gamma_band(found, rules.confidence)
    begins = max(now, place.due)
    first, last = day.clock(begins, band.low_s * 1000), day.clock(begins, band.high_s * 1000)
    if first is None or last is None:
        return None
    low = floor((first - now) / MINUTE_MS / rules.step_min) * rules.step_min
    high = ceil((last - now) / MINUTE_MS / rules.step_min) * rules.step_min
    return WaitRange(low_min=low, high_min=high) if high - low <= rules.widest_min else None
