"""What reception puts right about a visit, and a clerk about those that are his.

Rules: pure; a visit that is over stays as it was; a clerk corrects the priority of who is at his desk, was set aside
there, or waits in a queue that he serves; what is right already changes nothing.
"""

from appliance.wire.reprints import ReprintFate
from broker import cards
from broker import refusals as no
from broker.lobby import Lobby, Ticket
from broker.refusals import Refusal
from broker.visit_commands import AskReprint, CancelVisit, CorrectPriority, RestoreVisit, VisitMessage
from broker.visit_facts import Cancelled, PriorityCorrected, ReprintAsked, Reprinted, Restored

OPEN = ("waiting", "called", "parked", "no_show")
CANCELLABLE = ("waiting", "parked", "no_show")
Righted = tuple[PriorityCorrected | Cancelled | Restored | ReprintAsked | Reprinted, ...] | Refusal
REPRINT_S = 60
"""So long a kiosk may take to begin with a paper; as long again until nobody waits for its word any more."""


def put_right(lobby: Lobby, actor: str, message: VisitMessage, now: int) -> Righted:
    """The fact that `message` of `actor` makes at `now` (ms), or why not. An empty tuple: it was so already."""
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
            if held := cards.in_the_way(lobby, ticket):
                return held
            waits_for = "" if lobby.is_closed(ticket.for_desk) else ticket.for_desk
            return (Restored(**{**_of(ticket, actor), "desk": waits_for}, at=ticket.cancelled_at),)
        case AskReprint():
            return _ask_for_paper(lobby, actor, message, ticket, now)


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


def _ask_for_paper(lobby: Lobby, actor: str, message: AskReprint, ticket: Ticket, now: int) -> Righted:
    if ticket.status not in OPEN:
        return no.VISIT_OVER
    if message.device not in lobby.kiosks:
        return no.UNKNOWN_KIOSK
    if not message.ready:
        return no.KIOSK_NOT_READY
    papers = [paper for paper in lobby.reprints.values() if paper.ticket == ticket.id]
    if any(not paper.outcome and now - paper.asked_at < 2 * REPRINT_S * 1000 for paper in papers):
        return no.PAPER_ON_ITS_WAY
    again = ticket.paper != "issued" or any(paper.outcome != "unsent" for paper in papers)
    return (ReprintAsked(**_of(ticket, actor), reprint=message.id, device=message.device, again=again),)


def paper_told(lobby: Lobby, device: str, message: ReprintFate) -> Righted:
    """The fact that a kiosk's word of a paper makes. An empty tuple: it was heard before, or is of another day."""
    paper = lobby.reprints.get(message.reprint)
    if paper is None or paper.outcome:
        return ()
    if paper.device != device:
        return no.NOT_THIS_KIOSK
    told = _of(lobby.tickets[paper.ticket], f"device:{device}")
    return (Reprinted(**told, reprint=message.reprint, device=device, outcome=message.outcome, reason=message.reason),)
