"""What a citizen is told of the wait: whole minutes by the clock, rounded outward, or nothing.

Rules: pure; the promise that stands on paper is the one in the log.
"""

from math import ceil, floor

from msgspec import Struct

from appliance.wire.messages import WaitRange
from broker.forecast import drawn, hall
from broker.forecast.band import Band, Situation, gamma_band
from broker.forecast.hall import Place
from broker.forecast.hours import Shifts, shifts
from broker.foretold import Foretold
from broker.lobby import LATEST, Lobby, Ticket
from broker.model import Forecasting

MINUTE_MS = 60_000


class Promise(Struct, frozen=True):
    """What is `told`, and what it was rounded from where every desk was busy; None where it is not to be said."""

    told: WaitRange | None = None
    foretold: Foretold | None = None

    @property
    def minutes(self) -> tuple[int, int]:
        """The range that is told, 0 to 0 of none."""
        return (self.told.low_min, self.told.high_min) if self.told else (0, 0)


NOTHING = Promise()


def for_ticket(lobby: Lobby, ticket: Ticket, now: int) -> WaitRange | None:
    """When a waiting visit is called; None where nobody can say, and for who is kept for one desk."""
    if ticket.status != "waiting" or ticket.for_desk:
        return None
    if now == ticket.issued_at:  # what was said just now
        return WaitRange(low_min=ticket.low_min, high_min=ticket.high_min) if ticket.high_min else None
    return promise(lobby, Place(ticket.queue, ticket.priority, ticket.line_key, ticket.due), now).told


def for_arrival(lobby: Lobby, queue: str, now: int) -> WaitRange | None:
    """When somebody without priority is called who takes a number now."""
    return promise(lobby, Place(queue, False, (now, LATEST, "")), now).told


def promise(lobby: Lobby, place: Place, now: int) -> Promise:
    """Between how many minutes from now the visit at `place` is called, where that can be said.

    A range that would be too wide to be of use is not told, but kept and scored.
    """
    rules = lobby.site.forecasting
    if rules.method == "none" or place.key[0] > now:
        return NOTHING  # who is early for an appointment: how many come before its time is foretold by nobody
    day = shifts(lobby.site, lobby.calendar.day(now))
    found = hall.situation(lobby, day, place, now)
    if found is None:
        return NOTHING
    band = expected(lobby, day, place, found, now)
    begins = max(now, place.due)
    first, last = day.clock(begins, band.low_s * 1000), day.clock(begins, band.high_s * 1000)
    if first is None or last is None:
        return NOTHING
    return Promise(_rounded(rules, first - now, last - now), None if found.idle else _kept(band))


def expected(lobby: Lobby, day: Shifts, place: Place, found: Situation, now: int) -> Band:
    """The middle `confidence` of the waits that `found` leads to, as experience corrects it."""
    rules, experience = lobby.site.forecasting, lobby.experience
    line = None
    if rules.method == "drawn" and found.ahead <= drawn.MOST_AHEAD and experience.times.ready:
        line = hall.line(lobby, day, place, found, now)
    if line:
        band = drawn.band(drawn.waits(line, experience.times), rules.confidence)
    else:
        band = gamma_band(found, rules.confidence)
    if found.idle:
        return band
    low_s, high_s = experience.calibration.stretch.ends(band.low_s, band.mid_s, band.high_s)
    return Band(low_s, band.mid_s, high_s)


def _kept(band: Band) -> Foretold:
    return Foretold(floor(band.low_s), round(band.mid_s), ceil(band.high_s))


def _rounded(rules: Forecasting, first_ms: int, last_ms: int) -> WaitRange | None:
    low = floor(first_ms / MINUTE_MS / rules.step_min) * rules.step_min
    high = ceil(last_ms / MINUTE_MS / rules.step_min) * rules.step_min
    return WaitRange(low_min=low, high_min=high) if high - low <= rules.widest_min else None
