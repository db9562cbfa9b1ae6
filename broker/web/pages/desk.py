"""The clerk's page.

Rules: shows what the hub would do; each region is rendered by the same template at first and at every change.
"""

from typing import Any

from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from appliance.wire.messages import DeskState, QueueState
from broker import figures, formats
from broker.figures import Waits
from broker.local_calendar import LocalCalendar
from broker.model import Queue, Site, name_in
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.desk_found import found
from broker.web.desk_names import desk_name
from broker.web.desk_view import DeskView, desk_view
from broker.web.errors import Refusal
from broker.web.pages.frame import field, language, render, task
from broker.web.stream import topic_of
from broker.web.words import STAFF_LANGUAGES, words

_MAIN = {
    "closed": ("open", "desk_open"),
    "paused": ("resume", "desk_resume"),
    "open": ("next", "desk_next"),
    "busy": ("next", "desk_finish_next"),
}
_SECOND_STAGES = ("fee", "post")
NOBODY = Waits(
    key="",
    mean_s=None,
    p50_s=None,
    p90_s=None,
    p95_s=None,
    service_mean_s=None,
    service_p50_s=None,
    service_p90_s=None,
    **dict.fromkeys(
        (
            *("issued", "priority", "called", "served", "no_show", "void", "stranded", "transferred"),
            *("waited", "within_15_min", "within_30_min"),
        ),
        0,
    ),
)
"""The day of a desk where nothing has happened yet."""


def pick(web: Web, who: Identity) -> AnyResponse:
    """GET /desk: the only desk of a clerk at once, otherwise a choice."""
    allowed = [desk for desk in web.site.desks.values() if who.may_sit_at(desk.id)]
    if len(allowed) == 1 and "pick" not in request.args:
        return redirect(f"/desk/{allowed[0].id}", 303)
    lang = language(STAFF_LANGUAGES)

    def now(lobby: Any, _now: int) -> list[dict[str, str]]:
        return [
            {
                "id": desk.id,
                "serves": name_in(web.site.counters[desk.counter].serves, lang),
                "status": lobby.seats[desk.id].status,
                "number": lobby.tickets[lobby.seats[desk.id].ticket].number if lobby.seats[desk.id].ticket else "",
            }
            for desk in allowed
        ]

    return render(web, who, "desk_pick.html", desks=web.look(now))


def desk(web: Web, who: Identity, desk: str) -> Response:
    """GET /desk/<desk>."""
    seat = web.site.desks.get(desk)
    if seat is None:
        raise Refusal("unknown_desk")
    queues = (topic_of(QueueState, queue) for queue in (*seat.skills, *seat.backups))
    topics = ",".join((topic_of(DeskState, desk), *queues))
    return _render(web, who, desk, "desk.html", topics=topics, targets=_targets(web.site))


def now(web: Web, who: Identity, desk: str) -> Response:
    """GET /desk/<desk>/now: the regions of the page."""
    return _render(web, who, desk, "desk_now.html")


def number(web: Web, who: Identity, desk: str) -> Response:
    """GET /desk/<desk>/number?typed=A047: what this desk may do with that number."""
    if not who.may_sit_at(desk):
        raise Refusal("forbidden")
    if desk not in web.site.desks:
        raise Refusal("unknown_desk")
    typed, lang = request.args.get("typed", "")[:16], language(STAFF_LANGUAGES)
    visit = web.look(lambda lobby, now: found(lobby, desk, typed, now))
    at = desk_name(web.site, visit.at, words(lang), lang) if visit and visit.at else ""
    return render(
        web, who, "desk_found.html", lang=lang, visit=visit, at=at, task=lambda service: task(web.site, service, lang)
    )


def _targets(site: Site) -> list[Queue]:
    """The queues to transfer to, those first where a visit goes on after its intake."""
    stages = {counter.queue for counter in site.counters.values() if counter.kind in _SECOND_STAGES}
    return sorted(site.queues.values(), key=lambda queue: queue.id not in stages)


def _render(web: Web, who: Identity, desk: str, template: str, **values: Any) -> Response:
    if not who.may_sit_at(desk):
        raise Refusal("forbidden")
    view = web.look(lambda lobby, now: desk_view(lobby, desk, now))
    if view is None:
        raise Refusal("unknown_desk")
    main, label = _MAIN["busy" if view.ticket else view.status]
    calendar, lang = LocalCalendar(web.site.zone), language(STAFF_LANGUAGES)
    return render(
        web,
        who,
        template,
        lang=lang,
        desk=view,
        main=main,
        main_label=label,
        pace=web.clock.pace(),
        due=_due(view),
        following=next(iter(view.own.shown or view.helps.shown), None),
        waited_s=_waited_s(view),
        today=_today(web, desk),
        been=[desk_name(web.site, place, words(lang), lang) for place in view.ticket.been if place in web.site.desks]
        if view.ticket
        else [],
        clock=lambda at_ms: formats.clock(calendar.local(at_ms)),
        task=lambda service: task(web.site, service, lang),
        field=lambda service: field(web.site, service, lang),
        **values,
    )


def _due(view: DeskView) -> str:
    """The key that somebody who has not come yet waits for now, or "" where there is time."""
    call = view.calling
    if call is None or view.now < (call.again_at or call.missed_at):
        return ""
    return "recall" if call.again_at else "no_show"


def _waited_s(view: DeskView) -> float:
    return max(0, view.ticket.first_call_at - view.ticket.issued_at) / 1000 if view.ticket else 0.0


def _today(web: Web, desk: str) -> Waits:
    day = web.today()
    with web.readers.lend() as reader:
        rows = figures.waits(reader, web.site, day, day, "desk")
    return next((row for row in rows if row.key == desk), NOBODY)
