"""What every link keeps: the one in memory and the one over a real Mosquitto, with the same assertions."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from appliance.runtime.config import BusSection
from appliance.runtime.hearing import Heard, LinkDown, LinkUp, Unreadable
from appliance.runtime.link import Link, MqttLink
from appliance.runtime.memory_link import MemoryBus, MemoryLink, Packet
from appliance.wire.codec import LIMIT, TooLarge
from appliance.wire.messages import Ack, Answer, CallsState, DeskState, Fate, HubBeat, Presence, Rating
from appliance.wire.told import Words
from tests.real_bus import RealBus
from tests.waiting import Mailbox
from virtual_centre.cable import Cable
from virtual_centre.edge_loop import EdgeLoop

SITE = "ca-mau"
ID = "3f2b8c1e-0000-4000-8000-000000000001"
RATING = Rating(id=ID, level=1)
HEARS_UP: Sequence[tuple[type, str]] = [(Rating, "+"), (Fate, "+")]


class World(Protocol):
    """A bus, and what can be done to it."""

    def link(self, device: str, hears: Sequence[tuple[type, str]], box: Mailbox) -> Link: ...
    def pub(self, topic: str, payload: bytes, retain: bool = False) -> None: ...
    def stop(self) -> None: ...
    def restart(self) -> None: ...
    def cut(self, device: str) -> None: ...
    def mend(self, device: str) -> None: ...
    def close(self) -> None: ...


class MemoryWorld:
    def __init__(self) -> None:
        self._bus = MemoryBus()
        self._links: dict[str, MemoryLink] = {}

    def link(self, device: str, hears: Sequence[tuple[type, str]], box: Mailbox) -> Link:
        self._links[device] = MemoryLink(self._bus, SITE, device, hears, box.post)
        return self._links[device]

    def pub(self, topic: str, payload: bytes, retain: bool = False) -> None:
        self._bus.carry(Packet(topic, payload, retain))

    def stop(self) -> None:
        self._bus.stop()

    def restart(self) -> None:
        self._bus.restart(*self._links.values())

    def cut(self, device: str) -> None:
        self._bus.cut(device)

    def mend(self, device: str) -> None:
        self._bus.join(self._links[device])

    def close(self) -> None:
        for link in self._links.values():
            link.stop()


class RealWorld:
    def __init__(self, folder: Path) -> None:
        self._bus = RealBus(folder)
        self._bus.start()
        self._loop = EdgeLoop()
        self._loop.start()
        self._cables: dict[str, Cable] = {}
        self._all_cables: list[Cable] = []
        self._links: list[Link] = []

    def link(self, device: str, hears: Sequence[tuple[type, str]], box: Mailbox) -> Link:
        cable = self._cables[device] = Cable(self._loop, self._bus.port)
        self._all_cables.append(cable)
        cable.start()
        bus = BusSection(port=cable.port, reconnect_s=0.3)
        link = MqttLink(bus, SITE, device, hears, box.post)
        self._links.append(link)
        return link

    def pub(self, topic: str, payload: bytes, retain: bool = False) -> None:
        self._bus.pub(topic, payload, *["-r"] * retain)

    def stop(self) -> None:
        self._bus.kill()

    def restart(self) -> None:
        self._bus.start()

    def cut(self, device: str) -> None:
        self._cables[device].cut()

    def mend(self, device: str) -> None:
        self._cables[device].mend()

    def close(self) -> None:
        for link in self._links:
            link.stop()
        for cable in self._all_cables:
            cable.stop()
        self._loop.stop()
        self._bus.stop()


@pytest.fixture(params=["memory", "mosquitto"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    world: World = MemoryWorld() if request.param == "memory" else RealWorld(tmp_path)
    yield world
    world.close()


def up(world: World, device: str, hears: Sequence[tuple[type, str]] = ()) -> tuple[Link, Mailbox]:
    box = Mailbox()
    link = world.link(device, hears, box)
    link.start()
    box.next(LinkUp)
    return link, box


def listening(world: World) -> Mailbox:
    """The hub's box, once the bus has entered it for all it hears: it hears itself come, which it says after asking."""
    _, box = up(world, "hub", [*HEARS_UP, (Presence, "hub")])
    box.until(Heard, lambda heard: heard.message == Presence(state="online"))
    return box


