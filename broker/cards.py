"""One open number per citizen card and queue.

Rules: pure; a card is a token that lives one day (`day_cards` keeps it); a queue is told by the series that its numbers
come from, so a visit that was transferred still holds its number; the key of the tokens is not that of the vouchers.
"""

import hashlib
import hmac

from appliance.wire.told import Words
from broker.lobby import Lobby, Ticket
from broker.refusals import Refusal

OPEN = ("waiting", "called", "parked")


def key(day_key: bytes) -> bytes:
    """The key of the day's card tokens; nobody finds `day_key` from it."""
    return hmac.digest(day_key, b"citizen cards", hashlib.sha256)


def held(lobby: Lobby, card: str, series: str) -> Ticket | None:
    """The open number that `card` has of `series`."""
    taken = (lobby.tickets.get(ticket) for ticket in lobby.cards.get((card, series), ()))
    return next((ticket for ticket in taken if ticket is not None and ticket.status in OPEN), None)


def in_the_way(lobby: Lobby, gone: Ticket) -> Refusal | None:
    """Why a visit that is `gone` cannot come back: its card has an open number of the same series. None: it can."""
    others = (held(lobby, *key) for key, taken in lobby.cards.items() if gone.id in taken)
    other = next(filter(None, others), None)
    if other is None:
        return None
    vi = (
        f"Công dân này đã lấy số {other.number} ở cùng hàng chờ bằng cùng thẻ. Hãy dùng số {other.number}; "
        f"muốn dùng lại số này thì lễ tân phải hủy số {other.number} trước."
    )
    en = (
        f"This person took number {other.number} of the same queue with the same card. Use {other.number}; "
        f"to use this number again, reception must cancel {other.number} first."
    )
    return Refusal("wrong_state", Words(vi=vi, en=en), ticket=other.id)
