"""A keypad and a real hub over a bus that loses, doubles and delays: one press calls one citizen, or nobody."""

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.runtime.clock import ManualClock, instant
from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink, Packet
from appliance.wire.messages import Answer, HubBeat, TicketRequest
from broker.bindings import Bindings
from broker.bus import HEARS, BusDoor
from broker.commands import Command
from broker.devices import Devices
from broker.hub import Hub
from broker.hub_time import ClockTime
from broker.limits import Limits
from broker.store import Store
from desk_keypad.app import UTC
from tests.hub_core import MONDAY_0800, centre
from tests.keypad_at_work import DESK, ENTER, KeypadAtWork
from tests.waiting import eventually

DOOR = "KEY_KP7"
SITE = centre()


class Hall:
    """A hub on disk, a keypad at one of its desks, two citizens who wait."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bus, self.clock = folder, MemoryBus(), ManualClock(MONDAY_0800 / 1000)
        self.keypad = KeypadAtWork(self.bus, self.clock)
        self.begin()
        for _ in range(2):
            wish = TicketRequest(id=str(uuid.uuid4()), service="tnmt-nop")
            self.hub.handle(Command(message=wish, actor="test", code=uuid.uuid4().hex))
        self.keypad.press(DOOR)
        self.settle()

    def begin(self) -> None:
        """One life of the hub."""
        self.store = Store(self.folder / "hub.sqlite", SITE.id, SITE.zone)
        self.hub = Hub(SITE, self.store, lambda floor, done: ClockTime(self.clock, floor, done), lambda: b"k" * 32)
        limits = Limits(0, 5, self.clock.elapsed)
        door = BusDoor(self.hub, Devices(), limits, lambda: uuid.uuid4().hex, Bindings({}, {}))
        self.link = MemoryLink(self.bus, "ca-mau", "hub", HEARS, door.hear)
        door.open(self.link)
        self.hub.start()
        self.link.start()
        self.beat()
        self.beat()

    def die(self) -> None:
        self.bus.leave(self.link)
        self.hub.stop()
        self.store.close()

    def beat(self) -> None:
        self.clock.advance(0.01)
        self.link.publish(HubBeat(gen=self.hub.generation, at=instant(self.clock.now(), UTC)))
        self.keypad.turn()

    def settle(self) -> None:
        """The keypad asks again until it knows."""

        def known() -> bool:
            self.beat()
            self.keypad.wait(0.4)
            return self.keypad.pattern not in ("wait", "away")

        assert eventually(known)

    def lose_the_answer(self) -> None:
        """The cable was out when it came."""
        inbox = self.keypad.inbox
        assert eventually(lambda: any(isinstance(each, Heard) and isinstance(each.message, Answer) for each in inbox))
        inbox.clear()

    @property
    def calls(self) -> int:
        return self.hub.look(lambda lobby: lobby.call_seq)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    yield hall
    hall.die()


Line = Callable[[list[Packet]], list[Packet]]


def without(kind: str) -> Line:
    """A line that loses the packets of one kind."""
    return lambda held: [packet for packet in held if f"/{kind}" not in packet.topic]


@pytest.mark.parametrize(
    "misfortune",
    [without("desk"), lambda held: [*held, *held, *held], lambda held: held[::-1]],
    ids=["lost", "three times", "backwards"],
)
def test_a_press_on_a_bad_line_calls_one_citizen(hall: Hall, misfortune: Line) -> None:
    hall.bus.hold()
    hall.keypad.press(ENTER)
    hall.bus.release(misfortune)
    hall.settle()
    assert (hall.calls, hall.keypad.pattern) == (1, "done")


def test_a_press_whose_answer_was_lost_is_told_the_same_answer_and_calls_nobody_else(hall: Hall) -> None:
    hall.keypad.press(ENTER)
    hall.lose_the_answer()
    hall.settle()
    assert (hall.calls, hall.keypad.pattern, hall.keypad.hand.faces[-1].said["vi"]) == (1, "done", "Đã gọi A001.")


def test_a_hub_that_died_after_the_call_and_before_its_answer_tells_it_in_its_next_life(hall: Hall) -> None:
    hall.keypad.press(ENTER)
    hall.lose_the_answer()
    hall.die()
    hall.keypad.wait(60.0)
    assert hall.keypad.pattern == "away"
    hall.begin()
    hall.settle()
    assert (hall.calls, hall.keypad.pattern) == (1, "done")


def test_a_press_that_the_bus_held_back_for_a_minute_calls_nobody(hall: Hall) -> None:
    hall.bus.hold()
    hall.keypad.press(ENTER)
    hall.keypad.wait(60.0)
    hall.bus.release()
    hall.settle()
    assert (hall.calls, hall.keypad.pattern) == (0, "no")
    asked = [json.loads(packet.payload) for packet in hall.bus.log if packet.topic.endswith("/desk")]
    assert len({each["id"] for each in asked if each["action"] == "next"}) == 1
    assert all(each["desk"] == DESK for each in asked)
    hall.keypad.wait(3.0)
    hall.beat()
    hall.keypad.press(ENTER)
    hall.settle()
    assert (hall.calls, hall.keypad.pattern) == (1, "done")