def greet(hub: Link, *boxes: Mailbox) -> None:
    """The hub says that it lives. Whoever hears that knows that it listens: it subscribed before it spoke."""
    hub.publish(HubBeat(at="2026-11-23T08:00:00+07:00"))
    for box in boxes:
        box.next(Heard)


def test_the_hub_hears_every_device_and_each_device_only_itself(world: World) -> None:
    hub, ears = up(world, "hub", HEARS_UP)
    links = {name: up(world, name, [(HubBeat, ""), (Ack, name)]) for name in ("rating-q01a", "rating-q02a")}
    greet(hub, *(box for _, box in links.values()))
    for name, (link, _) in links.items():
        assert link.publish(RATING)
        heard = ears.next(Heard)
        assert (heard.topic.type, heard.place, heard.message) == (Rating, name, RATING)
    other = links["rating-q02a"][1]
    hub.publish(Ack(epoch=ID, upto=1), "rating-q01a")
    hub.publish(Ack(epoch=ID, upto=2), "rating-q02a")
    assert other.next(Heard).message == Ack(epoch=ID, upto=2)
    other.quiet()


def test_a_newcomer_finds_the_last_state_and_no_old_command(world: World) -> None:
    hub, _ = up(world, "hub")
    for rev in (1, 2):
        hub.publish(CallsState(rev=rev, calls=()))
        hub.publish(Ack(epoch=ID, upto=rev), "board-1")
    _, board = up(world, "board-1", [(CallsState, ""), (Ack, "board-1")])
    assert board.next(Heard).message == CallsState(rev=2, calls=())
    board.quiet()


def test_a_desk_is_heard_alone_where_only_that_one_is_asked_for(world: World) -> None:
    hub, _ = up(world, "hub")
    _, terminal = up(world, "rating-q01a", [(DeskState, "q01a")])
    for desk in ("q02a", "q01a"):
        hub.publish(DeskState(rev=1, counter=desk[:-1], label=desk, status="open"), desk)
    assert terminal.next(Heard).place == "q01a"
    terminal.quiet()


def test_a_bus_that_dies_is_noticed_and_heard_again_when_it_is_back(world: World) -> None:
    hub, ears = up(world, "hub", HEARS_UP)
    one, box = up(world, "rating-q01a", [(HubBeat, "")])
    greet(hub, box)
    world.stop()
    ears.next(LinkDown)
    box.next(LinkDown)
    assert not hub.connected
    assert not one.publish(RATING), "what goes nowhere is dropped, the journal has it"
    world.restart()
    ears.next(LinkUp)
    box.next(LinkUp)
    greet(hub, box)
    assert one.publish(RATING)
    assert ears.next(Heard).message == RATING
    assert hub.alive
    assert one.alive


def test_nothing_of_the_broken_connection_is_said_again_after_it(world: World) -> None:
    hub, _ = up(world, "hub")
    _, board = up(world, "board-1", [(CallsState, "")])
    world.stop()
    board.next(LinkDown)
    hub.publish(CallsState(rev=1, calls=()))
    world.restart()
    board.next(LinkUp)
    board.quiet()


def test_a_lost_device_is_announced_by_its_last_will_and_comes_back_online(world: World) -> None:
    _, ears = up(world, "hub", [(Presence, "+")])
    up(world, "kiosk-1")

    def kiosk(state: str) -> None:
        ears.until(Heard, lambda heard: (heard.place, heard.message) == ("kiosk-1", Presence(state=state)))

    kiosk("online")
    world.cut("kiosk-1")
    kiosk("offline")
    world.mend("kiosk-1")
    kiosk("online")


