"""The administrator's page: boxes, what was put aside, notice, desks, accounts, audit trail.

Rules: every change is a form with a token and leaves an audit row; a password is set, never shown.
"""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from appliance.wire.messages import DeskState, Health
from broker.staff.identity import ANY_DESK, PEOPLE, Identity
from broker.staff.passwords import BusyError, weakness
from broker.staff.store import Account
from broker.staff.throttle import LOCK_AT
from broker.web.commands import set_notice_text
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.guard import source
from broker.web.pages.entry import ACCOUNT_NAME
from broker.web.pages.frame import render
from broker.web.quarantine import of_today
from broker.web.stream import topic_of

_TRAIL_SHOWN = 50
_SAID = ("admin_saved", "admin_weak", "admin_bad_name", "admin_bad_desk", "login_busy")


def admin(web: Web, who: Identity) -> Response:
    """GET /admin."""
    said, zone = request.args.get("said", ""), ZoneInfo(web.site.zone)
    return _render(
        web,
        who,
        "admin.html",
        topics=topic_of(DeskState),
        said=said if said in _SAID else "",
        people=PEOPLE,
        accounts=[
            account for account in web.staff.store.accounts() if not account.one_click or web.staff.people.one_click
        ],
        lock_at=LOCK_AT,
        trail=list(reversed(web.staff.store.trail(_TRAIL_SHOWN))),
        when=lambda at: f"{datetime.datetime.fromisoformat(at).astimezone(zone):%d/%m %H:%M:%S}",
    )


def now(web: Web, who: Identity) -> Response:
    """GET /admin/now: the regions of the page."""
    return _render(web, who, "admin_now.html")


def _render(web: Web, who: Identity, template: str, **values: Any) -> Response:
    notice, seats = web.look(lambda lobby, _now: (lobby.notice, dict(lobby.seats)))
    return render(
        web,
        who,
        template,
        boxes=web.boxes.all(),
        worst=_worst,
        notice=notice,
        seats=list(seats.values()),
        put_aside=sum(entry.times for entry in of_today(web)),
        **values,
    )


def _worst(health: Health | None) -> str:
    """The worst state among a box's parts."""
    states = {part.state for part in health.parts.values()} if health else set()
    return next((state for state in ("fault", "degraded") if state in states), "ready")


def notice(web: Web, who: Identity) -> AnyResponse:
    """POST /admin/notice."""
    text = request.form.get("text", "").strip()
    if len(text) > 200:
        raise Refusal("too_large")
    set_notice_text(web, who, text)
    return _back("admin_saved")


def account(web: Web, who: Identity) -> AnyResponse:
    """POST /admin/account: add an account, or change the one of that name."""
    form = request.form
    name, password = form.get("name", "").strip().lower(), form.get("password", "")
    known = web.staff.store.account(name)
    desks = tuple(desk.strip().lower() for desk in form.get("desks", "").split(",") if desk.strip())
    role = next((role for role in PEOPLE if role == form.get("role")), None)
    if not ACCOUNT_NAME.fullmatch(name) or role is None or (known and known.one_click):
        return _back("admin_bad_name")
    if any(desk != ANY_DESK and desk not in web.site.desks for desk in desks):
        return _back("admin_bad_desk")
    if (password or known is None) and weakness(password, name):
        return _back("admin_weak")
    fresh = Account(
        name=name,
        display=form.get("display", "").strip()[:80],
        role=role,
        desks=desks,
        password=known.password if known else "",
        disabled=known.disabled if known else False,
    )
    try:
        web.staff.people.set_account(fresh, password, who.actor, source())
    except BusyError:
        return _back("login_busy")
    return _back("admin_saved")


def account_action(web: Web, who: Identity, name: str, action: str) -> AnyResponse:
    """POST /admin/account/<name>/<action>: unlock, disable or enable."""
    known = web.staff.store.account(name)
    if known is None or action not in ("unlock", "disable", "enable"):
        raise Refusal("not_found")
    if action == "unlock":
        web.staff.people.unlock(name, who.actor, source())
    else:
        web.staff.people.set_disabled(known, action == "disable", who.actor, source())
    return _back("admin_saved")


def _back(said: str) -> AnyResponse:
    return redirect(f"/admin?said={said}", 303)
