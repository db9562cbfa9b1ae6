"""The board as a process: what is heard becomes pictures, and what was announced is remembered.

Rules: one owner thread; every new call gets a picture of its own, in the order of the calls; the picture goes out
before the journal is written, so that a disk never delays a call, the voice begins after it; the time of people
(silence, pulses, turns) is monotonic, only the clock on the wall is the business's.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from msgspec import Struct

from appliance.runtime.clock import Clock
from appliance.runtime.health import HealthReport, PartChanged
from appliance.runtime.link import Heard, Link, LinkUp, Unreadable
from appliance.runtime.outbox import NotKept, Outbox
from appliance.runtime.site_words import SiteHeard, Words
from appliance.runtime.stage import Stage
from appliance.sound.player import SoundEnded
from appliance.wire.choices import ClockQuality
from appliance.wire.messages import CallsState, DeskState, HubBeat, QueueState, SiteState
from appliance.wire.site import SiteDocument
from display_board.announce import Announcer, announce, next_step_at
from display_board.board import STALE_AFTER_S, Board, becomes_stale_at, hear, is_stale, link_came_up
from display_board.calls import Called, calls_at_desks
from display_board.compose import Moment, Scene
from display_board.doubts import garbled, strangers
from display_board.feeds import Feed
from display_board.voice import VoiceFeed

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


@dataclass(frozen=True)
class Parts:
    """What the app is made of; `monotonic` gives the seconds of people. Without `words` the board shows no names.

    `desks` and `counters` are those that its configuration names.
    """

    link: Link
    outbox: Outbox
    clock: Clock
    zone: ZoneInfo
    feeds: Sequence[Feed]
    stage: Stage
    voices: Sequence[VoiceFeed] = ()
    """Those of the feeds that speak."""
    words: Words | None = None
    desks: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
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
            case SoundEnded():
                for voice in self._parts.voices:
                    voice.heard(event, self._parts.monotonic())
                self._refresh()
            case SiteHeard(words):
                self._words = words
                self._doubt()
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
        if isinstance(message, SiteState):
            self._doubt()
            if self._parts.words:
                self._parts.words.want(message.revision)
        known, fresh = self._announcer.known, self._announce()
        for call in fresh[:-1]:
            self._refresh(call)
        self._refresh(fresh[-1] if fresh else None)
        if self._announcer.known != known:
            self._keep_announced()
        self._speak()

    def _speak(self) -> None:
        now = self._parts.monotonic()
        overs = [voice.speak(now) for voice in self._parts.voices]
        self._wanted = min(self._wanted, *(over for over in overs if over is not None), now + LOOK_AGAIN_S)

    def _announce(self) -> tuple[Called, ...]:
        """The calls that are new, oldest first. Desks alone say nothing about what came before: the list must."""
        if self._board.calls is None:
            return ()
        self._announcer, fresh = announce(self._announcer, calls_at_desks(self._board), self._parts.monotonic())
        return fresh

    def _doubt(self) -> None:
        """Tell, once, what is wrong with the configuration or with the centre's texts."""
        named, site, words = self._parts, self._board.site, self._words
        for part, doubt in (
            ("desks", strangers(named.desks, named.counters, site, words)),
            ("texts", garbled(site, words)),
        ):
            self._health.part(part, "degraded" if doubt else "ready", doubt)

    def _refresh(self, lead: Called | None = None) -> None:
        elapsed = self._parts.monotonic()
        moment = Moment(self._parts.clock.now(), elapsed, self._parts.zone, self._quality)
        scene = Scene(self._board, self._announcer, self._words, moment, lead)
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