def test_a_device_that_ends_says_so(world: World) -> None:
    _, ears = up(world, "hub", [(Presence, "+")])
    link, _ = up(world, "kiosk-1")
    link.stop()
    assert not link.alive
    ears.until(Heard, lambda heard: (heard.place, heard.message) == ("kiosk-1", Presence(state="offline")))


def test_a_plain_button_needs_nothing_of_ours(world: World) -> None:
    ears = listening(world)
    world.pub("goiso/v1/ca-mau/up/button-7/rating", b"2")
    world.pub("goiso/v1/ca-mau/up/button-7/rating", b"2")
    first, second = (ears.until(Heard, lambda heard: heard.place == "button-7").message for _ in range(2))
    assert isinstance(first, Rating)
    assert isinstance(second, Rating)
    assert (first.level, second.level) == (2, 2)
    assert first.id != second.id, "two presses are two ratings"


@pytest.mark.parametrize(
    ("topic", "payload", "code", "device"),
    [
        ("up/kiosk-1/rating", b"{", "malformed", "kiosk-1"),
        ("up/kiosk-1/rating", b"", "malformed", "kiosk-1"),
        ("up/kiosk-1/rating", b"\xff\xfe", "malformed", "kiosk-1"),
        ("up/kiosk-1/rating", b"1" * (LIMIT + 1), "too_large", "kiosk-1"),
        ("up/Kiosk_1/rating", b"1", "malformed", ""),
        ("up/../rating", b"1", "malformed", ""),
    ],
)
def test_what_is_no_message_is_told_with_its_reason_and_the_next_one_is_heard(
    world: World, topic: str, payload: bytes, code: str, device: str
) -> None:
    ears = listening(world)
    world.pub(f"goiso/v1/ca-mau/{topic}", payload)
    unreadable = ears.until(Unreadable)
    assert (unreadable.topic, unreadable.code, unreadable.device) == (f"goiso/v1/ca-mau/{topic}", code, device)
    assert (unreadable.payload, bool(unreadable.detail)) == (payload, True)
    world.pub("goiso/v1/ca-mau/up/kiosk-1/rating", b"1")
    ears.next(Heard)


def test_a_rating_that_the_bus_kept_is_not_counted_at_every_restart_of_the_hub(world: World) -> None:
    world.pub("goiso/v1/ca-mau/up/button-7/rating", b"1", retain=True)
    _, ears = up(world, "hub", HEARS_UP)
    assert "retain" in ears.next(Unreadable).detail
    ears.quiet()


def test_a_message_too_large_is_the_callers_fault_and_the_line_stays(world: World) -> None:
    link, _ = up(world, "hub")
    with pytest.raises(TooLarge):
        link.publish(Answer(re=ID, ok=False, message=Words(vi="ặ" * LIMIT, en="")), "kiosk-1")
    assert link.publish(HubBeat(gen=1, at="2026-01-05T07:00:00+07:00"))
    assert link.connected


@pytest.mark.parametrize("place", ["+", "#", "a/b", "../x", "", "Q01A", "q01a\n"])
def test_a_wildcard_or_a_path_never_becomes_part_of_a_topic(world: World, place: str) -> None:
    link, _ = up(world, "hub")
    with pytest.raises(ValueError, match="cannot go to"):
        link.publish(DeskState(rev=1, counter="q01", label="1", status="open"), place)


@pytest.mark.parametrize(
    "hears",
    [
        [(Rating, "+"), (Rating, "kiosk-1")],
        [(Rating, "kiosk-1"), (Rating, "+")],
        [(Rating, "+"), (Rating, "+")],
        [(CallsState, "+")],
        [(Rating, "")],
    ],
)
def test_nothing_is_asked_for_twice_or_where_it_cannot_be(world: World, hears: Sequence[tuple[type, str]]) -> None:
    with pytest.raises(ValueError, match="heard"):
        world.link("hub", hears, Mailbox())


def test_a_second_device_of_the_same_name_takes_the_line_over(world: World) -> None:
    _, first = up(world, "kiosk-1")
    up(world, "kiosk-1")
    first.next(LinkDown)
