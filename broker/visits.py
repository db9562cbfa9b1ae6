"""What reception puts right about a visit, and a clerk about those that are his.

Rules: pure; a visit that is over stays as it was; a clerk corrects the priority of who is at his desk, was set aside
there, or waits in a queue that he serves; what is right already changes nothing.
"""

from broker import refusals as no
from broker.lobby import Lobby, Ticket
from broker.refusals import Refusal
from broker.visit_commands import CancelVisit, CorrectPriority, RestoreVisit, VisitMessage
from broker.visit_facts import Cancelled, PriorityCorrected, Restored

OPEN = ("waiting", "called", "parked", "no_show")
CANCELLABLE = ("waiting", "parked", "no_show")
Righted = tuple[PriorityCorrected | Cancelled | Restored, ...] | Refusal


def put_right(lobby: Lobby, actor: str, message: VisitMessage) -> Righted:
    """The fact that `message` of `actor` makes, or why not. An empty tuple: it was so already."""
    ticket = lobby.tickets.get(message.ticket)
    if ticket is None:
        return no.UNKNOWN_TICKET
    match message:
        case CorrectPriority():
            return _correct(lobby, actor, message, ticket)
        case CancelVisit(reason=reason):
            if ticket.status == "called":
                return no.AT_A_DESK
            if ticket.status not in CANCELLABLE:
                return () if ticket.status == "cancelled" else no.VISIT_OVER
            return (Cancelled(**_of(ticket, actor), reason=reason),)
        case RestoreVisit():
            if ticket.status != "cancelled":
                return no.NOT_CANCELLED
            return (Restored(**_of(ticket, actor), at=ticket.cancelled_at),)


def _of(ticket: Ticket, actor: str) -> dict[str, str]:
    return {
        "ticket": ticket.id,
        "queue": ticket.queue,
        "service": ticket.service,
        "actor": actor,
        "desk": ticket.for_desk,
    }


def _correct(lobby: Lobby, actor: str, message: CorrectPriority, ticket: Ticket) -> Righted:
    if message.group and message.group not in lobby.site.groups:
        return no.UNKNOWN_GROUP
    if ticket.status not in OPEN:
        return no.VISIT_OVER
    if message.desks is not None and not any(_concerns(lobby, desk, ticket) for desk in message.desks):
        return no.NOT_AT_YOUR_DESK
    if bool(message.group) == ticket.priority and lobby.declared.get(ticket.id, "") == message.group:
        return ()
    return (
        PriorityCorrected(
            **_of(ticket, actor),
            before=ticket.priority,
            after=bool(message.group),
            series=ticket.series,
            at=ticket.issued_at,
        ),
    )


def _concerns(lobby: Lobby, desk: str, ticket: Ticket) -> bool:
    """Whether a clerk at `desk` sees this citizen, or calls him sooner or later."""
    place = lobby.site.desks.get(desk)
    if place is None:
        return False
    if ticket.status in ("called", "parked"):
        return desk in (ticket.desk, ticket.parked_by)
    if ticket.for_desk:
        return desk == ticket.for_desk
    return ticket.queue in place.skills or ticket.queue in place.backups
