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
from broker.visit_commands import CorrectPriority
from broker.visit_facts import PriorityCorrected

KEEP_SQL = "INSERT OR IGNORE INTO cards (day, card, series, ticket) VALUES (?,?,?,?)"
UNKNOWN = ""
"""Under this a visit is counted off whose group nobody knows any more: the hub was started anew since its issue."""
_CARD = re.compile(rb'"(card|appointment|token)"\s*:\s*"(?:[^"\\]|\\.)*"?')


class Book(Protocol):
    """A transaction of the store."""

    def execute(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Further rows."""

    def count_group(self, day: str, group: str, n: int = 1) -> None:
        """So many more visits of a priority group."""


def load(db: Reader, day: str) -> dict[tuple[str, str], list[str]]:
    """(card, series) → tickets of `day`."""
    found: dict[tuple[str, str], list[str]] = {}
    for card, series, ticket in db.execute("SELECT card, series, ticket FROM cards WHERE day = ?", (day,)):
        found.setdefault((card, series), []).append(ticket)
    return found


def keep(book: Book, lobby: Lobby, message: Message, facts: tuple[f.AnyFact, ...]) -> None:
    """What is kept of a number beside the log: a count for its priority group, and for today its card."""
    if isinstance(message, CorrectPriority):
        _count_anew(book, lobby, message, facts)
    issued = next((fact for fact in facts if isinstance(fact, f.Issued)), None)
    if issued is None:
        return
    if (group := getattr(message, "priority", UNSET)) is not UNSET:
        lobby.declared[issued.ticket] = group
        book.count_group(lobby.day, group)
    if (card := getattr(message, "card", UNSET)) is not UNSET:
        lobby.cards.setdefault((card, issued.queue), []).append(issued.ticket)
        book.execute(KEEP_SQL, [(lobby.day, card, issued.queue, issued.ticket)])


def _count_anew(book: Book, lobby: Lobby, message: CorrectPriority, facts: tuple[f.AnyFact, ...]) -> None:
    for fact in facts:
        if isinstance(fact, PriorityCorrected):
            declared = lobby.declared.pop(fact.ticket, UNKNOWN)
            if fact.before:
                book.count_group(lobby.day, declared, -1)
            if fact.after:
                lobby.declared[fact.ticket] = message.group
                book.count_group(lobby.day, message.group)


def hidden(payload: bytes) -> bytes:
    """A message that could not be read, without what stood for a card or an appointment in it."""
    return _CARD.sub(rb'"\1":"-"', payload)
