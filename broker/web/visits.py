"""Requests that put a visit right: its priority, that it is not to be called, that it is after all.

Rules: those of `broker.web.commands`; a clerk's desks go with his request, the hub's rules judge.
"""

from msgspec import Struct

from appliance.wire.ids import DeviceId, GroupId, RequestId
from appliance.wire.messages import TicketView
from broker.devices import prints
from broker.staff.identity import ISSUERS, Identity
from broker.visit_commands import AskReprint, CancelVisit, CorrectPriority, RestoreVisit, VisitMessage
from broker.visit_facts import CancelReason
from broker.web import exchange
from broker.web.bodies import TicketReply
from broker.web.commands import carry_out, request_id, without_code
from broker.web.context import Web
from broker.web.errors import Refusal


class PriorityBody(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """The priority group that the visit belongs to, null for none. Only counts of groups are kept."""

    group: GroupId | None


class CancelBody(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Why the visit is not to be called."""

    reason: CancelReason


class ReprintBody(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """At which ticket machine the paper is to be printed."""

    device: DeviceId


class ReprintReply(Struct, kw_only=True, frozen=True):
    """The paper is asked for; what becomes of `reprint` stands in the visit's story."""

    reprint: RequestId
    ticket: TicketView


class NothingBody(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Nothing needs to be said."""


def correct_priority(web: Web, who: Identity, ticket: str) -> TicketReply:
    """POST /tickets/<ticket>/priority."""
    group = exchange.body(PriorityBody).group
    desks = tuple(desk for desk in web.site.desks if who.may_sit_at(desk)) if who.role == "clerk" else None
    return _put_right(web, who, CorrectPriority(id=request_id(), ticket=ticket, group=group or "", desks=desks))


def cancel(web: Web, who: Identity, ticket: str) -> TicketReply:
    """POST /tickets/<ticket>/cancel."""
    reason = exchange.body(CancelBody).reason
    return _put_right(web, who, CancelVisit(id=request_id(), ticket=ticket, reason=reason))


def restore(web: Web, who: Identity, ticket: str) -> TicketReply:
    """POST /tickets/<ticket>/restore."""
    exchange.body(NothingBody, when_empty=b"{}")
    return _put_right(web, who, RestoreVisit(id=request_id(), ticket=ticket))


def reprint(web: Web, who: Identity, ticket: str) -> ReprintReply:
    """POST /tickets/<ticket>/reprint."""
    device = exchange.body(ReprintBody).device
    ready = any(box.id == device and prints(box) for box in web.boxes.all())
    message = AskReprint(id=request_id(), ticket=ticket, device=device, ready=ready)
    return ReprintReply(reprint=message.id, ticket=_put_right(web, who, message).ticket)


def _put_right(web: Web, who: Identity, message: VisitMessage) -> TicketReply:
    view = carry_out(web, who, message).ticket
    if not isinstance(view, TicketView):
        raise Refusal("wrong_state", "this id belongs to another kind of request")
    return TicketReply(ticket=view if who.role in ISSUERS else without_code(view))
