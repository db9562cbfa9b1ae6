"""Tickets that are on paper while the hub knows nothing of them: a kiosk issued them from its emergency block, or the
hub itself did, before its data was replaced by an older copy.

Rules: pure; the paper is in somebody's hand already, so a ticket is refused only where its number cannot be the
kiosk's; the visit stands in line by the time of its issue.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from appliance.wire.messages import Fate, TicketRequest
from appliance.wire.parts import Given
from broker import facts as f
from broker import leases
from broker import refusals as no
from broker.appointments import clock0
from broker.commands import Command, Message
from broker.lobby import Lease, Lobby
from broker.model import Service
from broker.numbering import label
from broker.refusals import Refusal
from broker.scheduling import ahead


def ticket_of(message: Fate) -> str:
    """The visit that a report speaks of; "" for none."""
    if message.ticket is not UNSET:
        return message.ticket
    return message.id if message.lease is not UNSET else ""


def is_on_paper(message: Message) -> bool:
    """Whether the number that `message` speaks of stands on paper, so that a refusal must be looked at by a person."""
    if isinstance(message, TicketRequest):
        return message.given is not UNSET
    return isinstance(message, Fate) and message.lease is not UNSET


def accept(lobby: Lobby, command: Command, message: Fate, now: int) -> tuple[f.AnyFact, ...] | Refusal:
    """The facts of a ticket that the hub hears of for the first time at `now` (Unix ms), or why it cannot be."""
    lease = lobby.leases.get(message.lease) if message.lease is not UNSET else None
    if lease is None or lease.device != command.device:
        return no.UNKNOWN_BLOCK
    if lease.lost or message.epoch not in (UNSET, lease.epoch):
        return no.LOST_BLOCK
    if message.n is UNSET or not lease.first <= message.n <= lease.last:
        return no.OUTSIDE_BLOCK
    if message.n in lobby.leased[lease.id]:
        return no.NUMBER_TAKEN
    service = lobby.site.services.get(message.service) if message.service is not UNSET else None
    if service is None or service.queue != lease.queue:
        return no.UNKNOWN_SERVICE
    if message.priority is not UNSET and message.priority not in lobby.site.groups:
        return no.UNKNOWN_GROUP
    at = _issued_at(lobby, lease, message, now)
    issued = _issued(lobby, command, message, message.n, service, at, now)
    issued = replace(issued, ticket=ticket_of(message), lease=lease.id)
    return (issued, *_paper(message, issued), *leases.top_up(lobby, lease))


def give_again(lobby: Lobby, command: Command, message: TicketRequest, given: Given, now: int) -> f.Issued | Refusal:
    """The fact of a number that the hub gave before `now` (Unix ms) and knows nothing of, or why it cannot be."""
    service = lobby.site.services.get(message.service or "")
    if service is None:
        return no.UNKNOWN_SERVICE
    prefix = lobby.site.queues[service.queue].prefix
    figures = given.number.removeprefix(prefix)
    n = int(figures) if figures.isascii() and figures.isdigit() else 0
    at, due = _time(message.at), _time(given.due)
    is_ours = 0 < n <= leases.LAST and given.number == label(prefix, n)
    if not is_ours or leases.after_blocks(lobby, service.queue, n) != n:
        return no.UNKNOWN_TICKET
    if at is not None and lobby.calendar.day(at) != lobby.day:
        return no.DAY_OVER
    if n < lobby.next_n.get(service.queue, 1) and _is_taken(lobby, service.queue, given.number):
        return no.NUMBER_TAKEN
    issued = _issued(lobby, command, message, n, service, now if at is None else min(at, now), now)
    due = due if due is not None and lobby.calendar.day(due) == lobby.day else 0
    slot = _time(given.appointment) or 0
    slot = slot if lobby.calendar.day(slot) == lobby.day else 0
    place = {"appointment": slot, "clock0": clock0(lobby, slot)} if slot else {}
    return replace(issued, code=given.code or command.code, again=True, due=due, **place)


def _is_taken(lobby: Lobby, series: str, number: str) -> bool:
    return any(ticket.series == series and ticket.number == number for ticket in lobby.tickets.values())


def _issued_at(lobby: Lobby, lease: Lease, message: Fate, now: int) -> int:
    """The kiosk's own time where it can be true: after the block was granted, today, not in the future."""
    at = _time(message.at)
    can_be = at is not None and lease.granted_at <= at <= now and lobby.calendar.day(at) == lobby.day
    return at if at is not None and can_be else now


def _time(instant: str | UnsetType) -> int | None:
    """A moment in the kiosk's words (ms); None where its clock was never set, or it names a 30th of February."""
    try:
        return round(datetime.fromisoformat(instant or "").timestamp() * 1000)
    except ValueError:
        return None


def _issued(
    lobby: Lobby, command: Command, message: Fate | TicketRequest, n: int, service: Service, at: int, now: int
) -> f.Issued:
    queue = lobby.site.queues[service.queue]
    priority = message.priority is not UNSET
    key = (at, len(lobby.tickets), message.id)
    return f.Issued(
        ticket=message.id,
        queue=queue.id,
        n=n,
        number=label(queue.prefix, n),
        service=service.id,
        code=command.code,
        lang=message.lang,
        device=command.device,
        ahead=ahead(lobby.site.rules, lobby.lines[queue.id], priority, key, now),
        priority=priority,
        issued_at=at,
    )


def _paper(message: Fate, issued: f.Issued) -> Iterator[f.AnyFact]:
    place = {"ticket": issued.ticket, "queue": issued.queue, "service": issued.service, "reason": message.reason}
    if message.fate == "void":
        yield f.Voided(**place)
    elif message.fate != "withdrawn":
        yield f.PaperChanged(**place, state=message.fate)
