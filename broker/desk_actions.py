"""What a clerk can do at a desk, as a table: every state × action is decided on purpose.

Rules: pure; a desk serves one visit, a visit is at one desk; `next` while serving finishes first; nothing is refused
without a sentence.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.messages import DeskAction
from broker import cards
from broker import facts as f
from broker import refusals as no
from broker.commands import Command
from broker.desk_press import Facts, Press
from broker.forecast.hours import shifts
from broker.foretold import Foretold
from broker.lobby import Lobby, Ticket
from broker.refusals import Refusal
from broker.scheduling import choose, overtaken, place_after, why
from broker.transfers import transfer

SeatState = Literal["closed", "paused", "free", "busy"]
LONGEST_TIDY_S = 1800
"""Who is away for longer between two visits does something else."""
Handler = Callable[[Press], Facts | Refusal]


def act(lobby: Lobby, command: Command, message: DeskAction, now: int) -> Facts | Refusal:
    """The facts of a desk action, or why it cannot be."""
    desk = lobby.site.desks.get(message.desk)
    if desk is None:
        return no.UNKNOWN_DESK
    rule = TRANSITIONS[seat_state(lobby, desk.id), message.action]
    if isinstance(rule, Refusal):
        return rule
    return rule(Press(lobby, desk, message.args, command.actor, now))


def seat_state(lobby: Lobby, desk: str) -> SeatState:
    """The state the table is read with."""
    seat = lobby.seats[desk]
    if seat.status == "open":
        return "busy" if seat.ticket else "free"
    return seat.status


def _open(press: Press) -> Facts:
    return (f.DeskOpened(**press.place),)


def _close(press: Press) -> Facts:
    """Nobody goes on waiting for a desk where nobody sits: he stands in a line that it served."""
    skills = press.desk.skills
    kept = (press.lobby.tickets[key[2]] for key in press.lobby.kept[press.desk.id])
    freed = ((each.id, each.queue if each.queue in skills else next(iter(skills), each.queue)) for each in kept)
    return (f.DeskClosed(**press.place, open_s=press.open_s, freed=tuple(freed)),)


def _pause(press: Press) -> Facts:
    return (f.DeskPaused(**press.place, open_s=press.open_s, reason=press.args.reason),)


def _resume(press: Press) -> Facts:
    return (f.DeskResumed(**press.place),)


def _served(press: Press) -> f.Served:
    return f.Served(**press.of(press.ticket), service_s=press.service_s, open_s=press.open_s, forgotten=False)


def _call(press: Press, ticket: Ticket, reason: f.CallReason, words: str = "") -> f.Called:
    from_ms = max(ticket.issued_at, ticket.due)
    overtook = overtaken(press.lobby, ticket, press.now) if ticket.status == "waiting" else 0
    first, kept = ticket.first_call_at == 0, ticket.appointment and not ticket.late
    return f.Called(
        **press.of(ticket),
        open_s=0 if press.lobby.seats[press.desk.id].ticket else press.open_s,
        call_seq=press.lobby.call_seq + 1,
        first=first,
        wait_s=max(0, press.now - from_ms) // 1000,
        reason=reason,
        overtook=overtook,
        words=words,
        low_s=ticket.low_min * 60,
        high_s=ticket.high_min * 60,
        tidy_s=_tidy_s(press, ticket),
        why=why(ticket, reason, overtook),
        priority=ticket.priority,
        after_slot_s=max(0, press.now - ticket.appointment) // 1000 if first and kept else None,
        foretold=_come_true(press, ticket.foretold, from_ms) if first and ticket.foretold else None,
    )


def _come_true(press: Press, foretold: Foretold, from_ms: int) -> Foretold:
    worked_ms = shifts(press.lobby.site, press.lobby.day).worked(from_ms, press.now)
    return replace(foretold, worked_s=worked_ms // 1000)


def _tidy_s(press: Press, ticket: Ticket) -> int | None:
    """What the desk needed between two visits; None where it rested, or nobody waited for it."""
    seat = press.lobby.seats[press.desk.id]
    if seat.ticket:
        return 0
    since = max(ticket.clock0, ticket.issued_at)
    waited_all_along = not ticket.first_call_at and since <= seat.since
    took_s = max(0, press.now - seat.since) // 1000
    return took_s if seat.freed and waited_all_along and took_s <= LONGEST_TIDY_S else None


def _next(press: Press) -> Facts:
    choice = choose(press.lobby, press.desk.id, press.now)
    if choice is None:
        return ()
    return (_call(press, press.lobby.tickets[choice.ticket], choice.reason),)


def _finish_then_next(press: Press) -> Facts:
    return (_served(press), *_next(press))


def _resume_then_next(press: Press) -> Facts:
    return (*_resume(press), *_next(press))


def _finish(press: Press) -> Facts:
    return (_served(press),)


def _recall(press: Press) -> Facts | Refusal:
    if press.args.ticket is not UNSET:
        return _bring_back(press)
    ticket = press.ticket
    return (f.Recalled(**press.of(ticket), call_seq=press.lobby.call_seq + 1, times=ticket.times + 1),)


def _recall_other(press: Press) -> Facts | Refusal:
    return no.NOBODY_HERE if press.args.ticket is UNSET else _bring_back(press)


def _bring_back(press: Press) -> Facts | Refusal:
    """A parked visit waits for the desk that parked it, or for this one if that has closed; a late-comer goes back in
    line, once, in time.
    """
    ticket = press.lobby.tickets.get(str(press.args.ticket))
    if ticket is None:
        return no.UNKNOWN_TICKET
    if ticket.status == "parked":
        closed = press.lobby.is_closed(ticket.parked_by)
        keeper = press.desk if closed else press.lobby.site.desks[ticket.parked_by]
        by = press.desk.id if keeper is not press.desk else ""
        place = {**press.of(ticket), "desk": keeper.id, "counter": keeper.counter, "by": by}
        return (f.Returned(**place, clock0=ticket.clock0, kept=True),)
    if refused := no_way_back(press.lobby, ticket, press.now):
        return refused
    clock0 = place_after(press.lobby.lines[ticket.queue], press.lobby.site.rules.reinstate_after, press.now)
    return (f.Returned(**press.of(ticket), clock0=clock0, kept=False),)


def no_way_back(lobby: Lobby, ticket: Ticket, now: int) -> Refusal | None:
    """Why a visit does not go back in line as a late-comer at `now` (Unix ms). None: it does."""
    if ticket.status != "no_show":
        return no.NOT_WAITING
    if ticket.returns or now - ticket.missed_at > lobby.site.rules.reinstate_within_s * 1000:
        return no.CANNOT_RETURN
    return cards.in_the_way(lobby, ticket)


def _no_show(press: Press) -> Facts:
    return (f.Missed(**press.of(press.ticket), open_s=press.open_s),)


def _park(press: Press) -> Facts:
    return (f.Parked(**press.of(press.ticket), service_s=press.service_s, open_s=press.open_s),)


def _take(press: Press) -> Facts | Refusal:
    if press.args.ticket is UNSET:
        return no.TICKET_NEEDED
    ticket = press.lobby.tickets.get(press.args.ticket)
    if ticket is None:
        return no.UNKNOWN_TICKET
    own = ticket.status == "parked" and ticket.parked_by == press.desk.id
    if ticket.status not in ("waiting", "no_show") and not own:
        return no.AT_ANOTHER_DESK if ticket.status in ("called", "parked") else no.NOT_WAITING
    if ticket.status == "no_show" and (refused := cards.in_the_way(press.lobby, ticket)):
        return refused
    if not own and not press.args.reason.strip():
        return no.REASON_NEEDED
    return (_call(press, ticket, "kept" if own else "taken", press.args.reason),)


def _undo(press: Press) -> Facts | Refusal:
    undo = press.lobby.undo.get(press.desk.id)
    until = press.lobby.undo_until(undo) if undo else 0
    if undo is None or press.now > until:
        return no.NOTHING_TO_UNDO
    current = press.lobby.tickets
    moved = any(_place(current[then.id]) != _place(then) for then in undo.after)
    arming = press.lobby.armings.get(press.lobby.armed.get(press.desk.id, ""))
    rated = arming is not None and arming.voucher != undo.armed and (arming.button or arming.phone)
    closed = any(press.lobby.is_closed(ticket.for_desk) for ticket in undo.tickets if ticket.for_desk != press.desk.id)
    left = undo.seat.status == "closed" and press.lobby.kept[press.desk.id]
    if moved or rated or closed or left:
        return no.NOTHING_TO_UNDO
    ended = (current[then.id] for then in undo.after if then.status in ("no_show", "served"))
    if refused := next(filter(None, (cards.in_the_way(press.lobby, ticket) for ticket in ended)), None):
        return refused
    return (f.Undone(**press.place, at=undo.at, facts=undo.facts, until=until),)


def _place(ticket: Ticket) -> tuple[object, ...]:
    return (ticket.line_key, ticket.status, ticket.queue, ticket.desk, ticket.for_desk, ticket.times)


TRANSITIONS: dict[tuple[SeatState, str], Handler | Refusal] = {
    ("closed", "open"): _open,
    ("closed", "close"): no.DESK_CLOSED,
    ("closed", "pause"): no.DESK_CLOSED,
    ("closed", "resume"): no.DESK_CLOSED,
    ("closed", "next"): no.DESK_CLOSED,
    ("closed", "recall"): no.DESK_CLOSED,
    ("closed", "no_show"): no.DESK_CLOSED,
    ("closed", "finish"): no.DESK_CLOSED,
    ("closed", "park"): no.DESK_CLOSED,
    ("closed", "transfer"): no.DESK_CLOSED,
    ("closed", "take"): no.DESK_CLOSED,
    ("closed", "undo"): _undo,
    ("paused", "open"): _resume,
    ("paused", "close"): _close,
    ("paused", "pause"): no.DESK_PAUSED,
    ("paused", "resume"): _resume,
    ("paused", "next"): _resume_then_next,
    ("paused", "recall"): no.DESK_PAUSED,
    ("paused", "no_show"): no.DESK_PAUSED,
    ("paused", "finish"): no.DESK_PAUSED,
    ("paused", "park"): no.DESK_PAUSED,
    ("paused", "transfer"): no.DESK_PAUSED,
    ("paused", "take"): no.DESK_PAUSED,
    ("paused", "undo"): _undo,
    ("free", "open"): no.DESK_OPEN,
    ("free", "close"): _close,
    ("free", "pause"): _pause,
    ("free", "resume"): no.NOT_PAUSED,
    ("free", "next"): _next,
    ("free", "recall"): _recall_other,
    ("free", "no_show"): no.NOBODY_HERE,
    ("free", "finish"): no.NOBODY_HERE,
    ("free", "park"): no.NOBODY_HERE,
    ("free", "transfer"): no.NOBODY_HERE,
    ("free", "take"): _take,
    ("free", "undo"): _undo,
    ("busy", "open"): no.DESK_OPEN,
    ("busy", "close"): no.DESK_BUSY,
    ("busy", "pause"): no.DESK_BUSY,
    ("busy", "resume"): no.NOT_PAUSED,
    ("busy", "next"): _finish_then_next,
    ("busy", "recall"): _recall,
    ("busy", "no_show"): _no_show,
    ("busy", "finish"): _finish,
    ("busy", "park"): _park,
    ("busy", "transfer"): transfer,
    ("busy", "take"): no.DESK_BUSY,
    ("busy", "undo"): _undo,
}
