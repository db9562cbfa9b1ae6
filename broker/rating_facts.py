"""What was said of a visit: the facts of `broker.ratings`, part of the log's one list in `broker.facts`.

Rules: pure; a rating fact names no ticket, only a voucher that nobody can resolve once the day's key is destroyed; its
row keeps the hour, not the second, and reasons are booked to their week.
"""

from typing import Literal

import msgspec

from broker.fact import Fact

Channel = Literal["button", "phone"]


class OfRating(Fact, frozen=True, kw_only=True):
    """A press: its row in the log keeps the hour, not the second."""

    desk: str
    counter: str
    level: int


class Rated(OfRating, frozen=True, tag="rated"):
    """One vote, booked to the local hour that starts at `hour` (ms).

    `replaces` is the level of the vote it corrects; `latency` a class from 0 (under 2 s) to 4 (a minute or more);
    `press` which of a terminal's presses for this visit it was, from 1, or 0 where nobody numbered them. `compared`:
    the visit has voted through the other channel, whose vote counts; this one stands beside it only.
    """

    voucher: str
    queue: str
    service: str
    latency: int
    hour: int
    replaces: int = 0
    press: int = 0
    channel: Channel = "button"
    compared: bool = False


class RatingSuppressed(OfRating, frozen=True, tag="rating_suppressed"):
    """A further press for a visit that has voted: kept, not counted."""


class RatingOrphan(OfRating, frozen=True, tag="rating_orphan"):
    """A press while no visit was to be rated: kept, not counted."""


class RatingLate(OfRating, frozen=True, tag="rating_late"):
    """A press whose visit nobody can tell any more, through nobody's fault: kept, not counted, no orphan.

    Its terminal had no word of the hub when it was pressed, or the press waited until its visit's day was over.
    """


class RatingExplained(Fact, frozen=True, tag="rating_explained", kw_only=True):
    """What a visit added to its vote, booked to the local week that starts at `week` (ms): ids of the centre's own.

    `reasons` were chosen from a list; `answers` says to which questions the answer was yes, to which no.
    """

    desk: str
    counter: str
    voucher: str
    queue: str
    service: str
    week: int
    channel: Channel = "button"
    reasons: tuple[str, ...] = ()
    answers: dict[str, bool] = msgspec.field(default_factory=dict)


RATING_FACTS = (Rated, RatingSuppressed, RatingOrphan, RatingLate, RatingExplained)
"""Facts whose row keeps the hour only."""
