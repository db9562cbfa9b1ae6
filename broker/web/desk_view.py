"""What a clerk sees of the hall: his desk, his lines, what he may do now.

Rules: pure; the order of a line is the order in which the hub would call; what may be pressed is what the hub's own
table of transitions allows.
"""

from collections.abc import Callable

from msgspec import Struct

from appliance.wire.choices import DeskStatus
from broker import facts as f
from broker.calling import Calling, calling
from broker.desk_actions import TRANSITIONS, no_way_back, seat_state
from broker.lobby import LATEST, Lobby, Ticket
from broker.order_reasons import OrderReason, order_reasons
from broker.refusals import Refusal
from broker.scheduling import rate

SHOWN = 30


class Waiting(Struct, frozen=True, kw_only=True):
    """A visit in a line, and `why` it has that place. Times are Unix milliseconds; `due` 0: at any time."""

    id: str
    number: str
    service: str
    since: int
    due: int
    why: tuple[OrderReason, ...]
    unsure: bool


class Line(Struct, frozen=True, kw_only=True):
    """A list of visits, the next one first; `count` of all, of which `shown` are here."""

    count: int
    longest_ms: int
    shown: tuple[Waiting, ...]


class DeskView(Struct, frozen=True, kw_only=True):
    """One desk at the moment `now`.

    `can` are the actions that would be carried out; `bring_back` is `recall` of a visit that is parked or missed its
    call. `later` are those of its own queues who are not called before they are due. `shut` are the desks of the centre
    that are closed, and the queues whose desks all are.
    """

    id: str
    counter: str
    status: DeskStatus
    reason: str
    since: int
    now: int
    ticket: Ticket | None
    calling: Calling | None
    can: tuple[str, ...]
    own: Line
    helps: Line
    parked: tuple[Waiting, ...]
    missed: tuple[Waiting, ...]
    later: tuple[Waiting, ...]
    undo: str
    undo_number: str
    undo_until: int
    shut: tuple[str, ...]


def desk_view(lobby: Lobby, desk_id: str, now: int) -> DeskView | None:
    """The desk `desk_id` now; None when there is no such desk."""
    desk = lobby.site.desks.get(desk_id)
    if desk is None:
        return None
    seat = lobby.seats[desk_id]
    undo = lobby.undo.get(desk_id)
    undone = undo.facts[-1] if undo and now <= lobby.undo_until(undo) else None
    ticket = lobby.tickets.get(seat.ticket)
    return DeskView(
        id=desk.id,
        counter=desk.counter,
        status=seat.status,
        reason=seat.reason,
        since=seat.since,
        now=now,
        ticket=ticket,
        calling=calling(lobby.site.rules, ticket, seat.since, now) if ticket else None,
        can=_can(lobby, desk_id, undone is not None),
        own=_own(lobby, desk_id, now),
        helps=_line(lobby, _waiting(lobby, desk.backups, now - lobby.site.rules.backup_after_s * 1000), now),
        parked=_those(lobby, lambda ticket: ticket.status == "parked" and ticket.parked_by == desk_id),
        missed=_those(lobby, lambda ticket: ticket.queue in desk.skills and not no_way_back(lobby, ticket, now)),
        later=_later(lobby, desk.skills, now),
        undo=f.kind(undone) if undone else "",
        undo_number=lobby.tickets[undone.ticket].number if isinstance(undone, f.OfTicket) else "",
        undo_until=lobby.undo_until(undo) if undo and undone else 0,
        shut=_shut(lobby),
    )


def _shut(lobby: Lobby) -> tuple[str, ...]:
    desks = (desk for desk in lobby.site.desks if lobby.is_closed(desk))
    return (*desks, *(queue for queue, serving in lobby.serving.items() if all(map(lobby.is_closed, serving))))


def _can(lobby: Lobby, desk: str, undo: bool) -> tuple[str, ...]:
    state = seat_state(lobby, desk)
    rules = {action: rule for (of, action), rule in TRANSITIONS.items() if of == state}
    allowed = {action for action, rule in rules.items() if not isinstance(rule, Refusal)}
    if "recall" in allowed:
        allowed.add("bring_back")
    if state == "free":
        allowed.discard("recall")  # there is nobody to call again, only others to bring back
    if not undo:
        allowed.discard("undo")
    return tuple(sorted(allowed))


def _own(lobby: Lobby, desk_id: str, now: int) -> Line:
    kept = [lobby.tickets[key[2]] for key in lobby.kept[desk_id]]
    return _line(lobby, kept + _waiting(lobby, lobby.site.desks[desk_id].skills, now), now)


def _waiting(lobby: Lobby, queues: tuple[str, ...], before: int) -> list[Ticket]:
    keys = (key for queue in queues for key in lobby.lines[queue].keys(before))
    return [lobby.tickets[ticket] for clock0, _order, ticket in keys if clock0 <= before]


def _later(lobby: Lobby, queues: tuple[str, ...], now: int) -> tuple[Waiting, ...]:
    classes = (found for queue in queues for found in lobby.lines[queue].classes(LATEST))
    keys = sorted((due, key) for _, due, keys in classes if due > now for key in keys)
    return tuple(_waiter(lobby.tickets[key[2]]) for _, key in keys[:SHOWN])


def _line(lobby: Lobby, tickets: list[Ticket], now: int) -> Line:
    def turn(ticket: Ticket) -> tuple[bool, float, int, int]:
        waited, weight = max(0, now - ticket.clock0), rate(lobby.site.rules, ticket.priority)
        score = weight if weight == float("inf") else weight * waited
        return (not ticket.for_desk, -score, ticket.clock0, ticket.order)

    longest = max((now - max(ticket.issued_at, ticket.due) for ticket in tickets), default=0)
    shown = sorted(tickets, key=turn)[:SHOWN]
    return Line(count=len(tickets), longest_ms=max(0, longest), shown=tuple(_waiter(ticket) for ticket in shown))


def _those(lobby: Lobby, wanted: Callable[[Ticket], bool]) -> tuple[Waiting, ...]:
    found = [ticket for ticket in map(lobby.tickets.__getitem__, lobby.aside) if wanted(ticket)]
    return tuple(_waiter(ticket) for ticket in found[-SHOWN:])


def _waiter(ticket: Ticket) -> Waiting:
    return Waiting(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        since=ticket.issued_at,
        due=ticket.due,
        why=order_reasons(ticket),
        unsure=ticket.paper == "uncertain",
    )
