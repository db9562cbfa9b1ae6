"""The head of an HTTP/1.1 request, as far as somebody in the middle must understand it to pass the request on.

Rules: pure; refuses what two readers could understand differently (that is how requests are smuggled).
"""

from dataclasses import dataclass

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


class BadRequest(ValueError):  # noqa: N818  # because it is the name of the answer
    """Not a request that can be passed on."""


@dataclass(frozen=True)
class RequestHead:
    """Method, path without its query, host without its port; the body is `length` bytes, or chunked."""

    method: str
    path: str
    host: str
    length: int = 0
    chunked: bool = False


def parse_head(raw: bytes) -> RequestHead:
    """The head in `raw`, which ends with an empty line. Raises BadRequest."""
    try:
        first, *lines = raw.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
        method, target, version = first.split(" ")
        headers = [(name.lower(), value.strip()) for name, value in (line.split(":", 1) for line in lines)]
    except ValueError:
        raise BadRequest("not a request") from None
    if not version.startswith("HTTP/1.") or not target.startswith("/"):
        raise BadRequest("not a request for this server")
    if any(name != name.strip() or "\n" in value or "\r" in value for name, value in headers):
        raise BadRequest("a header that is none")
    length, chunked = _body(dict(headers), [name for name, _ in headers])
    return RequestHead(method, target.split("?", 1)[0], _host(dict(headers)), length, chunked)


def _host(headers: dict[str, str]) -> str:
    host = headers.get("host", "")
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _body(headers: dict[str, str], names: list[str]) -> tuple[int, bool]:
    coding, length = headers.get("transfer-encoding"), headers.get("content-length")
    if names.count("content-length") + names.count("transfer-encoding") > 1:
        raise BadRequest("a body of two lengths")
    if coding is not None:
        if coding.lower() != "chunked":
            raise BadRequest(f"transfer-encoding {coding}")
        return 0, True
    if length is not None and not (length.isascii() and length.isdigit()):
        raise BadRequest(f"content-length {length}")
    return int(length or 0), False
