"""`/ticket`: find one number, read its whole story, and put it right.

Rules: found by what stands on paper; a code that was scanned does not stay in the address; what may be pressed is what
the hub's rules allow now, and the hub judges again.
"""

import datetime
import re

from flask import Response, request
from msgspec import Struct
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from appliance.wire.messages import CallsState, QueueState, TicketView
from broker import formats, views
from broker.devices import printer, prints
from broker.lobby import Lobby, Paper, Ticket
from broker.local_calendar import LocalCalendar
from broker.model import name_in
from broker.staff.identity import ISSUERS, Identity
from broker.story import Story, by_number
from broker.visits import CANCELLABLE, OPEN, REPRINT_S
from broker.web.context import Web
from broker.web.desk_names import desk_name
from broker.web.pages.frame import field, language, render, task
from broker.web.story_lines import lines
from broker.web.stream import topic_of
from broker.web.words import STAFF_LANGUAGES, words

_CODE = re.compile(r"(?:\S*/t/)?([A-Za-z0-9_-]{16,64})(?:[?#]\S*)?")
_NOBODY = "?"


class Now(Struct, frozen=True, kw_only=True):
    """A visit of today at the moment `now` (ms); its desk, and what may be done with it."""

    now: int
    ticket: Ticket
    view: TicketView
    desk: str
    can: tuple[str, ...]
    paper: Paper | None
    lost: bool


class Machine(Struct, frozen=True):
    """A ticket machine, and how it is: ready, away or fault."""

    id: str
    state: str


def story(web: Web, who: Identity) -> AnyResponse:
    """GET /ticket: by `q`, a number or the code of a ticket, and `day`."""
    code = _CODE.fullmatch(request.args.get("q", "").strip())
    if code is None:
        return _page(web, who, "story.html")
    number = web.look(lambda lobby, _: _number_of(lobby, code[1]))
    return redirect(f"/ticket?q={number}", 303)


def now(web: Web, who: Identity) -> Response:
    """GET /ticket/now: its regions."""
    return _page(web, who, "story_regions.html")


def _number_of(lobby: Lobby, code: str) -> str:
    ticket = lobby.tickets.get(lobby.codes.get(code, ""))
    return ticket.number if ticket else _NOBODY


def _page(web: Web, who: Identity, template: str) -> Response:
    wish, today, lang = request.args.get("q", "").strip()[:64], web.today(), language(STAFF_LANGUAGES)
    day = _day(request.args.get("day", ""), today)
    with web.readers.lend() as reader:
        visit = by_number(reader, web.site, day, wish)
    of_today = _of_today(web, who, visit) if visit and day == today else None
    calendar = LocalCalendar(web.site.zone)
    topics = (topic_of(QueueState, of_today.ticket.queue), topic_of(CallsState)) if of_today else ()
    return render(
        web,
        who,
        template,
        200 if visit or not wish else 404,
        lang=lang,
        wish=wish,
        nobody=_NOBODY,
        day=day,
        today=today,
        visit=visit,
        current=of_today,
        acts=who.role in ISSUERS,
        machines=_machines(web),
        lines=lines(web.site, visit, words(lang), lang) if visit else [],
        task=_task(web, visit, lang) if visit else "",
        counters=[name_in(web.site.counters[each].names, lang) for each in of_today.view.counters] if of_today else [],
        issued_at=formats.clock(calendar.local(of_today.ticket.issued_at)) if of_today else "",
        due_at=formats.clock(calendar.local(of_today.ticket.due)) if of_today else "",
        pace=web.clock.pace(),
        topics=",".join(topics),
    )


def _of_today(web: Web, who: Identity, visit: Story) -> Now | None:
    lang = language(STAFF_LANGUAGES)

    def look(lobby: Lobby, now: int) -> Now | None:
        ticket = lobby.tickets.get(visit.issued.ticket)
        if ticket is None:
            return None
        can = _can(ticket) if who.role in ISSUERS else ()
        papers = [paper for paper in lobby.reprints.values() if paper.ticket == ticket.id]
        return Now(
            now=now,
            ticket=ticket,
            view=views.ticket_view(lobby, ticket, now),
            desk=desk_name(lobby.site, ticket.desk, words(lang), lang),
            can=can,
            paper=papers[-1] if papers else None,
            lost=bool(papers) and now - papers[-1].asked_at > 2 * REPRINT_S * 1000,
        )

    return web.look(look)


def _can(ticket: Ticket) -> tuple[str, ...]:
    allowed = {
        "priority": ticket.status in OPEN,
        "reprint": ticket.status in OPEN,
        "cancel": ticket.status in CANCELLABLE,
        "restore": ticket.status == "cancelled",
    }
    return tuple(what for what, may in allowed.items() if may)


def _machines(web: Web) -> list[Machine]:
    boxes = [box for box in web.boxes.all() if printer(box)]
    return [Machine(box.id, "ready" if prints(box) else "fault" if box.online else "away") for box in boxes]


def _day(wish: str, today: str) -> str:
    try:
        return datetime.date.fromisoformat(wish).isoformat()
    except ValueError:
        return today


def _task(web: Web, visit: Story, lang: str) -> str:
    """What the number is for: the service and its field."""
    service = visit.issued.service
    return " – ".join(filter(None, (task(web.site, service, lang), field(web.site, service, lang))))
