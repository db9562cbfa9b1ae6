"""What a new arrival finds in the hall: the lobby as a `Situation`.

Rules: pure; who is called before is asked of `scheduling`, so that forecast and call follow the same rule.
"""

import bisect

from msgspec import Struct

from broker.forecast.band import Situation
from broker.forecast.drawn import AtDesk, Doing, Waiting
from broker.forecast.hours import Shifts
from broker.lobby import DeskSeat, Line, LineKey, Lobby
from broker.model import Rules
from broker.scheduling import ahead, those_ahead

LATE_MS = 600_000
"""A desk that has not opened by this long after the first hour does not come any more."""
PAUSE_MS = 900_000
"""Who pauses for longer than this is not counted on."""
TIDY_TIMES = 3
"""A desk that is free for so many times its usual pause between two visits has nothing to do."""
BUSY_HELPER = 0.5
"""What a helper is worth who serves somebody just now but whose own line is empty."""


class Place(Struct, frozen=True):
    """Where a visit stands: the line, its class, its key there. It is not called before `due`."""

    queue: str
    priority: bool
    key: LineKey
    due: int = 0


def situation(lobby: Lobby, day: Shifts, place: Place, now: int) -> Situation | None:
    """What the visit at `place` finds at `now`, or when it is due.

    None where nobody is there to serve it; and for who is due after the break while the line before it still moves:
    what will be left over then, nobody knows.
    """
    begins = day.resumes(max(now, place.due))
    if begins is None or day.resumes(now) == now < begins:
        return None
    work = lobby.experience.pace.of(place.queue)
    states = [state for _, state in _seats(lobby, day, place.queue, now, begins)]
    desks = len(states)
    if not desks:
        return None
    return Situation(
        ahead=_before(lobby, place, begins, 1000 * work.mean_s / desks),
        idle=states.count("idle"),
        busy=states.count("busy"),
        tidying=states.count("tidying"),
        work=work,
        helpers=_helpers(lobby, place.queue, now) if begins == now else 0.0,
        help_after_s=max(0.0, lobby.site.rules.backup_after_s - lobby.longest_ms(place.queue, now) / 1000),
    )


def line(lobby: Lobby, day: Shifts, place: Place, found: Situation, now: int) -> Waiting | None:
    """The line that `situation` found, one by one; None where somebody is idle, so that nobody waits."""
    begins = max(now, place.due)
    if found.idle or day.resumes(now) != begins:
        return None
    keys = those_ahead(lobby.site.rules, lobby.lines[place.queue], place.priority, place.key, begins)
    known = [lobby.tickets[key[2]].service for key in keys[: found.ahead]]
    return Waiting(
        queue=place.queue,
        ahead=(*known, *[""] * (found.ahead - len(known))),
        desks=tuple(_at_desk(lobby, seat, state, now) for seat, state in _seats(lobby, day, place.queue, now, begins)),
        helpers=found.helpers,
        help_after_s=found.help_after_s,
    )


def _at_desk(lobby: Lobby, seat: DeskSeat, state: Doing, now: int) -> AtDesk:
    ticket = lobby.tickets.get(seat.ticket)
    with_whom = (ticket.queue, ticket.service) if ticket else ("", "")
    return AtDesk(state if ticket or state != "busy" else "away", (now - seat.since) / 1000, with_whom)


def _seats(lobby: Lobby, day: Shifts, queue: str, now: int, begins: int) -> list[tuple[DeskSeat, Doing]]:
    """The desks of a queue that are there, and what each does at the moment when work goes on."""
    tidy_ms = TIDY_TIMES * lobby.experience.pace.of(queue).tidy_s * 1000
    seats = [lobby.seats[desk] for desk in lobby.serving[queue]]
    found = [(seat, _state(seat, day, now, begins, tidy_ms)) for seat in seats]
    return [(seat, state) for seat, state in found if state is not None]


def _state(seat: DeskSeat, day: Shifts, now: int, begins: int, tidy_ms: float) -> Doing | None:
    """What a desk does at the moment when work goes on; None for not there."""
    if seat.status == "closed":
        expected = not seat.since and now < day.spans[0][0] + LATE_MS
        return "idle" if expected else None
    if begins > now:
        return "idle"
    if seat.status == "paused":
        return "busy" if now - seat.since < PAUSE_MS else None
    if seat.ticket:
        return "busy"
    return "tidying" if seat.freed and now - seat.since < tidy_ms else "idle"


def _before(lobby: Lobby, place: Place, begins: int, step_ms: float) -> int:
    """Who is called before: in the line itself, kept for one of its desks, and in other lines of the same desks."""
    rules, desks = lobby.site.rules, lobby.serving[place.queue]
    count = float(_until_called(rules, lobby.lines[place.queue], place, begins, step_ms))
    count += sum(len(lobby.kept[desk]) for desk in desks)
    others = {skill for desk in desks for skill in lobby.site.desks[desk].skills} - {place.queue}
    for other in others:
        share = len(set(desks) & set(lobby.serving[other])) / len(lobby.serving[other])
        count += share * ahead(rules, lobby.lines[other], place.priority, place.key, begins)
    return round(count)


def _until_called(rules: Rules, line: Line, place: Place, begins: int, step_ms: float) -> int:
    """How many of a line are called before, one every `step_ms`.

    Scores grow at two rates, so some overtake meanwhile: it is the least n with at most n above after n steps.
    """
    if all(theirs == place.priority for theirs, _, _ in line.classes(begins)):
        return ahead(rules, line, place.priority, place.key, begins)
    fewer = range(len(line.keys(begins)))

    def suffices(n: int) -> bool:
        return ahead(rules, line, place.priority, place.key, begins + round(n * step_ms)) <= n

    return bisect.bisect_left(fewer, True, key=suffices)


def _helpers(lobby: Lobby, queue: str, now: int) -> float:
    """How many desks help once somebody has waited long enough."""
    found = 0.0
    for desk in lobby.helping[queue]:
        seat = lobby.seats[desk]
        if seat.status == "open" and not any(lobby.waiting(own, now) for own in lobby.site.desks[desk].skills):
            found += BUSY_HELPER if seat.ticket else 1.0
    return found
