"""Presses on their way into the counts of weeks.

Rules: the hub's writer adds them in the transaction of the press; nothing else about presses is kept beside the log.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from msgspec import UNSET

from appliance.runtime.clock import seconds
from appliance.wire.messages import Rating
from appliance.wire.parts import Opening
from broker import facts as f
from broker.commands import Message
from broker.integrity.hands import marks, moment, remembered
from broker.integrity.weeks import monday
from broker.lobby import Lobby, Pressed
from broker.rating_facts import OfRating

LATE_MS = 30_000
"""A press out of a journal that is heard of so much later had to wait there, or its terminal has another time."""
COUNT_SQL = """
    INSERT INTO press_weeks (week, desk, measure, bucket, n) VALUES (?,?,?,?,?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n"""


class Book(Protocol):
    """A transaction of the store."""

    def execute(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Further rows."""


def keep(book: Book, lobby: Lobby, message: Message, facts: tuple[f.AnyFact, ...], now: int) -> None:
    """Count a press, heard at `now` (Unix ms), in its desk's week, and remember in the lobby when it was."""
    if not isinstance(message, Rating) or not facts or not isinstance(facts[0], OfRating):
        return
    fact, before = facts[0], lobby.pressed.get(facts[0].desk, Pressed())
    when = moment(lobby.calendar, *_pressed(message, now))
    week = monday(lobby.day)
    book.execute(COUNT_SQL, [(week, fact.desk, *mark, 1) for mark in marks(before, fact, when, lobby.site.hours)])
    lobby.pressed[fact.desk] = remembered(before, when)


def _pressed(message: Rating, now: int) -> tuple[int, bool]:
    """When a press was made (Unix ms), and whether nobody can tell because it waited in its terminal's journal."""
    if isinstance(message.opening, Opening):
        return round(seconds(message.opening.until) * 1000) - message.opening.left_ms, False
    waited = message.epoch is not UNSET and message.at is not UNSET and abs(now - seconds(message.at) * 1000) > LATE_MS
    return now, waited
