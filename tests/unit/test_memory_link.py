"""The misfortunes that the bus in memory can play, each as the real one does it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.runtime.hearing import Ear, Heard, LinkDown, LinkUp, Unreadable
from appliance.runtime.memory_link import MemoryBus, MemoryLink, Packet
from appliance.wire.messages import Ack, CallsState, Rating

ID = "3f2b8c1e-0000-4000-8000-{:012d}"


class Box:
    """A device that notes what it hears."""

    def __init__(self, bus: MemoryBus, device: str, hears: list[tuple[type, str]]) -> None:
        self.events: list[object] = []
        self.link = MemoryLink(bus, "ca-mau", device, hears, self.events.append)
        self.link.start()

    @property
    def levels(self) -> list[object]:
        messages = [event.message for event in self.events if isinstance(event, Heard)]
        return [message.level for message in messages if isinstance(message, Rating)]


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


@pytest.fixture
def hub(bus: MemoryBus) -> Box:
    return Box(bus, "hub", [(Rating, "+")])


def press(box: Box, *levels: int) -> None:
    for level in levels:
        box.link.publish(Rating(id=ID.format(level), level=level))


def test_a_message_that_comes_twice_comes_twice_with_one_id(bus: MemoryBus, hub: Box) -> None:
    bus.copies = 2
    press(Box(bus, "kiosk-1", []), 1)
    assert hub.levels == [1, 1]


@pytest.mark.parametrize(
    ("order", "levels"),
    [
        (list, [1, 2, 3]),
        (lambda held: held[::-1], [3, 2, 1]),
        (lambda held: held[:1], [1]),
        (lambda held: held + held, [1, 2, 3, 1, 2, 3]),
    ],
)
def test_messages_come_late_in_another_order_twice_or_never(
    bus: MemoryBus, hub: Box, order: Callable[[list[Packet]], list[Packet]], levels: list[int]
) -> None:
    kiosk = Box(bus, "kiosk-1", [])
    bus.hold()
    press(kiosk, 1, 2, 3)
    assert hub.levels == []
    bus.release(order)
    assert hub.levels == levels


def test_a_bus_that_was_killed_has_forgotten_what_it_kept(bus: MemoryBus) -> None:
    hub = Box(bus, "hub", [])
    hub.link.publish(CallsState(rev=1, calls=()))
    bus.stop()
    bus.restart(hub.link)
    board = Box(bus, "board-1", [(CallsState, "")])
    assert [type(event) for event in board.events] == [LinkUp]


def test_a_cable_that_is_out_loses_what_is_said_meanwhile(bus: MemoryBus, hub: Box) -> None:
    kiosk = Box(bus, "kiosk-1", [])
    bus.cut("kiosk-1")
    assert not kiosk.link.publish(Rating(id=ID.format(1), level=1))
    bus.join(kiosk.link)
    press(kiosk, 2)
    assert hub.levels == [2]
    assert [type(event) for event in kiosk.events] == [LinkUp, LinkDown, LinkUp]


def test_every_run_of_a_centre_is_the_same_with_ids_from_a_count(bus: MemoryBus) -> None:
    events: list[Heard] = []
    ids = iter(ID.format(n) for n in range(9))
    MemoryLink(bus, "ca-mau", "hub", [(Rating, "+")], events.append, lambda: next(ids)).start()
    for _ in range(2):
        bus.carry(Packet("goiso/v1/ca-mau/up/button-7/rating", b"1", False))
    assert [event.message for event in events if isinstance(event, Heard)] == [
        Rating(id=ID.format(0), level=1),
        Rating(id=ID.format(1), level=1),
    ]


# ----------------------------------------------------------------------------------------------------- the ear


@given(st.text(max_size=40), st.binary(max_size=40), st.booleans())
def test_an_ear_never_raises_whatever_comes(topic: str, payload: bytes, kept: bool) -> None:
    event = Ear("ca-mau", lambda: ID.format(1)).hear(topic, payload, kept)
    assert isinstance(event, Unreadable)


@pytest.mark.parametrize(
    ("topic", "detail"),
    [
        ("goiso/v1/ca-mau/up/kiosk-1/foo", "no such topic"),
        ("goiso/v2/ca-mau/up/kiosk-1/rating", "no such topic"),
        ("goiso/v1/hue/up/kiosk-1/rating", "not our site ca-mau"),
        ("goiso/v1/ca-mau/up/+/rating", "no valid device in the topic"),
        ("goiso/v1/ca-mau/up/#/rating", "no valid device in the topic"),
        ("goiso/v1/ca-mau/state/desk/Q01A", "no valid desk in the topic"),
    ],
)
def test_a_topic_of_nobody_is_told_as_what_it_is(topic: str, detail: str) -> None:
    ear = Ear("ca-mau", lambda: ID.format(1))
    for _ in range(2):
        event = ear.hear(topic, b"1")
        assert isinstance(event, Unreadable)
        assert (event.detail, event.device) == (detail, "")


def test_a_stranger_who_invents_topics_does_not_eat_the_memory() -> None:
    ear = Ear("ca-mau", lambda: ID.format(1))
    for number in range(10_000):
        ear.hear(f"goiso/v1/ca-mau/up/b{number}/rating", b"1")
    assert len(ear) <= 4096


def test_a_kept_state_is_heard_and_a_kept_command_is_not() -> None:
    ear = Ear("ca-mau", lambda: ID.format(1))
    assert isinstance(ear.hear("goiso/v1/ca-mau/state/calls", b'{"rev":1,"calls":[]}', kept=True), Heard)
    assert isinstance(ear.hear("goiso/v1/ca-mau/up/b7/rating", b"1", kept=True), Unreadable)
    ack = b'{"epoch":"%s","upto":1}' % ID.format(1).encode()
    assert ear.hear("goiso/v1/ca-mau/down/b7/ack", ack) == Heard(
        ear.hear("goiso/v1/ca-mau/down/b7/ack", ack)[0], "b7", Ack(epoch=ID.format(1), upto=1)
    )
