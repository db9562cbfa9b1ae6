"""A visit goes on elsewhere with the number it has.

Rules: pure; it keeps the time of its arrival; nobody is sent in a circle: back to a desk or queue that the visit has
passed only for a reason, which is kept.
"""

from msgspec import UNSET

from broker import facts as f
from broker import refusals as no
from broker.desk_press import Facts, Press
from broker.refusals import Refusal


def transfer(press: Press) -> Facts | Refusal:
    """The visit at the desk goes to `to_queue`, or waits for `to_desk`."""
    to_queue, to_desk = press.args.to_queue, press.args.to_desk
    if (to_queue is UNSET) == (to_desk is UNSET):
        return no.TARGET_NEEDED
    why_not = _why_not(press, str(to_queue or ""), str(to_desk or ""))
    if why_not is not None:
        return why_not
    ticket = press.ticket
    return (
        f.Transferred(
            **press.of(ticket),
            service_s=press.service_s,
            open_s=press.open_s,
            to_queue=to_queue or ticket.queue,
            to_desk=to_desk or "",
            words=press.args.reason,
        ),
    )


def _why_not(press: Press, queue: str, desk: str) -> Refusal | None:
    site, ticket = press.lobby.site, press.ticket
    if desk and desk not in site.desks:
        return no.UNKNOWN_DESK
    if queue and queue not in site.queues:
        return no.UNKNOWN_QUEUE
    if desk == press.desk.id or queue == ticket.queue:
        return no.SAME_PLACE
    if press.lobby.is_closed(desk):
        return no.CLOSED_THERE
    if (desk or queue) in ticket.been and not press.args.reason.strip():
        return no.BEEN_THERE
    return None
