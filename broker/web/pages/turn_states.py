"""What a citizen's phone says of a turn: its state, a headline, where to go, what to expect.

Rules: pure; one state for everything that can be with a ticket, each with what to do now; times are of the clock on the
wall; how soon the phone asks again goes with how near the turn is, so that a hall full of phones is a light load.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal

from msgspec import UNSET, Struct

from appliance.wire.messages import TicketView
from broker import formats, views
from broker.lobby import Lobby, Ticket

SOON_AHEAD = 2
"""So few people ahead are soon where no range can be told."""
STEP_MIN = 5
EVERY_S = {"soon": 4, "called": 5, "waiting": 10, "parked": 10, "kept": 5, "no_show": 10, "serving": 10}
"""How often the phone asks in a state; in all others every half minute."""
_LAST_WORD = re.compile(r" (?=\d)")
"""A line does not break between a counter and its number."""
CALM_EVERY_S = 30
"""Also where the turn is a quarter of an hour away or more."""
FAR_MIN = 15

TurnState = Literal[
    "waiting", "soon", "due", "kept", "called", "serving", "parked", "no_show", "missed",
    "served", "void", "cancelled", "stranded",
]  # fmt: skip


class Turn(Struct, frozen=True, kw_only=True):
    """A ticket of today as its holder may see it; instants are local.

    `call` is another number with each call and recall; `second`: it was sent on to another queue than its number is of;
    `back_by`: until when a missed turn may be taken up again, None where it was not missed.
    """

    ticket: TicketView
    state: TurnState
    now: datetime
    call: int = 0
    second: bool = False
    back_by: datetime | None = None


class Shown(Struct, frozen=True, kw_only=True):
    """What the page says: `place` in large letters, `facts` as name, figure and a small word, then `lines`."""

    state: TurnState
    title: str
    place: str = ""
    facts: tuple[tuple[str, str, str], ...] = ()
    lines: tuple[str, ...] = ()
    every_s: int = CALM_EVERY_S


def look(lobby: Lobby, ticket: Ticket, now: int) -> Turn:
    """The turn of `ticket` at `now` (Unix ms)."""
    view, rules, local = views.ticket_view(lobby, ticket, now), lobby.site.rules, lobby.calendar.local
    back_by = ticket.missed_at + rules.reinstate_within_s * 1000
    return Turn(
        ticket=view,
        state=_state(lobby, ticket, view, now, back_by),
        now=local(now),
        call=ticket.call_seq,
        second=ticket.queue != ticket.series,
        back_by=local(back_by) if ticket.status == "no_show" else None,
    )


def _state(lobby: Lobby, ticket: Ticket, view: TicketView, now: int, back_by: int) -> TurnState:
    match ticket.status:
        case "waiting" if ticket.for_desk:
            return "kept"
        case "waiting" if ticket.due > now:
            return "due"
        case "waiting":
            return "soon" if _soon(lobby, ticket, view) else "waiting"
        case "called":
            return "called" if views.phase(lobby, ticket, now) == "calling" else "serving"
        case "no_show":
            return "missed" if ticket.returns or now > back_by else "no_show"
        case other:
            return other


def _soon(lobby: Lobby, ticket: Ticket, view: TicketView) -> bool:
    if all(lobby.seats[desk].status != "open" for desk in lobby.serving[ticket.queue]):
        return False
    return view.ahead <= SOON_AHEAD if view.wait is None else view.ahead == 0 or view.wait.low_min == 0


def say(turn: Turn, counters: tuple[str, ...], queue: str, t: Mapping[str, str]) -> Shown:
    """The page of `turn` in the words `t`; `counters` and `queue` are the names of where it is called."""
    ticket, state, where = turn.ticket, turn.state, _LAST_WORD.sub("\u00a0", ", ".join(counters))
    title, hint = t[f"turn_{state}"], t.get(f"turn_{state}_hint", "")
    back_by = formats.clock(turn.back_by) if turn.back_by else ""
    lines = [hint.format(counter=where, time=back_by)] if hint else []
    if turn.second and state in ("waiting", "soon"):
        lines.append(t["turn_second"].format(queue=queue))
    return Shown(
        state=state,
        title=t["turn_next"] if state in ("waiting", "soon") and not ticket.ahead else title,
        place=", ".join(counters) if state in ("called", "serving") else "",
        facts=tuple(_facts(turn, where, t)) if state in ("waiting", "soon", "due") else (),
        lines=tuple(lines),
        every_s=_every_s(turn),
    )


def _facts(turn: Turn, where: str, t: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    ticket = turn.ticket
    if ticket.appointment is not UNSET and not ticket.late:
        yield t["turn_fact_slot"], formats.clock(datetime.fromisoformat(ticket.appointment)), ""
    if turn.state == "due" and ticket.due is not UNSET:
        yield t["turn_fact_due"], formats.clock(datetime.fromisoformat(ticket.due)), ""
    elif ticket.ahead:
        yield t["turn_fact_ahead"], str(ticket.ahead), ""
    if ticket.wait is not None:
        low, high = ticket.wait.low_min, ticket.wait.high_min
        span = t["turn_range" if low else "turn_within"].format(low=low, high=high)
        yield t["turn_fact_time"], _by_clock(turn.now, low, high, t["turn_before"]), span
    if turn.state != "soon":  # then it says where to come
        yield t["turn_fact_where"], where, ""


def _by_clock(now: datetime, low_min: int, high_min: int, before: str) -> str:
    """From when to when, rounded outward to five minutes; only the end where it may be now."""
    last = now + timedelta(minutes=high_min + (-now.minute - high_min) % STEP_MIN)
    if not low_min:
        return before.format(time=formats.clock(last))
    first = now + timedelta(minutes=low_min)
    return f"{formats.clock(first - timedelta(minutes=first.minute % STEP_MIN))}–{formats.clock(last)}"


def _every_s(turn: Turn) -> int:
    far = turn.state == "waiting" and turn.ticket.wait is not None and turn.ticket.wait.low_min >= FAR_MIN
    return CALM_EVERY_S if far else EVERY_S.get(turn.state, CALM_EVERY_S)
