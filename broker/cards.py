"""One open number per citizen card and queue.

Rules: pure; a card is a token that lives one day (`day_cards` keeps it); a queue is told by the series that its numbers
come from, so a visit that was transferred still holds its number; the key of the tokens is not that of the vouchers.
"""

import hashlib
import hmac

from broker.lobby import Lobby, Ticket

OPEN = ("waiting", "called", "parked")


def key(day_key: bytes) -> bytes:
    """The key of the day's card tokens; nobody finds `day_key` from it."""
    return hmac.digest(day_key, b"citizen cards", hashlib.sha256)


def held(lobby: Lobby, card: str, series: str) -> Ticket | None:
    """The open number that `card` has of `series`."""
    taken = (lobby.tickets.get(ticket) for ticket in lobby.cards.get((card, series), ()))
    return next((ticket for ticket in taken if ticket is not None and ticket.status in OPEN), None)


def taken_since(lobby: Lobby, gone: Ticket) -> bool:
    """Whether the card of a visit that is `gone` has an open number of the same series again."""
    return any(gone.id in taken and held(lobby, *key) for key, taken in lobby.cards.items())
