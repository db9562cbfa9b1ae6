"""The board of a smart TV: its page, what it hears of the hall, and what it says.

Rules: open to all, for it shows and says what hangs in the hall anyway; what the address asks for and the centre does
not have is left out, never an error on a screen that nobody operates.
"""

import hashlib
import re
from collections.abc import Collection

import msgspec
from flask import Response, request

from appliance.wire.messages import CallsState, DeskState, QueueState, SiteState
from appliance.wire.site import PATH as SITE_PATH
from broker.site_files import WAYS
from broker.staff.identity import Identity
from broker.web import exchange
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.pages.frame import render
from broker.web.reading import listen
from broker.web.stream import topic_of
from broker.web.words import LANGUAGES, words

_TOPICS = tuple(topic_of(kind) for kind in (CallsState, DeskState, QueueState, SiteState))
_HOURS = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")


def board(web: Web, who: Identity | None) -> Response:
    """GET /board: a page that draws itself from its stream. The address may say what it shows.

    `second` is the language below the Vietnamese: en (as usual), km or none; `desks` and `counters` name whose calls it
    shows, separated by commas; `arrow` is for a television that hangs where the centre's own arrows are wrong. `always`
    are the languages said after the citizen's own (vi as usual), `quiet` hours of the day without sound: 11:30-13:00.
    With `view` "counter" it shows what each of these desks does, as the own screen of a counter.
    """
    second = request.args.get("second", "en")
    second = second if second in ("en", "km") else ""
    arrow = request.args.get("arrow", "")
    desks, counters = _named("desks", web.site.desks), _named("counters", web.site.counters)
    seats = [*desks, *(desk for counter in counters for desk in web.site.counters[counter].desks if desk not in desks)]
    return render(
        web,
        who,
        "board.html",
        lang="vi",
        words={language: _words(language) for language in LANGUAGES},
        second=second,
        desks=desks,
        always=_named("always", web.site.languages) or ["vi"],
        quiet=[hours for hours in request.args.get("quiet", "").split(",") if _HOURS.fullmatch(hours)],
        counters=counters,
        seats=seats if request.args.get("view") == "counter" else [],
        arrow=arrow if arrow in (*WAYS, "none") else "",
        site_path=SITE_PATH,
        now=round(web.clock.now() * 1000),
        pace=web.clock.pace(),
        zone=web.site.zone if web.clock.quality() != "unset" else "",
    )


def _words(language: str) -> dict[str, str]:
    return {key.removeprefix("board_"): said for key, said in words(language).items() if key.startswith("board_")}


def _named(key: str, known: Collection[str]) -> list[str]:
    return [each for each in request.args.get(key, "").lower().split(",") if each in known]


def stream(web: Web, _who: Identity | None) -> Response:
    """GET /board/stream: the states that a board shows, and no others."""
    return listen(web, lambda topic: topic.startswith(_TOPICS))


def voice(web: Web, _who: Identity | None) -> Response:
    """GET /board/voice: from a call to its clips, with an ETag."""
    score = web.voice.score()
    return exchange.cacheable(msgspec.json.encode(score), "application/json", score.revision or "none")


def clip(web: Web, _who: Identity | None, name: str) -> Response:
    """GET /board/clips/<name>.wav: one clip of a call, with an ETag. Raises Refusal."""
    content = web.voice.clip(name)
    if content is None:
        raise Refusal("not_found")
    return exchange.cacheable(content, "audio/wav", hashlib.sha256(content).hexdigest()[:16])
