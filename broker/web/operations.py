"""What operators and programmers ask: alive, how much, what is there.

Rules: no names, no numbers of tickets; figures are the same that the states say.
"""

import hashlib
import threading

from flask import Response, current_app, request

from appliance.wire.choices import DeskStatus
from broker.lobby import Lobby
from broker.staff.identity import Identity
from broker.web import exchange
from broker.web.config import is_loopback
from broker.web.context import Web
from broker.web.errors import Refusal

STATUSES: tuple[DeskStatus, ...] = ("open", "paused", "closed")


def health(web: Web, _who: Identity | None) -> Response:
    """GET /healthz: 200 while the writer works, 503 otherwise."""
    alive = web.hub.alive
    return exchange.json({"ok": alive, "generation": web.hub.generation}, 200 if alive else 503)


def metrics(web: Web, who: Identity | None) -> Response:
    """GET /metrics."""
    if who is None and not (is_loopback(request.remote_addr or "") and not web.config.proxy):
        raise Refusal("unauthorized")
    lines = [
        *_gauge("goiso_hub_up", "1 while the writer works", [("", int(web.hub.alive))]),
        *_gauge("goiso_hub_generation", "starts of the hub", [("", web.hub.generation)]),
        *_gauge("goiso_streams", "browsers that listen", [("", web.streams.listeners)]),
        *_gauge("goiso_threads", "threads of the process", [("", threading.active_count())]),
        *web.look(_hall),
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain; version=0.0.4")


def _hall(lobby: Lobby, now: int) -> list[str]:
    waiting = [(f'{{queue="{queue}"}}', lobby.waiting(queue, now)) for queue in lobby.site.queues]
    longest = [(f'{{queue="{queue}"}}', lobby.longest_ms(queue, now) // 1000) for queue in lobby.site.queues]
    states = [seat.status for seat in lobby.seats.values()]
    return [
        *_gauge("goiso_waiting", "visits that wait", waiting),
        *_gauge("goiso_longest_wait_seconds", "wait of the first in line", longest),
        *_gauge("goiso_desks", "desks", [(f'{{status="{each}"}}', states.count(each)) for each in STATUSES]),
        *_gauge("goiso_tickets_today", "numbers issued today", [("", len(lobby.tickets))]),
    ]


def _gauge(name: str, purpose: str, values: list[tuple[str, int]]) -> list[str]:
    return [
        f"# HELP {name} {purpose}",
        f"# TYPE {name} gauge",
        *(f"{name}{labels} {value}" for labels, value in values),
    ]


def openapi(_web: Web, _who: Identity | None) -> Response:
    """GET /openapi.json."""
    body: bytes = current_app.config["OPENAPI"]
    return exchange.cacheable(body, "application/json", hashlib.sha256(body).hexdigest()[:16])
