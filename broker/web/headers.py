"""What every answer tells the browser not to do.

Rules: no script or style inside a page, nothing from another host, no framing, no guessing of types, no referrer.
"""

from werkzeug.datastructures import Headers

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_STRICT_TRANSPORT = "max-age=31536000"


def protect(headers: Headers, https: bool) -> None:
    """Add the security headers, and forbid caching unless the view has said otherwise."""
    for name, value in _ALWAYS:
        headers[name] = value
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    if https:
        headers["Strict-Transport-Security"] = _STRICT_TRANSPORT
