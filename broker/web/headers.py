"""What every answer tells the browser not to do.

Rules: no script or style inside a page, nothing from another host, no framing but by our own pages (the desk's small
window), no guessing of types, no referrer; added outside the application, so that no answer gets past it.
"""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-src 'self'",
        "frame-ancestors 'self'",
    )
)
_ALWAYS = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
]
_STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")
_NOT_KEPT = ("Cache-Control", "no-store")


class Protected:
    """A WSGI application whose answers carry the headers, and may not be cached unless they say so themselves."""

    def __init__(self, application: WSGIApplication, https: bool) -> None:
        self._application = application
        self._headers = [*_ALWAYS, _STRICT_TRANSPORT] if https else _ALWAYS

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does, with the headers added."""

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            kept = any(name == "Cache-Control" for name, _ in headers)
            return start_response(status, [*headers, *self._headers, *(() if kept else (_NOT_KEPT,))], error)

        return self._application(environ, start)
