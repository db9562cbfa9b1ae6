"""Pages that need no login: the board of a smart TV, and a citizen's own turn.

Rules: a board shows what hangs in the hall anyway; a turn is found by its secret code only, and says nothing of anybody
else.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask import Response, request
from msgspec import UNSET

from appliance.wire.messages import CallsState, DeskState, QueueState, SiteState, TicketView
from appliance.wire.site import PATH as SITE_PATH
from broker import formats, views
from broker.lobby import Lobby
from broker.model import LocalCalendar
from broker.site_files import WAYS
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.pages.frame import language, name, render
from broker.web.reading import listen
from broker.web.stream import topic_of
from broker.web.words import LANGUAGES, words

_BOARD_TOPICS = tuple(topic_of(kind) for kind in (CallsState, DeskState, QueueState, SiteState))
_HINTS = ("parked", "no_show", "served", "void", "stranded")


def board(web: Web, who: Identity | None) -> Response:
    """GET /board: a page that draws itself from its stream. The address may say what it shows.

    `second` is the language below the Vietnamese: en (as usual), km or none; `desks` and `counters` name whose calls it
    shows, separated by commas; `arrow` is for a television that hangs where the centre's own arrows are wrong.
    """
    second = request.args.get("second", "en")
    second = second if second in ("en", "km") else ""
    arrow = request.args.get("arrow", "")
    return render(
        web,
        who,
        "board.html",
        lang="vi",
        words={language: _board_words(language) for language in LANGUAGES},
        second=second,
        desks=_named("desks", web.site.desks),
        counters=_named("counters", web.site.counters),
        arrow=arrow if arrow in (*WAYS, "none") else "",
        site_path=SITE_PATH,
        now=round(web.clock.now() * 1000),
        pace=web.clock.pace(),
        zone=web.site.zone if web.clock.quality() != "unset" else "",
    )


def _board_words(language: str) -> dict[str, str]:
    return {key.removeprefix("board_"): said for key, said in words(language).items() if key.startswith("board_")}


def _named(key: str, known: Collection[str]) -> list[str]:
    return [each for each in request.args.get(key, "").lower().split(",") if each in known]


def board_stream(web: Web, _who: Identity | None) -> Response:
    """GET /board/stream: the states that a board shows, and no others."""
    return listen(web, lambda topic: topic.startswith(_BOARD_TOPICS))


def turn(web: Web, who: Identity | None, code: str) -> Response:
    """GET /t/<code>."""
    return _turn(web, who, code, "turn.html")


def turn_now(web: Web, who: Identity | None, code: str) -> Response:
    """GET /t/<code>/now: the regions of the page, with an ETag; 304 while nothing has changed."""
    response = _turn(web, who, code, "turn_now.html")
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def _turn(web: Web, who: Identity | None, code: str, template: str) -> Response:
    def find(lobby: Lobby, now: int) -> tuple[TicketView, str] | None:
        ticket = lobby.tickets.get(lobby.codes.get(code, ""))
        return (views.ticket_view(lobby, ticket, now), ticket.lang) if ticket else None

    found = web.look(find)
    lang = language(LANGUAGES, found[1] if found and found[1] in LANGUAGES else "vi")
    values = _turn_values(web, found[0], lang) if found else {"ticket": None, "state": "unknown"}
    return render(web, who, template, 200 if found else 404, languages=LANGUAGES, lang=lang, code=code, **values)


def _turn_values(web: Web, ticket: TicketView, lang: str) -> dict[str, Any]:
    t = words(lang)
    counters = [name(web.site.counters[each].names, lang) for each in ticket.counters if each in web.site.counters]
    back_min = web.site.rules.reinstate_within_s // 60
    lines = [t[f"turn_{ticket.status}_hint"].format(minutes=back_min)] if ticket.status in _HINTS else []
    if ticket.status == "called":
        lines = [t["turn_go"].format(counter=" / ".join(counters))]
    if ticket.status == "waiting":
        lines = [t["turn_ahead"].format(ahead=ticket.ahead) if ticket.ahead else t["turn_next"]]
        if ticket.due is not UNSET:
            lines = [t["turn_due"].format(time=formats.clock(datetime.fromisoformat(ticket.due)))]
        elif ticket.wait is not None:
            lines.append(t["turn_range"].format(low=ticket.wait.low_min, high=ticket.wait.high_min))
        lines.append(t["turn_counters"].format(counters=", ".join(counters)))
    clock = formats.clock(LocalCalendar(web.site.zone).local(web.hub.now()))
    return {"ticket": ticket, "state": ticket.status, "lines": lines, "clock": clock}
