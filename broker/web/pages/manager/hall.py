"""The hall as a manager sees it: queues, desks, and who cannot be helped at once.

Rules: pure; no ticket but the one at a desk, no name of a citizen; the busiest queue comes first.
"""

from collections import Counter

from msgspec import UNSET, Struct

from appliance.wire.choices import DeskPhase, DeskStatus
from appliance.wire.messages import WaitRange
from broker import alerts, views
from broker.alerts import Alert
from broker.lobby import Lobby
from broker.model import Names


class QueueNow(Struct, frozen=True, kw_only=True):
    """A queue: `wait` is what somebody is told who takes a number now, None where nothing can be said."""

    id: str
    prefix: str
    names: Names
    waiting: int
    longest_s: int
    wait: WaitRange | None
    open: int
    desks: int


class DeskNow(Struct, frozen=True, kw_only=True):
    """A desk: `number` is who it calls or serves, `since` (Unix ms) when that or its status began."""

    id: str
    status: DeskStatus
    reason: str
    number: str
    phase: DeskPhase | None
    since: int


class HallNow(Struct, frozen=True, kw_only=True):
    """Everything at the moment `now` (Unix ms)."""

    now: int
    waiting: int
    longest_s: int
    queues: tuple[QueueNow, ...]
    desks: tuple[DeskNow, ...]
    statuses: dict[str, int]
    alerts: tuple[Alert, ...]


def hall_now(lobby: Lobby, now: int) -> HallNow:
    """The hall at `now` (Unix ms)."""
    queues = sorted((_queue(lobby, queue, now) for queue in lobby.site.queues), key=lambda row: -row.longest_s)
    counted = Counter(seat.status for seat in lobby.seats.values())
    return HallNow(
        now=now,
        waiting=sum(row.waiting for row in queues),
        longest_s=max((row.longest_s for row in queues), default=0),
        queues=tuple(queues),
        desks=tuple(_desk(lobby, desk, now) for desk in lobby.site.desks),
        statuses={status: counted[status] for status in ("open", "paused", "closed")},
        alerts=alerts.of_hall(lobby, lobby.site.alerting, now),
    )


def _queue(lobby: Lobby, queue: str, now: int) -> QueueNow:
    known, state = lobby.site.queues[queue], views.queue_state(lobby, queue, now, 0, 0)
    serving = lobby.serving[queue]
    return QueueNow(
        id=queue,
        prefix=known.prefix,
        names=known.names,
        waiting=state.waiting,
        longest_s=lobby.longest_ms(queue, now) // 1000,
        wait=None if state.wait is UNSET else state.wait,
        open=sum(lobby.seats[desk].status == "open" for desk in serving),
        desks=len(serving),
    )


def _desk(lobby: Lobby, desk: str, now: int) -> DeskNow:
    seat = lobby.seats[desk]
    ticket = lobby.tickets.get(seat.ticket)
    return DeskNow(
        id=desk,
        status=seat.status,
        reason=seat.reason,
        number=ticket.number if ticket else "",
        phase=views.phase(lobby, ticket, now) if ticket else None,
        since=seat.since,
    )
