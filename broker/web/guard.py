"""Who may pass, decided in one place for every route.

Rules: deny by default; a browser's session proves with a form token and its Origin that our own page asked; a program's
bearer token needs neither, because no foreign page can make a browser send it.
"""

import functools
import ipaddress
import re
from urllib.parse import urlsplit

from flask import Request, request
from werkzeug.exceptions import SecurityError

from appliance.wire.ids import UUID_PATTERN
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.route import Route

FORM_HEADER = "X-Form-Token"
FORM_FIELD = "form_token"
COMPLAINTS_KIND = "complaint"
_SAFE = ("GET", "HEAD", "OPTIONS")
_is_uuid = re.compile(UUID_PATTERN).fullmatch


def session_cookie(web: Web) -> str:
    """The name of the session's cookie; the prefix binds it to this host where there is TLS."""
    return "__Host-goiso" if web.config.https else "goiso"


def form_cookie(web: Web) -> str:
    """The name of the cookie that ties the login form to the browser before anybody has logged in."""
    return f"{session_cookie(web)}-form"


def admit(web: Web, route: Route) -> Identity | None:
    """Who is asking, once it is sure that he may. Raises Refusal."""
    if not is_our_host(request.host, web.config.hosts):
        raise SecurityError
    who = _who(web, route)
    if route.roles is not None:
        if who is None:
            raise Refusal("unauthorized")
        if who.role not in route.roles:
            raise Refusal("forbidden")
    if request.method not in _SAFE:
        if route.takes_json and request.mimetype != "application/json":
            raise Refusal("unsupported")
        if who is not None and route.kind == "api" and not web.limits.allow(who.actor):
            raise Refusal("rate_limited")
        if who is None or who.door == "session":
            _came_from_our_page(web, route)
    return who


def _who(web: Web, route: Route) -> Identity | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return web.staff.programs.who(secret.strip())
    session = request.cookies.get(session_cookie(web), "")
    return web.staff.people.who(session, route.in_use) if session else None


def _came_from_our_page(web: Web, route: Route) -> None:
    origin = request.headers.get("Origin")
    # A browser that tells no referrer says `null` when it sends a form; a script's request always names its page.
    hidden = origin == "null" and not route.takes_json
    if origin is not None and not hidden and urlsplit(origin).netloc != request.host:
        raise Refusal("forbidden", "the Origin is another site")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Refusal("forbidden", "another site asked the browser to send this")
    token = request.headers.get(FORM_HEADER) or request.form.get(FORM_FIELD, "")
    if not web.staff.is_form_token(page_cookie(web, request), token):
        raise Refusal("forbidden", "the form token is missing or old; load the page again")


def page_cookie(web: Web, asked: Request) -> str:
    """The cookie that a page's form token belongs to: the session's, or before the login the form's own."""
    return asked.cookies.get(session_cookie(web)) or asked.cookies.get(form_cookie(web), "")


def idempotency_key() -> str:
    """The header `Idempotency-Key` in lower case; "" where there is none. Raises Refusal when it is no UUID."""
    key = request.headers.get("Idempotency-Key", "").strip().lower()
    if key and not _is_uuid(key):
        raise Refusal("malformed", "Idempotency-Key must be a UUID")
    return key


@functools.lru_cache(maxsize=256)
def is_our_host(host: str, names: tuple[str, ...]) -> bool:
    """Whether a Host header may name us: an address, localhost or a configured name, never a stranger's domain."""
    name = urlsplit(f"//{host}").hostname or ""
    if name in ("localhost", *names):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def source() -> str:
    """The network address that asks."""
    return request.remote_addr or "unknown"


def hears_complaints(web: Web, who: Identity) -> bool:
    """Whether complaints are told to him: to supervisors, and at the complaints desk."""
    seats = (desk.id for desk in web.site.desks.values() if web.site.counters[desk.counter].kind == COMPLAINTS_KIND)
    return who.role in ("supervisor", "admin") or (who.role == "clerk" and any(map(who.may_sit_at, seats)))
