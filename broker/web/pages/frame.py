"""What all pages share: templates, words, files, error pages.

Rules: autoescape is on for every template and nothing is ever marked as safe; a missing word or value is an error, not
a gap.
"""

import functools
import hashlib
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from flask import Response, request, send_from_directory
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response as AnyResponse

import appliance
from appliance.wire.messages import HubBeat
from broker import formats
from broker.model import Site, name_in
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.desk_names import desk_name
from broker.web.errors import Refusal
from broker.web.guard import form_cookie, hears_complaints, page_cookie, session_cookie
from broker.web.stream import topic_of
from broker.web.words import LANGUAGES, STAFF_LANGUAGES, words

HERE = Path(__file__).parents[1]
STATIC = HERE / "static"
FONTS = Path(appliance.__file__).parent / "fonts"
LANGUAGE_COOKIE = "goiso-lang"
_YEAR_S = 365 * 24 * 3600


@functools.cache
def templates() -> Environment:
    """The templates, compiled when first needed."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(asset=asset, percent=formats.percent, number=formats.number, share=formats.share)
    environment.globals.update(day_text=formats.date)
    environment.filters["tojson_text"] = lambda value: msgspec.json.encode(value).decode()
    return environment


def render(
    web: Web,
    who: Identity | None,
    template: str,
    status: int = 200,
    languages: tuple[str, ...] = STAFF_LANGUAGES,
    **values: Any,
) -> Response:
    """The page `template` for `who`, in his language."""
    lang = values.pop("lang", None) or language(languages)
    token = values.pop("form_token", None) or web.staff.form_token(page_cookie(web, request))
    page = (
        templates()
        .get_template(template)
        .render(
            t=words(lang),
            lang=lang,
            languages=languages,
            who=who,
            hears_complaints=who is not None and hears_complaints(web, who),
            site=web.site,
            centre=name_in(web.site.names, lang),
            form_token=token,
            name=functools.partial(name_in, language=lang),
            span=functools.partial(formats.span, unit=words(lang)["minute"]),
            desk_name=lambda desk: desk_name(web.site, desk, words(lang), lang),
            path=request.path,
            spoken=lambda other: f"?{urlencode({**request.args.to_dict(), 'lang': other})}",
            beat=topic_of(HubBeat),
            **values,
        )
    )
    response = Response(page, status, mimetype="text/html")
    if request.args.get("lang") == lang:
        response.set_cookie(
            LANGUAGE_COOKIE, lang, max_age=_YEAR_S, httponly=True, samesite="Lax", secure=web.config.https
        )
    return response


def language(among: tuple[str, ...] = LANGUAGES, default: str = "vi") -> str:
    """The language asked for in the address, or chosen before, or `default`."""
    for wish in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wish in among:
            return str(wish)
    return default


def task(site: Site, service_id: str, lang: str) -> str:
    """What a service is called; its id where there is none (any more)."""
    service = site.services.get(service_id)
    return name_in(service.names, lang) if service else service_id


def field(site: Site, service_id: str, lang: str) -> str:
    """The field of a service's department; empty for the centre's own services."""
    service = site.services.get(service_id)
    department = site.departments.get(service.department) if service else None
    return name_in(department.field, lang) if department else ""


def error_page(web: Web, refusal: Refusal) -> AnyResponse:
    """A page that says what happened and what to do; a stranger is led to the login."""
    if refusal.status == 401:
        response = Response(status=303)
        response.headers["Location"] = f"/login?next={request.path}"
        return response
    lang = language()
    message = refusal.body.message.en if lang == "en" else refusal.body.message.vi
    return render(web, None, "error.html", refusal.status, message=message, lang=lang)


def static(_web: Web, _who: Identity | None, filename: str) -> AnyResponse:
    """GET /static/<name>: a stylesheet, script or font of our own; kept for ever under the address `asset` gives."""
    folder, _, plain = filename.rpartition("/")
    response = send_from_directory(FONTS if folder == "fonts" else STATIC, plain if folder == "fonts" else filename)
    fixed = request.args.get("v") == _digest(filename)
    response.headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable" if fixed else "no-cache"
    return response


def asset(filename: str) -> str:
    """The address of a static file, which changes with its content."""
    return f"/static/{filename}?v={_digest(filename)}"


@functools.lru_cache(maxsize=64)
def _digest(filename: str) -> str:
    folder, _, plain = filename.rpartition("/")
    path = (FONTS if folder == "fonts" else STATIC) / (plain if folder == "fonts" else filename)
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def new_secret() -> str:
    """What ties a form to a browser, 256 random bits."""
    return secrets.token_urlsafe(32)


def start_form(web: Web, response: Response, secret: str) -> Response:
    """Tie the forms of a page to this browser before anybody has logged in."""
    response.set_cookie(form_cookie(web), secret, httponly=True, samesite="Strict", secure=web.config.https, path="/")
    return response


def start_session(web: Web, response: AnyResponse, session_id: str) -> AnyResponse:
    """Give the browser its session; the cookie ends with the browser, the session earlier."""
    response.set_cookie(
        session_cookie(web), session_id, httponly=True, samesite="Lax", secure=web.config.https, path="/"
    )
    return response
