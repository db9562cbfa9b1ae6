"""Requests that change something, as the hub's commands.

Rules: the id of a request is the client's, so that asking again is safe; what is carried out is what the bus would
carry out; a clerk presses only the keys of his own desks.
"""

import uuid
from typing import get_args

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.appointments import token
from appliance.wire.choices import Action
from appliance.wire.messages import Answer, DeskAction, Rating, TicketRequest, TicketView
from appliance.wire.parts import ActionArgs
from broker.commands import Command, Message, SetNotice
from broker.staff.identity import Identity
from broker.web import exchange
from broker.web.bodies import DoneReply, NoticeBody, RatingBody, TicketBody, TicketReply
from broker.web.context import Web
from broker.web.errors import Refusal, of_answer
from broker.web.guard import idempotency_key

ACTIONS: tuple[str, ...] = get_args(Action)


def issue(web: Web, who: Identity) -> TicketReply:
    """POST /tickets."""
    body = exchange.body(TicketBody)
    request = TicketRequest(
        id=request_id(body.id),
        service=body.service,
        appointment=token(body.appointment, web.site.appointment) if body.appointment else UNSET,
        at=body.at,
        priority=body.priority,
        lang=body.lang,
        clock=body.clock,
        accept=body.accept,
    )
    ticket = carry_out(web, who, request).ticket
    if not isinstance(ticket, TicketView):
        raise Refusal("wrong_state", "this id belongs to another kind of request")
    return TicketReply(ticket=ticket)


def press(web: Web, who: Identity, desk: str, action: str) -> Answer:
    """POST /desks/<desk>/<action>."""
    if not who.may_sit_at(desk):
        raise Refusal("forbidden", f"{who.name} has no seat at {desk}")
    if action not in ACTIONS:
        raise Refusal("not_found", f"a desk knows {', '.join(ACTIONS)}")
    args = exchange.body(ActionArgs, when_empty=b"{}")
    fields = {"id": request_id(), "desk": desk, "action": action, "args": msgspec.to_builtins(args)}
    try:
        message = msgspec.convert(fields, DeskAction)
    except msgspec.ValidationError as error:
        raise Refusal("unknown_desk", str(error)) from error
    answer = carry_out(web, who, message)
    if isinstance(answer.ticket, TicketView):
        return replace(answer, ticket=without_code(answer.ticket))
    return answer


def without_code(ticket: TicketView) -> TicketView:
    """The ticket as those may see it who only serve it: the code on the paper is the citizen's own."""
    return replace(ticket, code="")


def rate(web: Web, who: Identity) -> Answer:
    """POST /ratings."""
    body = exchange.body(RatingBody)
    message = Rating(id=request_id(body.id), desk=body.desk, level=body.level, at=body.at)
    return carry_out(web, who, message)


def set_notice(web: Web, who: Identity) -> DoneReply:
    """POST /notice."""
    set_notice_text(web, who, exchange.body(NoticeBody).text)
    return DoneReply()


def set_notice_text(web: Web, who: Identity, text: str) -> None:
    """Show `text` on the boards; empty takes the notice away."""
    carry_out(web, who, SetNotice(id=request_id(), text=text))


def carry_out(web: Web, who: Identity, message: Message) -> Answer:
    """Hand the message to the hub. Raises Refusal when the hub says no."""
    code = web.fresh_code() if isinstance(message, TicketRequest) else ""
    answer = web.hub.handle(Command(message=message, actor=who.actor, code=code))
    if not answer.ok:
        raise of_answer(answer)
    return answer


def request_id(given: str | msgspec.UnsetType = UNSET) -> str:
    """The id of a change: the client's, in the header or the body, else a fresh one. Raises Refusal."""
    key = idempotency_key()
    if isinstance(given, str) and key and given != key:
        raise Refusal("malformed", "id and Idempotency-Key differ; send one of them")
    return key or (given if isinstance(given, str) else str(uuid.uuid4()))
