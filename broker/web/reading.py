"""Requests that only look: the hall now, and figures of any period.

Rules: nothing here changes anything; the hall is read from the lobby between two commits, figures from the read models.
"""

import datetime

import msgspec
from flask import Response, request
from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.messages import CallsState, TicketView
from broker import channels, figures, views
from broker import fairness as fair
from broker.devices import Device
from broker.lobby import Lobby
from broker.refused_figures import refused
from broker.staff.identity import ISSUERS, Identity
from broker.web import exchange
from broker.web.bodies import (
    CallsReply,
    ChannelsReply,
    DeskRow,
    FairnessReply,
    FiguresQuery,
    LevelRow,
    Period,
    QueueRow,
    RatingsReply,
    RefusalsReport,
    ServiceRow,
    StreamQuery,
    TicketReply,
    WaitsReply,
)
from broker.web.commands import without_code
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.guard import source
from broker.web.procedure_list import procedure_list
from broker.web.site_document import site_document, text
from broker.web.stream import FullError, Wants


def site(web: Web, _who: Identity | None) -> Response:
    """GET /site."""
    return exchange.cacheable(msgspec.json.encode(site_document(web.site)), "application/json", web.site.revision)


def services(web: Web, _who: Identity | None) -> list[ServiceRow]:
    """GET /services."""
    return [
        ServiceRow(id=each.id, queue=each.queue, department=each.department, type=each.type, name=text(each.names))
        for each in web.site.services.values()
    ]


def procedures(web: Web, _who: Identity | None) -> Response:
    """GET /procedures."""
    day = web.today()
    body = procedure_list(web.site_folder, web.site.revision, day)
    return exchange.cacheable(body, "application/json", f"{web.site.revision}-{day}")


def queues(web: Web, _who: Identity) -> list[QueueRow]:
    """GET /queues."""
    return web.look(lambda lobby, now: [_queue(lobby, queue, now) for queue in lobby.site.queues])


def _queue(lobby: Lobby, queue_id: str, now: int) -> QueueRow:
    queue, state = lobby.site.queues[queue_id], views.queue_state(lobby, queue_id, now, 0, 0)
    return QueueRow(
        id=queue.id,
        prefix=queue.prefix,
        name=text(queue.names),
        counters=queue.counters,
        waiting=state.waiting,
        longest_s=lobby.longest_ms(queue_id, now) // 1000,
        wait=None if state.wait is UNSET else state.wait,
    )


def desks(web: Web, _who: Identity) -> list[DeskRow]:
    """GET /desks."""
    return web.look(lambda lobby, now: [_desk(lobby, desk, now) for desk in lobby.site.desks])


def _desk(lobby: Lobby, desk_id: str, now: int) -> DeskRow:
    desk, seat = lobby.site.desks[desk_id], lobby.seats[desk_id]
    ticket = lobby.tickets.get(seat.ticket)
    return DeskRow(
        id=desk.id,
        counter=desk.counter,
        label=desk.label,
        queues=desk.skills,
        backup_queues=desk.backups,
        status=seat.status,
        reason=seat.reason,
        number=ticket.number if ticket else None,
        ticket=ticket.id if ticket else None,
        phase=views.phase(lobby, ticket, now) if ticket else None,
    )


def calls(web: Web, _who: Identity) -> CallsReply:
    """GET /calls."""
    state: CallsState = web.look(lambda lobby, _now: views.calls_state(lobby, 0, 0))
    return CallsReply(calls=state.calls)


def ticket(web: Web, who: Identity, ticket: str) -> TicketReply:
    """GET /tickets/<ticket>: with its code only for those who may print it."""

    def find(lobby: Lobby, now: int) -> TicketView | None:
        found = lobby.tickets.get(ticket)
        return views.ticket_view(lobby, found, now) if found else None

    view = web.look(find)
    if view is None:
        raise Refusal("unknown_ticket")
    return TicketReply(ticket=view if who.role in ISSUERS else without_code(view))


def devices(web: Web, _who: Identity) -> list[Device]:
    """GET /devices: without how much each has written, by which a terminal's presses could be counted."""
    return [_uncounted(device) for device in web.boxes.all()]


def _uncounted(device: Device) -> Device:
    return replace(device, health=replace(device.health, seq=0)) if device.health else device


def stream(web: Web, _who: Identity) -> Response:
    """GET /stream."""
    topics = tuple(filter(None, exchange.query(StreamQuery).topics.split(",")))
    return listen(web, lambda topic: not topics or topic.startswith(topics))


def listen(web: Web, wants: Wants) -> Response:
    """An event stream of the topics that `wants` lets through. Raises Refusal when there are too many already."""
    try:
        body = web.streams.follow(source(), request.headers.get("Last-Event-ID", ""), wants)
    except FullError:
        raise Refusal("busy", "too many streams are open") from None
    return Response(body, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


def ratings(web: Web, _who: Identity) -> RatingsReply:
    """GET /ratings."""
    asked = exchange.query(FiguresQuery)
    start, end = period(web, asked)
    with web.readers.lend() as reader:
        rows = figures.ratings(reader, web.site, start, end, asked.by)
    return RatingsReply(start=start, end=end, by=asked.by, levels=levels(web), rows=rows)


def rating_channels(web: Web, _who: Identity) -> ChannelsReply:
    """GET /ratings/channels."""
    start, end = period(web, exchange.query(Period))
    with web.readers.lend() as reader:
        rows = channels.months(reader, web.site, start, end, web.today())
    return ChannelsReply(start=start, end=end, levels=levels(web), rows=rows)


def waits(web: Web, _who: Identity) -> WaitsReply:
    """GET /waits."""
    asked = exchange.query(FiguresQuery)
    start, end = period(web, asked)
    with web.readers.lend() as reader:
        rows = figures.waits(reader, web.site, start, end, asked.by)
    return WaitsReply(start=start, end=end, by=asked.by, rows=rows)


def fairness(web: Web, _who: Identity) -> FairnessReply:
    """GET /fairness."""
    asked = exchange.query(FiguresQuery)
    start, end = period(web, asked)
    with web.readers.lend() as reader:
        rows = fair.fairness(reader, web.site, start, end, asked.by)
    return FairnessReply(start=start, end=end, by=asked.by, rows=rows)


def refusals(web: Web, _who: Identity) -> RefusalsReport:
    """GET /refusals."""
    asked = exchange.query(FiguresQuery)
    start, end = period(web, asked)
    with web.readers.lend() as reader:
        rows = refused(reader, web.site, start, end, asked.by)
    return RefusalsReport(start=start, end=end, by=asked.by, rows=rows)


def levels(web: Web) -> tuple[LevelRow, ...]:
    """The rating levels, and which of them count as satisfied."""
    return tuple(
        LevelRow(level=each.level, name=text(each.names), satisfied=each.satisfied) for each in web.site.levels
    )


def period(web: Web, asked: Period) -> tuple[str, str]:
    """First and last day of the question: a side left out is today, or the other side's day. Raises Refusal."""
    given = [day for day in (asked.start, asked.end) if isinstance(day, str)]
    try:
        for day in given:
            datetime.date.fromisoformat(day)
    except ValueError as error:
        raise Refusal("malformed", str(error)) from error
    start, end = (given * 2)[:2] if given else [web.today()] * 2
    if len(given) == 1 and asked.start is not UNSET:
        end = max(start, web.today())
    if start > end:
        raise Refusal("malformed", "from is after to")
    return start, end
