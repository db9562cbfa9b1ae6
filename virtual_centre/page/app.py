"""The HTTP side of /virtual: the page, the showings as they come, pictures by version, and deeds.

Rules: whoever does something proves that the page told him how (a token) and that he is the page (Origin); nothing is
loaded from anywhere else; a browser that falls behind gets the newest picture, never all of them.
"""

import hmac
import secrets
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import msgspec
from flask import Flask, Response, abort, render_template, request, send_from_directory

import appliance
from broker.web.headers import Protected
from virtual_centre.gallery import Gallery, Showing
from virtual_centre.page.deeds import Hands, decode_deed
from virtual_centre.page.words import KEYPAD, LANGUAGES, WORDS

STREAMS = 16
THREADS = STREAMS + 8
BEAT_S = 5.0
DEED_LIMIT = 4096
FONTS = Path(appliance.__file__).parent / "fonts"
_YEAR_S = 31_536_000


class _Event(msgspec.Struct):
    """One showing, as the browser hears of it, `age_s` after it came; `picture` says that there is a body to fetch."""

    device: str
    part: str
    kind: str
    version: int
    age_s: float
    picture: bool
    facts: dict[str, object]


_encode = msgspec.json.Encoder().encode


class Page:
    """The page's application; one per virtual centre."""

    def __init__(self, gallery: Gallery, hands: Hands) -> None:
        self._gallery = gallery
        self._hands = hands
        self._token = secrets.token_urlsafe(24)
        self._life = secrets.token_hex(4)  # versions begin anew with each life: what a browser saw before is void
        self._places = threading.BoundedSemaphore(STREAMS)

    def app(self) -> Flask:
        """The WSGI application."""
        app = Flask(__name__, static_url_path="/virtual/static")
        app.config["MAX_CONTENT_LENGTH"] = DEED_LIMIT
        app.add_url_rule("/virtual", view_func=self.page, methods=["GET"])
        app.add_url_rule("/virtual/events", view_func=self.events, methods=["GET"])
        app.add_url_rule("/virtual/fonts/<name>", view_func=self.font, methods=["GET"])
        app.add_url_rule("/virtual/picture/<device>/<part>/<kind>", view_func=self.picture, methods=["GET"])
        app.add_url_rule("/virtual/deeds", view_func=self.deed, methods=["POST"])
        app.wsgi_app = Protected(app.wsgi_app, https=False)  # type: ignore[method-assign]  # because Flask says so
        return app

    def page(self) -> str:
        """The page itself, in Vietnamese or English."""
        chosen = request.args.get("lang", "vi")
        lang = chosen if chosen in LANGUAGES else "vi"
        words = WORDS[lang]
        return render_template(
            "virtual.html",
            lang=lang,
            words=words,
            said=words["said"],
            token=self._token,
            keypad=KEYPAD,
            desks=self._hands.desks(),
        )

    def events(self) -> Response:
        """Every showing from now on, the present ones first; resumes behind Last-Event-ID."""
        if not self._places.acquire(blocking=False):
            abort(503, "too many pages are open")
        life, _, version = request.headers.get("Last-Event-ID", "").partition(".")
        seen = int(version) if life == self._life and version.isdigit() else 0
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return Response(_Stream(self._told(seen), self._places.release), mimetype="text/event-stream", headers=headers)

    def picture(self, device: str, part: str, kind: str) -> Response:
        """The picture that hangs there now, or the sound that is heard; `v` only makes the address new."""
        showing = self._gallery.look(device, part, kind)
        if showing is None or not showing.body:
            abort(404)
        return Response(showing.body, mimetype="audio/wav" if showing.body.startswith(b"RIFF") else "image/png")

    def font(self, name: str) -> Response:
        """The fonts that the boxes use too."""
        return send_from_directory(FONTS, name, max_age=_YEAR_S)

    def deed(self) -> tuple[str, int]:
        """Somebody did something."""
        origin = request.headers.get("Origin")
        token = request.headers.get("X-Goiso-Token", "")
        if not hmac.compare_digest(token, self._token) or origin not in (None, f"http://{request.host}"):
            abort(403)
        if request.mimetype != "application/json":
            abort(415)
        try:
            self._hands.do(decode_deed(request.get_data()))
        except msgspec.DecodeError as error:
            return str(error), 400
        except LookupError as error:
            return str(error.args[0]), 409
        return "", 204

    def _told(self, seen: int) -> Generator[bytes, None, None]:
        """The text of an event stream."""
        yield b"retry: 500\n\n"
        while not self._gallery.closed:
            fresh = self._gallery.wait(seen, BEAT_S)
            for showing in fresh:
                seen = showing.version
                yield self._event(showing)
            if not fresh:
                yield b": still here\n\n"

    def _event(self, showing: Showing) -> bytes:
        event = _Event(
            device=showing.device,
            part=showing.part,
            kind=showing.kind,
            version=showing.version,
            age_s=time.monotonic() - showing.at,
            picture=bool(showing.body),
            facts=dict(showing.facts),
        )
        return f"id: {self._life}.{showing.version}\ndata: ".encode() + _encode(event) + b"\n\n"


class _Stream:
    """The text of a stream, and what is to be done when it ends, however it ends."""

    def __init__(self, text: Generator[bytes, None, None], ended: Callable[[], None]) -> None:
        self._text = text
        self._ended = ended

    def __iter__(self) -> Iterator[bytes]:
        return self._text

    def close(self) -> None:
        """The browser is gone, or the centre is."""
        self._text.close()
        self._ended()
