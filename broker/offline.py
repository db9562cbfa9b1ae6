"""Tickets that a kiosk issued from its emergency block, told when the hub is back.

Rules: pure; the paper is in somebody's hand already, so a ticket is refused only where its number cannot be the
kiosk's; the visit stands in line by the time of its issue.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec import UNSET

from appliance.wire.messages import Fate
from broker import facts as f
from broker import leases
from broker import refusals as no
from broker.commands import Command
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
    return (issued, *_paper(message, issued), *leases.top_up(lobby, lease))


def _issued_at(lobby: Lobby, lease: Lease, message: Fate, now: int) -> int:
    """The kiosk's own time where it can be true: after the block was granted, today, not in the future."""
    try:
        at = round(datetime.fromisoformat(message.at or "").timestamp() * 1000)
    except ValueError:  # because the clock may never have been set, and the 30th of February has a valid form
        return now
    return at if lease.granted_at <= at <= now and lobby.calendar.day(at) == lobby.day else now


def _issued(lobby: Lobby, command: Command, message: Fate, n: int, service: Service, at: int, now: int) -> f.Issued:
    queue = lobby.site.queues[service.queue]
    priority, ticket = message.priority is not UNSET, ticket_of(message)
    key = (at, len(lobby.tickets), ticket)
    return f.Issued(
        ticket=ticket,
        queue=queue.id,
        n=n,
        number=label(queue.prefix, n),
        service=service.id,
        code=command.code,
        lang=message.lang,
        device=command.device,
        ahead=ahead(lobby.site.rules, lobby.lines[queue.id], priority, key, now),
        priority=priority,
        lease=message.lease or "",
        issued_at=at,
    )


def _paper(message: Fate, issued: f.Issued) -> Iterator[f.AnyFact]:
    place = {"ticket": issued.ticket, "queue": issued.queue, "service": issued.service, "reason": message.reason}
    if message.fate == "void":
        yield f.Voided(**place)
    elif message.fate != "withdrawn":
        yield f.PaperChanged(**place, state=message.fate)
