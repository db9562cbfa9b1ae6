"""A citizen's own turn on the phone, from the ticket's QR code, and the rating afterwards: no login, nothing personal.

Rules: a turn is found by its secret code only, and says nothing of anybody else; a visit is rated once, and what was
chosen is never shown again; what follows from it, the question why, is asked in the browser that chose.
"""

import uuid

from flask import Response, request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from appliance.display.moods import MOODS
from broker import formats
from broker.commands import Command, PhoneVote
from broker.lobby import Lobby
from broker.local_calendar import LocalCalendar
from broker.model import name_in
from broker.ratings import PhonePhase, phone_phase
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.guard import page_cookie, source
from broker.web.pages.frame import language, new_secret, render, start_form
from broker.web.pages.turn_states import Shown, Turn, look, say
from broker.web.words import LANGUAGES, words

MOST_REASONS = 3
_YES_NO = {"yes": True, "no": False}


class Found(Struct, frozen=True):
    """A ticket of today, and whether and how it may be rated."""

    turn: Turn
    lang: str
    phase: PhonePhase
    level: int


def turn(web: Web, who: Identity | None, code: str) -> Response:
    """GET /t/<code>."""
    secret = page_cookie(web, request)
    if secret:
        return _turn(web, who, code, "turn.html", secret)
    secret = new_secret()
    return start_form(web, _turn(web, who, code, "turn.html", secret), secret)


def turn_now(web: Web, who: Identity | None, code: str) -> Response:
    """GET /t/<code>/now: the regions of the page, with an ETag; 304 while nothing has changed."""
    response = _turn(web, who, code, "turn_now.html", page_cookie(web, request))
    response.add_etag()
    response.make_conditional(request)
    return response


def rate(web: Web, _who: Identity | None, code: str) -> AnyResponse:
    """POST /t/<code>/rating: the vote, then what is added to it. The page says what came of it."""
    browser = page_cookie(web, request)
    found = _found(web, code, browser)
    if found is None:
        raise Refusal("not_found", "there is no such ticket today")
    if found.phase == "open":
        web.voters.voted(found.turn.ticket.id, browser)
    answers = {each.id: request.form.get(f"answer-{each.id}", "") for each in web.site.questions}
    vote = PhoneVote(
        id=str(uuid.uuid4()),
        ticket=found.turn.ticket.id,
        level=_level(web, found),
        reasons=tuple(request.form.getlist("reason"))[:MOST_REASONS],
        answers={question: _YES_NO[said] for question, said in answers.items() if said in _YES_NO},
    )
    web.hub.handle(Command(message=vote, actor="phone"))  # refused or not: the page knows
    return redirect(f"/t/{code}?lang={language(LANGUAGES, found.lang)}", 303)


def _level(web: Web, found: Found) -> int:
    """The level that was touched; reasons belong to the vote that was given before."""
    if found.phase == "explain":
        return found.level
    said = request.form.get("level", "")
    if said not in {str(each.level) for each in web.site.levels}:
        raise Refusal("malformed", "there is no such rating level")
    return int(said)


def _found(web: Web, code: str, browser: str) -> Found | None:
    """What `browser` may see of the turn."""
    found = web.look(lambda lobby, now: _find(lobby, now, code))
    if found and found.phase == "explain" and not web.voters.is_voter(found.turn.ticket.id, browser):
        return replace(found, phase="thanks")
    return found


def _find(lobby: Lobby, now: int, code: str) -> Found | None:
    ticket = lobby.tickets.get(lobby.codes.get(code, ""))
    if ticket is None:
        return None
    phase, level = phone_phase(lobby, ticket.id, now)
    return Found(look(lobby, ticket, now), ticket.lang, phase, level)


def _turn(web: Web, who: Identity | None, code: str, template: str, secret: str) -> Response:
    found = _found(web, code, secret)
    often = found is None and not web.guesses.allow(source())
    lang = language(LANGUAGES, found.lang if found and found.lang in LANGUAGES else "vi")
    clock = formats.clock(found.turn.now if found else LocalCalendar(web.site.zone).local(web.hub.now()))
    response = render(
        *(web, who, template, 200 if found else 429 if often else 404),
        languages=LANGUAGES,
        lang=lang,
        code=code,
        form_token=web.staff.form_token(secret),
        most=MOST_REASONS,
        moods=MOODS[len(web.site.levels)],
        ticket=found.turn.ticket if found else None,
        phase=found.phase if found else "shut",
        shown=_shown(web, found.turn, lang) if found else None,
        call=found.turn.call if found else 0,
        often=often,
        clock=clock,
    )
    response.headers["X-Clock"] = clock
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _shown(web: Web, turn: Turn, lang: str) -> Shown:
    site, ticket = web.site, turn.ticket
    counters = tuple(name_in(site.counters[each].names, lang) for each in ticket.counters if each in site.counters)
    queue = site.queues.get(ticket.queue)
    return say(turn, counters, name_in(queue.names, lang) if queue else "", words(lang))
