"""The board as a process: what is heard becomes pictures, and what was announced is remembered.

Rules: one owner thread; the picture goes out before the journal is written, so that a disk never delays a call; the
time of people (silence, pulses, turns) is monotonic, only the clock on the wall is the business's.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from appliance.runtime.clock import Clock
from appliance.runtime.health import HealthReport
from appliance.runtime.link import Heard, Link, LinkUp, Unreadable
from appliance.runtime.outbox import NotKept, Outbox
from appliance.runtime.site_words import SiteHeard
from appliance.runtime.stage import Stage
from appliance.wire.messages import CallsState, ClockQuality, DeskState, HubBeat, PartState, QueueState, SiteState
from appliance.wire.site import SiteDocument
from display_board.announce import Announcer, announce, next_step_at
from display_board.board import STALE_AFTER_S, Board, becomes_stale_at, hear, is_stale, link_came_up
from display_board.compose import Moment
from display_board.feeds import Feed, Scene

logger = logging.getLogger(__name__)

HEARS: tuple[tuple[type, str], ...] = (
    (SiteState, ""),
    (CallsState, ""),
    (HubBeat, ""),
    (QueueState, "+"),
    (DeskState, "+"),
)
ANNOUNCED = "announced"
LOOK_AGAIN_S = 20.0
"""However quiet it is, the clock on the wall is looked at this often: it may have been set."""


class PartChanged(NamedTuple):
    """A driver says how its part is."""

    part: str
    state: PartState
    reason: str


class Words(Protocol):
    """Who fetches the names and texts of the centre, and posts `SiteHeard`."""

    def start(self) -> None:
        """Begin; a copy from the disk comes at once."""

    def want(self, revision: str) -> None:
        """The hub has this revision now."""

    def stop(self) -> None:
        """End."""


@dataclass(frozen=True)
class Parts:
    """What the app is made of; `monotonic` gives the seconds of people. Without `words` the board shows no names."""

    link: Link
    outbox: Outbox
    clock: Clock
    zone: ZoneInfo
    feeds: Sequence[Feed]
    stage: Stage
    words: Words | None = None
    monotonic: Callable[[], float] = time.monotonic


class BoardApp:
    """Hears the hub, composes views and feeds every output."""

    def __init__(self, parts: Parts, versions: dict[str, str]) -> None:
        self._parts = parts
        self._board = Board(parts.monotonic())
        self._announcer = Announcer()
        self._words: SiteDocument | None = None
        self._quality: ClockQuality = "unset"
        self._wanted = 0.0
        self._health = HealthReport(parts.link.publish, logger, versions)

    def start(self) -> None:
        """Open the outputs, then the line."""
        remembered = self._parts.outbox.recall(ANNOUNCED)
        if remembered is not None:
            self._announcer = Announcer(known=tuple(remembered.split()))
        self._board = Board(self._parts.monotonic())
        for feed in self._parts.feeds:
            feed.start()
        if self._parts.words:
            self._parts.words.start()
        self.tick()
        self._parts.link.start()

    def handle(self, event: object) -> None:
        """Take what the link and the drivers say."""
        match event:
            case Heard(_, place, message):
                self._hear(place, message)
            case LinkUp():
                self._board = link_came_up(self._board)
                self._health.send()
            case PartChanged(part, state, reason):
                self._health.part(part, state, reason)
            case SiteHeard(words):
                self._words = words
                self._refresh()
            case Unreadable(topic, code, detail):
                logger.warning("%s carries what this board cannot read: %s: %s", topic, code, detail)

    def tick(self) -> None:
        """Time alone changed something: a minute, a pulse, a turn of the list, silence."""
        self._quality = self._parts.clock.quality()
        self._health.clock(self._quality)
        self._refresh()

    def deadline(self) -> float | None:
        """When time alone changes the picture next."""
        return self._wanted

    def stop(self) -> None:
        """Close everything."""
        self._parts.link.stop()
        for feed in self._parts.feeds:
            feed.stop()
        if self._parts.words:
            self._parts.words.stop()
        self._parts.stage.close()
        self._parts.outbox.close()

    def _hear(self, place: str, message: Struct) -> None:
        before, self._board = self._board, hear(self._board, place, message, self._parts.monotonic())
        if self._board is before:
            return
        self._health.hub(self._board.gen)
        if self._parts.words and isinstance(message, SiteState):
            self._parts.words.want(message.revision)
        calls = self._board.calls
        if calls is None or calls is before.calls:
            self._refresh()
            return
        self._announcer, fresh = announce(self._announcer, calls.calls, self._parts.monotonic())
        self._refresh()
        if fresh or before.calls is None:
            self._keep_announced()

    def _refresh(self) -> None:
        elapsed = self._parts.monotonic()
        moment = Moment(self._parts.clock.now(), elapsed, self._parts.zone, self._quality)
        scene = Scene(self._board, self._announcer, self._words, moment)
        turns = [feed.refresh(scene) for feed in self._parts.feeds]
        stale = is_stale(self._board, elapsed)
        if stale:
            self._health.part("hub", "fault", f"nothing heard for {STALE_AFTER_S:.0f} s; is the hub running?")
        elif self._board.beat is not None:
            self._health.part("hub", "ready")
        silence = None if stale else becomes_stale_at(self._board)
        steps = [silence, next_step_at(self._announcer, elapsed), self._next_minute(moment), *turns]
        self._wanted = min(step for step in [elapsed + LOOK_AGAIN_S, *steps] if step is not None)

    def _next_minute(self, moment: Moment) -> float | None:
        pace = self._parts.clock.pace()
        return moment.elapsed + (60 - moment.now % 60) / pace if pace > 0 else None

    def _keep_announced(self) -> None:
        try:
            self._parts.outbox.remember(ANNOUNCED, " ".join(self._announcer.known or ()))
        except NotKept as error:
            self._health.part("journal", "fault", f"{error}; calls may be announced again after a restart")
        else:
            self._health.part("journal", "ready")
