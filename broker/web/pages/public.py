"""The board of a smart TV: a page that needs no login.

Rules: a board shows what hangs in the hall anyway.
"""

from collections.abc import Collection

from flask import Response, request

from appliance.wire.messages import CallsState, DeskState, QueueState, SiteState
from appliance.wire.site import PATH as SITE_PATH
from broker.site_files import WAYS
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.pages.frame import render
from broker.web.reading import listen
from broker.web.stream import topic_of
from broker.web.words import LANGUAGES, words

_BOARD_TOPICS = tuple(topic_of(kind) for kind in (CallsState, DeskState, QueueState, SiteState))


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
