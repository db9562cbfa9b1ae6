"""The terminal as a process: edges become presses, presses become journal entries, and only then lamps.

Rules: one owner thread; a press is on disk before anything thanks for it; an event leaves the journal only on the hub's
acknowledgement; without the hub everything goes on and is told later.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct

from appliance.display.touches import Touches
from appliance.input.contacts import Contacts
from appliance.input.debounce import Edge, Freed, News, Pressed, Stuck, Together
from appliance.runtime.clock import Clock, seconds
from appliance.runtime.health import HealthReport, PartChanged
from appliance.runtime.hub_time import HubTime
from appliance.runtime.link import Heard, Link, LinkDown, LinkUp, Unreadable
from appliance.runtime.outbox import NotKept, Outbox
from appliance.runtime.site_words import SiteHeard, Words
from appliance.runtime.stage import Stage
from appliance.wire.choices import ClockQuality
from appliance.wire.messages import Ack, DeskState, HubBeat, SiteState
from rating_terminal import session, talk
from rating_terminal.face import Shown, face
from rating_terminal.journal import Journal
from rating_terminal.ports import Panel, Touched
from rating_terminal.session import Armed, Arming, Chosen, Disarmed, Kept, Lost, Moment, Muddled, Session, TimeUp
from rating_terminal.talk import NextVisit, Talk, TimePassed, Voted

logger = logging.getLogger(__name__)

LOOK_AGAIN_S = 1.0
"""An armed terminal looks at the business clock this often: it may have been set, or go at another pace."""


def hears(device: str, desk: str) -> tuple[tuple[type, str], ...]:
    """What a terminal listens to."""
    return ((DeskState, desk), (SiteState, ""), (HubBeat, ""), (Ack, device))


@dataclass(frozen=True)
class Parts:
    """What the app is made of; `asks`: the panel can show what is asked after a vote.

    `monotonic` gives the seconds of hands.
    """

    link: Link
    outbox: Outbox
    journal: Journal
    clock: Clock
    panel: Panel
    stage: Stage
    levels: int
    desk: str
    asks: bool = False
    words: Words | None = None
    monotonic: Callable[[], float] = time.monotonic


class RatingApp:
    """Between a panel and the hub."""

    def __init__(self, parts: Parts, versions: dict[str, str]) -> None:
        self._parts = parts
        self._buttons = Contacts((False,) * parts.levels, 0.0)
        self._touches = Touches()
        self._session = Session()
        self._talk = Talk()
        self._desk: DeskState | None = None
        self._gen = 0
        self._hub_time = HubTime()
        self._quality: ClockQuality = "unset"
        self._shown = Shown(parts.levels, parts.desk)
        self._health = HealthReport(parts.link.publish, logger, versions)

    def start(self) -> None:
        """Open the panel, then the line. Raises CannotStart."""
        down = self._parts.panel.start()
        self._buttons = Contacts(down, self._parts.monotonic())
        self._health.part("panel", "ready")
        if self._parts.words:
            self._parts.words.start()
        self._look_at_clock()
        self._show()
        self._parts.link.start()

    def handle(self, event: object) -> None:
        """Take what the panel, the link and the words say."""
        match event:
            case Edge():
                self._take(self._buttons.feel(event, self._parts.monotonic()))
            case Touched():
                self._touch(event)
            case Heard(_, _, message):
                self._hear(message)
            case LinkUp():
                self._parts.outbox.forget_in_flight()
                self._tell_journal()
                self._health.send()
            case LinkDown():
                self._parts.outbox.forget_in_flight()
            case SiteHeard(site):
                self._shown = self._shown.named(site)
            case PartChanged(part, state, reason):
                self._health.part(part, state, reason)
            case Unreadable(topic, code, detail):
                logger.warning("%s carries what this terminal cannot read: %s: %s", topic, code, detail)
        self._tell_hub()
        self._show()

    def tick(self) -> None:
        """Time alone changed something: a contact settled, a remark is over, an event is due again."""
        self._take(self._buttons.settle(self._parts.monotonic()))
        self._look_at_clock()
        self._feed(TimeUp())
        self._speak(TimePassed())
        self._tell_hub()
        self._show()

    def deadline(self) -> float | None:
        """When `tick` is wanted next."""
        moment = self._moment()
        ends = [self._buttons.deadline(), session.deadline(self._session, moment), self._talk.deadline(moment.elapsed)]
        if self._session.arming is not None:
            ends.append(moment.elapsed + LOOK_AGAIN_S)
        if self._parts.link.connected:
            ends.append(self._parts.outbox.next_due(moment.elapsed))
        return min((end for end in ends if end is not None), default=None)

    def stop(self) -> None:
        """Close everything; what somebody has begun to add to a vote is kept first."""
        self._speak(NextVisit())
        self._parts.link.stop()
        self._parts.panel.stop()
        if self._parts.words:
            self._parts.words.stop()
        self._parts.stage.close()
        self._parts.outbox.close()

    # ------------------------------------------------------------------------------------------------- the panel

    def _take(self, news: tuple[News, ...]) -> None:
        for item in news:
            match item:
                case Pressed(level):
                    self._feed(Chosen(level))
                case Together():
                    self._feed(Muddled())
                case Stuck() | Freed():
                    self._tell_stuck()

    def _touch(self, touched: Touched) -> None:
        if not self._touches.counts(touched.x, touched.y, self._parts.monotonic()):
            return
        if isinstance(touched.meaning, Chosen):
            self._feed(touched.meaning)
        else:
            self._speak(touched.meaning)

    def _tell_stuck(self) -> None:
        stuck = self._buttons.stuck()
        reason = f"button {', '.join(map(str, stuck))} does not come up; free it" if stuck else ""
        self._health.part("panel", "degraded" if stuck else "ready", reason)

    def _feed(self, event: session.Event) -> None:
        moment, before = self._moment(), self._session.arming
        self._session, effects = session.step(self._session, event, moment)
        if self._session.arming != before:
            self._speak(NextVisit())
        for press in effects:
            blind = self._hub_time.silent(moment.elapsed)
            if not self._kept(lambda press=press, blind=blind: self._parts.journal.keep(press, moment, blind)):  # type: ignore[misc]  # because the checker sees no types in defaults
                self._feed(Lost(press.level))
                continue
            self._feed(Kept(press.level))
            if press.press and self._parts.asks:
                self._speak(Voted(press))

    def _speak(self, event: talk.Event) -> None:
        moment = self._moment()
        self._talk, added = talk.step(self._talk, event, moment.elapsed, self._shown.offer())
        for what in added:
            self._kept(lambda what=what: self._parts.journal.tell(what, moment))  # type: ignore[misc]  # because of the same

    def _kept(self, write: Callable[[], None]) -> bool:
        try:
            write()
        except NotKept as error:
            self._health.part("journal", "fault", str(error))
            return False
        self._tell_journal()
        self._health.part("journal", "ready")
        return True

    def _tell_journal(self) -> None:
        self._health.journal(self._parts.outbox.epoch, self._parts.outbox.highest)

    def _show(self) -> None:
        shown = face(self._session, self._talk, self._shown, self._buttons.stuck(), self._moment())
        if shown != self._shown.face:
            self._shown = self._shown.with_face(shown)
            self._parts.panel.show(shown)

    # --------------------------------------------------------------------------------------------------- the hub

    def _hear(self, message: Struct) -> None:
        match message:
            case Ack(epoch=epoch, upto=upto, gen=gen) if gen >= self._gen:
                self._parts.outbox.acknowledge(epoch, upto)
            case DeskState() if self._desk is None or (message.gen, message.rev) > (self._desk.gen, self._desk.rev):
                self._desk = message
                self._arm(message)
            case HubBeat(gen=gen, at=at) if gen >= self._gen:
                self._gen = gen
                self._hub_time = self._hub_time.beat(seconds(at), self._parts.monotonic())
                self._health.hub(gen)
            case SiteState(revision=revision) if self._parts.words:
                self._parts.words.want(revision)

    def _arm(self, desk: DeskState) -> None:
        if not desk.armed_until or not desk.armed_ticket:
            self._feed(Disarmed())
            return
        until = desk.armed_until
        arming = Arming(desk.armed_ticket, seconds(until), until, desk.armed_lang or "")
        self._feed(Armed(arming, voted=self._parts.journal.has_voted(arming)))

    def _tell_hub(self) -> None:
        if self._parts.link.connected:
            for message in self._parts.outbox.due(self._parts.monotonic()):
                self._parts.link.publish(message)

    def _look_at_clock(self) -> None:
        self._quality = self._parts.clock.quality()
        self._health.clock(self._quality)

    def _moment(self) -> Moment:
        """Now. A terminal whose own clock is not sure goes by the hub's heartbeat."""
        elapsed, pace = self._parts.monotonic(), self._parts.clock.pace()
        hubs = None if self._quality == "synced" else self._hub_time.now(elapsed, pace)
        return Moment(self._parts.clock.now() if hubs is None else hubs, elapsed, pace)
