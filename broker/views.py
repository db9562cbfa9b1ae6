"""The lobby as others may see it: wire states and ticket views.

Rules: pure; no name, no priority reason; what is shown never says more than the wire's struct.
"""

from itertools import islice

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from appliance.wire.choices import DeskPhase
from appliance.wire.messages import Answer, CallsState, DeskState, QueueState, SiteState, TicketView
from appliance.wire.told import CALLS_LISTED, Call, Parked
from broker.decide import Subject
from broker.forecast import promise
from broker.lobby import Lobby, Ticket
from broker.ratings import phone_was_first
from broker.refusals import Refusal
from broker.scheduling import ahead_when_due, choose

MOST_PARKED = 9
"""Of a desk's parked visits, so many are told: a keypad has no more digits."""

LONGEST_STEP_S = 30
"""The longest wait is told in steps, so that a quiet hall is a quiet bus."""

LABEL_BYTES = 64
"""Of a place's name in the list of calls."""


def ticket_view(lobby: Lobby, ticket: Ticket, now: int) -> TicketView:
    """A ticket with its place in line now."""
    waits = ticket.status == "waiting" and not ticket.for_desk
    line, key = lobby.lines[ticket.queue], ticket.line_key
    return TicketView(
        id=ticket.id,
        number=ticket.number,
        queue=ticket.queue,
        service=ticket.service,
        status=ticket.status,
        issued_at=lobby.calendar.instant(ticket.issued_at),
        ahead=ahead_when_due(lobby.site.rules, line, ticket.priority, key, now, ticket.due) if waits else 0,
        wait=promise.for_ticket(lobby, ticket, now),
        counters=_counters(lobby, ticket),
        code=ticket.code,
        due=lobby.calendar.instant(ticket.due) if waits and ticket.due else UNSET,
        appointment=lobby.calendar.instant(ticket.appointment) if ticket.appointment else UNSET,
        late=ticket.late or UNSET,
    )


def _counters(lobby: Lobby, ticket: Ticket) -> tuple[str, ...]:
    desk = ticket.desk or ticket.for_desk
    return (lobby.site.desks[desk].counter,) if desk else lobby.site.queues[ticket.queue].counters


def answer(lobby: Lobby, request: str, subject: Subject, now: int, gen: int) -> Answer:
    """The answer to a command that was carried out."""
    ticket: TicketView | UnsetType | None = UNSET if subject.ticket is None else None
    return Answer(
        gen=gen,
        re=request,
        ok=True,
        ticket=ticket_view(lobby, lobby.tickets[subject.ticket], now) if subject.ticket else ticket,
        desk=subject.desk or UNSET,
        status=lobby.seats[subject.desk].status if subject.desk else UNSET,
        result=subject.result or UNSET,
    )


def refused(lobby: Lobby, request: str, why: Refusal, now: int, gen: int) -> Answer:
    """The same, with the ticket that stands in the way. Its code is for whoever holds its paper."""
    ticket = ticket_view(lobby, lobby.tickets[why.ticket], now) if why.ticket else None
    return replace(refusal(request, why, gen), ticket=replace(ticket, code="") if ticket else UNSET)


def refusal(request: str, why: Refusal, gen: int) -> Answer:
    """The answer to a command that was not carried out."""
    return Answer(
        gen=gen,
        re=request,
        ok=False,
        error=why.code,
        message=why.words,
        offers=UNSET if why.offers is None else why.offers,
        resumes=why.resumes or UNSET,
        appointment=why.appointment or UNSET,
        opens=why.opens or UNSET,
    )


def phase(lobby: Lobby, ticket: Ticket, now: int) -> DeskPhase:
    """Calling while somebody may still come, then serving."""
    return "calling" if now - ticket.called_at < lobby.site.rules.no_show_after_s * 1000 else "serving"


