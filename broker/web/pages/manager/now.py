"""`/manager`: the hall right now, and what wants a look.

Rules: follows the hub's states by itself; the hall is looked at between two commits, once a second at most however many
look on.
"""

from flask import Response

from appliance.wire.messages import DeskState, QueueState
from broker import alerts, figures
from broker.alerts import Alert
from broker.model import name_in
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.desk_names import desk_name
from broker.web.pages.manager.asked import asked, show
from broker.web.pages.manager.hall import HallNow, hall_now
from broker.web.quarantine import of_today
from broker.web.stream import topic_of
from broker.web.words import words


def now(web: Web, who: Identity) -> Response:
    """GET /manager, and its regions."""
    question = asked(web, "/manager")
    hall: HallNow = web.figures.get("hall", lambda: web.look(hall_now))
    boxes = web.boxes.all()
    today = web.figures.get(("now", question.today), lambda: _today(web, question.today))
    found = (
        *hall.alerts,
        *alerts.of_boxes(boxes),
        *alerts.of_papers(of_today(web)),
        *alerts.of_ranges(web.site.alerting, today.promise_kept, today.promised),
    )
    return show(
        web,
        who,
        "manager_now.html",
        question,
        hall=hall,
        boxes=boxes,
        seat=lambda desk: desk_name(web.site, desk.id, words(question.lang), question.lang),
        today=today,
        alerts=[_said(web, alert, question.lang) for alert in found],
        topics=",".join((topic_of(QueueState), topic_of(DeskState))),
        pace=web.clock.pace(),
    )


def _today(web: Web, day: str) -> figures.Waits:
    with web.readers.lend() as reader:
        return figures.waits(reader, web.site, day, day, "site")[0]


def _said(web: Web, alert: Alert, lang: str) -> tuple[str, str]:
    """What is so, and what may be done about it."""
    t = words(lang)
    place = alert.place
    if alert.place in web.site.queues:
        place = f"{web.site.queues[alert.place].prefix} · {name_in(web.site.queues[alert.place].names, lang)}"
    elif alert.place in web.site.desks:
        place = desk_name(web.site, alert.place, t, lang)
    helped = web.site.queues.get(alert.queue)
    what = t[f"alert_{alert.kind}"].format(
        place=place,
        queue=f"{helped.prefix} · {name_in(helped.names, lang)}" if helped else "",
        minutes=alert.n // 60,
        n=alert.n,
        of=alert.of,
        numbers=alert.reason,
        part=t.get(f"part_name_{alert.part}", alert.part),
        state=t.get(f"reason_{alert.part}_{alert.state}") or t.get(f"part_{alert.state}", ""),
    )
    return what, t[f"alert_{alert.kind}_hint"]
