"""The terminal's app over a bus in memory and a journal on disk: nothing pressed is lost, nothing counts twice."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.runtime.clock import ManualClock, instant
from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.outbox import Outbox
from appliance.runtime.stage import Stage
from appliance.wire.messages import Ack, DeskState, Health, HubBeat, Rating
from rating_terminal.app import Parts, RatingApp, hears
from rating_terminal.debounce import SETTLE_S, Edge
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

    def __init__(self, bus: MemoryBus, folder: Path, clock: ManualClock) -> None:
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
            clock=clock,
            zone=ZONE,
            panel=self.panel,
            stage=Stage("", DEVICE),
            levels=4,
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


def test_from_finished_service_to_thanks(terminal: Terminal, hub: Hub) -> None:
    hub.arm()
    terminal.turn()
    assert (terminal.face.lamps, terminal.face.number) == ((True,) * 4, "A042")
    terminal.press(2)
    assert terminal.face.lamps == (False, True, False, False)
    assert terminal.face.said["vi"] == "Cảm ơn bạn đã đánh giá"
    assert [rating.level for rating in hub.heard] == [2]


def test_the_lamp_lights_after_the_press_is_on_disk_and_never_before(terminal: Terminal, hub: Hub) -> None:
    hub.arm()
    terminal.turn()
    terminal.press(1)
    assert terminal.panel.journal_when_lit[0] == 1


def test_a_press_leaves_the_journal_only_on_the_hubs_acknowledgement(terminal: Terminal, hub: Hub) -> None:
    hub.arm()
    terminal.turn()
    terminal.press(1)
    terminal.wait(10.0)
    assert len(hub.counted()) == 1
    assert len(hub.heard) > 1  # sent again: nobody said that it arrived
    hub.acknowledge()
    terminal.turn()
    assert len(terminal.outbox) == 0
    sent = len(hub.heard)
    terminal.wait(30.0)
    assert len(hub.heard) == sent


def test_a_week_without_the_hub_is_told_when_it_is_back(terminal: Terminal, hub: Hub, bus: MemoryBus) -> None:
    hub.arm(for_s=10 * 86400.0)
    terminal.turn()
    bus.cut(DEVICE)
    terminal.turn()
    for _ in range(50):
        terminal.press(3)
        terminal.wait(3600.0)
    assert (hub.heard, len(terminal.outbox)) == ([], 50)
    bus.join(terminal.link)
    terminal.turn()
    for _ in range(5):
        terminal.wait(1.0)
        hub.acknowledge()
        terminal.turn()
    assert sorted(rating.seq or 0 for rating in {r.seq: r for r in hub.heard}.values()) == list(range(1, 51))
    assert len(terminal.outbox) == 0


def test_killed_after_the_press_it_is_told_once_and_does_not_ask_again(terminal: Terminal, hub: Hub) -> None:
    hub.arm()
    terminal.turn()
    terminal.bus.cut(DEVICE)
    terminal.turn()
    terminal.press(4)
    reborn = terminal.again()
    reborn.wait(1.0)
    assert [(rating.level, rating.seq) for rating in hub.heard][:1] == [(4, 1)]
    assert len(hub.counted()) == 1
    assert reborn.face.state == "spent"


def test_a_press_before_the_service_is_finished_goes_to_the_hub_and_says_too_early(
    terminal: Terminal, hub: Hub
) -> None:
    terminal.press(1)
    assert [rating.level for rating in hub.heard] == [1]
    assert (terminal.face.say, terminal.face.lamps) == ("not_open", (False,) * 4)


def test_the_same_arming_repeated_reordered_or_stale_changes_nothing(
    terminal: Terminal, hub: Hub, bus: MemoryBus
) -> None:
    bus.hold()
    hub.arm("A041")
    hub.disarm()
    hub.arm("A042")
    bus.release(lambda held: [held[2], held[0], held[1], held[0], held[2]])
    terminal.turn()
    assert (terminal.face.state, terminal.face.number) == ("open", "A042")


def test_an_older_hub_that_woke_up_again_empties_no_journal(terminal: Terminal, hub: Hub) -> None:
    hub.link.publish(HubBeat(gen=3, at=instant(terminal.clock.now(), ZONE)))
    hub.arm()
    terminal.turn()
    terminal.press(1)
    hub.acknowledge(gen=2)
    terminal.turn()
    assert len(terminal.outbox) == 1


def test_a_terminal_whose_clock_was_never_set_goes_by_the_hubs(
    bus: MemoryBus, hub: Hub, clock: ManualClock, tmp_path: Path
) -> None:
    unset = ManualClock(now=0.0, quality="unset")
    terminal = Terminal(bus, tmp_path, unset)
    hub.link.publish(HubBeat(gen=1, at=instant(clock.now(), ZONE)))
    hub.arm(for_s=60.0)
    terminal.turn()
    assert terminal.face.state == "open"
    terminal.press(2)
    assert not hub.heard[0].at
    terminal.wait(61.0)
    assert terminal.face.state == "resting"


def test_a_stuck_button_is_told_to_the_hub(terminal: Terminal, hub: Hub) -> None:
    terminal.app.handle(Edge(3, True, terminal.seconds))
    terminal.wait(11.0)
    assert hub.health[-1].parts["panel"].state == "degraded"
    assert terminal.face.stuck == (3,)


def test_without_pygame(tmp_path: Path) -> None:
    """A terminal's machine never installs it."""
    import subprocess  # noqa: PLC0415  # because only this test starts a process
    import sys  # noqa: PLC0415

    code = (
        "import sys, rating_terminal.__main__, rating_terminal.drivers.panel_gpio, rating_terminal.drivers.panel_sim;"
        "sys.exit('pygame' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=30).returncode == 0
