"""Who asked for a number and got none: part of the log's one list in `broker.facts`.

Rules: pure; a fact names the wish and the reason, never who asked: one person who tries twice is refused twice.
"""

from typing import Literal

from broker.fact import Fact

Why = Literal["closed", "before_break", "today", "held", "appointment", "unknown"]
"""The centre was closed; no time was left before the break, or before the day's end; the card has an open number of
that queue; the appointment is not known, too early, or has its number; no such service or priority group."""


class NumberRefused(Fact, frozen=True, tag="number_refused"):
    """Somebody asked for a number and got none. `queue` and `service` are "" where the wish names none."""

    queue: str
    service: str
    why: Why


class OfferTaken(Fact, frozen=True, tag="offer_taken"):
    """Who had been refused for lack of time took what was offered instead, and got a number after all."""

    queue: str
    service: str


RefusalFact = NumberRefused | OfferTaken
