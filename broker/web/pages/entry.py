"""Coming in and going out: login, the demo's one-click roles, the first account, the chooser.

Rules: every form carries a token, the login too; a wrong name and a wrong password look alike; after the login one goes
only to a page of ours.
"""

import math
import re

from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from broker.staff.identity import PEOPLE, Identity, Role
from broker.staff.passwords import BusyError, weakness
from broker.staff.people import Refused
from broker.staff.store import Account
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.guard import form_cookie, session_cookie, source
from broker.web.pages.frame import new_secret, render, start_form, start_session

HOME: dict[Role, str] = {
    "clerk": "/desk",
    "reception": "/reception",
    "manager": "/manager",
    "supervisor": "/manager",
    "admin": "/admin",
}
ACCOUNT_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


def chooser(web: Web, who: Identity | None) -> Response:
    """GET /."""
    return render(web, who, "chooser.html", virtual_url=web.config.virtual_url)


def login_form(web: Web, who: Identity | None, problem: str = "", wait_s: float = 0, status: int = 200) -> Response:
    """GET /login."""
    cookie = request.cookies.get(session_cookie(web)) or request.cookies.get(form_cookie(web)) or new_secret()
    page = render(
        web,
        who,
        "login.html",
        status,
        form_token=web.staff.form_token(cookie),
        roles=PEOPLE if web.staff.people.one_click else (),
        first=not web.staff.people.any_password() and not web.staff.people.one_click,
        problem=problem,
        wait_min=math.ceil(wait_s / 60) if math.isfinite(wait_s) else 0,
        next=_own_page(request.values.get("next", "")),
    )
    return page if session_cookie(web) in request.cookies else start_form(web, page, cookie)


def log_in(web: Web, who: Identity | None) -> AnyResponse:
    """POST /login."""
    name = request.form.get("name", "").strip().lower()
    try:
        session = web.staff.people.log_in(name, request.form.get("password", ""), source())
    except BusyError:
        return login_form(web, who, "login_busy", status=503)
    if isinstance(session, Refused):
        if session.reason == "wrong":
            return login_form(web, who, "login_wrong", status=401)
        problem = "login_wait" if math.isfinite(session.wait_s) else "login_locked"
        return login_form(web, who, problem, session.wait_s, 429)
    return _welcome(web, session)


def enter(web: Web, _who: Identity | None) -> AnyResponse:
    """POST /enter."""
    wish = request.form.get("role", "")
    role = next((role for role in PEOPLE if role == wish), None)
    session = web.staff.people.enter_as(role, source()) if role else Refused("wrong")
    if isinstance(session, Refused):
        raise Refusal("forbidden")
    return _welcome(web, session)


def log_out(web: Web, _who: Identity | None) -> AnyResponse:
    """POST /logout."""
    web.staff.people.log_out(request.cookies.get(session_cookie(web), ""), source())
    response = redirect("/login", 303)
    response.delete_cookie(session_cookie(web), httponly=True, samesite="Lax", secure=web.config.https)
    return response


def first_account(web: Web, who: Identity | None) -> AnyResponse:
    """POST /first: the first administrator, by the code from the hub's log."""
    form = request.form
    name, password = form.get("name", "").strip().lower(), form.get("password", "")
    if not web.first_code.matches(form.get("code", ""), source()):
        return login_form(web, who, "first_wrong", status=401)
    if not ACCOUNT_NAME.fullmatch(name) or weakness(password, name):
        return login_form(web, who, "first_weak", status=400)
    account = Account(name=name, display=form.get("display", "").strip()[:80], role="admin")
    try:
        web.staff.people.set_account(account, password, actor="first code", source=source())
    except BusyError:
        return login_form(web, who, "login_busy", status=503)
    return redirect("/login", 303)


def _welcome(web: Web, session: str) -> AnyResponse:
    who = web.staff.people.who(session)
    home = HOME.get(who.role, "/") if who else "/"
    response = redirect(_own_page(request.form.get("next", "")) or home, 303)
    response.delete_cookie(form_cookie(web), httponly=True, samesite="Strict", secure=web.config.https)
    return start_session(web, response, session)


def _own_page(address: str) -> str:
    """`address` when it is a path of ours, otherwise nothing."""
    return address if re.fullmatch(r"/(?![/\\])[\w/.-]*(\?[\w=&.,%-]*)?", address, re.ASCII) else ""
