"""The keypad as a process: keys become wishes, wishes become messages, and the hub's answer becomes lamps.

Rules: one owner thread; a press says until when it may be carried out, by the hub's own clock, and which visit was at
the desk; it is asked under one id until it is answered; nothing is kept on disk (decision 0030).
"""

import logging
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct
from msgspec.structs import replace

from appliance.input.contacts import Contacts
from appliance.input.debounce import Edge, Freed, News, Pressed, Stuck
from appliance.runtime.clock import Clock, instant, seconds
from appliance.runtime.health import HealthReport
from appliance.runtime.hub_time import HubTime
from appliance.runtime.link import Heard, Link, LinkDown, LinkUp, Unreadable
from appliance.runtime.stage import Stage
from appliance.wire.messages import Answer, DeskAction, DeskState, HubBeat
from desk_keypad import keypad
from desk_keypad.events import Answered, DeskTold, Event, HubCame, HubWent, Moment, Send, TimeUp
from desk_keypad.face import face
from desk_keypad.keymap import Struck
from desk_keypad.keypad import Keypad, State
from desk_keypad.ports import Confirms, DisplayIs, Face, KeyDown, Keys, KeysAre
from desk_keypad.wishes import Plan

logger = logging.getLogger(__name__)

WISH_S = 5.0
"""A press means now: the hub does not carry it out later than this."""
NOT_OURS = "the hub gives this keypad no such desk; check keypad.desk, and keypad_desks of the hub"
UTC = ZoneInfo("UTC")


def hears(device: str, desk: str) -> tuple[tuple[type, str], ...]:
    """What a keypad listens to."""
    return ((DeskState, desk), (HubBeat, ""), (Answer, device))


@dataclass(frozen=True)
class Parts:
    """What the app is made of. `keymap`: what each key means; of buttons in the order of their numbers.

    `monotonic` gives the seconds of hands, `new_id` the id of a press.
    """

    link: Link
    clock: Clock
    keys: Keys
    confirms: tuple[Confirms, ...]
    stage: Stage
    desk: str
    keymap: Mapping[str, Struck]
    plan: Plan
    monotonic: Callable[[], float] = time.monotonic
    new_id: Callable[[], str] = lambda: str(uuid.uuid4())


class KeypadApp:
    """Between a clerk's keys and the hub."""

    def __init__(self, parts: Parts, versions: dict[str, str]) -> None:
        self._parts = parts
        self._keypad = Keypad()
        self._buttons = Contacts((), 0.0)
        self._names = tuple(parts.keymap)
        self._desk: DeskState | None = None
        self._hub_time = HubTime()
        self._gen = 0
        self._here = False
        self._message: DeskAction | None = None
        self._face: Face | None = None
        self._health = HealthReport(parts.link.publish, logger, versions)

    def start(self) -> None:
        """Open keys and lamps, then the line. Raises CannotStart."""
        for part in self._parts.confirms:
            part.start()
        self._buttons = Contacts(self._parts.keys.start(), self._parts.monotonic())
        self._health.clock(self._parts.clock.quality())
        self._show()
        self._parts.link.start()

    def handle(self, event: object) -> None:
        """Take what keys and link say."""
        match event:
            case KeyDown(key):
                self._strike(key)
            case Edge():
                self._take(self._buttons.feel(event, self._parts.monotonic()))
            case KeysAre(present, detail):
                self._health.part("keys", "ready" if present else "fault", detail)
            case DisplayIs(present, detail):
                self._health.part("screen", "ready" if present else "fault", detail)
            case Heard(_, _, message):
                self._hear(message)
            case LinkUp():
                self._health.send()
            case Unreadable(topic, code, detail):
                logger.warning("%s carries what this keypad cannot read: %s: %s", topic, code, detail)
            case LinkDown():
                pass
        self._look_for_hub()
        self._show()

    def tick(self) -> None:
        """Time alone changed something: a contact settled, a press is due again, the hub has been silent."""
        self._take(self._buttons.settle(self._parts.monotonic()))
        self._health.clock(self._parts.clock.quality())
        self._look_for_hub()
        self._feed(TimeUp())
        self._show()

    def deadline(self) -> float | None:
        """When `tick` is wanted next."""
        silence = self._hub_time.silent_at if self._here else None
        ends = (self._buttons.deadline(), self._keypad.deadline(), silence)
        return min((end for end in ends if end is not None), default=None)

    def stop(self) -> None:
        """Close everything."""
        self._parts.link.stop()
        self._parts.keys.stop()
        for part in self._parts.confirms:
            part.stop()
        self._parts.stage.close()

    # -------------------------------------------------------------------------------------------------- the keys

    def _take(self, news: tuple[News, ...]) -> None:
        for item in news:
            match item:
                case Pressed(number):
                    self._strike(self._names[number - 1])
                case Stuck() | Freed():
                    stuck = ", ".join(self._names[number - 1] for number in self._buttons.stuck())
                    reason = f"{stuck} does not come up; free it" if stuck else ""
                    self._health.part("keys", "degraded" if stuck else "ready", reason)

    def _strike(self, key: str) -> None:
        self._feed(self._parts.keymap.get(key, Struck(key)))

    def _feed(self, event: Event) -> None:
        moment = Moment(self._parts.monotonic(), self._desk, self._parts.plan)
        self._keypad, effects = keypad.step(self._keypad, event, moment)
        for effect in effects:
            if isinstance(effect, Send):
                self._message = self._written(effect)
            if self._message is not None:
                self._parts.link.publish(self._message)
        if self._keypad.state not in (State.SENT, State.UNSURE):
            self._message = None

    def _written(self, asked: Send) -> DeskAction:
        pace = self._parts.clock.pace()
        hubs = self._hub_time.now(self._parts.monotonic(), pace)
        return DeskAction(
            id=self._parts.new_id(),
            desk=self._parts.desk,
            action=asked.wish.action,
            args=replace(asked.wish.args, showing=asked.showing, call_seq=asked.call_seq),
            until=UNSET if hubs is None else instant(hubs + WISH_S * pace, UTC),
        )

    # --------------------------------------------------------------------------------------------------- the hub

    def _hear(self, message: Struct) -> None:
        match message:
            case Answer(re=re) if self._message is not None and re == self._message.id:
                if message.error != "rate_limited":  # that one was not looked at: it is asked again
                    self._feed(_answered(message))
                    ours = message.error not in ("forbidden", "unknown_desk")
                    self._health.part("desk", "ready" if ours else "fault", "" if ours else NOT_OURS)
            case DeskState() if self._desk is None or (message.gen, message.rev) > (self._desk.gen, self._desk.rev):
                self._desk = message
                self._feed(DeskTold())
            case HubBeat(gen=gen, at=at) if gen >= self._gen:
                self._gen = gen
                self._hub_time = self._hub_time.beat(seconds(at), self._parts.monotonic())
                self._health.hub(gen)

    def _look_for_hub(self) -> None:
        here = self._parts.link.connected and not self._hub_time.silent(self._parts.monotonic())
        if here != self._here:
            self._here = here
            self._feed(HubCame() if here else HubWent())

    def _show(self) -> None:
        shown = face(self._keypad, self._desk)
        if shown != self._face:
            self._face = shown
            for part in self._parts.confirms:
                part.show(shown)


def _answered(answer: Answer) -> Answered:
    number = answer.ticket.number if answer.ticket else ""
    return Answered(answer.ok, number, None if answer.message is UNSET else answer.message)
