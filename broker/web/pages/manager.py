"""The manager's page: how satisfied, how many stayed silent, how long people wait, and the hall right now.

Rules: a percentage never stands without its numerator, denominator, interval and response; never "100 %"; a dash where
nothing was counted.
"""

import math
from typing import Any

from flask import Response, request

from appliance.wire.messages import DeskState, QueueState
from broker import figures, formats
from broker.figures import NO_DEPARTMENT, Ratings, Waits
from broker.lobby import Lobby
from broker.model import LocalCalendar
from broker.staff.identity import Identity
from broker.statistics import satisfaction
from broker.web import exchange
from broker.web.bodies import Period
from broker.web.context import Web
from broker.web.pages.frame import language, name, render
from broker.web.pages.period import presets
from broker.web.reading import period
from broker.web.stream import topic_of
from broker.web.words import STAFF_LANGUAGES, words


class _Asked(Period, kw_only=True, forbid_unknown_fields=True, frozen=True):
    lang: str = ""


def manager(web: Web, who: Identity) -> Response:
    """GET /manager."""
    return _render(web, who, "manager.html")


def now(web: Web, who: Identity) -> Response:
    """GET /manager/now: the regions of the page."""
    return _render(web, who, "manager_now.html")


def _render(web: Web, who: Identity, template: str) -> Response:
    lang = language(STAFF_LANGUAGES)
    start, end = period(web, exchange.query(_Asked))
    ratings, fields, waits = web.figures.get((start, end), lambda: _figures(web, start, end))
    today = web.today()
    return render(
        web,
        who,
        template,
        lang=lang,
        start=start,
        end=end,
        today=today,
        topics=",".join((topic_of(QueueState), topic_of(DeskState))),
        query=f"from={start}&to={end}&lang={lang}",
        live="from" not in request.args and "to" not in request.args,
        presets=presets(today),
        current=next((each.word for each in presets(today) if (each.start, each.end) == (start, end)), ""),
        ratings=ratings,
        fields=[(_field(web, row.key, lang), row) for row in fields],
        say=lambda row: say(row, lang),
        waits=waits,
        satisfied=", ".join(f"“{name(each.names, lang).lower()}”" for each in web.site.levels if each.satisfied),
        hall=web.look(lambda lobby, now: _hall(lobby, now, lang)),
        updated=formats.clock(LocalCalendar(web.site.zone).local(web.hub.now())),
    )


def _figures(web: Web, start: str, end: str) -> tuple[Ratings, list[Ratings], Waits]:
    with web.readers.lend() as reader:
        return (
            figures.ratings(reader, web.site, start, end, "site")[0],
            figures.ratings(reader, web.site, start, end, "department"),
            figures.waits(reader, web.site, start, end, "site")[0],
        )


def say(row: Ratings, lang: str) -> str:
    """A percentage as it may be printed: with what is known at least where all or none were satisfied."""
    if row.rated is None or row.satisfied is None:
        return words(lang)["manager_not_yet"]
    if not row.rated:
        return words(lang)["manager_none"]
    if row.told == "at_least":
        return words(lang)["manager_at_least"].format(low=formats.number(row.percent or 0.0, lang, 1))
    interval = satisfaction.wilson(row.satisfied, row.rated)
    if row.satisfied == row.rated:
        return words(lang)["manager_at_least"].format(low=math.floor(100 * interval.low))
    if row.satisfied == 0:
        return words(lang)["manager_at_most"].format(high=math.ceil(100 * interval.high))
    return formats.percent(row.percent, lang)


def _field(web: Web, department: str, lang: str) -> str:
    if department == NO_DEPARTMENT:
        return words(lang)["manager_own"]
    known = web.site.departments.get(department)
    return name(known.field, lang) if known else department


def _hall(lobby: Lobby, now: int, lang: str) -> dict[str, Any]:
    states = [seat.status for seat in lobby.seats.values()]
    waiting = [
        {
            "prefix": queue.prefix,
            "name": name(queue.names, lang),
            "waiting": lobby.waiting(queue.id, now),
            "longest_s": lobby.longest_ms(queue.id, now) // 1000,
            "open": _open_desks(lobby, queue.id),
        }
        for queue in lobby.site.queues.values()
        if lobby.waiting(queue.id, now)
    ]
    waiting.sort(key=lambda row: -int(str(row["longest_s"])))
    return {"queues": waiting, **{status: states.count(status) for status in ("open", "paused", "closed")}}


def _open_desks(lobby: Lobby, queue: str) -> int:
    serving = (desk.id for desk in lobby.site.desks.values() if queue in desk.skills)
    return sum(lobby.seats[desk].status == "open" for desk in serving)
