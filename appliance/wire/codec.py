"""Structs to bytes and back, and every reason to refuse what came.

Rules: nothing but `Refused` leaves `decode`; nothing larger than `LIMIT` leaves `encode`.
"""

import functools
import re
from datetime import datetime

import msgspec
from msgspec import UNSET

from appliance.wire.choices import ErrorCode
from appliance.wire.ids import CODE_PATTERN, DEVICE_PATTERN
from appliance.wire.messages import Presence, Rating, Up
from appliance.wire.topics import Topic

LIMIT = 4096
"""Largest payload in bytes. A broker that closes the line on a larger one would block all that stands behind it."""

_encode = msgspec.json.Encoder().encode
_is_device = re.compile(DEVICE_PATTERN).fullmatch
_is_bare_digit = re.compile(rb"\s*[0-9]\s*").fullmatch
_is_code = re.compile(CODE_PATTERN).fullmatch


class Refused(ValueError):  # noqa: N818  # because it names what happened to a payload, not a bug
    """A payload that is not what its topic carries: `code` for programs, `str()` for the log."""

    def __init__(self, code: ErrorCode, detail: str) -> None:
        super().__init__(detail)
        self.code: ErrorCode = code


class TooLarge(ValueError):  # noqa: N818  # because it names what is wrong with a message
    """A message of ours that does not fit in `LIMIT` bytes: a fault of the caller."""


@functools.cache
def _decoder(kind: type) -> msgspec.json.Decoder[msgspec.Struct]:
    return msgspec.json.Decoder(kind)


def encode(message: msgspec.Struct) -> bytes:
    """The bytes of a message. Raises TooLarge above `LIMIT` bytes."""
    if isinstance(message, Presence):
        return message.state.encode()
    payload = _encode(message)
    if len(payload) > LIMIT:
        raise TooLarge(f"{type(message).__name__} takes {len(payload)} bytes, the limit is {LIMIT}")
    return payload


def decode(topic: Topic, payload: bytes, fresh_id: str = "") -> msgspec.Struct:
    """The message that `payload` carries on `topic`; a bare digit on a rating topic becomes a Rating with `fresh_id`.

    Raises Refused.
    """
    if len(payload) > LIMIT:
        raise Refused("too_large", f"{len(payload)} bytes, the limit is {LIMIT}")
    try:
        if topic.type is Presence:
            return msgspec.convert({"state": payload.decode()}, Presence)
        if topic.type is Rating and fresh_id and _is_bare_digit(payload):
            return msgspec.convert({"id": fresh_id, "level": int(payload)}, Rating)
        message: msgspec.Struct = _decoder(topic.type).decode(payload)
        if isinstance(message, Up) and message.at is not UNSET:
            datetime.fromisoformat(message.at)  # the pattern lets the 30th of February pass
    except (ValueError, RecursionError) as error:  # msgspec's and Unicode's errors are ValueErrors
        raise Refused("malformed", str(error)) from error
    return message


def is_device(name: str) -> bool:
    """Whether `name` may be a device's id."""
    return _is_device(name) is not None


def is_code(name: str) -> bool:
    """Whether `name` may be a desk's, counter's, queue's or service's id."""
    return _is_code(name) is not None
