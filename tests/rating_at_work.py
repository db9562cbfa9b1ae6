"""A terminal's app over a bus in memory and a journal on disk, with the hub's end of the bus under the test's hand."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.input.debounce import SETTLE_S, Edge
from appliance.runtime.clock import ManualClock, instant
from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.outbox import Outbox
from appliance.runtime.stage import Stage
from appliance.wire.messages import Ack, DeskState, Health, HubBeat, Rating
from rating_terminal.app import Parts, RatingApp, hears
from rating_terminal.journal import Journal
from rating_terminal.ports import Face

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DEVICE, DESK = "rating-q01a", "q01a"


class Hand:
    """A panel under the test's own hand."""

    def __init__(self) -> None:
        self.faces: list[Face] = []
        self.journal_when_lit: list[int] = []
        self.journal: Callable[[], int] = lambda: 0

    def start(self) -> tuple[bool, ...]:
        return (False,) * 4

    def show(self, face: Face) -> None:
        self.faces.append(face)
        if face.state == "thanked":
            self.journal_when_lit.append(self.journal())

    def stop(self) -> None:
        pass


class Terminal:
    """One life of the process; `again` is the next one on the same disk."""

    def __init__(self, bus: MemoryBus, folder: Path, clock: ManualClock, asks: bool = False) -> None:
        self.bus, self.folder, self.clock = bus, folder, clock
        self.seconds = 1000.0
        self.panel = Hand()
        self.inbox: list[object] = []
        self.link = MemoryLink(bus, "ca-mau", DEVICE, hears(DEVICE, DESK), self.inbox.append)
        self.outbox = Outbox(folder / "rating.sqlite", jitter=lambda: 0.5)
        self.panel.journal = lambda: len(self.outbox)
        parts = Parts(
            link=self.link,
            outbox=self.outbox,
            journal=Journal(self.outbox, clock, ZONE),
            clock=clock,
            panel=self.panel,
            stage=Stage("", DEVICE),
            levels=4,
            desk=DESK,
            asks=asks,
            monotonic=lambda: self.seconds,
        )
        self.app = RatingApp(parts, {})
        self.app.start()
        self.turn()

    def turn(self) -> None:
        while self.inbox:
            self.app.handle(self.inbox.pop(0))

    def wait(self, seconds: float) -> None:
        """Let time pass, ticking whenever the app wants."""
        end = self.seconds + seconds
        while (due := self.app.deadline()) is not None and due < end:
            self._to(max(due, self.seconds + 0.001))
        self._to(end)

    def _to(self, moment: float) -> None:
        self.clock.advance(max(0.0, moment - self.seconds))
        self.seconds = max(moment, self.seconds)
        self.app.tick()
        self.turn()

    def press(self, level: int) -> None:
        for down in (True, False):
            self.app.handle(Edge(level, down, self.seconds))
            self.wait(SETTLE_S * 3)

    def again(self) -> "Terminal":
        """Killed and started again."""
        self.bus.leave(self.link)
        self.outbox.close()
        return Terminal(self.bus, self.folder, self.clock)

    @property
    def face(self) -> Face:
        return self.panel.faces[-1]


class Hub:
    """The hub's end of the bus: arms, remembers what it heard, acknowledges when told to."""

    def __init__(self, bus: MemoryBus, clock: ManualClock) -> None:
        self._clock = clock
        self._rev = 0
        self.heard: list[Rating] = []
        self.health: list[Health] = []
        self.link = MemoryLink(bus, "ca-mau", "hub", [(Rating, "+"), (Health, "+")], self._take)
        self.link.start()

    def _take(self, event: object) -> None:
        if isinstance(event, Heard) and isinstance(event.message, Rating):
            self.heard.append(event.message)
        elif isinstance(event, Heard) and isinstance(event.message, Health):
            self.health.append(event.message)

    def beat(self) -> None:
        """Half a millisecond later, and alive."""
        self._clock.advance(0.001)
        self.link.publish(HubBeat(gen=1, at=instant(self._clock.now(), ZONE)))

    def arm(self, number: str = "A042", for_s: float = 180.0) -> None:
        self._rev += 1
        until = instant(self._clock.now() + for_s, ZONE)
        self.link.publish(self._desk(armed_until=until, armed_ticket=number), DESK)

    def disarm(self) -> None:
        self._rev += 1
        self.link.publish(self._desk(), DESK)

    def _desk(self, **armed: str) -> DeskState:
        return DeskState(gen=1, rev=self._rev, counter="q01", label="Quầy 1", status="open", **armed)  # type: ignore[arg-type]

    def acknowledge(self, gen: int = 1) -> None:
        last = max(self.heard, key=lambda rating: rating.seq or 0)
        self.link.publish(Ack(gen=gen, epoch=str(last.epoch), upto=int(last.seq or 0)), DEVICE)

    def counted(self) -> set[tuple[object, object]]:
        """As the hub's inbox does: each (epoch, seq) once."""
        return {(rating.epoch, rating.seq) for rating in self.heard}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


@pytest.fixture
def hub(bus: MemoryBus, clock: ManualClock) -> Hub:
    return Hub(bus, clock)


@pytest.fixture
def terminal(bus: MemoryBus, hub: Hub, clock: ManualClock, tmp_path: Path) -> Terminal:
    return Terminal(bus, tmp_path, clock)
