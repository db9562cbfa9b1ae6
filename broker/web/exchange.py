"""Bytes in, bytes out: reading bodies and queries, writing answers.

Rules: what cannot be read is refused with the place and the reason; answers are made by the structs they are described
by.
"""

from typing import Any, TypeVar

import msgspec
from flask import Response, request
from msgspec import Struct

from broker.web.errors import ErrorBody, Refusal

S = TypeVar("S", bound=Struct)

_encode = msgspec.json.Encoder().encode
_decoders: dict[type, msgspec.json.Decoder[Any]] = {}


def body(kind: type[S], when_empty: bytes = b"") -> S:
    """The request's body as `kind`. Raises Refusal."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders.setdefault(kind, msgspec.json.Decoder(kind))
    try:
        content: S = decoder.decode(request.get_data(cache=False) or when_empty)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal("malformed", str(error)) from error
    return content


def query(kind: type[S]) -> S:
    """The address's query as `kind`; each name once. Raises Refusal."""
    given = request.args.to_dict(flat=False)
    if any(len(values) > 1 for values in given.values()):
        raise Refusal("malformed", "a name stands twice in the query")
    try:
        return msgspec.convert({name: values[0] for name, values in given.items()}, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Refusal("malformed", str(error)) from error


def json(value: Any, status: int = 200) -> Response:
    """An answer in JSON."""
    return Response(_encode(value), status, mimetype="application/json")


def refuse(error: ErrorBody, status: int) -> Response:
    """A refusal in JSON."""
    response = json(error, status)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        response.headers["Retry-After"] = "5"
    return response


def cacheable(content: bytes, mimetype: str, tag: str, max_age_s: int = 0) -> Response:
    """An answer that a client may keep and ask about by its ETag; 304 where it has it already."""
    response = Response(content, mimetype=mimetype)
    response.set_etag(tag)
    response.headers["Cache-Control"] = f"public, max-age={max_age_s}" if max_age_s else "no-cache"
    response.make_conditional(request)
    return response
