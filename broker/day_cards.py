"""Where the open day's card tokens are kept: in a table beside the log, which ends with the day.

Rules: a token stands in no fact, no answer and no message that was set aside; the hub's writer alone comes here.
"""

import re
from collections.abc import Iterable
from typing import Any, Protocol

from msgspec import UNSET

from broker import facts as f
from broker.commands import Message
from broker.lobby import Lobby
from broker.reader import Reader

KEEP_SQL = """
    INSERT INTO cards (day, card, series, ticket) VALUES (?,?,?,?)
    ON CONFLICT DO UPDATE SET ticket = excluded.ticket"""
_CARD = re.compile(rb'"card"\s*:\s*"(?:[^"\\]|\\.)*"?')


class Book(Protocol):
    """A transaction of the store."""

    def execute(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Further rows."""

    def count_group(self, day: str, group: str) -> None:
        """One more visit of a priority group."""


def load(db: Reader, day: str) -> dict[tuple[str, str], str]:
    """(card, series) → ticket of `day`."""
    rows = db.execute("SELECT card, series, ticket FROM cards WHERE day = ?", (day,))
    return {(card, series): ticket for card, series, ticket in rows}


def keep(book: Book, lobby: Lobby, message: Message, facts: tuple[f.AnyFact, ...]) -> None:
    """What is kept of an issued number beside the log: a count for its priority group, and for today its card."""
    issued = next((fact for fact in facts if isinstance(fact, f.Issued)), None)
    if issued is None:
        return
    if (group := getattr(message, "priority", UNSET)) is not UNSET:
        book.count_group(lobby.day, group)
    if (card := getattr(message, "card", UNSET)) is not UNSET:
        lobby.cards[card, issued.queue] = issued.ticket
        book.execute(KEEP_SQL, [(lobby.day, card, issued.queue, issued.ticket)])


def hidden(payload: bytes) -> bytes:
    """A message that could not be read, without what stood for a card in it."""
    return _CARD.sub(b'"card":"-"', payload)
