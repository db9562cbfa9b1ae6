"""Routes into a Flask application.

Rules: every route goes through `guard.admit`; every answer, also an error's, carries the security headers; an error in
the API is JSON, on a page it is a page.
"""

import logging
from collections.abc import Callable

import msgspec
from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from broker.hub_jobs import Unavailable
from broker.web import exchange
from broker.web.context import Web
from broker.web.errors import Refusal, of_status
from broker.web.guard import admit
from broker.web.headers import Protected
from broker.web.openapi import document
from broker.web.pages.frame import error_page
from broker.web.route import API, Route
from broker.web.routes import ROUTES

logger = logging.getLogger(__name__)

MAX_BODY = 256 * 1024
"""A month's appointments of a centre; everything else is smaller."""
_KINDS = {route.name: route.kind for route in ROUTES}


def create_app(web: Web) -> Flask:
    """The application that serves `web`; it begins to listen to the hub's states."""
    app = Flask("goiso", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, MAX_FORM_PARTS=20)
    app.url_map.strict_slashes = False
    app.config["OPENAPI"] = msgspec.json.encode(document(ROUTES))
    for route in ROUTES:
        app.add_url_rule(
            route.rule,
            endpoint=route.name,
            view_func=_view(web, route),
            methods=[route.method],
            provide_automatic_options=False,
        )
    app.wsgi_app = Protected(app.wsgi_app, web.config.https)  # type: ignore[method-assign]  # as Flask's documents say
    app.register_error_handler(Refusal, lambda error: _refused(web, error))
    app.register_error_handler(Unavailable, lambda error: _refused(web, Refusal("busy", str(error))))
    app.register_error_handler(HTTPException, lambda error: _http_error(web, error))
    app.register_error_handler(Exception, lambda error: _crashed(web, error))
    web.hub.listen(web.streams.publish)
    web.hub.repeat()
    return app


def _view(web: Web, route: Route) -> Callable[..., AnyResponse]:
    def view(**places: str) -> AnyResponse:
        who = admit(web, route)
        answer = route.handler(web, who, **places)
        return answer if isinstance(answer, AnyResponse) else exchange.json(answer, route.status)

    return view


def _refused(web: Web, refusal: Refusal) -> AnyResponse:
    if wants_page():
        return error_page(web, refusal)
    return exchange.refuse(refusal.body, refusal.status)


def _http_error(web: Web, error: HTTPException) -> AnyResponse:
    if error.code is not None and error.code < 400:
        return error.get_response()
    return _refused(web, Refusal(of_status(error.code or 500)))


def _crashed(web: Web, error: Exception) -> AnyResponse:
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _refused(web, Refusal("failed"))


def wants_page() -> bool:
    """Whether a person is reading: the API and programs get JSON."""
    if _KINDS.get(request.endpoint or "", "page") == "api" or request.path.startswith(API):
        return False
    return "text/html" in request.headers.get("Accept", "")
