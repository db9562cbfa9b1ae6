"""Whether there is still time for one more visit, and what to offer who comes too late.

Rules: pure; what cannot be foreseen is not refused.
"""

from msgspec import UnsetType
from msgspec.structs import replace

from appliance.wire.choices import Offer
from broker import refusals as no
from broker.forecast.band import chance_within
from broker.forecast.hall import Place, situation
from broker.forecast.hours import shifts
from broker.lobby import Lobby
from broker.refusals import Refusal


def due(lobby: Lobby, place: Place, now: int, accepts: Offer | UnsetType) -> int | Refusal:
    """From when on a number that is asked for at `now` is called (ms, 0: at once), or why there is none.

    Who accepts what is not offered any more, since there is time after all, is called at once.
    """
    offered = offers(lobby, place, now)
    if offered is None:
        return 0
    later = shifts(lobby.site, lobby.calendar.day(now)).after_the_break(now)
    if accepts in offered:
        return later or 0 if accepts == "afternoon" else 0
    if later is None:
        return replace(no.NO_TIME_TODAY, offers=offered)
    return replace(no.NO_TIME_BEFORE_BREAK, offers=offered, resumes=lobby.calendar.instant(later))


def offers(lobby: Lobby, place: Place, now: int) -> tuple[Offer, ...] | None:
    """What who asks now may have instead of a number; None where a number is given."""
    rules, day = lobby.site.closing, shifts(lobby.site, lobby.calendar.day(now))
    span = day.span(now)
    if rules.rule == "none" or span is None:
        return None
    left_s = (span[1] - max(now, span[0])) / 1000
    if rules.rule == "cutoff":
        late = left_s <= rules.cutoff_s
    else:
        found = situation(lobby, day, place, now)
        late = found is not None and chance_within(found, left_s + rules.grace_s) < rules.confidence
    if not late:
        return None
    if day.after_the_break(now) is not None:
        return ("afternoon", "anyway")
    return ("anyway",) if rules.anyway_in_the_evening else ()
