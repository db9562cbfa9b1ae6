"""The seal of the log: each row's hash covers the row and the hash before it, so that any change shows.

hash[i] = SHA-256(hash[i-1] ‖ row[i] as JSON array), hash[0] = 32 zero bytes.
Rules: pure; the order and spelling of fields never change.
"""

import hashlib
from typing import NamedTuple

import msgspec

GENESIS = bytes(32)
_encode = msgspec.json.Encoder().encode


class Row(NamedTuple):
    """One row of the log without its hash."""

    seq: int
    id: str
    site: str
    day: str
    at: int
    kind: str
    body: str


def seal(previous: bytes, row: Row) -> bytes:
    """The 32-byte hash of `row` after `previous`."""
    return hashlib.sha256(previous + _encode(row)).digest()
