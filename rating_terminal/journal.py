"""Presses on disk: what is kept of each, and what is told of it later.

Rules: a press is on disk before anybody thanks for it, and with a vote the fact that its visit has voted; a clock that
was never set dates nothing: the press says how much was left of its visit's time, and that suffices.
"""

import uuid
from collections.abc import Callable
from zoneinfo import ZoneInfo

from msgspec import UNSET, UnsetType

from appliance.runtime.clock import Clock, instant
from appliance.runtime.outbox import Outbox
from appliance.wire.messages import Rating
from appliance.wire.parts import LONGEST_MS, Opening
from rating_terminal.session import Arming, Keep, Moment
from rating_terminal.talk import Tell

VOTED = "voted"


class Journal:
    """Writes ratings into `outbox`. Every method raises NotKept when the disk refuses."""

    def __init__(
        self, outbox: Outbox, clock: Clock, zone: ZoneInfo, new_id: Callable[[], str] = lambda: str(uuid.uuid4())
    ) -> None:
        self._outbox = outbox
        self._clock = clock
        self._zone = zone
        self._new_id = new_id

    def keep(self, press: Keep, moment: Moment, blind: bool) -> None:
        """The press, and with a vote that this visit has it: a restart must not ask again."""
        with self._outbox.atomic():
            self._outbox.record(
                Rating(
                    id=self._new_id(),
                    at=self._at(),
                    level=press.level,
                    opening=_opening(press, moment),
                    blind=True if blind and press.arming is None else UNSET,
                )
            )
            if press.arming is not None and press.press:
                self._outbox.remember(VOTED, press.arming.key)

    def tell(self, added: Tell, moment: Moment) -> None:
        """What was added to a vote."""
        self._outbox.record(
            Rating(
                id=self._new_id(),
                at=self._at(),
                level=added.vote.level,
                opening=_opening(added.vote, moment),
                reasons=added.reasons or UNSET,
                answers=dict(added.answers) or UNSET,
            )
        )

    def has_voted(self, arming: Arming) -> bool:
        """Whether this visit's vote is on disk."""
        return self._outbox.recall(VOTED) == arming.key

    def _at(self) -> str | UnsetType:
        return UNSET if self._clock.quality() == "unset" else instant(self._clock.now(), self._zone)


def _opening(press: Keep, moment: Moment) -> Opening | None:
    if press.arming is None:
        return None
    left_ms = round((press.arming.until - moment.now) * 1000)
    return Opening(until=press.arming.said, left_ms=min(max(0, left_ms), LONGEST_MS), press=press.press)
