"""The register's pages: deliveries, fees and the courier's rounds; complaints.

Rules: every line is a form with a token and an id of its own, so that sending it twice writes once; what is wrong is
struck out, never changed; a complaint is written by supervisors and by who sits at their desk.
"""

import datetime
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from broker.commands import FileComplaint, MakeRound, OrderDelivery, Strike, TakeFee
from broker.register import rounds_made
from broker.register_facts import ComplaintFiled
from broker.staff.identity import Identity
from broker.web.commands import carry_out
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.guard import hears_complaints
from broker.web.pages.frame import render

MOST_DOSSIERS, MOST_VND = 500, 1_000_000_000
HALF_AN_HOUR_MS = 1_800_000


def post(web: Web, who: Identity) -> Response:
    """GET /post: the lines of today, and a form for the next of each kind."""
    lines, made = web.look(lambda lobby, _: (dict(lobby.register), rounds_made(lobby)))
    shown = {name: line for name, line in reversed(lines.items()) if not isinstance(line, ComplaintFiled)}
    return _render(web, who, "post.html", lines=shown, made=made, most=MOST_DOSSIERS, most_vnd=MOST_VND)


def complaints(web: Web, who: Identity) -> Response:
    """GET /complaints: those of today, and a form for the next."""
    _must_hear_complaints(web, who)
    lines, now = web.look(lambda lobby, now: (dict(lobby.register), now))
    shown = {name: line for name, line in reversed(lines.items()) if isinstance(line, ComplaintFiled)}
    zone = ZoneInfo(web.site.zone)

    def clock(at_ms: int) -> str:
        return f"{datetime.datetime.fromtimestamp(at_ms / 1000, zone):%H:%M}"

    return _render(
        web, who, "complaints.html", lines=shown, clock=clock, until=clock(now), since=clock(now - 1_800_000)
    )


def order(web: Web, who: Identity) -> AnyResponse:
    """POST /post/delivery."""
    dossiers = _whole("dossiers", MOST_DOSSIERS)
    carry_out(web, who, OrderDelivery(id=_id(), zone=request.form.get("zone", ""), dossiers=dossiers))
    return redirect("/post", 303)


def fee(web: Web, who: Identity) -> AnyResponse:
    """POST /post/fee."""
    carry_out(web, who, TakeFee(id=_id(), amount_vnd=_whole("amount_vnd", MOST_VND)))
    return redirect("/post", 303)


def made(web: Web, who: Identity) -> AnyResponse:
    """POST /post/round."""
    dossiers = _whole("dossiers", MOST_DOSSIERS, least=0)
    carry_out(web, who, MakeRound(id=_id(), round=request.form.get("round", ""), dossiers=dossiers))
    return redirect("/post", 303)


def complain(web: Web, who: Identity) -> AnyResponse:
    """POST /complaints/file."""
    _must_hear_complaints(web, who)
    start, end = (_today(web, request.form.get(name, "")) for name in ("start", "end"))
    carry_out(web, who, FileComplaint(id=_id(), about=request.form.get("about", ""), start=start, end=end))
    return redirect("/complaints", 303)


def strike_post(web: Web, who: Identity) -> AnyResponse:
    """POST /post/strike."""
    return _strike(web, who, "/post", complaint=False)


def strike_complaint(web: Web, who: Identity) -> AnyResponse:
    """POST /complaints/strike."""
    _must_hear_complaints(web, who)
    return _strike(web, who, "/complaints", complaint=True)


def _strike(web: Web, who: Identity, page: str, *, complaint: bool) -> AnyResponse:
    line = request.form.get("line", "")
    if web.look(lambda lobby, _: isinstance(lobby.register.get(line), ComplaintFiled)) != complaint:
        raise Refusal("not_found")
    carry_out(web, who, Strike(id=_id(), line=line))
    return redirect(page, 303)


def _must_hear_complaints(web: Web, who: Identity) -> None:
    if not hears_complaints(web, who):
        raise Refusal("forbidden", "complaints are for supervisors and the complaints desk")


def _render(web: Web, who: Identity, template: str, **values: Any) -> Response:
    return render(web, who, template, fresh=lambda: str(uuid.uuid4()), **values)


def _id() -> str:
    try:
        return str(uuid.UUID(request.form.get("id", "")))
    except ValueError as error:
        raise Refusal("malformed", "the form has no id") from error


def _whole(field: str, most: int, least: int = 1) -> int:
    text = request.form.get(field, "").replace(".", "").replace(" ", "")
    if not (text.isascii() and text.isdigit() and least <= int(text[:12]) <= most):
        raise Refusal("malformed", f"{field} must be a whole number from {least} to {most}")
    return int(text)


def _today(web: Web, clock: str) -> int:
    """The Unix time (ms) of a local time of today."""
    zone = ZoneInfo(web.site.zone)
    try:
        at = datetime.time.fromisoformat(clock)
    except ValueError as error:
        raise Refusal("malformed", "a time is written like 09:30") from error
    today = datetime.datetime.fromtimestamp(web.hub.now() / 1000, zone).date()
    return round(datetime.datetime.combine(today, at.replace(tzinfo=None), zone).timestamp() * 1000)