def desk_state(lobby: Lobby, desk_id: str, now: int, gen: int, rev: int) -> DeskState:
    """What a desk does now."""
    desk, seat = lobby.site.desks[desk_id], lobby.seats[desk_id]
    ticket = lobby.tickets.get(seat.ticket)
    arming = lobby.armings.get(lobby.armed.get(desk_id, ""))
    armed = arming is not None and now <= arming.until and not phone_was_first(lobby, arming)
    return DeskState(
        gen=gen,
        rev=rev,
        counter=desk.counter,
        label=desk.label,
        status=seat.status,
        ticket=ticket.id if ticket else UNSET,
        number=ticket.number if ticket else UNSET,
        phase=phase(lobby, ticket, now) if ticket else UNSET,
        call_seq=ticket.call_seq if ticket else 0,
        times=ticket.times if ticket else 0,
        lang=ticket.lang if ticket else UNSET,
        next=_next(lobby, desk_id, now),
        armed_until=lobby.calendar.instant(arming.until) if armed and arming else UNSET,
        armed_ticket=arming.number if armed and arming else UNSET,
        armed_lang=arming.lang if armed and arming else UNSET,
        parked=_parked(lobby, desk_id) or UNSET,
    )


def _parked(lobby: Lobby, desk: str) -> tuple[Parked, ...]:
    """The visits that the desk has set aside, the first one first; as many as a keypad has digits."""
    aside = (lobby.tickets[ticket] for ticket in lobby.aside)
    mine = (ticket for ticket in aside if ticket.status == "parked" and ticket.parked_by == desk)
    return tuple(Parked(ticket=ticket.id, number=ticket.number) for ticket in islice(mine, MOST_PARKED))


def _next(lobby: Lobby, desk: str, now: int) -> str | UnsetType:
    choice = choose(lobby, desk, now) if lobby.seats[desk].status == "open" else None
    return lobby.tickets[choice.ticket].number if choice else UNSET


def queue_state(lobby: Lobby, queue: str, now: int, gen: int, rev: int) -> QueueState:
    """How many wait, for how long the first of them has, and what somebody may expect who comes now."""
    counts = queue_counts(lobby, queue, now, gen, rev)
    return replace(counts, wait=promise.for_arrival(lobby, queue, now) or UNSET)


def queue_counts(lobby: Lobby, queue: str, now: int, gen: int, rev: int) -> QueueState:
    """The same without what somebody may expect, which costs more."""
    longest_s = lobby.longest_ms(queue, now) // 1000
    waiting = lobby.waiting(queue, now)
    return QueueState(
        gen=gen,
        rev=rev,
        waiting=waiting,
        longest_s=longest_s - longest_s % LONGEST_STEP_S,
    )


def calls_state(lobby: Lobby, gen: int, rev: int) -> CallsState:
    """The calls whose visits are still at their desks, newest first, as many as one message holds."""
    newest = sorted(lobby.at_desks(), key=lambda ticket: -ticket.call_seq)[:CALLS_LISTED]
    return CallsState(gen=gen, rev=rev, calls=tuple(_call(lobby, ticket) for ticket in newest))


def _call(lobby: Lobby, ticket: Ticket) -> Call:
    desk = lobby.site.desks[ticket.desk]
    return Call(
        seq=ticket.call_seq,
        ticket=ticket.id,
        number=ticket.number,
        desk=desk.id,
        counter=desk.counter,
        label=_short(lobby.site.counters[desk.counter].names["vi"]),
        lang=ticket.lang,
        at=lobby.calendar.instant(ticket.called_at),
        times=ticket.times,
    )


def _short(label: str) -> str:
    """A list of calls must fit in one message, however long the names of places are."""
    return label.encode()[:LABEL_BYTES].decode(errors="ignore")


def site_state(lobby: Lobby, now: int, gen: int, rev: int) -> SiteState:
    """What the centre offers now."""
    site = lobby.site
    return SiteState(
        gen=gen,
        rev=rev,
        open=lobby.calendar.is_open(site.hours, now),
        notice=lobby.notice,
        services=tuple(site.services),
        queues=tuple(site.queues),
        desks=tuple(site.desks),
        languages=site.languages,
        levels=len(site.levels),
        revision=site.revision,
    )
