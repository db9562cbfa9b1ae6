"""A number that a clerk typed: whose it is, and what this desk may do with it.

Rules: pure; offers only what the hub would carry out; says of others no more than the hall's boards and lists do.
"""

import re

from msgspec import Struct

from appliance.wire.choices import TicketStatus
from appliance.wire.told import Words
from broker import cards
from broker.desk_actions import no_way_back
from broker.lobby import Lobby
from broker.order_reasons import OrderReason, order_reasons

_NUMBER = re.compile(r"([^\W\d_]*)0*(\d+)")


class Found(Struct, frozen=True, kw_only=True):
    """A visit of today. `at` is the desk it is at, or that keeps it, "" for none. `since`: Unix ms of its issue.

    `call`: it may be called here and now, with a reason where `reason` is set; `back`: it may go back in line.
    `held`: who missed the call of this number has taken another one with the same card, and what to do now.
    """

    id: str
    number: str
    service: str
    status: TicketStatus
    at: str
    since: int
    why: tuple[OrderReason, ...]
    call: bool
    reason: bool
    back: bool
    held: Words | None


def found(lobby: Lobby, desk: str, typed: str, now: int) -> Found | None:
    """The visit with the number `typed` (case, spaces and noughts do not matter) as the desk `desk` sees it."""
    wanted = _plain(typed)
    ticket = next((each for each in lobby.tickets.values() if wanted and _plain(each.number) == wanted), None)
    if ticket is None:
        return None
    own = ticket.status == "parked" and ticket.parked_by == desk
    seat = lobby.seats[desk]
    held = cards.in_the_way(lobby, ticket) if ticket.status == "no_show" else None
    return Found(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        status=ticket.status,
        at=ticket.desk or ticket.for_desk or (ticket.parked_by if ticket.status == "parked" else ""),
        since=ticket.issued_at,
        why=order_reasons(ticket),
        call=seat.status == "open"
        and not seat.ticket
        and (own or ticket.status in ("waiting", "no_show"))
        and not held,
        reason=not own,
        back=seat.status == "open" and (ticket.status == "parked" or not no_way_back(lobby, ticket, now)),
        held=held.words if held else None,
    )


def _plain(number: str) -> tuple[str, int] | None:
    parts = _NUMBER.fullmatch(re.sub(r"[\s.-]", "", number).upper())
    return (parts[1], int(parts[2])) if parts else None
