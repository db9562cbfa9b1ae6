"""Citizen cards on the wire: never a card's number, only a token of it that means nothing on another day.

token = the first 16 bytes of HMAC-SHA-256(key, the number's 12 digits), in hex; the hub makes the key each day and
destroys it at night. Rules: pure.
"""

import hashlib
import hmac

from appliance.wire.ids import DayKey
from appliance.wire.messages import Down


class CardKey(Down, frozen=True):
    """To a device with a scanner: the key of `day` for card tokens. It is kept in memory only."""

    day: str
    key: DayKey


def token(key: bytes, number: str) -> str:
    """What stands for the card `number` on the day of `key`, 32 hex digits."""
    return hmac.digest(key, number.encode("ascii"), hashlib.sha256)[:16].hex()
