"""A keypad's app over a bus in memory, with keys, lamps and time under the test's hand."""

import itertools

from appliance.runtime.clock import ManualClock
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.stage import Stage
from desk_keypad.app import KeypadApp, Parts, hears
from desk_keypad.keymap import USB_KEYPAD, meanings
from desk_keypad.ports import Face, KeyDown
from desk_keypad.wishes import Plan

DEVICE, DESK = "keypad-q01a", "q01a"
ENTER, MINUS = "KEY_KPENTER", "KEY_KPMINUS"


class Hand:
    """Keys and lamps under the test's own hand."""

    alive = True

    def __init__(self) -> None:
        self.faces: list[Face] = []

    def start(self) -> tuple[bool, ...]:
        return (False,) * 20

    def show(self, face: Face) -> None:
        self.faces.append(face)

    def stop(self) -> None:
        pass


class KeypadAtWork:
    """One life of the process on `bus`; `clock` is the business clock."""

    def __init__(self, bus: MemoryBus, clock: ManualClock) -> None:
        self.bus, self.clock, self.seconds = bus, clock, 1000.0
        self.hand, self.inbox, ids = Hand(), [], itertools.count(1)
        self.link = MemoryLink(bus, "ca-mau", DEVICE, hears(DEVICE, DESK), self.inbox.append)
        parts = Parts(
            link=self.link,
            clock=clock,
            keys=self.hand,
            confirms=(self.hand,),
            stage=Stage("", DEVICE),
            desk=DESK,
            keymap=meanings(USB_KEYPAD),
            plan=Plan(),
            monotonic=lambda: self.seconds,
            new_id=lambda: f"00000000-0000-4000-9000-{next(ids):012d}",
        )
        self.app = KeypadApp(parts, {})
        self.app.start()

    def turn(self) -> None:
        while self.inbox:
            self.app.handle(self.inbox.pop(0))

    def wait(self, for_s: float) -> None:
        """Let time pass, ticking whenever the app wants."""
        end = self.seconds + for_s
        while (due := self.app.deadline()) is not None and due < end:
            self._to(max(due, self.seconds + 0.001))
        self._to(end)

    def _to(self, moment: float) -> None:
        self.clock.advance(moment - self.seconds)
        self.seconds = moment
        self.app.tick()
        self.turn()

    def press(self, key: str) -> None:
        self.app.handle(KeyDown(key))
        self.turn()

    @property
    def pattern(self) -> str:
        return self.hand.faces[-1].pattern
